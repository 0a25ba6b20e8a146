"""号码前后的话 — what the words about a number say that it is: a person's, an office's, an amount, another number."""

from __future__ import annotations

import re

from gongkai.text.personal_data.kinds import DATA

_REACH = 14
_PREFIX = 40
_ACCOUNT_REACH = 90
_LABELS = {name: re.compile("|".join(map(re.escape, words))) for name, words in DATA["labels"].items()}
_ABOUT = DATA["about"]


def _any(name: str) -> str:
    return "|".join(map(re.escape, sorted(_ABOUT[name], key=len, reverse=True)))


# Between a label and its number stand a colon and the signs of the number itself: 编号：ZB-410725…
_OTHER = re.compile(
    rf"(?:{'|'.join(map(re.escape, DATA['labels']['other']))})(?:号码|编号|代码|号)?(?:为|是)?[\s:：=（(\[【“\"'第]*"
    r"[A-Za-z0-9〔〕\[\]（）()字第年/_.—－-]*$"
)
_NOTHING_BEFORE = frozenset(",，、;；\n\t|")
_AMOUNT_AFTER = re.compile(rf"(?:[.．]\d+)?\s?(?:{_any('units')})")
_CURRENCIES = frozenset("¥￥$€")
_DECIMALS = re.compile(r"[.．]\d{1,2}(?!\d)")
_AMOUNT_BEFORE = re.compile(rf"(?:[¥￥$]|(?:{_any('amounts')})(?:为|是|约|达)?[:：]?)\s?$")
_OFFICE_PHONE = re.compile(rf"(?:{_any('office_phones')})(?:号码|电话|热线|手机)?(?:为|是)?[\s:：（(]*$")
_HOLDER = re.compile(rf"(?:{_any('holders')})[\s:：]*(?P<name>[^\s，,。；;：:|]{{2,40}})")
_OFFICE = re.compile(rf"(?:{_any('offices')})(?:[（(][^（）()]*[）)])?$")
_ANOTHER = re.compile(r"\d{11,}|\n[^\n]*\n[^\n]*\n")
_OFFICE_ACCOUNT = re.compile(_any("office_accounts"))


def is_said(text: str, start: int, *names: str) -> bool:
    """写明 — whether the words just before, in the same line, say that the number is of one of these."""
    reach = max(0, start - _REACH)
    line = max(text.rfind("\n", reach, start) + 1, reach)
    return line < start and any(_LABELS[name].search(text, line, start) for name in names)


def is_other(text: str, start: int) -> bool:
    """写明是别的编号 — whether the label that stands right before the number names a thing: 招标编号, 订单号."""
    if start == 0 or text[start - 1] in _NOTHING_BEFORE:
        return False
    return bool(_OTHER.search(text, max(0, start - _PREFIX), start)) and not is_said(
        text, start, "identity", "mobile", "card"
    )


def is_amount(text: str, start: int, end: int) -> bool:
    """金额数量 — whether a unit stands right after, or ¥ right before, and no label of a telephone."""
    found = text[max(0, start - 1) : start] in _CURRENCIES and not _is_formula(text, start, end)
    if not found and text[end : end + 1] not in _NOTHING_BEFORE:
        found = _AMOUNT_AFTER.match(text, end) is not None
    return found and not is_said(text, start, "mobile")


def _is_formula(text: str, start: int, end: int) -> bool:
    """Between two dollars: Markdown shows no money there."""
    return text[max(0, start - 1) : start] == "$" == text[end : end + 1]


def is_public(text: str, start: int, end: int) -> bool:
    """对外的号码 — whether a telephone is labelled as an office's, or the number as an amount or another number."""
    if start == 0 or text[start - 1] in _NOTHING_BEFORE:
        return bool(_DECIMALS.match(text, end))
    first = max(0, start - _PREFIX)
    return bool(
        _OFFICE_PHONE.search(text, first, start)
        or (_AMOUNT_BEFORE.search(text, first, start) and not _is_formula(text, start, end))
        or _DECIMALS.match(text, end)
        or is_other(text, start)
    )


def is_office_account(text: str, start: int, end: int) -> bool:
    """对公账户 — whether the holder who is named is an office or a firm, or the label says so: 财政专户, 国库.

    What stands before another number, or lines away, is said of that.
    """
    before, after = text[max(0, start - _ACCOUNT_REACH) : start], text[end : end + _ACCOUNT_REACH]
    if not any(sign in before or sign in after for sign in "户名称收国税公"):
        return False
    before = before[max((match.end() for match in _ANOTHER.finditer(before)), default=0) :]
    after = _ANOTHER.split(after, maxsplit=1)[0].partition("\n")[0]
    holders = [match["name"] for match in _HOLDER.finditer(before)] or _HOLDER.findall(after)[:1]
    if holders:
        return bool(_OFFICE.search(holders[-1]))
    return bool(_OFFICE_ACCOUNT.search(before[-_PREFIX:]))
