"""办理记录的说法 — an entry in words: the act by its label, the actor and the subject by what they are now."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from gongkai.law.administration import Duty, Event
from gongkai.law.publishing import Act, State
from gongkai.law.roles import ADMINISTRATORS, Role
from gongkai.law.scope import Openness
from gongkai.law.secrecy import Answer, Conclusion
from gongkai.law.terms import Term
from gongkai.law.withdrawal import WithdrawalGround
from gongkai.web.bodies.models import Body, Level, Staff
from gongkai.web.journal.actions import PLATFORM
from gongkai.web.journal.models import Entry
from gongkai.web.journal.sealed_rows import FACT as ROWS

ACTS = {
    **{f"holdings.{act}": act.label for act in Act},
    "files.receive": "收下附件",
    "files.inspect": "机检附件",
    "files.copy": "制作公开副本",
    "files.scan": "查毒",
    "files.open": "打开原件",
    "files.publish": "公开附件",
    "files.unpublish": "撤下附件",
    "files.quarantine": "隔离附件",
    "files.release": "解除隔离",
    "files.purge": "销毁附件",
    "files.ask_purge": "请求销毁附件",
    "holdings.emptied": "升级时清除涉密内容",
    "holdings.recount": "重算公开期限",
    "holdings.not_out": "定的时间到了，没有公开",
    "holdings.columns": "铺设栏目",
    "holdings.repeals": "被另一件标为废止",
    "holdings.amends": "被另一件标为已修改",
    "holdings.interprets": "被另一件解读",
    "holdings.replaces": "被另一件代替",
    "bodies.use_consent": "用了另一名管理员的同意",
    "journal.stock": "盘存各表各行",
    "api.make_token": "发放接口令牌",
    "api.revoke_token": "撤销接口令牌",
    **{str(event): event.label for event in Event},
}
"""步骤和事项 — what the rooms write into the journal, code to label."""
_TERMS: tuple[type[Term], ...] = (Duty, Role, State, Openness, Conclusion, Answer, WithdrawalGround, Level)
_CODES = {
    **{str(term): term.label for kind in _TERMS for term in kind},
    "openid": "统一身份认证",
    "sm3": "SM3",
    "sha256": "SHA-256",
    "stripped": "去除隐藏内容",
    "masked": "遮盖个人信息",
    "waiting": "等待查毒",
    "clean": "没有发现病毒",
    "not_configured": "没有配置查毒",
    "infected": "发现病毒",
    "failed": "查毒没有完成",
}
"""代码的说法 — values that rooms write; of those that stand above this one, as they are told there."""
BODY_FIELDS = {
    "name": "全称",
    "short_name": "简称",
    "level": "层级",
    "uscc": "统一社会信用代码",
    "region": "行政区划代码",
    "code": "机构代码",
    "index_template": "索引号的写法",
    "number_prefix": "发文字号的机关代字",
    "is_small": "小单位：一个人可以担任几个审核岗位，但不能连办两步",
    "is_active": "在用",
    "order": "排在第几",
    "office_name": "机构名称",
    "address": "办公地址",
    "office_hours": "办公时间",
    "telephone": "联系电话",
    "fax": "传真号码",
    "postcode": "邮政编码",
    "email": "电子邮箱",
}
"""主体的各栏 — as the form and the journal call them (条例 第十二条)."""
_OF_VALUES: dict[str, Mapping[str, str]] = {
    "changed": {**BODY_FIELDS, "is_small": "小单位", "office": "内设机构"},
    "scopes": {"read": "查询办理状态", "draft": "起草和上传附件", "submit": "送初审"},
}
"""各事项自己的说法 — where the same code has another meaning elsewhere."""
FACTS = {
    "duty": "事项",
    "consent": "请求",
    "clock_corrected": "时钟改正以后的",
    "role": "岗位",
    "body": "主体",
    "parent": "上级",
    "level": "层级",
    "changed": "改了",
    "office": "内设机构",
    "idle": "久未操作",
    "from": "原来",
    "to": "现在",
    "version": "版本",
    "personal": "个人信息的校验值",
    "address": "登录地址",
    "opinion": "意见",
    "name": "名称",
    "digest": "内容的校验值",
    "copy": "副本",
    "kind": "种类",
    "outcome": "结论",
    "again_on": "再看的日子",
    "versions": "清空的版本",
    "files": "附件",
    "copies": "副本",
    "count": "次数",
    "over": "登录满时",
    "is_office_mobile": "确认手机号码是机构用的",
    "way": "怎样登录",
    "index": "索引号",
    "by": "由哪一件",
    "on": "日期",
    "at": "时间",
    "next_on": "下次评估",
    "ground": "事由",
    "snapshot": "快照的校验值",
    "combined": "两个岗位同一人",
    "sent_by": "报送的人",
    "tables": "盘过的表",
    "file": "附件",
    "hit": "命中的校验值",
    "hits": "机检命中",
    "hidden": "隐藏内容",
    "unread": "没有看到的",
    "size": "字节",
    "algorithm": "校验算法",
    "scan": "查毒",
    "staff": "代表谁",
    "scopes": "权限",
    "days": "天数",
    "is_disclosure_office": "政府信息公开工作机构",
    **{str(role): role.label for role in ADMINISTRATORS},
}
_PEOPLE = frozenset({"staff", "sent_by", *map(str, ADMINISTRATORS)})
"""说的是人 — facts that hold the numbers of people."""
_THINGS = {
    "holdings.item": "政府信息",
    "files.file": "附件",
    "bodies.body": "主体",
    "bodies.staff": "人员",
    "api.token": "接口令牌",
}
WAITING = {"bodies.tries:address": "一个地址的登录等候", "bodies.tries:all": "所有的登录等候"}
"""解除的范围 — as the journal has what the console ended for more than one name."""
_STAFF = re.compile(r"(?:bodies\.)?staff:(\d{1,18})")


@dataclass(frozen=True, slots=True)
class Row:
    """一行 — an entry, and how it is said."""

    entry: Entry
    chain: str
    act: str
    actor: str
    subject: str
    facts: tuple[tuple[str, str], ...]


SET_UP_BY = "启用平台的人（网页上，凭启用码）"
"""启用平台的人 — nobody is signed in yet; whoever set it up had the token of the console, and a browser."""


def named(entries: Iterable[Entry]) -> list[Row]:
    """说成话 — entries with the names of people and bodies, two queries for all of them."""
    listed = list(entries)
    people = dict(Staff.objects.filter(id__in=set(_numbers(listed))).values_list("id", "name"))
    known = list(Body.objects.values_list("id", "slug", "short_name"))
    bodies = {slug: name for _, slug, name in known} | {PLATFORM: "平台"}
    by_number = {str(number): name for number, _, name in known}
    return [
        Row(
            each,
            bodies.get(each.chain.code, each.chain.code),
            ACTS.get(each.act, each.act),
            SET_UP_BY if each.act == Event.SET_UP else _actor(each.actor, people),
            _subject(each.subject, people, by_number),
            tuple(
                (FACTS.get(name, name), _value(name, value, bodies, people))
                for name, value in each.facts.items()
                if value is not None and name != ROWS
            ),
        )
        for each in listed
    ]


def _numbers(entries: Iterable[Entry]) -> Iterator[int]:
    """Of everybody who is named in them."""
    for each in entries:
        for match in (_STAFF.fullmatch(each.actor), _STAFF.fullmatch(each.subject)):
            if match:
                yield int(match[1])
        for name in _PEOPLE & each.facts.keys():
            value = each.facts[name]
            yield from (number for number in (value if isinstance(value, list) else [value]) if isinstance(number, int))


def _actor(actor: str, people: Mapping[int, str]) -> str:
    if match := _STAFF.fullmatch(actor):
        return people.get(int(match[1]), actor)
    return {"anonymous": "没有登录的人", "console": "命令行", "platform": "平台"}.get(actor, actor)


def _subject(subject: str, people: Mapping[int, str], bodies: Mapping[str, str]) -> str:
    if subject in WAITING:
        return WAITING[subject]
    kind, _, number = subject.partition(":")
    if kind == "bodies.staff":
        return people.get(int(number), subject) if number.isdigit() else "没有这个登录名"
    if kind == "bodies.body" and number in bodies:
        return bodies[number]
    return f"{_THINGS[kind]} {number}" if kind in _THINGS else subject


def _value(name: str, value: object, bodies: Mapping[str, str], people: Mapping[int, str]) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(_value(name, each, bodies, people) for each in value) or "没有"
    if isinstance(value, dict):
        return "；".join(f"{FACTS.get(key, key)} {each}" for key, each in value.items())
    if name in _PEOPLE and isinstance(value, int):
        return people.get(value, str(value))
    if name == "by":
        return f"{_THINGS['holdings.item']} {value}"
    if name == "at":
        return _at(str(value))
    said = str(value)
    own = _OF_VALUES.get(name)
    return own.get(said, said) if own else _CODES.get(said) or bodies.get(said) or said


def _at(said: str) -> str:
    try:
        return f"{timezone.localtime(datetime.fromisoformat(said)):%Y-%m-%d %H:%M}"
    except ValueError:
        return said


def subjects(asked: str) -> list[str] | None:
    """哪一件 — as the journal writes what was asked for: “政府信息 12”, 12, or as it stands there; None: unreadable."""
    asked = " ".join(unicodedata.normalize("NFKC", asked).split())
    if re.fullmatch(r"[a-z.]+:[a-z0-9]+", asked):
        return [asked]
    named_so = re.fullmatch(rf"({'|'.join(_THINGS.values())}|[A-Za-z ]+)? ?([0-9]{{1,18}})", asked)
    if named_so is None:
        return None
    kinds = [kind for kind, name in _THINGS.items() if name == named_so[1]] or list(_THINGS)
    return [f"{kind}:{int(named_so[2])}" for kind in kinds]
