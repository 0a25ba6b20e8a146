"""符号字体 — what fonts of signs draw: figures in circles, which are read, and pictures, which are no text.

The sign of a key stands in such a font for something else, and programs write it above 0xF000 (条例 第十七条).
"""

from __future__ import annotations

from collections.abc import Mapping

PRIVATE = {code: chr(code - 0xF000) for code in range(0xF020, 0xF07F)}
"""Signs of symbol fonts stand in a private area, each above the sign on the same key."""
_ROUND = "⓪①②③④⑤⑥⑦⑧⑨⑩"
_DARK = "⓿❶❷❸❹❺❻❼❽❾❿"


def _drawn(*series: tuple[int, str]) -> Mapping[int, str]:
    """Signs from a key on, with and without the private area."""
    keys = {start + at: sign for start, signs in series for at, sign in enumerate(signs)}
    return keys | {0xF000 + key: sign for key, sign in keys.items()}


_ZAPF = _drawn((0xAC, _ROUND[1:]), (0xB6, _DARK[1:]), (0xC0, _ROUND[1:]), (0xCA, _DARK[1:]))
_FONTS: dict[str, Mapping[int, str]] = {
    "wingdings": _drawn((0x80, _ROUND), (0x8B, _DARK)),
    "wingdings 2": _drawn((0x69, _ROUND), (0x74, _DARK)),
    "wingdings 3": {},
    "webdings": {},
    "zapfdingbats": _ZAPF,
    "zapf dingbats": _ZAPF,
    "itc zapf dingbats": _ZAPF,
    "monotype sorts": _ZAPF,
}


def picture_font(*names: str | None) -> str:
    """符号字体 — the first of the names that is one whose signs are pictures; empty where none is."""
    return next((name for each in names if each and (name := each.strip().lower()) in _FONTS), "")


def drawn(text: str, font: str) -> str:
    """画出来的字 — a text as it is seen in a font of pictures (or none): figures as figures, sign for sign."""
    if font:
        text = text.translate(_FONTS[font])
    return text.translate(PRIVATE)


def pictures_in(text: str, font: str) -> str:
    """画出来的图 — the signs of a text that its font draws as pictures that nobody can read."""
    return "".join(sign for sign in drawn(text, font) if not (sign.isnumeric() or sign.isspace())) if font else ""
