"""副本的样子 — fonts, grounds, borders and number formats that may go into a copy, as its writer wants them.

A list of what is allowed, not of what is not: a name of a font or a number format can hold an identity number too
(条例 第十七条).
"""

from __future__ import annotations

from functools import lru_cache

from gongkai.documents.number_format import Section, Token, parsed
from gongkai.documents.showing.cell_style import BLACK, WHITE, Font, Style
from gongkai.text.personal_data import find

USUAL_FONT = "宋体"
_FONTS = frozenset(
    (
        *("宋体", "新宋体", "黑体", "楷体", "楷体_GB2312", "仿宋", "仿宋_GB2312", "隶书", "幼圆", "微软雅黑", "等线"),
        *("等线 Light", "华文中宋", "华文仿宋", "华文楷体", "华文宋体", "华文黑体", "华文细黑", "华文新魏", "华文行楷"),
        *("方正小标宋简体", "方正小标宋_GBK", "方正仿宋简体", "方正仿宋_GBK", "方正黑体简体", "方正黑体_GBK", "苹方"),
        *("方正楷体简体", "方正楷体_GBK", "方正书宋_GBK", "方正书宋简体", "思源黑体", "思源宋体", "SimSun", "NSimSun"),
        *("SimHei", "KaiTi", "FangSong", "DengXian", "Microsoft YaHei", "Microsoft YaHei UI", "Noto Sans CJK SC"),
        *("Arial", "Arial Narrow", "Calibri", "Cambria", "Tahoma", "Verdana", "Georgia", "Times New Roman"),
        *("Courier New", "Consolas", "Symbol", "Wingdings"),
    )
)
_BORDERS = {
    name: at
    for at, name in enumerate(
        (
            *("none", "thin", "medium", "dashed", "dotted", "thick", "double", "hair", "mediumDashed", "dashDot"),
            *("mediumDashDot", "dashDotDot", "mediumDashDotDot", "slantDashDot"),
        )
    )
}
_ACROSS = {
    **{name: name for name in ("left", "center", "right", "fill", "justify", "distributed")},
    "centerContinuous": "center_across",
}
_DOWN = {
    **{"top": "top", "center": "vcenter", "bottom": "bottom", "justify": "vjustify"},
    "distributed": "vdistributed",
}
_MOST_LITERALS, _MOST_SIGNS_OF_NUMERALS, _MOST_DIGITS, _LARGEST = 12, 3, 7, 409
_LETTERS = frozenset(
    ("", "kg", "g", "t", "km", "m", "cm", "mm", "h", "min", "s", "RMB", "CNY", "USD", "kW", "kWh", "ha")
)


def font_look(font: Font) -> dict[str, object]:
    """字体 — name from the list, size, colour, weight."""
    look: dict[str, object] = {
        "font_name": font.name if font.name in _FONTS else USUAL_FONT,
        "font_size": min(max(font.size, 2), _LARGEST),
    }
    if font.colour != BLACK:
        look["font_color"] = f"#{font.colour}"
    for name, is_on in (("bold", font.bold), ("italic", font.italic), ("underline", font.underline)):
        if is_on:
            look[name] = 1
    if font.struck:
        look["font_strikeout"] = True
    if font.raised:
        look["font_script"] = 1 if font.raised == "superscript" else 2
    return look


def style_look(style: Style, code: str) -> dict[str, object]:
    """样式 — of a cell, with the number format `code` that was allowed."""
    font = style.font
    carried = style if style.is_filled else style._replace(ground=WHITE)
    if carried.hides(font.colour):
        # Its ground was a pattern, or was painted by conditions or by the style of a table.
        font = font._replace(colour=WHITE if carried.hides(BLACK) else BLACK)
    look = font_look(font)
    if style.ground is not None and style.is_filled:
        look |= {"pattern": 1, "bg_color": f"#{style.ground}"}
    for side, kind, colour in style.borders:
        look |= {side: _BORDERS.get(kind, 1), f"{side}_color": f"#{colour}"}
    look |= _alignment(dict(style.alignment))
    if code != "General":
        look["num_format"] = code
    return look


def _alignment(said: dict[str, str]) -> dict[str, object]:
    look: dict[str, object] = {}
    if said.get("horizontal") in _ACROSS:
        look["align"] = _ACROSS[said["horizontal"]]
    if said.get("vertical") in _DOWN:
        look["valign"] = _DOWN[said["vertical"]]
    for name, key in (("wrapText", "text_wrap"), ("shrinkToFit", "shrink")):
        if said.get(name) in ("1", "true"):
            look[key] = True
    if (indent := said.get("indent", "")).isdigit() and len(indent) < 3:
        look["indent"] = min(int(indent), 15)
    if (turned := said.get("textRotation", "")).isdigit() and len(turned) < 4 and int(turned) in {*range(181), 255}:
        degrees = int(turned)
        look["rotation"] = 270 if degrees == 255 else degrees if degrees <= 90 else 90 - degrees
    return look


@lru_cache(maxsize=2048)
def allowed_code(code: str) -> str | None:
    """可以保留的数字格式 — written anew from its pieces; None where the text has to stand for the number."""
    sections = parsed(code)
    if sections is None or not all(map(_is_allowed, sections)):
        return None
    words = "".join(token.text for section in sections for token in section.tokens if token.kind == "literal")
    if find(words):
        return None
    return ";".join(map(_written, sections))


def _is_allowed(section: Section) -> bool:
    literals = "".join(token.text for token in section.tokens if token.kind == "literal")
    numerals = sum(sign.isnumeric() for sign in literals)
    letters = "".join(sign for sign in literals if sign.isascii() and sign.isalpha())
    condition = str(section.condition[1]) if section.condition else ""
    return (
        len(literals.strip()) <= _MOST_LITERALS
        and not any(sign.isdecimal() or sign.isdigit() for sign in literals)
        and numerals <= _MOST_SIGNS_OF_NUMERALS
        and letters in _LETTERS
        and len(condition) <= _MOST_DIGITS
        and len(section.tokens) < 60
    )


def _written(section: Section) -> str:
    condition = f"[{section.condition[0]}{section.condition[1]}]" if section.condition else ""
    numerals = f"[DBNum{section.numerals}]" if section.numerals else ""
    language = "[$-804]" if section.language.endswith("804") else ""
    return condition + numerals + language + "".join(map(_token, section.tokens))


def _token(token: Token) -> str:
    if token.kind == "elapsed":
        return f"[{token.text}]"
    if token.kind != "literal":
        return token.text
    return "".join(f"\\{sign}" if sign in '"\\ ' else f'"{sign}"' for sign in token.text)
