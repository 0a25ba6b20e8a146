"""没有计入的工作表 — sheets that are no register by their name, and those without heads whose rows may be cases."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from gongkai.documents.columns.values import CellError, is_serial, plain, read_date
from gongkai.text.folding import fold

_BEFORE = (
    r"(?:依申请|政府信息|信息|公开|申请|受理|登记|台账|填写?|填[表报]|使用|操作|空白?|旧|老|已|20\d\d年?度?|本|的|\d+)*"
)
_CORE = (
    "样表|样张|样例|样本|范例|范本|范表|示例|举例|例子|例表|模板|模版|空表|空白表?|说明|须知|指南|填表说明|草稿|草表|"
    "测试|示范|填表示范|培训|咨询件?|试填|试用|练习|演示|回收站|垃圾箱|作废|废件|废弃|废止|停用|"
    "template|sample|example|draft|test|demo|instructions?|readme|trash|recyclebin"
)
_AFTER = r"(?:申请|登记|台账|数据|记录|件|表|页|稿|用|的|sheet|\d+)*"
_NO_REGISTER = re.compile(f"{_BEFORE}(?:{_CORE})+{_AFTER}")
_NOT_COUNTED = re.compile(r"不(?:计入?|统计|纳入)[^\w]*$")
_OLD_COPY = re.compile(r"[(\[【](?:旧|老|备份|副本|复件|原)[版表件稿]?[)\]】]\s*$")
_KEEP = re.compile(r"[(\[【](?:请?勿|不要|不用|别|仅供|供)[^()\[\]【】]*[)\]】]")
_BRACKETS = re.compile(r"[()\[\]【】<>《》_-]")
_OTHER_LIST = re.compile("节假日|假期|调休|日历|工作日|值班|通讯录|法规|法律|文件目录|统计")
_LEAST_CELLS = 3


class Uncounted(NamedTuple):
    """没有计入的工作表 — and why: `name`, as 样表, or `heads`, which were not found; `rows` that may be cases."""

    sheet: str
    why: str
    rows: tuple[int, ...]


def is_no_register(name: str) -> bool:
    """看名称不是台账 — whether a sheet is named as a form, a draft or a bin is: 样表, 填写说明, 作废件, 回收站."""
    folded = _KEEP.sub("", fold(name)).lower()
    if _NOT_COUNTED.search(folded) or _OLD_COPY.search(folded):
        return True
    return bool(_NO_REGISTER.fullmatch(plain(_BRACKETS.sub("", folded))))


def uncounted(sheet: str, why: str, texts: Sequence[Sequence[str]]) -> list[Uncounted]:
    """像是有件的行 — of a sheet without heads, the rows of several cells with a day among them; none where there are
    none."""
    if _OTHER_LIST.search(sheet):
        return []
    rows = tuple(
        at
        for at, row in enumerate(texts, 1)
        if len({text for text in row if text}) >= _LEAST_CELLS and any(map(_is_a_day, row))
    )
    return [Uncounted(sheet, why, rows)] if rows else []


def _is_a_day(text: str) -> bool:
    if not text or is_serial(text) or len(text) > 20:
        return False
    try:
        return read_date(text, 2024) is not None
    except CellError:
        return False
