"""辨认格式 — what a file is by its content, read from disk where it lies: its size never becomes memory."""

from __future__ import annotations

import mmap
from pathlib import Path

from gongkai.documents.decoding import decode
from gongkai.documents.document import DocumentError
from gongkai.documents.limits import LIMITS
from gongkai.documents.refusals import READ_NOT, refusal
from gongkai.documents.signature import is_noise, recognise, sniff_text
from gongkai.web.files.kinds import KINDS, FileError, Kind
from gongkai.web.files.naming import split

_HEAD_BYTES = 65_536
_ENDS = {"png": (b"IEND",), "jpg": (b"\xff\xd9",)}
"""What every whole picture ends with: without it one was cut off on its way."""


def sniffed(path: Path, name: str) -> Kind:
    """辨认格式 — of the file at `path`, said to be `name`. FileError for what is not taken in, and why."""
    _, suffix = split(name)
    with path.open("rb") as file:
        if not file.read(1):
            raise FileError("{file}：文件是空的。请看看是不是选错了文件，或重新另存一份", file=name)
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            try:
                code = recognise(name, data, suffix, LIMITS) or _text(name, data[:_HEAD_BYTES], suffix)
                if code not in KINDS:
                    raise refusal(code if code in READ_NOT else "binary", name)
                if any(data.rfind(end) < 0 for end in _ENDS.get(code, ())):
                    raise refusal("damaged", name)
            except DocumentError as error:
                raise FileError(error.template, **error.values) from None
    return KINDS[code]


def _text(name: str, head: bytes, suffix: str) -> str:
    """The kind of a text, told by its beginning; a character that the end of it cuts through does not matter."""
    text = decode(name, head)
    if is_noise(text):
        raise refusal("binary", name)
    return sniff_text(text, suffix)
