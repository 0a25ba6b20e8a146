"""号码前后的话 — what the words about a number say that it is: a person's, an office's, an amount, another number."""

from __future__ import annotations

import re

from gongkai.text.personal_data.kinds import DATA
from gongkai.text.unseen import UNSEEN

_REACH = 14
_PREFIX = 40
_ACCOUNT_REACH = 90
_LONGEST_SHORT_NAME = 2
_LABELS = {name: re.compile("|".join(map(re.escape, words))) for name, words in DATA["labels"].items()}
_ABOUT = DATA["about"]


def _any(name: str) -> str:
    return "|".join(map(re.escape, sorted(_ABOUT[name], key=len, reverse=True)))


# Between a label and its number stand a colon and the signs of the number itself: 编号：ZB-410725…
_SHORT = 2
_THINGS = (
    re.escape(word) if len(word) > _SHORT else rf"(?<![\u4e00-\u9fff]){word}" for word in DATA["labels"]["things"]
)
_OTHER = re.compile(
    rf"(?:{'|'.join((*map(re.escape, DATA['labels']['other']), *_THINGS))})(?:号码|编号|代码|号)?(?:为|是)?"
    r"[\s:：=（(\[【“\"'第]*[A-Za-z0-9〔〕\[\]（）()字第年/_.—－-]*$"
)
_CODE = re.compile(rf"(?:{'|'.join(DATA['labels']['codes'])})(?:为|是)?[\s:：=（(\"]*[A-Za-z]{{1,4}}\Z")
_NO = "[ _-]?n(?:o|um|umber)"
_DIALLED = (
    rf"|(?:\+|(?<!\d)00)86|(?<![a-z])(?:tel(?:ephone)?|sms|(?:mobile|cell)?[ _-]?phone|mobile|cell)(?:{_NO})?"
    r"(?:;[a-z=]{1,20}){0,3}"
)
_CARDED = (
    rf"|(?<![a-z])(?:id(?:entity)?(?:[ _-]?card(?:{_NO})?|{_NO})|cert(?:ificate)?(?:{_NO}|[ _-]?id)"
    r"|sfzj?hm?|zjhm?|gmsfhm)"
)
_PASSBOOK = "|(?:卡|[卡折账帐存][（(〔/／或和及]?[卡折账帐户][）)〕]?)(?:通|本)?(?:号码?)?(?:为|是)?"
"""卡号, 卡（折）号, 账/卡号, 一卡（折）通."""
_MARKS_BETWEEN = r"[\s:：=（()）+“\"'-]*(?:\+?86)?[\s)）-]*\Z"
_NAMED = {
    name: re.compile(
        rf"(?:(?:{'|'.join(map(re.escape, DATA['labels'][name]))})(?:号码?)?(?:为|是)?{more}){_MARKS_BETWEEN}",
        re.IGNORECASE,
    )
    for name, more in (("mobile", _DIALLED), ("identity", _CARDED), ("card", _PASSBOOK))
}
"""The label of the number itself, with nothing but marks between."""
LINE_END = frozenset(("", "\n"))
"""What a number at the beginning of a line has before it: nothing is said of it in the line."""
PARTED = frozenset((*",，、;；\n|", ""))
"""What parts a number from words that speak of it, on both sides: nothing is said of it then."""
_NOTHING_BEFORE = frozenset(",，、;；\n\t|")
TORN = rf"[\s{UNSEEN}]{{1,8}}(?:{'|'.join(_ABOUT['torn_units'])})"
"""A blank or the end of a line within a word that begins with a unit: 元 旦."""
_UNIT_ENDS = rf"(?![{UNSEEN}]+\w|{TORN})(?=[\W\d]|\Z)"
_GOES_ON = rf"(?={_any('after_units')}|[和与或至到][\d.,，]+\s?(?:{_any('units')}))"
_AMOUNT_AFTER = re.compile(rf"[.．]\d+\s?(?:{_any('units')})|\s?(?:{_any('units')})(?:{_UNIT_ENDS}|{_GOES_ON})")
"""A unit, where its sign ends there: in 元旦, 吨位, 株洲 it begins a word."""
UNIT_IN_BRACKETS = rf"[（(](?:单位\s*[:：]?)?\s*(?:人民币)?\s*(?:{_any('units')})(?:[/／][^（）()\n]{{1,4}})?\s*[）)]"
"""（元）, （单位：万元）, （元/亩）: what a label adds."""
_ENDS_OF_UNIT = frozenset(')）为是约达:：="\t\u3000 ')
"""What such words end with; without it they are not looked for."""
_UNIT_BEFORE = re.compile(rf"(?<=[^\W\d]){UNIT_IN_BRACKETS}(?:为|是|约|达)?\"?[ \t\u3000]*[:：=]?[ \t\u3000]*\"?\Z")
_CURRENCIES = frozenset("¥￥$€")
_POINTS = frozenset(".．")
_DECIMALS = re.compile(r"[.．]\d{1,2}(?!\d)")
_NOUGHTS = re.compile(r"\.0{1,2}(?![\d.])")
_AMOUNT_BEFORE = re.compile(rf"(?:[¥￥$]|(?:{_any('amounts')})(?:为|是|约|达)?[:：]?)\s?$")
_OFFICE_PHONE = re.compile(
    rf"(?:{_any('office_phones')})(?:号码|电话|热线|手机)?(?:[（(](?:{_any('office_brackets')})[）)])?(?:为|是)?[\s:：（(]*$"
)
_HOLDER = re.compile(rf"(?:{_any('holders')})[\s:：]*(?P<name>[^\s，,。；;：:|]{{2,40}})")
_OFFICE = re.compile(rf"(?:{_any('offices')})(?:[（(][^（）()]*[）)])?[）)]?$")
_ANOTHER = re.compile(r"\d{11,}|\n[^\n]*\n[^\n]*\n")
_BANK = rf"(?:[，,；;:：\s]*(?:{_any('banks')})[\s:：]*[^\s，,；;:：\d]{{2,30}})?"
_OFFICE_ACCOUNT = re.compile(
    rf"(?:{_any('office_accounts')})(?:[账帐]户|专户)?{_BANK}[，,；;\s]*(?:(?:银行)?(?:[账帐]户|[账帐]号|卡号|号码?))?"
    r"(?:为|是)?[\s:：（(]*\Z"
)
"""The label of the number itself; between them stands at most the bank."""
_PARTS = re.compile(r"[\s，,、；;。:：/|（）()]+")
_COLONS = " :：（("
_OTHER_FIELD = re.compile(rf"(?:{_any('other_fields')})[\s:：为是]*[^\s，,；;。]+")
_FIELD = re.compile(rf"(?:银行|汇款|收款|单位)*(?:{_any('fields')})")
_LABEL_END = re.compile(rf"(?:{_any('fields')}|{_any('offices')}|{_any('office_accounts')})(?:为|是)?\Z")
TO_A_PERSON = re.compile(_any("to_a_person"))
_ROW_REACH, _FEWEST_IN_ROW = 40, 2
_FIGURES_BEFORE = re.compile(r"(?:(?<![^\s])-?\d[\d.,%]*[ \t]+)*\Z")
_FIGURES_AFTER = re.compile(r"(?:[ \t]+-?\d[\d.,%]*(?!\S))*")

_HEX_SIGNS = frozenset("0123456789ABCDEFabcdef-")
_HASH_BEFORE, _HASH_AFTER = re.compile(r"[0-9A-Fa-f-]+\Z"), re.compile(r"[0-9A-Fa-f-]+")
_HASH_REACH, _LEAST_HASH, _LEAST_LETTERS = 130, 28, 4


def is_said(text: str, start: int, *names: str) -> bool:
    """写明 — whether the words just before, in the same line, say that the number is of one of these."""
    if text[start - 1 : start] in LINE_END:
        return False
    before = text[max(0, start - _REACH) : start].rpartition("\n")[2]
    # Labels are Chinese; most numbers of a list have nothing before them.
    return not before.isascii() and any(_LABELS[name].search(before) for name in names)


def is_named(text: str, start: int, name: str) -> bool:
    """就叫这个 — whether the label stands right before the number: 手机：, 手机号码为, tel:, +86 (条例 第十五条)."""
    return bool(_NAMED[name].search(text, max(0, start - _PREFIX), start))


def is_other(text: str, start: int) -> bool:
    """写明是别的编号 — whether the label that stands right before the number names a thing: 招标编号, 订单号."""
    if start == 0 or text[start - 1] in _NOTHING_BEFORE:
        return False
    return bool(_OTHER.search(text, max(0, start - _PREFIX), start)) and not is_said(
        text, start, "identity", "mobile", "card"
    )


def is_code(text: str, start: int) -> bool:
    """写明的代码 — whether letters stand right before the digits, and before them a word of codes: 水库代码：F145…"""
    letters = text[start - 1 : start]
    return letters.isascii() and letters.isalpha() and bool(_CODE.search(text, max(0, start - _PREFIX), start))


def is_amount(text: str, start: int, end: int) -> bool:
    """金额数量 — whether a unit stands right after, ¥ or （元） right before, and no label of a telephone."""
    found = text[max(0, start - 1) : start] in _CURRENCIES and not _is_formula(text, start, end)
    if not found and text[end : end + 1] not in _NOTHING_BEFORE:
        found = _AMOUNT_AFTER.match(text, end) is not None
    if not found and text[start - 1 : start] in _ENDS_OF_UNIT:
        found = _UNIT_BEFORE.search(text, max(0, start - _PREFIX), start) is not None
    return found and not is_said(text, start, "mobile")


def _is_formula(text: str, start: int, end: int) -> bool:
    """Between two dollars: Markdown shows no money there."""
    return text[max(0, start - 1) : start] == "$" == text[end : end + 1]


def is_public(text: str, start: int, end: int) -> bool:
    """对外的号码 — whether a telephone is labelled as an office's, or the number as an amount or another number."""
    is_decimal = text[end : end + 1] in _POINTS and _DECIMALS.match(text, end) is not None
    # Programs that take a telephone for a figure write it with a nought behind the point.
    is_decimal = is_decimal and not (_NOUGHTS.match(text, end) and is_named(text, start, "mobile"))
    if is_decimal or start == 0 or text[start - 1] in _NOTHING_BEFORE:
        return is_decimal
    first = max(0, start - _PREFIX)
    return bool(
        _OFFICE_PHONE.search(text, first, start)
        or (_AMOUNT_BEFORE.search(text, first, start) and not _is_formula(text, start, end))
        or is_other(text, start)
    )


def is_in_hash(text: str, start: int, end: int) -> bool:
    """摘要里的数字 — whether they are eleven figures of a digest or of a UUID, which is written in sixteen signs."""
    if text[start - 1 : start] not in _HEX_SIGNS and text[end : end + 1] not in _HEX_SIGNS:
        return False
    before, after = _HASH_BEFORE.search(text, max(0, start - _HASH_REACH), start), _HASH_AFTER.match(text, end)
    token = (before[0] if before else "") + text[start:end] + (after[0] if after else "")
    bare_token = token.replace("-", "")
    return len(bare_token) >= _LEAST_HASH and sum(map(str.isalpha, bare_token)) >= _LEAST_LETTERS


def is_office_account(text: str, start: int, end: int) -> bool:
    """对公账户 — whether the words say of this very account that an office or a firm holds it.

    The label right before the number says so (财政专户账号：…), or the holder who is named, with nothing between but
    its bank and the like. What stands before another number, or lines away, is said of that. A person beside the
    number, or a payment to one, takes it back: 国库集中支付：张三 6222…, 对公账户已注销，改打….
    """
    before, after = text[max(0, start - _ACCOUNT_REACH) : start], text[end : end + _ACCOUNT_REACH]
    if (before.isascii() and after.isascii()) or not any(sign in before or sign in after for sign in "户名称收国税公"):
        return False
    before = before[max((match.end() for match in _ANOTHER.finditer(before)), default=0) :]
    after = _ANOTHER.split(after, maxsplit=1)[0].partition("\n")[0]
    later, holders = _HOLDER.search(after), list(_HOLDER.finditer(before))
    if later and (not holders or after[0] in "（("):
        line = before.rpartition("\n")[2]
        holder, between = later["name"], after[: later.start()]
        last = _PARTS.split(line.rstrip(_COLONS))[-1]
        is_taken_back = bool(TO_A_PERSON.search(line) or (last and not _LABEL_END.search(last)))
    elif holders:
        holder, between, is_taken_back = holders[-1]["name"], before[holders[-1].end() :], False
    else:
        return bool(_OFFICE_ACCOUNT.search(before))
    parts = _PARTS.split(_OTHER_FIELD.sub(" ", between))
    return is_office_name(holder) and not is_taken_back and all(map(_is_of_account, parts))


def is_office_name(holder: str) -> bool:
    """单位名称 — whether a name ends as an office's or a firm's does (条例 第十五条).

    A name of two signs is a person's: 王所, 陈会.
    """
    return bool(_OFFICE.search(holder)) and (len(holder) > _LONGEST_SHORT_NAME or holder in ("国库", "金库"))


def _is_of_account(part: str) -> bool:
    """Whether a word beside the holder's name speaks of the account itself: its bank, its label."""
    return not part or bool((_FIELD.match(part) or _OFFICE.search(part)) and not TO_A_PERSON.search(part))


def is_row_of_figures(text: str, start: int, end: int, cut: tuple[int, ...]) -> bool:
    """一行统计数字 — whether parts of these lengths may be figures in a row of others (条例 第十五条).

    Two more stand in the line with nothing but blanks between, none of the parts begins with a zero, and beside them
    stands no telephone cut alike.
    """
    parts = text[start:end].split()
    if len(parts) != len(cut) or any(part[0] == "0" and len(part) > 1 for part in parts):
        return False
    before = text[max(0, start - _ROW_REACH) : start].rpartition("\n")[2]
    after = text[end : end + _ROW_REACH].partition("\n")[0]
    beside = "".join(found[0] for found in (_FIGURES_BEFORE.search(before), _FIGURES_AFTER.match(after)) if found)
    if len(beside.split()) < _FEWEST_IN_ROW:
        return False
    alike = r"[ \t]+".join((rf"1[3-9]\d{{{cut[0] - 2}}}", *(rf"\d{{{size}}}" for size in cut[1:])))
    return not (re.search(rf"(?<!\d){alike}\s*\Z", before) or re.match(rf"\s*{alike}(?!\d)", after))
