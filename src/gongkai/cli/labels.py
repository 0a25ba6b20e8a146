"""译名 — labels of the form inside the values of a sentence, in the language of this run (年报表二、表三、表四)."""

from __future__ import annotations

import re
from functools import cache

from gongkai.cli.console import Console
from gongkai.report.checks.naming import names
from gongkai.report.form import Edition, OtherHandling, form

_HAN = re.compile(r"[\u3400-\u9fff]")
# What stands between labels in a value such as `表三“总计”栏 21 格、“（七）总计”整行`.
BETWEEN = ("全部各格", "表二", "表三", "表四", "整栏", "整行", "栏", "行", " 格", "、", "；")


def translated(value: object, console: Console) -> object:
    """译名 — a value made of labels, such as `表三“总计”栏 21 格`, piece by piece; never for names of files."""
    if console.language == "zh" or not isinstance(value, str):
        return value
    if (whole := console.translate(value)) != value:
        return whole
    said = value
    for name, labels in (*_names(), *((mark, (mark,)) for mark in BETWEEN)):
        if name in said:
            english = " ".join(console.translate(label) for label in labels)
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
