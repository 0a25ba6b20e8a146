"""盖着密级的文件 — whether a mark is stamped anywhere in a file, seen or not (保密法 第三十一条)."""

from __future__ import annotations

from gongkai.documents.document import DocumentError
from gongkai.documents.isolation import done_apart
from gongkai.documents.limits import LIMITS
from gongkai.documents.redaction import inspect
from gongkai.documents.redaction.searching import is_stamped


def is_stamped_anywhere(name: str, data: bytes) -> bool:
    """盖着密级没有 — in headers, watermarks, comments, names of parts; pictures are not read (保密法 第三十一条).

    Looked at in a process of its own; False where it cannot be looked at: whoever takes its text says why.
    """
    try:
        return bool(done_apart(name, _has_stamp, (name, data), LIMITS))
    except DocumentError:
        return False


def _has_stamp(name: str, data: bytes) -> bool:
    return any(is_stamped(found.hit) for found in inspect(name, data, pictures=False).hits)
