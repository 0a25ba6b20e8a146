"""发现清单 — one xlsx of all findings of all files, a row each, and a sheet of the files themselves (条例 第五十条)."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.documents.writing.ledger import Column, Page, write
from gongkai.web.annual.queries import Sheet
from gongkai.web.annual.ranking import Line
from gongkai.web.annual.wording import cited, sentences, where
from gongkai.web.look.language import say

SEVERITIES = {"error": "错误", "warning": "提醒", "note": "说明"}
VERDICTS = {"error": "有错误", "refused": "读不了", "warning": "有提醒", "fine": "没有发现"}
_FINDINGS = (
    ("公开主体", 26),
    ("年度", 7),
    ("轻重", 7),
    ("位置", 40),
    ("问题", 60),
    ("怎样改", 40),
    ("应为", 9),
    ("填的是", 9),
    ("依据", 50),
    ("规则", 26),
    ("文件", 36),
)
_FILES = (
    ("文件", 40),
    ("公开主体", 30),
    ("年度", 7),
    ("结论", 10),
    ("错误", 7),
    ("提醒", 7),
    ("说明", 7),
    ("说明", 60),
)


def listing(lines: Sequence[Line]) -> bytes:
    """发现清单 — as the bytes of an xlsx: the findings, then the files with what became of each (条例 第五十条)."""
    found = [row for line in lines if line.sheet and line.sheet.report for row in _rows(line.sheet)]
    return write(
        [
            Page(say(name), [Column(say(head), width) for head, width in columns], rows)
            for name, columns, rows in (("发现", _FINDINGS, found), ("文件", _FILES, [_file(line) for line in lines]))
        ]
    )


def _rows(sheet: Sheet) -> list[tuple[str | int | None, ...]]:
    report = sheet.report
    if report is None:
        return []
    return [
        (
            report.agency or "",
            report.year,
            say(SEVERITIES[str(finding.severity)]),
            where(report, finding),
            *sentences(finding),
            finding.expected,
            finding.found,
            cited(report, finding),
            finding.rule,
            sheet.name,
        )
        for finding in sheet.findings
    ]


def _file(line: Line) -> tuple[str | int | None, ...]:
    told = say(line.refused, **(line.values or {})) if line.refused else ""
    verdict = say(VERDICTS[line.verdict])
    return line.name, line.agency, line.year, verdict, line.errors, line.warnings, line.notes, told
