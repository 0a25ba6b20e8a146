"""主体和人员一室 — what the room offers the house: its words for the journal, and of which of its
tables the rows are sealed there (条例 第四十五条)."""

from __future__ import annotations

from gongkai.law.administration import Duty, Event
from gongkai.law.roles import ADMINISTRATORS, Role
from gongkai.web.bodies.models import (
    Appointment,
    Body,
    Consent,
    Level,
    Office,
    OpenidBinding,
    RecoveryCode,
    SecondFactor,
    Staff,
)
from gongkai.web.bodies.names import folded
from gongkai.web.bodies.wording import BODY_FIELDS
from gongkai.web.journal.room import JOURNAL_WORDS as _JOURNAL
from gongkai.web.journal.rooms import Named, Numbers, Thing, Words
from gongkai.web.journal.sealed_rows import Kept


def _people(numbers: Numbers, _reader: object) -> dict[int, Named]:
    return {number: Named(name) for number, name in Staff.objects.filter(id__in=numbers).values_list("id", "name")}


def _people_called(asked: str) -> list[int]:
    both = Staff.objects.filter(name=asked) | Staff.objects.filter(username=folded(asked))
    return list(both.values_list("id", flat=True)[:20])


def _bodies(numbers: Numbers, _reader: object) -> dict[int, Named]:
    return {number: Named(name) for number, name in Body.objects.filter(id__in=numbers).values_list("id", "short_name")}


def _bodies_called(asked: str) -> list[int]:
    both = Body.objects.filter(name=asked) | Body.objects.filter(short_name=asked)
    return list(both.values_list("id", flat=True)[:20])


def _offices(numbers: Numbers, _reader: object) -> dict[int, Named]:
    return {number: Named(name) for number, name in Office.objects.filter(id__in=numbers).values_list("id", "name")}


JOURNAL_WORDS = Words(
    acts={
        **{str(event): event.label for event in Event if str(event) not in _JOURNAL.acts},
        "bodies.use_consent": "用了另一名管理员的同意",
        "bodies.prepare_second_factor": "备好动态口令",
    },
    facts={
        "duty": "事项",
        "consent": "请求第 {value} 号",
        "role": "岗位",
        "body": "主体",
        "parent": "上级",
        "level": "层级",
        "changed": "改了",
        "office": "内设机构",
        "idle": "久未操作",
        "lost": "手机丢了",
        "openid": "统一身份认证里的人",
        "settling": "首次设置期间，一名管理员任命",
        "address": "登录地址",
        "opinion": "意见",
        "name": "名称",
        "count": "{value} 次",
        "over": "登录满时",
        "way": "用{value}登录",
        "is_office_mobile": "确认手机号码是机构用的",
        "is_disclosure_office": "政府信息公开工作机构",
        **{str(role): role.label for role in ADMINISTRATORS},
    },
    codes={
        **{str(term): term.label for kind in (Duty, Role, Level) for term in kind},
        "openid": "统一身份认证",
    },
    of_facts={"changed": {**BODY_FIELDS, "is_small": "小单位", "office": "内设机构"}},
    refers={"office": "bodies.office"} | {str(role): "bodies.staff" for role in ADMINISTRATORS},
    things={
        "bodies.body": Thing("主体", _bodies, _bodies_called),
        "bodies.staff": Thing("人员", _people, _people_called),
        "bodies.office": Thing("内设机构", _offices),
    },
    subjects={
        "bodies.tries:address": "一个地址的登录等候",
        "bodies.tries:all": "所有的登录等候",
        "bodies.staff:unknown": "没有这个登录名",
    },
    actors={"anonymous": "没有登录的人"},
    kinds={"staff": "bodies.staff"},
)
"""用语 — what is written down of people and bodies."""

kept_rows = (
    Kept(Body, "bodies.body", "pk", "name"),
    Kept(Office, "bodies.body", "body_id", "name"),
    Kept(
        Staff,
        "bodies.staff",
        "pk",
        "name",
        free={"last_login": "登录一次变一次，登录自己有记录", "visits": "退出所有设备时加一，只管会话"},
    ),
    Kept(Appointment, "bodies.staff", "staff_id", "staff__name"),
    Kept(Consent, "bodies.staff", "about_id", "about__name"),
    Kept(OpenidBinding, "bodies.staff", "staff_id", "staff__name"),
    Kept(
        SecondFactor,
        "bodies.staff",
        "staff_id",
        "staff__name",
        free={"last_counter": "动态口令用一次变一次，只管一个口令不用两次"},
    ),
    Kept(RecoveryCode, "bodies.staff", "staff_id", "staff__name"),
)
not_kept = {
    "bodies.tries": "登录失败的计数，过后就清",
    "bodies.signin": "登录地址，六个月以后删除；登录本身有记录",
    "bodies.pastpassword": "用过的密码，只用来不让再用",
    "bodies.unsent": "还没有提交的字",
}
"""不比对的表 — each with the reason (条例 第四十五条)."""
