"""另一名管理员的同意 — no administrator alone takes the account or the role of another (GB/T 22239-2019 三员分立)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from gongkai.law.administration import SECOND_ROLES
from gongkai.law.roles import Role
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

    def _unlock(people: Cast, by: Any, now: Any) -> object:
        from gongkai.web.bodies.models import Tries
        from gongkai.web.bodies.names import tries_key

        Tries.objects.create(name=tries_key(people.of(AUDIT).username), place="x", last_at=NOW)
        return actions.unlock(by=by, staff=people.of(AUDIT), now=now)

    def _second_factor(people: Cast, by: Any, now: Any) -> object:
        actions.prepare_second_factor(staff=people.of(AUDIT), now=now)
        return actions.reset_second_factor(by=by, staff=people.of(AUDIT), now=now)

    def _secrecy(people: Cast, by: Any, now: Any) -> object:
        from gongkai.web.bodies.models import Staff

        new = Staff.objects.filter(username="idle-shifan-liulin").first() or people.idle(people.township)
        return actions.appoint(by=by, staff=new, body=people.township, role=Role.SECRECY_REVIEWER, now=now)

    def _end_secrecy(people: Cast, by: Any, now: Any) -> object:
        held = Appointment.objects.get(body=people.department, role=Role.SECRECY_REVIEWER)
        return actions.end_appointment(by=by, appointment=held, now=now)

    def _email(people: Cast, by: Any, now: Any) -> object:
        from gongkai.web.bodies.models import Staff

        about = people.of(AUDIT)
        Staff.objects.filter(id=about.id).update(email="audit@example.gov.cn")
        about.refresh_from_db()
        return actions.edit_staff(by=by, staff=about, name=about.name, email="other@example.gov.cn", now=now)

    def _name(people: Cast, by: Any, now: Any) -> object:
        return actions.edit_staff(by=by, staff=people.of(AUDIT), name="别某", now=now)

    return {
        "email": (SYSTEM, _email),
        "name": (SYSTEM, _name),
        "reset": (SYSTEM, lambda people, by, now: actions.reset_password(by=by, staff=people.of(SECURITY), now=now)),
        "appoint": (SECURITY, _appoint),
        "end": (SECURITY, _end),
        "disable": (SYSTEM, _disable),
        "unlock": (SECURITY, _unlock),
        "second factor": (SECURITY, _second_factor),
        "secrecy": (SECURITY, _secrecy),
        "end secrecy": (SECURITY, _end_secrecy),
        "secrecy password": (
            SYSTEM,
            lambda people, by, now: actions.reset_password(by=by, staff=people.of(Role.SECRECY_REVIEWER), now=now),
        ),
    }


@pytest.mark.parametrize("what", [
    "reset", "appoint", "end", "disable", "unlock", "second factor", "secrecy", "end secrecy", "secrecy password",
    "email", "name",
])  # fmt: skip
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


@pytest.mark.parametrize("role", [role for role in Role if role not in SECOND_ROLES])
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


def test_in_the_first_setting_up_one_administrator_appoints_secrecy_reviewers_and_no_administrators() -> None:
    from gongkai.web.bodies import actions
    from gongkai.web.bodies.actions.consenting import ConsentNeeded
    from gongkai.web.bodies.models import Body
    from gongkai.web.bodies.permissions import Refused
    from gongkai.web.journal.queries import of_subject

    people = cast()
    until = NOW + timedelta(days=30)
    Body.objects.filter(id=people.county.id).update(settling_until=until)
    by, new = people.of(SECURITY), people.idle()
    given = {"by": by, "staff": new, "body": people.department, "role": Role.SECRECY_REVIEWER}
    held = actions.appoint(**given, now=until - timedelta(minutes=1))
    assert of_subject(f"bodies.staff:{new.id}").get().facts["settling"] is True
    actions.end_appointment(by=by, appointment=held, now=until - timedelta(minutes=1))
    with pytest.raises(ConsentNeeded):
        actions.appoint(**given | {"role": AUDIT, "body": people.county}, now=NOW)
    for when in (until, until + timedelta(days=1)):
        with pytest.raises(ConsentNeeded):
            actions.appoint(**given, now=when)
    for other in (people.of(SYSTEM), people.of(AUDIT), people.of(Role.CLERK)):
        with pytest.raises(Refused):
            actions.end_settling(by=other, now=NOW)
    actions.end_settling(by=by, now=NOW)
    assert of_subject(f"bodies.body:{people.county.id}").get().act == "end_settling"
    with pytest.raises(ConsentNeeded):
        actions.appoint(**given, now=NOW)
    with pytest.raises(Refused):
        actions.end_settling(by=by, now=NOW)


def test_the_first_setting_up_begins_with_the_platform_and_is_ended_on_its_page() -> None:
    from django.utils import timezone

    from gongkai.web.bodies.actions import setting_up
    from gongkai.web.bodies.models import Body

    names = {SYSTEM: ("xitong", "系统某"), SECURITY: ("anquan", "安全某"), AUDIT: ("shenji", "审计某")}
    now = timezone.now()
    made = setting_up.set_up(
        given=setting_up.token(), slug="shifan", name="示范县人民政府", short_name="示范县", people=names, address="",
        now=now,
    )  # fmt: skip
    assert Body.objects.get().settling_until == now + timedelta(days=30)
    for new in made.values():
        type(new.staff).objects.filter(id=new.staff.id).update(password_changed_at=now)
    security, system = client_of(made[SECURITY].staff), client_of(made[SYSTEM].staff)
    assert "结束首次设置" in security.get("/desk/bodies/").content.decode()
    assert "结束首次设置" not in system.get("/desk/bodies/").content.decode()
    assert system.post("/desk/settling/").status_code == 403
    assert "首次设置已结束" in security.post("/desk/settling/", follow=True).content.decode()
    assert Body.objects.get().settling_until is None


def test_whoever_answers_reads_what_is_asked() -> None:
    from gongkai.web.bodies.models import Appointment, Tries
    from gongkai.web.bodies.names import tries_key

    people = cast()
    new, held = people.idle(), Appointment.objects.get(body=people.township, role=Role.SECRECY_REVIEWER)
    spare = people.idle(people.county)
    Appointment.objects.create(staff=spare, body=people.county, role=AUDIT, appointed_at=NOW)
    Tries.objects.create(name=tries_key(spare.username), place="x", last_at=NOW)
    asking, answering = client_of(people.of(SECURITY)), client_of(people.of(AUDIT))
    sent = {"act": "appoint", "role": "secrecy_reviewer", "body": "shifan-housing"}
    asked = asking.post(f"/desk/staff/{new.id}/", sent, follow=True).content.decode()
    assert "任命和免去“保密审查”要另一名管理员同意" in asked
    asking.post(f"/desk/staff/{held.staff_id}/", {"act": "end", "appointment": held.id})
    asking.post(f"/desk/staff/{spare.id}/", {"act": "unlock"})
    client_of(people.of(SYSTEM)).post(f"/desk/staff/{spare.id}/", {"act": "disable"})
    client_of(people.of(SYSTEM)).post(f"/desk/staff/{held.staff_id}/", {"act": "reset_password"})
    page = answering.get("/desk/consents/").content.decode()
    for said in (
        "任命岗位<small>保密审查　县住建局", "免去岗位<small>保密审查　柳林镇", "解除登录等候", "停用账号", "重设密码",
    ):  # fmt: skip
        assert said in page
    assert "任命岗位　保密审查" in asking.get("/desk/consents/").content.decode()


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
