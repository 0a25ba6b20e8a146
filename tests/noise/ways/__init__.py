"""样子 — ways in which reports are laid out, spelled, copied and converted that the noises do not have (条例 第五十条).

A layout maps a `Printed` to another; a copy writes a `Printed` to the bytes of a file as some program or person would.
A kind is a layout in one of the formats that it fits, or a copy of a plain report; layouts and copies compose. The next
file is always another one: new kinds are written before anybody has seen what they do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from random import Random

from gongkai.report.form import Edition
from tests.noise.printed import Printed
from tests.noise.rendering import FORMATS, SUFFIXES, render

Layout = Callable[[Printed, Random], Printed]
Write = Callable[[Printed, Random], bytes]

TEXTS = ("html", "csv", "md", "txt-tabs", "docx")
"""常见格式 — in which most layouts occur."""


@dataclass(frozen=True, slots=True)
class Laid:
    """一种排法 — what it changes, and in which copies it occurs."""

    name: str
    change: Layout
    copies: tuple[str, ...]
    editions: frozenset[Edition]


@dataclass(frozen=True, slots=True)
class Copied:
    """一种抄法 — the suffix of its file, how it is written, and which program must convert what is written."""

    name: str
    suffix: str
    write: Write
    through: tuple[str, ...] = ()


LAYOUTS: dict[str, Laid] = {}
COPIES: dict[str, Copied] = {}


def layout(*copies: str, editions: Iterable[Edition] = Edition) -> Callable[[Layout], Layout]:
    """登记排法 — under the name of the function."""

    def enter(change: Layout) -> Layout:
        name = change.__name__
        LAYOUTS[name] = Laid(name, change, copies or TEXTS, frozenset(editions))
        return change

    return enter


def copy(suffix: str, *through: str) -> Callable[[Write], Write]:
    """登记抄法 — under the name of the function. `through`: programs that convert the file, one after another."""

    def enter(write: Write) -> Write:
        COPIES[write.__name__] = Copied(write.__name__, suffix, write, through)
        return write

    return enter


def _plainly(format_: str) -> Write:
    return lambda report, _: render(replace(report, format=format_))


for _format in FORMATS:
    COPIES[_format] = Copied(_format, SUFFIXES.get(_format, _format), _plainly(_format))
