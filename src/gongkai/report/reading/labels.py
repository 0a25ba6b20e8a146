"""项目名称 — which line of the form a printed label means, however torn, shortened or woven (年报表二、表三、表四)."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from gongkai.report.form import Edition, Line, OtherHandling, form
from gongkai.text.folding import squeeze

_MARKS = re.compile(r"[\W_]+")
_BRACKETED = re.compile(r"[(\[〔【][^)\]〕】]*[)\]〕】]?")
_NUMBERING = re.compile(r"^[\W_]*(?:[(（]?[一二三四五六七八九十0-9]{1,3}[)）]?[.、．,:\s]*)?")
_OTHER = re.compile(r"(?:^|[^一-鿿]|处理|其他)(?:3[.、,:)]*|③)其他$|^其他(?:情形|情况)?$")
_OTHER_GROUP = re.compile(r"[六][)]?其他|其他处理")
_GRAND_TOTAL = re.compile(r"七[)]?[.、:]*(?:总计|合计|共计|总数)|^[(]?[\W]*[)]?(?:办理结果)?(?:总计|合计|共计)$")
_OTHERS = "other_handling"


@lru_cache(maxsize=8192)
def application_rows(label: str) -> tuple[str, ...]:
    """表三的项 — the ids of the rows of 表三 whose words stand in a squeezed label, in the order in which they stand
    there."""
    found: dict[str, int] = {}
    for row, keys in _application_keys():
        at = max((label.rfind(key) for key in keys), default=-1)
        if at >= 0:
            found[row] = at
    total = _GRAND_TOTAL.search(label)
    if total:
        found["handled_total"] = total.end()
    group = _OTHER_GROUP.search(label)
    if _OTHER.search(label):
        found[f"{_OTHERS}.other"] = len(label)
    if group and not any(row.startswith(f"{_OTHERS}.") for row in found):
        found[_OTHERS] = group.start()
    return tuple(sorted(found, key=found.__getitem__))


@cache
def _application_keys() -> tuple[tuple[str, tuple[str, ...]], ...]:
    lines = form(Edition.E2021, OtherHandling.ROWS).table("applications")
    return tuple((line.id, line.keys) for line in lines if line.keys and line.id not in ("handled_total", _OTHERS))


@lru_cache(maxsize=8192)
def is_scrap(label: str) -> bool:
    """残名 — whether a squeezed label is a piece of some label of 表三, or nothing but signs."""
    return _MARKS.sub("", label) in _application_words()


@cache
def _application_words() -> str:
    lines = [line for handling in OtherHandling for line in form(Edition.E2021, handling).table("applications")]
    return "\n".join(_MARKS.sub("", squeeze(line.label)) for line in lines)


@lru_cache(maxsize=8192)
def proactive_row(label: str, edition: Edition) -> str | None:
    """表二的项 — the id of the row of 表二 that a squeezed label is; None for words that merely mention it."""
    name = _MARKS.sub("", _BRACKETED.sub("", label))
    for line, wanted in _proactive_names(edition):
        if name == wanted:
            return line.id
    bare = _MARKS.sub("", _BRACKETED.sub("", _NUMBERING.sub("", label)))
    for line, wanted in _proactive_names(edition):
        for key in line.keys:
            if bare.endswith(key) and len(bare) <= len(wanted) + 2:
                return line.id
            if bare.startswith(key) and len(bare) <= len(wanted) + 3 and "文件" not in bare[len(key) :]:
                return line.id
    return None


@cache
def _proactive_names(edition: Edition) -> tuple[tuple[Line, str], ...]:
    return tuple((line, _MARKS.sub("", line.label)) for line in form(edition).table("proactive"))


@lru_cache(maxsize=4096)
def heading_columns(label: str, table: str, edition: Edition) -> tuple[str, ...]:
    """栏名 — the ids of the columns of a table whose words stand in a squeezed heading, in the order in which they
    stand."""
    found = {}
    for column, keys in _column_keys(table, edition):
        places = [at for key in keys if (at := label.find(key)) >= 0]
        if places:
            found[column] = min(places)
    return tuple(sorted(found, key=found.__getitem__))


@cache
def _column_keys(table: str, edition: Edition) -> tuple[tuple[str, tuple[str, ...]], ...]:
    columns = {column.id: column for line in form(edition).table(table) for column in line.columns}
    return tuple((column.id, column.keys or (squeeze(column.label),)) for column in columns.values())


def edition_of(labels: list[str]) -> Edition | None:
    """格式版本 — which edition's own words stand in the labels of the tables; None where neither's do (never the
    year)."""
    text = "\n".join(labels)
    counts = {edition: sum(mark in text for mark in form(edition).marks) for edition in Edition}
    best = max(counts, key=lambda edition: (counts[edition], edition))
    return best if counts[best] else None


def takes_one_row(rows: set[str]) -> OtherHandling:
    """（六）其他处理的印法 — one row where the row itself was found and none of its sub-rows, else three."""
    has_parts = any(row.startswith(f"{_OTHERS}.") for row in rows)
    return OtherHandling.ROW if _OTHERS in rows and not has_parts else OtherHandling.ROWS


_TABLE_WORDS = (
    "第二十条第",
    "信息内容",
    "勾稽关系",
    "申请人情况",
    "法人或其他组织",
    "结果维持",
    "尚未审结",
    "未经复议",
    "复议后起诉",
    "第四项之和",
    "本年度办理结果",
)
_HEADING = 25
_SHORT = 8  # shorter lines in a part with a table are scraps of its labels


def is_table_label(label: str) -> bool:
    """表内文字 — whether a squeezed line in part two, three or four belongs to the statutory table rather than to a
    sentence."""
    if len(label) <= _SHORT or any(word in label for word in _TABLE_WORDS):
        return True
    if len(label) > 60:
        return False
    if any(label in name for name in _whole_names()):
        return True  # a name that a narrow cell wraps
    names = (application_rows(label), *(proactive_row(label, edition) for edition in Edition))
    most = 0 if len(label) <= _HEADING else 1
    return any(names) or any(len(heading_columns(label, "proactive", edition)) > most for edition in Edition)


@cache
def _whole_names() -> tuple[str, ...]:
    """The names of all rows and columns of the three tables, squeezed."""
    lines = [line for edition in Edition for line in form(edition).lines]
    return tuple({squeeze(name) for line in lines for name in (line.label, *(c.label for c in line.columns))})
