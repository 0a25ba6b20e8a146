"""导出查到的记录 — as table, in words, with a second administrator's consent, written down itself (条例 第四十五条)."""

from __future__ import annotations

import csv
import io
import json

import openpyxl
import pytest

from gongkai.law.publishing import State
from gongkai.law.roles import Role
from tests.web.cast import client_of
from tests.web.holdings.county import Office

pytestmark = pytest.mark.usefixtures("ground")


def agreed(office: Office, address: str, form: str) -> bytes:
    """What is given out once another administrator agreed."""
    from gongkai.web.bodies.models import Consent

    auditor = client_of(office.people.of(Role.AUDIT_ADMIN))
    asked = auditor.post(address, {"form": form}, follow=True)
    assert "要另一名管理员同意" in asked.content.decode()
    other = client_of(office.people.of(Role.SECURITY_ADMIN))
    other.post("/desk/consents/", {"consent": Consent.objects.get(agreed=None).pk, "act": "agree"})
    answer = auditor.post(address, {"form": form})
    assert answer["Content-Disposition"].startswith('attachment; filename="journal-'), answer
    return b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]


def test_what_was_searched_is_taken_out_in_words_and_only_that() -> None:
    from gongkai.web.journal.models import Entry

    office = Office()
    item = office.bring(office.create(title="=1+1"), State.PUBLISHED)
    office.create(title="没有公开的")
    address = "/desk/journal/export/?act=holdings.publish"
    rows = list(csv.reader(io.StringIO(agreed(office, address, "csv").decode("utf-8-sig"))))
    assert len(rows) == 2
    told = dict(zip(rows[0], rows[1], strict=True))
    assert told["做了什么"] == "公开"
    assert told["索引号"] == item.index_number
    assert told["哪一件"] == "'=1+1", "a sheet runs nothing"
    assert told["事实"] == "待发布 → 已公开；第 1 稿"
    assert told["岗位"]
    last = Entry.objects.order_by("-id").first()
    assert last is not None
    assert (last.act, last.facts) == ("export_journal", {"count": 1})
    assert "没有公开的" not in agreed(office, "/desk/journal/export/?act=holdings.create", "json").decode()


def test_all_of_many_pages_is_taken_out() -> None:
    from django.db import transaction

    from gongkai.web.bodies import taken_out
    from gongkai.web.journal.actions import record

    office = Office()
    with transaction.atomic():
        for number in range(2 * taken_out.CHUNK + 3):
            record(
                chain="shifan", act="holdings.edit", subject=f"holdings.item:{number}", actor="console", now=office.now
            )
    told = json.loads(agreed(office, "/desk/journal/export/?act=holdings.edit", "json"))
    assert {each["about"] for each in told} == {f"政府信息 {number}" for number in range(2 * taken_out.CHUNK + 3)}
    sheet = openpyxl.load_workbook(io.BytesIO(agreed(office, "/desk/journal/export/?act=holdings.edit", "xlsx"))).active
    assert sheet is not None
    assert sheet.max_row == len(told) + 1


def test_what_cannot_be_searched_for_is_not_taken_out() -> None:
    office = Office()
    auditor = client_of(office.people.of(Role.AUDIT_ADMIN))
    answer = auditor.post("/desk/journal/export/?act=holdings.fly", {"form": "csv"}, follow=True)
    assert answer.status_code == 422
    assert auditor.post("/desk/journal/export/", {"form": "exe"}).status_code == 302
