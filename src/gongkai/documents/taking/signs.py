"""图形字体的符号 — ticks, boxes and arrows of Wingdings and Symbol as signs of any font (条例 第十二条)."""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.documents.showing.word_symbols import drawn, picture_font

_WINGDINGS = {
    **{0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "☐", 0x70: "☐", 0x71: "☐", 0x72: "☐", 0x74: "⧫", 0x75: "◆", 0x76: "❖"},
    **{0x9F: "•", 0xA1: "○", 0xA4: "◉", 0xA7: "▪", 0xA8: "☐", 0xAB: "★", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑"},
    **{0xE2: "↓", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑", 0x28: "☎", 0x2A: "✉", 0x46: "☞"},
}
_WINGDINGS_2 = {
    **{0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x2A: "☐", 0x30: "☐", 0x96: "●", 0x97: "●"},
    **{0x98: "●", 0xA2: "■", 0xA3: "☐", 0xA4: "☐", 0xAE: "◆"},
}
_SYMBOL = {
    **{0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB0: "°", 0xB7: "•", 0xB9: "≠", 0xBB: "≈", 0xA5: "∞"},
    **{0xD7: "·", 0xD6: "√", 0xAE: "→", 0xAC: "←", 0xE5: "∑", 0xC6: "∅", 0xCE: "∈", 0xA2: "\u2032", 0xB2: "″"},
    **dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)),
    **dict(zip(range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True)),
    **{code: chr(code) for code in (*range(0x30, 0x3A), *b" +-=()[]{}.,;:%/<>|_!?#&")},
}
_FONTS: dict[str, Mapping[int, str]] = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}


def is_of_signs(font: str | None) -> bool:
    """图形字体 — whether a font draws signs for its letters (条例 第十二条)."""
    return _name(font) in _FONTS or bool(picture_font(font))


def as_signs(text: str, font: str) -> tuple[str, int]:
    """写成通行的符号 — what a font of pictures draws, and how many signs are not known (条例 第十二条)."""
    known, out, lost = _FONTS.get(_name(font), {}), list[str](), 0
    for sign in text:
        code = ord(sign) - 0xF000 if 0xF020 <= ord(sign) <= 0xF0FF else ord(sign)
        read = known.get(code) or drawn(sign, picture_font(font))
        if code in known or read.isspace() or (read.isnumeric() and not read.isascii()):
            out.append(read)
        else:
            lost += 1
    return "".join(out), lost


def _name(font: str | None) -> str:
    return (font or "").strip().lower()
