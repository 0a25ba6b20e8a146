"""另一名管理员的同意 — no administrator alone takes the account or the role of another (GB/T 22239-2019 三员分立)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from gongkai.law.roles import ADMINISTRATORS, Role
from tests.web.cast import NOW, Cast, cast, client_of

pytestmark = pytest.mark.usefixtures("ground")
SYSTEM, SECURITY, AUDIT = Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN


def acts() -> dict[str, tuple[Role, Callable[[Cast, Any, Any], object]]]:
    """What an administrator might do to another: whose duty it is, and how."""
    from gongkai.web.bodies import actions
    from gongkai.web.bodies.models import Appointment

    def _end(people: Cast, by: Any, now: Any) -> object:
        spare = people.idle(people.county)
        held = Appointment.objects.create(staff=spare, body=people.county, role=AUDIT, appointed_at=NOW)
        return actions.end_appointment(by=by, appointment=held, now=now)

    def _appoint(people: Cast, by: Any, now: Any) -> object:
        from gongkai.web.bodies.models import Staff

        new = Staff.objects.filter(username="idle-shifan").first() or people.idle(people.county)
        return actions.appoint(by=by, staff=new, body=people.county, role=AUDIT, now=now)

    def _disable(people: Cast, by: Any, now: Any) -> object:
        spare = people.idle(people.county)
        Appointment.objects.create(staff=spare, body=people.county, role=SECURITY, appointed_at=NOW)
        return actions.disable_staff(by=by, staff=spare, now=now)

    return {
        "reset": (SYSTEM, lambda people, by, now: actions.reset_password(by=by, staff=people.of(SECURITY), now=now)),
        "appoint": (SECURITY, _appoint),
        "end": (SECURITY, _end),
        "disable": (SYSTEM, _disable),
    }


@pytest.mark.parametrize("what", ["reset", "appoint", "end", "disable"])
def test_no_administrator_does_it_alone(what: str) -> None:
    from gongkai.web.bodies import actions
    from gongkai.web.bodies.actions.consenting import ConsentNeeded
    from gongkai.web.bodies.models import Consent
    from gongkai.web.bodies.permissions import Refused

    people = cast()
    role, act = acts()[what]
    by = people.of(role)
    with pytest.raises(ConsentNeeded) as need:
        act(people, by, NOW)
    asked = actions.ask_consent(need.value, NOW)
    assert actions.ask_consent(need.value, NOW).id == asked.id  # once
    for who in (by, people.of(Role.CLERK), people.idle()):
        with pytest.raises(Refused):
            actions.answer_consent(by=who, consent=asked, agreed=True, now=NOW)
    assert Consent.objects.get().agreed is None


def test_with_the_consent_of_another_it_is_done_once_and_written_down() -> None:
    from gongkai.web.bodies import actions
    from gongkai.web.bodies.actions.consenting import ConsentNeeded
    from gongkai.web.bodies.permissions import Refused
    from gongkai.web.journal.models import Entry

    people = cast()
    by, about, other = people.of(SYSTEM), people.of(SECURITY), people.of(AUDIT)
    with pytest.raises(ConsentNeeded) as need:
        actions.reset_password(by=by, staff=about, now=NOW)
    asked = actions.ask_consent(need.value, NOW)
    actions.answer_consent(by=other, consent=asked, agreed=True, now=NOW + timedelta(minutes=1))
    with pytest.raises(Refused):
        actions.answer_consent(by=other, consent=asked, agreed=False, now=NOW + timedelta(minutes=2))
    assert actions.reset_password(by=by, staff=about, now=NOW + timedelta(hours=23))
    with pytest.raises(ConsentNeeded):
        actions.reset_password(by=by, staff=about, now=NOW + timedelta(hours=23))
    told = list(Entry.objects.order_by("id").values_list("act", "actor"))
    assert told == [
        ("ask_consent", f"staff:{by.id}"),
        ("give_consent", f"staff:{other.id}"),
        ("bodies.use_consent", f"staff:{by.id}"),
        ("reset_password", f"staff:{by.id}"),
    ]


def test_consent_is_for_whoever_asked_for_that_act_for_a_day() -> None:
    from gongkai.web.bodies import actions
    from gongkai.web.bodies.actions.consenting import ConsentNeeded
    from gongkai.web.bodies.models import Appointment

    people = cast()
    by, other = people.of(SYSTEM), people.of(AUDIT)
    second = people.idle(people.county)
    Appointment.objects.create(staff=second, body=people.county, role=SYSTEM, appointed_at=NOW)
    with pytest.raises(ConsentNeeded) as need:
        actions.reset_password(by=by, staff=people.of(SECURITY), now=NOW)
    actions.answer_consent(by=other, consent=actions.ask_consent(need.value, NOW), agreed=True, now=NOW)
    for who, about, when in (
        (second, people.of(SECURITY), NOW),
        (by, other, NOW),
        (by, people.of(SECURITY), NOW + timedelta(hours=25)),
    ):
        with pytest.raises(ConsentNeeded):
            actions.reset_password(by=who, staff=about, now=when)


def test_who_was_refused_is_told_by_whom() -> None:
    from gongkai.web.bodies import actions
    from gongkai.web.bodies.actions.consenting import ConsentNeeded
    from gongkai.web.bodies.permissions import Refused

    people = cast()
    by, about, other = people.of(SYSTEM), people.of(SECURITY), people.of(AUDIT)
    with pytest.raises(ConsentNeeded) as need:
        actions.reset_password(by=by, staff=about, now=NOW)
    actions.answer_consent(by=other, consent=actions.ask_consent(need.value, NOW), agreed=False, now=NOW)
    with pytest.raises(Refused, match=f"{other.name}没有同意"):
        actions.reset_password(by=by, staff=about, now=NOW + timedelta(minutes=5))
    with pytest.raises(ConsentNeeded):
        actions.reset_password(by=by, staff=about, now=NOW + timedelta(hours=2))


@pytest.mark.parametrize("role", [role for role in Role if role not in ADMINISTRATORS])
def test_for_everybody_else_one_administrator_suffices(role: Role) -> None:
    from gongkai.web.bodies import actions
    from gongkai.web.bodies.models import Appointment

    people = cast()
    staff = people.idle()
    actions.appoint(by=people.of(SECURITY), staff=staff, body=people.department, role=role, now=NOW)
    assert actions.reset_password(by=people.of(SYSTEM), staff=staff, now=NOW)
    held = Appointment.objects.get(staff=staff)
    actions.end_appointment(by=people.of(SECURITY), appointment=held, now=NOW)
    actions.disable_staff(by=people.of(SYSTEM), staff=staff, now=NOW)


def test_the_pages_ask_show_and_answer() -> None:
    from gongkai.web.bodies.models import Consent

    people = cast()
    by, about, other = people.of(SYSTEM), people.of(SECURITY), people.of(AUDIT)
    asking, answering = client_of(by), client_of(other)
    page = asking.post(f"/desk/staff/{about.id}/", {"act": "reset_password"}, follow=True).content.decode()
    assert "要另一名管理员同意" in page
    assert "初始密码" not in page
    assert "1 项等您同意" in answering.get("/desk/journal/").content.decode()
    listed = answering.get("/desk/consents/").content.decode()
    assert by.name in listed
    assert about.name in listed
    mine = asking.get("/desk/consents/").content.decode()
    assert "还没有人回答" in mine
    assert 'value="agree"' not in mine
    consent = Consent.objects.get()
    forged = asking.post("/desk/consents/", {"consent": consent.id, "act": "agree"}, follow=True).content.decode()
    assert "提出的人自己不能同意" in forged
    for stranger in (people.of(Role.CLERK), people.of(Role.DISCLOSURE_OFFICE)):
        assert client_of(stranger).get("/desk/consents/").status_code == 404
        assert client_of(stranger).post("/desk/consents/", {"consent": consent.id}).status_code == 404
    answering.post("/desk/consents/", {"consent": consent.id, "act": "agree"})
    assert f"{other.name} 已同意" in asking.get("/desk/consents/").content.decode()
    done = asking.post(f"/desk/staff/{about.id}/", {"act": "reset_password"})
    assert done.status_code == 201


def test_the_console_needs_nobody_and_is_written_down() -> None:
    from gongkai.web.bodies.console import UnlockError, reset_password
    from gongkai.web.journal.models import Entry

    people = cast()
    about = people.of(SECURITY)
    password = reset_password(about.username.upper())
    about.refresh_from_db()
    assert about.check_password(password)
    assert about.password_changed_at is None
    assert list(Entry.objects.values_list("act", "actor")) == [("reset_password", "console")]
    with pytest.raises(UnlockError):
        reset_password("nobody-of-this-name")
