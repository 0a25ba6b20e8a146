"""退回单 — a Word file for one body that lists what its report has to mend, where, and by which rule (条例 第五十条)."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from docx import Document
from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from gongkai.report.checks import Finding, Severity
from gongkai.report.checks.naming import names
from gongkai.report.figures import AnnualReport, Place
from gongkai.web.annual.wording import sentences

TITLE = "政府信息公开工作年度报告退回修改单"
# 公文用纸和字体: GB/T 9704-2012.
_BODY, _HEAD, _TITLE = "仿宋_GB2312", "黑体", "方正小标宋简体"
_MARGINS = {"top_margin": Mm(37), "bottom_margin": Mm(35), "left_margin": Mm(28), "right_margin": Mm(26)}
_COLUMNS = (("序号", 11), ("位置", 38), ("问题", 55), ("怎样改", 30), ("依据", 22))
_SIZES = {"title": 22, "body": 14, "table": 10.5}
_PARTS = (
    (Severity.ERROR, "一、应当改正的", "下列各处不符合格式的勾稽关系，或者没有读到数据，请逐处改正。"),
    (Severity.WARNING, "二、请再核对的", "下列各处不一定有错，请对照登记台账核对；没有错的，请说明情况。"),
)


def return_slip(report: AnnualReport, findings: Sequence[Finding], source: str) -> bytes:
    """退回单 — as the bytes of a docx: errors to mend, then warnings to look at; notes are left out (条例 第五十条)."""
    file = _blank()
    _line(file, TITLE, _TITLE, _SIZES["title"], centred=True)
    _line(file, f"{report.agency or '报送单位'}：")
    title = report.title or source
    wrong = sum(finding.severity is Severity.ERROR for finding in findings)
    doubted = sum(finding.severity is Severity.WARNING for finding in findings)
    told = "，".join(
        said for count, said in ((wrong, f"有 {wrong} 处应当改正"), (doubted, f"有 {doubted} 处请再核对")) if count
    )
    _line(
        file,
        f"报来的《{title}》（文件：{source}）已对照{report.form.document}核对，{told or '没有需要修改的地方'}。"
        + ("请于　　月　　日前改好后重新报送。" if told else ""),
        indent=True,
    )
    for severity, heading, said in _PARTS:
        listed = [finding for finding in findings if finding.severity is severity]
        if listed:
            _line(file, heading, _HEAD)
            _line(file, said, indent=True)
            _table(file, report, listed)
    _line(file, "")
    _line(file, "核对单位（盖章）：　　　　　　　　　　　", right=True)
    _line(file, "　　年　　月　　日　　", right=True)
    buffer = BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def where(report: AnnualReport, finding: Finding) -> str:
    """位置 — the cell as the form names it, and where the source prints it."""
    known = names(report.form)
    first = next((address for address in finding.figures if address in known), None)
    few = first is not None and (len(finding.figures) == 1 or not finding.rule.startswith("reading."))
    cell = "，".join(known[first]) if first is not None and few else ""
    return "\n".join(filter(None, (cell, printed_at(finding.place) if few or first is None else "")))


def printed_at(place: Place | None) -> str:
    """出处 — 第 4 页第 2 张表第 14 行, as far as it is known."""
    if place is None:
        return ""
    said = (
        ("第 {} 页", place.page),
        ("第 {} 张表", place.table),
        ("第 {} 行", place.row),
        ("文字第 {} 行", place.line if place.row is None else None),
    )
    return "".join(template.format(number) for template, number in said if number is not None)


def _blank() -> WordFile:
    file = Document()
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for side, width in _MARGINS.items():
        setattr(section, side, width)
    style = file.styles["Normal"]
    style.font.name, style.font.size = _BODY, Pt(_SIZES["body"])
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _BODY)
    return file


def _line(
    file: WordFile,
    text: str,
    font: str = _BODY,
    size: float = _SIZES["body"],
    *,
    centred: bool = False,
    right: bool = False,
    indent: bool = False,
) -> None:
    paragraph = file.add_paragraph()
    if centred or right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.RIGHT
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(2 * size)
    _run(paragraph, text, font, size)


def _run(paragraph: Paragraph, text: str, font: str, size: float) -> None:
    paragraph.paragraph_format.space_after = Pt(0 if size < _SIZES["body"] else 4)
    run = paragraph.add_run(text)
    run.font.name, run.font.size = font, Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _table(file: WordFile, report: AnnualReport, findings: Sequence[Finding]) -> None:
    table = file.add_table(rows=1, cols=len(_COLUMNS), style="Table Grid")
    table.autofit = False
    for cell, (name, _) in zip(table.rows[0].cells, _COLUMNS, strict=True):
        _run(cell.paragraphs[0], name, _HEAD, _SIZES["table"])
    for number, finding in enumerate(findings, start=1):
        fault, advice = sentences(finding)
        texts = (str(number), where(report, finding), fault, advice, finding.provision)
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            _run(cell.paragraphs[0], text, _BODY, _SIZES["table"])
    for row in table.rows:
        for cell, (_, width) in zip(row.cells, _COLUMNS, strict=True):
            cell.width = Mm(width)
