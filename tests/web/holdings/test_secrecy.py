"""保密审查作主 — what the review concludes is what happens, by whatever way anybody tries (条例 第十七条)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from gongkai.law.publishing import Act, State
from gongkai.law.roles import Role
from gongkai.law.scope import Ground, Openness
from gongkai.law.secrecy import FOLLOWS, Conclusion
from gongkai.law.withdrawal import WithdrawalGround
from tests.web.cast import client_of
from tests.web.holdings.county import CHECKS, RECORD, Office, draft
from tests.web.holdings.test_masking import IDENTITY, attached

if TYPE_CHECKING:
    from gongkai.web.holdings.models import Item

pytestmark = pytest.mark.usefixtures("ground")

GROUNDS = {
    Openness.PROACTIVE: None,
    Openness.ON_REQUEST: Ground.LIMITED_AUDIENCE,
    Openness.CLOSED: Ground.INTERNAL_AFFAIRS,
}
ALL = {
    "ground": "某法第九条",
    "closed_as": Ground.PROHIBITED_BY_LAW.value,
    "again_on": "2027-01-11",
}


def to_secrecy(office: Office, openness: Openness = Openness.PROACTIVE, **changed: Any) -> Item:
    item = office.create(openness=openness, ground=GROUNDS[openness], **changed)
    return office.bring(item, State.SECRECY_REVIEW)


def conclude(office: Office, item: Item, conclusion: str, **changed: str) -> Item:
    """作结论 — as the page would take it, with whatever a conclusion may ask for."""
    from gongkai.web.holdings import actions

    given: dict[str, Any] = {"item": item, "staff": office.people.of(Role.SECRECY_REVIEWER), "now": office.tick()}
    record = {**RECORD, **ALL, "outcome": conclusion, **changed}
    if conclusion == Conclusion.POSTPONED:
        return actions.postpone(record=record, **given)
    if conclusion == Conclusion.REFERRED:
        return actions.refer(record=record, authority="市国家保密局", **given)
    return actions.pass_review(act=Act.PASS_SECRECY, record=record, checks=CHECKS, **given)


def answered(office: Office, item: Item, answer: str, **changed: Any) -> Item:
    from gongkai.web.holdings import actions

    staff = office.people.of(Role.SECRECY_REVIEWER)
    given = {"answer": answer, "number": "市密函〔2026〕3号", "answered_on": date(2026, 11, 20), **changed}
    return actions.enter_answer(item=item, staff=staff, now=office.tick(), **given)


def publicly(item: Item) -> int:
    """公众得到的 — the status of its page."""
    return client_of(None).get(f"/items/{item.index_number}/").status_code


@pytest.mark.parametrize("openness", list(Openness))
@pytest.mark.parametrize("conclusion", list(Conclusion))
def test_every_conclusion_on_every_draft_does_what_the_table_says(conclusion: Conclusion, openness: Openness) -> None:
    from gongkai.web.holdings.refusals import StepError

    office = Office()
    item = to_secrecy(office, openness)
    follow = FOLLOWS.get((conclusion, openness))
    if follow is None or conclusion is Conclusion.OPEN_AFTER_CUTS:  # nothing was cut here
        with pytest.raises(StepError, match=r"拟稿的公开属性是|要先删减"):
            conclude(office, item, conclusion)
        return
    item = conclude(office, item, conclusion)
    assert item.openness is follow.openness
    assert item.newest_version.metadata["openness"] == follow.openness
    if follow.act is not Act.PASS_SECRECY:
        assert item.state in (State.POSTPONED, State.AWAITING_SECRECY_AUTHORITY)
        return
    assert item.reviews.last().record["outcome"] == conclusion
    item = office.take(item, Act.PASS_FINAL)
    assert item.state is (State.CLEARED if follow.may_be_public else State.HELD)
    if not follow.may_be_public:
        assert item.ground
        assert publicly(item) == 404


@pytest.mark.parametrize("outcome", ["随便写的", "公开", "不予公开", "OPEN", " ", "open\0", "postponed", "referred"])
def test_no_text_is_a_conclusion(outcome: str) -> None:
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.refusals import StepError

    office = Office()
    item, reviewer = to_secrecy(office), office.people.of(Role.SECRECY_REVIEWER)
    record = {**RECORD, **ALL, "outcome": outcome}
    with pytest.raises(StepError):
        actions.pass_review(
            item=item, staff=reviewer, act=Act.PASS_SECRECY, record=record, checks=CHECKS, now=office.tick()
        )
    sent = {**record, "checks": CHECKS, "do": "pass", "edition": item.edition, "opinion": ""}
    if outcome not in set(Conclusion):
        page = client_of(reviewer).post(f"/desk/items/{item.id}/review/", sent)
        assert page.status_code == 409
        assert "某法第九条" in page.content.decode()  # what was typed is still there
    item.refresh_from_db()
    assert outcome in set(Conclusion) or item.state is State.SECRECY_REVIEW


def test_an_item_that_was_concluded_closed_is_never_published_by_any_way() -> None:
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.draft import Draft
    from gongkai.web.holdings.refusals import StepError

    office = Office()
    people = office.people
    clerk, director = people.of(Role.CLERK), people.of(Role.DISCLOSURE_OFFICE)
    item = conclude(office, to_secrecy(office, annotation="（此件公开发布）"), "closed")
    assert (item.ground, item.ground_note) == (Ground.PROHIBITED_BY_LAW, "某法第九条")
    # Returned and sent again by a clerk who changes nothing: it stays closed.
    item = actions.send_back(item=item, staff=people.of(Role.FINAL_REVIEWER), opinion="请再核对", now=office.tick())
    item = office.bring(item, State.HELD)
    # Forced into the state before publication, it is refused at every door.
    from gongkai.web.holdings.models import Item

    Item.objects.filter(id=item.id).update(state=State.CLEARED)
    item.refresh_from_db()
    at = office.now + timedelta(hours=1)
    with pytest.raises(StepError, match="不能公开"):
        actions.publish(item=item, staff=director, now=office.tick())
    actions.schedule(item=item, staff=director, publish_at=at, now=office.tick())
    assert actions.publish_due(now=at + timedelta(minutes=1)) == []
    Item.objects.filter(id=item.id).update(state=State.HELD)
    # Made proactive again it is reviewed in full, and the last conclusion decides.
    item.refresh_from_db()
    item = actions.amend(item=item, staff=clerk, now=office.tick())
    opened = Draft.of(item.newest_version).with_changes(openness=Openness.PROACTIVE, ground=None, ground_note="")
    item = actions.edit(item=item, staff=clerk, draft=opened, edition=item.edition, now=office.tick())
    item = office.bring(item, State.SECRECY_REVIEW)
    item = office.take(conclude(office, item, "closed"), Act.PASS_FINAL)
    assert item.state is State.HELD
    item = actions.change_openness(item=item, staff=director, reason="情况已经变化", now=office.tick())
    assert item.state is State.DRAFT
    item = office.bring(item, State.SECRECY_REVIEW)
    assert office.bring(conclude(office, item, "open"), State.PUBLISHED).public_version is not None


def test_final_review_and_publication_ask_again_what_was_concluded() -> None:
    """Belt and braces: an older record, or one that somebody changed, publishes nothing."""
    from gongkai.web.holdings.models import Review
    from gongkai.web.holdings.refusals import StepError

    office = Office()
    for outcome in ("不予公开", "closed", "on_request", "暂缓公开", "随便写的", None):
        for state, act in ((State.FINAL_REVIEW, Act.PASS_FINAL), (State.CLEARED, Act.PUBLISH)):
            item = office.bring(office.create(), state)
            record = {**RECORD, "outcome": outcome} if outcome else None
            Review.objects.filter(item=item, act=Act.PASS_SECRECY).update(record=record)
            with pytest.raises(StepError, match=r"不相符|没有认得出的结论"):
                office.take(item, act)
    older = office.bring(office.create(), State.FINAL_REVIEW)
    Review.objects.filter(item=older, act=Act.PASS_SECRECY).update(record={**RECORD, "outcome": "公开"})
    assert office.bring(older, State.PUBLISHED).public_version is not None


def test_a_state_secret_is_no_ground_of_a_conclusion() -> None:
    from gongkai.web.holdings.refusals import StepError

    office = Office()
    item = to_secrecy(office)
    with pytest.raises(StepError, match="停办，请求清除"):
        conclude(office, item, "closed", closed_as=Ground.STATE_SECRET.value)
    for missing in ({"closed_as": ""}, {"closed_as": "odd"}, {"ground": ""}):
        with pytest.raises(StepError, match="不主动公开的理由"):
            conclude(office, item, "on_request", **missing)


def test_what_the_public_sees_is_withdrawn_before_its_revision_is_closed() -> None:
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.refusals import StepError

    office = Office()
    people = office.people
    item = office.bring(office.create(), State.PUBLISHED)
    item = actions.amend(item=item, staff=people.of(Role.CLERK), now=office.tick())
    item = office.bring(item, State.SECRECY_REVIEW)
    with pytest.raises(StepError, match="先“撤下”"):
        conclude(office, item, "closed")
    director = people.of(Role.DISCLOSURE_OFFICE)
    item = actions.withdraw(
        item=item, staff=director, ground=WithdrawalGround.PROHIBITED, reason="不应公开", now=office.tick()
    )
    item = office.take(conclude(office, item, "closed"), Act.PASS_FINAL)
    assert (item.state, publicly(item)) == (State.HELD, 410)


def test_cuts_are_made_before_it_is_concluded_that_they_were() -> None:
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.refusals import StepError

    office = Office()
    people = office.people
    names = f"姓名,证件号码\n王某,{IDENTITY}\n".encode()
    item = office.bring(attached(office, office.create(), names, "名单.csv"), State.SECRECY_REVIEW)
    with pytest.raises(StepError, match="还没有换成遮盖副本"):
        conclude(office, item, "open_after_cuts")
    used = item.newest_version.files.get()
    item = actions.use_masked_copy(item=item, staff=people.of(Role.SECRECY_REVIEWER), item_file=used, now=office.tick())
    item = office.bring(conclude(office, item, "open_after_cuts"), State.PUBLISHED)
    assert item.reviews.filter(act=Act.PASS_SECRECY).last().record["outcome"] == "open_after_cuts"


def test_a_text_that_was_edited_in_this_round_was_cut_and_an_older_edit_does_not_count() -> None:
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.refusals import StepError

    office = Office()
    clerk = office.people.of(Role.CLERK)
    item = to_secrecy(office)
    cut = draft(body_html="<p>各有关单位：</p>")
    item = actions.recall(item=item, staff=clerk, now=office.tick())
    item = actions.edit(item=item, staff=clerk, draft=cut, edition=item.edition, now=office.tick())
    item = office.bring(item, State.SECRECY_REVIEW)
    item = office.bring(conclude(office, item, "open_after_cuts"), State.PUBLISHED)
    item = actions.amend(item=item, staff=clerk, now=office.tick())
    item = office.bring(item, State.SECRECY_REVIEW)
    with pytest.raises(StepError, match="要先删减"):
        conclude(office, item, "open_after_cuts")


@pytest.mark.parametrize(
    ("body", "is_cut"),
    [
        ("<p> 第一条 甲段应当删去。</p><p>第二条　乙段。</p>", False),
        ("<p>第一条　甲段应当删去。</p><p>第二条　乙段。</p><p>第三条　又加一段。</p>", False),
        ("<p>第二条　乙段。</p>", True),
    ],
)
def test_blanks_and_additions_are_no_cuts_and_who_decides_sees_what_went(body: str, *, is_cut: bool) -> None:
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.refusals import StepError

    office = Office()
    clerk = office.people.of(Role.CLERK)
    item = office.bring(
        office.create(body_html="<p>第一条　甲段应当删去。</p><p>第二条　乙段。</p>"), State.SECRECY_REVIEW
    )
    reviewer = office.people.of(Role.SECRECY_REVIEWER)
    item = actions.send_back(item=item, staff=reviewer, opinion="请删去第一条", now=office.tick())
    item = actions.edit(item=item, staff=clerk, draft=draft(body_html=body), edition=item.edition, now=office.tick())
    item = office.bring(item, State.SECRECY_REVIEW)
    if not is_cut:
        with pytest.raises(StepError, match="要先删减"):
            conclude(office, item, "open_after_cuts")
        return
    item = conclude(office, item, "open_after_cuts")
    page = client_of(office.people.of(Role.FINAL_REVIEWER)).get(f"/desk/items/{item.id}/review/").content.decode()
    assert "送审以来删改了什么" in page
    assert "甲段应当删去" in page


def test_what_is_postponed_waits_for_its_day_and_is_told_once() -> None:
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.models import Notice
    from gongkai.web.holdings.refusals import StepError

    office = Office()
    people = office.people
    reviewer = people.of(Role.SECRECY_REVIEWER)
    item = to_secrecy(office)
    for day in ("", "2026-11-20", "2020-01-01", "明年", "2027-02-30", "2027-11-21", "9999-12-31"):
        with pytest.raises(StepError, match="哪一天再看"):
            conclude(office, item, "postponed", again_on=day)
    item = conclude(office, item, "postponed")
    assert (item.state, item.look_again_on) == (State.POSTPONED, date(2027, 1, 11))
    assert actions.tell_what_waits(now=office.tick()) == 0
    later = office.now.replace(year=2027, month=1, day=13)
    assert [actions.tell_what_waits(now=later) for _ in range(3)] == [1, 0, 0]
    assert Notice.objects.filter(item=item, to=reviewer, template__contains="暂缓公开到").count() == 1
    item = actions.take_up(item=item, staff=reviewer, opinion="情况已经变化", now=later)
    office.now = later
    assert office.bring(conclude(office, item, "open"), State.PUBLISHED).look_again_on is None


def test_the_answer_of_the_authority_binds_and_its_days_are_not_counted() -> None:
    from gongkai.web.holdings import actions, clocks
    from gongkai.web.holdings.refusals import StepError

    office = Office()
    item = to_secrecy(office)
    due_on = item.due_on
    item = conclude(office, item, "referred")
    assert item.state is State.AWAITING_SECRECY_AUTHORITY
    assert clocks.due(item, date(2026, 11, 20)) is None
    assert actions.publish_due(now=office.tick()) == []
    office.now += timedelta(days=14)
    for odd in (
        {"number": " "},
        {"number": "\u3164"},
        {"answered_on": date(2026, 11, 19)},
        {"answered_on": date(2027, 1, 1)},
    ):
        with pytest.raises(StepError, match=r"文号|答复的日期"):
            answered(office, item, "on_request", **odd)
    with pytest.raises(StepError, match="请选保密部门的答复"):
        answered(office, item, "referred")
    item = answered(office, item, "on_request", answered_on=date(2026, 12, 3))
    assert item.state is State.SECRECY_REVIEW
    # 20 November to 3 December hold ten working days; the first of them is the day of asking.
    assert item.due_on > due_on
    counted = clocks.explained(item)
    assert counted is not None
    assert counted.due_on == item.due_on
    assert any("报保密部门确定" in step.message for step in counted.steps)
    with pytest.raises(StepError, match="市密函"):
        conclude(office, item, "open")
    # Returned and sent again the answer still binds; narrower is allowed.
    item = actions.send_back(
        item=item, staff=office.people.of(Role.SECOND_REVIEWER), opinion="请再核对", now=office.tick()
    )
    item = office.bring(item, State.SECRECY_REVIEW)
    with pytest.raises(StepError, match="市密函"):
        conclude(office, item, "open")
    item = conclude(office, item, "closed")
    assert office.take(item, Act.PASS_FINAL).state is State.HELD


def test_a_mention_is_lifted_by_the_secrecy_review_alone_and_says_to_stop() -> None:
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.guarding import blocking
    from gongkai.web.holdings.refusals import StepError

    office = Office()
    people = office.people
    item = office.create(body_html="<p>内部资料，注意保存</p><p>某项内容</p>")
    for state, role in (
        (State.FIRST_REVIEW, Role.FIRST_REVIEWER),
        (State.SECOND_REVIEW, Role.SECOND_REVIEWER),
        (State.SECRECY_REVIEW, Role.SECRECY_REVIEWER),
    ):
        item = office.bring(item, state)
        (hit,) = blocking(item.newest_version)
        with pytest.raises(StepError, match="立即停止，不要在本系统处理"):
            actions.override_hit(item=item, staff=people.of(role), hit=hit["id"], reason="可以公开", now=office.tick())
    reviewer = people.of(Role.SECRECY_REVIEWER)
    page = client_of(reviewer).get(f"/desk/items/{item.id}/review/").content.decode()
    assert "请立即停止，不要在本系统处理" in page
    with pytest.raises(StepError, match="解密依据"):
        actions.lift_secrecy(item=item, staff=reviewer, hit=hit["id"], basis=" ", now=office.tick())
    sent = {"lift": hit["id"], f"reason-{hit['id']}": "印刷品上的例行字样，不是密级标志", "edition": item.edition}
    assert client_of(reviewer).post(f"/desk/items/{item.id}/review/override/", sent).status_code == 302
    item.refresh_from_db()
    assert blocking(item.newest_version) == []
    assert office.bring(conclude(office, item, "open"), State.PUBLISHED).public_version is not None


def test_a_mention_that_came_after_the_secrecy_review_is_not_waved_through() -> None:
    from gongkai.web.bodies.permissions import Refused
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.guarding import blocking
    from gongkai.web.holdings.refusals import StepError

    office = Office()
    item = office.bring(office.create(body_html="<p>内部资料，注意保存</p>"), State.FINAL_REVIEW)
    (hit,) = blocking(item.newest_version)
    final = office.people.of(Role.FINAL_REVIEWER)
    with pytest.raises(StepError, match="立即停止"):
        actions.override_hit(item=item, staff=final, hit=hit["id"], reason="可以公开", now=office.tick())
    with pytest.raises(Refused):
        actions.lift_secrecy(item=item, staff=final, hit=hit["id"], basis="可以公开", now=office.tick())
    with pytest.raises(StepError, match="1 处阻断"):
        office.take(item, Act.PASS_FINAL)


def test_what_is_closed_need_not_be_cleared_by_the_guard() -> None:
    office = Office()
    item = office.create(
        openness=Openness.CLOSED, ground=Ground.THIRD_PARTY_RIGHTS, body_html=f"<p>王某 {IDENTITY}</p>"
    )
    assert office.bring(item, State.HELD).state is State.HELD


def test_the_review_page_says_what_each_conclusion_does_and_takes_it() -> None:
    from gongkai.law.secrecy import EXPLAINED

    office = Office()
    item, reviewer = to_secrecy(office), office.people.of(Role.SECRECY_REVIEWER)
    browser, address = client_of(reviewer), f"/desk/items/{item.id}/review/"
    page = browser.get(address).content.decode()
    assert all(f'value="{each.value}"' in page and said in page for each, said in EXPLAINED.items())
    sent = {**RECORD, "checks": CHECKS, "do": "pass", "edition": item.edition, "opinion": ""}
    referred = browser.post(address, {**sent, "outcome": "referred", "authority": "市国家保密局"}, follow=True)
    assert "正在等答复" in referred.content.decode()
    item.refresh_from_db()
    step = f"/desk/items/{item.id}/step/enter_answer/"
    told = {"answer": "open", "number": "市密函〔2026〕3号", "day": date.today().isoformat(), "edition": item.edition}  # noqa: DTZ011
    from gongkai.web.holdings.models import Referral

    Referral.objects.update(sent_on=date(2026, 11, 20))
    assert browser.get(step).status_code == 200
    assert browser.post(step, told).status_code == 302
    page = browser.get(address).content.decode()
    assert "市密函〔2026〕3号" in page
    assert "以最近一次为准" in page
    closed = {**sent, **ALL, "outcome": "closed", "edition": item.edition + 1}
    assert browser.post(address, closed).status_code == 302
    item.refresh_from_db()
    assert (item.state, item.openness) == (State.FINAL_REVIEW, Openness.CLOSED)
    final = client_of(office.people.of(Role.FINAL_REVIEWER)).get(address).content.decode()
    assert "不予公开" in final


@pytest.mark.parametrize("outcome", ["", "postponed", "referred"])
def test_a_secrecy_review_is_told_all_that_is_missing_at_once(outcome: str) -> None:
    from gongkai.law.secrecy import Conclusion

    office = Office()
    item = office.bring(office.create(), State.SECRECY_REVIEW)
    sent = {"edition": item.edition, "do": "pass", "outcome": outcome and Conclusion(outcome)}
    answer = client_of(office.people.of(Role.SECRECY_REVIEWER)).post(f"/desk/items/{item.id}/review/", sent)
    told = answer.content.decode()
    assert answer.status_code == 409
    asked = {"": ["四项检查还差", "审查结论（"], "postponed": ["哪一天再看"], "referred": ["报哪个部门"]}
    for each in ("保密审查书面记录还差", *asked[outcome]):
        assert each in told
    way = {"way": "", "scope": "", "time": ""}
    wrong = {"": ["outcome", "checks"], "postponed": ["again_on"], "referred": ["authority"]}[outcome]
    for name in (*way, *wrong):
        assert f'id="{name}-wrong"' in told, name
    assert "ground-wrong" not in told, "what was not asked for is not marked"
    assert len(re.findall('aria-invalid="true"', told)) == len([*way, *wrong]) - (2 if outcome == "" else 0)


@pytest.mark.parametrize("nothing", ["", " ", "\u200b", "\u3164", "\u2800\u00ad"])
def test_a_ground_that_is_missing_is_marked_at_its_place(nothing: str) -> None:
    office = Office()
    item = office.bring(office.create(), State.SECRECY_REVIEW)
    words = {"way": "不公开", "scope": "无", "time": "无", "outcome": "closed"}
    sent = {"edition": item.edition, "do": "pass", **words, "ground": nothing, "closed_as": ""}
    told = client_of(office.people.of(Role.SECRECY_REVIEWER)).post(f"/desk/items/{item.id}/review/", sent)
    page = told.content.decode()
    assert ('id="ground-wrong"' in page, 'id="closed_as-wrong"' in page, "way-wrong" in page) == (True, True, False)
