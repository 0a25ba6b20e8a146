"""权限 — every role against every step, state and duty, in one's own body and in another's (条例 第四条、第十七条)."""

from __future__ import annotations

import pytest

from gongkai.law.administration import DUTIES, Duty
from gongkai.law.publishing import STEPS, Act, State
from gongkai.law.roles import ADMINISTRATORS, Role
from tests.web.cast import NOW, cast

pytestmark = pytest.mark.usefixtures("ground")


def test_the_tables_name_whom_they_mean() -> None:
    assert set(STEPS) == set(Act)
    assert set(DUTIES) == set(Duty)
    assert all(len(roles) == 1 and roles < set(ADMINISTRATORS) for roles in DUTIES.values())
    assert not any(step.roles & set(ADMINISTRATORS) for step in STEPS.values()), "who administers reviews nothing"


def test_steps_are_taken_by_their_roles_in_their_states_and_in_the_own_body_alone() -> None:
    from gongkai.web.bodies.permissions import Refused, may, require

    people = cast()
    for role in Role:
        staff = people.of(role)
        for act, step in STEPS.items():
            for state in (None, *State):
                right = role in step.roles and (state in step.sources if step.sources else state is None)
                assert may(staff, act, body=people.department, state=state) == right
                assert not may(staff, act, body=people.township, state=state)
                if not right:
                    with pytest.raises(Refused):
                        require(staff, act, body=people.department, state=state)
                    if role in step.roles:
                        continue


def test_duties_reach_the_bodies_below_and_never_those_above() -> None:
    from gongkai.web.bodies.models import Appointment
    from gongkai.web.bodies.permissions import may

    people = cast()
    for role in Role:
        staff = people.of(role)
        for duty, allowed in DUTIES.items():
            for body in (people.county, people.department, people.township):
                assert may(staff, duty, body=body) == (role in allowed)
    own = people.idle(people.township)
    Appointment.objects.create(staff=own, body=people.township, role=Role.SYSTEM_ADMIN, appointed_at=NOW)
    assert may(own, Duty.KEEP_STAFF, body=people.township)
    assert not may(own, Duty.KEEP_STAFF, body=people.county)
    assert not may(own, Duty.KEEP_STAFF, body=people.department)


@pytest.mark.parametrize("ended", ["appointment", "person", "body"])
def test_what_has_ended_permits_nothing(ended: str) -> None:
    from gongkai.web.bodies.models import Appointment, Body, Staff
    from gongkai.web.bodies.permissions import may, roles

    people = cast()
    staff = people.of(Role.CLERK)
    assert may(staff, Act.CREATE, body=people.department)
    if ended == "appointment":
        Appointment.objects.filter(staff=staff).update(ended_at=NOW)
    elif ended == "person":
        Staff.objects.filter(id=staff.id).update(is_active=False)
    else:
        Body.objects.filter(id=people.department.id).update(is_active=False)
    staff.refresh_from_db()
    assert roles(staff, people.department) == frozenset()
    assert not may(staff, Act.CREATE, body=people.department)


def test_a_refusal_says_who_could_and_what_to_try() -> None:
    from gongkai.web.bodies.permissions import Refused, require

    people = cast()
    with pytest.raises(Refused, match="“终审通过”由终审办理。信息员现在没有县住建局的这个岗位"):
        require(people.of(Role.CLERK), Act.PASS_FINAL, body=people.department, state=State.FINAL_REVIEW)
    with pytest.raises(Refused, match="现在是“草稿”，不能“终审通过”"):
        require(people.of(Role.FINAL_REVIEWER), Act.PASS_FINAL, body=people.department, state=State.DRAFT)
