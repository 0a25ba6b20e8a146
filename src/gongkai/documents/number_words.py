"""中文数字的写法 — numbers as [DBNum1], [DBNum2] and [DBNum3] of a spreadsheet write them: 一百二十, 壹佰贰拾."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = {1: "〇一二三四五六七八九", 2: "零壹贰叁肆伍陆柒捌玖", 3: "".join(map(chr, range(0xFF10, 0xFF1A)))}
_UNITS = {1: ("", "十", "百", "千"), 2: ("", "拾", "佰", "仟"), 3: ("", "十", "百", "千")}
_GROUPS = ("", "万", "亿", "万亿", "亿亿")
_MOST = Decimal(10) ** 20


def digits_as(text: str, numerals: int) -> str:
    """逐位替换 — every digit in the numerals asked for: 2024 → 二〇二四."""
    return text.translate({ord("0") + at: sign for at, sign in enumerate(_DIGITS[numerals])})


def chinese(value: Decimal, numerals: int, *, short_ten: bool = False) -> str:
    """按数位读写 — 一百二十三, with what follows the point digit by digit; `short_ten`: 十二, as dates have it."""
    if value >= _MOST:
        return digits_as(format(value, "f"), numerals)
    whole, _, rest = format(value, "f").partition(".")
    text = _whole(whole, numerals)
    if short_ten and text.startswith(_DIGITS[numerals][1] + _UNITS[numerals][1]):
        text = text[1:]
    return f"{text}.{digits_as(rest, numerals)}" if rest.strip("0") else text


def _whole(digits: str, numerals: int) -> str:
    zero = _DIGITS[numerals][0]
    digits = digits.lstrip("0")
    if not digits:
        return zero
    groups = []
    while digits:
        groups.append(digits[-4:])
        digits = digits[:-4]
    parts: list[str] = []
    for at in range(len(groups) - 1, -1, -1):
        text = _group(groups[at], numerals)
        if not text:
            continue
        # A gap of noughts, within a group or between two, is read once.
        gap = bool(parts) and (groups[at].startswith("0") or not groups[at + 1].strip("0"))
        parts.append((zero if gap else "") + text + _GROUPS[at])
    return "".join(parts)


def _group(digits: str, numerals: int) -> str:
    out: list[str] = []
    pending = False
    for at, sign in enumerate(digits):
        unit = _UNITS[numerals][len(digits) - 1 - at]
        if sign == "0":
            pending = bool(out)
            continue
        out.append((_DIGITS[numerals][0] if pending else "") + _DIGITS[numerals][int(sign)] + unit)
        pending = False
    return "".join(out)
