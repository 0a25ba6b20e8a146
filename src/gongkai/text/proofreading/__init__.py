"""文字校对 — slips of the pen, of form and of arithmetic, each with what to write instead (条例 第六条).

    proofread("云政办[2021]第012号")                      -> [Hit(kind="document_number", mask="〔2021〕12号", …)]
    proofread(text, dictionaries=[read_dictionary(toml)])  -> with the words, wordings and titles of an office's own
    proofread(text, published_on=date(2026, 11, 25))       -> a text signed after it was published is told
    openness_note("（此件公开发布）")                       -> Note(openness="public", …)
    dead_links(markup, find_dead)                          -> hits for what `find_dead(addresses)` gives back

Hits are those of `gongkai.text.hit`: `mask` is the wording suggested, None where only a person can say. Severity: block
for secrecy marks and wrong titles, warn and note for the rest. What ships is neutral; it names nobody.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import chain

from gongkai.text import secrecy
from gongkai.text.hit import Hit, Severity
from gongkai.text.proofreading.dictionary import (
    Dictionary,
    DictionaryError,
    misspelt,
    mistitled,
    read_dictionary,
    shipped,
)
from gongkai.text.proofreading.figures import misadded, misdated, misdigited, misnumbered_documents
from gongkai.text.proofreading.kinds import Slip, label
from gongkai.text.proofreading.marks import misnumbered, repeated, unpaired
from gongkai.text.proofreading.notes import Note, Openness, dead_links, openness_note

__all__ = [
    "Dictionary",
    "DictionaryError",
    "Hit",
    "Note",
    "Openness",
    "Severity",
    "Slip",
    "dead_links",
    "label",
    "openness_note",
    "proofread",
    "read_dictionary",
]


def proofread(text: str, *, dictionaries: Iterable[Dictionary] = (), published_on: date | None = None) -> list[Hit]:
    """文字校对 — every slip of a plain text, in the order of the text (条例 第六条)."""
    words = sum(dictionaries, shipped())
    found = chain(
        secrecy.find(text),
        mistitled(text, words),
        misspelt(text, words),
        misnumbered_documents(text),
        misdated(text, published_on),
        unpaired(text),
        repeated(text),
        misnumbered(text),
        misdigited(text),
        misadded(text),
    )
    return sorted(found, key=lambda hit: (hit.start, hit.end))
