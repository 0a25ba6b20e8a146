"""PDF 里的做法 — what a page draws, and bytes that no table lists (条例 第十五条).

CONTENT: operators added to a page, given a bare number; /Plant is Helvetica. RAW: edits of the finished bytes.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable

from tests.plants.planting import Sight

_SEEN, _HIDDEN, _EITHER = Sight.SEEN, Sight.HIDDEN, Sight.EITHER
Build = Callable[[str], str]


def _line(text: str, before: str = "", size: float = 10, at: str = "60 {y}") -> str:
    return f"q {before} BT /Plant {size} Tf {at} Td {text} Tj ET Q"


def _shown(before: str = "", **more: object) -> Build:
    return lambda n: _line(f"({n})", before, **more)  # type: ignore[arg-type]


def _glyphs(step: str) -> Build:
    return lambda n: "q BT /Plant 10 Tf 60 {y} Td " + f" {step} ".join(f"({s}) Tj" for s in n) + " ET Q"


def _moved(order: Callable[[int], list[int]]) -> Build:
    def build(number: str) -> str:
        signs = (f"BT /Plant 10 Tf 1 0 0 1 {60 + at * 6} {{y}} Tm ({number[at]}) Tj ET" for at in order(len(number)))
        return f"q {' '.join(signs)} Q"

    return build


CONTENT: list[tuple[str, Sight, Build]] = [
    ("shown: a string", _SEEN, _shown()),
    ("shown: hex", _SEEN, lambda n: _line(f"<{n.encode().hex()}>")),
    ("shown: octal", _SEEN, lambda n: _line("(" + "".join(f"\\{ord(s):03o}" for s in n) + ")")),
    (
        "shown: torn in an array",
        _SEEN,
        lambda n: "q BT /Plant 10 Tf 60 {y} Td [" + " -20 ".join(f"({s})" for s in n) + "] TJ ET Q",
    ),
    (
        "shown: wide array",
        _SEEN,
        lambda n: "q BT /Plant 10 Tf 60 {y} Td [" + " -700 ".join(f"({s})" for s in n) + "] TJ ET Q",
    ),
    ("shown: a sign at a time", _SEEN, _glyphs("")),
    ("shown: placed signs", _SEEN, _moved(lambda size: list(range(size)))),
    ("shown: placed signs, backwards", _SEEN, _moved(lambda size: list(range(size))[::-1])),
    ("shown: every second sign first", _SEEN, _moved(lambda size: [*range(0, size, 2), *range(1, size, 2)])),
    ("shown: two lines", _SEEN, lambda n: f"q BT /Plant 10 Tf 60 {{y}} Td ({n[:9]}) Tj 0 -11 Td ({n[9:]}) Tj ET Q"),
    (
        "shown: a column",
        _SEEN,
        lambda n: "q BT /Plant 5 Tf 500 760 Td " + " 0 -6 Td ".join(f"({s}) Tj" for s in n) + " ET Q",
    ),
    ("shown: turned", _SEEN, lambda n: f"q BT /Plant 8 Tf 0 1 -1 0 540 300 Tm ({n}) Tj ET Q"),
    ("shown: mirrored", _SEEN, lambda n: f"q BT /Plant 8 Tf -1 0 0 1 400 {{y}} Tm ({n}) Tj ET Q"),
    (
        "shown: boxes of a digit",
        _SEEN,
        lambda n: (
            "q "
            + " ".join(
                f"{60 + at * 14} {{y}} 12 12 re S BT /Plant 9 Tf {62 + at * 14} {{y}} Td ({s}) Tj ET"
                for at, s in enumerate(n)
            )
            + " Q"
        ),
    ),
    (
        "shown: cells",
        _SEEN,
        lambda n: (
            "q "
            + " ".join(
                f"{60 + at * 90} {{y}} 90 14 re S BT /Plant 9 Tf {62 + at * 90} {{y}} Td ({s}) Tj ET"
                for at, s in enumerate((n[:6], n[6:14], n[14:]))
            )
            + " Q"
        ),
    ),
    ("shown: outlined", _SEEN, _shown("1 Tr")),
    ("shown: spaced", _SEEN, _shown("6 Tc")),
    (
        "shown: with marked content inside",
        _SEEN,
        lambda n: f"q BT /Plant 10 Tf 60 {{y}} Td ({n[:9]}) Tj /Span <</MCID 0>> BDC ({n[9:]}) Tj EMC ET Q",
    ),
    ("unseen: mode three", _HIDDEN, _shown("3 Tr")),
    ("unseen: mode seven", _HIDDEN, _shown("7 Tr")),
    ("unseen: white", _HIDDEN, _shown("1 1 1 rg")),
    ("unseen: white by grey", _HIDDEN, _shown("1 g")),
    ("unseen: white by ink", _HIDDEN, _shown("0 0 0 0 k")),
    ("unseen: no size", _HIDDEN, _shown(size=0.01)),
    ("unseen: scaled away", _HIDDEN, lambda n: f"q BT /Plant 10 Tf 0.001 0 0 0.001 60 {{y}} Tm ({n}) Tj ET Q"),
    ("unseen: off the page", _HIDDEN, _shown(at="-900 300")),
    ("unseen: above the page", _HIDDEN, _shown(at="60 5000")),
    ("unseen: clipped", _HIDDEN, _shown("0 0 1 1 re W n")),
    ("unseen: covered", _HIDDEN, lambda n: _line(f"({n})") + " q 1 1 1 rg 50 {y} 300 12 re f Q"),
    ("unseen: covered in black", _HIDDEN, lambda n: _line(f"({n})") + " q 0 g 50 {y2} 300 20 re f Q"),
    (
        "unseen: covered by an inline picture",
        _HIDDEN,
        lambda n: _line(f"({n})") + " q 300 0 0 20 50 {y2} cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xff EI Q",
    ),
    ("unseen: black on black", _HIDDEN, lambda n: f"q 0 g 50 {{y2}} 300 20 re f {_line(f'({n})')} Q"),
    ("unseen: white by multiplying", _HIDDEN, _shown("/PlantTimes gs 1 g")),
    ("unseen: transparent", _HIDDEN, _shown("/PlantGone gs")),
    ("unseen: in a layer that is off", _HIDDEN, lambda n: f"/OC /PlantOff BDC {_line(f'({n})')} EMC"),
    ("unseen: clip of text", _HIDDEN, _shown("7 Tr 0 0 m")),
    ("words: actual text", _HIDDEN, lambda n: f"/Span <</ActualText ({n})>> BDC {_line('(a)')} EMC"),
    ("words: alternative text", _HIDDEN, lambda n: f"/Span <</Alt ({n})>> BDC {_line('(a)')} EMC"),
    (
        "words: expansion in hex",
        _HIDDEN,
        lambda n: f"/Span <</E <{n.encode('utf-16-be').hex()}>>> BDC {_line('(a)')} EMC",
    ),
    ("words: property", _HIDDEN, lambda n: f"/Own <</A ({n})>> DP"),
    ("words: tag", _HIDDEN, lambda n: f"/N{n} MP"),
    ("words: comment", _HIDDEN, lambda n: f"% {n}\n"),
    ("words: operand of nothing", _HIDDEN, lambda n: f"BX ({n}) own EX"),
    ("words: number as operands", _HIDDEN, lambda n: f"BX {' '.join(n[:-1])} own EX % {n}\n"),
    ("words: inline picture", _HIDDEN, lambda n: f"q 1 0 0 1 -9 -9 cm BI /W {len(n)} /H 1 /CS /G /BPC 8 ID {n} EI Q"),
    ("words: font that is not there", _EITHER, lambda n: f"q BT /NoFont 10 Tf 60 {{y}} Td ({n}) Tj ET Q"),
    ("words: text without a font", _EITHER, lambda n: f"q BT 60 {{y}} Td ({n}) Tj ET Q"),
]


def _before_start(data: bytes, new: bytes) -> bytes:
    at = data.rindex(b"startxref")
    table = data.rindex(b"xref\n", 0, at)
    moved = len(new)
    return data[:table] + new + data[table:at] + b"startxref\n" + str(table + moved).encode() + b"\n%%EOF\n"


def _older(data: bytes, new: bytes) -> bytes:
    """An older revision that shows the number: the page is replaced by an update at the end."""
    match = re.search(rb"(\d+) 0 obj\s*<<[^>]*/Type /Page\b", data) or re.search(rb"(\d+) 0 obj", data)
    assert match is not None
    root = re.search(rb"/Root (\d+) 0 R", data)
    size = re.search(rb"/Size (\d+)", data)
    start = re.search(rb"startxref\s+(\d+)\s+%%EOF\s*\Z", data)
    assert root is not None
    assert size is not None
    assert start is not None
    number = int(size[1])
    first = b"%d 0 obj\n(%s)\nendobj\n" % (number, new)
    second = b"%d 0 obj\n(a)\nendobj\n" % number
    out, before = data, int(start[1])
    for body in (first, second):
        at = len(out)
        out += body
        table = len(out)
        out += b"xref\n%d 1\n%010d 00000 n \ntrailer\n<</Size %d /Root %s 0 R /Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (
            number,
            at,
            number + 1,
            root[1],
            before,
            table,
        )
        before = table
    return out


RAW: dict[str, Callable[[bytes, bytes], bytes]] = {
    "behind the end": lambda data, new: data + b"\n" + new,
    "a comment behind the end": lambda data, new: data + b"\n% " + new + b"\n",
    "before the head": lambda data, new: b"% " + new + b"\n" + data,
    "a comment in the head": lambda data, new: data[:9] + b"%" + new + b"\n" + data[9:],
    "an object that no table lists": lambda data, new: _before_start(data, b"9999 0 obj\n(" + new + b")\nendobj\n"),
    "a stream that no table lists": lambda data, new: _before_start(
        data,
        b"9998 0 obj\n<</Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream\nendobj\n"
        % (len(zlib.compress(new)), zlib.compress(new)),
    ),
    "a comment between objects": lambda data, new: _before_start(data, b"% " + new + b"\n"),
    "an older revision": _older,
}
