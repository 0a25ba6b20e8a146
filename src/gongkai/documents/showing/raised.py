"""上标下标 — raised and lowered words as signs of their own, so that 10³ does not become 103 (条例 第十二条)."""

from __future__ import annotations

_UP = dict(zip("0123456789+-\u2212=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ", strict=True))
_DOWN = dict(zip("0123456789+-\u2212=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True))


def raised(text: str, *, is_low: bool = False) -> str:
    """上标下标的字 — in signs of Unicode where each has one, else as ^(…) or _(…) (条例 第十二条)."""
    words = text.strip()
    if not words:
        return text
    signs = _DOWN if is_low else _UP
    if all(sign in signs for sign in words):
        made = "".join(signs[sign] for sign in words)
    elif words[:2] in ("^(", "_(") and words[-1] == ")":
        made = words  # it was written so before
    elif words[0] == "(" and words.find(")") == len(words) - 1:
        made = f"{'_' if is_low else '^'}{words}"
    elif all(sign in _ALREADY for sign in words) or (words[0] in _BRACKETS and words[-1] in _BRACKETS):
        made = words
    else:
        made = f"{'_' if is_low else '^'}({words})"
    return text.replace(words, made, 1)


_ALREADY = frozenset("".join((*_UP.values(), *_DOWN.values(), "①②③④⑤⑥⑦⑧⑨⑩°℃\u2032″*※†‡®™©")))
"""Signs that are seen to be raised, or read the same when they are not."""
_BRACKETS = "[]〔〕【】"
"""Around the number of a note."""
