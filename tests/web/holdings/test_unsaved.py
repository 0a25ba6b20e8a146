"""没有存上的 — a chosen file, a taken number, an empty form: told, and nothing lost (条例 第十二条)."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.law.publishing import State
from gongkai.law.roles import Role
from tests.web.cast import client_of
from tests.web.holdings.county import Office
from tests.web.holdings.test_pages import FORM

pytestmark = pytest.mark.usefixtures("ground")
NUMBER = "示建〔2026〕9号"


@pytest.fixture
def office(ground: None) -> Office:
    del ground
    return Office()


@pytest.mark.parametrize("do", ["submit", "save"])
@pytest.mark.parametrize("body", ["", FORM["body"]])
def test_a_document_that_was_chosen_and_not_taken_over_is_not_passed_over(office: Office, do: str, body: str) -> None:
    from gongkai.web.holdings.models import Item

    client = client_of(office.people.of(Role.CLERK))
    chosen = SimpleUploadedFile("通知.txt", "请于月底前报送。".encode())
    page = client.post("/desk/items/new/", {**FORM, "body": body, "do": do, "document": chosen}).content.decode()
    assert "请于月底前报送。</textarea>" in page
    assert "所以这次没有保存，也没有送" in page
    assert not Item.objects.exists()


def test_a_document_that_cannot_be_read_stops_the_saving_and_says_so(office: Office) -> None:
    from gongkai.web.holdings.models import Item

    client = client_of(office.people.of(Role.CLERK))
    chosen = SimpleUploadedFile("通知.docx", b"PK\x03\x04 torn")
    page = client.post("/desk/items/new/", {**FORM, "do": "submit", "document": chosen}).content.decode()
    assert "这次还没有保存" in page
    assert FORM["title"] in page
    assert not Item.objects.exists()


def test_beside_a_chosen_document_what_others_saved_is_not_written_over(office: Office) -> None:
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.draft import Draft

    item = office.create()
    clerk = office.people.of(Role.CLERK)
    changed = Draft.of(item.newest_version).with_changes(title="别人改过的标题")
    actions.edit(item=item, staff=clerk, draft=changed, edition=item.edition, now=office.tick())
    client, address = client_of(clerk), f"/desk/items/{item.id}/edit/"
    for sent in ({"document": SimpleUploadedFile("通知.txt", "一段".encode())}, {"formed_on": "2026-02-30"}):
        page = client.post(address, {**FORM, "edition": item.edition, "do": "save", **sent}).content.decode()
        assert f'name="edition" value="{item.edition}"' in page
    assert client.post(address, {**FORM, "edition": item.edition, "do": "save"}).status_code == 409


@pytest.mark.parametrize("do", ["save", "submit"])
def test_a_number_that_is_taken_is_left_out_and_all_else_is_kept(office: Office, do: str) -> None:
    from gongkai.web.holdings.models import Item

    first = office.create(document_number=NUMBER)
    client = client_of(office.people.of(Role.CLERK))
    sent = {**FORM, "document_number": NUMBER, "title": "第二件", "do": do, "once": "b" * 32}
    for _ in range(2):  # pressed twice
        files = SimpleUploadedFile("名单.txt", "附表".encode())
        answer = client.post("/desk/items/new/", {**sent, "files": files})
        page = answer.content.decode()
        assert answer.status_code == 400
        assert f"已经用在 {first.index_number} 上，请核对。文号没有存" in page
        assert f'href="/desk/items/{first.id}/"' in page
        assert "填的已存为草稿" in page
        second = Item.objects.get(newest_version__title="第二件")
        assert (second.state, second.document_number) == (State.DRAFT, "")
        assert [each.title for each in second.newest_version.files.all()] == ["名单.txt"]
    edited = client.post(f"/desk/items/{second.id}/edit/", {**sent, "title": "改了", "edition": second.edition})
    assert edited.status_code == 400
    second.refresh_from_db()
    assert (second.newest_version.title, second.document_number) == ("改了", "")
    right = {**sent, "document_number": "示建〔2026〕10号", "edition": second.edition, "do": "save"}
    assert client.post(f"/desk/items/{second.id}/edit/", right).status_code == 302


def test_at_review_a_number_that_is_taken_saves_nothing_since_that_would_begin_anew(office: Office) -> None:
    office.create(document_number=NUMBER)
    item = office.bring(office.create(title="乙"), State.FIRST_REVIEW)
    client = client_of(office.people.of(Role.CLERK))
    sent = {**FORM, "document_number": NUMBER, "edition": item.edition, "do": "save"}
    assert "这次还没有保存" in client.post(f"/desk/items/{item.id}/edit/", sent).content.decode()
    before = item.edition
    item.refresh_from_db()
    assert item.edition == before


@pytest.mark.parametrize("do", ["save", "submit"])
def test_an_empty_form_takes_no_index_number(office: Office, do: str) -> None:
    from gongkai.web.holdings.models import Item

    client = client_of(office.people.of(Role.CLERK))
    page = client.post("/desk/items/new/", {**FORM, "title": " ", "body": "\n", "do": do})
    assert page.status_code == 400
    assert "请先写上标题" in page.content.decode()
    refused = SimpleUploadedFile("空.docx", b"")
    page = client.post("/desk/items/new/", {**FORM, "title": "", "body": "", "do": do, "files": refused})
    assert "请先写上标题" in page.content.decode()
    assert not Item.objects.exists()
    files = SimpleUploadedFile("名单.txt", "附表".encode())
    client.post("/desk/items/new/", {**FORM, "title": "", "body": "", "do": "save", "files": files})
    assert Item.objects.count() == 1, "a file alone is worth keeping"


def test_after_a_form_of_which_nothing_may_be_kept_files_are_to_be_chosen_again(office: Office) -> None:
    client = client_of(office.people.of(Role.CLERK))
    files = SimpleUploadedFile("名单.txt", "附表".encode())
    sent = {**FORM, "body": "绝密★启用前\n正文", "do": "save", "files": files}
    page = client.post("/desk/items/new/", sent).content.decode()
    assert "选过的文件要重新选：名单.txt" in page


def test_what_was_ticked_to_be_taken_away_stays_ticked(office: Office) -> None:
    client = client_of(office.people.of(Role.CLERK))
    files = SimpleUploadedFile("名单.txt", "附表".encode())
    address = client.post("/desk/items/new/", {**FORM, "do": "save", "files": files})["Location"]
    number = re.search(r'name="remove" value="(\d+)"', client.get(address).content.decode())
    assert number is not None
    sent = {**FORM, "edition": 1, "do": "save", "formed_on": "2026-02-30", "remove": number[1]}
    assert f'name="remove" value="{number[1]}" checked' in client.post(address, sent).content.decode()


@pytest.mark.parametrize(
    ("half", "said"),
    [
        ({"relation_to": "11419999MB0000001E/2023-00002"}, "没有选是什么关系"),
        ({"relation_kind": "repeals"}, "没有写那一件的索引号"),
    ],
)
@pytest.mark.parametrize("do", ["submit", "save"])
def test_half_of_a_relation_is_not_dropped_in_silence(office: Office, half: dict[str, str], said: str, do: str) -> None:
    client = client_of(office.people.of(Role.CLERK))
    answer = client.post("/desk/items/new/", {**FORM, **half, "do": do})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert said in page
    assert half.get("relation_to", 'value="repeals" selected') in page
    assert FORM["title"] in page


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, f"{name} 里的一段。")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("两份.zip", zipped("一.txt", "二.txt"), "不止一个文件，没有取"),
        ("空.csv", b",,\n,,\n", "没有取到文字，正文没有变"),
    ],
)
def test_what_a_document_does_not_give_is_said(office: Office, name: str, data: bytes, said: str) -> None:
    client = client_of(office.people.of(Role.CLERK))
    page = client.post(
        "/desk/items/new/", {**FORM, "do": "import", "document": SimpleUploadedFile(name, data)}
    ).content.decode()
    assert said in page
    assert "接在下面正文的后面" not in page
    assert FORM["title"] in page


def test_of_a_document_whose_words_stand_beside_its_body_what_was_left_is_said(office: Office) -> None:
    from io import BytesIO

    from docx import Document

    made, file = Document(), BytesIO()
    made.sections[0].header.paragraphs[0].text = "写在页眉里的一句"
    made.save(file)
    client = client_of(office.people.of(Role.CLERK))
    chosen = SimpleUploadedFile("页眉.docx", file.getvalue())
    page = client.post("/desk/items/new/", {**FORM, "do": "import", "document": chosen}).content.decode()
    assert "正文里没有文字" in page
    assert "没有取的：页眉页脚 1 处" in page
    assert FORM["title"] in page


def test_the_one_document_of_a_zip_is_taken_over(office: Office) -> None:
    client = client_of(office.people.of(Role.CLERK))
    chosen = SimpleUploadedFile("一份.zip", zipped("一.txt"))
    page = client.post("/desk/items/new/", {**FORM, "do": "import", "document": chosen}).content.decode()
    assert "一.txt 里的一段。" in page
