"""个人信息 — finds what must not be published of persons, in text, in tables and in markup (条例 第十五条).

    find("联系人张某，13800138000")                  -> [Hit(kind="mobile", severity="block", start=6, …)]
    find_in_markup("<p>138<b>0013</b>8000</p>")       -> hits at their places in the markup
    find_in_grid([["姓名", "残疾类别"], ["张某", "肢体"]]) -> [CellHit(row=2, column=2, header="残疾类别", hit=…)]
    find_across(["4107251990", "03071238"])           -> [(0, Hit), (1, Hit)]: one number over two paragraphs
    replaced(text, hits)                              -> the text with every hit masked (`gongkai.text.hit`)

`allowed`: numbers that are meant to be public, as registered by the body (its office phones, index numbers of its
items); they are never found. A mask has as many signs as what it covers, so that it can be put in its place sign for
sign. Identity and card numbers are told by their check digits; the rest by shape and the words beside them.
"""

from __future__ import annotations

from gongkai.text.hit import CellHit, Hit, Severity, replaced
from gongkai.text.personal_data.detecting import find, find_across
from gongkai.text.personal_data.grids import find_in_grid
from gongkai.text.personal_data.kinds import Kind, label
from gongkai.text.personal_data.markup import find_in_markup
from gongkai.text.personal_data.masked import completed_across
from gongkai.text.personal_data.signs import bare

__all__ = [
    "CellHit",
    "Hit",
    "Kind",
    "Severity",
    "bare",
    "completed_across",
    "find",
    "find_across",
    "find_in_grid",
    "find_in_markup",
    "label",
    "replaced",
]
