"""寄出树头 — once a day, with what was missed; a closed post office is seen and stops nothing (条例 第四十五条)."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from gongkai.law.publishing import State
from gongkai.law.roles import Role
from tests.web.cast import client_of
from tests.web.holdings.county import Office

pytestmark = pytest.mark.usefixtures("ground")


@pytest.fixture
def office() -> Office:
    """A county with one signed head, and an auditor who has a mailbox."""
    from gongkai.web.bodies.models import Staff
    from gongkai.web.journal import log

    made = Office()
    Staff.objects.filter(id=made.people.of(Role.AUDIT_ADMIN).pk).update(email="audit@example.cn")
    made.bring(made.create(), State.PUBLISHED)
    made.now = made.now.replace(hour=9)
    log.sign_head(now=made.now)
    return made


@pytest.fixture
def post(office: Office) -> Iterator[list[Any]]:
    """寄出的信 — newest last."""
    del office
    from django.core import mail as letters
    from django.test import override_settings

    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        letters.outbox = []  # type: ignore[attr-defined]
        yield letters.outbox  # type: ignore[attr-defined]


def mail(office: Office, **later: int) -> int:
    from gongkai.web.bodies.actions.mailing_heads import mail_heads
    from gongkai.web.journal import log

    office.now += timedelta(**later)
    log.sign_head(now=office.now)
    return mail_heads(now=office.now)


def test_one_letter_a_day_holds_what_the_reader_lacks(office: Office, post: list[Any]) -> None:
    from gongkai.web.journal import log
    from gongkai.web.journal.since import judged, saved

    assert mail(office) == 1
    assert mail(office, hours=1) == 0
    (letter,) = post
    assert letter.to == ["audit@example.cn"]
    assert "/desk/journal/since/" in letter.body
    name, content, _ = letter.attachments[0]
    assert name == "heads.jsonl"
    assert [each.is_good for each in judged(saved(content.encode() if isinstance(content, str) else content))] == [True]
    assert letter.body.count('"root"') == 1
    office.now += timedelta(days=1)
    log.sign_head(now=office.now)  # nobody mailed on that day
    assert mail(office, days=1) == 1
    assert post[1].body.count('"root"') == 2, "that of the day on which nobody was there came with it"


def test_nothing_leaves_before_the_day_begins_or_without_a_mailbox(office: Office, post: list[Any]) -> None:
    from gongkai.web.bodies.models import Staff

    assert mail(office, hours=16) == 0  # one at night
    Staff.objects.update(email="")
    assert mail(office, hours=8) == 0
    assert post == []


def test_a_closed_post_office_is_seen_and_tried_again(
    office: Office, post: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.core.mail import EmailMessage

    def closed(*_: object) -> None:
        raise smtplib.SMTPServerDisconnected

    client = client_of(office.people.of(Role.AUDIT_ADMIN))
    with monkeypatch.context() as patched:
        patched.setattr(EmailMessage, "send", closed)
        assert mail(office) == 0
        assert mail(office, hours=1) == 0
    told = client.get("/health/")
    assert told.status_code == 200
    assert "有 1 封没有寄出去" in told.json()["mail"]
    assert "有 1 封没有寄出去" in client.get("/desk/journal/since/").content.decode()
    assert mail(office, hours=1) == 1
    assert len(post) == 1
    assert "mail" not in client.get("/health/").json()


def test_a_platform_without_mail_says_so(office: Office) -> None:
    from django.test import override_settings

    with override_settings(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend"):
        assert mail(office) == 0
        page = client_of(office.people.of(Role.AUDIT_ADMIN)).get("/desk/journal/since/").content.decode()
    assert "没有配置邮件" in page
