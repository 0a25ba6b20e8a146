"""任命 — whatever the sequence, nobody holds two roles that exclude one another (条例 第八条、第十七条)."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.law.administration import SEPARATE, excluded
from gongkai.law.roles import ADMINISTRATORS, Role
from tests.web.cast import NOW, PASSWORD, agreed, cast, client_of

pytestmark = pytest.mark.usefixtures("ground")


def test_exclusion_is_mutual() -> None:
    for one, other in combinations(Role, 2):
        for is_small in (False, True):
            there = excluded(one, [other], [], is_small=is_small)
            back = excluded(other, [one], [], is_small=is_small)
            assert (there is None) == (back is None)
            assert there in (None, other)
            assert (excluded(one, [], [other], is_small=is_small) is None) == (not {one, other} & set(ADMINISTRATORS))


moves = st.lists(
    st.tuples(
        st.integers(0, 1), st.sampled_from(["department", "township"]), st.sampled_from(list(Role)), st.booleans()
    ),
    max_size=25,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(moves)
def test_no_sequence_of_appointments_brings_excluded_roles_together(
    history: list[tuple[int, str, Role, bool]],
) -> None:
    from django.db import transaction

    from gongkai.web.bodies.actions import appoint, end_appointment
    from gongkai.web.bodies.models import Appointment, Body
    from gongkai.web.bodies.permissions import Refused
    from gongkai.web.journal.queries import verify

    with transaction.atomic():
        people = cast()
        security = people.of(Role.SECURITY_ADMIN)
        Body.objects.filter(id=people.township.id).update(is_small=True)
        people.township.refresh_from_db()
        subjects = [people.idle(), people.idle(people.township)]
        for who, where, role, ends in history:
            body = getattr(people, where)
            try:
                appoint(by=security, staff=subjects[who], body=body, role=role, now=NOW)
            except Refused:
                held = Appointment.objects.filter(staff=subjects[who], body=body, role=role, ended_at__isnull=True)
                if ends and held.exists():
                    end_appointment(by=security, appointment=held.get(), now=NOW)
            for person in subjects:
                _check(person, people.department.id)
        assert verify() == []
        transaction.set_rollback(True)


def _check(person: object, large: int) -> None:
    from gongkai.web.bodies.models import Appointment

    held = list(Appointment.objects.filter(staff=person, ended_at__isnull=True).values_list("role", "body"))
    administers = [role for role, _ in held if role in ADMINISTRATORS]
    assert not administers or len({role for role, _ in held}) == 1
    assert sum(role in SEPARATE and body == large for role, body in held) <= 1


def test_nobody_appoints_himself_and_only_the_security_administrator_appoints() -> None:
    from gongkai.web.bodies.actions import appoint
    from gongkai.web.bodies.permissions import Refused

    people = cast()
    idle = people.idle()
    security = people.of(Role.SECURITY_ADMIN)
    with pytest.raises(Refused, match="自己"):
        appoint(by=security, staff=security, body=people.department, role=Role.CLERK, now=NOW)
    for role in set(Role) - {Role.SECURITY_ADMIN}:
        with pytest.raises(Refused):
            appoint(by=people.of(role), staff=idle, body=people.department, role=Role.CLERK, now=NOW)
    appoint(by=security, staff=idle, body=people.department, role=Role.CLERK, now=NOW)


@pytest.mark.parametrize("way", ["end", "disable"])
@pytest.mark.parametrize("role", ADMINISTRATORS)
def test_the_last_administrator_of_a_kind_stays(way: str, role: Role) -> None:
    from gongkai.web.bodies.actions import appoint, disable_staff, end_appointment
    from gongkai.web.bodies.models import Appointment, Staff
    from gongkai.web.bodies.permissions import Refused

    people = cast()
    last, security, system = people.of(role), people.of(Role.SECURITY_ADMIN), people.of(Role.SYSTEM_ADMIN)

    def go() -> None:
        if way == "end":
            held = Appointment.objects.get(staff=last, ended_at__isnull=True)
            end_appointment(by=security, appointment=held, now=NOW)
        else:
            disable_staff(by=system, staff=Staff.objects.get(id=last.id), now=NOW)

    with pytest.raises(Refused, match=r"唯一的|自己"):
        go()
    spare = people.idle(people.county)
    if role is Role.SECURITY_ADMIN:
        Appointment.objects.create(staff=spare, body=people.county, role=role, appointed_at=NOW)
    else:
        agreed(lambda: appoint(by=security, staff=spare, body=people.county, role=role, now=NOW))
    if last in (security, system) and (way == "end") == (last == security):
        with pytest.raises(Refused, match="自己"):
            go()
    else:
        agreed(go)


def test_an_initial_password_opens_nothing_but_the_page_that_changes_it() -> None:
    from gongkai.web.bodies.actions import add_staff

    people = cast()
    made = add_staff(
        by=people.of(Role.SYSTEM_ADMIN), body=people.department, username="\uff37ang.Li", name="王 丽", now=NOW
    )
    client = client_of(None)
    answer = client.post("/sign-in/", {"name": "WANG.LI", "password": made.password})
    assert answer.status_code == 302
    assert client.get("/account/")["Location"] == "/account/password/"
    weak = client.post("/account/password/", {"old": made.password, "new": "wang.li-12", "again": "wang.li-12"})
    assert "登录名“wang.li”" in weak.content.decode()
    fine = {"old": made.password, "new": PASSWORD, "again": PASSWORD}
    assert client.post("/account/password/", fine)["Location"] == "/account/"
    assert client.get("/account/").status_code == 200


def test_an_account_of_a_name_that_is_taken_in_another_spelling_is_not_made() -> None:
    from gongkai.web.bodies.actions import add_staff
    from gongkai.web.bodies.permissions import Refused

    people = cast()
    system = people.of(Role.SYSTEM_ADMIN)
    add_staff(by=system, body=people.department, username="wangli", name="王丽", now=NOW)
    for username in ("WangLi", "\uff57ang\uff4ci", "wang\u200bli", "wang li"):
        with pytest.raises(Refused, match="已经有人用了"):
            add_staff(by=system, body=people.department, username=username, name="王莉", now=NOW)
    for username in ("", "a", "王" * 41, "a<b>", "a/b"):
        with pytest.raises(Refused, match="不合适"):
            add_staff(by=system, body=people.department, username=username, name="王莉", now=NOW)


def test_an_administrator_of_a_township_keeps_it_alone() -> None:
    from gongkai.web.bodies.actions import add_staff, appoint, edit_body
    from gongkai.web.bodies.permissions import Refused

    people = cast()
    security = people.of(Role.SECURITY_ADMIN)
    own = people.idle(people.township)
    agreed(lambda: appoint(by=security, staff=own, body=people.township, role=Role.SYSTEM_ADMIN, now=NOW))
    add_staff(by=own, body=people.township, username="liulin-1", name="甲", now=NOW)
    edit_body(by=own, body=people.township, told={"telephone": "0000-123"}, now=NOW)
    for body in (people.county, people.department):
        with pytest.raises(Refused):
            add_staff(by=own, body=body, username="other-1", name="甲", now=NOW)
        with pytest.raises(Refused):
            edit_body(by=own, body=body, told={"telephone": "0000-123"}, now=NOW)


def test_nothing_personal_stands_in_what_a_body_says_of_itself() -> None:
    """It would be public, and let pass in everything that the body publishes."""
    from gongkai.web.bodies.actions import add_body, add_office, edit_body
    from gongkai.web.bodies.actions.keeping_bodies import FIELDS
    from gongkai.web.bodies.models import Body
    from gongkai.web.bodies.permissions import Refused

    people = cast()
    system, body = people.of(Role.SYSTEM_ADMIN), people.department
    text = [name for name in FIELDS if isinstance(getattr(body, name), str) and name not in ("level", "uscc")]
    assert len(text) > 10
    for name in text:
        with pytest.raises(Refused, match="身份证号"):
            edit_body(by=system, body=body, told={name: "11010519491231002X"}, now=NOW)
    with pytest.raises(Refused, match="手机号"):
        edit_body(by=system, body=body, told={"address": "人民路1号，找张三13800138000"}, now=NOW)
    with pytest.raises(Refused, match="身份证号"):
        add_office(by=system, body=body, name="办公室 11010519491231002X", now=NOW)
    with pytest.raises(Refused, match="身份证号"):
        add_body(by=system, slug="110101199003078515", parent=people.county, now=NOW, name="甲局", short_name="甲局")
    edit_body(by=system, body=body, told={"telephone": "0991-2382114、13800138000", "is_office_mobile": True}, now=NOW)
    assert Body.objects.get(id=body.id).telephone.endswith("13800138000"), "the telephone of an office may be a mobile"


def test_what_a_body_lacks_is_listed_and_goes_when_it_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    from gongkai.web.bodies.actions import add_office, name_disclosure_office
    from gongkai.web.bodies.gaps import GUIDE_FIELDS
    from gongkai.web.bodies.models import Appointment, Body
    from gongkai.web.bodies.queries import gaps
    from gongkai.web.look.site import Site

    people = cast()
    lacking = [str(gap) for gap in gaps(people.department)]
    assert any("工作机构" in gap for gap in lacking)
    assert any("公开指南还缺：机构名称、办公地址" in gap for gap in lacking)
    system = people.of(Role.SYSTEM_ADMIN)
    office = add_office(by=system, body=people.department, name="办公室", now=NOW)
    name_disclosure_office(by=system, office=office, now=NOW)
    Body.objects.filter(id=people.department.id).update(**dict.fromkeys(GUIDE_FIELDS, "x@example.cn"))
    people.department.refresh_from_db()
    assert gaps(people.department) == []
    assert [gap.values["role"] for gap in gaps(people.county) if "登录还没有动态口令" in gap.template] == [
        "系统管理员", "安全管理员", "审计管理员",
    ]  # fmt: skip
    assert any("网站的页脚还缺：主办单位、联系电话" in str(gap) for gap in gaps(people.county))
    full = Site(sponsor="示范县人民政府", telephone="0371-65900000", code="4199990001", icp="豫ICP备00000000号")
    monkeypatch.setattr("gongkai.web.bodies.gaps.site", lambda: full)
    assert not any("页脚" in str(gap) for gap in gaps(people.county))
    Appointment.objects.filter(body=people.department, role=Role.SECOND_REVIEWER).update(ended_at=NOW)
    assert [str(gap) for gap in gaps(people.department)] == [
        "“复审”这个岗位还没有人：送到这一步的件会停住。请安全管理员在“人员”里任命一个人。"
    ]
    first = people.of(Role.FIRST_REVIEWER)
    Appointment.objects.create(staff=first, body=people.department, role=Role.SECOND_REVIEWER, appointed_at=NOW)
    said = [str(gap) for gap in gaps(people.department)]
    assert said[0] == "初审和复审只有初审员一个人，又不能连办两步：件会停在复审。请再任命一个人。"
    assert "审核岗位要分开" in said[1]


@pytest.mark.parametrize(
    ("template", "lacks"),
    [
        ("{uscc}/{yyyy}-{seq:05d}", "统一社会信用代码"),
        ("{code}/{yyyy}/{seq:05d}", "机构代码"),
        ("示{yyyy}-{seq:05d}", ""),
    ],
)
def test_a_code_is_missed_only_where_the_pattern_of_numbers_has_it(template: str, lacks: str) -> None:
    from gongkai.web.bodies.queries import gaps

    body = cast().department
    body.index_template, body.uscc, body.code = template, "", ""
    said = [str(gap) for gap in gaps(body) if "代替" in str(gap)]
    assert [f"没有{lacks}，" in each for each in said] == ([True] if lacks else [])
