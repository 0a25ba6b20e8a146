"""保密审查的结论 — what it comes to, and what follows by the table of the law (条例 第十七条)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import transaction

from gongkai.law.publishing import Act
from gongkai.law.roles import Role
from gongkai.law.scope import Ground, Openness
from gongkai.law.secrecy import (
    ALWAYS,
    FORBIDDEN_GROUNDS,
    REFUSALS,
    Answer,
    Conclusion,
    Follow,
    Written,
    follows,
    is_wider,
)
from gongkai.web.bodies.models import Staff
from gongkai.web.holdings import clocks, concluded, metadata, notices
from gongkai.web.holdings.actions.drafting import next_version
from gongkai.web.holdings.actions.openness import EVERY
from gongkai.web.holdings.actions.purging import ask_purge
from gongkai.web.holdings.actions.taking import all_at_once, at_work, begin, local_day, move, require_reason, written
from gongkai.web.holdings.draft import Draft, in_force
from gongkai.web.holdings.models import Item, Referral
from gongkai.web.holdings.refusals import DraftError, Problem, StepError
from gongkai.web.look.days import day_of

Record = Mapping[str, str]
NOT_LISTED = "审查结论要从列出的六个里选一个（条例第十七条）。"
OTHER_STEP = "审查结论“{conclusion}”要用“{act}”这一步。"
NO_GROUND = "结论是“{conclusion}”，请选一条不主动公开的理由，并在“理由和依据”里写明（条例第十三条）。"
A_SECRET = "属于国家秘密的，不能留在本系统里。请“停办，请求清除涉密内容”（保密法第三十一条）。"  # noqa: S105
STILL_PUBLIC = "公众现在看得到这一件的上一稿。请工作机构先“撤下”，再作“{conclusion}”的结论。"
NO_AUTHORITY = "请写明报哪个部门确定，例如“市国家保密局”，不超过 {most} 字。"
NOT_WRITTEN = "保密审查书面记录还差：{missing}（条例第十七条）。"
TOO_LONG = "“{what}”写了 {count} 字，最多 {most} 字，请删短一些。"
_MOST_GIVEN = 40
OTHER_DAY = "填的是“{given}”。“暂缓公开”要写明哪一天再看，在今天以后、一年以内，例如 {day}（条例第十八条）。"
NO_DAY = "“暂缓公开”要写明哪一天再看，在今天以后、一年以内（条例第十八条）。"
NOT_NEW = (
    "保密部门{number}答复的是“{answer}”。登记更宽的答复，要有新的文号，日期不早于 {day}；"
    "文号一样的，请核对选的是不是这一份（条例第十七条）。"
)
WRONG_UNTIL = "“到哪一天为止”要在答复的日期以后；没有期限的不填。"
LONGEST_AUTHORITY, LONGEST_NUMBER, LONGEST_RECORD = 80, 60, 200


@transaction.atomic
def postpone(
    *, item: Item, staff: Staff, record: Record, now: datetime, edition: int | None = None, opinion: str = ""
) -> Item:
    """暂缓公开 — the review waits until the day in the record, when the reviewer is told (条例 第十七条)."""
    fresh = begin(item, staff, Act.POSTPONE, edition=edition)
    all_at_once(partial(require_recorded, fresh, Act.POSTPONE, record), partial(_again_on, record, now))
    kept, _ = _recorded(fresh, Act.POSTPONE, record)
    again_on = _again_on(record, now)
    facts, changes = {"again_on": again_on.isoformat()}, {"look_again_on": again_on}
    move(
        fresh,
        Act.POSTPONE,
        staff=staff,
        now=now,
        opinion=opinion.strip(),
        record=kept,
        facts=facts,
        changes=changes,
        takes_turn=False,
    )
    return fresh


@transaction.atomic
def refer(
    *,
    item: Item,
    staff: Staff,
    record: Record,
    authority: str,
    now: datetime,
    edition: int | None = None,
    opinion: str = "",
) -> Item:
    """报保密部门确定 — the review waits for the answer; the days are not counted (条例 第十七条第三款)."""
    fresh = begin(item, staff, Act.REFER, edition=edition)
    all_at_once(partial(require_recorded, fresh, Act.REFER, record), partial(_authority, authority))
    kept, _ = _recorded(fresh, Act.REFER, record)
    asked = _authority(authority)
    made = Referral.objects.create(item=fresh, authority=asked, sent_on=local_day(now), sent_by=staff)
    move(
        fresh,
        Act.REFER,
        staff=staff,
        now=now,
        opinion=opinion.strip(),
        record={**kept, "authority": asked},
        takes_turn=False,
        rows=[made],
    )
    return fresh


@transaction.atomic
def enter_answer(
    *,
    item: Item,
    staff: Staff,
    answer: str,
    number: str,
    answered_on: date,
    now: datetime,
    until: date | None = None,
    edition: int | None = None,
) -> Item:
    """登记保密部门的答复 — with its number and day; no conclusion is wider than it from now on (条例 第十七条第三款).

    The secrecy review goes on: whoever reviews writes the record, within what was answered. A state secret is stopped
    at once. `until`: the day to which it holds, None where it names none.
    """
    fresh = begin(item, staff, Act.ENTER_ANSWER, edition=edition)
    referral = fresh.referrals.filter(ended_at=None).first()
    if referral is None:
        raise StepError("没有正在等的报送，请刷新页面；再走不下去的，请另一人“撤回报送”。")
    if answer not in set(Answer):
        raise StepError("请选保密部门的答复：{answers}。", answers="、".join(each.label for each in Answer)).at(
            "answer"
        )
    given = written(number)
    if not given or len(given) > LONGEST_NUMBER:
        raise StepError("请写明答复的文号，不超过 {most} 字；没有文号的，写明答复的形式。", most=LONGEST_NUMBER).at(
            "number"
        )
    if not referral.sent_on <= answered_on <= local_day(now):
        raise StepError("答复的日期要在报送的 {sent} 以后，不晚于今天。请核对。", sent=referral.sent_on).at("day")
    if until is not None and until <= answered_on:
        raise StepError(WRONG_UNTIL).at("until")
    _require_new(fresh, Answer(answer), given, answered_on)
    told = {"answer": answer, "number": given, "answered_on": answered_on, "until": until}
    fresh.referrals.filter(id=referral.id).update(**told, entered_by=staff, ended_at=now)
    record = {name: str(value) for name, value in told.items() if value}
    facts: dict[str, object] = {"outcome": answer, "on": answered_on.isoformat()}
    changes = {"due_on": clocks.due_on(fresh)}
    move(
        fresh,
        Act.ENTER_ANSWER,
        staff=staff,
        now=now,
        record=record,
        facts=facts,
        changes=changes,
        takes_turn=False,
        rows=[referral],
    )
    if answer == Answer.STATE_SECRET:
        return ask_purge(item=fresh, staff=staff, now=now)
    notices.tell(notices.in_post(fresh.body, Role.SECRECY_REVIEWER, staff), notices.ANSWERED, fresh, now)
    return fresh


@transaction.atomic
def take_back(*, item: Item, staff: Staff, opinion: str, now: datetime, edition: int | None = None) -> Item:
    """撤回报送 — the authority is asked no longer; a second person says so and why (条例 第十七条第三款).

    The days for which the question was out do count. What was answered before binds as it did.
    """
    fresh = begin(item, staff, Act.TAKE_BACK, edition=edition)
    why = require_reason(opinion)
    waiting = list(fresh.referrals.filter(ended_at=None))
    facts: dict[str, object] = {"sent_by": [each.sent_by_id for each in waiting]}
    fresh.referrals.filter(ended_at=None).update(ended_at=now)
    move(fresh, Act.TAKE_BACK, staff=staff, now=now, opinion=why, facts=facts, takes_turn=False, rows=waiting)
    notices.tell(notices.in_post(fresh.body, Role.SECRECY_REVIEWER, staff), notices.TAKEN_BACK, fresh, now)
    return fresh


@transaction.atomic
def take_up(*, item: Item, staff: Staff, opinion: str, now: datetime, edition: int | None = None) -> Item:
    """恢复保密审查 — what was postponed is looked at again (条例 第十七条)."""
    fresh = begin(item, staff, Act.TAKE_UP, edition=edition)
    why = require_reason(opinion)
    changes = {"look_again_on": None}
    move(fresh, Act.TAKE_UP, staff=staff, now=now, opinion=why, changes=changes, takes_turn=False)
    return fresh


def passed(item: Item, staff: Staff, record: Record, now: datetime) -> tuple[dict[str, str], dict[str, Any]]:
    """作结论 — the record of a secrecy review that passes, and what changes with it: a version of another openness.

    The caller takes the step. StepError where the table does not allow it or something is missing (条例 第十七条).
    """
    kept, follow = _recorded(item, Act.PASS_SECRECY, record)
    conclusion, version = Conclusion(kept[Written.OUTCOME]), at_work(item)
    concluded.require_answered(item)
    concluded.require_within_answer(item, conclusion)
    if follow.asks == "cuts":
        concluded.require_cut(item, version)
    if follow.openness is not Openness.PROACTIVE and item.public_version_id:
        raise StepError(STILL_PUBLIC, conclusion=conclusion.label)
    if follow.asks == "ground":
        return kept, _changed(item, staff, kept, follow, now)
    return kept, {}


def _require_new(item: Item, answer: Answer, number: str, answered_on: date) -> None:
    """An answer that is wider than the one before is another document, and no older one."""
    before = concluded.answer(item)
    if before is None or not is_wider(answer, before.answer):
        return
    numbers = {each.strip() for each in item.referrals.exclude(answer="").values_list("number", flat=True)}
    if number in numbers or (before.answered_on and answered_on < before.answered_on):
        raise StepError(NOT_NEW, number=before.number, answer=before.answer.label, day=before.answered_on).at("number")


def _changed(item: Item, staff: Staff, kept: dict[str, str], follow: Follow, now: datetime) -> dict[str, Any]:
    """The reviewer decides: a version with the openness that was concluded takes the place of the draft's."""
    ground = Ground(kept[Written.CLOSED_AS])
    draft = Draft.of(at_work(item))
    changed = draft.with_changes(openness=follow.openness, ground=ground, ground_note=kept[Written.GROUND])
    if metadata.annotated(changed.annotation) not in (None, follow.openness):
        changed = changed.with_changes(annotation="")
    made = next_version(item, staff, changed, now)
    notices.tell({item.created_by} - {staff}, notices.DECIDED, item, now, conclusion=follow.openness.label)
    return {"newest_version": made, **in_force(changed)}


def require_recorded(item: Item, act: Act, record: Record) -> None:
    """书面记录 — complete, with a conclusion that the draft allows; all that is missing at once."""
    kept = _written(record)
    concluded_as = [partial(_follow, item, act, kept)] if kept[Written.OUTCOME] else []
    all_at_once(partial(_require_words, kept), *concluded_as)


def _recorded(item: Item, act: Act, record: Record) -> tuple[dict[str, str], Follow]:
    require_recorded(item, act, record)
    kept = _written(record)
    follow = _follow(item, act, kept)
    if follow.asks != "ground":
        kept[Written.CLOSED_AS] = ""
    return kept, follow


_CODES = (Written.OUTCOME, Written.CLOSED_AS, Written.AGAIN_ON)
"""选的 — chosen from lists: what is no code of theirs stays none."""


def _written(record: Record) -> dict[str, str]:
    given = {each: record.get(each, "") for each in Written}
    return {each.value: said.strip() if each in _CODES else written(said) for each, said in given.items()}


def _require_words(kept: Record) -> None:
    if missing := [each for each in ALWAYS if not kept[each]]:
        told = [Problem(each.value, NOT_WRITTEN, missing=each.label) for each in missing]
        raise DraftError(tuple(told)).at(*(each.value for each in missing))
    for each in ALWAYS:
        if len(kept[each]) > LONGEST_RECORD:
            raise StepError(TOO_LONG, what=each.label, count=len(kept[each]), most=LONGEST_RECORD).at(each.value)


def _follow(item: Item, act: Act, kept: dict[str, str]) -> Follow:
    """What follows from the conclusion, by the table of the law; StepError where nothing does."""
    if kept[Written.OUTCOME] not in set(Conclusion):
        raise StepError(NOT_LISTED).at(Written.OUTCOME.value)
    conclusion, openness = Conclusion(kept[Written.OUTCOME]), Draft.of(at_work(item)).openness
    follow = follows(conclusion, openness)
    if follow is None:
        raise StepError(REFUSALS[conclusion], openness=openness.label).at(Written.OUTCOME.value)
    if follow.act is not act:
        raise StepError(OTHER_STEP, conclusion=conclusion.label, act=follow.act.label)
    if follow.asks == "ground":
        _require_ground(conclusion, kept)
    return follow


def _require_ground(conclusion: Conclusion, kept: dict[str, str]) -> None:
    if kept[Written.CLOSED_AS] in FORBIDDEN_GROUNDS:
        raise StepError(A_SECRET).at(Written.CLOSED_AS.value)
    wrong = {Written.CLOSED_AS: kept[Written.CLOSED_AS] not in set(Ground), Written.GROUND: not kept[Written.GROUND]}
    if any(wrong.values()):
        where = [each.value for each, is_wrong in wrong.items() if is_wrong]
        raise StepError(NO_GROUND, conclusion=conclusion.label).at(*where)
    if len(kept[Written.GROUND]) > metadata.LENGTHS["ground_note"]:
        raise StepError("“理由和依据”写得太长，最多 {most} 字。", most=metadata.LENGTHS["ground_note"]).at("ground")


def _authority(text: str) -> str:
    asked = written(text)
    if not asked or len(asked) > LONGEST_AUTHORITY:
        raise StepError("请写明报哪个部门确定，例如“市国家保密局”，不超过 {most} 字。", most=LONGEST_AUTHORITY).at(
            "authority"
        )
    return asked


def _again_on(record: Record, now: datetime) -> date:
    """Longer than what is closed waits for its assessment, it would be closed in all but name."""
    given, today = record.get(Written.AGAIN_ON, "").strip(), local_day(now)
    told = StepError(OTHER_DAY, given=given[:_MOST_GIVEN], day=today + EVERY / 2) if given else StepError(NO_DAY)
    try:
        again_on = day_of(given)
    except ValueError:
        raise told.at(Written.AGAIN_ON.value) from None
    if not today < again_on <= today + EVERY:
        raise told.at(Written.AGAIN_ON.value)
    return again_on
