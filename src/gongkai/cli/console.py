"""控制台 — what the command line says to people and to programs: sentences, tables, JSON lines, progress.

Sentences are literal Chinese templates with named fields; English comes from the catalogue in `locale/`. Nothing is
coloured in a pipe, with `NO_COLOR`, or on a dumb terminal.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from gettext import GNUTranslations
from importlib.resources import files
from typing import TYPE_CHECKING, TextIO

from gongkai.cli.arguments import Phrases, width
from gongkai.cli.streams import OutputError, harmless, harmless_json, on_one_line
from gongkai.law.sources import Provision
from gongkai.text.quoted import Listed, Quoted

if TYPE_CHECKING:
    from rich.console import Console as Screen
    from rich.console import RenderableType

LANGUAGES = ("zh", "en")
LONGEST = 2_000
"""Signs of one value within a sentence: more are no name, head or reason, and nobody reads them on a screen."""

_ALONE = re.compile(r"\{\w+\}")
"""A template that is nothing but one field: a text of several lines, made by us."""

_MARKS = {"：": ": ", "、": ", ", "，": ", ", "；": "; ", "。": ". "}


@cache
def catalogue(language: str) -> Callable[[str], str]:
    """译文 — the translator of a language: a Chinese template to the same template in that language."""
    if language == "zh":
        return str
    with (files(__package__) / "locale" / language / "LC_MESSAGES" / "gongkai.mo").open("rb") as file:
        return GNUTranslations(file).gettext


class Console:
    """控制台 — the two streams, the language and the width of one run of the command."""

    def __init__(self, language: str = "zh", *, stdout: TextIO | None = None, stderr: TextIO | None = None) -> None:
        self.language = language
        self.stdout = stdout or sys.stdout
        self.stderr = stderr or sys.stderr
        self._progress = Progress(self.stderr)

    @property
    def width(self) -> int:
        """宽度 — columns of the terminal; `COLUMNS` wins; 80 in a pipe."""
        return width()

    def translate(self, template: str) -> str:
        """译 — a template, label or mark in the language of this run; what the catalogue does not know stays."""
        if self.language == "zh" or not template:
            return template
        known = catalogue(self.language)(template)
        return known if known != template else _MARKS.get(template, template)

    def listed(self, parts: Iterable[str]) -> str:
        """并列 — 甲、乙、丙, as the language of this run lists things."""
        return self.translate("、").join(parts)

    def text(self, template: str, /, **values: object) -> str:
        """成句 — the sentence of a template; a value that is itself a label or a template is translated too."""
        known = self.translate(template)
        if _ALONE.fullmatch(template):
            return known.format(**{name: self._value(value) for name, value in values.items()})
        return known.format(**{name: _within(self._value(value)) for name, value in values.items()})

    def name(self, source: str) -> str:
        """文件名 — a file as people call it; `-` is standard input."""
        return self.translate("标准输入") if source == "-" else on_one_line(source)

    def joined(self, sentences: Iterable[str]) -> str:
        """连成一段 — sentences one after the other, as the language of this run sets them."""
        return ("" if self.language == "zh" else " ").join(filter(None, sentences))

    def cite(self, provision: Provision) -> str:
        """引用条款 — 条例 第三十三条第二款, in English: Regulations, Art. 33(2)."""
        if self.language == "zh" or provision.article is None:
            return self.translate(str(provision))
        parts = "".join(f"({part})" for part in (provision.paragraph, provision.item) if part)
        return f"{self.translate(provision.source)}, Art. {provision.article}{parts}"

    def say(self, template: str = "", /, **values: object) -> None:
        """说 — one line on standard output."""
        self._write(harmless(self.text(template, **values)))

    def error(self, template: str, /, **values: object) -> None:
        """报错 — one plain sentence on standard error."""
        self._progress.clear()
        try:
            print(harmless(self.text(template, **values)), file=self.stderr, flush=True)
        except BrokenPipeError:
            raise
        except OSError:
            # Nobody can be told; what goes to standard output may still arrive.
            return

    def json(self, value: Mapping[str, object]) -> None:
        """写 JSON — one object on one line of standard output, at once."""
        self._write(harmless_json(json.dumps(value, ensure_ascii=False)))

    def table(
        self, rows: Sequence[Sequence[str]], *, headers: Sequence[str] = (), right: Sequence[int] = (), indent: int = 0
    ) -> None:
        """表 — aligned columns; `headers` are translated, cells stay as they are; `right`: columns of numbers."""
        from gongkai.cli.screen import plain  # rich costs more than most commands: only who draws pays

        self.show(plain([self.translate(h) for h in headers], rows, right=right, indent=indent))

    def show(self, renderable: RenderableType) -> None:
        """画 — anything that rich can draw, on standard output; trailing blanks are cut, so that pipes stay clean."""
        from gongkai.cli.screen import Harmless  # late, as above

        screen = self._screen()
        try:
            with screen.capture() as captured:
                screen.print(Harmless(renderable))
        except BrokenPipeError:
            raise
        except OSError as error:
            raise OutputError(error) from None
        for line in captured.get().splitlines():
            self._write(line.rstrip())

    def progress(self, items: Sequence[str]) -> Iterator[str]:
        """进度 — the items one by one, with a bar on a terminal and none in a pipe."""
        for done, item in enumerate(items):
            self._progress.draw(done, len(items), item, self.width)
            yield item
        self._progress.clear()

    def draw(self, done: int, total: int, told: str) -> None:
        """画进度 — how far a long work is, on a terminal; nothing in a pipe."""
        self._progress.draw(done, max(total, 1), told, self.width)

    def _value(self, value: object) -> object:
        if isinstance(value, Provision):
            return self.cite(value)
        if isinstance(value, Phrases):
            return self.listed(self.text(template, **values) for template, values in value)
        if isinstance(value, Listed):
            return self.listed(value)
        if isinstance(value, Quoted):
            return value
        if isinstance(value, Exception) and hasattr(value, "template") and hasattr(value, "values"):
            return self.text(value.template, **value.values)
        return self.translate(value) if isinstance(value, str) else value

    def _screen(self) -> Screen:
        from rich.console import Console as Screen  # late, as above

        return Screen(file=self.stdout, width=self.width, highlight=False, soft_wrap=False, emoji=False, markup=True)

    def _write(self, line: str) -> None:
        self._progress.clear()
        try:
            print(line, file=self.stdout, flush=True)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise OutputError(error) from None


def _within(value: object) -> object:
    """A value within a sentence: on one line, and cut where it is far longer than anything that people read."""
    if not isinstance(value, str):
        return value
    line = on_one_line(value)
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"


class Progress:
    """进度条 — one line on standard error that is drawn over and cleared; draws nothing where nobody looks."""

    BAR = 20

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.alive = stream.isatty() and os.environ.get("TERM", "") != "dumb"
        self.drawn = False

    def draw(self, done: int, total: int, name: str, width: int) -> None:
        """画进度 — `done` of `total` are finished, `name` is at work."""
        if self.alive:
            full = self.BAR * done // total
            head = f"{'#' * full}{'.' * (self.BAR - full)} {done}/{total} "
            # A wide character takes two columns: half of what is left is always enough room.
            tail = on_one_line(name)[-max(0, (width - len(head) - 1) // 2) :]
            self.stream.write(f"\r\x1b[2K{head}{tail}")
            self.stream.flush()
            self.drawn = True

    def clear(self) -> None:
        """清除 — leave the line as if nothing had been there."""
        if self.drawn:
            self.stream.write("\r\x1b[2K")
            self.stream.flush()
            self.drawn = False
