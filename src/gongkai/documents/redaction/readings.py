"""程序的另一种读法 — what a program says once its strings are put together, or turned round.

A number may be torn so in a script that no reader of texts sees it. A copy carries no program: the readings are there
to tell of it. Escapes and encodings are seen through by `text.personal_data` itself (条例 第十五条).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_LITERAL = re.compile(r"\"((?:[^\"\\\n]|\\.)*)\"|'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`")
_FILLED = re.compile(r"\$\{\s*[\"'`]?([\w ]*)[\"'`]?\s*\}")
_CHARACTER = "(?:4[5-9]|5[0-7]|88|120)"
_CHARACTERS = re.compile(rf"(?<![\d,])(?:{_CHARACTER}\s*,\s*){{10,}}{_CHARACTER}(?!\d)")
_LONGEST = 10_000_000


def readings(program: str) -> Iterator[str]:
    """另一种读法 — every reading that differs from the program as it is written (条例 第十五条)."""
    if len(program) > _LONGEST:
        return
    plain = _FILLED.sub(r"\1", program)
    literals = [one or two or three for one, two, three in _LITERAL.findall(plain)]
    characters = _CHARACTERS.sub(lambda found: "".join(map(chr, map(int, found[0].split(",")))), plain)
    told = {program}
    for reading in (characters, "".join(literals), "\n".join(literal[::-1] for literal in literals)):
        if reading not in told:
            told.add(reading)
            yield reading
