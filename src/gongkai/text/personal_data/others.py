"""其他个人信息 — passports, plates, mailboxes and addresses in running text: told by shape."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.text.hit import STAR, Hit, Severity
from gongkai.text.personal_data.digits import is_labelled
from gongkai.text.personal_data.kinds import Kind, hit

_LETTER = r"A-Za-z\uff21-\uff3a\uff41-\uff5a"
_DIGIT = "0-9０-９"
_CHINESE = "一二三四五六七八九十"
_PASSPORT = re.compile(
    rf"[EeGgDdSsPpHh\uff25\uff27\uff24\uff33\uff30\uff28](?:[{_LETTER}][{_DIGIT}]{{7}}|[{_DIGIT}]{{8}})(?![{_LETTER}{_DIGIT}])"
)
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z\uff21-\uff3a][·•・.\- ]?"
    rf"[A-HJ-NP-Z{_DIGIT}]{{5,6}}(?![{_LETTER}{_DIGIT}])"
)
_MAILBOX = re.compile(r"[A-Za-z0-9._%+-]{1,64}$")
_DOMAIN = re.compile(r"[@\uff20](?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,10}")
# What an address to the door ends in; the digits before it are looked for only there.
_DOOR = re.compile(
    rf"[室户元组](?:(?<=[{_DIGIT}{_CHINESE}][室户组])|(?<=单元))"
    rf"(?:(?<=组)[{_DIGIT}{_CHINESE}]{{1,4}}号|(?<=单元)[{_DIGIT}]{{1,5}}[室户号]?)?"
)
_NUMBER = f"[{_DIGIT}{_CHINESE}]{{1,5}}"
_ADDRESS = re.compile(
    rf"(?P<place>[\u4e00-\u9fff]{{0,14}}(?:村|社区|小区|花园|家园|公寓))"
    rf"(?P<door>[^\s，。；、,;（）]{{0,12}}?(?:{_NUMBER}(?:号楼|号院|号|组|栋|幢)[^\s，。；、,;]{{0,8}}?(?:单元|室|户|号)"
    rf"|{_NUMBER}组{_NUMBER}号))$"
)
_REACH = 44
_GOVERNMENT = ("gov.cn", ".gov.cn")


def others(text: str) -> Iterator[Hit]:
    """护照号、车牌号、邮箱、住址 — every one in the text."""
    for match in _PASSPORT.finditer(text):
        before = text[max(0, match.start() - 1) : match.start()]
        if not (before.isascii() and before.isalnum()):
            severity = Severity.BLOCK if is_labelled(text, match.start(), "passport") else None
            yield hit(Kind.PASSPORT, match.start(), match[0], severity=severity)
    for match in _PLATE.finditer(text):
        yield hit(Kind.PLATE, match.start(), match[0])
    if "@" in text or "\uff20" in text:
        yield from _mailboxes(text)
    yield from _addresses(text)


def _mailboxes(text: str) -> Iterator[Hit]:
    for match in _DOMAIN.finditer(text):
        name = _MAILBOX.search(text, max(0, match.start() - 64), match.start())
        if name and not match[0][1:].lower().endswith(_GOVERNMENT):
            yield hit(Kind.EMAIL, name.start(), name[0] + match[0])


def _addresses(text: str) -> Iterator[Hit]:
    last = 0
    for door in _DOOR.finditer(text):
        if door.start() < last:
            continue
        line = max(last, text.rfind("\n", 0, door.start()) + 1, door.end() - _REACH)
        if match := _ADDRESS.search(text, line, door.end()):
            last = door.end()
            mask = match["place"] + STAR * len(match["door"])
            yield hit(Kind.ADDRESS, match.start(), match[0], mask)
