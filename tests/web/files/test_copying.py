"""机检与公开副本 — the reviewer sees what is hidden, the copy is clean, and a copy that is not is never kept."""

from __future__ import annotations

import io
from html import unescape
from typing import Any

import pytest

from tests.web.files.conftest import NOW, PDF, People, received

ID = "110101199003074514"
"""Made up, with a right checksum."""


def sheet(*, hidden: bool) -> bytes:
    """A list whose third column holds identity numbers."""
    import openpyxl

    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "名单"
    for row in (("序号", "姓名", "身份证号"), (1, "甲", ID), (2, "乙", ID)):
        page.append(row)
    page.column_dimensions["C"].hidden = hidden
    book.properties.creator = "张三"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def bytes_of(kept: Any) -> bytes:
    from gongkai.web.files.storing import opened

    with opened(kept.storage_name) as file:
        return file.read()


def everything_in(data: bytes) -> str:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return unescape("".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist()))


def test_the_reviewer_sees_what_is_hidden_and_nothing_personal_is_kept(people: People) -> None:
    import json

    from gongkai.web.files.actions import inspect_file
    from gongkai.web.journal.queries import of_subject, verify

    file = received(people, "补贴名单.xlsx", sheet(hidden=True))
    seen = inspect_file(file=file, now=NOW)
    file.refresh_from_db()
    assert file.inspection == seen
    assert file.inspected_at == NOW
    assert seen["blocked"]
    assert {hit["kind"] for hit in seen["hits"]} >= {"id_card"} or len(seen["hits"]) >= 2
    assert any(hit["column"] == 3 for hit in seen["hits"])
    assert seen["hidden"]
    assert ID not in json.dumps(seen)
    entry = of_subject(f"files.file:{file.pk}").last()
    assert entry is not None
    assert (entry.act, entry.facts["hits"]) == ("files.inspect", len(seen["hits"]))
    assert not verify()


def test_a_masked_copy_is_clean_and_is_served_only_when_it_is_published(people: People) -> None:
    from django.test import Client

    from gongkai.web.files.actions import make_public_copy, publish_copy
    from gongkai.web.files.models import CopyKind
    from gongkai.web.files.queries import address

    file = received(people, f"名单{ID}.xlsx", sheet(hidden=True))
    copy = make_public_copy(file=file, kind=CopyKind.MASKED, decisions=None, staff=people.clerk, now=NOW)
    assert ID not in everything_in(bytes_of(copy))
    assert "张三" not in everything_in(bytes_of(copy))
    assert ID not in copy.name
    assert copy.name.endswith(".xlsx")
    assert ID in everything_in(bytes_of(file)), "the original stays as it came"
    assert Client().get(address(copy)).status_code == 404
    publish_copy(copy=copy, staff=people.clerk, now=NOW)
    answer = Client().get(address(copy))
    assert b"".join(answer.streaming_content) == bytes_of(copy)  # type: ignore[attr-defined]


def test_columns_can_be_dropped_and_hits_let_pass(people: People) -> None:
    from gongkai.web.files.actions import inspect_file, make_public_copy
    from gongkai.web.files.models import CopyKind

    file = received(people, "名单.xlsx", sheet(hidden=False))

    def made(decisions: dict[str, Any]) -> str:
        copy = make_public_copy(file=file, kind=CopyKind.MASKED, decisions=decisions, staff=people.clerk, now=NOW)
        return everything_in(bytes_of(copy))

    keys = [hit["key"] for hit in inspect_file(file=file, now=NOW)["hits"]]
    assert ID in made({"keep": keys})
    assert "身份证号" in made({})
    assert "身份证号" not in made({"drop": [["名单", 3]]})


def test_a_stripped_copy_keeps_the_words_and_loses_what_is_hidden(people: People) -> None:
    from gongkai.web.files.actions import make_public_copy
    from gongkai.web.files.models import CopyKind

    file = received(people, "名单.xlsx", sheet(hidden=True))
    copy = make_public_copy(file=file, kind=CopyKind.STRIPPED, decisions=None, staff=people.clerk, now=NOW)
    text = everything_in(bytes_of(copy))
    assert "序号" in text
    assert ID not in text
    assert "张三" not in text


def test_a_copy_in_which_something_survives_is_refused_in_a_sentence_and_not_kept(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.conf import settings

    from gongkai.web.files import actions, redacting
    from gongkai.web.files.kinds import FileError
    from gongkai.web.files.models import CopyKind, PublicCopy

    def careless(source: str, target: str, name: str, *_: object) -> None:
        from pathlib import Path

        from gongkai.documents.redaction import Sentence, SurvivedError

        Path(target).write_bytes(Path(source).read_bytes())
        raise SurvivedError(name, [Sentence("表“{grid}”", {"grid": "名单"})])

    def here(work: Any, *arguments: Any, seconds: float) -> None:
        work(*arguments)

    monkeypatch.setattr(actions, "apart", here)
    monkeypatch.setattr(actions, "copy_into", careless)
    file = received(people, "名单.xlsx", sheet(hidden=True))
    before = {path for path in settings.FILES_FOLDER.rglob("*") if path.is_file()}
    with pytest.raises(FileError, match="没有隐干净"):
        actions.make_public_copy(file=file, kind=CopyKind.MASKED, decisions=None, staff=people.clerk, now=NOW)
    assert not PublicCopy.objects.exists()
    assert {path for path in settings.FILES_FOLDER.rglob("*") if path.is_file()} == before
    assert redacting.copy_into is not careless


def dies(*_: object) -> None:
    """A piece of work that takes its process with it."""
    import os

    os._exit(7)


def test_what_takes_its_process_with_it_costs_that_file_alone(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    from gongkai.web.files import actions
    from gongkai.web.files.kinds import FileError
    from gongkai.web.files.models import CopyKind

    monkeypatch.setattr(actions, "copy_into", dies)
    monkeypatch.setattr(actions, "inspect_into", dies)
    file = received(people, "名单.xlsx", sheet(hidden=True))
    with pytest.raises(FileError, match="程序中断"):
        actions.make_public_copy(file=file, kind=CopyKind.MASKED, decisions=None, staff=people.clerk, now=NOW)
    seen = actions.inspect_file(file=file, now=NOW)
    assert len(seen["unread"]) == 1
    assert not seen["hits"]


def test_what_no_copy_can_be_made_of_says_so(people: People) -> None:
    from gongkai.web.files.actions import make_public_copy
    from gongkai.web.files.kinds import FileError
    from gongkai.web.files.models import CopyKind
    from gongkai.web.files.storing import remove
    from tests.documents import zoo

    for name, data in (("a.doc", zoo.ole("WordDocument")), ("a.pdf", PDF)):
        file = received(people, name, data)
        with pytest.raises(FileError):
            make_public_copy(file=file, kind=CopyKind.STRIPPED, decisions=None, staff=people.clerk, now=NOW)
    remove(file.storage_name)
    with pytest.raises(FileError, match="找不到"):
        make_public_copy(file=file, kind=CopyKind.STRIPPED, decisions=None, staff=people.clerk, now=NOW)


def test_nobody_of_another_body_makes_copies(people: People) -> None:
    from gongkai.web.bodies.permissions import Refused
    from gongkai.web.files.actions import make_public_copy
    from gongkai.web.files.models import CopyKind

    file = received(people)
    for staff in (people.stranger, people.admin):
        with pytest.raises(Refused):
            make_public_copy(file=file, kind=CopyKind.MASKED, decisions=None, staff=staff, now=NOW)


def test_a_table_that_is_given_out_runs_nothing(people: People) -> None:
    from gongkai.web.files.actions import make_public_copy
    from gongkai.web.files.models import CopyKind

    file = received(people, "表.csv", "项目,金额\n=1+1,-5\n".encode())
    copy = make_public_copy(file=file, kind=CopyKind.STRIPPED, decisions=None, staff=people.clerk, now=NOW)
    assert bytes_of(copy).decode("utf-8-sig").splitlines() == ["项目,金额", "'=1+1,-5"]
