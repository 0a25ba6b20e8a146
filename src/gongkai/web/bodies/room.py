"""公开主体一室 — what the room offers the house: of which of its tables the rows are sealed in the journal (条例
第四十五条)."""

from __future__ import annotations

from gongkai.web.bodies.models import Appointment, Body, Consent, Office, Staff
from gongkai.web.journal.sealed_rows import Kept

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
)
not_kept = {
    "bodies.tries": "登录失败的计数，过后就清",
    "bodies.signin": "登录地址，六个月以后删除；登录本身有记录",
    "bodies.pastpassword": "用过的密码，只用来不让再用",
    "bodies.secondfactor": "动态口令用一次变一次；开启、撤销有记录",
    "bodies.recoverycode": "备用码用一次少一个；用了有记录",
    "bodies.unsent": "还没有提交的字",
}
"""不比对的表 — each with the reason (条例 第四十五条)."""
