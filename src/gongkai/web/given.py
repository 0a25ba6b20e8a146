"""给出的设置 — each setting of the environment, read by its kind; whatever makes no sense is said, all of it at once.

What is left out or empty is as if nobody had given it. Nothing is guessed: a word that is neither yes nor no is not no.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from environ import Env

T = TypeVar("T")
_YES, _NO = ("1", "true", "yes", "on"), ("0", "false", "no", "off")
_MANY = 10**15
_DATABASES = ("postgres", "postgresql", "psql", "pgsql")
_MAILS = ("smtp", "smtps", "smtp+tls", "smtp+ssl", "consolemail", "filemail", "memorymail", "dummymail")
SHOWN = "{name} 现在是“{given}”，{advice}"
HIDDEN = "{name} {advice}"
WHOLE = "要写一个 {least} 到 {most} 的整数，如 {like}"
NUMBER = "要写一个 {least} 到 {most} 的数，如 {like}"
YES_OR_NO = "要写 1（是）或者 0（不是）"
ONE_OF = "只能写 {choices} 里的一个"
LIKE = "要写成 {like} 的样子"
LONGER = "至少要 {least} 个字符，随机的；不设这一样，平台自己做一个"
TOGETHER = "没有写：设了 {other} 就要写明"
ZONE = "要写一个时区的名称，如 Asia/Shanghai"


class Advice(Exception):  # noqa: N818 — a sentence in the sentence of another
    """怎样写 — what to write instead (`template.format(**values)`)."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template, self.values = template, values


class SettingError(Exception):
    """设置不对 — which one, what stands there unless it may hold a secret, and what to write instead."""

    def __init__(self, name: str, given: str, advice: Advice) -> None:
        self.template = SHOWN if given else HIDDEN
        self.values: dict[str, object] = {"name": name, "given": " ".join(given.split())[:60], "advice": advice}
        super().__init__(self.template.format(**self.values))


class SettingsError(Exception):
    """设置不对 — every one that makes no sense (`errors`)."""

    def __init__(self, errors: Sequence[SettingError]) -> None:
        self.errors = tuple(errors)
        super().__init__("；".join(map(str, errors)))


class Given:
    """给出的设置 — of an environment. `check` at the end tells what was wrong; until then the default stands for it."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self._errors: list[SettingError] = []

    def check(self) -> None:
        """核对 — SettingsError with everything that made no sense."""
        if self._errors:
            raise SettingsError(self._errors)

    def read(
        self, name: str, default: T, how: Callable[[str], T], advice: str, *, is_secret: bool = False, **values: object
    ) -> T:
        """读一样 — by a function that raises ValueError or LookupError at what it cannot take."""
        given = self._environ.get(name, "").strip()
        try:
            return how(given) if given else default
        except (ValueError, LookupError):
            self._errors.append(SettingError(name, "" if is_secret else given, Advice(advice, **values)))
            return default

    def text(self, name: str, default: str = "", *, pattern: str = r"[^\x00-\x1f]+", like: str = "") -> str:
        """一行字 — of a shape."""
        return self.read(name, default, lambda given: _shaped(given, pattern), LIKE, like=like or default)

    def secret(self, name: str, least: int = 0) -> str:
        """密钥 — never shown."""
        return self.read(name, "", lambda given: _shaped(given, f".{{{least},}}"), LONGER, is_secret=True, least=least)

    def together(self, name: str, other: str, value: str) -> str:
        """一起设的 — `value` of a name, which must not be empty where the other is set."""
        if not value:
            self._errors.append(SettingError(name, "", Advice(TOGETHER, other=other)))
        return value

    def web(self, name: str, default: str = "", like: str = "https://gongkai.example.cn") -> str:
        """网址 — with its scheme and a host."""
        return self.read(name, default, web_address, LIKE, like=like)

    def whole(self, name: str, default: int, least: int = 0, most: int = _MANY) -> int:
        """整数 — within bounds."""
        return self.read(
            name, default, lambda given: _within(int(given), least, most), WHOLE, least=least, most=most, like=default
        )

    def number(self, name: str, default: float, least: float = 0, most: float = _MANY) -> float:
        """数 — within bounds; neither endless nor no number."""
        return self.read(
            name,
            default,
            lambda given: _within(float(given), least, most),
            NUMBER,
            least=least,
            most=most,
            like=default,
        )

    def yes(self, name: str) -> bool:
        """是不是 — no, where nobody says."""
        return self.read(name, False, lambda given: (*_NO, *_YES).index(given.lower()) >= len(_NO), YES_OR_NO)

    def one_of(self, name: str, *choices: str) -> str:
        """几个里的一个 — the first, where nobody says."""
        said = "、".join(choices)
        return self.read(name, choices[0], lambda given: choices[choices.index(given)], ONE_OF, choices=said)

    def zone(self, name: str, default: str) -> str:
        """时区 — that this machine knows."""
        return self.read(name, default, lambda given: (available_timezones() & {given}).pop() or given, ZONE)

    def listed(self, name: str, default: Sequence[T], how: Callable[[str], T], like: str) -> list[T]:
        """几个 — with commas between them."""

        def each(given: str) -> list[T]:
            return [how(part.strip()) for part in given.split(",") if part.strip()]

        return self.read(name, list(default), each, LIKE, like=like)

    def database(self, name: str) -> dict[str, Any]:
        """数据库 — empty where nobody names one: the embedded one is used."""
        like = "postgresql://用户:密码@主机:5432/库名"
        return self.read(name, {}, _database, LIKE, is_secret=True, like=like)

    def mail(self, name: str) -> dict[str, Any]:
        """邮件 — the server and how to speak to it; none is sent where nobody names one."""
        none = Env.email_url_config("dummymail://")
        return self.read(name, none, _mail, LIKE, is_secret=True, like="smtp+tls://用户:密码@主机:587")


def web_address(given: str) -> str:
    """网址 — as given. ValueError where it has no scheme or no host."""
    parts = urlsplit(given)
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"\s", given) or parts.port == 0:
        raise ValueError(given)
    return given


def _shaped(given: str, pattern: str) -> str:
    if not re.fullmatch(pattern, given):
        raise ValueError(given)
    return given


def _within(given: T, least: Any, most: Any) -> T:
    if not least <= given <= most:
        raise ValueError(given)
    return given


def _database(given: str) -> dict[str, Any]:
    if urlsplit(given).scheme not in _DATABASES:
        raise ValueError
    found: dict[str, Any] = Env.db_url_config(given)
    if not found["NAME"]:
        raise ValueError
    return found


def _mail(given: str) -> dict[str, Any]:
    scheme = urlsplit(given).scheme
    if scheme not in _MAILS or (scheme.startswith("smtp") and not urlsplit(given).hostname):
        raise ValueError
    found: dict[str, Any] = Env.email_url_config(given)
    return found
