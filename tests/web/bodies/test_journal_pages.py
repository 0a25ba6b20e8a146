"""办理记录的网页 — the audit administrator searches, verifies and exports; nobody else sees them (条例 第四十五条)."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest

from gongkai.law.publishing import State
from gongkai.law.roles import Role
from tests.web.cast import NOW, Cast, cast, client_of
from tests.web.holdings.county import Office

pytestmark = pytest.mark.usefixtures("ground")


@pytest.fixture
def people(ground: None) -> Cast:
    """A cast, of whom a few things are on record."""
    from gongkai.web.bodies.actions import add_staff, appoint, disable_staff
    from gongkai.web.journal.actions import record

    del ground
    made = cast()
    system, security = made.of(Role.SYSTEM_ADMIN), made.of(Role.SECURITY_ADMIN)
    new = add_staff(by=system, body=made.department, username="wang-li", name="王丽", now=NOW)
    appoint(by=security, staff=new.staff, body=made.department, role=Role.CLERK, now=NOW)
    disable_staff(by=system, staff=new.staff, now=NOW)
    facts = {"from": "draft", "to": "first_review", "version": 2}
    record(
        chain=made.township.slug,
        act="holdings.submit",
        subject="holdings.item:12",
        actor="console",
        now=NOW,
        facts=facts,
    )
    return made


def shown(people: Cast, address: str) -> str:
    answer = client_of(people.of(Role.AUDIT_ADMIN)).get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_body_is_named_in_what_was_done_with_it(people: Cast) -> None:
    from gongkai.web.bodies.actions import add_office

    add_office(by=people.of(Role.SYSTEM_ADMIN), body=people.department, name="法规科", now=NOW)
    page = shown(people, "/desk/journal/")
    assert f"主体 {people.department.id}" not in page
    assert people.department.short_name in re.sub(r"(?s)<select.*?</select>", "", page)
    assert "增加内设机构" in shown(people, f"/desk/journal/?subject=主体+{people.department.id}")


def test_entries_are_said_in_words(people: Cast) -> None:
    page = shown(people, "/desk/journal/")
    assert "共有 4 条记录" in page
    for said in (
        "增加人员",
        "任命岗位",
        "停用账号",
        "送初审",
        "王丽",
        "政府信息 12",
        "命令行",
        "草稿 → 待初审",
        "第 2 稿",
        people.county.short_name,
    ):
        assert said in page, said


@pytest.mark.parametrize(("asked", "count"), [
    ("chain=shifan-liulin", 1), ("chain=shifan-housing", 3), ("act=appoint", 1), ("subject=holdings.item:12", 1),
    ("actor=console", 1), ("actor=系统管理员", 2), ("actor=WANG-LI", 0), ("actor=system-admin-shifan", 2),
    ("first=2026-11-20&last=2026-11-20", 4), ("first=2026-11-21", 0), ("last=2026-11-19", 0),
    ("subject=12", 1), ("subject=政府信息 12", 1), ("subject=附件12", 0),
    ("actor=命令行", 1), ("subject=王丽", 3), ("act=appoint&actor=console", 0),
    ("subject=王丽&actor=安全管理员", 1), ("chain=shifan-housing&act=appoint&first=2026-11-20", 1)])  # fmt: skip
def test_a_search_finds_what_it_asks_for(people: Cast, asked: str, count: int) -> None:
    assert f" {count} 条记录" in shown(people, f"/desk/journal/?{asked}")


def test_an_item_is_found_by_its_index_number_and_its_title_stands_only_where_the_public_reads_it() -> None:
    office = Office()
    item = office.create(title="关于修路的通知")
    asked = f"/desk/journal/?subject={item.index_number}"
    draft = shown(office.people, asked)
    assert " 1 条记录" in draft
    assert item.index_number in draft
    assert "关于修路的通知" not in draft
    office.bring(item, State.PUBLISHED)
    public = shown(office.people, asked)
    assert f'<a href="/items/{item.index_number}/">关于修路的通知</a>' in public
    assert "终审" in public, "the post of whoever did it"


def test_a_person_is_said_with_the_post_held_then() -> None:
    from gongkai.web.bodies.actions import end_appointment
    from gongkai.web.bodies.models import Appointment

    office = Office()
    office.create()
    clerk = office.people.of(Role.CLERK)
    end_appointment(
        by=office.people.of(Role.SECURITY_ADMIN), appointment=Appointment.objects.get(staff=clerk), now=office.tick()
    )
    page = shown(office.people, "/desk/journal/?act=holdings.create")
    assert f"{office.people.department.short_name}　信息员" in page


def test_pages_follow_the_index_and_keep_what_was_asked(people: Cast) -> None:
    from django.db import transaction

    from gongkai.web.journal.actions import record

    with transaction.atomic():
        for number in range(100):
            at = NOW + timedelta(minutes=number // 3)
            record(chain="shifan", act="holdings.edit", subject=f"holdings.item:{number}", actor="console", now=at)
    seen: list[str] = []
    address = "/desk/journal/?act=holdings.edit&actor=console"
    pages = []
    while address:
        page = shown(people, address)
        pages.append(page)
        seen += re.findall("政府信息 ([0-9]+)", page[page.index("<tbody>") : page.index("</tbody>")])
        found = re.search(r'href="([^"]*)" rel="next"', page)
        address = "/desk/journal/" + html.unescape(found[1]) if found else ""
        assert not address or "act=holdings.edit&actor=console" in address
    assert seen == [str(number) for number in range(99, -1, -1)]
    assert len(pages) == 3
    back = re.search(r'href="([^"]*)" rel="prev"', pages[2])
    assert back
    assert html.unescape(shown(people, "/desk/journal/" + html.unescape(back[1]))).count("<tr>") == 41
    assert 'rel="prev"' not in pages[0]


@pytest.mark.parametrize(("asked", "field", "said"), [
    ("first=nonsense", "first", "日期要写成"), ("last=2026-02-30", "last", "这一天不存在"),
    ("last=9999-12-31", "last", "年份从 1900 到 2199"), ("first=0001-01-01", "first", "年份从 1900 到 2199"),
    ("first=2026-12-01&last=2026-11-01", "last", "“到”比“从”早"),
    ("subject=关于印发方案的通知", "subject", "政府信息 12"),
    ("subject=11419999MB0000006X/2026-00038", "subject", "政府信息 12"),
    ("actor=" + "a" * 61, "actor", "最多 60 字"), ("actor=没有这个人", "actor", "没有叫“没有这个人”的人"),
    ("chain=nowhere", "chain", "“nowhere”不是您能查的主体"), ("act=holdings.fly", "act", "没有“holdings.fly”这个步骤"),
    ("older=x", "older", "这一页的位置"), ("newer=99999999", "newer", "这一页的位置")])  # fmt: skip
def test_what_cannot_be_searched_for_is_said_and_nothing_is_found(
    people: Cast, asked: str, field: str, said: str
) -> None:
    answer = client_of(people.of(Role.AUDIT_ADMIN)).get(f"/desk/journal/?{asked}")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert re.search(f'<li id="{field}-wrong"><a href="#{field}">[^<]*</a>　[^<]*{said}', page)
    assert "条记录" not in page.partition("<h1>")[2]
    assert 'class="work"' not in page


def test_what_is_not_known_here_is_refused(people: Cast) -> None:
    answer = client_of(people.of(Role.AUDIT_ADMIN)).get("/desk/journal/?page=2&act=appoint")
    assert answer.status_code == 422
    assert "“page”不是这里能用的条件" in answer.content.decode()


def test_an_audit_administrator_of_a_township_reads_its_chain_alone(people: Cast) -> None:
    from gongkai.web.bodies.models import Appointment

    own = people.idle(people.township)
    Appointment.objects.create(staff=own, body=people.township, role=Role.AUDIT_ADMIN, appointed_at=NOW)
    client = client_of(own)
    assert "共有 1 条记录" in client.get("/desk/journal/").content.decode()
    assert client.get("/desk/journal/?chain=shifan-housing").status_code == 422
    assert client.get("/desk/journal/shifan-liulin/1/").status_code == 200
    assert client.get("/desk/journal/shifan-housing/1/").status_code == 404
    assert client.post("/desk/journal/verified/", follow=True).status_code == 200
    refused = client.post("/desk/journal/export/")
    assert refused.status_code == 403
    assert "“导出办理记录”由审计管理员办理" in refused.content.decode()


def test_an_entry_shows_what_its_digest_covers(people: Cast) -> None:
    from gongkai.web.journal.models import Entry

    entry = Entry.objects.get(chain__code="shifan-housing", number=2)
    page = shown(people, "/desk/journal/shifan-housing/2/")
    assert entry.digest in page
    assert entry.previous in page
    assert "第 3 条" in page, "what else was done with the same person"
    client = client_of(people.of(Role.AUDIT_ADMIN))
    assert client.get("/desk/journal/shifan-housing/9/").status_code == 404


def test_what_is_exported_verifies_and_holds_nothing_personal(people: Cast) -> None:
    from django.utils import timezone

    from gongkai.web.bodies.actions.telling import tell_failures
    from gongkai.web.bodies.models import Consent
    from gongkai.web.journal.exported import verify
    from gongkai.web.journal.models import Salt

    client_of(None).post("/sign-in/", {"name": people.of(Role.CLERK).username, "password": "x"})
    tell_failures(timezone.now())
    auditor = client_of(people.of(Role.AUDIT_ADMIN))
    asked = auditor.post("/desk/journal/export/", follow=True)
    assert "“导出办理记录”要另一名管理员同意" in asked.content.decode()
    other = client_of(people.of(Role.SECURITY_ADMIN))
    other.post("/desk/consents/", {"consent": Consent.objects.get().id, "act": "agree"})
    answer = auditor.post("/desk/journal/export/")
    assert answer["Content-Disposition"].startswith("attachment")
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    verdict = verify(content.splitlines(keepends=True))
    assert verdict.breaks == ()
    assert verdict.entries == 9, "asked, agreed to, the consent used, and that it was exported is the last entry"
    text = content.decode()
    assert "王丽" not in text
    assert "127.0.0.1" not in text
    assert not [each for each in Salt.objects.values_list("value", flat=True) if each in text]


def test_pages_ask_a_fixed_number_of_questions(people: Cast) -> None:
    from django.db import connection, transaction
    from django.test.utils import CaptureQueriesContext

    from gongkai.web.journal.actions import record

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            shown(people, "/desk/journal/")
        return len(queries)

    few = asked()
    with transaction.atomic():
        for number in range(30):
            actor = f"staff:{people.of(Role.CLERK).id + number % 5}"
            record(chain="shifan", act="edit", subject=f"bodies.staff:{number}", actor=actor, now=NOW)
    assert asked() == few
