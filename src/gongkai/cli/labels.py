"""译名 — labels of the form inside the values of a sentence, in the language of this run (年报表二、表三、表四)."""

from __future__ import annotations

import re
from functools import cache

from gongkai.cli.console import Console
from gongkai.report.form import Edition, OtherHandling, form

# What stands between labels in a value such as `表三“总计”栏 21 格、“（七）总计”整行`.
BETWEEN = ("全部各格", "表二", "表三", "表四", "整栏", "整行", "栏", "行", " 格", "、", "；")


def translated(value: object, console: Console) -> object:
    """译名 — a value made of labels, such as `表三“总计”栏 21 格`, piece by piece; never for names of files."""
    if console.language == "zh" or not isinstance(value, str):
        return value
    if (whole := console.translate(value)) != value:
        return whole
    for label in (*_labels(), *BETWEEN):
        if label in value:
            value = value.replace(label, console.translate(label))
    return re.sub(r"(?<=[\w)])“", " “", re.sub(r"”(?=\w)", "” ", value))


@cache
def _labels() -> tuple[str, ...]:
    """Every label of both editions, longest first: 其他 inside a longer label belongs to that one."""
    lines = [line for edition in Edition for shape in OtherHandling for line in form(edition, shape).lines]
    found = {text for line in lines for text in (line.label, line.group, *(column.label for column in line.columns))}
    return tuple(sorted(filter(None, found), key=len, reverse=True))
