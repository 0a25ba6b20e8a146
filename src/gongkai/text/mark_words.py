"""标志的字词 — the words by which marks are known, and how they are printed wide or upright (条例 第十四条)."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

DATA = tomllib.loads((files("gongkai.text") / "data" / "secrecy.toml").read_text(encoding="utf-8"))
"""全部 — data/secrecy.toml: what is said of a mark, and the words."""
WORDS = DATA["words"]
"""字词 — lists by name."""
GAP = r"[ \t\n]{0,6}"
"""间隔 — between the characters of a mark that is printed wide."""


def spaced(word: str) -> str:
    """疏排 — an expression for a word with gaps between its characters."""
    return GAP.join(map(re.escape, word))


def any_of(words: list[str]) -> str:
    """其中之一 — an expression for any of the words, the longest first."""
    return "|".join(spaced(word) for word in sorted(words, key=len, reverse=True))


PROHIBITED = (
    f"(?:{any_of(['请勿', '不得', '严禁', '切勿', '禁止', '勿', '不准', '不可', '不要'])})(?:擅自|随意|对外|向外)?"
    f"(?:{any_of(WORDS['prohibited'])})"
)
"""禁止外传 — 严禁复印, 请勿转发: what may not be done with a paper."""
