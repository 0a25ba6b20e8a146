"""命令行参数 — argparse that speaks Chinese: help in aligned columns, one kind sentence for a wrong line."""

from __future__ import annotations

import argparse
import difflib
import re
import shutil
from collections.abc import Callable, Iterable
from typing import Any, NoReturn

from gongkai.cli import streams
from gongkai.cli.layout import columns, wrap

# What argparse says, and what we say instead. The first group that matches fills the field.
_SENTENCES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), template)
    for pattern, template in (
        (r"the following arguments are required: (?P<names>.+)", "命令没有写完，还缺：{names}。"),
        (r"one of the arguments (?P<names>.+) is required", "命令没有写完，还缺其中之一：{names}。"),
        (r"unrecognized arguments: (?P<names>.+)", "不认识“{names}”。"),
        (r"argument (?P<name>.+?): invalid choice: '(?P<value>.*?)'", "没有“{value}”这种写法。"),
        (r"argument (?P<name>.+?): invalid \w+ value: '(?P<value>.*?)'", "{name} 后面要写数，不能写“{value}”。"),
        (r"argument (?P<name>.+?): not allowed with argument (?P<other>.+)", "{name} 和 {other} 不能同时用。"),
        (r"argument (?P<name>.+?): expected (?:one|at least one) argument", "{name} 后面要写一个值。"),
        (r"argument (?P<name>.+?): expected (?P<count>\d+) arguments?", "{name} 后面要写 {count} 个值。"),
        (r"argument (?P<name>.+?): (?P<reason>.+)", "{name}：{reason}"),
        (r"(?P<reason>.+)", "命令写得不对：{reason}。"),
    )
)


class Phrases(tuple[tuple[str, dict[str, object]], ...]):
    """并列的几句 — templates with their values, for a sentence that lists them in whatever language it is said."""

    __slots__ = ()

    def __str__(self) -> str:
        return "，".join(template.format(**values) for template, values in self)


class UsageError(Exception):
    """命令有误 — a wrong command line, in one kind sentence; `hint`: what to try (interchange: exit status 64)."""

    def __init__(self, template: str, /, hint: str = "", **values: object) -> None:
        super().__init__(template.format(**values))
        self.template, self.hint, self.values = template, hint, values


def nearest(word: str, words: Iterable[str], *, least: float = 0.5) -> str | None:
    """最接近的 — the one of `words` that was probably meant, or None; `least`: how alike it must be, of 1."""
    close = difflib.get_close_matches(word, list(words), n=1, cutoff=least)
    return close[0] if close else None


class _Once(argparse.Action):
    """An option that holds one value, which is neither empty nor written twice in two ways."""

    _given: object = None

    def __call__(
        self, _parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: Any, option: str | None = None
    ) -> None:
        if option and values == "":
            raise UsageError("{name} 后面要写一个值。", name=option)
        if option and self._given not in (None, values):
            said = "{name} 写了两次，{first} 和 {second} 不知道按哪一个，请只写一次。"
            raise UsageError(said, name=option, first=_written(self._given), second=_written(values))
        self._given = values
        setattr(namespace, self.dest, values)


def _written(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


class Parser(argparse.ArgumentParser):
    """命令行解析 — a parser whose help and errors are sentences for people; `translate` gives the other language."""

    def __init__(self, *arguments: Any, translate: Callable[[str], str] = str, **options: Any) -> None:
        super().__init__(*arguments, **{"add_help": False, "allow_abbrev": False, **options})
        self.translate = translate
        for name in (None, "store"):
            self.register("action", name, _Once)
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def error(self, message: str) -> NoReturn:
        """命令有误 — raise the sentence instead of printing and leaving. UsageError."""
        for pattern, template in _SENTENCES:
            if found := pattern.fullmatch(message) or pattern.match(message):
                raise UsageError(template, self._hint(found.groupdict()), prog=self.prog, **found.groupdict())
        raise UsageError("命令写得不对：{reason}。", reason=message)

    def _hint(self, found: dict[str, str]) -> str:
        wrong = found.get("value") or found.get("names", "").split(" ")[0]
        allowed = [str(c) for a in self._actions if found.get("name", "") in _names(a) for c in a.choices or ()]
        meant = nearest(wrong, allowed or [option for action in self._actions for option in action.option_strings])
        if meant:
            return self.translate("是不是想写 {meant}？").format(meant=meant)
        if allowed and "value" in found:
            return self.translate("可以写：{allowed}").format(allowed="  ".join(allowed))
        return self.translate("写法见：{prog} --help").format(prog=self.prog)

    def print_help(self, file: object = None) -> None:  # noqa: ARG002 — as argparse calls it
        """打印说明 — on standard output. OutputError where it cannot be written, which argparse keeps to itself."""
        streams.write(self.format_help())

    def format_usage(self) -> str:
        """用法 — how the command is written."""
        (first, *rest) = wrap(f"{self.prog} {self._written()}", width() - 6)
        return "\n".join([f"{self.translate('用法')}  {first}", *(" " * 6 + line for line in rest), ""])

    def format_help(self) -> str:
        """说明 — what the command does, how it is written, its arguments and options, examples."""
        visible = [action for action in self._actions if action.help != argparse.SUPPRESS]
        parts = [self.translate(self.description or ""), self.format_usage().rstrip()]
        for title, actions in (
            ("参数", [action for action in visible if not action.option_strings]),
            ("选项", [action for action in visible if action.option_strings]),
        ):
            rows = [(_heading(action), self.translate(action.help or "")) for action in actions]
            if rows:
                parts.append("\n".join([self.translate(title), *columns(rows, width())]))
        parts.append(self.translate(self.epilog or "").rstrip())
        return "\n\n".join(part for part in parts if part) + "\n"

    def _written(self) -> str:
        words = [_signature(action) for action in self._actions if not action.option_strings]
        for action in self._actions:
            if action.option_strings and action.dest != "help" and action.help != argparse.SUPPRESS:
                word = f"{action.option_strings[-1]} {_signature(action)}".rstrip()
                words.append(word if action.required else f"[{word}]")
        return " ".join(words)


def width() -> int:
    """宽度 — columns of the terminal; `COLUMNS` wins; 80 in a pipe."""
    return max(40, shutil.get_terminal_size((80, 24)).columns)


def _names(action: argparse.Action) -> tuple[object, ...]:
    return (*action.option_strings, "/".join(action.option_strings), action.metavar, action.dest)


def _heading(action: argparse.Action) -> str:
    return f"{', '.join(action.option_strings)} {_signature(action)}".strip()


def _signature(action: argparse.Action) -> str:
    if action.nargs == 0:
        return ""
    names = action.metavar or ("|".join(map(str, action.choices)) if action.choices else action.dest.upper())
    if isinstance(names, tuple):
        return " ".join(names)
    return f"{names}..." if action.nargs in ("+", "*") else names
