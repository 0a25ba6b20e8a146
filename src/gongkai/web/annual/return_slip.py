"""退回单 — what one body has to mend in its report, where, and by which rule, in Word (条例 第五十条)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongkai.documents.writing import write
from gongkai.documents.writing.manuscript import Block, Cell, Manuscript, Role, Style, Table, Text
from gongkai.report.checks import Finding, Severity
from gongkai.report.figures import AnnualReport
from gongkai.web.annual.wording import cited, sentences, where
from gongkai.web.look.language import say

TITLE = "政府信息公开工作年度报告退回修改单"
WRONG = "报来的《{title}》（文件：{source}）已对照{document}核对，{told}。请于　　月　　日前改好后重新报送。"
FINE = "报来的《{title}》（文件：{source}）已对照{document}核对，没有需要修改的地方。"
SENDER, COLON = "报送单位", "："
SIGNED = "核对单位（盖章）\n　　年　　月　　日"
_COLUMNS = (("序号", 12), ("位置", 34), ("问题", 54), ("怎样改", 28), ("依据", 28))
_PARTS = (
    (Severity.ERROR, "一、应当改正的", "下列各处不符合格式的勾稽关系，或者没有读到数据，请逐处改正。"),
    (Severity.WARNING, "二、请再核对的", "下列各处不一定有错，请对照原稿和登记台账核对；没有错的，请说明情况。"),
)
_COUNTS = {Severity.ERROR: "{count} 处应当改正", Severity.WARNING: "{count} 处请再核对"}


def return_slip(report: AnnualReport, findings: Sequence[Finding], source: str) -> bytes:
    """退回单 — as the bytes of a docx: errors to mend, then warnings to look at; notes are left out (条例 第五十条)."""
    return write(Manuscript(say(TITLE), "", tuple(_blocks(report, findings, source))), "docx")


def _blocks(report: AnnualReport, findings: Sequence[Finding], source: str) -> Iterator[Block]:
    listed = {severity: [f for f in findings if f.severity is severity] for severity, _, _ in _PARTS}
    told = say("、").join(say(_COUNTS[severity], count=len(found)) for severity, found in listed.items() if found)
    values = {"title": report.title or source, "source": source, "document": report.form.document}
    yield Text(say(TITLE), Style.TITLE)
    yield Text(f"{report.agency or say(SENDER)}{say(COLON)}")
    yield Text(say(WRONG, told=told, **values) if told else say(FINE, **values))
    for severity, heading, said in _PARTS:
        if listed[severity]:
            yield Text(say(heading), Style.HEADING)
            yield Text(say(said))
            yield _table(say(heading), report, listed[severity])
    yield Text(say(SIGNED), Style.SIGNATURE)


def _table(caption: str, report: AnnualReport, findings: Sequence[Finding]) -> Table:
    rows = [tuple(Cell(say(name), Role.COLUMN) for name, _ in _COLUMNS)]
    for number, finding in enumerate(findings, start=1):
        texts = (where(report, finding), *sentences(finding), cited(report, finding))
        rows.append((Cell(str(number)), *(Cell(text, Role.TEXT) for text in texts)))
    return Table(caption, tuple(width for _, width in _COLUMNS), tuple(rows), heads=1)
