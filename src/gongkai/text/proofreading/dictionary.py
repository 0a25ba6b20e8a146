"""词库 — words that are always wrong, wordings that must be kept, and who holds which office; brought in as TOML.

name = "本县词库"
[[word]]                     # 错别字
wrong = "按装"
right = "安装"
except = ["按装配"]           # 这些词里的不算
[[wording]]                  # 规范表述
wrong = "…"
right = "…"
reason = "…"
[[leader]]                   # 姓名和职务
name = "张某"
titles = ["县长", "县委副书记"]
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from gongkai.text.hit import Hit
from gongkai.text.proofreading.kinds import DATA, Slip, slip
from gongkai.text.toml_file import read_toml

_LONGEST = 40
_MOST_ENTRIES = 50_000


class DictionaryError(Exception):
    """词库读不了 — what is wrong with it, in one sentence with named fields."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template, self.values = template, values


@dataclass(frozen=True, slots=True)
class Word:
    """一条 — what is wrong, what is right, and the longer words in which it is no slip."""

    wrong: str
    right: str
    exceptions: tuple[str, ...] = ()
    reason: str = ""
    kind: Slip = Slip.WORD


@dataclass(frozen=True, slots=True)
class Dictionary:
    """词库 — `words` of both kinds, and the titles of each leader by name."""

    words: tuple[Word, ...] = ()
    leaders: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def __add__(self, other: Dictionary) -> Dictionary:
        return Dictionary((*self.words, *other.words), (*self.leaders, *other.leaders))


def read_dictionary(text: str) -> Dictionary:
    """导入词库 — from TOML. DictionaryError that names the entry which is at fault."""
    try:
        data = read_toml(text)
    except tomllib.TOMLDecodeError as error:
        raise DictionaryError("词库不是正确的 TOML（{reason}）。请对照样例改正再试", reason=error) from None
    if sum(len(entries) for entries in data.values() if isinstance(entries, list)) > _MOST_ENTRIES:
        raise DictionaryError("词库超过 {most} 条，没有导入。请分成几个", most=_MOST_ENTRIES)
    words = [
        Word(
            _text(entry, "wrong", number),
            _text(entry, "right", number),
            tuple(_list(entry, "except", number)),
            f"（{reason}）" if (reason := str(entry.get("reason", ""))) else "",
            kind,
        )
        for kind, name in ((Slip.WORD, "word"), (Slip.WORDING, "wording"))
        for number, entry in enumerate(_entries(data, name), 1)
    ]
    leaders = [
        (_text(entry, "name", number), tuple(_list(entry, "titles", number)))
        for number, entry in enumerate(_entries(data, "leader"), 1)
    ]
    return Dictionary(tuple(words), tuple(leaders))


def _entries(data: dict[str, Any], name: str) -> list[dict[str, Any]]:
    entries = data.get(name, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise DictionaryError("词库里 {name} 应当写成 [[{name}]]，一条一个", name=name)
    return entries


def _text(entry: dict[str, Any], key: str, number: int) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not 1 <= len(value.strip()) <= _LONGEST:
        raise DictionaryError(
            "词库第 {number} 条的 {key} 应当是 1 到 {most} 个字的文字", number=number, key=key, most=_LONGEST
        )
    return value.strip()


def _list(entry: dict[str, Any], key: str, number: int) -> list[str]:
    value = entry.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
        raise DictionaryError("词库第 {number} 条的 {key} 应当是一列文字", number=number, key=key)
    return value


@cache
def shipped() -> Dictionary:
    """随附的词库 — slips of spelling alone; it names nobody and says nothing of politics."""
    entries = (pair.split() for pair in DATA["words"]["pairs"])
    return Dictionary(tuple(Word(wrong, right, tuple(exceptions)) for wrong, right, *exceptions in entries))


def misspelt(text: str, dictionary: Dictionary) -> Iterator[Hit]:
    """错别字和规范表述 — every wrong word that stands in no word of its exceptions."""
    by_wrong = {word.wrong: word for word in dictionary.words}
    if not by_wrong:
        return
    for match in _pattern(tuple(by_wrong)).finditer(text):
        word = by_wrong[match[0]]
        if not _is_excepted(text, match.start(), word):
            more = {"reason": word.reason} if word.kind is Slip.WORDING else {}
            yield slip(word.kind, match.start(), word.wrong, word.right, **more)


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


def _is_excepted(text: str, start: int, word: Word) -> bool:
    return any(
        text.startswith(longer, start - at)
        for longer in word.exceptions
        for at in range(len(longer))
        if start >= at and longer.startswith(word.wrong, at)
    )


def mistitled(text: str, dictionary: Dictionary) -> Iterator[Hit]:
    """姓名和职务 — a leader's name beside a title that is another's (县长李某, where 李某 is 副县长)."""
    titles = sorted({title for _, held in dictionary.leaders for title in held}, key=len, reverse=True)
    for name, held in dictionary.leaders:
        for match in re.finditer(re.escape(name), text):
            title = next((one for one in titles if text.endswith(one, 0, match.start())), None)
            title = title or next((one for one in titles if text.startswith(one, match.end())), None)
            if title and title not in held:
                yield slip(Slip.TITLE, match.start(), name, title=title, right="、".join(held))._replace(mask=None)
