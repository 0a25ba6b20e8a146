"""数字格式 — a number, date or text of a spreadsheet as the format of its cell shows it (条例 第十七条).

    rendered(1234.5, '#,##0.00"元"')           -> '1,234.50元'
    rendered(45625, '[DBNum1]yyyy"年"m"月"')    -> '二〇二四年十一月'
    rendered(8515, '"11010119900307"0000')      -> '110101199003078515'

What cannot be shown for sure (a calendar of another country, a date before 1900) is None, never a guess.
"""

from __future__ import annotations

import operator
import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from gongkai.documents.number_words import chinese, digits_as
from gongkai.documents.serial_dates import DateToken, shown_date

BUILT_IN = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    **dict.fromkeys((5, 6), '"¥"#,##0;"¥"\\-#,##0'),
    **dict.fromkeys((7, 8), '"¥"#,##0.00;"¥"\\-#,##0.00'),
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    **dict.fromkeys((34, 55), '上午/下午h"时"mm"分"'),
    **dict.fromkeys((35, 56), '上午/下午h"时"mm"分"ss"秒"'),
    37: "#,##0_);(#,##0)",
    38: "#,##0_);[Red](#,##0)",
    39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);[Red](#,##0.00)",
    41: '_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"_ ;_ @_ ',
    42: '_ "¥"* #,##0_ ;_ "¥"* \\-#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ "¥"* #,##0.00_ ;_ "¥"* \\-#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
}
"""内置格式 — by number, as a Chinese spreadsheet program has them."""

_LONGEST = 255
_MOST_SECTIONS = 4
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)(?:"|\Z)|\\(?P<escaped>.)|!(?P<forced>[.,0#?%/])|_(?P<space>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/通用格式)|(?P<half>AM/PM|A/P|上午/下午)|(?P<exponent>E[+-])"
    r"|(?P<date>y+|m+|d+|h+|s+|e+|aaaa?)|(?P<digit>[0#?])|(?P<sign>[.,%/@;])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9.]+(?:E[+-]?[0-9]+)?)", re.IGNORECASE)
_CURRENCY = re.compile(r"\$([^-]*)(?:-([0-9A-Fa-f,]+))?")
_COLOUR = re.compile(
    r"black|blue|cyan|green|magenta|red|white|yellow|colou?r ?[0-9]+"
    r"|黑色|蓝色|青色|绿色|洋红色?|红色|白色|黄色|颜色 ?[0-9]+",
    re.IGNORECASE,
)
_TESTS = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
_PLAIN_WIDTH, _PLAIN_DIGITS, _MOST_EXPONENT = 11, 10, 400
_WIDEST_DATE = 400
_DATES = ("date", "half", "elapsed")


class Token(NamedTuple):
    """记号 — one piece of a format: literal, digit, point, comma, percent, slash, exponent, general, text, date …"""

    kind: str
    text: str


class Section(NamedTuple):
    """一节 — what stands between two semicolons: its tokens, its condition, the numerals and the language asked for."""

    tokens: tuple[Token, ...] = ()
    condition: tuple[str, Decimal] | None = None
    numerals: int = 0
    language: str = ""

    @property
    def is_date(self) -> bool:
        """是日期 — whether it shows a date or a time."""
        return any(token.kind in _DATES for token in self.tokens)


def rendered(value: float | int | Decimal | str, code: str, *, from_1904: bool = False) -> str | None:
    """显示出来的样子 — `value` by the format `code`; None where that cannot be said for sure."""
    sections = parsed(code)
    if sections is None:
        return None
    if isinstance(value, str):
        return _text(value, sections)
    number = _exact(value)
    if number is None:
        return None
    chosen = _chosen(number, sections)
    if chosen is None:
        return None
    section, signed = chosen
    if section.is_date:
        dates = [DateToken(token.kind, token.text) for token in section.tokens]
        return shown_date(number, dates, section.numerals, section.language, from_1904=from_1904)
    shown = _number(abs(number), section)
    return shown if shown is None or number >= 0 or not signed else f"-{shown}"


@lru_cache(maxsize=2048)
def parsed(code: str) -> tuple[Section, ...] | None:
    """分节 — the sections of a format, None for one that is not understood."""
    sections: list[Section] = [Section()]
    for match in _TOKEN.finditer(code or "General"):
        kind = match.lastgroup or ""
        text = match[kind]
        if kind == "sign" and text == ";":
            sections.append(Section())
            continue
        section = _bracket(sections[-1], text) if kind == "bracket" else _with(sections[-1], kind, text)
        if section is None:
            return None
        sections[-1] = section
    return tuple(sections) if len(sections) <= _MOST_SECTIONS else None


def gives_colour(code: str) -> bool:
    """给出颜色 — whether a format colours what it shows, as negative numbers in red."""
    return any(_COLOUR.fullmatch(match["bracket"] or "") for match in _TOKEN.finditer(code))


_SIGNS = {".": "point", ",": "comma", "%": "percent", "/": "slash", "@": "text"}


def _with(section: Section, kind: str, text: str) -> Section | None:
    if kind == "sign":
        token = Token(_SIGNS[text], text)
    elif kind == "space":
        token = Token("literal", " ")
    elif kind == "fill":
        # It fills what room there is: a digit stands there at least once, a blank or a dash tells nothing.
        token = Token("literal", text if text.isdecimal() else "")
    elif kind in ("quoted", "escaped", "forced"):
        token = Token("literal", text)
    elif kind == "other":
        if text.isascii() and text.isalpha():
            return None
        token = Token("literal", text)
    else:
        token = Token(kind, text)
    return section._replace(tokens=(*section.tokens, token))


def _bracket(section: Section, text: str) -> Section | None:
    if condition := _CONDITION.fullmatch(text):
        try:
            return section._replace(condition=(condition[1], Decimal(condition[2])))
        except InvalidOperation:
            return None
    if re.fullmatch(r"h+|m+|s+", text, re.IGNORECASE):
        return section._replace(tokens=(*section.tokens, Token("elapsed", text.lower())))
    if currency := _CURRENCY.fullmatch(text):
        tokens = (*section.tokens, Token("literal", currency[1])) if currency[1] else section.tokens
        return section._replace(tokens=tokens, language=(currency[2] or section.language).upper())
    if numerals := re.fullmatch(r"DBNum([123])", text, re.IGNORECASE):
        return section._replace(numerals=int(numerals[1]))
    return section if _COLOUR.fullmatch(text) else None


def _exact(value: float | int | Decimal) -> Decimal | None:
    """Fifteen digits, as spreadsheet programs keep them."""
    number = Decimal(f"{value:.15g}") if isinstance(value, float) else Decimal(value)
    return number if number.is_finite() and abs(number.adjusted()) < _MOST_EXPONENT else None


def _text(text: str, sections: tuple[Section, ...]) -> str | None:
    """The fourth section is for text, and any last one that says where the text goes."""
    last = sections[-1]
    if len(sections) < _MOST_SECTIONS and not any(token.kind == "text" for token in last.tokens):
        return text
    if not all(token.kind in ("literal", "text", "general") for token in last.tokens):
        return None
    return "".join(token.text if token.kind == "literal" else text for token in last.tokens)


def _chosen(number: Decimal, sections: tuple[Section, ...]) -> tuple[Section, bool] | None:
    """The section for a number, and whether a minus sign is still to be written."""
    if len(sections) > 1 and any(token.kind == "text" for token in sections[-1].tokens):
        sections = sections[:-1]
    sections = sections[:3]
    if any(section.condition for section in sections):
        return _by_condition(number, sections)
    if len(sections) == 1:
        return sections[0], True
    if number < 0:
        return sections[1], False
    return (sections[2], False) if number == 0 and len(sections) > 2 else (sections[0], False)


def _by_condition(number: Decimal, sections: tuple[Section, ...]) -> tuple[Section, bool] | None:
    """Sections without a condition are for the numbers that no other takes; the second takes negative ones first."""
    for at, section in enumerate(sections):
        condition = section.condition
        if condition is None and at == 0:
            condition = (">", Decimal(0)) if len(sections) > 2 else (">=", Decimal(0))
        elif condition is None and at == 1 and len(sections) > 2:
            condition = ("<", Decimal(0))
        if condition is None or _TESTS[condition[0]](number, condition[1]):
            only_negative = condition is not None and condition[0] in ("<", "<=") and condition[1] <= 0
            return section, not only_negative
    return None


def _number(value: Decimal, section: Section) -> str | None:
    tokens = section.tokens
    kinds = {token.kind for token in tokens}
    if kinds & {"general", "text"}:
        plain = general(value)
        if section.numerals:
            plain = chinese(value, section.numerals)
        return "".join(plain if token.kind in ("general", "text") else token.text for token in tokens)
    if "digit" not in kinds:
        return "".join(token.text for token in tokens)
    if "slash" in kinds:
        return _fraction(value, tokens)
    shown = _scientific(value, tokens) if "exponent" in kinds else _decimal(value, tokens)
    return digits_as(shown, section.numerals) if section.numerals else shown


def general(value: Decimal) -> str:
    """常规 — a number as a cell without a format shows it: eleven signs at most."""
    value = abs(value)
    if value == 0:
        return "0"
    power = value.adjusted()
    if power >= _PLAIN_WIDTH or power < -9:
        return _scientific(value, parsed_tokens("0.#####E+00"))
    places = _PLAIN_DIGITS - 1 - max(power, 0)
    rounded = value.quantize(Decimal(1).scaleb(-max(places, 0)), ROUND_HALF_UP)
    text = format(rounded, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text or "0"


def parsed_tokens(code: str) -> tuple[Token, ...]:
    """记号 — of a format that has one section and is known to be understood."""
    sections = parsed(code)
    return sections[0].tokens if sections else ()


def _decimal(value: Decimal, tokens: tuple[Token, ...]) -> str:
    value = value.scaleb(2 * sum(token.kind == "percent" for token in tokens))
    tokens, thousands, grouped = _commas(tokens)
    value = value.scaleb(-3 * thousands)
    point = next((at for at, token in enumerate(tokens) if token.kind == "point"), len(tokens))
    before, after = tokens[:point], tokens[point + 1 :]
    places = sum(token.kind == "digit" for token in after)
    text = format(value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), "f") if places < _LONGEST else ""
    whole, _, rest = text.partition(".")
    mark = "." if point < len(tokens) else ""
    return _whole(whole.lstrip("0"), before, grouped) + mark + _places(rest, after)


def _commas(tokens: tuple[Token, ...]) -> tuple[tuple[Token, ...], int, bool]:
    """Commas after the last digit divide by a thousand each; those between digits group them."""
    kept: list[Token] = []
    thousands, grouped = 0, False
    for at, token in enumerate(tokens):
        if token.kind != "comma":
            kept.append(token)
            continue
        rest = [later.kind for later in tokens[at + 1 :]]
        follows = at > 0 and tokens[at - 1].kind in ("digit", "comma")
        if not follows:
            kept.append(Token("literal", ","))
        elif "digit" in rest[: rest.index("point") if "point" in rest else None]:
            grouped = True
        else:
            thousands += 1
    return tuple(kept), thousands, grouped


def _whole(digits: str, tokens: tuple[Token, ...], grouped: bool) -> str:
    """From the right: each placeholder takes a digit, the first takes all that are left."""
    first = next((at for at, token in enumerate(tokens) if token.kind == "digit"), None)
    if first is None:
        return "".join(token.text for token in tokens) + digits
    out: list[str] = []
    count = 0
    for at in range(len(tokens) - 1, -1, -1):
        token = tokens[at]
        if token.kind != "digit":
            out.append(token.text)
            continue
        while True:
            sign = digits[-1:] or {"0": "0", "?": " "}.get(token.text, "")
            digits = digits[:-1]
            if sign:
                out.append("," if grouped and count and count % 3 == 0 and sign != " " else "")
                count += 1
                out.append(sign)
            if at != first or not digits:
                break
    return "".join(reversed(out))


def _places(digits: str, tokens: tuple[Token, ...]) -> str:
    """From the left; noughts at the end show only where the format asks for them."""
    holders = [token.text for token in tokens if token.kind == "digit"]
    shown = list(digits)
    for at in range(len(holders) - 1, -1, -1):
        if shown[at] != "0" or holders[at] == "0":
            break
        shown[at] = " " if holders[at] == "?" else ""
    signs = iter(shown)
    return "".join(next(signs) if token.kind == "digit" else token.text for token in tokens)


def _scientific(value: Decimal, tokens: tuple[Token, ...]) -> str:
    at = next(at for at, token in enumerate(tokens) if token.kind == "exponent")
    mantissa, tail = tokens[:at], tokens[at + 1 :]
    point = next((place for place, token in enumerate(mantissa) if token.kind == "point"), len(mantissa))
    whole = sum(token.kind == "digit" for token in mantissa[:point])
    places = sum(token.kind == "digit" for token in mantissa[point:])
    power = 0
    for _ in range(2):  # rounding may carry into one digit more
        if value:
            power = value.adjusted() - (whole - 1) if whole <= 1 else value.adjusted() // whole * whole
            rounded = value.scaleb(-power).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
            value = rounded.scaleb(power)
    sign = "-" if power < 0 else "+" if tokens[at].text[1] == "+" else ""
    exponent = _whole(str(abs(power)).lstrip("0"), tail, False)
    return f"{_decimal(value.scaleb(-power), mantissa)}E{sign}{exponent}"


def _fraction(value: Decimal, tokens: tuple[Token, ...]) -> str | None:
    slash = next(at for at, token in enumerate(tokens) if token.kind == "slash")
    start = slash
    while start and tokens[start - 1].kind == "digit":
        start -= 1
    end = slash + 1
    while end < len(tokens) and (tokens[end].kind == "digit" or tokens[end].text.isdecimal()):
        end += 1
    below = "".join(token.text for token in tokens[slash + 1 : end])
    if start == slash or not below:
        return None
    fixed = int(below) if below.isdecimal() and int(below) else 0
    has_whole = any(token.kind == "digit" for token in tokens[:start])
    whole, rest = divmod(Fraction(value), 1) if has_whole else (0, Fraction(value))
    top, bottom = _nearest(rest, fixed, len(below))
    if has_whole and top == bottom:
        whole, top = whole + 1, 0
    before = _whole(str(whole).lstrip("0"), tokens[:start], False)
    if has_whole and top == 0:
        return (before if whole else before.rstrip() + "0 ") + " " * (end - start) + _literals(tokens[end:])
    numerator = _whole(str(top).lstrip("0"), tokens[start:slash], False) or "0"
    denominator = below if fixed else str(bottom).ljust(below.count("?"))
    return f"{before}{numerator}/{denominator}{_literals(tokens[end:])}"


def _nearest(value: Fraction, fixed: int, width: int) -> tuple[int, int]:
    if fixed:
        return int(value * fixed + Fraction(1, 2)), fixed
    near = value.limit_denominator(10 ** min(width, 7) - 1)
    return near.numerator, near.denominator


def _literals(tokens: tuple[Token, ...]) -> str:
    return "".join(token.text for token in tokens)
