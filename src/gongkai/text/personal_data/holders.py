"""账号是谁的 — whether the words beside a number of an account name a person as its holder (个人信息保护法 第二十八条).

户名：王建军，账号：605612345678901234      王建军 卡（折）号：605612345678901234      账号605612345678901234（李红）
"""

from __future__ import annotations

import re

from gongkai.text.personal_data.kinds import DATA
from gongkai.text.personal_data.others import SURNAMES
from gongkai.text.personal_data.saying import is_office_name
from gongkai.text.personal_data.signs import CELL_END

_WORDS = DATA["accounts"]
APART = rf"[\s{CELL_END}，,、:：|]"
NAME = rf"(?:[{SURNAMES}]|{'|'.join(_WORDS['surnames'])})[\u4e00-\u9fff]{{1,2}}"
_NO_NAMES = re.compile(rf"[{_WORDS['no_names']}]\Z|{'|'.join(_WORDS['no_persons'])}")
_HOLDERS = "|".join(map(re.escape, _WORDS["persons"]))
_SAID = re.compile(rf"(?:{_HOLDERS})(?:姓名|名称)?(?:为|是)?[\s:：（(]{{0,3}}(?P<name>{NAME})(?![\u4e00-\u9fff])")
_BEFORE = re.compile(
    rf"(?<!人：)(?<!人:)(?<!人)(?:^|(?<=[\s{CELL_END}，,、;；:：。|(（.．\d]))(?P<name>{NAME})(?:同志|先生|女士)?(?:{APART}|[)）（(]|的){{1,4}}"
    rf"(?:[^\d\n。；;，,]{{0,14}}(?:{'|'.join(_WORDS['banks'])})[^\d\n。；;，,]{{0,8}}[，,、]\s?)?[^\d\n。；;，,]{{0,20}}\Z"
)
"""A name, the bank and the label; of 联系人：王建军 it is not said whose the account is."""
_AFTER = re.compile(rf"\s?[(（]\s?(?P<name>{NAME})\s?[)）]")
_ENDS = re.compile(r"[\n。]")
_REACH = 60


def is_persons(text: str, start: int, end: int) -> bool:
    """个人账号 — whether a person is said to hold the account of this number, in its line and its sentence."""
    before = _ENDS.split(text[max(0, start - _REACH) : start])[-1]
    after = _ENDS.split(text[end : end + _REACH], maxsplit=1)[0]
    if before.isascii() and after.isascii():
        return False
    found = (*_SAID.finditer(before), *_SAID.finditer(after), _BEFORE.search(before), _AFTER.match(after))
    return any(one is not None and is_person(one["name"]) for one in found)


def is_person(name: str) -> bool:
    """人名 — whether what has the shape of a name is no word of offices (条例 第十五条)."""
    return not (_NO_NAMES.search(name) or is_office_name(name))
