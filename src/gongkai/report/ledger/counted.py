"""台账的期限 — the days counted of every request as tables behind a draft (条例 第三十三条)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from gongkai.documents.redaction.searching import hushed
from gongkai.documents.writing.manuscript import Block, Cell, Role, Style, Table, Text
from gongkai.law.requests.states import Mark
from gongkai.report.ledger import Ledger, Line

HEADS = (
    "编号",
    "承办",
    "办理状态",
    "收到日期",
    "补正告知不晚于",
    "答复期限",
    "严格算法",
    "等申请人到",
    "答复日期",
    "迟了几个工作日",
    "警示",
    "计入哪一行",
)
WIDTHS = (22.0, 18.0, 18.0, 20.0, 20.0, 20.0, 20.0, 20.0, 20.0, 14.0, 26.0, 44.0)
FOR_THE_OFFICE = "这一页有编号、承办，供本机关自己用；公开年报以前请删去这一页"
"""自己用的一页 — what stands over it and is said when it is written (条例 第十五条)."""
MOST_ROWS = 1_500
"""一张表的行数 — a longer ledger goes on in another sheet: what reads reports takes no table much longer."""


def counted_days(lines: Sequence[Line], ledger: Ledger, judged_on: date) -> tuple[Block, ...]:
    """逐件的期限 — one row a request; longer ledgers are parted (条例 第三十条至第三十四条)."""
    return tuple(_blocks(lines, ledger, judged_on))


def draft_note(ledger: Ledger, cut_on: date, provisional: int) -> str:
    """草稿的说明 — what the figures of a draft leave out, to stand before them (年报格式)."""
    rows = len({(each.sheet, each.row, each.id) for each in ledger.stopped})
    said = [f"【草稿】表三、表四按台账统计，截至 {cut_on.isoformat()}；其余部分还没有填写。"]
    if rows:
        said.append(f"台账里有 {rows} 行没有计入，改好以后要再算一次。")
    if provisional:
        said.append(f"{provisional} 件的日期是暂定的，放假安排公布以后可能变。")
    return "".join(said)


def _blocks(lines: Sequence[Line], ledger: Ledger, judged_on: date) -> Iterator[Block]:
    for start in range(0, len(lines), MOST_ROWS):
        yield Text("台账和期限", Style.HEADING)
        rows = tuple(_row(line, ledger, judged_on) for line in lines[start : start + MOST_ROWS])
        heads = tuple(Cell(head, Role.COLUMN) for head in HEADS)
        over = (Cell(FOR_THE_OFFICE, Role.COLUMN, columns=len(HEADS)),)
        yield Table("台账和期限", WIDTHS, (over, heads, *rows), heads=2)


def _row(line: Line, ledger: Ledger, judged_on: date) -> tuple[Cell, ...]:
    found = line.course
    marks = [mark.label for mark in found.marks if line.is_sure or mark is not Mark.ANSWERED_LATE]
    is_late = Mark.ANSWERED_LATE in found.marks or found.is_overdue(judged_on)
    if is_late and not line.is_sure:
        marks.insert(0, "看不出是否逾期")
    elif found.is_overdue(judged_on):
        marks.insert(0, "逾期未答复")
    if found.provisional:
        marks.append("暂定")
    texts = (
        hushed(found.id),
        hushed(ledger.handlers.get(found.id, "")),
        found.position.label,
        _day(found.received_on),
        _day(found.correction_notice_by),
        _day(found.due_on),
        _day(found.due_on_strict),
        _day(found.applicant_until),
        _day(found.answered_on),
        str(found.late_workdays or "") if line.is_sure else "",
        "、".join(marks),
        found.cell.row.label if found.cell else "",
    )
    return tuple(Cell(text, Role.TEXT) for text in texts)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
