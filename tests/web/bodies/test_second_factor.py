"""动态口令是管理员登录的一部分 — from the second sign-in at the latest; without the telephone, by a second person or
the console (GB/T 22239-2019 双因素、三员分立)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.test import override_settings

from gongkai.law.roles import ADMINISTRATORS, Role
from tests.cli.command import gongkai
from tests.web.cast import NOW, PASSWORD, cast, client_of

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.usefixtures("ground")
SYSTEM, SECURITY, AUDIT = Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN
PAGE = "/account/second-factor/"
asked_of_administrators = override_settings(SECOND_FACTOR="administrators")


def code_of(staff: Any, minutes: int = 0) -> str:
    """The six digits on the telephone now, or later."""
    from gongkai.web.bodies import one_time_codes
    from gongkai.web.bodies.models import SecondFactor

    secret = one_time_codes.opened(SecondFactor.objects.get(staff=staff).secret)
    assert secret
    return one_time_codes.code(secret, int((datetime.now(UTC) + timedelta(minutes=minutes)).timestamp()) // 30)


def enrolled(staff: Any, now: datetime = NOW) -> str:
    """Somebody with a code; its secret."""
    from gongkai.web.bodies import one_time_codes
    from gongkai.web.bodies.actions import confirm_second_factor, prepare_second_factor

    secret = prepare_second_factor(staff=staff, now=now)
    code = one_time_codes.code(secret, int(now.timestamp()) // 30)
    confirm_second_factor(staff=staff, code=code, now=now)
    return secret


def signing_in(staff: Any) -> Client:
    client = client_of(None)
    client.post("/sign-in/", {"name": staff.username, "password": PASSWORD})
    return client


def acts_of(staff: Any) -> list[tuple[str, str]]:
    from gongkai.web.journal.queries import of_subject

    return list(of_subject(f"bodies.staff:{staff.id}").order_by("id").values_list("act", "actor"))


@asked_of_administrators
@pytest.mark.parametrize("role", ADMINISTRATORS)
def test_the_first_visit_may_put_it_off_once_and_the_second_may_not(role: Role) -> None:
    staff = cast().of(role)
    client = signing_in(staff)
    assert client.get("/desk/bodies/")["Location"] == PAGE
    page = client.get(PAGE).content.decode()
    assert "这一次先不开启" in page
    assert "只有一次：这次登录最晚到" in page
    answer = client.post(PAGE, {"act": "later"}, follow=True)
    assert "推迟到下一次登录：这次登录最晚到" in answer.content.decode()
    assert answer.redirect_chain[-1][0] in ("/desk/bodies/", "/desk/journal/")
    assert client.get("/account/").status_code == 200
    client.post("/sign-out/")
    again = signing_in(staff)
    for address in ("/account/", "/desk/bodies/", "/desk/journal/", "/account/password/"):
        assert again.get(address)["Location"] == PAGE
    page = again.get(PAGE).content.decode()
    assert "这一次先不开启" not in page
    assert "这一次要开启了才能办事" in page
    again.post(PAGE, {"act": "later"})
    assert again.get("/account/")["Location"] == PAGE
    assert again.post(PAGE, {"code": code_of(staff)}).status_code == 201
    assert again.get("/account/").status_code == 200
    assert ("put_off_second_factor", f"staff:{staff.id}") in acts_of(staff)


@asked_of_administrators
def test_putting_off_ends_with_the_visit_also_where_the_person_comes_in_again_by_the_same_browser() -> None:
    from gongkai.web.bodies.actions import sign_out_everywhere

    staff = cast().of(AUDIT)
    client = signing_in(staff)
    client.post(PAGE, {"act": "later"})
    sign_out_everywhere(staff=staff, now=NOW)
    client.post("/sign-in/", {"name": staff.username, "password": PASSWORD})
    assert client.get("/account/")["Location"] == PAGE


@asked_of_administrators
def test_clerks_are_asked_for_nothing() -> None:
    client = signing_in(cast().of(Role.CLERK))
    assert client.get("/account/").status_code == 200


@asked_of_administrators
def test_the_page_says_the_secret_in_letters_and_nothing_else_does() -> None:
    from gongkai.web.bodies import one_time_codes
    from gongkai.web.bodies.models import SecondFactor
    from gongkai.web.journal.models import Entry

    staff = cast().of(SYSTEM)
    client = signing_in(staff)
    page = client.get(PAGE).content.decode()
    kept = SecondFactor.objects.get(staff=staff)
    secret = one_time_codes.opened(kept.secret)
    assert secret
    assert " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)) in page
    assert "<script" not in page.partition("<main")[2]
    assert "TOTP" in page
    client.post(PAGE, {"code": code_of(staff)})
    for told in (kept.secret, *Entry.objects.values_list("facts", "actor", "subject"), client.get("/account/").content):
        assert secret not in str(told)


@asked_of_administrators
def test_after_it_was_revoked_another_is_set_up_before_anything_else() -> None:
    from gongkai.web.bodies.actions.accounts import void_second_factor

    staff = cast().of(AUDIT)
    old = enrolled(staff)
    assert void_second_factor(staff, NOW)
    assert not void_second_factor(staff, NOW)
    client = signing_in(staff)
    assert client.get("/desk/journal/")["Location"] == PAGE
    assert "这一次先不开启" not in client.get(PAGE).content.decode()
    assert old not in client.get(PAGE).content.decode().replace(" ", "")


@asked_of_administrators
def test_a_lost_telephone_is_replaced_with_the_consent_of_another_and_never_without() -> None:
    from gongkai.web.bodies.models import Consent, RecoveryCode

    people = cast()
    staff, other = people.of(SECURITY), people.of(AUDIT)
    enrolled(staff), enrolled(other)
    client = signing_in(staff)
    assert "手机丢了，备用码也没有" in client.get("/sign-in/code/").content.decode()
    assert "请另一名管理员同意" in client.get("/sign-in/lost/").content.decode()
    for _ in range(2):
        page = client.post("/sign-in/lost/", follow=True).content.decode()
        assert "还没有人回答" in page
    assert client.get("/account/").status_code == 302
    asked = Consent.objects.get()
    answering = client_of(other)
    assert "手机丢了" in answering.get("/desk/consents/").content.decode()
    answering.post("/desk/consents/", {"consent": asked.id, "act": "agree"})
    assert RecoveryCode.objects.filter(staff=staff).exists()
    client = signing_in(staff)
    assert f"{other.name}同意了" in client.get("/sign-in/lost/").content.decode()
    answer = client.post("/sign-in/lost/", follow=True)
    assert answer.redirect_chain[-1][0] == PAGE
    assert not RecoveryCode.objects.filter(staff=staff).exists()
    assert client.post(PAGE, {"code": code_of(staff)}).status_code == 201
    told = [act for act, _ in acts_of(staff)]
    wanted = ["ask_consent", "give_consent", "bodies.use_consent", "reset_second_factor", "sign_in"]
    wanted += ["bodies.prepare_second_factor", "set_up_second_factor"]
    assert told[-len(wanted) :] == wanted
    again = signing_in(staff)
    assert "还没有人回答" in again.post("/sign-in/lost/", follow=True).content.decode(), "one consent, once"


@asked_of_administrators
def test_whoever_reset_the_password_does_not_agree_to_another_code() -> None:
    from gongkai.web.bodies import actions
    from gongkai.web.bodies.actions.consenting import ConsentNeeded
    from gongkai.web.bodies.models import Consent
    from gongkai.web.bodies.permissions import Refused

    people = cast()
    staff, by, other = people.of(SECURITY), people.of(SYSTEM), people.of(AUDIT)
    with pytest.raises(ConsentNeeded) as need:
        actions.reset_password(by=by, staff=staff, now=NOW)
    actions.answer_consent(by=other, consent=actions.ask_consent(need.value, NOW), agreed=True, now=NOW)
    actions.reset_password(by=by, staff=staff, now=NOW)
    asked = Consent.objects.create(asked_by=staff, about=staff, duty="reset_second_factor", what="lost", asked_at=NOW)
    with pytest.raises(Refused, match="您重设的"):
        actions.answer_consent(by=by, consent=asked, agreed=True, now=NOW)
    actions.answer_consent(by=other, consent=asked, agreed=True, now=NOW)


@asked_of_administrators
def test_who_was_refused_reads_by_whom() -> None:
    from gongkai.web.bodies.models import Consent

    people = cast()
    staff, other = people.of(SECURITY), people.of(SYSTEM)
    enrolled(staff), enrolled(other)
    client = signing_in(staff)
    client.post("/sign-in/lost/")
    client_of(other).post("/desk/consents/", {"consent": Consent.objects.get().id, "act": "decline"})
    assert f"{other.name}没有同意" in client.get("/sign-in/lost/").content.decode()
    client.post("/sign-in/lost/")
    assert client.get("/account/").status_code == 302


def test_a_clerk_without_telephone_is_sent_to_the_security_administrator() -> None:
    from gongkai.web.bodies.models import Consent, SecondFactor

    staff = cast().of(Role.CLERK)
    enrolled(staff)
    client = signing_in(staff)
    assert "请找本单位的安全管理员" in client.get("/sign-in/lost/").content.decode()
    client.post("/sign-in/lost/")
    assert SecondFactor.objects.get(staff=staff).confirmed_at
    assert not Consent.objects.exists()
    assert client_of(None).get("/sign-in/lost/")["Location"] == "/sign-in/"


def test_the_console_revokes_it_and_is_written_down() -> None:
    from gongkai.web.bodies.console import UnlockError, reset_second_factor
    from gongkai.web.bodies.queries import has_second_factor

    staff = cast().of(SECURITY)
    assert not reset_second_factor(staff.username)
    enrolled(staff)
    assert reset_second_factor(staff.username.upper())
    assert not has_second_factor(staff)
    assert acts_of(staff)[-1] == ("reset_second_factor", "console")
    with pytest.raises(UnlockError):
        reset_second_factor("nobody-of-this-name")


def test_the_command_wants_a_name(tmp_path: Path) -> None:
    done = gongkai("unlock", "--all", "--second-factor", "--data", str(tmp_path))
    assert done.returncode == 64
    assert "--second-factor 要写登录名" in done.stderr


def test_a_platform_without_codes_says_so_where_its_gaps_are() -> None:
    from gongkai.web.bodies.queries import gaps

    people = cast()
    with override_settings(SECOND_FACTOR="none"):
        assert any("GONGKAI_SECOND_FACTOR=none" in str(each) for each in gaps(people.county))
        assert not any("GONGKAI_SECOND_FACTOR" in str(each) for each in gaps(people.department))
    with asked_of_administrators:
        assert not any("GONGKAI_SECOND_FACTOR" in str(each) for each in gaps(people.county))
