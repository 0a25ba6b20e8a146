r"""另一种读法 — what a text says once its escapes are written out: \u0034, %34, &#52;, base64, strings put together.

Programs and addresses hide a number so. A copy never carries what is read here: the reading is there to tell of it.
"""

from __future__ import annotations

import base64
import binascii
import html
import re
from collections.abc import Iterator
from urllib.parse import unquote

_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\})")
_JOINED = re.compile(r"[\"'`]\s*(?:\+|,|\.concat\()\s*[\"'`]")
_LITERAL = re.compile(r"\"((?:[^\"\\\n]|\\.)*)\"|'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`")
_FILLED = re.compile(r"\$\{\s*[\"'`]?([\w ]*)[\"'`]?\s*\}")
_CHARACTER = "(?:4[5-9]|5[0-7]|88|120)"
_CHARACTERS = re.compile(rf"(?<![\d,])(?:{_CHARACTER}\s*,\s*){{10,}}{_CHARACTER}(?!\d)")
_BASE64 = re.compile(r"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{20,}={0,2}")
_WRAPPED = re.compile(r"(?<=[A-Za-z0-9+/]{40})\r?\n(?=[A-Za-z0-9+/=]{4})")
_LONGEST = 200_000
"""A longer run of base64 is a picture, which is read as such."""
_MOST = 10_000_000


def unescaped(text: str) -> str:
    """写出转义 — the escapes of programs and JSON as the signs that they stand for (条例 第十七条)."""
    return _ESCAPE.sub(lambda found: chr(min(int(found[1] or found[2] or found[3], 16), 0x10FFFF)), text)


def readings(text: str, *, program: bool = False) -> Iterator[str]:
    """另一种读法 — every reading that differs from the text. `program`: strings are put together, and turned round."""
    if len(text) > _MOST:
        return
    told = {text}
    for reading in _readings(text, program):
        if reading not in told:
            told.add(reading)
            yield reading


def _readings(text: str, program: bool) -> Iterator[str]:
    plain = unescaped(text) if "\\" in text else text
    plain = html.unescape(plain) if "&" in plain else plain
    plain = unquote(plain) if "%" in plain else plain
    yield plain
    if program:
        plain = _FILLED.sub(r"\1", plain)
        yield _CHARACTERS.sub(lambda found: "".join(map(chr, map(int, found[0].split(",")))), plain)
        yield _JOINED.sub("", plain)
        literals = [one or two or three for one, two, three in _LITERAL.findall(plain)]
        yield "".join(literals)
        yield "\n".join(literal[::-1] for literal in literals)
    yield "\n".join(_decoded(plain))


def _decoded(text: str) -> Iterator[str]:
    """What stands in base64 and is text."""
    for found in _BASE64.finditer(_WRAPPED.sub("", text)):
        if len(found[0]) > _LONGEST:
            continue
        packed = found[0].rstrip("=").replace("-", "+").replace("_", "/")
        try:
            data = base64.b64decode(packed + "=" * (-len(packed) % 4))
            for encoding in ("utf-16-le", "utf-16-be") if b"\0" in data else ("utf-8",):
                yield data.decode(encoding)
        except (binascii.Error, UnicodeDecodeError, ValueError):
            continue
