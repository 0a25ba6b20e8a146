"""权限 — files are for the people of the body who handle its information; administrators see none (条例 第八条)."""

from __future__ import annotations

from gongkai.law.roles import ADMINISTRATORS
from gongkai.web.bodies.models import Body, Staff
from gongkai.web.bodies.permissions import roles


def may_handle(staff: Staff, body: Body) -> bool:
    """可经手 — whether a person has a part in the work of a body, and is not there to administer the platform."""
    return bool(roles(staff, body) - frozenset(ADMINISTRATORS))
