"""其他个人信息 — plates, mailboxes, accounts and addresses in running text: told by shape."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from gongkai.text.hit import STAR, Hit
from gongkai.text.personal_data.kinds import Kind, hit
from gongkai.text.personal_data.permits import LABELS, LETTERED, labelled, lettered, machine_read, with_star
from gongkai.text.personal_data.saying import TORN

_LETTER = r"A-Za-z\uff21-\uff3a\uff41-\uff5a"
_DIGIT = "0-9\uff10-\uff19"
_CHINESE = "一二三四五六七八九十"
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PLATE = (
    rf"(?<=[{_PROVINCES}])[A-HJ-NP-Z\uff21-\uff3a][·•・.\- ]?"
    rf"[A-HJ-NP-Z{_DIGIT}]{{5,6}}(?![{_LETTER}{_DIGIT}])"
)
_MAILBOX = re.compile(rf"[{_LETTER}{_DIGIT}._%+\uff3f\uff0e\uff0d-]{{1,64}}$")
_DOMAIN = re.compile(rf"[@\uff20](?:[{_LETTER}{_DIGIT}-]{{1,63}}[.\uff0e。]){{1,4}}[{_LETTER}]{{2,10}}")
_FULL_STOPS = str.maketrans("\uff0e。", "..")
_GOVERNMENT = ("gov.cn", ".gov.cn")
_ACCOUNT = (
    r"(?:(?<=微)\s?信|(?<=[Ww])(?:e[Cc]hat|ECHAT)|(?<=Q)Q|(?<=q)q|(?<=扣)扣)(?:号码?|账号|帐号|ID)?(?:为|是)?[\s:：]{0,4}"
    r"(?P<name>(?<=[\s:：号码是为信])[A-Za-z][A-Za-z0-9_-]{5,19}"
    rf"|(?<=[\s:：号码是为Qq扣])[1-9]\d{{4,10}}(?!\d|元(?![\u4e00-\u9fff]|{TORN})))"
    r"|(?<=w)(?<![A-Za-z0-9]w)(?P<id>xid_[A-Za-z0-9_-]{4,})"
)

# What an address to the door ends in; the digits before it are looked for only there.
_DOOR = (
    rf"(?:(?<=[{_DIGIT}{_CHINESE}][室户组房])|(?<=单)元)"
    rf"(?:(?<=组)[{_DIGIT}{_CHINESE}]{{1,4}}号|(?<=单元)[{_DIGIT}]{{1,5}}[室户号]?)?"
)
_NUMBER = f"[{_DIGIT}{_CHINESE}]{{1,5}}"
_ADDRESS = re.compile(
    rf"(?P<place>[\u4e00-\u9fff]{{0,14}}(?:村|社区|小区|花园|家园|公寓))"
    rf"(?P<door>[^\s，。；、,;（）]{{0,12}}?(?:{_NUMBER}(?:号楼|号院|号|组|栋|幢)[^\s，。；、,;]{{0,8}}?(?:单元[{_DIGIT}]{{0,5}}|室|户|号|房)"
    rf"|{_NUMBER}组{_NUMBER}号))$"
)
_ROAD = re.compile(
    rf"(?P<place>[\u4e00-\u9fff]{{0,24}}(?:路|街|巷|大道|胡同|里|道|苑|城|府|庄|园))"
    rf"(?P<door>{_NUMBER}(?:号|弄|巷)?[^\s，。；、,;（）]{{0,10}}?(?:{_NUMBER}(?:号楼|栋|幢|单元|号)|(?<=号))"
    rf"[^\s，。；、,;（）楼]{{0,8}}?{_NUMBER}?(?:单元[{_DIGIT}]{{0,5}}|室|户|房))$"
)
# 住 before it makes a house of a number in a road.
_HOME = (
    rf"(?:(?<=家)(?:住|庭住?[地住]址)|(?<=现)住址?|(?<=居)住[在于]|(?<=户)籍(?:所在地|地址|地)|(?<=住)址|(?<=[，。；、\s某男女]住))"
    rf"[:：在于]?\s?(?P<place>[\u4e00-\u9fff]{{2,24}}(?:路|街|巷|弄|大道|胡同|村|组|庄|里|道))"
    rf"(?P<number>[甲乙丙丁]?{_NUMBER}(?:号|弄|组)[^\s，。；、,;（）]{{0,14}})"
)
_WAYS = "村路街巷弄庄苑里道屯寨营湾"
_NUMBERED = re.compile(
    "号(?:" + "|".join(rf"(?<=[{_WAYS}甲乙丙丁][{_DIGIT}{_CHINESE}]{{{size}}}号)" for size in range(1, 5)) + ")"
)
"""A number of a house in a road; whose it is, is to be seen before it."""
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔"
    "谭陆范汪廖石金贾夏付方邹熊白孟秦邱侯江尹薛闫雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常"
)
_OWNERS = "被征收人|产权人|所有权人|权利人|业主|房主|户主|承租人|申请人|当事人|被执行人|被申请人|受助人|救助对象|住户"
_NO_NAME = "区县市省镇乡村路街巷店厂院所站局处科股委办园桥港湾"
_HERS = re.compile(
    rf"(?:(?:^|[\s，。；、,;：:|(（])(?:{_OWNERS})?[{SURNAMES}](?:[\u4e00-\u9fff某×](?![{_NO_NAME}][^\u4e00-\u9fff])){{1,2}}"
    rf"(?<![{_NO_NAME}])[\s，,、|:：]{{1,3}}|(?:{_OWNERS})[^\n。；]{{0,14}}?(?=房屋|坐落|位于|住))"
    rf"(?:房屋)?(?:(?:坐落|位)[于在]?|现?住(?:所地?|址|[于在])?)?[:：]?"
    rf"(?P<place>[\u4e00-\u9fff]{{1,20}}[{_WAYS}])(?P<number>[甲乙丙丁]?{_NUMBER}号)\Z",
    re.MULTILINE,
)
"""A person, and nothing but marks before the address; or one whose house it is."""
_TO = r"[-\u2010-\u2015\uff0d#]"
_ESTATES = "苑湾庭府城邸园村里区寓"
_AT_ESTATE = (
    rf"\s?(?P<estate_door>"
    rf"(?!(?:19|20)[{_DIGIT}]{{2}})[{_DIGIT}A-Za-z]{{1,4}}{_TO}[{_DIGIT}]{{1,4}}(?:{_TO}[{_DIGIT}]{{1,5}}){{0,2}}(?![{_DIGIT}年%％倍])"
    rf"|[{_DIGIT}{_CHINESE}A-Za-z]{{1,4}}(?:号楼|[栋幢座])(?:[{_DIGIT}]{{1,2}}单元)?[{_DIGIT}]{{2,5}}[室号户]?(?![{_DIGIT}])"
    rf"|{_NUMBER}[组队]{_NUMBER}号)"
)
"""A door by building, stair and floor, which ends in no word: 12-3-402, A座1203."""
_ESTATE = rf"(?<=[{_ESTATES}])(?:(?<![区寓])|(?<=[小社]区)|(?<=公寓))(?={_AT_ESTATE})"
"""Nothing of the door is consumed: other kinds may begin there."""
_OF_PERSON = re.compile(
    rf"(?:(?:^|[\s，。；、,;：:|(（])(?:{_OWNERS})?[{SURNAMES}](?:[\u4e00-\u9fff某×](?![{_NO_NAME}][^\u4e00-\u9fff])){{1,2}}"
    rf"(?<![{_NO_NAME}庄屯寨营])[\s，,、|:：（(]{{1,3}}(?:(?:[男女]|汉族|\d{{1,3}}岁)[，,、\s]{{1,2}}){{0,3}}"
    r"(?:(?:现|家庭?)?住(?:所地?|址|[于在])?)?[:：]?"
    r"|(?:家住|现住址?|家庭[住地]址|居住[于在]|住址|户籍(?:所在)?地址?)[:：在于]?\s?)"
    r"(?P<place>[\u4e00-\u9fff]{1,24})\Z",
    re.MULTILINE,
)
_TO_THE_DOOR = re.compile(
    rf"[{_DIGIT}{_CHINESE}甲乙丙丁{_LETTER}]+"
    rf"(?:[{_DIGIT}#\uff03\uff0d-]*(?:号|弄|栋|幢|座|单元|室|户|房)(?![村乡镇屯])|[#\uff03\uff0d-][{_DIGIT}]+)"
    rf"|[{_DIGIT}]{{1,5}}$"
)
"""A group of a village is no door: 示范村三组 may be written."""
_OFFICE = re.compile(
    "行政|政务|中心|大厦|办公|大楼|政府|机关|大厅|法院|公司|学校|医院|委员会"
    "|[局厅院所馆](?![\u4e00-\u9fff]*(?:小区|家属))"
)
_REACH = 44
# One expression for what is rare, by its first sign: each of its own would cost as much as all of them.
_FIRST = "".join({word[0] for word in LABELS})
_LABEL = f"(?<=[{_FIRST}])(?:{'|'.join(sorted({word[1:] for word in LABELS}))})"
_ANY = re.compile(
    rf"[{_LETTER}{_PROVINCES}{_ESTATES}室户单组房微扣家现居住{_FIRST}]"
    rf"(?:(?P<estate>{_ESTATE})|(?<![{_ESTATES}])(?:(?P<letters>{LETTERED})|(?P<plate>{_PLATE})|(?P<label>{_LABEL})|(?P<account>{_ACCOUNT})|(?P<home>{_HOME})"
    rf"|(?P<door>{_DOOR})))"
)


def others(text: str) -> Iterator[Hit]:
    """证件号、车牌号、邮箱、网络账号、住址 — every one in the text."""
    last, has_label = 0, False
    for match in _ANY.finditer(text):
        if match.lastgroup == "label":
            has_label = True
        elif match.lastgroup == "door":
            if match.start() >= last and (found := _address(text, last, match)):
                yield found
                last = found.end
        else:
            yield from _FOUND[match.lastgroup or ""](text, match)
    if has_label:
        yield from labelled(text)
    if "*" in text or "\uff0a" in text:
        yield from with_star(text)
    if "<<" in text:
        yield from machine_read(text)
    yield from _mailboxes(text)
    yield from _houses(text)


def _plate(_: str, match: re.Match[str]) -> Iterator[Hit]:
    yield hit(Kind.PLATE, match.start(), match[0])


def _account(_: str, match: re.Match[str]) -> Iterator[Hit]:
    if match["name"]:
        yield hit(Kind.ACCOUNT, match.start("name"), match["name"])
    else:
        yield hit(Kind.ACCOUNT, match.start(), match[0])


def _home(_: str, match: re.Match[str]) -> Iterator[Hit]:
    if not _OFFICE.search(match["place"]) and _TO_THE_DOOR.search(match["number"]):
        yield _masked(match.start("place"), match["place"], match["number"])


def to_the_door(text: str) -> int | None:
    """门牌 — the place in an address at which the number of a house or a room begins, if it has one (条例 第十五条)."""
    found = _TO_THE_DOOR.search(text)
    return found and found.start()


def is_of_office(place: str) -> bool:
    """单位地址 — whether the words of an address are those of an office (条例 第十五条)."""
    return bool(_OFFICE.search(place.replace("号院", "号")))


def _mailboxes(text: str) -> Iterator[Hit]:
    for sign in "@\uff20":
        at = text.find(sign)
        while at >= 0:
            domain = _DOMAIN.match(text, at)
            name = domain and _MAILBOX.search(text, max(0, at - 64), at)
            if domain and name and not domain[0][1:].translate(_FULL_STOPS).lower().endswith(_GOVERNMENT):
                yield hit(Kind.EMAIL, name.start(), name[0] + domain[0])
            at = text.find(sign, at + 1)


def _houses(text: str) -> Iterator[Hit]:
    """A house in a road or a village, beside the name of a person."""
    for door in _NUMBERED.finditer(text):
        line = max(text.rfind("\n", 0, door.start()) + 1, door.end() - _REACH)
        found = _HERS.search(text, line, door.end())
        if found and not _OFFICE.search(found["place"]):
            yield _masked(found.start("place"), found["place"], found["number"])


def _estate(text: str, door: re.Match[str]) -> Iterator[Hit]:
    """A door in an estate or a village, behind the name of a person or 住址."""
    end = door.end()
    line = max(text.rfind("\n", 0, end) + 1, end - _REACH)
    found = _OF_PERSON.search(text, line, end)
    if found and not _OFFICE.search(found["place"]):
        yield _masked(found.start("place"), found["place"], text[end : door.end("estate_door")])


_FOUND: dict[str, Callable[[str, re.Match[str]], Iterator[Hit]]] = {
    "letters": lettered,
    "plate": _plate,
    "account": _account,
    "home": _home,
    "estate": _estate,
}


def _address(text: str, last: int, door: re.Match[str]) -> Hit | None:
    line = max(last, text.rfind("\n", 0, door.start()) + 1, door.end() - _REACH)
    match = _ADDRESS.search(text, line, door.end())
    if not match:
        match = _ROAD.search(text, line, door.end())
        match = None if match and is_of_office(match[0]) else match
    return _masked(match.start(), match["place"], match["door"]) if match else None


def _masked(start: int, place: str, door: str) -> Hit:
    """Of an address the place stays, the door goes."""
    return hit(Kind.ADDRESS, start, place + door, place + STAR * len(door))
