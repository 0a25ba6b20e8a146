"""管理网页 — each page and each button for the one administrator whose it is, and for nobody else (条例 第四条)."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from gongkai.law.administration import DUTIES, Duty
from gongkai.law.roles import ADMINISTRATORS, Role
from tests.web.cast import NOW, PASSWORD, Cast, cast, client_of

if TYPE_CHECKING:
    from gongkai.web.bodies.models import Staff

pytestmark = pytest.mark.usefixtures("ground")

CODE = "11419900MB0000009R"
BUTTONS = {
    "appoint": Duty.APPOINT,
    "end": Duty.APPOINT,
    "edit": Duty.KEEP_STAFF,
    "disable": Duty.KEEP_STAFF,
    "enable": Duty.KEEP_STAFF,
    "reset_password": Duty.RESET_PASSWORD,
    "unlock": Duty.UNLOCK,
    "end_visits": Duty.END_VISITS,
    "reset_second_factor": Duty.RESET_SECOND_FACTOR,
    "erase": Duty.ERASE_PERSON,
}


def pages(people: Cast) -> dict[str, Duty | None]:
    """Every page, and the duty without which it is not there; None: any administrator of the body sees it."""
    slug = people.department.slug
    number = people.of(Role.CLERK).id
    return {
        "/desk/bodies/": None,
        f"/desk/bodies/{slug}/": None,
        f"/desk/bodies/{slug}/edit/": None,
        f"/desk/bodies/{slug}/staff/new/": None,
        f"/desk/staff/{number}/": None,
        "/desk/bodies/new/": Duty.KEEP_BODIES,
        "/desk/journal/": Duty.READ_JOURNAL,
    }


def test_every_page_is_there_for_its_administrator_and_for_nobody_else() -> None:
    people = cast()
    for role in Role:
        client = client_of(people.of(role))
        for page, duty in pages(people).items():
            allowed = role in (ADMINISTRATORS if duty is None else DUTIES[duty])
            assert client.get(page).status_code == (200 if allowed else 404), (role, page)
    for page in pages(people):
        assert client_of(None).get(page)["Location"].startswith("/sign-in/"), page


def test_an_administrator_of_a_township_does_not_learn_what_others_have() -> None:
    from gongkai.web.bodies.models import Appointment

    people = cast()
    own = people.idle(people.township)
    Appointment.objects.create(staff=own, body=people.township, role=Role.SYSTEM_ADMIN, appointed_at=NOW)
    client = client_of(own)
    listed = client.get("/desk/bodies/").content.decode()
    assert people.township.name in listed
    assert people.department.name not in listed
    for page in list(pages(people))[1:5]:
        assert client.get(page).status_code == 404, page
        assert client.post(page, {"act": "disable"}).status_code in (404, 405), page
    assert client.get(f"/desk/bodies/{people.township.slug}/").status_code == 200


def _prepared(people: Cast, act: str) -> tuple[Staff, dict[str, object]]:
    """A person to whom the act can be done, and what its form sends."""
    from gongkai.web.bodies.actions.accounts import prepare_second_factor
    from gongkai.web.bodies.actions.telling import tell_failures
    from gongkai.web.bodies.models import Appointment, Staff, Tries
    from gongkai.web.bodies.names import tries_key

    staff = people.of(Role.CLERK)
    if act == "enable":
        Staff.objects.filter(id=staff.id).update(is_active=False)
    if act == "unlock":
        Tries.objects.create(name=tries_key(staff.username), level=5, last_at=NOW)
    if act == "reset_second_factor":
        prepare_second_factor(staff=staff, now=datetime.now(UTC))
    if act == "erase":
        client_of(None).post("/sign-in/", {"name": staff.username, "password": "x"})
        tell_failures(datetime.now(UTC))
        staff.is_active = False
        staff.save(update_fields=["is_active"])
    sent = {"role": "competent_department", "body": people.department.slug, "name": "另一名", "act": act}
    return staff, {**sent, "appointment": Appointment.objects.get(staff=staff).id}


@pytest.mark.parametrize("act", BUTTONS)
def test_every_button_does_it_for_its_administrator_and_nothing_for_anybody_else(act: str) -> None:
    from gongkai.web.journal.queries import of_subject

    people = cast()
    staff, sent = _prepared(people, act)
    done = 0
    for role in sorted(Role, key=lambda each: each in DUTIES[BUTTONS[act]]):
        before = of_subject(f"bodies.staff:{staff.id}").count()
        answer = client_of(people.of(role)).post(f"/desk/staff/{staff.id}/", sent)
        after = of_subject(f"bodies.staff:{staff.id}").count()
        if role in DUTIES[BUTTONS[act]]:
            done += after == before + 1
            assert answer.status_code in (201, 302)
        else:
            assert after == before, (role, act)
            assert answer.status_code in ((302,) if role in ADMINISTRATORS else (404, 302)), (role, act)
    assert done == 1


@pytest.mark.parametrize("sent", [{}, {"act": "nothing"}, {"act": "appoint", "body": "nowhere"},
    {"act": "appoint", "role": "king", "body": "shifan"}, {"act": "end", "appointment": "9" * 30}])  # fmt: skip
def test_a_button_that_there_is_not_is_not_found(sent: dict[str, str]) -> None:
    people = cast()
    client = client_of(people.of(Role.SECURITY_ADMIN))
    assert client.post(f"/desk/staff/{people.of(Role.CLERK).id}/", sent).status_code == 404


def test_an_appointment_of_somebody_else_is_not_ended_by_its_number() -> None:
    from gongkai.web.bodies.models import Appointment

    people = cast()
    other = Appointment.objects.get(staff=people.of(Role.CLERK, people.township))
    client = client_of(people.of(Role.SECURITY_ADMIN))
    sent = {"act": "end", "appointment": other.id}
    assert client.post(f"/desk/staff/{people.of(Role.CLERK).id}/", sent).status_code == 404
    other.refresh_from_db()
    assert other.ended_at is None


def test_from_an_empty_body_to_a_person_who_works() -> None:
    people = cast()
    system, security = (client_of(people.of(role)) for role in ADMINISTRATORS[:2])
    told = {"slug": "shifan-forest", "name": "示范县林业局", "short_name": "县林业局", "level": "department",
            "index_template": "{uscc}/{yyyy}-{seq:05d}", "order": 3, "is_active": "on"}  # fmt: skip
    wrong = {**told, "slug": "A B", "uscc": "1", "index_template": "{uscc}/{yyyy}-{foo}"}
    page = system.post("/desk/bodies/new/", wrong).content.decode()
    assert "还有 3 处要改" in page
    assert "写法里的“{foo}”认不出来" in page
    assert system.post("/desk/bodies/new/", told)["Location"] == "/desk/bodies/shifan-forest/"
    again = system.post("/desk/bodies/new/", told)
    assert again.status_code == 400
    page = "/desk/bodies/shifan-forest/"
    assert "“信息员”这个岗位还没有人" in system.get(page).content.decode()
    assert "公众不知道找谁" in system.get(page).content.decode()
    system.post(f"{page}offices/", {"name": "办公室"})
    shown = system.get(page).content.decode()
    number = re.search(r'name="disclosure" value="(\d+)"', shown)
    assert number
    system.post(f"{page}offices/", {"disclosure": number[1]})
    assert "公众不知道找谁" not in system.get(page).content.decode()
    made = system.post(f"{page}staff/new/", {"username": "Lin.Ye", "name": "林业", "office": number[1]})
    assert "登录名记作“lin.ye”，和填的“Lin.Ye”写法不一样" in made.content.decode()
    password = re.search(r'<code class="nowrap">([\w-]+)</code>', made.content.decode())
    staff = re.search(r"/desk/staff/(\d+)/", made.content.decode())
    assert password
    assert staff
    assert password[1] not in system.get(f"/desk/staff/{staff[1]}/").content.decode()
    sent = {"act": "appoint", "role": "clerk", "body": "shifan-forest"}
    assert "已任命" in security.post(f"/desk/staff/{staff[1]}/", sent, follow=True).content.decode()
    person = client_of(None)
    person.post("/sign-in/", {"name": "lin.ye", "password": password[1]})
    person.post("/account/password/", {"old": password[1], "new": PASSWORD, "again": PASSWORD})
    assert person.get("/desk/").status_code == 200
    refused = security.post(f"/desk/staff/{staff[1]}/", {**sent, "role": "first_reviewer"}, follow=True)
    assert "审核岗位要由不同的人担任" in refused.content.decode()
    edited = system.post(f"{page}edit/", {**told, "is_small": "on"})
    assert edited.status_code == 302
    taken = security.post(f"/desk/staff/{staff[1]}/", {**sent, "role": "first_reviewer"}, follow=True)
    assert "已任命" in taken.content.decode()


HOSTILE = "<script>alert(1)</script>\"'><img src=x>"


def test_the_tab_is_told_that_a_person_was_added_though_the_answer_is_a_page() -> None:
    people = cast()
    client = client_of(people.of(ADMINISTRATORS[0]))
    new, tab = f"/desk/bodies/{people.township.slug}/staff/new/", "gongkai_taken_k3k3k3k3k3"
    given = {"username": "linxiaohe", "name": "", "tab": "k3k3k3k3k3"}
    assert tab not in client.post(new, given).cookies
    shown = client.post(new, given | {"name": "林小禾"})
    assert shown.status_code == 201
    assert tab in shown.cookies


def test_names_are_shown_as_they_are_and_never_obeyed() -> None:
    from gongkai.web.bodies.models import Body, Office, Staff

    people = cast()
    Body.objects.filter(id=people.department.id).update(name=HOSTILE, short_name=HOSTILE, office_name=HOSTILE)
    Staff.objects.filter(id=people.of(Role.CLERK).id).update(name=HOSTILE[:40])
    Office.objects.create(body=people.department, name=HOSTILE)
    for role in ADMINISTRATORS:
        client = client_of(people.of(role))
        for page in pages(people):
            shown = client.get(page)
            if shown.status_code == 200:
                assert "<script>alert" not in shown.content.decode()
                assert "<img src=x" not in shown.content.decode()


def test_the_first_start_makes_the_county_and_three_administrators_once() -> None:
    from gongkai.web.bodies.actions.setting_up import token
    from gongkai.web.bodies.models import Appointment, Staff
    from gongkai.web.journal.queries import of_subject

    client = client_of(None)
    assert client.get("/sign-in/")["Location"] == "/set-up/"
    assert "启用平台" in client.get("/set-up/").content.decode()
    told = {"token": "0000-0000-0000", "name": "示范县人民政府", "short_name": "示范县", "slug": "shifan"}
    for role in ADMINISTRATORS:
        told |= {f"{role}_username": f"a-{role}", f"{role}_name": role.label}
    assert "启用码不对" in client.post("/set-up/", told).content.decode()
    assert not Staff.objects.exists()
    for wrong in ("示范县", "Shifan", "shi fan", "shi_fan", "-shifan"):
        refused = client.post("/set-up/", {**told, "slug": wrong}).content.decode()
        assert "只能用小写字母、数字和“-”" in refused, wrong
        assert "有效" not in refused
    told["token"] = token().upper() + " "
    same = {**told, "audit_admin_username": "A-System_admin"}
    assert "写了两次" in client.post("/set-up/", same).content.decode()
    assert not Staff.objects.exists(), "all or nothing"
    page = client.post("/set-up/", told).content.decode()
    passwords = re.findall(r'<code class="nowrap">([\w-]+)</code>', page)
    assert len(set(passwords)) == 3
    assert {each.role for each in Appointment.objects.all()} == set(ADMINISTRATORS)
    assert client.get("/set-up/")["Location"] == "/sign-in/"
    assert client.post("/set-up/", told)["Location"] == "/sign-in/"
    assert "平台已经启用了" in client.get("/sign-in/").content.decode()
    assert Appointment.objects.count() == len(ADMINISTRATORS)
    assert of_subject(f"bodies.body:{Appointment.objects.first().body_id}").get().act == "set_up"  # type: ignore[union-attr]
    answer = client.post("/sign-in/", {"name": "a-audit_admin", "password": passwords[2]}, follow=True)
    assert answer.redirect_chain[-1][0] == "/account/password/"


def test_everything_wrong_with_setting_up_is_said_at_once_and_at_its_place() -> None:
    from django.test import Client

    from gongkai.web.bodies.models import Body

    sent = {
        "token": "no", "name": "示范县人民政府", "short_name": "示范县", "slug": "new",
        "system_admin_username": "xi tong!", "system_admin_name": "张三",
        "security_admin_username": "anquan", "security_admin_name": "张 三",
        "audit_admin_username": "Anquan", "audit_admin_name": "",
    }  # fmt: skip
    page = Client().post("/set-up/", sent).content.decode()
    assert not Body.objects.exists()
    told = {
        "token": "启用码不对", "slug": "是平台自己要用的", "system_admin_username": "不合适",
        "security_admin_name": "写了两次", "audit_admin_username": "写了两次", "audit_admin_name": "还没有填",
    }  # fmt: skip
    for name, said in told.items():
        at = re.search(f'id="id_{name}_error">(.*?)</div>', page, re.DOTALL)
        assert at, name
        assert said in at[1]
    assert page.count('_error">') == len(told)


def test_a_credit_code_is_one_body_s() -> None:
    from gongkai.web.bodies.forms import BodyForm
    from gongkai.web.bodies.models import Body

    cast()
    one, other = Body.objects.order_by("id")[:2]
    for body, said in ((one, False), (other, True)):
        Body.objects.filter(pk=one.pk).update(uscc=CODE)
        form = BodyForm({"uscc": CODE}, instance=Body.objects.get(pk=body.pk))
        assert (f"已经是{one.name}的了" in str(form.errors.get("uscc", ""))) is said
