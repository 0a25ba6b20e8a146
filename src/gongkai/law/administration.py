"""平台管理事项 — what the three administrators do, apart from one another, as one table (条例 第八条).

三员分立 (GB/T 22239-2019): who makes accounts appoints nobody, who appoints sees no records, who reads the records
changes nothing. `DUTIES` is the whole of it: rooms ask it, documents print it, tests walk it.
"""

from __future__ import annotations

from collections.abc import Collection

from gongkai.law.publishing import ROUTE
from gongkai.law.roles import ADMINISTRATORS, Role
from gongkai.law.terms import Term


class Duty(Term):
    """管理事项 — what an administrator does for a body and for those below it (条例 第八条)."""

    KEEP_BODIES = "keep_bodies", "维护公开主体和内设机构", "条例 第四条"
    KEEP_STAFF = "keep_staff", "维护人员账号", "条例 第四条"
    RESET_PASSWORD = "reset_password", "重设密码", "条例 第八条"
    APPOINT = "appoint", "任命和免去岗位", "条例 第四条"
    UNLOCK = "unlock", "解除登录等候", "条例 第八条"
    END_VISITS = "end_visits", "退出一个人的所有设备", "条例 第八条"
    RESET_SECOND_FACTOR = "reset_second_factor", "撤销动态口令", "条例 第八条"
    KEEP_TOKENS = "keep_tokens", "发放和撤销接口令牌", "条例 第八条"
    ERASE_PERSON = "erase_person", "删除办理记录里的个人信息", "个人信息保护法 第四十七条"
    READ_JOURNAL = "read_journal", "查阅办理记录", "条例 第四十五条"
    VERIFY_JOURNAL = "verify_journal", "核验办理记录", "条例 第四十五条"
    EXPORT_JOURNAL = "export_journal", "导出办理记录", "条例 第四十五条"


DUTIES: dict[Duty, frozenset[Role]] = {
    duty: frozenset({role})
    for role, duties in (
        (Role.SYSTEM_ADMIN, (Duty.KEEP_BODIES, Duty.KEEP_STAFF, Duty.RESET_PASSWORD)),
        (
            Role.SECURITY_ADMIN,
            (
                Duty.APPOINT,
                Duty.UNLOCK,
                Duty.END_VISITS,
                Duty.RESET_SECOND_FACTOR,
                Duty.KEEP_TOKENS,
                Duty.ERASE_PERSON,
            ),
        ),
        (Role.AUDIT_ADMIN, (Duty.READ_JOURNAL, Duty.VERIFY_JOURNAL, Duty.EXPORT_JOURNAL)),
    )
    for duty in duties
}
"""管理事项表 — every duty and the one administrator whose it is (条例 第八条)."""


SECOND_PERSON = frozenset({Duty.RESET_PASSWORD, Duty.RESET_SECOND_FACTOR, Duty.UNLOCK, Duty.KEEP_STAFF, Duty.APPOINT})
"""要另一名管理员同意 — duties that one administrator alone does not do where they are about an administrator: whoever
could, would be all three (GB/T 22239-2019 三员分立)."""
TAKING_OVER = frozenset({Duty.RESET_PASSWORD, Duty.RESET_SECOND_FACTOR})
"""取得账号的 — duties by which whoever does them could come in as the other person (GB/T 22239-2019 三员分立)."""
ALWAYS_SECOND = frozenset({Duty.EXPORT_JOURNAL})
"""总要另一名管理员同意 — what takes out of the house all that is written of everybody (GB/T 22239-2019 三员分立)."""
SECOND_ROLES = frozenset({*ADMINISTRATORS, Role.SECRECY_REVIEWER})
"""要两个人任命的岗位 — given and taken by two administrators: those who guard the others, and whoever alone lifts what
the guard holds back (保密法; 条例 第十七条)."""
SETTLING_DAYS = 30
"""首次设置几天 — after a platform is set up; in them one administrator appoints the secrecy reviewers."""
CONSENT_HOURS = 24
"""同意多久有效 — for whoever asked, and once."""


SEPARATE = frozenset({Role.CLERK, *(role for _, _, role in ROUTE)})
"""分设的岗位 — of these a person holds one in a body, unless the body is small (条例 第十七条)."""


def excluded(role: Role, held: Collection[Role], elsewhere: Collection[Role], *, is_small: bool) -> Role | None:
    """互斥 — the role that keeps a person from this one; None where none does (条例 第八条、第十七条).

    `held`: roles in the same body; `elsewhere`: in all others. An administrator is nothing else, anywhere.
    """
    everywhere = [*held, *elsewhere]
    if role in ADMINISTRATORS:
        return next((each for each in everywhere if each is not role), None)
    administers = next((each for each in everywhere if each in ADMINISTRATORS), None)
    if administers is not None or is_small or role not in SEPARATE:
        return administers
    return next((each for each in held if each in SEPARATE and each is not role), None)


class Event(Term):
    """账号事项 — what the journal says of people and accounts (条例 第四十五条)."""

    SET_UP = "set_up", "启用平台", "条例 第八条"
    END_SETTLING = "end_settling", "结束首次设置", "条例 第八条"
    SIGN_IN = "sign_in", "登录", "条例 第八条"
    SIGN_IN_FAILED = "sign_in_failed", "登录没有成功", "条例 第八条"
    LOCK = "lock", "登录失败过多，要等候", "条例 第八条"
    UNLOCK = "unlock", "解除登录等候", "条例 第八条"
    SIGN_OUT = "sign_out", "退出", "条例 第八条"
    END_VISITS = "end_visits", "退出所有设备", "条例 第八条"
    CHANGE_PASSWORD = "change_password", "修改密码", "条例 第八条"
    RESET_PASSWORD = "reset_password", "重设密码", "条例 第八条"
    PUT_OFF_SECOND_FACTOR = "put_off_second_factor", "推迟开启动态口令", "条例 第八条"
    SET_UP_SECOND_FACTOR = "set_up_second_factor", "开启动态口令", "条例 第八条"
    USE_RECOVERY_CODE = "use_recovery_code", "使用备用码", "条例 第八条"
    RESET_SECOND_FACTOR = "reset_second_factor", "撤销动态口令", "条例 第八条"
    BIND_OPENID = "bind_openid", "绑定统一身份认证", "条例 第八条"
    UNBIND_OPENID = "unbind_openid", "解除统一身份认证的绑定", "条例 第八条"
    ADD_BODY = "add_body", "增加公开主体", "条例 第四条"
    EDIT_BODY = "edit_body", "修改公开主体", "条例 第四条"
    ADD_OFFICE = "add_office", "增加内设机构", "条例 第四条"
    EDIT_OFFICE = "edit_office", "修改内设机构", "条例 第四条"
    ADD_STAFF = "add_staff", "增加人员", "条例 第四条"
    EDIT_STAFF = "edit_staff", "修改人员", "条例 第四条"
    DISABLE_STAFF = "disable_staff", "停用账号", "条例 第四条"
    ENABLE_STAFF = "enable_staff", "恢复账号", "条例 第四条"
    APPOINT = "appoint", "任命岗位", "条例 第四条"
    END_APPOINTMENT = "end_appointment", "免去岗位", "条例 第四条"
    ASK_CONSENT = "ask_consent", "请另一名管理员同意", "条例 第八条"
    GIVE_CONSENT = "give_consent", "同意另一名管理员", "条例 第八条"
    REFUSE_CONSENT = "refuse_consent", "不同意另一名管理员", "条例 第八条"
    ERASE = "erase", "删除个人信息", "个人信息保护法 第四十七条"
    EXPORT_JOURNAL = "export_journal", "导出办理记录", "条例 第四十五条"
