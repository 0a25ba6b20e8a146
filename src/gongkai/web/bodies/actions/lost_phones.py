"""手机丢了 — an administrator without telephone and recovery codes sets up another, if a second administrator agrees.

Whoever asks has given the right password, and does not come in before the answer (GB/T 22239-2019 双因素、三员分立).
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.law.administration import Duty, Event
from gongkai.web.bodies.actions.accounts import journal, void_second_factor
from gongkai.web.bodies.actions.consenting import require_second
from gongkai.web.bodies.models import LOST, Staff
from gongkai.web.bodies.permissions import Refused
from gongkai.web.bodies.queries import is_administrator

NOT_ADMINISTRATOR = "请找本单位的安全管理员：在“主体和人员”里打开您，按“撤销动态口令”。"
NONE = "没有要撤销的动态口令。请从头登录。"


@transaction.atomic
def replace_lost(*, staff: Staff, now: datetime) -> None:
    """撤销丢了的动态口令 — one's own, with the consent of another administrator; ConsentNeeded before (条例 第八条)."""
    if not is_administrator(staff):
        raise Refused(NOT_ADMINISTRATOR)
    voided = void_second_factor(staff, now)
    if voided is None:
        raise Refused(NONE)
    require_second(by=staff, about=staff, duty=Duty.RESET_SECOND_FACTOR, now=now, what=LOST)
    journal(staff, Event.RESET_SECOND_FACTOR, staff, now, {"lost": True}, rows=voided.rows, gone=voided.gone)
