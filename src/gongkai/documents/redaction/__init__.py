"""隐去个人信息 — what a file shows and hides, and copies of it to publish (条例 第十五条、第十七条、第三十七条).

    inspect("名单.xlsx", data)            -> Inspection: hits in their places, hidden things, what could not be read
    masked("名单.xlsx", data, Decisions()) -> bytes: hits masked, columns dropped, hidden things removed
    public_copy("通知.docx", data)         -> bytes: hidden things removed, the text as it is
    masked_name("名单.xlsx")               -> the file name to publish the copy under

`Inspection.to_json()` keeps places, masks and sentences, never the personal data; `Found.key` names a hit in
`Decisions(keep={key, …}, drop={("Sheet1", 4), …})`. `allowed`: numbers meant to be public, as of `text.personal_data`.
Copies are of docx, xlsx, csv, txt, md, html, pdf, pictures and zips of these. A copy is read again, and refused with
`SurvivedError` if anything survives; any other reason is a `DocumentError`, one sentence. `inspect` never raises.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from gongkai.documents.limits import LIMITS, Limits
from gongkai.documents.redaction import inspecting, masking, names
from gongkai.documents.redaction.places import Layer, Place, Sentence
from gongkai.documents.redaction.values import Decisions, Found, Hidden, Inspection, Options, SurvivedError

__all__ = [
    "Decisions",
    "Found",
    "Hidden",
    "Inspection",
    "Layer",
    "Place",
    "Sentence",
    "SurvivedError",
    "inspect",
    "masked",
    "masked_name",
    "public_copy",
]

GUARD_LIMITS = replace(LIMITS, rows=100_000, columns=1_000, tags=5_000_000, pages=1_000, seconds=300)
"""检查附件的上限 — lists of names are longer than the tables of a report."""


def inspect(
    name: str, data: bytes, *, allowed: Collection[str] = (), pictures: bool = True, limits: Limits = GUARD_LIMITS
) -> Inspection:
    """检查文件 — everything that a reviewer must see; what could not be looked into is in `unread` (条例 第十七条)."""
    return inspecting.inspected(name, data, Options(allowed, pictures), limits)


def masked(
    name: str,
    data: bytes,
    decisions: Decisions | None = None,
    *,
    allowed: Collection[str] = (),
    pictures: bool = True,
    limits: Limits = GUARD_LIMITS,
) -> bytes:
    """隐去后的副本 — every hit masked but those kept (条例 第三十七条). SurvivedError if the copy is not clean."""
    return masking.masked_copy(name, data, decisions or Decisions(), Options(allowed, pictures), limits)


def public_copy(name: str, data: bytes, *, limits: Limits = GUARD_LIMITS) -> bytes:
    """去除隐藏内容的副本 — author, comments, changes, hidden sheets and places of pictures removed (条例 第十七条).

    The visible text is not touched: masking is `masked`. SurvivedError if something hidden is left.
    """
    return masking.masked_copy(name, data, None, Options((), False), limits)


def masked_name(name: str, *, allowed: Collection[str] = ()) -> str:
    """隐去后的文件名 — the file name with every number in it masked (条例 第十五条)."""
    return names.masked_name(name, Options(allowed))
