"""残留 — words that must be in no byte of a copy: what was masked, and what the original hides (条例 第三十七条).

They are looked for as they are written and in the forms in which bytes carry text: other codes, percent signs,
entities, base64. Of a long list the first are; of the others only their digits, in one pass.
"""

from __future__ import annotations

import base64
import re
import zipfile
from collections.abc import Collection, Iterator
from io import BytesIO
from urllib.parse import quote

from gongkai.documents.redaction.editor import Editor, Slot
from gongkai.documents.redaction.places import Layer, Place
from gongkai.text.personal_data import bare

_UNSEEN = {Layer.HIDDEN, Layer.COMMENT, Layer.TRACKED}
_WORDS = re.compile(r"[\u3400-\u9fff]{6,}|\d{11,}")
"""So long that they do not stand elsewhere by chance."""
_MOST_WORDS = 200
_MOST_FORMS = 500
_NUMBER, _DIGITS = re.compile(r"\d{8,}X?"), re.compile(rb"\d{8,}X?")
_CODES = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
_LEAST_BYTES = 8


def words_unseen(editor: Editor) -> list[str]:
    """藏起来的字 — words of hidden text, comments and changes that a reader sees nowhere, as many as are looked for."""
    seen: list[str] = []
    unseen: dict[str, None] = {}
    for slot in _slots(editor):
        if slot.place.layer not in _UNSEEN:
            seen.append("".join(slot.text.split()))
        elif len(unseen) < _MOST_WORDS:
            unseen |= dict.fromkeys(_WORDS.findall(slot.text)[:_MOST_WORDS])
    if not unseen:
        return []
    text = "\n".join(seen)
    return [word for word in unseen if word not in text]


def _slots(editor: Editor) -> Iterator[Slot]:
    for part in editor.parts():
        if isinstance(part, Slot):
            yield part
        else:
            yield from (slot for row in part.rows for slot in row if slot is not None)


def in_bytes(copy: bytes, words: Collection[str]) -> list[Place]:
    """残留在哪里 — the parts of a copy whose bytes hold any of the words."""
    forms = list(dict.fromkeys(form for word in words if word for form in (word, bare(word))))
    needles = {needle for form in forms[:_MOST_FORMS] for needle in _carried(form) if len(needle) >= _LEAST_BYTES}
    numbers = {form.encode() for form in forms[_MOST_FORMS:] if _NUMBER.fullmatch(form)}
    return [
        Place(Layer.PART, part=part)
        for part, data in _parts(copy)
        if any(needle in data for needle in needles) or _holds(data, numbers)
    ]


def _holds(data: bytes, numbers: set[bytes]) -> bool:
    """Whether any of very many numbers stands in the bytes."""
    lengths = set(map(len, numbers))
    return any(
        run[at : at + length] in numbers
        for run in (_DIGITS.findall(data) if numbers else ())
        for length in lengths
        for at in range(len(run) - length + 1)
    )


def _parts(copy: bytes) -> Iterator[tuple[str, bytes]]:
    if not zipfile.is_zipfile(BytesIO(copy)):
        yield "bytes", copy
        return
    with zipfile.ZipFile(BytesIO(copy)) as archive:
        for part in archive.namelist():
            yield part, archive.read(part)


def _carried(word: str) -> Iterator[bytes]:
    """A word in every form."""
    for code in _CODES:
        yield word.encode(code, "replace")
    raw = word.encode("utf-8", "replace")
    yield "".join(f"%{byte:02X}" for byte in raw).encode()
    yield quote(raw).encode()
    yield "".join(f"&#{ord(sign)};" for sign in word).encode()
    yield "".join(f"&#x{ord(sign):x};" for sign in word).encode()
    for before in range(3):
        coded = base64.b64encode(b"\0" * before + raw)
        yield coded[(0, 2, 3)[before] : (before + len(raw)) // 3 * 4]
