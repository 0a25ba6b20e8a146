"""看不见的字符 — what Unicode prints nothing for: default-ignorable signs, by their property and not by example.

The database of Python does not carry the property; this is its definition (UAX #44, Default_Ignorable_Code_Point):
format signs, variation selectors and the few others named there. Marks that stand over a sign are seen, not read.
"""

from __future__ import annotations

import unicodedata

# Other_Default_Ignorable_Code_Point and Variation_Selector.
_NAMED = (
    (0x034F, 0x034F),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x2065, 0x2065),
    (0x3164, 0x3164),
    (0xFE00, 0xFE0F),
    (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFF8),
    (0xE0000, 0xE0FFF),
)
# Format signs that are printed: signs of numbers in Arabic and Syriac, of hieroglyphs, and of annotations.
_PRINTED = frozenset(
    (*range(0x0600, 0x0606), 0x06DD, 0x070F, 0x0890, 0x0891, 0x08E2, 0x110BD, 0x110CD, *range(0xFFF9, 0xFFFC))
) | frozenset(range(0x13430, 0x13440))
# Where format signs are: looking through all of Unicode would take longer than reading most texts.
_BLOCKS = (
    (0xAD, 0xAD),
    (0x600, 0x8FF),
    (0x1800, 0x180F),
    (0x2000, 0x206F),
    (0xFE00, 0xFFFF),
    (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A),
)


def is_unseen(sign: str) -> bool:
    """看不见 — whether nothing is printed for this sign; blanks and line ends are no such signs."""
    code = ord(sign)
    if any(first <= code <= last for first, last in _NAMED):
        return True
    return unicodedata.category(sign) == "Cf" and code not in _PRINTED


_BLANKS = "\u2800"
"""Printed as nothing, though a symbol: braille without a dot."""


def is_written(text: str) -> bool:
    """写了字 — whether a name shows anything: not blanks, unseen signs and marks that stand over nothing alone."""
    return any(unicodedata.category(sign)[0] in "LNPS" and sign not in _BLANKS and not is_unseen(sign) for sign in text)


UNSEEN = "".join(
    dict.fromkeys(
        sign for first, last in (*_BLOCKS, *_NAMED) for sign in map(chr, range(first, last + 1)) if is_unseen(sign)
    )
)
"""看不见的字符 — all of them."""
