"""慢的附件 — nobody waits for a scan: it is looked into later, and until then no review is passed (条例 第十七条)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.utils import timezone

from gongkai.law.publishing import Act, State
from gongkai.law.roles import Role
from tests.web.cast import client_of
from tests.web.holdings.county import Office
from tests.web.holdings.test_masking import IDENTITY
from tests.web.holdings.test_pages import FORM

pytestmark = pytest.mark.usefixtures("ground")


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever uploads waits for nothing."""
    from gongkai.web.files import actions
    from gongkai.web.files.kinds import FILE_LIMITS

    monkeypatch.setattr(actions, "FILE_LIMITS", replace(FILE_LIMITS, patience_seconds=0))


@pytest.mark.usefixtures("hurried")
def test_what_takes_long_is_looked_into_by_the_worker_and_waits_meanwhile() -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from gongkai.web.files.queries import uninspected
    from gongkai.web.holdings.actions import look_into_files
    from gongkai.web.holdings.guarding import blocking
    from gongkai.web.holdings.models import Item
    from gongkai.web.holdings.refusals import StepError

    office = Office()
    client = client_of(office.people.of(Role.CLERK))
    names = SimpleUploadedFile("名单.csv", f"姓名,证件号码\n王某,{IDENTITY}\n".encode())
    client.post("/desk/items/new/", {**FORM, "do": "save", "files": names})
    item = Item.objects.get()
    edit = f"/desk/items/{item.id}/edit/"
    shown = client.get(edit).content.decode()
    assert "正在机检" in client.get(f"/desk/items/{item.id}/").content.decode()
    assert "要看得久一些" in shown
    assert "正在机检</span>" in shown
    item = office.take(item, Act.SUBMIT)
    with pytest.raises(StepError, match="机检还没看完"):
        office.take(item, Act.PASS_FIRST)
    assert look_into_files(now=timezone.now()) == 1
    item = Item.objects.get()
    assert [hit["kind"] for hit in blocking(item.newest_version)] == ["identity"]
    assert "正在机检" not in client.get(f"/desk/items/{item.id}/").content.decode()
    assert not uninspected().exists()
    assert look_into_files(now=timezone.now()) == 0
    assert office.take(item, Act.PASS_FIRST).state is State.SECOND_REVIEW


def test_after_another_release_what_people_wait_for_is_looked_into_first(monkeypatch: pytest.MonkeyPatch) -> None:
    from gongkai.web.files.models import File
    from gongkai.web.files.queries import is_inspected
    from gongkai.web.holdings.actions import inspecting, look_into_files
    from tests.web.holdings.test_masking import attached

    monkeypatch.setattr(inspecting, "MOST_FILES", 2)
    office = Office()
    old = [
        office.bring(attached(office, office.create(title=f"旧{n}"), b"a,b\n1,2\n", "a.csv"), State.PUBLISHED)
        for n in range(3)
    ]
    waits = office.bring(attached(office, office.create(title="新"), b"a,b\n1,2\n", "a.csv"), State.FIRST_REVIEW)
    File.objects.update(rules="older")
    look_into_files(now=office.tick())
    assert is_inspected(waits.newest_version.files.get().file)
    assert sum(is_inspected(each.newest_version.files.get().file) for each in old) == 1


def test_no_scan_of_one_person_keeps_the_files_of_another_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waits for whom: what is found to be long is left to the other lane, and of it each person has a turn."""
    from gongkai.web.files.models import File
    from gongkai.web.files.queries import is_inspected
    from gongkai.web.holdings.actions import inspecting, look_into_files
    from gongkai.web.spent import Spent
    from tests.web.holdings.test_masking import attached

    office, order = Office(), list[str]()
    real, clock = inspecting.inspect_file, Ticking()
    monkeypatch.setattr(inspecting, "_spent", Spent(clock))
    monkeypatch.setattr(inspecting, "_long", set())
    monkeypatch.setattr(inspecting, "monotonic", clock)

    def looked_into(*, file: File, is_awaited: bool, **given: Any) -> Any:
        order.append(file.name)
        is_scan = file.name.startswith("扫描")
        clock.now += (6 if is_awaited else 200) if is_scan else 1
        return None if is_scan and is_awaited else real(file=file, **given)

    monkeypatch.setattr(inspecting, "inspect_file", looked_into)
    one, other = office.people.of(Role.CLERK), office.people.of(Role.FINAL_REVIEWER)
    for number in range(3):
        attached(office, office.create(title=f"甲{number}"), b"a,b\n1,2\n" * 900, f"扫描{number}.csv")
    attached(office, office.create(title="乙"), b"a,b\n1,2\n", "小表.csv")
    attached(office, office.create(title="丙"), b"a,b\n1,2\n" * 1000, "扫描丙.csv")
    File.objects.update(rules="older", inspection=None)
    File.objects.filter(name__in=("小表.csv", "扫描丙.csv")).update(uploaded_by=other)
    assert one != other
    assert look_into_files(now=office.tick(), is_quick=True) == 1
    assert order == ["小表.csv", "扫描0.csv", "扫描丙.csv", "扫描1.csv", "扫描2.csv"]
    attached(office, office.create(title="丁"), b"a,b\n1,2\n", "后来.csv")
    File.objects.filter(name="后来.csv").update(rules="older")
    order.clear()
    assert look_into_files(now=office.tick(), is_quick=True) == 1
    assert order == ["后来.csv"], "what is known to be long is not tried again"
    order.clear()
    assert look_into_files(now=office.tick(), is_quick=False) == 4
    assert order == ["扫描丙.csv", "扫描0.csv", "扫描1.csv", "扫描2.csv"], "a turn for each person, then the smaller"
    assert all(map(is_inspected, File.objects.all()))


class Ticking:
    """钟 — that goes on as it is told."""

    now = 0.0

    def __call__(self) -> float:
        return self.now
