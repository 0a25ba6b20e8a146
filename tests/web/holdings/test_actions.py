"""办理 — each step does what the table says, refuses what it must, and is written down (条例 第十七条)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gongkai.law.publishing import Act, State
from gongkai.law.roles import Role
from gongkai.law.scope import Ground, Openness, Validity
from gongkai.law.withdrawal import WithdrawalGround
from tests.web.cast import NOW
from tests.web.holdings.county import Office, draft

pytestmark = pytest.mark.usefixtures("ground")


def journalled(item: object) -> list[str]:
    from gongkai.web.journal.queries import of_subject

    return [entry.act for entry in of_subject(f"holdings.item:{item.id}")]  # type: ignore[attr-defined]


def test_an_item_goes_from_draft_to_the_public_and_every_step_is_written_down() -> None:
    from gongkai.web.journal.queries import verify

    office = Office()
    item = office.bring(office.create(), State.PUBLISHED)
    assert item.public_version == item.newest_version
    assert item.published_at == office.now
    assert journalled(item) == [
        f"holdings.{act}"
        for act in ("create", "submit", "pass_first", "pass_second", "pass_secrecy", "pass_final", "publish")
    ]
    assert verify() == []


def test_a_normative_document_also_goes_to_legal_review() -> None:
    office = Office()
    item = office.create(is_normative=True, document_number="示建〔2026〕8号")
    passed = office.bring(item, State.PUBLISHED).reviews.values_list("act", flat=True)
    assert list(passed).index(Act.PASS_LEGAL) == 4


def test_what_is_not_for_the_public_is_held() -> None:
    office = Office()
    item = office.create(openness=Openness.CLOSED, ground=Ground.INTERNAL_AFFAIRS)
    item = office.bring(item, State.HELD)
    assert item.public_version is None


def test_index_numbers_rise_and_are_never_given_twice() -> None:
    office = Office()
    numbers = [office.create().index_number for _ in range(3)]
    assert numbers == [f"11419900MB0000002B/2026-0000{n}" for n in (1, 2, 3)]
    from gongkai.web.holdings import actions

    item = office.create()
    actions.discard(item=item, staff=office.people.of(Role.CLERK), now=office.tick())
    assert office.create().index_number.endswith("00005")


def test_an_edit_after_the_first_review_begins_it_anew() -> None:
    from gongkai.web.holdings import actions

    office = Office()
    item = office.bring(office.create(), State.SECOND_REVIEW)
    seen = item.newest_version
    item = actions.edit(
        item=item,
        staff=office.people.of(Role.SECOND_REVIEWER),
        draft=draft(summary="改过"),
        edition=item.edition,
        now=office.tick(),
    )
    assert item.state is State.FIRST_REVIEW
    assert item.newest_version.number == 2
    assert item.newest_version.digest != seen.digest
    seen.refresh_from_db()
    assert seen.summary == ""


def test_saving_what_is_there_already_changes_nothing() -> None:
    from gongkai.web.holdings import actions

    office = Office()
    item = office.bring(office.create(), State.SECOND_REVIEW)
    same = actions.edit(
        item=item, staff=office.people.of(Role.SECOND_REVIEWER), draft=draft(), edition=item.edition, now=office.tick()
    )
    assert (same.state, same.edition) == (State.SECOND_REVIEW, item.edition)


def test_of_two_who_write_at_once_the_second_sees_what_the_first_wrote() -> None:
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.refusals import ClashError

    office = Office()
    item = office.create()
    clerk, reviewer = office.people.of(Role.CLERK), office.people.of(Role.FIRST_REVIEWER)
    edition = item.edition
    actions.edit(item=item, staff=reviewer, draft=draft(title="先改的"), edition=edition, now=office.tick())
    with pytest.raises(ClashError) as clash:
        actions.edit(item=item, staff=clerk, draft=draft(title="后改的"), edition=edition, now=office.tick())
    assert clash.value.version.title == "先改的"
    assert item.versions.count() == 2


def test_nobody_passes_what_they_wrote_or_just_passed() -> None:
    from gongkai.web.bodies.models import Appointment
    from gongkai.web.holdings.refusals import StepError

    office = Office()
    clerk, first = office.people.of(Role.CLERK), office.people.of(Role.FIRST_REVIEWER)
    for staff, role in ((clerk, Role.FIRST_REVIEWER), (first, Role.SECOND_REVIEWER), (clerk, Role.SECOND_REVIEWER)):
        Appointment.objects.create(staff=staff, body=office.people.department, role=role, appointed_at=NOW)
    item = office.bring(office.create(), State.FIRST_REVIEW)
    with pytest.raises(StepError, match="换一个人"):
        office.take(item, Act.PASS_FIRST, Role.CLERK)
    item = office.take(item, Act.PASS_FIRST)
    with pytest.raises(StepError, match="换一个人"):
        office.take(item, Act.PASS_SECOND, Role.FIRST_REVIEWER)
    assert office.take(item, Act.PASS_SECOND, Role.CLERK).state is State.SECRECY_REVIEW


def test_a_return_says_why_and_a_refusal_without_reason_is_none() -> None:
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.models import Notice
    from gongkai.web.holdings.refusals import StepError

    office = Office()
    item = office.bring(office.create(), State.SECOND_REVIEW)
    reviewer = office.people.of(Role.SECOND_REVIEWER)
    with pytest.raises(StepError, match="写明意见"):
        actions.send_back(item=item, staff=reviewer, opinion=" ", now=office.tick())
    item = actions.send_back(item=item, staff=reviewer, opinion="第二条没有依据", now=office.tick())
    assert item.state is State.DRAFT
    assert item.reviews.last().opinion == "第二条没有依据"
    assert Notice.objects.filter(to=office.people.of(Role.CLERK), item=item).exists()


@pytest.mark.parametrize("missing", ["lawful", "accurate", "may_disclose", "secrecy"])
def test_the_secrecy_review_needs_all_four_checks(missing: str) -> None:
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.refusals import StepError
    from tests.web.holdings.county import CHECKS, RECORD

    office = Office()
    item = office.bring(office.create(), State.SECRECY_REVIEW)
    given = {"item": item, "staff": office.people.of(Role.SECRECY_REVIEWER), "act": Act.PASS_SECRECY, "record": RECORD}
    with pytest.raises(StepError, match="四项检查还差"):
        actions.pass_review(**given, checks=[each for each in CHECKS if each != missing], now=office.tick())
    with pytest.raises(StepError, match="还有 3 处要改"):
        actions.pass_review(**{**given, "record": {"way": "主动公开"}}, checks=CHECKS, now=office.tick())
    for outcome in ("随便写的", "公开", "", "不予公开"):
        with pytest.raises(StepError, match=r"六个里选一个|处要改|还差"):
            actions.pass_review(**{**given, "record": {**RECORD, "outcome": outcome}}, checks=CHECKS, now=office.tick())


def test_an_identity_number_blocks_until_a_reason_is_given() -> None:
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.guarding import blocking
    from gongkai.web.holdings.refusals import StepError

    office = Office()
    item = office.create(body_html="<p>张某 11010519491231<em>002X</em></p>")
    item = office.bring(item, State.FINAL_REVIEW)
    with pytest.raises(StepError, match="1 处阻断"):
        office.take(item, Act.PASS_FINAL)
    (hit,) = blocking(item.newest_version)
    final = office.people.of(Role.FINAL_REVIEWER)
    with pytest.raises(StepError, match="写明意见"):
        actions.override_hit(item=item, staff=final, hit=hit["id"], reason="", now=office.tick())
    item = actions.override_hit(item=item, staff=final, hit=hit["id"], reason="惩戒公示，依法公开", now=office.tick())
    assert office.bring(item, State.PUBLISHED).public_version is not None
    assert "holdings.override" in journalled(item)


def test_a_revision_leaves_the_old_version_public_until_it_is_passed_itself() -> None:
    from gongkai.web.holdings import actions

    office = Office()
    item = office.bring(office.create(), State.PUBLISHED)
    clerk, old = office.people.of(Role.CLERK), item.public_version
    item = actions.amend(item=item, staff=clerk, now=office.tick())
    changed = draft(title="改过的标题", document_number="示建〔2026〕9号", openness=Openness.PROACTIVE)
    item = actions.edit(item=item, staff=clerk, draft=changed, edition=item.edition, now=office.tick())
    assert (item.public_version, item.document_number) == (old, "")
    published_at = item.published_at
    item = office.bring(item, State.PUBLISHED)
    assert item.public_version.title == "改过的标题"
    assert (item.document_number, item.published_at) == ("示建〔2026〕9号", published_at)


def test_a_revision_that_is_given_up_leaves_what_was_public() -> None:
    from gongkai.web.holdings import actions

    office = Office()
    item = office.bring(office.create(), State.PUBLISHED)
    clerk, old = office.people.of(Role.CLERK), item.public_version
    item = actions.amend(item=item, staff=clerk, now=office.tick())
    item = actions.discard(item=item, staff=clerk, now=office.tick())
    assert (item.state, item.public_version, item.newest_version) == (State.PUBLISHED, old, old)


def test_a_repeal_changes_the_label_and_is_shown_at_both_ends() -> None:
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.models import RelationKind
    from gongkai.web.holdings.models.items import validity

    office = Office()
    old = office.bring(office.create(), State.PUBLISHED)
    new = office.bring(office.create(relations=((RelationKind.REPEALS.value, old.index_number),)), State.PUBLISHED)
    old.refresh_from_db()
    assert validity(old, date(2026, 11, 20)) is Validity.REPEALED
    assert [each.source for each in old.related_from.all()] == [new]
    director = office.people.of(Role.DISCLOSURE_OFFICE)
    other = office.bring(office.create(), State.PUBLISHED)
    other = actions.repeal(
        item=other, staff=director, on=date(2026, 12, 1), by=new, reason="新文件代替", now=office.tick()
    )
    assert validity(other, date(2026, 11, 30)) is Validity.IN_FORCE
    assert validity(other, date(2026, 12, 1)) is Validity.REPEALED


def test_an_archived_page_is_kept_with_its_digest() -> None:
    import hashlib

    from gongkai.web.holdings import actions

    office = Office()
    item = office.bring(office.create(), State.PUBLISHED)
    item = actions.archive(item=item, staff=office.people.of(Role.DISCLOSURE_OFFICE), now=office.tick())
    snapshot = item.snapshots.get()
    assert item.state is State.ARCHIVED
    assert item.public_version is not None
    assert "现将方案印发给你们" in snapshot.html
    assert snapshot.digest == hashlib.sha256(snapshot.html.encode()).hexdigest()


def test_what_was_archived_is_amended_or_withdrawn_and_its_snapshot_stays() -> None:
    from gongkai.web.holdings import actions

    office = Office()
    clerk, director = office.people.of(Role.CLERK), office.people.of(Role.DISCLOSURE_OFFICE)
    item = office.bring(office.create(), State.PUBLISHED)
    item = actions.archive(item=item, staff=director, now=office.tick())
    item = actions.amend(item=item, staff=clerk, now=office.tick())
    item = actions.discard(item=item, staff=clerk, now=office.tick())
    assert (item.state, item.newest_version) == (State.ARCHIVED, item.public_version)
    item = actions.amend(item=item, staff=clerk, now=office.tick())
    changed = draft(title="归档以后修改的")
    item = actions.edit(item=item, staff=clerk, draft=changed, edition=item.edition, now=office.tick())
    item = office.bring(item, State.PUBLISHED)
    assert item.public_version.title == "归档以后修改的"
    item = actions.archive(item=item, staff=director, now=office.tick())
    item = actions.withdraw(
        item=item, staff=director, ground=WithdrawalGround.INACCURATE, reason="内容有误", now=office.tick()
    )
    assert (item.state, item.public_version) == (State.WITHDRAWN, None)
    assert ["现将方案印发给你们" in each.html for each in item.snapshots.all()] == [True, True]


def test_what_is_held_ends_in_the_archive_and_is_assessed_no_more() -> None:
    from gongkai.web.holdings import actions

    office = Office()
    clerk, director = office.people.of(Role.CLERK), office.people.of(Role.DISCLOSURE_OFFICE)
    item = office.create(openness=Openness.CLOSED, ground=Ground.INTERNAL_AFFAIRS)
    item = office.bring(item, State.HELD)
    item = actions.archive(item=item, staff=director, now=office.tick())
    assert (item.state, item.public_version, item.snapshots.count()) == (State.ARCHIVED, None, 0)
    later = office.now + timedelta(days=365)
    assert actions.tell_to_assess(today=later.date(), now=later) == 0
    item = actions.amend(item=item, staff=clerk, now=office.tick())
    assert office.bring(item, State.HELD).state is State.HELD


def test_a_revision_of_what_is_held_that_is_given_up_leaves_it_held_as_it_was() -> None:
    from gongkai.web.holdings import actions

    office = Office()
    clerk = office.people.of(Role.CLERK)
    item = office.create(openness=Openness.CLOSED, ground=Ground.INTERNAL_AFFAIRS)
    item = office.bring(item, State.HELD)
    held = item.newest_version
    item = actions.amend(item=item, staff=clerk, now=office.tick())
    item = actions.edit(item=item, staff=clerk, draft=draft(title="改过的"), edition=item.edition, now=office.tick())
    assert item.openness is Openness.PROACTIVE
    item = actions.discard(item=item, staff=clerk, now=office.tick())
    assert (item.state, item.newest_version, item.openness) == (State.HELD, held, Openness.CLOSED)
    assert item.ground is Ground.INTERNAL_AFFAIRS


def test_what_is_closed_is_assessed_again_and_may_be_opened() -> None:
    from gongkai.web.holdings import actions

    office = Office()
    director = office.people.of(Role.DISCLOSURE_OFFICE)
    item = office.create(openness=Openness.CLOSED, ground=Ground.DELIBERATIVE_PROCESS)
    item = office.bring(item, State.HELD)
    item = actions.reassess(item=item, staff=director, opinion="仍在研究", now=office.tick())
    assert item.assessments.get().next_on == date(2027, 11, 20)
    item = actions.change_openness(item=item, staff=director, reason="已经定稿", now=office.tick())
    assert (item.state, item.openness, item.ground) == (State.DRAFT, Openness.PROACTIVE, "")
    assert office.bring(item, State.PUBLISHED).public_version is not None


def test_what_is_scheduled_is_published_when_its_time_has_come() -> None:
    from gongkai.web.holdings import actions

    office = Office()
    item = office.bring(office.create(), State.CLEARED)
    director, at = office.people.of(Role.DISCLOSURE_OFFICE), office.now + timedelta(hours=2)
    actions.schedule(item=item, staff=director, publish_at=at, now=office.tick())
    assert actions.publish_due(now=at - timedelta(seconds=1)) == []
    assert [each.id for each in actions.publish_due(now=at)] == [item.id]
    assert actions.publish_due(now=at + timedelta(hours=1)) == []
    item.refresh_from_db()
    assert (item.state, item.published_at) == (State.PUBLISHED, at)


def test_the_time_set_for_it_can_be_moved_and_nobody_is_said_to_be_missing() -> None:
    from gongkai.web.holdings import actions, queries
    from gongkai.web.holdings.refusals import StepError

    office = Office()
    item = office.bring(office.create(), State.CLEARED)
    director, at = office.people.of(Role.DISCLOSURE_OFFICE), office.now + timedelta(days=2)
    with pytest.raises(StepError, match="核对年份"):
        actions.schedule(item=item, staff=director, publish_at=at.replace(year=9999), now=office.tick())
    year = office.now.replace(year=office.now.year + 1) + timedelta(days=1)
    with pytest.raises(StepError, match="超过一年"):
        actions.schedule(item=item, staff=director, publish_at=year, now=office.tick())
    item = actions.schedule(item=item, staff=director, publish_at=at, now=office.tick())
    assert queries.awaited(item) is None, "the clock takes the next step"
    with pytest.raises(StepError, match="要提前，请用“定时公开”改时间"):
        office.take(item, Act.PUBLISH)
    earlier = office.now + timedelta(hours=1)
    item = actions.schedule(item=item, staff=director, publish_at=earlier, now=office.tick())
    assert [each.id for each in actions.publish_due(now=earlier)] == [item.id]


def test_a_version_that_was_changed_behind_the_reviewers_is_not_published() -> None:
    from gongkai.web.holdings.models import Version
    from gongkai.web.holdings.refusals import StepError

    office = Office()
    item = office.bring(office.create(), State.CLEARED)
    Version.objects.filter(item=item).update(body_html="<p>换过的话</p>", body_text="换过的话")
    with pytest.raises(StepError, match="摘要不一样"):
        office.take(item, Act.PUBLISH)


def test_slips_are_told_by_the_words_of_the_office_as_soon_as_they_are_there() -> None:
    from django.conf import settings

    from gongkai.web.holdings import actions

    office = Office()
    item = office.create(body_html="<p>请到云秀县办理。</p>")
    assert item.newest_version.guard == []
    folder = settings.DICTIONARIES_FOLDER
    folder.mkdir(exist_ok=True)
    try:
        (folder / "words.toml").write_text('[[word]]\nwrong = "云秀县"\nright = "云岫县"\n', encoding="utf-8")
        (folder / "broken.toml").write_text("[[word", encoding="utf-8")
        actions.look_again(item=item, now=office.tick())
    finally:
        for path in folder.iterdir():
            path.unlink()
    item.newest_version.refresh_from_db()
    (hit,) = item.newest_version.guard
    assert (hit["kind"], hit["mask"], hit["severity"]) == ("word", "云岫县", "warn")
