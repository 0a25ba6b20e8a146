"""盖着密级的文件 — whether a mark stands anywhere in a file, seen or not, in its pictures too (保密法 第三十一条)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple, cast

from gongkai.documents.document import DocumentError
from gongkai.documents.isolation import done_apart
from gongkai.documents.limits import LIMITS, Limits, is_late, unannounced
from gongkai.documents.redaction import inspect
from gongkai.documents.redaction.inspecting import editor_of
from gongkai.documents.redaction.searching import is_secrecy, is_stamped
from gongkai.documents.redaction.values import Inspection

PICTURES_SECONDS = 15
"""看图片最多几秒 — of all pictures of a file together: somebody waits for it (保密法 第三十一条)."""
_WITHOUT_PICTURES = frozenset(("txt", "csv", "json", "md"))


class Marks(NamedTuple):
    """看到的标志 — of a file without its pictures: whether one is stamped, whether it has pictures, and what else was
    seen and not read, to be told from what its pictures add (保密法 第三十一条)."""

    is_stamped: bool
    has_pictures: bool
    mentioned: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


class InPictures(NamedTuple):
    """图片里的标志 — the words of marks in pictures alone, and why one was not read (保密法 第三十一条).

    `is_late`: a picture was not read because the time was up.
    """

    found: tuple[str, ...]
    unread: tuple[str, ...]
    is_late: bool = False


def marks_in(name: str, data: bytes) -> Marks:
    """盖着密级没有 — in headers, watermarks, comments, names of parts; pictures are not read (保密法 第三十一条).

    Looked at in a process of its own; nothing is found where it cannot be looked at: whoever takes its text says why.
    """
    try:
        return Marks(*cast("tuple[bool, bool, tuple[str, ...], tuple[str, ...]]", _apart(name, _seen, name, data)))
    except DocumentError:
        return Marks(False, True)


def marks_in_pictures(name: str, data: bytes, before: Marks) -> InPictures:
    """图片里盖着密级没有 — every picture of a file is read; what cannot be read is told (保密法 第三十一条).

    `before`: what was seen of the file without its pictures.
    """
    try:
        known = (before.mentioned, before.unread)
        limits = replace(LIMITS, seconds=PICTURES_SECONDS)
        told = _apart(name, _pictured, name, data, *known, limits=limits)
        return InPictures(*cast("tuple[tuple[str, ...], tuple[str, ...], bool]", told))
    except DocumentError as error:
        return InPictures((), (str(error),), is_late(error))


def _apart(name: str, work: object, *arguments: object, limits: Limits = LIMITS) -> object:
    return done_apart(name, work, arguments, limits)  # type: ignore[arg-type]


def _seen(name: str, data: bytes) -> tuple[bool, bool, tuple[str, ...], tuple[str, ...]]:
    found = inspect(name, data, pictures=False)
    stamped = any(is_stamped(each.hit) for each in found.hits)
    return stamped, not stamped and _has_pictures(name, data, found), _mentions(found), tuple(map(str, found.unread))


def _has_pictures(name: str, data: bytes, found: Inspection) -> bool:
    """Whether it holds any; of what has no editor it is not known without looking."""
    if found.format in _WITHOUT_PICTURES:
        return False
    try:
        editor = editor_of(name, data, LIMITS)
    except DocumentError:
        return True
    return editor is None or any(True for _ in editor.pictures()) or any(True for _ in editor.attached())


def _pictured(
    name: str, data: bytes, mentioned: Sequence[str], unread: Sequence[str]
) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    with unannounced():
        found = inspect(name, data)
    marks = Counter(_mentions(found)) - Counter(mentioned)
    left = [error for error in found.unread if str(error) not in unread]
    return tuple(marks), tuple(map(str, left)), any(map(is_late, left))


def _mentions(found: Inspection) -> tuple[str, ...]:
    return tuple(str(each.hit.values["found"]) for each in found.hits if is_secrecy(each.hit))
