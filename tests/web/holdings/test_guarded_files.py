"""附件的机检 — the public gets what was looked at with the rules of today, and no more (条例 第十七条)."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

import pytest

from gongkai.law.publishing import State
from gongkai.law.roles import Role
from tests.web.cast import client_of
from tests.web.holdings.county import Office
from tests.web.holdings.test_masking import IDENTITY, attached, name_list

pytestmark = pytest.mark.usefixtures("ground")
CLEAN = "序号,项目\n1,管网改造\n".encode()


@pytest.fixture
def office(ground: None) -> Office:
    del ground
    return Office()


def half_read() -> bytes:
    """An archive with a list that is read, and a member of a kind that nobody can read."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("项目.csv", CLEAN)
        archive.writestr("程序.bin", bytes(range(256)) * 40)
    return out.getvalue()


def blocking(item: Any) -> list[dict[str, Any]]:
    from gongkai.web.holdings import guarding

    return guarding.blocking(item.newest_version)


def test_what_was_not_read_blocks_until_a_person_has_looked_and_again_in_the_next_version(office: Office) -> None:
    from gongkai.web.files.kinds import FileError
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.refusals import StepError
    from tests.web.holdings.county import draft

    item = office.bring(attached(office, office.create(), half_read(), "资料.zip"), State.FINAL_REVIEW)
    (found,) = blocking(item)
    assert (found["kind"], found["severity"]) == ("unread", "block")
    final = office.people.of(Role.FINAL_REVIEWER)
    client = client_of(final)
    page = client.get(f"/desk/items/{item.pk}/review/").content.decode()
    assert "没有读到" in page
    assert "已由人看过" in page
    with pytest.raises(StepError, match="阻断"):
        office.bring(item, State.CLEARED)
    with pytest.raises(StepError, match="理由"):
        actions.override_hit(item=item, staff=final, hit=found["id"], reason=" ", now=office.tick())
    item = actions.override_hit(item=item, staff=final, hit=found["id"], reason="打开看过，没有", now=office.tick())
    assert blocking(item) == []
    with pytest.raises(FileError):  # no copy can be made of what cannot be read: it stays inside
        office.bring(item, State.CLEARED)
    item.refresh_from_db()
    clerk = office.people.of(Role.CLERK)
    item = actions.recall(item=item, staff=clerk, now=office.tick())
    item = actions.edit(
        item=item, staff=clerk, draft=draft(title="改过的标题"), edition=item.edition, now=office.tick()
    )
    assert [each["kind"] for each in blocking(item)] == ["unread"]


def test_a_number_let_pass_in_a_file_passes_in_its_copy_and_in_no_other_file_or_version(office: Office) -> None:
    from gongkai.web.files.models import CopyKind
    from gongkai.web.holdings import actions

    text = f"序号,号码\n1,{IDENTITY}\n".encode()
    item = office.bring(attached(office, office.create(), text, "公告.csv"), State.FINAL_REVIEW)
    (found,) = blocking(item)
    final = office.people.of(Role.FINAL_REVIEWER)
    item = actions.override_hit(item=item, staff=final, hit=found["id"], reason="法人代码样例", now=office.tick())
    item = office.bring(item, State.PUBLISHED)
    copy = item.public_version.files.get().copy
    assert (copy.kind, copy.inspection["hits"], copy.inspection["unread"]) == (CopyKind.STRIPPED, [], [])
    clerk = office.people.of(Role.CLERK)
    item = actions.amend(item=item, staff=clerk, now=office.tick())
    item = attached(office, item, text, "另一份.csv")
    assert {each["attachment"] for each in blocking(item)} >= {2}


def test_a_copy_in_which_the_guard_sees_something_is_not_published(office: Office) -> None:
    from gongkai.web.files.models import PublicCopy
    from gongkai.web.holdings.refusals import StepError

    item = office.bring(attached(office, office.create(), CLEAN, "项目.csv"), State.CLEARED)
    told = {"template": "{file}：有 {pages} 页没有看", "values": {"file": "项目.csv", "pages": "2"}}
    PublicCopy.objects.update(inspection={"hits": [], "unread": [told]})
    with pytest.raises(StepError, match="1 处阻断"):
        office.bring(item, State.PUBLISHED)


def test_what_older_rules_have_seen_is_looked_into_again_before_it_goes_out(office: Office) -> None:
    from gongkai.web.files.models import File, PublicCopy
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.refusals import StepError

    item = office.bring(attached(office, office.create(), CLEAN, "项目.csv"), State.FINAL_REVIEW)
    File.objects.update(rules="older", inspection={"hits": [], "hidden": [], "unread": []})
    with pytest.raises(StepError, match="还没看完"):
        office.bring(item, State.CLEARED)
    page = client_of(office.people.of(Role.FINAL_REVIEWER)).get(f"/desk/items/{item.pk}/review/").content.decode()
    assert "正在机检" in page
    assert actions.look_into_files(now=office.tick()) == 1
    item.refresh_from_db()
    item = office.bring(item, State.CLEARED)
    PublicCopy.objects.update(rules="older")
    with pytest.raises(StepError, match="还没看完"):
        office.bring(item, State.PUBLISHED)
    assert actions.look_into_files(now=office.tick()) == 1
    assert actions.look_into_files(now=office.tick()) == 0
    item.refresh_from_db()
    assert office.bring(item, State.PUBLISHED).public_version


def test_what_newer_rules_find_in_a_draft_stands_on_its_page(office: Office) -> None:
    from gongkai.web.files.models import File
    from gongkai.web.holdings import actions

    item = attached(office, office.create(), name_list())
    File.objects.update(rules="older", inspection={"hits": [], "hidden": [], "unread": []})
    actions.look_again(item=item, now=office.tick())
    item.refresh_from_db()
    assert blocking(item) == []
    actions.look_into_files(now=office.tick())
    item.refresh_from_db()
    assert blocking(item)


def test_the_rules_have_a_name_of_their_own_and_the_same_one_twice(platform: object) -> None:
    from gongkai.web.files import rules

    first = rules.rules()
    rules.rules.cache_clear()
    assert rules.rules() == first
    assert len(first) == 16


def test_what_a_copy_will_not_hold_is_told_to_the_clerk_and_to_the_reviewer(office: Office) -> None:
    from gongkai.web.files.models import File

    item = office.bring(attached(office, office.create(), CLEAN, "项目.csv"), State.FIRST_REVIEW)
    told = {"template": "图表“{name}”", "values": {"name": "走势"}}
    kept = File.objects.get()
    File.objects.update(inspection={**kept.inspection, "lost": [told]})
    use = item.newest_version.files.get()
    clerk = client_of(office.people.of(Role.CLERK)).get(f"/desk/items/{item.pk}/edit/").content.decode()
    reviewer = client_of(office.people.of(Role.FIRST_REVIEWER))
    review = reviewer.get(f"/desk/items/{item.pk}/review/?file={use.pk}").content.decode()
    for page in (clerk, review):
        assert "公开副本里不会有的 1 处" in page
        assert "图表“走势”" in page


@pytest.mark.parametrize("kept", ["file", "copy"])
def test_however_many_cannot_be_looked_into_the_others_are(
    office: Office, monkeypatch: pytest.MonkeyPatch, kept: str
) -> None:
    """Ten a minute are looked into: ten that fail each time would be all that is ever tried."""
    from gongkai.web.files.models import File, PublicCopy
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.actions import inspecting

    for number in range(3):
        office.bring(attached(office, office.create(), CLEAN, f"表{number}.csv"), State.CLEARED)
    model: Any = File if kept == "file" else PublicCopy
    model.objects.update(rules="older")
    failing = set(model.objects.order_by("id" if kept == "file" else "-id").values_list("pk", flat=True)[:2])
    usual = getattr(inspecting, f"inspect_{kept}")

    def broken(**given: Any) -> Any:
        if given[kept].pk in failing:
            raise KeyError("a fault of ours")
        return usual(**given)

    monkeypatch.setattr(inspecting, "MOST_FILES", 2)
    monkeypatch.setattr(inspecting, f"inspect_{kept}", broken)
    assert actions.look_into_files(now=office.tick()) == 0
    assert actions.look_into_files(now=office.tick()) == 1
    assert set(model.objects.filter(rules="older").values_list("pk", flat=True)) == failing
    assert set(model.objects.filter(tries__gt=0).values_list("pk", flat=True)) == failing
    failing.clear()
    assert actions.look_into_files(now=office.tick()) == 2
    assert not model.objects.exclude(tries=0).exists()
