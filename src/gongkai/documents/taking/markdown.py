"""取用 Markdown — its words without marks; pictures, struck words and remarks do not come (条例 第十二条)."""

from __future__ import annotations

import re
from collections import Counter

from gongkai.documents import plain
from gongkai.documents.decoding import decode
from gongkai.documents.document import View
from gongkai.documents.limits import Limits
from gongkai.documents.showing.raised import raised

_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("remark", re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)),
    (
        "picture",
        re.compile(r"!\[[^\[\]\n]{0,300}\](?:\([^()\n]{0,1000}\)|\[[^\[\]\n]{0,300}\])|<img\b[^>]{0,1000}>", re.I),
    ),
    ("struck", re.compile(r"~~(?=\S)[^~\n]{1,1000}~~|<(del|s|strike)\b[^>]{0,200}>.{0,1000}?</\1>", re.I | re.DOTALL)),
    ("hidden", re.compile(r"<(\w+)\b[^>]{0,200}\bdisplay\s*:\s*none[^>]{0,200}>.{0,5000}?</\1>", re.I | re.DOTALL)),
)
_RAISED = re.compile(r"<(sup|sub)\b[^>]{0,200}>(.{0,200}?)</\1>", re.IGNORECASE | re.DOTALL)
_TICKED = re.compile(r"^(\s*[-*+] )\[([ xX])\] ", re.MULTILINE)
_TICKS = {" ": "☐", "x": "☑", "X": "☑"}
_TAG = re.compile(r"</?(?:span|p|div|font|b|i|u|strong|em|center)\b[^>]{0,300}>", re.IGNORECASE)


def read(name: str, data: bytes, limits: Limits) -> tuple[View, dict[str, int]]:
    """取用 Markdown — its text, and how much of it came otherwise (条例 第十二条)."""
    text, counts = _seen(decode(name, data))
    return plain.markdown_makers(name, text, limits)[0](), dict(counts)


def _seen(text: str) -> tuple[str, Counter[str]]:
    counts: Counter[str] = Counter()
    for kind, pattern in _KINDS:
        text, found = pattern.subn("", text)
        counts["hidden" if kind == "remark" else kind] += found

    def put(found: re.Match[str]) -> str:
        made = raised(found[2], is_low=found[1].lower() == "sub")
        counts["raised"] += "^(" in made or "_(" in made
        return made

    text = _RAISED.sub(put, text)
    text = _TICKED.sub(lambda found: f"{found[1]}{_TICKS[found[2]]} ", text)
    return _TAG.sub("", text), counts
