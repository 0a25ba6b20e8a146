"""译名 — labels of the form inside the values of a sentence, in the language of this run (年报表二、表三、表四)."""

from __future__ import annotations

from gongkai.cli.console import Console
from gongkai.report import labels


def translated(value: object, console: Console) -> object:
    """译名 — a value made of labels, such as `表三“总计”栏 21 格`, piece by piece; never for names of files."""
    if console.language == "zh" or not isinstance(value, str):
        return value
    return labels.translated(value, console.translate)
