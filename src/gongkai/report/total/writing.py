"""写汇总 — a total as JSON, as a sheet, or as a Word file in the official form, parts behind it (条例 第五十条)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from gongkai.documents import writing
from gongkai.documents.writing.manuscript import Block, Cell, Manuscript, Role, Style, Table, Text
from gongkai.report.compare import plain
from gongkai.report.equations import UNREAD
from gongkai.report.naming import cells, names
from gongkai.report.total.adding import Left, Total
from gongkai.report.writing.tables import TABLES, printed

FORMAT = "gongkai.total/1"
FORMATS = ("json", "xlsx", "docx")
"""写得出的格式 — suffixes of files, without the dot."""

TITLE = "{year}年政府信息公开工作年度报告数据汇总"
_HEADS = {
    2: "一、主动公开政府信息情况",
    3: "二、收到和处理政府信息公开申请情况",
    4: "三、政府信息公开行政复议、行政诉讼情况",
}
REMARKS = {
    Left.BLANK: "{body}：{cells}空白，没有数可加。",
    Left.ABSENT: "{body}：{cells}没有读出来，没有加进去。",
    Left.DOUBTFUL: "{body}：{cells}存疑，照最可能的数加进去了。",
    Left.UNIT: "{body}：{cells}没有写明金额单位，没有加进去。",
}
"""说明 — what is said of the figures of one body that a sum lacks, or has in doubt."""
_WHOLE = "各单位数据齐全，全部相加。"
_APART = "{cells}：{reason}（{provision}）没有相加。"


def write_total(total: Total, suffix: str) -> bytes:
    """写汇总 — the total as a file of one of FORMATS."""
    if suffix == "json":
        return (json.dumps(to_json(total), ensure_ascii=False, indent=1) + "\n").encode()
    title = TITLE.format(year=total.year or "")
    parts = _matrix(total) if suffix == "xlsx" else _list(total)
    return writing.write(Manuscript(title, "", tuple(_blocks(total, title, parts))), suffix)


def to_json(total: Total) -> dict[str, Any]:
    """交换格式 — the total as a JSON object of `gongkai.total/1`: parts in the order of `reports`."""
    return {
        "format": FORMAT,
        "year": total.year,
        "edition": str(total.level.form.edition),
        "reports": [
            {"source": report.source, "agency": report.agency, "year": report.year, "edition": str(report.edition)}
            for report in total.reports
        ],
        "figures": {address: plain(s.value) for address, s in total.sums.items()},
        "states": {address: str(s.state) for address, s in total.sums.items() if s.state is not None},
        "parts": {address: [plain(part) for part in s.parts] for address, s in total.sums.items()},
        "left": {
            address: [{"report": index, "kind": str(kind)} for index, kind in s.left.items()]
            for address, s in total.sums.items()
            if s.left
        },
        "not_comparable": [
            {"figures": list(addresses), "reason": reason.template, "provision": reason.provision}
            for reason, addresses in total.apart.items()
        ],
        "findings": [finding.to_json() for finding in total.findings],
    }


def bodies(total: Total) -> list[str]:
    """各单位 — what each report is called: its body, or the file where no body is named."""
    return [report.agency or report.source for report in total.reports]


def _blocks(total: Total, title: str, parts: Table) -> Iterator[Block]:
    yield Text(title, Style.TITLE)
    yield Text(f"共 {len(total.reports)} 份：{'、'.join(bodies(total))}。")
    report = total.report
    for number, (_, table) in TABLES.items():
        yield Text(_HEADS[number], Style.HEADING)
        yield table(report)
    yield Text("四、各单位数据", Style.HEADING)
    yield parts
    yield Text("五、说明", Style.HEADING)
    yield from map(Text, list(_remarks(total)) or [_WHOLE])


def _remarks(total: Total) -> Iterator[str]:
    """What the reader of a sum has to know: what was left out of it, and why."""
    yield from (finding.message for finding in total.findings)
    of = total.level.form
    for index, body in enumerate(bodies(total)):
        for kind, addresses in total.left(index).items():
            yield REMARKS[kind].format(body=body, cells=cells(of, addresses))
    for reason, addresses in total.apart.items():
        # In the words of an edition that prints them: no form has all of both.
        forms = {report.edition: report.form for report in total.reports}
        told = dict.fromkeys(filter(None, (cells(form, addresses) for form in forms.values())))
        yield _APART.format(cells="；".join(told), reason=reason.template, provision=reason.provision)


def _matrix(total: Total) -> Table:
    """A row for each figure, a column for each body: for a sheet."""
    known = names(total.level.form)
    head = ("表", "项", "栏", "合计", *bodies(total))
    rows = [tuple(Cell(text, Role.COLUMN) for text in head)]
    for address, s in total.sums.items():
        name = known[address]
        labels = (Cell(text, Role.ROW) for text in name)
        rows.append((*labels, Cell(printed(s.value)), *(Cell(printed(part)) for part in s.parts)))
    return Table("各单位数据", (12, 60, 30, 20, *[24] * len(total.reports)), tuple(rows), heads=1)


def _list(total: Total) -> Table:
    """A row for each figure that some body has, with the bodies and their parts in words: for a page."""
    known, called = names(total.level.form), bodies(total)
    rows = [tuple(Cell(text, Role.COLUMN) for text in ("表", "项", "栏", "合计", "各单位"))]
    for address, s in total.sums.items():
        if s.value or s.state in UNREAD:
            labels = (Cell(text, Role.ROW) for text in known[address])
            parts = (f"{body} {printed(part)}" for body, part in zip(called, s.parts, strict=True) if part)
            rows.append((*labels, Cell(printed(s.value)), Cell("；".join(parts), Role.TEXT)))
    return Table("各单位数据", (12, 44, 22, 20, 58), tuple(rows), heads=1)
