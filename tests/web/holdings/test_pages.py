"""工作台的页面 — what people see and may press; nothing of others, nothing that runs (条例 第四条、第十七条)."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from gongkai.law.publishing import State
from gongkai.law.roles import Role
from tests.web.cast import client_of
from tests.web.holdings.county import CHECKS, RECORD, Office

pytestmark = pytest.mark.usefixtures("ground")
ATTACK = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
FORM = {
    "title": "关于开展检查的通知",
    "body": "各有关单位：\n现将有关事项通知如下。",
    "column": "policies",
    "genre": "notice",
    "formed_on": "2026-11-16",
    "openness": "proactive",
}


@pytest.fixture
def office() -> Office:
    made = Office()
    made.now = timezone.now() - timedelta(days=1)
    return made


def page(client: Any, address: str, status: int = 200, **options: Any) -> str:
    answer = client.get(address, **options)
    assert answer.status_code == status, answer.content.decode()[:800]
    return str(answer.content.decode())


def test_a_clerk_writes_saves_and_sends(office: Office) -> None:
    from gongkai.web.holdings.models import Item

    client = client_of(office.people.of(Role.CLERK))
    assert "新建公开信息" in page(client, "/desk/")
    answer = client.post("/desk/items/new/", {**FORM, "do": "submit"})
    item = Item.objects.get()
    assert answer["Location"] == f"/desk/items/{item.id}/"
    assert item.state is State.FIRST_REVIEW
    assert "已送初审" in page(client, answer["Location"])


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "1000-01-01", "2200-01-01"])
@pytest.mark.parametrize("field", ["formed_on", "effective_on", "expires_on"])
def test_a_day_from_which_nobody_can_count_is_said_at_its_field(office: Office, field: str, day: str) -> None:
    from gongkai.web.holdings.models import Item

    client = client_of(office.people.of(Role.CLERK))
    answer = client.post("/desk/items/new/", {**FORM, field: day})
    shown = answer.content.decode()
    assert answer.status_code == 400
    assert f'id="{field}-wrong"' in shown
    assert "请核对年份" in shown
    assert "日期要写成" not in shown
    assert FORM["body"].splitlines()[1] in shown
    assert not Item.objects.exists()
    page(client, "/desk/")


def test_what_is_missing_is_said_at_its_field_and_nothing_is_lost(office: Office) -> None:
    from gongkai.web.holdings.models import Item

    client = client_of(office.people.of(Role.CLERK))
    answer = client.post("/desk/items/new/", {**FORM, "title": "", "document_number": "第8号", "do": "submit"})
    shown = answer.content.decode()
    assert answer.status_code == 400
    assert 'id="title-wrong"' in shown
    assert 'id="document_number-wrong"' in shown
    assert "现将有关事项通知如下" in shown
    item = Item.objects.get()
    assert f'action="/desk/items/{item.id}/edit/"' in shown


def test_a_reviewer_passes_and_the_next_one_finds_it_on_the_desk(office: Office) -> None:
    item = office.bring(office.create(), State.FIRST_REVIEW)
    client = client_of(office.people.of(Role.FIRST_REVIEWER))
    assert "待初审" in page(client, "/desk/")
    client.post(f"/desk/items/{item.id}/review/", {"edition": item.edition, "do": "pass"})
    item.refresh_from_db()
    assert item.state is State.SECOND_REVIEW
    assert item.newest_version.title in page(client_of(office.people.of(Role.SECOND_REVIEWER)), "/desk/")


def test_a_decision_on_a_text_that_changed_meanwhile_is_not_taken(office: Office) -> None:
    from gongkai.web.holdings import actions
    from tests.web.holdings.county import draft

    item = office.bring(office.create(), State.FIRST_REVIEW)
    seen = item.edition
    clerk = office.people.of(Role.CLERK)
    item = actions.recall(item=item, staff=clerk, now=office.tick())
    actions.edit(item=item, staff=clerk, draft=draft(summary="后添的"), edition=item.edition, now=office.tick())
    office.bring(item, State.FIRST_REVIEW)
    client = client_of(office.people.of(Role.FIRST_REVIEWER))
    answer = client.post(f"/desk/items/{item.id}/review/", {"edition": seen, "do": "pass"})
    item.refresh_from_db()
    assert (answer.status_code, item.state) == (409, State.FIRST_REVIEW)


def test_two_clerks_lose_nothing(office: Office) -> None:
    from gongkai.web.holdings import actions
    from tests.web.holdings.county import draft

    item = office.create()
    other = office.people.of(Role.FIRST_REVIEWER)
    seen = item.edition
    actions.edit(item=item, staff=other, draft=draft(title="同事改的标题"), edition=seen, now=office.tick())
    client = client_of(office.people.of(Role.CLERK))
    mine = {**FORM, "title": "本人改的标题", "edition": seen, "do": "save"}
    answer = client.post(f"/desk/items/{item.id}/edit/", mine)
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "<del>" in shown
    assert "本人改的标题" in shown
    edition = re.search(r'name="edition" value="(\d+)"', shown)
    assert edition is not None
    client.post(f"/desk/items/{item.id}/edit/", {**mine, "edition": edition[1]})
    item.refresh_from_db()
    assert item.newest_version.title == "本人改的标题"


def test_the_secrecy_review_keeps_its_written_record(office: Office) -> None:
    item = office.bring(office.create(), State.SECRECY_REVIEW)
    client = client_of(office.people.of(Role.SECRECY_REVIEWER))
    given = {"edition": item.edition, "do": "pass", "checks": CHECKS, **RECORD}
    client.post(f"/desk/items/{item.id}/review/", given)
    review = item.reviews.get(act="pass_secrecy")
    assert review.record["outcome"] == "open"
    assert set(review.checks) == set(CHECKS)


def test_passing_is_not_offered_while_something_blocks(office: Office) -> None:
    item = office.bring(office.create(body_html="<p>11010519491231002X</p>"), State.FINAL_REVIEW)
    final = client_of(office.people.of(Role.FINAL_REVIEWER))
    shown = page(final, f"/desk/items/{item.id}/review/")
    assert 'value="pass"' not in shown
    assert 'value="return"' in shown
    assert '<mark class="error" id="place-1">' in shown
    hit = re.search(r'name="hit" value="([\w-]+)"', shown)
    assert hit is not None
    sent = {"hit": hit[1], f"reason-{hit[1]}": "", "opinion": "已与经办人核对", "edition": item.edition}
    refused = final.post(f"/desk/items/{item.id}/review/override/", sent, follow=True).content.decode()
    assert "要写明意见或者理由" in refused
    assert "已与经办人核对</textarea>" in refused
    sent[f"reason-{hit[1]}"] = "公示"
    passed = final.post(f"/desk/items/{item.id}/review/override/", sent, follow=True).content.decode()
    assert 'value="pass"' in passed
    assert "已与经办人核对</textarea>" in passed


@pytest.mark.parametrize("way", ["", "edit/", "review/", "differences/", "step/publish/"])
def test_another_bodys_item_is_as_if_it_were_not_there(office: Office, way: str) -> None:
    item = office.create()
    for stranger in (
        office.people.of(Role.CLERK, office.people.township),
        office.people.of(Role.SYSTEM_ADMIN),
        office.people.idle(),
    ):
        page(client_of(stranger), f"/desk/items/{item.id}/{way}", 404)


def test_nobody_sees_the_desk_without_signing_in(office: Office) -> None:
    from django.test import Client

    item = office.create()
    for address in ("/desk/", "/desk/items/", "/desk/items/items.csv", "/desk/items/new/", f"/desk/items/{item.id}/"):
        answer = Client().get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/sign-in/")


def test_a_step_from_another_site_is_not_taken(office: Office) -> None:
    from django.test import Client

    item = office.bring(office.create(), State.CLEARED)
    director = office.people.of(Role.DISCLOSURE_OFFICE)
    signed_in = client_of(director)
    client = Client(enforce_csrf_checks=True)
    client.cookies = signed_in.cookies
    assert client.post(f"/desk/items/{item.id}/step/publish/").status_code == 403
    assert signed_in.get(f"/desk/items/{item.id}/step/publish/").status_code == 200
    item.refresh_from_db()
    assert item.state is State.CLEARED


def test_nothing_that_was_typed_runs_on_any_page(office: Office) -> None:
    from gongkai.web.holdings import actions
    from tests.web.holdings.county import draft

    words = {name: ATTACK for name in ("title", "summary", "keywords", "source", "ground_note")}
    given = draft(body_html=ATTACK, topic=ATTACK[:40], annotation=ATTACK[:60], document_number=ATTACK[:40], **words)
    clerk, reviewer = office.people.of(Role.CLERK), office.people.of(Role.FIRST_REVIEWER)
    item = actions.create(body=office.people.department, staff=clerk, draft=given, now=office.tick())
    plain = draft(title=f"{ATTACK}改")
    item = actions.edit(item=item, staff=clerk, draft=plain, edition=item.edition, now=office.tick())
    item = office.bring(item, State.FIRST_REVIEW)
    item = actions.send_back(item=item, staff=reviewer, opinion=ATTACK, now=office.tick())
    item = office.bring(item, State.FIRST_REVIEW)
    ways = ("", "edit/", "review/", "differences/", "differences/?old=1&new=2")
    addresses = [
        "/desk/",
        "/desk/items/",
        f"/desk/items/?words={ATTACK}",
        *(f"/desk/items/{item.id}/{way}" for way in ways),
    ]
    for client in (client_of(clerk), client_of(reviewer)):
        for address in addresses:
            shown = page(client, address)
            assert "<script>alert" not in shown, address
            assert "<img" not in shown, address


def test_no_cell_of_the_export_is_a_formula(office: Office) -> None:
    office.create(title='=HYPERLINK("http://x")')
    office.create(title="@SUM(A1)")
    client = client_of(office.people.of(Role.CLERK))
    answer = client.get("/desk/items/items.csv")
    text = b"".join(answer.streaming_content).decode()
    assert "'=HYPERLINK" in text
    assert "'@SUM" in text
    assert not re.search(r'(^|,)"?[=@]', text, re.MULTILINE)


def test_the_text_of_a_file_is_filled_in_and_nothing_is_saved(office: Office) -> None:
    from gongkai.web.holdings.models import Item

    client = client_of(office.people.of(Role.CLERK))
    file = SimpleUploadedFile("通知.html", "<p>第一段</p><table><tr><td>甲</td><td>5</td></tr></table>".encode())
    beside = SimpleUploadedFile("名单.txt", "另选的附件".encode())
    answer = client.post("/desk/items/new/", {**FORM, "do": "import", "document": file, "files": [beside]})
    shown = answer.content.decode()
    assert "现将有关事项通知如下。" in shown, "what was typed stays above it"
    assert "checked> 名单.txt" in shown
    assert "第一段" in shown
    assert "| 甲 | 5 |" in shown
    assert not Item.objects.exists()


def test_the_lists_ask_the_database_no_more_for_more(office: Office) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = client_of(office.people.of(Role.SECOND_REVIEWER))
    counts: list[int] = []
    page(client, "/desk/")
    for _ in range(2):
        for _ in range(3):
            office.bring(office.create(), State.SECOND_REVIEW)
        for address in ("/desk/", "/desk/items/"):
            with CaptureQueriesContext(connection) as asked:
                page(client, address)
            counts.append(len(asked))
    assert counts[:2] == counts[2:]


def test_the_heading_is_the_answer(office: Office) -> None:
    today = timezone.localdate()
    office.bring(office.create(formed_on=today - timedelta(days=60)), State.SECOND_REVIEW)
    client = client_of(office.people.of(Role.SECOND_REVIEWER))
    shown = page(client, "/desk/")
    assert "今天没有到期的件" in shown
    assert "1 件已逾期" in shown


def test_an_attachment_is_laid_out_with_its_hits_and_the_look_at_it_is_written_down(office: Office) -> None:
    from gongkai.web.journal.queries import of_subject
    from tests.web.holdings.test_masking import attached, name_list

    item = office.bring(attached(office, office.create(), name_list()), State.FIRST_REVIEW)
    used = item.newest_version.files.get()
    client = client_of(office.people.of(Role.FIRST_REVIEWER))
    shown = page(client, f"/desk/items/{item.id}/review/?file={used.id}")
    assert re.search(r'class="error" id="place-1">\s*<a [^>]*>1</a>\s*11010519491231002X</td>', shown)
    assert "备注（隐藏列）" in shown
    assert [entry.act for entry in of_subject(f"files.file:{used.file_id}")][-1] == "files.open"
    answer = client.post(f"/desk/items/{item.id}/review/mask/", {"file": used.id, "edition": item.edition})
    assert "已换成遮盖副本" in page(client, answer["Location"])
    used.refresh_from_db()
    assert used.copy is not None


def test_a_time_after_the_day_of_the_law_is_told_by_the_clock_on_the_wall(office: Office) -> None:
    item = office.bring(office.create(), State.CLEARED)
    client = client_of(office.people.of(Role.DISCLOSURE_OFFICE))
    at = timezone.localtime(timezone.now()) + timedelta(days=90)
    no_time = client.post(f"/desk/items/{item.id}/step/schedule/", {"at": "", "edition": item.edition})
    assert "日期和几点几分都要" in no_time.content.decode()
    sent = {"at": f"{at:%Y-%m-%dT09:30}", "edition": item.edition}
    shown = client.post(f"/desk/items/{item.id}/step/schedule/", sent, follow=True).content.decode()
    assert f"已定好：{at:%Y-%m-%d} 09:30 自动公开" in shown
    assert f"定在 {at:%Y-%m-%d} 09:30 公开，过了 {item.due_on:%Y-%m-%d} 的公开期限" in shown
    item.refresh_from_db()
    refused = client.post(f"/desk/items/{item.id}/step/publish/", {"edition": item.edition}, follow=True)
    assert f"已定在 {at:%Y-%m-%d} 09:30 公开" in refused.content.decode()


def test_a_step_that_cannot_be_taken_now_says_why_and_has_no_button(office: Office) -> None:
    item = office.bring(office.create(), State.FIRST_REVIEW)
    client = client_of(office.people.of(Role.CLERK))
    shown = page(client, f"/desk/items/{item.id}/step/discard/")
    assert "作废的不能恢复" in shown
    assert '<button class="button primary">' not in shown
    assert "待初审" in shown
    draft = office.create()
    assert '<button class="button primary">' in page(client, f"/desk/items/{draft.id}/step/discard/")


def test_a_file_that_is_not_what_its_name_says_is_told(office: Office) -> None:
    item = office.create()
    client = client_of(office.people.of(Role.CLERK))
    files = [SimpleUploadedFile("名单.docx", "张三，李四".encode()), SimpleUploadedFile("表.CSV", b"a,b\n1,2\n")]
    sent = {**FORM, "do": "save", "edition": item.edition, "files": files}
    shown = client.post(f"/desk/items/{item.id}/edit/", sent, follow=True).content.decode()
    assert "“名单.docx”的内容和后缀不符，已按“名单.txt”收下" in shown
    assert shown.count("后缀不符") == 1
