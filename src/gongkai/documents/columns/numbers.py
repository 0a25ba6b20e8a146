"""数和金额 — numbers of a list with their units, sums of money in figures or in words; what is about is named."""

from __future__ import annotations

import re
from decimal import Decimal

from gongkai.documents.columns.layouts import Column
from gongkai.documents.columns.values import CellError, check_formula, plain, says_nothing, shown, small_number
from gongkai.text.folding import fold
from gongkai.text.numerals import parse_chinese
from gongkai.text.quoted import Listed

_NUMBER = re.compile(r"([+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\s*(.{0,8})")
_CURRENCY = re.compile(r"^(?:人民币|rmb|cny|共|计|合计|收费)*\s*[:：]?\s*[¥$]?\s*", re.IGNORECASE)
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟圆〇○两", "一二三四五六七八九十百千元零零二")
_IN_WORDS = re.compile(
    r"([零一二三四五六七八九十百千万亿]+)元?(?:零?([一二三四五六七八九])角)?(?:零?([一二三四五六七八九])分)?整?"
)
_FRACTIONS = {"角": Decimal("0.1"), "分": Decimal("0.01")}


def read_number(text: str, column: Column) -> Decimal | None:
    """读数 — with one of the units of its column, which say what one of them is worth; None where the cell is blank.

    CellError where it is no number, or about one.
    """
    folded = fold(text).strip()
    if says_nothing(text):
        return None
    check_formula(folded)
    if (word := plain(text)) in column.choices:
        return Decimal(column.choices[word])
    for sign in ("约", "近", "余", "多", "左右", "以上", "~"):
        if sign in folded:
            raise CellError("“{found}”不是确切的数，请写确切的数", found=shown(text))
    is_money = "元" in column.units
    if is_money:
        folded = _CURRENCY.sub("", folded).removesuffix("整").removesuffix("正")
        if (worth := _in_words(folded)) is not None:
            return worth
    found = _NUMBER.fullmatch(small_number(folded))
    if not found:
        template = "“{found}”不是金额，请只写数字" if is_money else "“{found}”不是数，请只写数字"
        raise CellError(template, found=shown(text))
    unit = plain(found[2])
    if unit and unit not in column.units:
        known = Listed(column.units or ("数字",))
        raise CellError("“{found}”的单位不认识，请写成 {known}", found=shown(text), known=known)
    number = Decimal(found[1].replace(",", "")) * (column.units[unit] if unit else 1)
    if column.is_whole and number != int(number):
        raise CellError("“{found}”不是整数，请核对", found=shown(text))
    return number


def _in_words(text: str) -> Decimal | None:
    """壹佰元 → 100, 贰拾元伍角 → 20.5; None where it is no sum in words."""
    found = _IN_WORDS.fullmatch("".join(text.translate(_FORMAL).split()))
    worth = parse_chinese(found[1]) if found else None
    if found is None or worth is None:
        return None
    tenths, hundredths = (parse_chinese(found[at]) or 0 if found[at] else 0 for at in (2, 3))
    return Decimal(worth) + tenths * _FRACTIONS["角"] + hundredths * _FRACTIONS["分"]
