"""一行几件 — rows that stand for more requests than one: each counts by itself, so such a row is stopped (年报格式).

A number such as 2-4 is a range only where the numbers around it go on: 3-4 may be the fourth of March. 7/8 and 23.24
are two only where most numbers beside them are of another shape.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from gongkai.documents.columns import Entry
from gongkai.documents.columns.values import shown
from gongkai.report.ledger import LedgerError
from gongkai.text.folding import fold

_LISTED = re.compile(r"\d\s*(?:至|到|~|—+|、|,|;|及|和|与)\s*\d|[一二三四五六七八九十]+、[一二三四五六七八九十]+")
_SPAN = re.compile(r"(\d{1,4})\s*-\s*(\d{1,4})")
_JOINED = re.compile(r"\d\s*[+&×]\s*\d")
_LAST = re.compile(r"(.*?)(?<!\d)(\d{1,4}(?:(?:\s*[/.]\s*|\s+)\d{1,4})+)")
_MANY = r"(?:[2-9]|[1-9]\d+|[二两三四五六七八九]|[二三四五六七八九]?十[一二三四五六七八九]?)"
_WITH_COUNT = re.compile(rf"\d[^\d]*(?:\(|共|等|\s)\s*(?:共|计|等)*\s*{_MANY}\s*件\)?$")
_SAID_COUNT = re.compile(rf"[合并总一]*[共计等]*\s*{_MANY}\s*件(?:申请)?(?:$|[,;:。(].*)")
_SAID_WITHIN = re.compile(rf"[(]\s*[共合计]*\s*{_MANY}\s*件\s*[)]\s*$|{_MANY}\s*份申请")
_SAID_BESIDE = re.compile(rf"(?:含|共|另有)\s*{_MANY}\s*件(?!附件|材料|文件|证据)")
_REMARKS = re.compile("备注|说明")
_OF_REQUESTS = re.compile("内容|事项|申请|备注|说明|名称|标题|描述")
_OF_PAPERS = re.compile("附件|材料|文件|证据|页|份|答复|姓名|地址|电话")
_COUNT_HEAD = re.compile(r"(?:申请|合计|受理|公开|办理|总)?(?:件数|数量|件次)(?:\(件\))?|申请份?数|件")
_MAYBE_HEAD = re.compile(r"份数|合计|总计|总数|小计|数目|个数")
"""也许是件数 — heads that may count copies or money as well."""
_COUNT = re.compile(r"(\d+(?:\.0+)?)\s*件?")

_NUMBERS = "编号“{said}”像是几件，请一件一行，各写各的编号；分开以前看不出是否逾期"
_PIECES = "“{head}”一栏写着“{said}”，一行只计一件，请一件一行；分开以前看不出是否逾期"

_MAYBE = "“{head}”写着“{said}”，当作一件；是几件的请一件一行，各写各的编号"
_PART = "编号“{said}”像是“{whole}”的附件或者续行，当作另一件；是同一件的请合成一行"
_ANNEX = re.compile(
    r"(.*\d)\s*(?:\(\d{1,2}\)|[-_./]\d{1,2}|之[一二三四五\d]{1,2}|\(?(?:附(?:件|表)?|[续补])\d{0,2}\)?|\(?[a-f]\)?)"
)


def maybe_several(head: str, text: str) -> bool:
    """也许是几件 — whether a cell holds a number of more than one that may be of requests: 份数 3 (年报格式)."""
    count = _COUNT.fullmatch(fold(text).strip())
    return bool(count and _MAYBE_HEAD.fullmatch(fold(head).replace(" ", "")) and Decimal(count[1]) > 1)


def unsure(entries: Sequence[Entry]) -> Mapping[tuple[str, int], tuple[int, LedgerError]]:
    """哪些行说不准 — rows that count as one, and may be several, or a part of another: 16 and 16-2 (年报格式)."""
    found: dict[tuple[str, int], tuple[int, LedgerError]] = {}
    numbers = {(each.sheet, _plain(each).lower()) for each in entries}
    for entry in entries:
        for head, column in entry.unused.items():
            if maybe_several(head, text := entry.beside.get(column, "")):
                found[entry.sheet, entry.row] = column, LedgerError(_MAYBE, head=shown(head), said=shown(text))
        number = _plain(entry)
        part = _ANNEX.fullmatch(number.lower())
        if part and "id" in entry.columns and (entry.sheet, part[1].strip()) in numbers:
            error = LedgerError(_PART, said=shown(number), whole=shown(part[1].strip()))
            found[entry.sheet, entry.row] = entry.columns["id"], error
    return found


def several(entries: Sequence[Entry]) -> Mapping[tuple[str, int], tuple[int, LedgerError]]:
    """哪些行是几件 — by sheet and row: the column that says so, and why it is stopped."""
    found: dict[tuple[str, int], tuple[int, LedgerError]] = {}
    numbers = {(each.sheet, _plain(each)) for each in entries}
    shapes = Counter((each.sheet, _shape(_plain(each))) for each in entries if _plain(each))
    held = Counter(each.sheet for each in entries if _plain(each))
    for entry in entries:
        pieces = _pieces(entry)
        if pieces:
            found[entry.sheet, entry.row] = pieces
        elif "id" in entry.columns and (
            _is_range(entry, numbers)
            or (2 * shapes[entry.sheet, _shape(_plain(entry))] <= held[entry.sheet] and _is_pair(entry, numbers))
        ):
            said = shown(str(entry.values.get("id")))
            found[entry.sheet, entry.row] = entry.columns["id"], LedgerError(_NUMBERS, said=said)
    return found


def several_acts(entries: Sequence[Entry]) -> Mapping[tuple[str, int], tuple[int, LedgerError]]:
    """哪些行为是几件的 — of a list of one act a row, all rows of a number one of whose rows stands for several."""
    found = several(entries)
    told = {(each.sheet, _plain(each)): found[at] for each in entries if (at := (each.sheet, each.row)) in found}
    return {(each.sheet, each.row): told[number] for each in entries if (number := (each.sheet, _plain(each))) in told}


def _pieces(entry: Entry) -> tuple[int, LedgerError] | None:
    for head, column in entry.unused.items():
        text = entry.beside.get(column, "")
        is_of_requests = _OF_REQUESTS.search(head) and not _OF_PAPERS.search(head)
        said = fold(text).strip()
        is_beside = _REMARKS.search(head) and _SAID_BESIDE.search(said)
        if is_of_requests and (is_beside or _SAID_COUNT.fullmatch(said) or _SAID_WITHIN.search(said)):
            return column, LedgerError(_PIECES, head=shown(head), said=shown(text))
        count = _COUNT.fullmatch(fold(text).strip())
        if not (count and _COUNT_HEAD.fullmatch(fold(head).replace(" ", ""))):
            continue
        try:
            if Decimal(count[1]) != 1:
                return column, LedgerError(_PIECES, head=shown(head), said=shown(text))
        except InvalidOperation:
            continue
    return None


def _is_range(entry: Entry, numbers: set[tuple[str, str]]) -> bool:
    number = _plain(entry)
    if _LISTED.search(number) or _JOINED.search(number) or _WITH_COUNT.search(number):
        return True
    span = _SPAN.fullmatch(number)
    if not span:
        return False
    first, last = int(span[1]), int(span[2])
    around = {(entry.sheet, str(first - 1)), (entry.sheet, str(last + 1))}
    within = {(entry.sheet, str(each)) for each in (first, last)}
    return first < last and bool(around & numbers) and not within & numbers


def _is_pair(entry: Entry, numbers: set[tuple[str, str]]) -> bool:
    """Whether a number is of two that follow, none of which stands in a row of its own: 7/8, 9 10, 23.24."""
    found = _LAST.fullmatch(_plain(entry))
    if not found:
        return False
    before, joined = found.groups()
    parts = re.findall(r"\d+", joined)
    follow = [int(later) - int(first) for first, later in pairwise(parts)]
    is_next = all(step == 1 for step in follow)
    return (is_next or (not before and "." not in joined and min(follow) > 0)) and not any(
        (entry.sheet, f"{before}{part}") in numbers for part in parts
    )


def _shape(number: str) -> str:
    """A number with its figures alike: 2026.03 and 2026.11 are of one shape."""
    return re.sub(r"\s+", " ", re.sub(r"\d+", "0", number))


def _plain(entry: Entry) -> str:
    return fold(str(entry.values.get("id") or "")).strip()
