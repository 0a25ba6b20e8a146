"""文字差错的种类 — how each kind of slip is told, from `data/proofreading.toml` (条例 第六条)."""

from __future__ import annotations

import tomllib
from enum import StrEnum
from importlib.resources import files

from gongkai.text.hit import Hit, Severity

DATA = tomllib.loads((files("gongkai.text") / "data" / "proofreading.toml").read_text(encoding="utf-8"))


class Slip(StrEnum):
    """文字差错的种类 — the value is the code that is stored (条例 第六条).

    word 错别字, wording 规范表述, title 姓名和职务, document_number 发文字号, date 日期, weekday 星期,
    signed_later 成文日期, repeated 重复, mark 标点, unpaired 标点不成对, numbering 序号, digits 数字写法,
    letters 数字里的字母, sum 合计, equation 算式, secrecy 密级和内部标志, link 链接.
    """

    WORD = "word"
    WORDING = "wording"
    TITLE = "title"
    DOCUMENT_NUMBER = "document_number"
    DATE = "date"
    WEEKDAY = "weekday"
    SIGNED_LATER = "signed_later"
    REPEATED = "repeated"
    MARK = "mark"
    UNPAIRED = "unpaired"
    NUMBERING = "numbering"
    DIGITS = "digits"
    LETTERS = "letters"
    SUM = "sum"
    EQUATION = "equation"
    SECRECY = "secrecy"
    LINK = "link"


def label(kind: str) -> str:
    """差错名称 — 错别字 for `word`, in Chinese."""
    name: str = DATA["kinds"][Slip(kind)]["label"]
    return name


def slip(kind: Slip, start: int, found: str, right: str | None = None, **values: object) -> Hit:
    """一处差错 — what was found, and what to write instead where that can be said."""
    entry = DATA["kinds"][kind]
    said = {"found": found, **({"right": right} if right is not None else {}), **values}
    severity = Severity(entry["severity"])
    return Hit(kind, severity, start, start + len(found), found, right, entry["message"], entry["provision"], said)
