"""涉密不入网 — a state secret is a stub, and a stamp is taken in nowhere, whatever the door (保密法 第三十一条)."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any
from urllib.parse import quote

import pytest

from gongkai.law.publishing import Act, State
from gongkai.law.roles import Role
from gongkai.law.scope import Ground, Openness
from gongkai.law.withdrawal import WithdrawalGround
from tests.web.api.conftest import system_of
from tests.web.cast import client_of
from tests.web.holdings.county import Office, draft

pytestmark = pytest.mark.usefixtures("ground")

STAMP = "机密★1年"
SECRET = {"openness": Openness.CLOSED, "ground": Ground.STATE_SECRET, "title": "", "body_html": ""}
BASIS = "某保密事项范围第三项"


def kept_anywhere(text: str) -> list[str]:
    """Every text column of every table in which a word stands."""
    from django.apps import apps
    from django.db.models import CharField, JSONField, TextField

    found = []
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, CharField | TextField | JSONField):
                values = model._default_manager.values_list(field.name, flat=True)
                found += [f"{model.__name__}.{field.name}" for value in values if text in str(value)]
    return found


def test_a_state_secret_is_registered_without_a_word_of_it() -> None:
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.refusals import DraftError

    office = Office()
    item = office.create(**SECRET)
    assert item.newest_version.title == f"（涉密信息，编号 {item.index_number}）"
    with pytest.raises(DraftError) as refused:
        office.take(item, Act.SUBMIT)
    assert {each.field for each in refused.value.problems} == {"ground_note"}
    clerk = office.people.of(Role.CLERK)
    told = draft(**{**SECRET, "title": item.newest_version.title, "ground_note": BASIS})
    item = actions.edit(item=item, staff=clerk, draft=told, edition=item.edition, now=office.tick())
    item = office.bring(item, State.HELD)
    assert (item.ground, item.ground_note) == (Ground.STATE_SECRET, BASIS)
    director = office.people.of(Role.DISCLOSURE_OFFICE)
    item = actions.reassess(item=item, staff=director, opinion="仍属国家秘密", now=office.tick())
    assert item.assessments.get().next_on == date(2027, 11, 20)
    # Declassified, it is written and reviewed like any other.
    item = actions.change_openness(item=item, staff=director, reason="保密期限已满", now=office.tick())
    item = actions.edit(item=item, staff=clerk, draft=draft(), edition=item.edition, now=office.tick())
    assert office.bring(item, State.PUBLISHED).public_version.title == draft().title


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": "某项工程"}, "title"),
        ({"body_html": "<p>内容全文</p>"}, "body_html"),
        ({"summary": "概要"}, "summary"),
        ({"keywords": "词"}, "keywords"),
        ({"source": "某处"}, "source"),
        ({"annotation": "（不公开）"}, "annotation"),
        ({"document_number": "示建〔2026〕8号"}, "document_number"),
        ({"topic": "城乡建设"}, "topic"),
        ({"expires_on": date(2027, 1, 1)}, "expires_on"),
        ({"relations": (("interprets", "X"),)}, "relations"),
        ({"openness": Openness.PROACTIVE}, "openness"),
        ({"openness": Openness.ON_REQUEST}, "openness"),
        ({"ground_note": STAMP}, "ground_note"),
    ],
)
def test_nothing_of_a_secret_is_kept_in_any_field(changed: dict[str, Any], field: str) -> None:
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.models import Item
    from gongkai.web.holdings.refusals import DraftError

    office = Office()
    with pytest.raises(DraftError) as refused:
        office.create(**{**SECRET, **changed})
    assert field in {each.field for each in refused.value.problems}
    stub = office.create(**SECRET)
    clerk = office.people.of(Role.CLERK)
    with pytest.raises(DraftError):
        actions.edit(
            item=stub, staff=clerk, draft=draft(**{**SECRET, **changed}), edition=stub.edition, now=office.tick()
        )
    assert Item.objects.count() == 1


@pytest.mark.parametrize("body", ["<p></p>", "<br>", "&nbsp;", "<!-- 空 -->"])
def test_an_empty_body_is_empty_however_it_is_written(body: str) -> None:
    assert Office().create(**{**SECRET, "body_html": body}).newest_version.body_html == ""


@pytest.mark.parametrize("title", ["（涉密信息）某项", "（涉密信息，编号 X）"])
def test_no_title_of_ones_own_hides_in_that_of_a_stub(title: str) -> None:
    from gongkai.web.holdings.refusals import DraftError

    with pytest.raises(DraftError):
        Office().create(**{**SECRET, "title": title})


@pytest.mark.parametrize("title", ["\u200b", "\u200b（涉密信息）", "\U000e0031\U000e0032"])
def test_signs_that_nobody_sees_are_not_in_the_title_of_a_stub(title: str) -> None:
    from gongkai.web.holdings.secrets import stub_title

    stub = Office().create(**{**SECRET, "title": title})
    assert stub.newest_version.title == stub_title(stub.index_number)


def test_what_has_words_or_files_is_not_turned_into_a_secret_that_stays() -> None:
    from gongkai.web.files.actions import receive
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.refusals import DraftError, StepError

    office = Office()
    clerk, body = office.people.of(Role.CLERK), office.people.department
    item = office.create(title="某项工程", body_html="<p>内容全文</p>")
    with pytest.raises(DraftError) as refused:
        actions.edit(item=item, staff=clerk, draft=draft(**SECRET), edition=item.edition, now=office.tick())
    assert "请求清除" in refused.value.problems[0].message
    stub = office.create(**SECRET)
    file = receive(body=body, staff=clerk, name="a.csv", stream=BytesIO(b"a,b\n1,2\n"), now=office.tick())
    with pytest.raises(StepError, match="不能有附件"):
        actions.attach_file(item=stub, staff=clerk, file=file, now=office.tick())


def test_nobody_is_asked_for_the_name_of_a_secret() -> None:
    """Whatever else is missing, the boxes that stay empty are never said to be missing (保密法 第三十一条)."""
    office = Office()
    client = client_of(office.people.of(Role.CLERK))
    sent = {"formed_on": "2026-11-16", "openness": "closed", "ground": "state_secret", "do": "submit"}
    told = client.post("/desk/items/new/", sent).content.decode()
    assert "还没有选栏目" in told
    assert "定密依据" in told
    for asked in ("还没有标题", "正文和附件至少要有一样"):
        assert asked not in told


def test_the_form_and_the_interface_keep_the_same_rule() -> None:
    from gongkai.web.holdings.models import Item

    office = Office()
    clerk = office.people.of(Role.CLERK)
    sent = {
        "title": "某项工程的内容",
        "column": "policies",
        "formed_on": "2026-11-16",
        "openness": "closed",
        "ground": "state_secret",
        "ground_note": BASIS,
        "body": "内容全文在这里",
        "do": "save",
    }
    answer = client_of(clerk).post("/desk/items/new/", sent)
    assert answer.status_code == 400
    assert "内容全文在这里" in answer.content.decode()  # shown again, to who typed it
    assert "不能填" in answer.content.decode()
    system = system_of(office.people)
    given = {name: sent[name] for name in ("column", "formed_on", "openness", "ground", "ground_note")}
    refused = system.call("POST", "/items", json={**given, "title": "某项工程的内容", "body_html": "<p>内容全文</p>"})
    assert (refused.status_code, refused.json()["code"]) == (422, "incomplete")
    assert {each["where"] for each in refused.json()["problems"]} == {"title", "body_html"}
    assert Item.objects.count() == 0
    assert kept_anywhere("某项工程") == kept_anywhere("内容全文") == []
    made = system.call("POST", "/items", json={**given, "title": "（涉密信息）"})
    assert made.status_code == 201
    assert made.json()["title"].startswith("（涉密信息，编号 ")


STAMPED = [
    {"title": f"{STAMP} 某项通知"},
    {"body_html": f"<p>{STAMP}</p><p>某项内容</p>"},
    {"body_html": "<p>机<b>密</b>★<i>1</i>年</p><p>某项内容</p>"},
    {"body_html": "<p>密级：秘密</p><p>某项内容</p>"},
    {"body_html": f'<p title="{STAMP}">正文</p>'},
    {"body_html": f'<p><a href="https://www.gov.cn/{STAMP}/">链接</a></p>'},
    {"body_html": f'<p><a href="https://www.gov.cn/?q={quote(STAMP)}">链接</a></p>'},
    {"summary": f"摘要 {STAMP}"},
    {"keywords": STAMP},
    {"source": STAMP},
    {"annotation": STAMP},
    {"ground_note": STAMP, "openness": Openness.CLOSED, "ground": Ground.INTERNAL_AFFAIRS},
    {"document_number": STAMP},
    {"topic": STAMP},
]


@pytest.mark.parametrize("changed", STAMPED)
def test_a_stamp_is_typed_into_no_field(changed: dict[str, Any]) -> None:
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.models import Item
    from gongkai.web.holdings.refusals import DraftError

    office = Office()
    with pytest.raises(DraftError) as refused:
        office.create(**changed)
    assert "立即停止，不要在本系统处理" in refused.value.problems[0].message
    assert Item.objects.count() == 0
    item = office.create()
    with pytest.raises(DraftError):
        actions.edit(
            item=item,
            staff=office.people.of(Role.CLERK),
            draft=draft(**changed),
            edition=item.edition,
            now=office.tick(),
        )
    assert kept_anywhere("★") == []


def test_a_stamp_is_written_into_no_opinion_reason_or_record() -> None:
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.refusals import StepError
    from tests.web.holdings.county import CHECKS, RECORD

    office = Office()
    people = office.people
    text = f"附件第一页是{STAMP}"
    item = office.bring(office.create(), State.SECRECY_REVIEW)
    reviewer, director = people.of(Role.SECRECY_REVIEWER), people.of(Role.DISCLOSURE_OFFICE)
    with pytest.raises(StepError, match="立即停止"):
        actions.send_back(item=item, staff=reviewer, opinion=text, now=office.tick())
    for field in ("way", "scope", "time", "ground"):
        with pytest.raises(StepError, match="立即停止"):
            actions.pass_review(
                item=item,
                staff=reviewer,
                act=Act.PASS_SECRECY,
                checks=CHECKS,
                record={**RECORD, field: text},
                now=office.tick(),
            )
    with pytest.raises(StepError, match="立即停止"):
        actions.refer(
            item=item, staff=reviewer, record={**RECORD, "outcome": "referred"}, authority=text, now=office.tick()
        )
    item = office.bring(item, State.PUBLISHED)
    with pytest.raises(StepError):
        actions.withdraw(item=item, staff=director, ground=WithdrawalGround.INACCURATE, reason=text, now=office.tick())
    held = office.bring(office.create(openness=Openness.CLOSED, ground=Ground.INTERNAL_AFFAIRS), State.HELD)
    with pytest.raises(StepError, match="立即停止"):
        actions.reassess(item=held, staff=director, opinion=text, now=office.tick())
    assert kept_anywhere("★") == []


def uploaded(office: Office, data: bytes, name: str = "通知.txt") -> Any:
    from gongkai.web.files.actions import receive

    clerk = office.people.of(Role.CLERK)
    return receive(body=clerk.body, staff=clerk, name=name, stream=BytesIO(data), now=office.tick())


def test_a_stamped_upload_is_quarantined_and_the_right_people_are_told() -> None:
    from gongkai.web.bodies.permissions import Refused
    from gongkai.web.files import actions as files
    from gongkai.web.files.kinds import FileError
    from gongkai.web.files.models import CopyKind
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.models import Notice
    from gongkai.web.holdings.refusals import StepError

    office = Office()
    people = office.people
    clerk, reviewer = people.of(Role.CLERK), people.of(Role.SECRECY_REVIEWER)
    item = office.create()
    browser = client_of(clerk)
    sent = {
        "title": "打好的标题", "column": "policies", "formed_on": "2026-11-16", "openness": "proactive", "body": "正文",
        "do": "save", "edition": item.edition, "files": BytesIO(f"{STAMP}\n某项内容\n".encode()),
    }  # fmt: skip
    sent["files"].name = "通知.txt"  # type: ignore[attr-defined]
    answer = browser.post(f"/desk/items/{item.id}/edit/", sent)
    assert answer.status_code == 409
    assert "已经隔离" in answer.content.decode()
    assert "打好的标题" in answer.content.decode()
    from gongkai.web.files.models import File

    file = File.objects.get()
    assert file.quarantined_at is not None
    assert {each.to for each in Notice.objects.filter(item=None)} == {clerk, reviewer}
    for person in (clerk, reviewer, people.of(Role.DISCLOSURE_OFFICE)):
        assert client_of(person).get(f"/desk/files/{file.pk}/").status_code == 404
    with pytest.raises(StepError, match="已经隔离"):
        actions.attach_file(item=item, staff=clerk, file=file, now=office.tick())
    with pytest.raises(FileError, match="已经隔离"):
        files.make_public_copy(file=file, kind=CopyKind.STRIPPED, decisions=None, staff=clerk, now=office.tick())
    with pytest.raises(FileError, match="已经隔离"):
        files.open_original(staff=reviewer, file=file, now=office.tick())
    page = client_of(reviewer).get("/desk/").content.decode()
    assert "隔离的附件" in page
    # One asks, another destroys.
    with pytest.raises(Refused):
        actions.ask_to_destroy(file=file, staff=clerk, now=office.tick())
    with pytest.raises(StepError, match="还没有人请求"):
        actions.destroy(file=file, staff=reviewer, now=office.tick())
    assert client_of(reviewer).post("/desk/quarantine/", {"file": file.pk, "do": "ask"}).status_code == 302
    with pytest.raises(StepError, match="换一个人"):
        actions.destroy(file=file, staff=reviewer, now=office.tick())
    with pytest.raises(Refused):
        actions.destroy(file=file, staff=clerk, now=office.tick())
    director = client_of(people.of(Role.DISCLOSURE_OFFICE))
    assert "确认销毁" in director.get("/desk/quarantine/").content.decode()
    assert director.post("/desk/quarantine/", {"file": file.pk, "do": "destroy"}).status_code == 302
    file.refresh_from_db()
    assert (file.name, file.inspection, file.purged_at is not None) == ("", None, True)
    stranger = client_of(people.of(Role.SECRECY_REVIEWER, people.township))
    assert stranger.post("/desk/quarantine/", {"file": file.pk, "do": "ask"}).status_code == 404


def test_a_system_is_told_that_its_stamped_file_was_quarantined() -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from gongkai.web.files.models import File

    office = Office()
    system = system_of(office.people)
    made = system.draft()
    upload = SimpleUploadedFile("通知.txt", f"密级：秘密\n{STAMP}\n".encode())
    answer = system.call("POST", f"/items/{made['id']}/files", form={"file": upload})
    assert answer.status_code == 409
    assert "已经隔离" in answer.json()["message"]
    assert File.objects.get().quarantined_at is not None
    stamped = system.call("POST", "/items", json={**given_draft(), "title": f"{STAMP} 通知"})
    assert (stamped.status_code, stamped.json()["code"]) == (422, "incomplete")


def test_what_is_not_kept_of_a_body_is_no_reason_to_refuse_it() -> None:
    office = Office()
    office.create(body_html=f'<p onclick="{STAMP}">正文<!-- {STAMP} --><script>{STAMP}</script></p>')
    assert kept_anywhere("★") == []


def given_draft() -> dict[str, str]:
    return {"title": "通知", "column": "policies", "formed_on": "2026-11-16", "body_html": "<p>正文</p>"}


def test_a_file_in_which_a_stamp_is_found_later_is_given_to_nobody_from_then_on() -> None:
    from gongkai.web.files import actions as files
    from gongkai.web.files import storing
    from gongkai.web.files.models import File, PublicCopy
    from tests.web.holdings.test_masking import attached

    office = Office()
    office.bring(attached(office, office.create(), "正文\n".encode(), "通知.txt"), State.PUBLISHED)
    copy = PublicCopy.objects.get()
    address = f"/files/{copy.key}/{copy.name}"
    assert client_of(None).get(address).status_code == 200
    # As if a scanned page were read better tomorrow: the bytes are those of a stamped document.
    file = File.objects.get()
    with storing.store().open(file.storage_name, "wb") as kept:
        kept.write(f"{STAMP}\n正文\n".encode())
    files.inspect_file(file=file, now=office.tick())
    assert client_of(None).get(address).status_code == 404


def test_the_text_of_a_stamped_document_is_not_filled_into_the_form() -> None:
    office = Office()
    upload = BytesIO(f"{STAMP}\n某项内容\n".encode())
    upload.name = "通知.txt"
    sent = {"do": "import", "document": upload, "formed_on": "2026-11-16", "title": "打好的标题"}
    page = client_of(office.people.of(Role.CLERK)).post("/desk/items/new/", sent).content.decode()
    assert "立即停止" in page
    assert "某项内容" not in page
    assert "打好的标题" in page
