"""案件的说法 — of which cases a sentence gives a result: 行政诉讼 11 件，其中直接起诉 5 件（维持 3 件）(年报表四).

A result belongs to the kind of case named last; before the kinds it heads a list: 被纠正的复议 18 件、诉讼 9 件. What
stood in brackets that are closed is no longer spoken of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from gongkai.report.checks.lists import unit_of
from gongkai.report.checks.prose import Sentence
from gongkai.text.numerals import Numeral

RECONSIDERATION, SUITS = "reconsideration", "litigation_*"
DIRECT, AFTER = "litigation_direct", "litigation_after_reconsideration"
# A kind of lawsuit comes before the lawsuit or the reconsideration in whose words it is written.
_KINDS = (
    (
        DIRECT,
        r"(?:未经|不经)(?:行政)?复议(?:程序)?,?而?(?:直接)?(?:向[^,;。\d]{0,8})?(?:提起|起诉)?(?:的)?(?:行政)?(?:诉讼)?",
    ),
    (DIRECT, r"直接(?:向[^,;。\d]{0,8})?(?:提起|起诉)(?:的)?(?:行政)?(?:诉讼)?"),
    (AFTER, r"复议(?:决定)?(?:之)?后(?:又|再|仍|继续)?(?:提起|起诉)?(?:的)?(?:行政)?(?:诉讼)?"),
    (RECONSIDERATION, r"复议(?!机关|机构|决定|法|委)"),
    (SUITS, r"诉讼|应诉(?!率)"),
)
_RESULTS = (
    ("upheld", r"(?<!未)(?<!不)维持"),
    ("corrected", r"(?<!未)纠正|(?<!未)纠错"),
    ("other", r"其他结果|其他(?=[的为有]?$)"),
    ("pending", r"尚未审结|未审结|正在审理|未办结|未结"),
    ("", r"[败胜]诉|撤[销回诉]|驳回|终止|审结"),
)
_WORD = re.compile("|".join(f"(?P<k{at}>{words})" for at, (_, words) in enumerate((*_KINDS, *_RESULTS))))
_NAMES = tuple(name for name, _ in (*_KINDS, *_RESULTS))
_RESULT_NAMES = frozenset(name for name, _ in _RESULTS)
# Rates, instances of court and the like are no counts of a result.
_NO_COUNT = re.compile(r"率|等|一审|二审|占|%|分别")
_CLOSED = re.compile(r"\([^()]*\)")
_BEHIND = re.compile(r"(?:案件|复议|诉讼)?(?:被|已|获|予以|结果|判决|均)*")
_MARK = re.compile(r"[,、;()]")
_WHOLE = re.compile(r"其中|包括|分别|:")


class Outcome(NamedTuple):
    """案件的结果 — the kinds of case that may be meant, the likeliest first, and the result; None: of no one result."""

    kinds: tuple[str, ...]
    result: str


class _Said(NamedTuple):
    at: int
    name: str


def outcome_of(sentence: Sentence, numeral: Numeral, paragraph: str = "") -> Outcome | None:
    """案件的结果 — what this number counts, if it counts the cases of a kind with a result (年报表四).

    `paragraph`: what was said before the sentence; the cases last named there are meant where it names none.
    """
    named = [word.name for word in _said(paragraph) if word.name not in _RESULT_NAMES]
    kinds = tuple(named[-1:])
    heads: str | None = None
    before: Numeral | None = None
    for one in _counts(sentence, numeral):
        words = _words(sentence, before, one)
        said = list(_said(words))
        here = tuple(dict.fromkeys(word.name for word in said if word.name not in _RESULT_NAMES))
        named += here
        kinds = here or kinds
        result = _result(sentence, one, words, said, heads)
        if one is numeral:
            is_count = result is not None and kinds and not _NO_COUNT.search(words)
            return Outcome(_meant(kinds, named, bool(here)), result or "") if is_count else None
        heads = _heads(sentence, one, words, said, heads)
        before = one
    return None


def _result(sentence: Sentence, one: Numeral, words: str, said: list[_Said], heads: str | None) -> str | None:
    """The result before the number, or the one that heads a list of kinds, or the one behind the number."""
    results = [word.name for word in said if word.name in _RESULT_NAMES]
    if results:
        return results[-1]
    is_listed = heads is not None and said and ";" not in words
    return heads if is_listed else _result_behind(sentence, one)


def _heads(sentence: Sentence, one: Numeral, words: str, said: list[_Said], heads: str | None) -> str | None:
    """The result that heads what follows this number: it stands before a kind, or the number is divided by kinds. One
    goes on over 、 and commas, not over the end of a clause."""
    results = [word.name for word in said if word.name in _RESULT_NAMES]
    if not results:
        return None if ";" in words else heads
    is_before = said[-1].name not in _RESULT_NAMES
    return results[-1] if is_before or _leads(sentence, one) else None


def _counts(sentence: Sentence, numeral: Numeral) -> Iterator[Numeral]:
    """The counts of cases up to this one, those in brackets that are closed by then left out."""
    level = sentence.depths
    for one in sentence.numerals:
        if one.start > numeral.start:
            return
        if unit_of(one) and (one is numeral or _is_open(level[one.start : numeral.start], level[one.start])):
            yield one


def _result_behind(sentence: Sentence, one: Numeral) -> str | None:
    """The result written behind its number: 18 件被纠正."""
    start = one.end + len(one.unit or "")
    match = _BEHIND.match(sentence.text, start)
    word = _WORD.match(sentence.text, match.end()) if match else None
    name = _NAMES[int((word.lastgroup or "k0")[1:])] if word else None
    return name if name in _RESULT_NAMES else None


def _is_open(depths: tuple[int, ...], depth: int) -> bool:
    return all(deep >= depth for deep in depths)


def _words(sentence: Sentence, before: Numeral | None, one: Numeral) -> str:
    start = before.end + len(before.unit or "") if before else 0
    words = sentence.text[start : one.start]
    if before and _result_behind(sentence, before) is not None:
        # 1 件维持，1 件正在审理: the result of the number before is none of this one's words.
        mark = _MARK.search(words)
        words = words[mark.start() :] if mark else words
    while (shorter := _CLOSED.sub("", words)) != words:
        words = shorter
    return words


def _said(words: str) -> Iterator[_Said]:
    for match in _WORD.finditer(words):
        yield _Said(match.start(), _NAMES[int((match.lastgroup or "k0")[1:])])


def _leads(sentence: Sentence, one: Numeral) -> bool:
    """Whether the kinds of case divide this number: 被纠正 27 件，其中复议 18 件、诉讼 9 件."""
    after = sentence.text[one.end : one.end + 6]
    return bool(_WHOLE.search(after))


def _meant(kinds: tuple[str, ...], named: list[str], is_named: bool) -> tuple[str, ...]:
    """The kind named last; where lawsuits of one kind are a part of all of them, all of them may be meant, and so may
    all cases where reconsideration and lawsuits were named before."""
    last = kinds[-1:]
    if len(kinds) > 1:
        return ("*", *kinds)
    if not is_named and RECONSIDERATION in named and SUITS in named:
        return (*last, "*")
    if last[0] in (DIRECT, AFTER) and {SUITS, *({DIRECT, AFTER} - {last[0]})} & set(named):
        return (*last, SUITS)
    return last
