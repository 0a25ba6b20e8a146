"""由行成件的话 — what is said of rows that are stopped, or of which nobody can tell (条例 第三十三条)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from gongkai.documents.columns import Entry, Place, Wrong
from gongkai.report.ledger import LedgerError, RefusedRow, Stopped
from gongkai.report.ledger.case import ACT_OF, OF_LIST
from gongkai.report.ledger.doubts import Doubt

_BODY = re.compile(
    r"(?:公开机关|公开主体|单位名称|填报单位|填报机关|机关名称|单位)\s*[:：]\s*(\S.{1,39}?)\s*(?:$|\s{2}|[（(])"
)

USED = "编号 {id} 在第 {row} 行已经用过，两行不一样，请核对：是一件的删去一行，是两件的写不同的编号"
USED_IN = "编号 {id} 在工作表“{sheet}”第 {row} 行已经用过，两行不一样，请核对：是一件的删去一行，是两件的写不同的编号"
SAME_IN = "编号 {id} 在工作表“{sheet}”第 {row} 行已经用过，两行一样：是同一件的删去一行，不是的请在编号前加上单位的名称"
CARRIED = (
    "和工作表“{sheet}”第 {row} 行像是同一件（那一行还没有答复），没有再计一次；是同一件的，请把答复写到一行，删去另一行"
)
OPEN_TOO = "和工作表“{sheet}”第 {row} 行像是同一件，没有再计一次；是同一件的请删去一行，不是的请写清楚内容"
GOES_ON = "和工作表“{sheet}”第 {row} 行像是同一件，那一行已经答复，看不出是否逾期；是同一件的，请合成一行"
NOT_ACTOR = LedgerError("是否原行为机关写着否，没有计入表四：只计本机关作为原行为机关的案件")
MERGED = LedgerError("并入别的一件办理，是否逾期随那一件看；改好以前看不出这一件是否逾期")
ALIKE = "和第 {row} 行各格都一样，没有编号，当作两件；是同一件的请删去一行"
COPIED = LedgerError(
    "这张工作表的各行别的工作表里都有，像是副本，没有再计一次；请删去副本，不是副本的请在编号前加上单位的名称"
)
ALONE = LedgerError("汇总表里有这一行，别的工作表里没有，请补到分表里，或者只留汇总表再算一次")

ONCE = {"copied": COPIED, "alone": ALONE}
"""不再计一次的 — by what a row is of those of other sheets, why it is stopped (条例 第五十条)."""


def place_at(entry: Entry, column: int) -> dict[str, object]:
    """在哪一格 — of a row; without a column where no cell of it says so."""
    place: dict[str, object] = {"sheet": entry.sheet, "row": entry.row}
    return {**place, "column": Place("", 0, column).letters} if column else place


def doubt(entry: Entry, column: int, error: LedgerError, *, is_late: bool = False) -> RefusedRow:
    """看不出的一格 — of a row, with its place (条例 第三十三条)."""
    place = place_at(entry, column)
    return RefusedRow("", "", error.template, error.values, place, is_doubt=True, is_late=is_late)


def of_cell(entry: Entry, found: Doubt, *, is_late: bool) -> RefusedRow:
    """一格说的 — of a row: it leaves lateness open, or stops itself alone (条例 第三十三条)."""
    if found.aside:
        return aside(entry, found.column, found.aside, found.error)
    return doubt(entry, found.column, found.error, is_late=is_late)


def aside(entry: Entry, column: int, name: str, error: LedgerError) -> RefusedRow:
    """只停的一格 — a cell of a row that holds all the same; `name`: its column, or whose rule it breaks."""
    return RefusedRow("", "", error.template, error.values, place_at(entry, column), aside=name)


def ahead(entry: Entry, wrong: Wrong) -> RefusedRow:
    """还没有到的一天 — of an act that is refused until its day has come (条例 第三十三条)."""
    place = place_at(entry, wrong.place.column)
    on = str(wrong.values.get("day", ""))
    return RefusedRow(ACT_OF.get(wrong.name, ""), on, wrong.template, wrong.values, place, is_ahead=True)


def of_act(entry: Entry, wrong: Wrong) -> RefusedRow:
    """读不出的行为 — of a list of one act a row (条例 第三十三条)."""
    act, on = (str(entry.values.get(name) or "") for name in ("act", "on"))
    place = place_at(entry, wrong.place.column)
    return RefusedRow(act, on, wrong.template, wrong.values, place, is_ahead=wrong.is_ahead)


def misplaced(entry: Entry, name: str, on: str, error: LedgerError) -> RefusedRow:
    """不成立的一格 — of the column of a day, whose act moves nothing (条例 第三十三条)."""
    place = place_at(entry, entry.columns.get(name, 0))
    return RefusedRow(ACT_OF.get(name, "") if on else "", on, error.template, error.values, place)


def stopped(number: str, wrong: Wrong, *, is_of_list: bool = False) -> Stopped:
    """停下的一格 — of a row, with its place; `is_of_list`: its list lacks a column (条例 第三十三条)."""
    place = wrong.place
    is_of_list = is_of_list or wrong.template in OF_LIST
    return Stopped(number, wrong.template, wrong.values, place.sheet, place.row, place.letters, wrong.label, is_of_list)


def at(entry: Entry, number: str, column: int, error: LedgerError) -> Stopped:
    """在一行的一格 — what is said of a row at one of its columns; 0 for none (条例 第三十三条)."""
    return stopped(number, Wrong(Place(entry.sheet, entry.row, column), "", error.template, error.values))


def body_in(titles: Iterable[str]) -> str:
    """哪个机关的 — as a title over the heads names it; empty where none does (年报格式)."""
    return next((found[1] for text in titles if (found := _BODY.search(text))), "")
