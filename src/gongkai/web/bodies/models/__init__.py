"""公开主体 — who discloses, the people who do the work, and how they sign in (条例 第四条、第十条)."""

from gongkai.web.bodies.models.accounts import (
    LOST,
    Consent,
    OpenidBinding,
    PastPassword,
    RecoveryCode,
    SecondFactor,
    SignIn,
    Tries,
    Unsent,
)
from gongkai.web.bodies.models.bodies import Body, Level, Office
from gongkai.web.bodies.models.staff import Appointment, Staff, StaffManager

__all__ = [
    "LOST",
    "Appointment",
    "Body",
    "Consent",
    "Level",
    "Office",
    "OpenidBinding",
    "PastPassword",
    "RecoveryCode",
    "SecondFactor",
    "SignIn",
    "Staff",
    "StaffManager",
    "Tries",
    "Unsent",
]
