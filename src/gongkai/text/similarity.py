"""文字相似 — how much of one text stands in another, and which of its sentences (条例 第四十九条; 防止内容雷同).

Texts are compared by shingles: stretches of characters, with figures, marks and spaces left out, so that last year's
paragraph with this year's numbers is still last year's paragraph.
"""

from __future__ import annotations

import re
from functools import lru_cache

from gongkai.text.folding import fold

# Two characters are a word, which any two reports share; four are a turn of phrase.
LENGTH = 4

_NOT_HAN = re.compile(r"[^\u3400-\u9fff]+")
_SENTENCE = re.compile(r"[^。！？!?；;\n]+")


@lru_cache(maxsize=4096)
def shingles(text: str) -> frozenset[str]:
    """片段 — every stretch of LENGTH characters of the text, figures and marks left out."""
    plain = _NOT_HAN.sub("", fold(text))
    return frozenset(plain[at : at + LENGTH] for at in range(len(plain) - LENGTH + 1))


def likeness(text: str, other: str) -> float:
    """相似程度 — the share of the shingles of `text` that stand in `other`, from 0 to 1; 0 for texts too short."""
    own = shingles(text)
    return len(own & shingles(other)) / len(own) if own else 0.0


def likest_sentences(text: str, other: str) -> tuple[str, str]:
    """最相似的句子 — the sentence of `text` with most of its shingles in `other`, and the one of `other` it is like."""
    whole = shingles(other)
    own = max(_sentences(text), key=lambda sentence: len(shingles(sentence) & whole), default="")
    twin = max(_sentences(other), key=lambda sentence: len(shingles(sentence) & shingles(own)), default="")
    return own, twin


def _sentences(text: str) -> list[str]:
    return [found for match in _SENTENCE.finditer(text) if (found := match[0].strip())]
