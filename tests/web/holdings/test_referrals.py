"""报保密部门确定 — after a question only its answer or a second person leads on; 终审 sees it (条例 第十七条第三款)."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from gongkai.law.publishing import Act, State
from gongkai.law.roles import Role
from gongkai.law.secrecy import Answer, Conclusion, is_wider
from tests.web.cast import client_of
from tests.web.holdings.county import CHECKS, Office
from tests.web.holdings.test_secrecy import answered, conclude, publicly, to_secrecy

if TYPE_CHECKING:
    from gongkai.web.holdings.models import Item

pytestmark = pytest.mark.usefixtures("ground")

WIDEST_FIRST = (Conclusion.OPEN, Conclusion.ON_REQUEST, Conclusion.CLOSED)
OTHER = "市密函〔2026〕4号"


def referred(office: Office) -> Item:
    return conclude(office, to_secrecy(office), "referred")


def taken_back(office: Office, item: Item, role: Role = Role.FINAL_REVIEWER) -> Item:
    from gongkai.web.holdings import actions

    return actions.take_back(item=item, staff=office.people.of(role), opinion="已经明确，不必再问", now=office.tick())


def test_one_person_does_not_go_on_without_the_answer() -> None:
    from gongkai.web.bodies.permissions import Refused
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.refusals import StepError

    office = Office()
    item, reviewer = referred(office), office.people.of(Role.SECRECY_REVIEWER)
    given = {"item": item, "staff": reviewer, "opinion": "不必再问", "now": office.tick()}
    with pytest.raises(Refused):
        actions.take_up(**given)
    with pytest.raises(StepError, match="要换一个人"):
        actions.take_back(**given)
    for outcome in Conclusion:
        with pytest.raises(Refused):
            conclude(office, item, outcome)
    page = client_of(reviewer).get(f"/desk/items/{item.id}/").content.decode()
    assert "恢复保密审查" not in page
    sent = {"opinion": "不必再问", "edition": item.edition}
    assert client_of(reviewer).post(f"/desk/items/{item.id}/step/take_back/", sent).status_code == 409
    with pytest.raises(StepError, match="写明意见或者理由"):
        actions.take_back(**{**given, "staff": office.people.of(Role.FINAL_REVIEWER), "opinion": " "})


def test_what_a_second_person_took_back_is_seen_by_the_final_review_and_does_not_stop_the_clock() -> None:
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.refusals import StepError

    office = Office()
    item = to_secrecy(office)
    due_on = item.due_on
    item = conclude(office, item, "referred")
    office.now += timedelta(days=30)
    item = taken_back(office, item, Role.DISCLOSURE_OFFICE)
    actions.recount_deadlines(now=office.tick())
    item.refresh_from_db()
    assert (item.state, item.due_on) == (State.SECRECY_REVIEW, due_on)
    item = conclude(office, item, "open")
    final = office.people.of(Role.FINAL_REVIEWER)
    page = client_of(final).get(f"/desk/items/{item.id}/review/").content.decode()
    assert "没有答复" in page
    assert "工作机构员撤回报送" in page
    assert "已经明确，不必再问" in page
    with pytest.raises(StepError, match="勾选“看过”"):
        actions.pass_review(item=item, staff=final, act=Act.PASS_FINAL, now=office.tick())
    assert 'name="checks" value="answer_seen"' in page
    actions.pass_review(item=item, staff=final, act=Act.PASS_FINAL, checks=["answer_seen"], now=office.tick())
    assert item.reviews.last().checks == ["answer_seen"]


@pytest.mark.parametrize("answer", list(Answer)[:-1])
def test_no_conclusion_is_wider_than_the_answer_whatever_is_taken_back_after(answer: Answer) -> None:
    from gongkai.web.holdings.refusals import StepError

    office = Office()
    item = answered(office, referred(office), answer)
    item = taken_back(office, conclude(office, item, "referred"))
    for conclusion in WIDEST_FIRST:
        if is_wider(conclusion, answer):
            with pytest.raises(StepError, match="市密函"):
                conclude(office, item, conclusion)
    allowed = next(each for each in WIDEST_FIRST if not is_wider(each, answer))
    assert conclude(office, item, allowed).state is State.FINAL_REVIEW


def test_a_wider_answer_is_another_document_and_no_older_one() -> None:
    from gongkai.web.holdings.refusals import StepError

    office = Office()
    item = answered(office, referred(office), "closed")
    item = conclude(office, item, "referred")
    office.now += timedelta(days=3)
    with pytest.raises(StepError, match="要有新的文号"):
        answered(office, item, "open")
    item = answered(office, item, "open", number=OTHER)
    item = office.bring(conclude(office, item, "open"), State.PUBLISHED)
    assert publicly(item) == 200


def test_what_is_a_state_secret_by_the_answer_is_stopped_at_once_and_no_conclusion_frees_it() -> None:
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.refusals import StepError

    office = Office()
    item = answered(office, referred(office), "state_secret", until=date(2046, 11, 20))
    assert item.state is State.STOPPED
    item = actions.decline_purge(item=item, staff=office.people.of(Role.FINAL_REVIEWER), now=office.tick())
    item = office.bring(item, State.SECRECY_REVIEW)
    for conclusion in WIDEST_FIRST:
        with pytest.raises(StepError, match="属于国家秘密"):
            conclude(office, item, conclusion)


def test_a_question_that_ended_by_a_stop_is_seen_as_one_without_an_answer() -> None:
    from gongkai.web.holdings import actions

    office = Office()
    item, people = referred(office), office.people
    item = actions.ask_purge(item=item, staff=people.of(Role.SECRECY_REVIEWER), now=office.tick())
    item = actions.decline_purge(item=item, staff=people.of(Role.FINAL_REVIEWER), now=office.tick())
    item = conclude(office, office.bring(item, State.SECRECY_REVIEW), "open")
    page = client_of(people.of(Role.FINAL_REVIEWER)).get(f"/desk/items/{item.id}/review/").content.decode()
    assert "没有答复" in page
    assert 'value="answer_seen"' in page


def test_while_a_question_is_out_nothing_is_passed_even_where_the_state_was_forced() -> None:
    from gongkai.web.holdings.models import Item
    from gongkai.web.holdings.refusals import StepError

    office = Office()
    item = referred(office)
    Item.objects.filter(id=item.id).update(state=State.SECRECY_REVIEW)
    item.refresh_from_db()
    with pytest.raises(StepError, match="还没有答复"):
        conclude(office, item, "open")


def test_the_answer_with_its_number_day_and_end_stands_on_the_page_of_the_item_and_at_the_final_review() -> None:
    office = Office()
    item = referred(office)
    people, address = office.people, f"/desk/items/{item.id}/step/enter_answer/"
    reviewer = client_of(people.of(Role.SECRECY_REVIEWER))
    from gongkai.web.holdings.models import Referral

    Referral.objects.update(sent_on=date(2026, 11, 20))
    told: dict[str, Any] = {"answer": "open", "number": OTHER, "day": "2026-11-23", "edition": item.edition}
    for until in ("某日", "2026-11-01"):
        refused = reviewer.post(address, told | {"until": until})
        assert refused.status_code == 409
        assert OTHER in refused.content.decode()  # what was typed is still there
    assert reviewer.post(address, told | {"until": "2030-01-01"}).status_code == 302
    item.refresh_from_db()
    item = conclude(office, item, "open")
    for who, page in ((Role.CLERK, ""), (Role.FINAL_REVIEWER, "review/")):
        said = client_of(people.of(who)).get(f"/desk/items/{item.id}/{page}").content.decode()
        assert f"答复：公开（{OTHER}，2026-11-23）" in said
        assert "到 2030-01-01 为止" in said
        assert "保密审查员登记" in said


def small(office: Office, *roles: frozenset[Role]) -> list[Any]:
    """小单位 — of as many people as there are sets of roles."""
    from gongkai.web.bodies.models import Appointment

    body = office.people.department
    body.is_small = True
    body.save()
    Appointment.objects.filter(body=body).delete()
    people = [office.people.of(role) for role in (Role.CLERK, Role.FINAL_REVIEWER, Role.FIRST_REVIEWER)][: len(roles)]
    for person, held in zip(people, roles, strict=True):
        for role in held:
            Appointment.objects.create(staff=person, body=body, role=role, appointed_at=office.now)
    return people


A = frozenset({Role.CLERK, Role.SECOND_REVIEWER, Role.FINAL_REVIEWER})
B = frozenset({Role.FIRST_REVIEWER, Role.LEGAL_REVIEWER, Role.SECRECY_REVIEWER, Role.DISCLOSURE_OFFICE})


def walked(office: Office, item: Item, people: list[Any]) -> Item:
    """办到底 — as far as any of these people can take it."""
    from gongkai.law.publishing import ROUTE
    from gongkai.web.bodies.permissions import Refused
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.refusals import StepError
    from tests.web.holdings.county import RECORD

    acts = {state: act for state, act, _ in ROUTE}
    for _ in range(len(ROUTE) + 2):
        for person in people:
            who = {"item": item, "staff": person, "now": office.tick()}
            try:
                if item.state in acts:
                    given = {"opinion": "同意", "checks": (*CHECKS, "answer_seen"), "record": RECORD}
                    item = actions.pass_review(act=acts[item.state], **who, **given)
                elif item.state in (State.DRAFT, State.CLEARED):
                    take = actions.submit if item.state is State.DRAFT else actions.publish
                    item = take(**who)
            except (StepError, Refused):
                continue
            break
    return item


def test_two_people_bring_a_normative_document_to_the_public_and_the_final_review_sees_how() -> None:
    office = Office()
    people = small(office, A, B)
    from gongkai.web.bodies.gaps import gaps

    assert [str(gap) for gap in gaps(office.people.department) if "件会停在" in str(gap)] == []
    item = walked(office, office.create(is_normative=True, document_number="示建〔2026〕1号"), people)
    assert item.state is State.PUBLISHED
    page = client_of(people[0]).get(f"/desk/items/{item.id}/").content.decode()
    assert page.count("小单位：与合法性审核同一人") == 1
    assert office.people.department.is_small


def test_with_a_third_person_for_the_secrecy_review_nobody_does_both() -> None:
    from gongkai.web.holdings.refusals import StepError
    from tests.web.holdings.county import RECORD

    office = Office()
    people = small(office, A, B, frozenset({Role.SECRECY_REVIEWER}))
    item = office.create(is_normative=True, document_number="示建〔2026〕1号")
    from gongkai.web.holdings import actions

    item = walked(office, item, people[:1])
    for person, act in ((people[1], Act.PASS_FIRST), (people[0], Act.PASS_SECOND), (people[1], Act.PASS_LEGAL)):
        item = actions.pass_review(item=item, staff=person, act=act, opinion="同意", now=office.tick())
    given = {"act": Act.PASS_SECRECY, "checks": CHECKS, "record": RECORD}
    with pytest.raises(StepError, match="要换一个人"):
        actions.pass_review(item=item, staff=people[1], now=office.tick(), **given)
    assert actions.pass_review(item=item, staff=people[2], now=office.tick(), **given).state is State.FINAL_REVIEW


def test_where_nobody_can_go_on_the_page_and_the_gaps_say_who_is_missing() -> None:
    from gongkai.web.bodies.gaps import gaps

    office = Office()
    people = small(office, A | {Role.LEGAL_REVIEWER}, B - {Role.LEGAL_REVIEWER})
    said = [str(gap) for gap in gaps(office.people.department)]
    assert any("办规范性文件时" in each and "件会停在合法性审核" in each for each in said)
    item = walked(office, office.create(is_normative=True, document_number="示建〔2026〕1号"), people)
    assert item.state is State.LEGAL_REVIEW
    for person in people:
        page = client_of(person).get(f"/desk/items/{item.id}/").content.decode()
        assert "停在这里：合法性审核只有信息员，这一步要换一个人" in page
    from gongkai.web.bodies.models import Appointment

    Appointment.objects.filter(role=Role.LEGAL_REVIEWER).delete()
    page = client_of(people[1]).get(f"/desk/items/{item.id}/").content.decode()
    assert "停在这里：本单位没有合法性审核" in page


def test_in_a_small_office_where_nobody_else_may_the_same_person_takes_the_question_back() -> None:
    from gongkai.web.holdings import actions

    office = Office()
    item = referred(office)
    reviewer = office.people.of(Role.SECRECY_REVIEWER)
    from gongkai.web.bodies.models import Appointment, Body

    others = (Role.FINAL_REVIEWER, Role.DISCLOSURE_OFFICE)
    Appointment.objects.filter(body=item.body, role__in=others).delete()
    Body.objects.filter(id=item.body_id).update(is_small=True)
    item = actions.take_back(item=item, staff=reviewer, opinion="已经明确", now=office.tick())
    assert item.state is State.SECRECY_REVIEW


@pytest.mark.parametrize("seed", range(12))
def test_the_gaps_say_that_a_route_stops_exactly_where_two_people_cannot_go_it(seed: int) -> None:
    """Every walk is tried, of both routes, with posts given out by chance."""
    import random

    from gongkai.law.publishing import ROUTE
    from gongkai.web.bodies.gaps import gaps

    chance = random.Random(seed)
    route = [Role.CLERK, *(role for _, _, role in ROUTE), Role.DISCLOSURE_OFFICE]
    holders = {role: chance.sample([0, 1], chance.choice([1, 1, 2])) for role in route}
    stops = False
    for row in (route, [role for role in route if role is not Role.LEGAL_REVIEWER]):
        last = {person: {person} for person in holders[Role.CLERK]}  # by who wrote it: who may have acted last
        for before, role in pairwise(row):
            both = (before, role) == (Role.LEGAL_REVIEWER, Role.SECRECY_REVIEWER) and len(holders[role]) == 1
            for writer, acted in last.items():
                may = {each for each in holders[role] if both or acted - {each}}
                last[writer] = may - ({writer} if role is Role.FIRST_REVIEWER else set())
        stops |= not any(last.values())
    office = Office()
    small(office, *(frozenset(role for role in route if person in holders[role]) for person in (0, 1)))
    said = [str(gap) for gap in gaps(office.people.department) if "件会停在" in str(gap)]
    assert bool(said) == stops, (holders, said)
