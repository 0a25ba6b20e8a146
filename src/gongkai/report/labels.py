"""译名 — labels of the form inside the values of a sentence, in another language (年报表二、表三、表四)."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from gongkai.report.form import Edition, OtherHandling, form
from gongkai.report.naming import names

_HAN = re.compile(r"[\u3400-\u9fff]")
# What stands between labels in a value such as `表三“总计”栏 21 格、“（七）总计”整行`.
BETWEEN = ("全部各格", "表二", "表三", "表四", "整栏", "整行", "栏", "行", " 格", "、", "；")

HEADINGS = (
    "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
    "申请人情况",
    "法人或其他组织",
    "三、本年度办理结果",
    "信息内容",
    "行政复议",
)
"""总栏名 — what the form prints over several columns or rows, besides the names of figures (年报表二、表三、表四)."""


def translated(value: str, translate: Callable[[str], str]) -> str:
    """译名 — a value made of labels, such as `表三“总计”栏 21 格`, piece by piece; never for names of files."""
    if (whole := translate(value)) != value:
        return whole
    said = value
    for name, labels in (*_names(), *((mark, (mark,)) for mark in BETWEEN)):
        if name in said:
            english = " ".join(translate(label) for label in labels)
            said = said.replace(name, english if name in labels else re.sub(r" \([^()]+\)$", "", english))
    # What is not wholly made of labels is somebody's name, such as that of a body: it stays.
    return value if _HAN.search(said) else re.sub(r"(?<=[\w)])“", " “", re.sub(r"”(?=\w)", "” ", said))


@cache
def _names() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What rows and columns are called, and the labels that make the name; longest first: 其他 is part of many."""
    found: dict[str, tuple[str, ...]] = {}
    for printed in (form(edition, shape) for edition in Edition for shape in OtherHandling):
        for line in printed.lines:
            for address, column in zip(line.addresses, line.columns, strict=True):
                name = names(printed)[address]
                found[name.column] = (column.label,)
                found[name.row] = (line.group, line.label) if line.group else (line.label,)
                found[line.label] = (line.label,)
    return tuple(sorted(found.items(), key=lambda item: -len(item[0])))
