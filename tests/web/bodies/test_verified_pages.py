"""核验的网页 — one finding a line, worst first; taken along as a table; the last result stays (条例 第四十五条)."""

from __future__ import annotations

import csv
import io
import json
import re

import openpyxl
import pytest

from gongkai.law.publishing import State
from gongkai.law.roles import Role
from tests.web.cast import NOW, Cast, cast, client_of
from tests.web.holdings.county import Office

pytestmark = pytest.mark.usefixtures("ground")
ADDRESS = "/desk/journal/verified/"


def falsified() -> Office:
    """A county in which a hand at the database changed an entry, what the public sees, and what is kept."""
    from gongkai.web.holdings.models import Item
    from gongkai.web.journal.models import Entry
    from tests.web.journal.test_journal import change, without_guard

    office = Office()
    public = office.bring(office.create(title="甲"), State.PUBLISHED)
    kept = office.create(title="乙")
    without_guard()
    Item.objects.filter(id=kept.pk).update(document_number="示政〔2026〕9号", state=State.CLEARED)
    Item.objects.filter(id=public.pk).update(public_version=None)
    change("journal_entry", "actor", "staff:1", Entry.objects.order_by("id").first().pk)  # type: ignore[union-attr]
    return office


def test_findings_stand_one_a_line_and_the_worst_first() -> None:
    client = client_of(falsified().people.of(Role.AUDIT_ADMIN))
    assert "还没有核验过" in client.get(ADDRESS).content.decode()
    page = client.post(ADDRESS, follow=True).content.decode()
    rows = re.findall(r"(?s)<tr>\s*<td.*?</tr>", page[page.index("<tbody>") :])
    weights = [re.sub("<[^>]*>", "", re.findall("<td.*?</td>", row)[0]) for row in rows]
    assert weights == sorted(weights, key=["记录被动过", "公众看到的不对", "与记录不符"].index)
    assert set(weights) == {"记录被动过", "公众看到的不对", "与记录不符"}
    assert f"查到 {len(rows)} 处不对" in page
    assert "第 1 条被改过" in rows[0]
    assert "shifan" not in re.sub("<[^>]*>", "", rows[0]), "a body is said by its name"
    assert client.get(ADDRESS).content.decode().count("<tr>") == page.count("<tr>"), "the result stays"


def test_what_is_not_listed_is_said_and_taken_along(monkeypatch: pytest.MonkeyPatch) -> None:
    from gongkai.web.bodies.views import verifying

    client = client_of(falsified().people.of(Role.AUDIT_ADMIN))
    page = client.post(ADDRESS, follow=True).content.decode()
    count = int(re.search("查到 ([0-9]+) 处不对", page)[1])  # type: ignore[index]
    monkeypatch.setattr(verifying, "SHOWN", 1)
    assert f"只列出最重的 1 处，一共 {count} 处" in client.get(ADDRESS).content.decode()

    def taken(form: str) -> bytes:
        answer = client.get(f"{ADDRESS}findings.{form}")
        assert answer.status_code == 200
        return b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]

    rows = list(csv.reader(io.StringIO(taken("csv").decode("utf-8-sig"))))
    assert rows[0] == ["轻重", "主体", "第几条", "查到什么"]
    assert len(rows) == count + 1
    told = json.loads(taken("json"))
    assert [each["message"] for each in told] == [row[3] for row in rows[1:]]
    sheet = openpyxl.load_workbook(io.BytesIO(taken("xlsx"))).active
    assert sheet is not None
    assert sheet.max_row == count + 1
    assert client.get(f"{ADDRESS}findings.pdf").status_code == 404


def test_a_journal_that_holds_says_what_was_compared() -> None:
    office = Office()
    office.bring(office.create(), State.PUBLISHED)
    page = client_of(office.people.of(Role.AUDIT_ADMIN)).post(ADDRESS, follow=True).content.decode()
    assert "办理记录完好" in page
    assert "公开副本是不是做成时的" in page


def test_an_auditor_of_a_township_sees_the_findings_of_its_chain_alone() -> None:
    from gongkai.web.bodies.jobs import verify_journal
    from gongkai.web.bodies.models import Appointment

    office = falsified()
    own = office.people.idle(office.people.township)
    Appointment.objects.create(staff=own, body=office.people.township, role=Role.AUDIT_ADMIN, appointed_at=NOW)
    verify_journal.func()
    assert "查到" in client_of(office.people.of(Role.AUDIT_ADMIN)).get(ADDRESS).content.decode()
    assert "办理记录完好" in client_of(own).get(ADDRESS).content.decode()


def test_nobody_else_verifies() -> None:
    people: Cast = cast()
    for role in (Role.CLERK, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN):
        client = client_of(people.of(role))
        for address in (ADDRESS, f"{ADDRESS}findings.csv", "/desk/journal/since/"):
            assert client.get(address).status_code == 404, (role, address)
        assert client.post(ADDRESS).status_code == 404
