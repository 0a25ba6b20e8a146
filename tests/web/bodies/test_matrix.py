"""权限表走一遍 — every role, every step, every state, through the real actions and pages, and by another body's ids.

What the table of the procedure does not allow is refused and leaves nothing behind; what it allows is never refused
for want of a role (条例 第十七条).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from gongkai.law.publishing import ROUTE, STEPS, Act, State
from gongkai.law.roles import ADMINISTRATORS, Role
from gongkai.law.withdrawal import WithdrawalGround
from tests.web.cast import client_of
from tests.web.holdings.county import CHECKS, RECORD, Office, draft
from tests.web.holdings.test_masking import IDENTITY, attached

if TYPE_CHECKING:
    from gongkai.web.bodies.models import Staff
    from gongkai.web.holdings.models import Item

pytestmark = pytest.mark.usefixtures("ground")

WALKED = [act for act in Act if act is not Act.CREATE]

Call = Callable[["Item", "Staff", datetime], object]


def calls() -> dict[Act, Call]:
    """Every step of the table as the room's action takes it, with all that it asks for."""
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.models import ItemFile

    def plain(action: Callable[..., object], **asked: Any) -> Call:
        return lambda item, staff, now: action(item=item, staff=staff, now=now, **asked)

    reviews = {
        act: plain(actions.pass_review, act=act, opinion="同意", checks=CHECKS, record=RECORD) for _, act, _ in ROUTE
    }
    return {
        **reviews,
        Act.CREATE: lambda item, staff, now: actions.create(body=item.body, staff=staff, draft=draft(), now=now),
        Act.EDIT: lambda item, staff, now: actions.edit(
            item=item, staff=staff, draft=draft(title="换一个题目"), edition=item.edition, now=now
        ),
        Act.SUBMIT: plain(actions.submit),
        Act.RECALL: plain(actions.recall),
        Act.RETURN: plain(actions.send_back, opinion="请再核对"),
        Act.OVERRIDE: plain(actions.override_hit, hit="none", reason="不是身份证号"),
        Act.LIFT_SECRECY: plain(actions.lift_secrecy, hit="none", basis="不是密级标志"),
        Act.POSTPONE: plain(actions.postpone, record=RECORD | {"outcome": "postponed", "again_on": "2027-01-11"}),
        Act.REFER: plain(actions.refer, record=RECORD | {"outcome": "referred"}, authority="市国家保密局"),
        Act.ENTER_ANSWER: plain(
            actions.enter_answer, answer="open", number="市密函〔2026〕3号", answered_on=date(2026, 11, 20)
        ),
        Act.TAKE_BACK: plain(actions.take_back, opinion="不必再问"),
        Act.TAKE_UP: plain(actions.take_up, opinion="情况已经变化"),
        Act.ASK_PURGE: plain(actions.ask_purge),
        Act.CONFIRM_PURGE: plain(actions.confirm_purge),
        Act.DECLINE_PURGE: plain(actions.decline_purge),
        Act.MASK: lambda item, staff, now: actions.use_masked_copy(
            item=item, staff=staff, item_file=item.newest_version.files.first() or ItemFile(id=0), now=now
        ),
        Act.PUBLISH: plain(actions.publish),
        Act.SCHEDULE: lambda item, staff, now: actions.schedule(
            item=item, staff=staff, publish_at=now + timedelta(days=2), now=now
        ),
        Act.UNSCHEDULE: plain(actions.unschedule),
        Act.AMEND: plain(actions.amend),
        Act.CALL_BACK: plain(
            actions.call_back,
            ground=WithdrawalGround.INACCURATE,
            changed_on=date(2026, 11, 19),
            reason="内容有误",
        ),
        Act.WITHDRAW: plain(actions.withdraw, ground=WithdrawalGround.INACCURATE, reason="内容有误"),
        Act.REPEAL: plain(actions.repeal, on=date(2026, 11, 20), reason="由新的代替"),
        Act.UNREPEAL: plain(actions.unrepeal, reason="标注错了"),
        Act.ARCHIVE: plain(actions.archive),
        Act.REASSESS: plain(actions.reassess, opinion="仍不公开"),
        Act.CHANGE_OPENNESS: plain(actions.change_openness, reason="可以公开了"),
        Act.DISCARD: plain(actions.discard),
    }


def walked(office: Office, act: Act) -> Item:
    """What the step is taken on: an item that has come all the way, or one with a list of names to be masked."""
    if act is Act.MASK:
        return attached(office, office.create(), f"姓名,证件号码\n王某,{IDENTITY}\n".encode(), "名单.csv")
    return office.bring(office.create(), State.PUBLISHED)


def traces(item: Item) -> tuple[object, ...]:
    """What a step would have left behind."""
    masked = item.newest_version.files.filter(copy__isnull=False).count()
    return item.state, item.edition, item.reviews.count(), item.versions.count(), masked


def standing(item: Item, state: State) -> Item:
    """The item as if it stood there; who touched it last is none of those who walk."""
    from gongkai.web.holdings.models import Item

    Item.objects.filter(id=item.id).update(state=state)
    return Item.objects.get(id=item.id)


def refused(call: Call, item: Item, staff: Staff, now: datetime) -> bool:
    """Whether it was refused for want of role or state; whatever happened is undone."""
    from django.db import transaction

    from gongkai.web.bodies.permissions import Refused
    from gongkai.web.files.kinds import FileError
    from gongkai.web.holdings.refusals import StepError

    try:
        with transaction.atomic():
            call(item, staff, now)
            transaction.set_rollback(True)
    except Refused:
        return True
    except (StepError, FileError):  # the role is right; a need of the step is not met
        return False
    return False


def test_every_step_of_the_table_has_its_action() -> None:
    assert set(calls()) == set(Act) == set(STEPS)


@pytest.mark.parametrize("act", WALKED)
def test_the_actions_keep_to_the_table_in_every_state_for_every_role(act: Act) -> None:
    office = Office()
    item = walked(office, act)
    call = calls()[act]
    step = STEPS[act]
    wrong = []
    for state in State:
        stands = standing(item, state)
        for role in Role:
            allowed = role in step.roles and state in step.sources
            if refused(call, stands, office.people.of(role), office.now) == allowed:
                wrong.append((role, state, "refused" if allowed else "done"))
    assert wrong == []


@pytest.mark.parametrize("act", [*WALKED, Act.CREATE])
def test_roles_of_another_body_open_nothing(act: Act) -> None:
    office = Office()
    people = office.people
    item = office.create()
    call = calls()[act]
    for state in STEPS[act].sources or {State.DRAFT}:
        stands = standing(item, state)
        for role in STEPS[act].roles:
            for body in (people.township, people.county):
                assert refused(call, stands, people.of(role, body), office.now), (role, state, body.slug)


def test_whoever_has_ended_takes_no_step() -> None:
    from gongkai.web.bodies.models import Appointment

    office = Office()
    item = office.create()
    clerk = office.people.of(Role.CLERK)
    assert not refused(calls()[Act.SUBMIT], item, clerk, office.now)
    Appointment.objects.filter(staff=clerk).update(ended_at=office.now)
    assert refused(calls()[Act.SUBMIT], item, clerk, office.now)


SENT = {"opinion": "请再核对", "day": "2026-11-19", "at": "2026-11-30T09:00", "by": "", "reason": "说明", "hit": "x",
        "outcome": "open", "way": "网站", "scope": "全文", "time": "审签后", "checks": list(CHECKS)}  # fmt: skip


def addresses(item: Item, act: Act) -> list[tuple[str, dict[str, object]]]:
    """Where a browser would send this step."""
    page = f"/desk/items/{item.id}/"
    sent = {**SENT, "edition": item.edition, "act": str(act)}
    reviews = {passing for _, passing, _ in ROUTE} | {Act.RETURN, Act.POSTPONE, Act.REFER}
    review = [(f"{page}review/", sent)] if act in reviews else []
    sent["outcome"] = {Act.POSTPONE: "postponed", Act.REFER: "referred"}.get(act, "open")
    lifts = {Act.OVERRIDE: "override", Act.LIFT_SECRECY: "lift"}
    override = [(f"{page}review/override/", {**sent, "do": lifts[act]})] if act in lifts else []
    edit = [(f"{page}edit/", {**sent, "title": "换一个题目"})] if act is Act.EDIT else []
    files = [each.id for each in item.newest_version.files.all()]
    mask = [(f"{page}review/mask/", {**sent, "file": files})] if act is Act.MASK else []
    return [*review, *override, *edit, *mask, (f"{page}step/{act}/", sent)]


def states_of(act: Act) -> list[State]:
    """All of them in a long run; else one in which the step may be taken and one in which it may not."""
    if os.environ.get("GONGKAI_LONG"):
        return list(State)
    sources = STEPS[act].sources
    return [next(state for state in State if (state in sources) is timely) for timely in (True, False)]


@pytest.mark.parametrize("act", WALKED)
def test_the_pages_do_nothing_that_the_table_does_not_allow(act: Act) -> None:
    office = Office()
    people = office.people
    item = walked(office, act)
    walkers = [(people.of(role), role in STEPS[act].roles, role in ADMINISTRATORS) for role in Role]
    walkers += [(people.of(role, people.township), False, True) for role in STEPS[act].roles]
    for state in states_of(act):
        stands = standing(item, state)
        before = traces(stands)
        for staff, has_role, is_outsider in walkers:
            if has_role and state in STEPS[act].sources:
                continue
            client = client_of(staff)
            for address, sent in addresses(stands, act):
                answer = client.post(address, sent)
                assert answer.status_code == 404 if is_outsider else answer.status_code < 500, (staff, address)
            assert traces(standing(item, state)) == before, (staff, act, state)


def test_nobody_reads_an_item_of_another_body_by_its_number() -> None:
    office = Office()
    people = office.people
    item = office.create()
    page = f"/desk/items/{item.id}/"
    for role in Role:
        outsiders = [people.of(role)] if role in ADMINISTRATORS else [people.of(role, people.township)]
        for staff in outsiders:
            client = client_of(staff)
            for address in (page, f"{page}edit/", f"{page}review/", f"{page}differences/", f"{page}step/submit/"):
                assert client.get(address).status_code == 404, (role, address)
    assert client_of(None).get(page)["Location"].startswith("/sign-in/")
