"""登录失败怎样写进办理记录 — how many, not one by one; no stranger fills journal or database (条例 第四十五条)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gongkai.law.roles import Role
from tests.web.bodies.test_trying import attempt
from tests.web.cast import NOW, cast

pytestmark = pytest.mark.usefixtures("ground")

HOUR = timedelta(hours=1)


def told() -> list[tuple[str, str, int]]:
    """All of the journal: act, subject, how many."""
    from gongkai.web.journal.models import Entry

    return [(each.act, each.subject, each.facts["count"]) for each in Entry.objects.order_by("id")]


def test_names_that_nobody_has_are_one_entry_an_hour() -> None:
    from gongkai.web.bodies.actions.telling import tell_failures
    from gongkai.web.bodies.models import SignIn

    for number in range(50):
        attempt(f"name-{number}", address=f"198.51.100.{number}")
    for minute in range(29):
        tell_failures(NOW + timedelta(minutes=minute))
    assert told() == []
    for hours in (1, 1, 2, 30):
        tell_failures(NOW + hours * HOUR)
    assert told() == [("sign_in_failed", "bodies.staff:unknown", 50)]
    assert SignIn.objects.count() == 21
    assert sum(SignIn.objects.values_list("count", flat=True)) == 50


def test_of_a_person_the_first_at_once_the_others_when_the_hour_is_over() -> None:
    from gongkai.web.bodies.actions.telling import tell_failures

    staff = cast().of(Role.CLERK)
    subject = f"bodies.staff:{staff.id}"
    attempt(staff.username)
    tell_failures(NOW)
    assert told() == [("sign_in_failed", subject, 1)]
    for number in range(30):
        attempt(staff.username, address=f"198.51.100.{number}")
        tell_failures(NOW)
    assert told()[1:] == [("lock", subject, 1)]
    tell_failures(NOW + HOUR)
    assert told()[2:] == [("lock", subject, 10), ("sign_in_failed", subject, 19)]
    tell_failures(NOW + HOUR)
    assert len(told()) == 4


def test_what_was_not_told_is_told_before_it_is_erased() -> None:
    from gongkai.web.bodies.actions import erase_person
    from gongkai.web.bodies.actions.telling import tell_failures
    from gongkai.web.journal.models import Entry

    people = cast()
    staff = people.of(Role.CLERK)
    attempt(staff.username)
    tell_failures(NOW)
    attempt(staff.username)
    staff.is_active = False
    staff.save(update_fields=["is_active"])
    erase_person(by=people.of(Role.SECURITY_ADMIN), staff=staff, now=NOW)
    assert [each.act for each in Entry.objects.order_by("id")] == ["sign_in_failed", "sign_in_failed", "erase"]
    tell_failures(NOW + HOUR)
    assert Entry.objects.count() == 3


def test_known_and_unknown_names_ask_the_database_the_same() -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked(name: str, address: str) -> list[int]:
        counts = []
        for _ in range(7):
            with CaptureQueriesContext(connection) as queries:
                attempt(name, address=address)
            counts.append(len(queries))
        return counts

    assert asked(cast().of(Role.CLERK).username, "198.51.100.1") == asked("nobody-at-all", "198.51.100.2")


@pytest.mark.parametrize("role", [Role.CLERK, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN])
def test_nobody_wipes_the_traces_of_whoever_is_at_work(role: Role) -> None:
    from gongkai.web.bodies.actions import erase_person
    from gongkai.web.bodies.permissions import Refused
    from gongkai.web.journal.models import Entry

    people = cast()
    with pytest.raises(Refused, match="先请系统管理员停用账号"):
        erase_person(by=people.of(Role.SECURITY_ADMIN), staff=people.of(role), now=NOW)
    assert not Entry.objects.exists()
