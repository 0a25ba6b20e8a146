"""账号 — passwords keep to their rules, one-time codes are those of the RFC and are taken once (GB/T 22239-2019)."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.roles import Role
from tests.web.cast import NOW, PASSWORD, cast, client_of

pytestmark = pytest.mark.usefixtures("ground")

RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()
RFC_4226 = ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"]
RFC_6238 = [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")]


@pytest.mark.parametrize(("counter", "code"), list(enumerate(RFC_4226)))
def test_codes_are_those_that_the_rfc_prints(counter: int, code: str) -> None:
    from gongkai.web.bodies import one_time_codes

    assert one_time_codes.code(RFC_SECRET, counter) == code


@pytest.mark.parametrize(("seconds", "code"), RFC_6238)
def test_codes_of_an_hour_are_those_that_the_rfc_prints(seconds: int, code: str) -> None:
    from gongkai.web.bodies import one_time_codes

    now = datetime.fromtimestamp(seconds, UTC)
    assert one_time_codes.matching(RFC_SECRET, f" {code[:3]} {code[3:]} ", now) == seconds // 30
    assert one_time_codes.matching(RFC_SECRET, code, now + timedelta(seconds=90)) is None
    assert one_time_codes.matching(RFC_SECRET, "", now) is None
    assert one_time_codes.matching(RFC_SECRET, "\uff10\uff18\uff11\uff18\uff10\uff14", now) is None


@given(st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", min_size=16, max_size=32))
def test_what_is_sealed_is_opened_again_and_is_not_to_be_read(secret: str) -> None:
    from gongkai.web.bodies import one_time_codes

    kept = one_time_codes.sealed(secret)
    assert one_time_codes.opened(kept) == secret
    assert secret not in kept
    assert one_time_codes.opened(kept[:-2]) is None


@pytest.mark.parametrize(
    ("new", "why"),
    [
        ("Kurz-12", "10 到 128"),
        ("nurkleinbuchstaben", "至少要有 3 种"),
        ("Aa1-" + "x" * 130, "10 到 128"),
        (PASSWORD, "用过"),
        ("xClerk-shifan-housing1", "登录名"),
        ("Password123", "很多人"),
    ],
)
def test_a_password_that_does_not_keep_to_the_rules_says_which(new: str, why: str) -> None:
    from gongkai.web.bodies.actions import change_password
    from gongkai.web.bodies.passwords import WeakPasswordError

    with pytest.raises(WeakPasswordError, match=why):
        change_password(staff=cast().of(Role.CLERK), old=PASSWORD, new=new, now=NOW)


def test_the_last_five_passwords_are_not_used_again() -> None:
    from gongkai.web.bodies.actions import change_password
    from gongkai.web.bodies.passwords import WeakPasswordError

    staff = cast().of(Role.CLERK)
    old = PASSWORD
    for number in range(6):
        for former in [PASSWORD] if number < 6 and number > 0 else []:
            with pytest.raises(WeakPasswordError, match="用过"):
                change_password(staff=staff, old=old, new=former, now=NOW)
        new = f"Neu-{number}-Passwort"
        change_password(staff=staff, old=old, new=new, now=NOW + timedelta(days=number))
        old = new
    change_password(staff=staff, old=old, new=PASSWORD, now=NOW + timedelta(days=9))
    assert staff.past_passwords.count() <= 5


def test_a_password_ninety_days_old_has_to_be_changed_first() -> None:
    from gongkai.web.bodies.models import Staff

    staff = cast().of(Role.CLERK)
    client = client_of(staff)
    Staff.objects.filter(id=staff.id).update(password_changed_at=datetime.now(UTC) - timedelta(days=91))
    assert client.get("/account/")["Location"] == "/account/password/"
    assert client.get("/account/", headers={"HX-Request": "true"})["HX-Redirect"] == "/account/password/"
    assert "密码用满 90 天了" in client.get("/account/password/").content.decode()
    assert client.post("/sign-out/").status_code == 302


def test_a_changed_password_ends_the_other_visits() -> None:
    staff = cast().of(Role.CLERK)
    here, there = client_of(staff), client_of(staff)
    new = "Ganz-neu-2026"
    assert here.post("/account/password/", {"old": PASSWORD, "new": new, "again": new}).status_code == 302
    assert here.get("/account/").status_code == 200
    assert there.get("/account/").status_code == 302


def test_what_was_written_wrong_is_said_at_its_field() -> None:
    client = client_of(cast().of(Role.CLERK))
    page = client.post("/account/password/", {"old": "x", "new": "Ganz-neu-2026", "again": "Ganz-neu-2026"})
    assert "现在的密码不对" in page.content.decode()
    page = client.post("/account/password/", {"old": PASSWORD, "new": "Ganz-neu-2026", "again": "anders"})
    assert "两次写的新密码不一样" in page.content.decode()


def test_a_code_is_asked_after_the_password_and_taken_once() -> None:
    from gongkai.web.bodies import one_time_codes
    from gongkai.web.bodies.actions.accounts import confirm_second_factor, prepare_second_factor, use_code
    from gongkai.web.journal.queries import of_subject

    staff = cast().of(Role.CLERK)
    secret = prepare_second_factor(staff=staff, now=NOW)
    assert prepare_second_factor(staff=staff, now=NOW) == secret, "who loads the page again scans the same picture"
    then = datetime.now(UTC) - timedelta(seconds=120)
    recovery = confirm_second_factor(
        staff=staff, code=one_time_codes.code(secret, int(then.timestamp()) // 30), now=then
    )
    client = client_of(None)
    answer = client.post("/sign-in/", {"name": staff.username, "password": PASSWORD})
    assert answer["Location"].startswith("/sign-in/code/")
    assert client.get("/account/").status_code == 302, "half way in is not in"
    assert client.post("/sign-in/code/", {"code": "000000"}).status_code == 400
    current = one_time_codes.code(secret, int(datetime.now(UTC).timestamp()) // 30)
    assert client.post("/sign-in/code/", {"code": current})["Location"] == "/desk/"
    assert client.get("/account/").status_code == 200
    assert not use_code(staff=staff, code=current, now=datetime.now(UTC)), "seen over the shoulder, it opens nothing"
    assert use_code(staff=staff, code=recovery[0].upper().replace("-", " "), now=NOW)
    assert not use_code(staff=staff, code=recovery[0], now=NOW)
    assert {"set_up_second_factor", "use_recovery_code", "sign_in"} <= {
        entry.act for entry in of_subject(f"bodies.staff:{staff.id}")
    }


def test_guessing_codes_makes_one_wait() -> None:
    from gongkai.web.bodies import one_time_codes
    from gongkai.web.bodies.actions.accounts import confirm_second_factor, prepare_second_factor

    staff = cast().of(Role.CLERK)
    secret = prepare_second_factor(staff=staff, now=NOW)
    confirm_second_factor(staff=staff, code=one_time_codes.code(secret, int(NOW.timestamp()) // 30), now=NOW)
    client = client_of(None)
    client.post("/sign-in/", {"name": staff.username, "password": PASSWORD})
    said = [client.post("/sign-in/code/", {"code": "000000"}, follow=True).content.decode() for _ in range(5)]
    assert "请等 1 分钟" in said[-1]
    assert "请等 1 分钟" in client.post("/sign-in/", {"name": staff.username, "password": PASSWORD}).content.decode()


@pytest.mark.parametrize(("asked", "who", "first"), [
    ("administrators", Role.SECURITY_ADMIN, True), ("administrators", Role.CLERK, False), ("all", Role.CLERK, True),
    ("none", Role.SECURITY_ADMIN, False)])  # fmt: skip
def test_whoever_needs_a_code_sets_it_up_before_anything_else(asked: str, who: Role, first: bool) -> None:
    from django.test import override_settings

    with override_settings(SECOND_FACTOR=asked):
        client = client_of(cast().of(who))
        answer = client.get("/account/")
        assert (answer.status_code == 302) == first
        page = client.get("/account/second-factor/").content.decode()
        assert "<svg" in page
        assert "script" not in page.partition("<svg")[2].partition("</svg>")[0]


def test_the_page_shows_recovery_codes_once() -> None:
    from gongkai.web.bodies import one_time_codes
    from gongkai.web.bodies.models import RecoveryCode, SecondFactor

    staff = cast().of(Role.CLERK)
    client = client_of(staff)
    client.get("/account/second-factor/")
    secret = one_time_codes.opened(SecondFactor.objects.get(staff=staff).secret)
    assert secret
    assert "动态口令不对" in client.post("/account/second-factor/", {"code": "12"}).content.decode()
    code = one_time_codes.code(secret, int(datetime.now(UTC).timestamp()) // 30)
    page = client.post("/account/second-factor/", {"code": code}).content.decode()
    assert page.count("<code>") == RecoveryCode.objects.filter(staff=staff).count() == 10
    assert client.get("/account/second-factor/")["Location"] == "/account/"


@pytest.mark.parametrize(
    ("audit", "said"),
    [
        (("anquan", "审计"), "登录名“anquan”写了两次"),
        (("shenji", "安 全"), "“安全”写了两次"),
        (("shenji", "安\u200b全"), "写了两次"),
        (("\uff41nquan", "审计"), "写了两次"),
    ],
)
def test_three_administrators_are_three_persons(audit: tuple[str, str], said: str) -> None:
    from gongkai.law.roles import Role
    from gongkai.web.bodies.actions import setting_up
    from gongkai.web.bodies.models import Body
    from gongkai.web.bodies.permissions import Refused

    people = {
        Role.SYSTEM_ADMIN: ("xitong", "系统"),
        Role.SECURITY_ADMIN: ("anquan", "安全"),
        Role.AUDIT_ADMIN: audit,
    }
    given = {"given": setting_up.token(), "slug": "shifan", "name": "示范县人民政府", "short_name": "示范县"}
    with pytest.raises(Refused, match=said):
        setting_up.set_up(people=people, address="203.0.113.7", now=NOW, **given)
    assert not Body.objects.exists()


def test_everything_wrong_with_a_change_of_password_is_said_at_once() -> None:
    staff = cast().of(Role.CLERK)
    client = client_of(staff)
    page = client.post("/account/password/", {"old": "x", "new": "kurz", "again": "anders"}).content.decode()
    for said in ("现在的密码不对", "密码应有 10 到 128 个字符", "两次写的新密码不一样"):
        assert said in page, said
    page = client.post("/account/password/", {"old": "x", "new": PASSWORD, "again": PASSWORD}).content.decode()
    assert "现在的密码不对" in page
    assert "密码里用过它" not in page, "not told to one who does not know the password of now"
    page = client.post("/account/password/", {"old": PASSWORD, "new": "kurz", "again": "anders"}).content.decode()
    assert "现在的密码不对" not in page
    staff.refresh_from_db()
    assert staff.check_password(PASSWORD)
