"""权限 — may this person take this step now: the role, the state, and not twice in a row (条例 第十七条)."""

from __future__ import annotations

from gongkai.law.procedure import ADMINISTRATORS, STEPS, Act, Need
from gongkai.web.bodies import permissions as people
from gongkai.web.bodies.models import Staff
from gongkai.web.holdings.models import Item
from gongkai.web.holdings.refusals import StepError

TWICE = "上一步就是{name}办的，“{act}”要换一个人（条例第十七条）。"
ASKED = "清除是{name}请求的，确认或者退回要换一个人：保密审查、终审、工作机构都可以（保密法第四十七条）。"
OWN_WORDS = "这一稿是{name}写的，初审要换一个人（条例第十七条）。"


def require(item: Item, staff: Staff, act: Act) -> None:
    """须可办 — people.Refused where role or state are not right, StepError where another person must do it."""
    people.require(staff, act, body=item.body, state=item.state)
    if refusal := against(item, staff, act):
        raise refusal


def against(item: Item, staff: Staff, act: Act) -> StepError | None:
    """回避 — why this person may not take this step though the role would allow it; None: nothing (条例 第十七条)."""
    if Need.NOT_WHO_ASKED in STEPS[act].needs and item.stopped_by_id == staff.id:
        return StepError(ASKED, name=staff.name)
    if Need.ANOTHER_PERSON not in STEPS[act].needs:
        return None
    if act is Act.PASS_FIRST and item.newest_version and item.newest_version.made_by_id == staff.id:
        return StepError(OWN_WORDS, name=staff.name)
    if item.last_actor_id == staff.id:
        return StepError(TWICE, name=staff.name, act=act.label)
    return None


def bodies_of(staff: Staff) -> list[int]:
    """可见的主体 — ids of the bodies whose items a person sees: those of a post that handles items (条例 第四条)."""
    return [body for body, held in people.roles_in(staff).items() if held - set(ADMINISTRATORS)]
