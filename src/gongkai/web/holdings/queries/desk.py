"""工作台 — what must be done today and next, by whom, and what was done last (条例 第二十六条、第四十七条)."""

from __future__ import annotations

from calendar import Calendar as Weeks
from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.law.publishing import ROUTE, WAITS, WAITS_FOR, State
from gongkai.law.roles import Role
from gongkai.law.scope import Openness
from gongkai.law.workdays import Calendar
from gongkai.web.bodies.models import Staff
from gongkai.web.bodies.permissions import roles_in
from gongkai.web.holdings import clocks
from gongkai.web.holdings.models import Item, Review
from gongkai.web.holdings.permissions import bodies_of
from gongkai.web.holdings.queries.items import by_words, visible
from gongkai.web.holdings.queries.one import PROOFS, Choice, next_choice

TABS = {"mine": "我的", "office": "本办公室", "others": "等待别人"}
"""三个页签 — code in the address, and name."""
GROUPS = (
    ("late", "已逾期", -1),
    ("called", "等着撤下", -(10**6)),
    ("today", "今天到期", 0),
    ("three", "三个工作日内", 3),
    ("seven", "七个工作日内", 7),
    ("later", "以后", 10**6),
)
"""分组 — code, name, and the most working days that are left."""
MOST_ROWS = 200
RECENT = 6


@dataclass(frozen=True, slots=True)
class Row:
    """一件 — with its deadline, and the one next act of this person."""

    item: Item
    due: clocks.Due | None
    choice: Choice | None

    @property
    def group(self) -> str:
        """所在分组 — by the working days that are left; without any it comes last, unless it is to be withdrawn."""
        if self.due is None and self.item.called_back_on and self.item.public_version_id:
            return "called"
        left = self.due.left if self.due else 10**6
        return next(code for code, _, most in GROUPS if left <= most)


@dataclass(frozen=True, slots=True)
class Day:
    """一天 — of the month beside the desk: how many items are due; `is_late`: and some of them are over it."""

    on: date
    is_workday: bool
    is_today: bool
    count: int
    is_late: bool


@dataclass(frozen=True, slots=True)
class Recent:
    """最近一步 — and whether it was taken today."""

    review: Review
    is_today: bool


@dataclass(frozen=True, slots=True)
class Desk:
    """工作台 — all that its page shows."""

    tab: str
    tabs: list[tuple[str, str, int]]
    groups: list[tuple[str, str, list[Row]]]
    late: int
    today: int
    reviews: list[tuple[State, str, int]]
    month: list[list[Day | None]]
    recent: list[Recent]

    @property
    def has_rows(self) -> bool:
        """有件 — whether the chosen tab holds anything."""
        return any(rows for _, _, rows in self.groups)


def desk(staff: Staff, today: date, tab: str = "mine", words: str = "") -> Desk:
    """工作台 — of a person on a day (条例 第二十六条)."""
    held = roles_in(staff)
    running = visible(staff).filter(_running())
    mine, others = _mine(staff, held), _others(staff, held)
    chosen = {"mine": running.filter(mine), "others": running.filter(others)}.get(tab, running)
    items = list(by_words(chosen, words).order_by("due_on", "id")[:MOST_ROWS])
    rows = [Row(item, clocks.due(item, today), next_choice(item, staff, held)) for item in items]
    rows.sort(key=lambda row: (row.due.on if row.due else date.max, row.item.id))
    due = _due_days(running.filter(mine), today)
    return Desk(
        tab=tab if tab in TABS else "mine",
        tabs=[
            ("mine", TABS["mine"], running.filter(mine).count()),
            ("office", TABS["office"], running.count()),
            ("others", TABS["others"], running.filter(others).count()),
        ],
        groups=[(code, name, [row for row in rows if row.group == code]) for code, name, _ in GROUPS],
        late=sum(count for day, count in due.items() if day < today),
        today=due[today],
        reviews=_reviews(running, held),
        month=_month(today, _due_days(running, today)),
        recent=_recent(staff, today),
    )


def waiting_count(staff: Staff) -> int | None:
    """待办数 — beside the name of the room; None for a person who has no part in it (条例 第四条)."""
    held = roles_in(staff)
    found = visible(staff)
    if not any(WAITS_FOR_ROLES & roles for roles in held.values()):
        return None
    return found.filter(_running()).filter(_mine(staff, held)).count()


def listing_count(staff: Staff) -> int | None:
    """政府信息一栏 — for whoever handles items; it has no count of its own (条例 第四条)."""
    return 0 if bodies_of(staff) else None


WAITS_FOR_ROLES = frozenset(WAITS_FOR.values()) | {Role.COMPETENT_DEPARTMENT}
"""有件可办的岗位 — roles whose people see the desk (条例 第四条)."""


def _running() -> Q:
    due_back = Q(called_back_on__isnull=False, public_version__isnull=False)
    return Q(state__in=clocks.RUNNING | WAITS) | due_back


def _mine(staff: Staff, held: dict[int, frozenset[Role]]) -> Q:
    """What waits for a post of this person, drafts only where the person began them, and never one's own last step."""
    found = Q(pk__in=())
    for body, roles in held.items():
        states = [state for state, role in WAITS_FOR.items() if role in roles and state is not State.DRAFT]
        found |= Q(body=body, state__in=states) & ~Q(last_actor=staff)
        if Role.CLERK in roles:
            found |= Q(body=body, state=State.DRAFT) & (Q(created_by=staff) | Q(newest_version__made_by=staff))
        if Role.DISCLOSURE_OFFICE in roles:
            found |= Q(body=body, called_back_on__isnull=False, public_version__isnull=False)
    return found


def _others(staff: Staff, held: dict[int, frozenset[Role]]) -> Q:
    """What this person began or took a step with, and others have to go on with."""
    touched = Q(created_by=staff) | Q(last_actor=staff) | Q(newest_version__made_by=staff)
    return touched & ~_mine(staff, held)


def _due_days(found: QuerySet[Item], today: date) -> Counter[date]:
    days: Counter[date] = Counter()
    columns = ("due_on", "withdraw_due_on", "state", "openness", "public_version")
    for due_on, withdraw_due_on, state, openness, public in found.order_by().values_list(*columns):
        if withdraw_due_on and public:
            days[withdraw_due_on] += 1
        elif state in clocks.RUNNING and openness == Openness.PROACTIVE:
            days[due_on] += 1
    days[today] += 0
    return days


def _reviews(running: QuerySet[Item], held: dict[int, frozenset[Role]]) -> list[tuple[State, str, int]]:
    roles = frozenset[Role]().union(*held.values())
    states = [state for state, _, role in ROUTE if role in roles]
    counts = Counter(running.filter(state__in=states).order_by().values_list("state", flat=True)) if states else {}
    return [(state, PROOFS[state], counts.get(state, 0)) for state in states]


def _month(today: date, due: Counter[date]) -> list[list[Day | None]]:
    days: Calendar = clocks.calendar()
    return [
        [
            Day(on, days.is_workday(on), on == today, due.get(on, 0), on < today) if on.month == today.month else None
            for on in week
        ]
        for week in Weeks().monthdatescalendar(today.year, today.month)
    ]


def _recent(staff: Staff, today: date) -> list[Recent]:
    items = visible(staff).order_by().values("id")
    found = Review.objects.filter(item__in=items).select_related("by", "version", "item")
    return [Recent(each, timezone.localdate(each.at) == today) for each in found.order_by("-at", "-id")[:RECENT]]
