"""一件的办理 — where it stands, what this person may do next, what happened (条例 第十七条)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest

from gongkai.law.publishing import REVIEWS, ROUTE, STEPS, WAITS, WAITS_FOR, Act, Need, State
from gongkai.law.roles import Role
from gongkai.law.scope import Genre
from gongkai.law.secrecy import Written
from gongkai.law.withdrawal import WithdrawalGround
from gongkai.web.bodies.models import Staff
from gongkai.web.bodies.permissions import is_timely, labels, roles_in
from gongkai.web.holdings import notices, permissions
from gongkai.web.holdings.models import Item, Notice, Referral, RelationKind, Review, Version
from gongkai.web.holdings.refusals import StepError

PROOFS = {
    State.FIRST_REVIEW: "初审 · 一校",
    State.SECOND_REVIEW: "复审 · 二校",
    State.LEGAL_REVIEW: "合法性审核",
    State.SECRECY_REVIEW: "保密审查",
    State.FINAL_REVIEW: "终审 · 三校",
}
"""三审三校 — the reviews as the stepper names them (条例 第十七条)."""
_PASSES = {act for _, act, _ in ROUTE}
# In the order in which they are offered: what moves the item on comes first.
_OFFERED = (
    Act.SUBMIT,
    *[act for _, act, _ in ROUTE],
    Act.ENTER_ANSWER,
    Act.TAKE_BACK,
    Act.TAKE_UP,
    Act.CONFIRM_PURGE,
    Act.DECLINE_PURGE,
    Act.PUBLISH,
    Act.SCHEDULE,
    Act.UNSCHEDULE,
    Act.RETURN,
    Act.EDIT,
    Act.RECALL,
    Act.AMEND,
    Act.CHANGE_OPENNESS,
    Act.REASSESS,
    Act.WITHDRAW,
    Act.CALL_BACK,
    Act.REPEAL,
    Act.UNREPEAL,
    Act.ARCHIVE,
    Act.DISCARD,
    Act.ASK_PURGE,
)
_FOR = {state: act for state, act, _ in ROUTE} | {
    State.DRAFT: Act.SUBMIT,
    State.CLEARED: Act.PUBLISH,
    State.POSTPONED: Act.TAKE_UP,
    State.AWAITING_SECRECY_AUTHORITY: Act.ENTER_ANSWER,
    State.STOPPED: Act.CONFIRM_PURGE,
}
"""等哪一步 — that moves an item on from a state (条例 第十七条)."""
NOBODY = "停在这里：本单位没有{roles}。请安全管理员任命。"
NOBODY_ELSE = "停在这里：{roles}只有{names}，这一步要换一个人（条例第十七条）。请安全管理员再任命一个人。"
UNREAD = "机检还没看完“{file}”，请过一会儿刷新再办。"
_MOVING = (Act.SUBMIT, Act.PUBLISH, Act.ENTER_ANSWER, Act.CONFIRM_PURGE, *_PASSES)


@dataclass(frozen=True, slots=True)
class Choice:
    """可办的一步 — `refusal`: why not now, though the post would allow it (条例 第十七条)."""

    act: Act
    refusal: StepError | None = None

    @property
    def is_review(self) -> bool:
        """是审核 — whether it is taken on the review page."""
        return self.act in _PASSES


@dataclass(frozen=True, slots=True)
class Awaited:
    """等谁办 — the posts and the people who can take the next step now; `refusal` where nobody can (条例 第十七条)."""

    roles: str
    names: tuple[str, ...] = ()
    refusal: StepError | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """一次报送 — why it was asked, and the step that took it back without an answer, if any (条例 第十七条第三款)."""

    referral: Referral
    taken_back: Review | None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """步骤条的一格 — `standing`: done, now, later, skipped; who did it and when (条例 第十七条)."""

    label: str
    standing: str
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Related:
    """关联的一件 — how, its title, and its number where this person may open it (条例 第二十条第（一）项)."""

    kind: str
    title: str
    number: int | None = None


def choices(
    item: Item, staff: Staff, held: dict[int, frozenset[Role]] | None = None, unread: Sequence[str] = ()
) -> list[Choice]:
    """可办的步骤 — those of this person's posts in this state, each with what stands against it (条例 第十七条).

    `unread`: attachments that the guard has not seen; until it has, no review is passed and nothing is published.
    """
    roles = (roles_in(staff) if held is None else held).get(item.body_id, frozenset())
    return [
        Choice(act, permissions.against(item, staff, act, roles) or _waits_for_guard(act, unread))
        for act in _OFFERED
        if is_timely(act, item.state)
        and STEPS[act].roles & roles
        and (Need.PUBLIC not in STEPS[act].needs or item.public_version_id)
        and act is not (Act.REPEAL if item.repealed_on else Act.UNREPEAL)
        and (act is not Act.UNSCHEDULE or item.publish_at)
    ]


def next_choice(
    item: Item, staff: Staff, held: dict[int, frozenset[Role]] | None = None, unread: Sequence[str] = ()
) -> Choice | None:
    """下一步 — the one act that moves an item on, if it is this person's turn (条例 第十七条)."""
    allowed = [choice for choice in choices(item, staff, held, unread) if choice.refusal is None]
    if item.called_back_on and (found := _of(allowed, Act.WITHDRAW)):
        return found
    if item.state is State.POSTPONED:
        return _of(allowed, Act.TAKE_UP)
    return next((choice for choice in allowed if choice.act in _MOVING), None)


def places(item: Item) -> list[Place]:
    """步骤条 — the reviews of an item, who passed them since they last began, and where it stands (条例 第十七条)."""
    passed = _passed(item)
    legal = bool(item.newest_version and item.newest_version.metadata.get("is_normative"))
    over = item.state not in (State.DRAFT, State.STOPPED, *REVIEWS, *WAITS)
    found = []
    for state, act, _ in ROUTE:
        review = passed.get(act)
        if state is State.LEGAL_REVIEW and not legal:
            found.append(Place(PROOFS[state], "skipped"))
        elif state is item.state or (state is State.SECRECY_REVIEW and item.state in WAITS):
            found.append(Place(PROOFS[state], "now"))
        elif review and (over or item.state is not State.DRAFT):
            found.append(Place(PROOFS[state], "done", review.by.name, review.at))
        else:
            found.append(Place(PROOFS[state], "later"))
    return [*found, _last_place(item)]


def returned(item: Item) -> Review | None:
    """退回的理由 — of a draft that was sent back and not sent off again (条例 第十七条)."""
    if item.state is not State.DRAFT:
        return None
    last = item.reviews.exclude(act__in=[Act.EDIT, Act.MASK]).select_related("by").order_by("-id").first()
    return last if last is not None and last.act is Act.RETURN else None


def missed(item: Item) -> Notice | None:
    """到时没有公开 — why, until somebody takes a step or sets another time (条例 第二十六条)."""
    if item.state is not State.CLEARED or item.publish_at:
        return None
    last = item.notices.filter(template__in=notices.NOT_PUBLISHED).order_by("-at").first()
    return None if last is None or item.reviews.filter(at__gt=last.at).exists() else last


def awaited(item: Item) -> Awaited | None:
    """等谁办 — of the next step, or who is missing for it; None where an item waits for nobody (条例 第十七条)."""
    act = _FOR.get(item.state)
    if act is None or item.publish_at:
        return None
    roles = labels(STEPS[act].roles)
    held = permissions.holders(item.body, STEPS[act].roles)
    able = tuple(each.name for each in held if permissions.against(item, each, act) is None)
    if not held:
        return Awaited(roles, refusal=StepError(NOBODY, roles=roles))
    if not able:
        names = "、".join(each.name for each in held)
        return Awaited(roles, refusal=StepError(NOBODY_ELSE, roles=roles, names=names))
    return Awaited(roles, able)


def asked(item: Item) -> list[Asked]:
    """报送和答复 — every question to the authority, the latest first (条例 第十七条第三款)."""
    ends = {each.at: each for each in item.reviews.filter(from_state=State.AWAITING_SECRECY_AUTHORITY)}
    sent = item.reviews.filter(act=Act.REFER).order_by("-id")
    known = item.referrals.select_related("sent_by", "entered_by").order_by("-id")
    return [
        Asked(each, None if each.answer or not each.ended_at else ends.get(each.ended_at), _reasons(review))
        for each, review in zip_longest(known, sent)
        if each is not None
    ]


def _reasons(review: Review | None) -> tuple[str, ...]:
    """What the reviewer wrote when the question was asked."""
    if review is None:
        return ()
    return tuple(filter(None, (str((review.record or {}).get(Written.GROUND) or ""), review.opinion)))


def combined(item: Item) -> Review | None:
    """合办的 — the secrecy review of this round that the legal reviewer passed too, in a small body (条例 第十七条)."""
    passed = _passed(item)
    secrecy, legal = passed.get(Act.PASS_SECRECY), passed.get(Act.PASS_LEGAL)
    return secrecy if secrecy and legal and secrecy.by_id == legal.by_id else None


def is_penalty(item: Item) -> bool:
    """行政处罚决定 — by its column, its genre or its title; only for such does 行政处罚法 第四十八条 set a period."""
    titled = item.newest_version is not None and "处罚" in item.newest_version.title
    return "20.6" in item.column.articles or item.genre is Genre.DECISION or titled


def grounds(item: Item) -> list[WithdrawalGround]:
    """可选的事由 — on which this item can be withdrawn (条例 第六条)."""
    return [ground for ground in WithdrawalGround if not ground.has_period or is_penalty(item)]


def related(item: Item, staff: Staff) -> tuple[list[Related], list[Related]]:
    """关联的各件 — what this one says of others, and what others say of it, as far as a person may know them."""
    bodies = set(permissions.bodies_of(staff))
    to = item.relations.select_related("target__newest_version", "target__public_version")
    back = item.related_from.select_related("source__newest_version", "source__public_version")
    return (
        [_related(each.kind, each.target, bodies) for each in to],
        [_related(each.kind, each.source, bodies) for each in back],
    )


def _related(kind: RelationKind, other: Item, bodies: set[int]) -> Related:
    """Of another body's item the words that the public sees: nobody else knows what it writes now."""
    if other.body_id in bodies:
        return Related(kind.label, other.title, other.pk)
    return Related(kind.label, other.public_version.title if other.public_version else other.index_number)


def timeline(item: Item) -> list[Review]:
    """办理经过 — every step that was taken, newest first (条例 第十七条)."""
    return list(item.reviews.select_related("by", "version").order_by("-id"))


def since(item: Item, edition: int) -> list[Review]:
    """其间的步骤 — taken since `edition`, in order; the last in any case, five at most (条例 第十七条)."""
    taken = min(max(item.edition - edition, 1), 5)
    return list(item.reviews.select_related("by").order_by("-id")[:taken])[::-1]


def reviewed_before(item: Item, version: Version) -> Version | None:
    """上一稿 — the last version that somebody reviewed before this one, or that the public sees (条例 第十七条)."""
    acts = [*_PASSES, Act.RETURN, Act.PUBLISH]
    found = item.reviews.filter(act__in=acts, version__number__lt=version.number).select_related("version")
    last = found.order_by("-version__number", "-id").first()
    return last.version if last else None


def waits_for(item: Item) -> Role | None:
    """等谁 — the post whose turn it is; None where nobody has to do anything (条例 第十七条)."""
    return WAITS_FOR.get(item.state)


def _waits_for_guard(act: Act, unread: Sequence[str]) -> StepError | None:
    is_asked = {Need.GUARD_READ, Need.GUARD_CLEAR} & STEPS[act].needs
    return StepError(UNREAD, file="”、“".join(unread)) if unread and is_asked else None


def _passed(item: Item) -> dict[Act, Review]:
    found: dict[Act, Review] = {}
    for review in item.reviews.select_related("by").order_by("id"):
        if review.act in (Act.SUBMIT, Act.EDIT, Act.RETURN, Act.RECALL):
            found.clear()
        elif review.act in _PASSES:
            found[review.act] = review
    return found


def _last_place(item: Item) -> Place:
    if item.state is State.HELD:
        return Place("定为不公开", "now")
    if item.state in (State.PUBLISHED, State.ARCHIVED):
        # What was decided not to be public may be archived too.
        return Place("公开" if item.published_at else "定为不公开", "done", at=item.published_at)
    return Place("公开", "now" if item.state is State.CLEARED else "later")


def _of(found: list[Choice], act: Act) -> Choice | None:
    return next((choice for choice in found if choice.act is act), None)
