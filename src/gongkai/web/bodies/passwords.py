"""密码规则 — long enough, of three kinds of characters, not known, not used before (GB/T 22239-2019 身份鉴别)."""

from __future__ import annotations

import secrets
import string
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from gongkai.web.bodies.models import Staff
from gongkai.web.bodies.names import folded

KINDS_WANTED = 3
_LONGEST = 128
_UNMISTAKABLE = "".join(sorted(set(string.ascii_letters + string.digits) - set("0O1lI")))


class WeakPasswordError(Exception):
    """密码不合要求 — everything that is wrong with it, as templates with their values (GB/T 22239-2019 身份鉴别).

    `is_known`: whether the one who gave it knows the password of now.
    """

    def __init__(self, faults: list[tuple[str, dict[str, object]]], *, is_known: bool = True) -> None:
        super().__init__("；".join(template.format(**values) for template, values in faults))
        self.faults, self.is_known = faults, is_known


def check(password: str, staff: Staff, *, is_known: bool = True) -> None:
    """合不合要求 — WeakPasswordError where a new password of a person does not keep to the rules.

    `is_known`: whether the password of now was given; what was used before is compared then alone.
    """
    faults = list(_faults(password, staff, is_known=is_known))
    if faults:
        raise WeakPasswordError(faults, is_known=is_known)


def _faults(password: str, staff: Staff, *, is_known: bool) -> Iterator[tuple[str, dict[str, object]]]:
    shortest: int = settings.PASSWORD_LENGTH
    if not shortest <= len(password) <= _LONGEST:
        yield (
            "密码应有 {shortest} 到 {longest} 个字符，现在是 {length} 个。",
            {
                "shortest": shortest,
                "longest": _LONGEST,
                "length": len(password),
            },
        )
    if (kinds := _kinds(password)) < KINDS_WANTED:
        yield (
            "大写字母、小写字母、数字、符号，至少要有 {wanted} 种，现在有 {kinds} 种。",
            {
                "wanted": KINDS_WANTED,
                "kinds": kinds,
            },
        )
    if len(staff.username) >= 3 and staff.username in folded(password):
        yield "密码里不要有登录名“{username}”。", {"username": staff.username}
    try:
        CommonPasswordValidator().validate(password)
    except ValidationError:
        yield "这个密码很多人在用，容易被猜到。请换一个。", {}
    if is_known and _was_used(password, staff):
        yield "最近 {count} 个密码里用过它。请换一个没用过的。", {"count": settings.PASSWORD_HISTORY}


def _kinds(password: str) -> int:
    tests = (str.isupper, str.islower, str.isdigit, lambda c: not c.isalnum())
    return sum(any(test(character) for character in password) for test in tests)


def _was_used(password: str, staff: Staff) -> bool:
    past = staff.past_passwords.order_by("-at", "-id").values_list("encoded", flat=True)[: settings.PASSWORD_HISTORY]
    return any(check_password(password, encoded) for encoded in {staff.password, *past} if encoded)


def initial() -> str:
    """初始密码 — for a first sign-in, after which it must be changed; no characters that look alike."""
    return "-".join("".join(secrets.choice(_UNMISTAKABLE) for _ in range(5)) for _ in range(3))


def must_change(staff: Staff, now: datetime) -> bool:
    """该换密码 — whether a person has none of their own yet, or an old one (GB/T 22239-2019 身份鉴别)."""
    changed = staff.password_changed_at
    return changed is None or now - changed > timedelta(days=settings.PASSWORD_DAYS)
