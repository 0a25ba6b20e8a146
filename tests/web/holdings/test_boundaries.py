"""边界和对照表 — the days on which an answer changes, the tables of what follows from what, in full (条例 第二十条)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gongkai.law.publishing import State
from gongkai.law.roles import Role
from gongkai.law.withdrawal import WithdrawalGround
from tests.web.holdings.county import Office, draft

pytestmark = pytest.mark.usefixtures("ground")

LABELS = {"repeals": "repealed_on", "amends": "amended_on", "interprets": None, "replaces": None}
"""关联改的标签 — of what a document of the same body says of another."""


@pytest.mark.parametrize("kind", LABELS)
@pytest.mark.parametrize("is_own", [True, False], ids=["own", "of another body"])
def test_what_a_document_says_of_another_changes_its_label_and_is_written_down(kind: str, *, is_own: bool) -> None:
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.models import Item, RelationKind
    from gongkai.web.journal.models import Entry

    assert set(LABELS) == {str(each.value) for each in RelationKind}
    office = Office()
    if is_own:
        target = office.create(title="旧的")
    else:
        home = office.people.township
        clerk = office.people.of(Role.CLERK, home)
        target = actions.create(body=home, staff=clerk, draft=draft(title="旧的"), now=office.tick())
    office.seen(target)
    if not is_own:  # a document that two bodies made may be ended by either; its label is its own body's
        target.joint_bodies.add(office.people.department)
    made = office.create(title="新的", relations=((kind, target.index_number),), effective_on=date(2026, 12, 1))
    office.bring(made, State.PUBLISHED)
    target.refresh_from_db()
    label = LABELS[kind] if is_own else None
    assert {name: getattr(target, name) for name in ("repealed_on", "amended_on")} == {
        name: date(2026, 12, 1) if name == label else None for name in ("repealed_on", "amended_on")
    }
    written = Entry.objects.filter(act=f"holdings.{kind}", subject=f"holdings.item:{target.id}")
    facts = [
        (each.chain.code, each.actor, {name: each.facts[name] for name in ("by", "on")})
        for each in written.select_related("chain")
    ]
    director = office.people.of(Role.DISCLOSURE_OFFICE)
    expected = (target.body.slug, f"staff:{director.id}", {"by": made.id, "on": "2026-12-01"})
    assert facts == ([expected] if label else [])
    assert Item.objects.get(id=made.id).relations.get().target_id == target.id


@pytest.mark.parametrize(("days", "is_taken"), [(-1, True), (0, True), (1, False)])
def test_a_ground_to_withdraw_has_come_up_today_at_the_latest(days: int, *, is_taken: bool) -> None:
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.refusals import StepError

    office = Office()
    item = office.bring(office.create(), State.PUBLISHED)
    day = office.now.date() + timedelta(days=days)
    given = {"item": item, "staff": office.people.of(Role.DISCLOSURE_OFFICE), "now": office.tick(), "reason": "有误"}
    if is_taken:
        called = actions.call_back(ground=WithdrawalGround.INACCURATE, changed_on=day, **given)
        assert called.called_back_on == day
    else:
        with pytest.raises(StepError, match="还没有到"):
            actions.call_back(ground=WithdrawalGround.INACCURATE, changed_on=day, **given)


@pytest.mark.parametrize(
    ("left", "tone", "late"), [(-2, "late", 2), (-1, "late", 1), (0, "soon", 0), (1, "soon", -1), (2, "calm", -2)]
)
def test_today_and_the_next_workday_are_soon(left: int, tone: str, late: int) -> None:
    from gongkai.web.holdings.clocks import Due

    due = Due(date(2026, 11, 20), left, provisional=False)
    assert (due.tone, due.days_late) == (tone, late)


@pytest.mark.parametrize(
    ("on", "today", "left"),
    [
        (date(2026, 11, 20), date(2026, 11, 19), 1),
        (date(2026, 11, 20), date(2026, 11, 20), 0),
        (date(2026, 11, 20), date(2026, 11, 21), -1),  # a Saturday: late all the same
        (date(2026, 11, 20), date(2026, 11, 23), -1),
        (date(2026, 11, 20), date(2026, 11, 24), -2),
        (date(2026, 11, 23), date(2026, 11, 20), 1),
    ],
)
def test_days_left_are_working_days_and_a_day_past_is_late(on: date, today: date, left: int) -> None:
    from gongkai.web.holdings.clocks import workdays_left

    assert workdays_left(on, today) == left


VALIDITY = [
    ({"repealed_on": date(2026, 6, 2)}, date(2026, 6, 1), "in_force"),
    ({"repealed_on": date(2026, 6, 2)}, date(2026, 6, 2), "repealed"),
    ({"expires_on": date(2026, 6, 2)}, date(2026, 6, 2), "in_force"),
    ({"expires_on": date(2026, 6, 2)}, date(2026, 6, 3), "lapsed"),
    ({"effective_on": date(2026, 6, 2)}, date(2026, 6, 1), "not_yet"),
    ({"effective_on": date(2026, 6, 2)}, date(2026, 6, 2), "in_force"),
    ({"amended_on": date(2026, 6, 2)}, date(2026, 6, 1), "in_force"),
    ({"amended_on": date(2026, 6, 2)}, date(2026, 6, 2), "amended"),
]


@pytest.mark.parametrize(("days", "today", "expected"), VALIDITY)
def test_validity_changes_on_its_day(days: dict[str, date], today: date, expected: str) -> None:
    from gongkai.web.holdings.models.items import Item, validity

    assert str(validity(Item(**days), today)) == expected


def test_a_deadline_is_not_counted_anew_over_what_somebody_wrote_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    from gongkai.web.holdings import actions, clocks
    from gongkai.web.holdings.models import Item
    from gongkai.web.journal.models import Entry

    office = Office()
    item = office.create()
    Item.objects.update(due_on=date(2026, 12, 1))
    real = clocks.due_on

    def meanwhile(asked: Item) -> date:
        Item.objects.filter(id=asked.id).update(edition=asked.edition + 1)
        return real(asked)

    monkeypatch.setattr(clocks, "due_on", meanwhile)
    assert actions.recount_deadlines(now=office.tick()) == 0
    item.refresh_from_db()
    assert item.due_on == date(2026, 12, 1)
    assert not Entry.objects.filter(act="holdings.recount").exists()
    monkeypatch.setattr(clocks, "due_on", real)
    assert actions.recount_deadlines(now=office.tick()) == 1
