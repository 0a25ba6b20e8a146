"""权限 — may this person take this step now: the role, the state, and not twice in a row (条例 第十七条)."""

from __future__ import annotations

from collections.abc import Collection

from gongkai.law.publishing import COMBINED, REVIEWS, STEPS, WAITS_FOR, Act, Need, State
from gongkai.law.roles import ADMINISTRATORS, Role
from gongkai.web.bodies import permissions as people
from gongkai.web.bodies.models import Appointment, Body, Staff
from gongkai.web.holdings.models import Item
from gongkai.web.holdings.refusals import StepError

TWICE = "上一步就是{name}办的，“{act}”要换一个人（条例第十七条）。"
ASKED = "清除是{name}请求的，确认或者退回要换一个人：保密审查、终审、工作机构都可以（保密法第四十七条）。"
REFERRED = "报送是{name}办的，“{act}”要换一个人：保密审查、终审、工作机构都可以（条例第十七条）。"
HANDED_OVER = "已经送审，现在是“{state}”，正在审的不能改。要改，请先“撤回送审”，改好再送（条例第十七条）。"
NOT_YOUR_TURN = "已经送审，现在是“{state}”，轮到谁审，谁才能改。要改，请信息员“撤回送审”，改好再送（条例第十七条）。"
NOT_UNDER_WAY = "现在是“{state}”，不能直接改。已经公开的要改，请在它的页上用“修订”（条例第十七条）。"
NOT_BY_YOU = "现在是“{state}”，不能直接改。已经公开的要改，请信息员在它的页上用“修订”（条例第十七条）。"
OWN_WORDS = "这一稿是{name}写的，初审要换一个人（条例第十七条）。"


def require(item: Item, staff: Staff, act: Act) -> None:
    """须可办 — people.Refused where role or state are not right, StepError where another person must do it."""
    people.require(staff, act, body=item.body, state=item.state)
    if refusal := against(item, staff, act):
        raise refusal


def against(item: Item, staff: Staff, act: Act, roles: frozenset[Role] | None = None) -> StepError | None:
    """回避 — why this person may not take this step though the role would allow it; None: nothing (条例 第十七条)."""
    if Need.NOT_WHO_ASKED in STEPS[act].needs and item.stopped_by_id == staff.id:
        return StepError(ASKED, name=staff.name)
    if Need.NOT_WHO_REFERRED in STEPS[act].needs and _referred(item, staff) and not _is_alone(item.body, staff, act):
        return StepError(REFERRED, name=staff.name, act=act.label)
    if Need.ONES_TURN in STEPS[act].needs and (told := _out_of_turn(item, staff, roles)):
        return StepError(told, state=item.state.label)
    if Need.ANOTHER_PERSON not in STEPS[act].needs:
        return None
    if act is Act.PASS_FIRST and item.newest_version and item.newest_version.made_by_id == staff.id:
        return StepError(OWN_WORDS, name=staff.name)
    if act in (Act.SCHEDULE, Act.PUBLISH) and item.publish_at:
        # To publish was decided by a person other than the reviewer; this concerns the time alone.
        return None
    if item.last_actor_id == staff.id and not is_combined(item, staff, act):
        return StepError(TWICE, name=staff.name, act=act.label)
    return None


def _out_of_turn(item: Item, staff: Staff, roles: frozenset[Role] | None) -> str:
    """A draft is its writers'; what was handed over is changed by whoever reviews it now, and by nobody else.

    What is said names the step that this person can take, or who can.
    """
    if item.state is State.DRAFT:
        return ""
    held = people.roles(staff, item.body) if roles is None else roles
    if item.state in REVIEWS and WAITS_FOR[item.state] in held:
        return ""
    if item.state in STEPS[Act.RECALL].sources:
        return HANDED_OVER if STEPS[Act.RECALL].roles & held else NOT_YOUR_TURN
    return NOT_UNDER_WAY if STEPS[Act.AMEND].roles & held else NOT_BY_YOU


def is_combined(item: Item, staff: Staff, act: Act) -> bool:
    """合办 — a step and the one before by one person, where a small body has nobody else for it (条例 第十七条)."""
    if act not in COMBINED or item.last_actor_id != staff.id or not _is_alone(item.body, staff, act):
        return False
    return item.reviews.filter(version=item.newest_version_id, act=COMBINED[act], by=staff).exists()


def holders(body: Body, roles: Collection[Role]) -> list[Staff]:
    """在岗的人 — who holds any of these posts in a body now, by name (条例 第四条)."""
    held = Appointment.objects.filter(body=body, role__in=roles, ended_at__isnull=True, staff__is_active=True)
    return list(Staff.objects.filter(id__in=held.values("staff")).order_by("name", "id"))


def left_to_review(item: Item, staff: Staff) -> list[str] | None:
    """谁还能初审 — the others by name, where this person's own words would end his review of it; else None."""
    version, able = item.newest_version, holders(item.body, STEPS[Act.PASS_FIRST].roles)
    if staff not in able or version is None or version.made_by_id == staff.id:
        return None
    return [each.name for each in able if each != staff]


def _is_alone(body: Body, staff: Staff, act: Act) -> bool:
    return body.is_small and {each.id for each in holders(body, STEPS[act].roles)} <= {staff.id}


def _referred(item: Item, staff: Staff) -> bool:
    return item.referrals.filter(ended_at=None, sent_by=staff).exists()


def bodies_of(staff: Staff) -> list[int]:
    """可见的主体 — ids of the bodies whose items a person sees: those of a post that handles items (条例 第四条)."""
    return [body for body, held in people.roles_in(staff).items() if held - set(ADMINISTRATORS)]
