"""文件名 — names of files and folders are looked at and masked: they travel further than files (条例 第十五条)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath

from gongkai.documents.redaction.places import Layer, Place
from gongkai.documents.redaction.searching import searched
from gongkai.documents.redaction.values import Found, Options
from gongkai.documents.showing.signs import shown_signs
from gongkai.text import secrecy
from gongkai.text.hit import STAR, Hit, Severity, replaced
from gongkai.text.personal_data import find, find_in_grid

_NOT_IN_NAMES = re.compile(r'[<>:"|?*\\/\x00-\x1f]')
_NUMBERED = re.compile(r"^\d{1,14}(?=\D)|(?<=\D)\d{1,14}$")
"""What numbers files: 01机密, 机密20260301."""
_WIDE_STAR = "\uff0a"
"""In file names: a plain star is not allowed there."""


def in_name(name: str, options: Options) -> list[Found]:
    """看文件名 — file names travel further than files."""
    member = PurePath(name).name
    # The ending is no part of a mark: 机密.txt. A name stands alone, as the first line of a page does.
    ending = PurePath(member).suffix
    alone = member.removesuffix(ending) if ending.isascii() else member
    marks = secrecy.find(alone, opening=True) or secrecy.find(_NUMBERED.sub("", alone), opening=True)
    hits = [*find(member, allowed=options.allowed), *marks]
    return [Found(Place(Layer.NAME, member=hit.mask or ""), hit) for hit in hits]


def in_paths(paths: Sequence[str], options: Options) -> list[Found]:
    """看路径 — a number over several folders, or over the names of files that stand in one list (条例 第十五条)."""
    rows = [_steps(path) for path in paths]
    return [
        Found(Place(Layer.NAME, member=one.hit.mask or ""), one.hit)
        for one in find_in_grid(rows, allowed=options.allowed)
        if one.hit.severity is Severity.BLOCK and "cells" in one.hit.values
    ]


def _steps(path: str) -> list[str]:
    """The names of a path, the last without its ending."""
    *folders, file = path.split("/")
    return [*folders, PurePath(file).stem]


def masked_name(name: str, options: Options) -> str:
    """隐去后的文件名 — the last part of the name with every hit masked."""
    member = PurePath(name).name
    return _NOT_IN_NAMES.sub("_", shown_signs(_starred(member, options)))


def masked_paths(paths: Sequence[str], options: Options) -> list[str]:
    """隐去后的路径 — every name masked, then all as one: a number may be torn over folders and over files."""
    parts = [path.split("/") for path in paths]
    for one in find_in_grid([_steps(path) for path in paths], allowed=options.allowed):
        if one.hit.severity is Severity.BLOCK and "cells" in one.hit.values:
            names, at = parts[one.row - 1], one.column - 1
            names[at] = replaced(names[at], [_widened(one.hit)])
    return [_starred("/".join(masked_name(name, options) for name in names), options) for names in parts]


def _starred(name: str, options: Options) -> str:
    return replaced(name, [_widened(hit) for hit in searched(name, options)])


def _widened(hit: Hit) -> Hit:
    return hit._replace(mask=hit.mask and hit.mask.replace(STAR, _WIDE_STAR))
