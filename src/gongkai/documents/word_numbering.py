"""自动编号 — the numbers that Word itself puts before paragraphs, from numbering.xml and styles.xml."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from lxml import etree

from gongkai.documents import number_words

_DIGITS = "〇一二三四五六七八九"
_CHINESE = {
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "taiwaneseCountingThousand",
    "ideographDigital",
}
_ARABIC = {"decimal", "decimalFullWidth", "decimalHalfWidth", "decimalZero"}
_FULL_WIDTH = str.maketrans("0123456789", "".join(map(chr, range(0xFF10, 0xFF1A))))
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"
_ROWS = {
    "decimalEnclosedCircle": _CIRCLED,
    "decimalEnclosedCircleChinese": _CIRCLED,
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "ideographEnclosedCircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
}
"""Numbers that have a sign each; beyond the last one digits stand."""
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
    *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_PLACE = re.compile("%([1-9])")
_MAX_STYLES = 20
_LONGEST = 10
"""So many digits has the largest number that Word counts from."""


def local(element: etree._Element) -> str:
    """本名 — the name of an element without its namespace; both dialects of the format use the same names."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(parent: etree._Element, name: str) -> etree._Element | None:
    """子元素 — the first child of that name."""
    return next(parent.iterchildren(f"{{*}}{name}"), None)


def attribute(element: etree._Element, name: str) -> str | None:
    """属性 — the attribute of that name, whatever its namespace."""
    return next((str(value) for key, value in element.items() if str(key).rpartition("}")[2] == name), None)


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    pattern: str
    start: int
    is_parted: bool = True
    is_legal: bool = False


class Numbering:
    """编号 — counts the numbered paragraphs of one document, in order.

    Those of headings are written (一、 1.); with `every` all that Word has, each parted from the words as Word parts
    it, and `unknown` counts those whose form is not known here.
    """

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None, *, every: bool = False) -> None:
        self._every, self.unknown = every, 0
        self._restarts: dict[str, dict[int, int]] = {}
        self._list_of: dict[str, str] = {}
        self._levels: dict[str, dict[int, _Level]] = defaultdict(dict)
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._styles: dict[str, tuple[str | None, tuple[str, int] | None]] = {}
        if numbering is not None:
            self._read_lists(numbering)
        if styles is not None:
            for style in styles.iterchildren("{*}style"):
                based = child(style, "basedOn")
                self._styles[attribute(style, "styleId") or ""] = (
                    None if based is None else attribute(based, "val"),
                    _reference(style),
                )

    def _read_lists(self, numbering: etree._Element) -> None:
        for abstract in numbering.iterchildren("{*}abstractNum"):
            levels = self._levels[attribute(abstract, "abstractNumId") or ""]
            for level in abstract.iterchildren("{*}lvl"):
                levels[_whole(attribute(level, "ilvl"), 0)] = _Level(
                    _value(level, "numFmt"),
                    _value(level, "lvlText"),
                    _whole(_value(level, "start"), 1),
                    _value(level, "suff") != "nothing",
                    child(level, "isLgl") is not None,
                )
        for instance in numbering.iterchildren("{*}num"):
            name = attribute(instance, "numId") or ""
            self._list_of[name] = _value(instance, "abstractNumId")
            if self._every:
                self._restarts[name] = {
                    _whole(attribute(each, "ilvl"), 0): _whole(_value(each, "startOverride"), 1)
                    for each in instance.iterchildren("{*}lvlOverride")
                    if child(each, "startOverride") is not None
                }

    def number(self, paragraph: etree._Element) -> str:
        """编号文字 — what stands before this paragraph, empty if nothing; counts it."""
        reference = self._reference_of(paragraph)
        if reference is None or reference[0] not in self._list_of:
            return ""
        name, depth = self._list_of[reference[0]], reference[1]
        levels, counts = self._levels[name], self._counts[name]
        if depth not in levels:
            return ""
        counts[depth] = counts[depth] + 1 if depth in counts else levels[depth].start
        restarts = self._restarts.get(reference[0], {})
        counts[depth] = restarts.pop(depth, counts[depth])
        for deeper in [at for at in counts if at > depth]:
            del counts[deeper]
        level = levels[depth]
        if level.form == "bullet" or (not self._every and level.form not in _CHINESE | _ARABIC):
            return ""
        made = _PLACE.sub(lambda found: self._printed(name, int(found[1]) - 1, is_legal=level.is_legal), level.pattern)
        # Without a blank the number would go on with figures of the text.
        return f"{made} " if self._every and level.is_parted and made[-1:].isalnum() else made

    def _printed(self, name: str, depth: int, *, is_legal: bool = False) -> str:
        level = self._levels[name].get(depth)
        if level is None:
            return ""
        count = self._counts[name].get(depth, level.start)
        if self._every:
            made = list_number(count, "decimal" if is_legal else level.form)
            self.unknown += made is None
            return str(count) if made is None else made
        return chinese(count) if level.form in _CHINESE else str(count)

    def _reference_of(self, paragraph: etree._Element) -> tuple[str, int] | None:
        """The paragraph's own list, or that of its style or of a style that this one is based on."""
        if reference := _reference(paragraph):
            return reference
        properties = child(paragraph, "pPr")
        used = None if properties is None else child(properties, "pStyle")
        style = None if used is None else attribute(used, "val")
        for _ in range(_MAX_STYLES):
            if style is None or style not in self._styles:
                return None
            style, reference = self._styles[style]
            if reference:
                return reference
        return None


def chinese(count: int) -> str:
    """中文数 — 1 to 99 as headings count them: 一, 十, 十一, 二十三; other numbers in digits."""
    if not 0 < count < 100:
        return str(count)
    tens, ones = divmod(count, 10)
    return (_DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (_DIGITS[ones] if ones else "")


def list_number(count: int, form: str) -> str | None:
    """列表的编号 — in the form that Word has a name for; None where that form is not known (条例 第十二条)."""
    if form in _CHINESE:
        return chinese(count) if count < 100 else number_words.chinese(Decimal(count), 1)
    if form in _ROWS:
        return _ROWS[form][count - 1] if 0 < count <= len(_ROWS[form]) else str(count)
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman"):
        return roman(count) if form == "upperRoman" else roman(count).lower()
    if form == "decimalFullWidth":
        return str(count).translate(_FULL_WIDTH)
    if form in ("chineseLegalSimplified", "ideographLegalTraditional"):
        return number_words.chinese(Decimal(count), 2)
    if form == "decimalZero":
        return f"{count:02}"
    return "" if form == "none" else str(count) if form in ("", "decimal", "decimalHalfWidth") else None


def roman(count: int) -> str:
    """罗马数字 — of 1 to 3999; other numbers in digits (条例 第十二条)."""
    if not 0 < count < 4000:
        return str(count)
    made = ""
    for value, letters in _ROMAN:
        made += letters * (count // value)
        count %= value
    return made


def _reference(element: etree._Element) -> tuple[str, int] | None:
    properties = child(element, "pPr")
    numbered = None if properties is None else child(properties, "numPr")
    if numbered is None:
        return None
    name = _value(numbered, "numId")
    return (name, _whole(_value(numbered, "ilvl"), 0)) if name else None


def _value(parent: etree._Element, name: str) -> str:
    element = child(parent, name)
    return "" if element is None else attribute(element, "val") or ""


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) <= _LONGEST else default
