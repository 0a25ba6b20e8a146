"""办理记录的说法 — an entry in words: the act by its label, the actor and the subject by what they are now."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gongkai.law.administration import Event
from gongkai.law.publishing import Act, State
from gongkai.law.roles import Role
from gongkai.law.scope import Openness
from gongkai.law.secrecy import Conclusion
from gongkai.web.bodies.models import Body, Staff
from gongkai.web.journal.actions import PLATFORM
from gongkai.web.journal.models import Entry

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
    **{str(event): event.label for event in Event},
}
"""步骤和事项 — what the rooms write into the journal, code to label."""
_CODES = {str(term): term.label for kind in (Role, State, Openness, Conclusion) for term in kind}
_FACTS = {
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
}
_THINGS = {"holdings.item": "政府信息", "files.file": "附件", "bodies.body": "主体", "bodies.staff": "人员"}
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


def named(entries: Iterable[Entry]) -> list[Row]:
    """说成话 — entries with the names of people and bodies, two queries for all of them."""
    listed = list(entries)
    told = [
        match for each in listed for match in (_STAFF.fullmatch(each.actor), _STAFF.fullmatch(each.subject)) if match
    ]
    people = dict(Staff.objects.filter(id__in={int(match[1]) for match in told}).values_list("id", "name"))
    bodies = dict(Body.objects.values_list("slug", "short_name")) | {PLATFORM: "平台"}
    return [
        Row(
            each,
            bodies.get(each.chain.code, each.chain.code),
            ACTS.get(each.act, each.act),
            _actor(each.actor, people),
            _subject(each.subject, people),
            tuple((_FACTS.get(name, name), _value(value, bodies)) for name, value in each.facts.items()),
        )
        for each in listed
    ]


def _actor(actor: str, people: Mapping[int, str]) -> str:
    if match := _STAFF.fullmatch(actor):
        return people.get(int(match[1]), actor)
    return {"anonymous": "没有登录的人", "console": "命令行", "platform": "平台"}.get(actor, actor)


def _subject(subject: str, people: Mapping[int, str]) -> str:
    if subject in WAITING:
        return WAITING[subject]
    kind, _, number = subject.partition(":")
    if kind == "bodies.staff":
        return people.get(int(number), subject) if number.isdigit() else "没有这个登录名"
    return f"{_THINGS[kind]} {number}" if kind in _THINGS else subject


def _value(value: object, bodies: Mapping[str, str]) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(_value(each, bodies) for each in value)
    if isinstance(value, dict):
        return "；".join(f"{_FACTS.get(name, name)} {each}" for name, each in value.items())
    return _CODES.get(str(value)) or bodies.get(str(value)) or str(value)
