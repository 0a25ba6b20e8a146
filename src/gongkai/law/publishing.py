"""信息发布程序 — 三审三校 and what follows, as one table: states, steps, who, what each requires (条例 第十七条).

`STEPS` is the whole of it: rooms ask `step`, documents print it, tests walk it. Nothing else decides what may be done.
"""

from __future__ import annotations

from gongkai.law import steps
from gongkai.law.roles import Role
from gongkai.law.terms import Term


class State(Term):
    """办理状态 — where the newest version of an item stands (条例 第十七条)."""

    DRAFT = "draft", "草稿", "条例 第十七条"
    FIRST_REVIEW = "first_review", "待初审", "条例 第十七条"
    SECOND_REVIEW = "second_review", "待复审", "条例 第十七条"
    LEGAL_REVIEW = "legal_review", "待合法性审核", "条例 第十七条"
    SECRECY_REVIEW = "secrecy_review", "待保密审查", "条例 第十七条"
    POSTPONED = "postponed", "暂缓公开", "条例 第十七条"
    AWAITING_SECRECY_AUTHORITY = "awaiting_secrecy_authority", "待保密部门确定", "条例 第十七条第三款"
    FINAL_REVIEW = "final_review", "待终审", "条例 第十七条"
    CLEARED = "cleared", "待发布", "条例 第二十六条"
    PUBLISHED = "published", "已公开", "条例 第二十三条"
    HELD = "held", "已定不主动公开", "条例 第十三条"
    WITHDRAWN = "withdrawn", "已撤下", "条例 第六条第一款"
    ARCHIVED = "archived", "已归档", "条例 第四十五条"
    DISCARDED = "discarded", "已作废", "条例 第十七条"
    STOPPED = "stopped", "停办待清除", "保密法 第三十一条"


class Act(Term):
    """步骤 — what may be done with an item (条例 第十七条)."""

    CREATE = "create", "新建", "条例 第十七条"
    EDIT = "edit", "修改", "条例 第十七条"
    SUBMIT = "submit", "送初审", "条例 第十七条"
    RECALL = "recall", "撤回送审", "条例 第十七条"
    PASS_FIRST = "pass_first", "初审通过", "条例 第十七条"
    PASS_SECOND = "pass_second", "复审通过", "条例 第十七条"
    PASS_LEGAL = "pass_legal", "合法性审核通过", "条例 第十七条"
    PASS_SECRECY = "pass_secrecy", "保密审查通过", "条例 第十七条"
    POSTPONE = "postpone", "暂缓公开", "条例 第十七条"
    REFER = "refer", "报保密部门确定", "条例 第十七条第三款"
    ENTER_ANSWER = "enter_answer", "登记保密部门的答复", "条例 第十七条第三款"
    TAKE_BACK = "take_back", "撤回报送", "条例 第十七条第三款"
    TAKE_UP = "take_up", "恢复保密审查", "条例 第十七条"
    PASS_FINAL = "pass_final", "终审通过", "条例 第十七条"
    RETURN = "return", "退回修改", "条例 第十七条"
    PUBLISH = "publish", "公开", "条例 第二十六条"
    AMEND = "amend", "修订", "条例 第二十六条"
    WITHDRAW = "withdraw", "撤下", "条例 第六条第一款"
    REPEAL = "repeal", "标注废止", "条例 第二十条第（一）项"
    UNREPEAL = "unrepeal", "撤销废止标注", "条例 第二十条第（一）项"
    ARCHIVE = "archive", "归档", "条例 第四十五条"
    SCHEDULE = "schedule", "定时公开", "条例 第二十六条"
    UNSCHEDULE = "unschedule", "取消定时", "条例 第二十六条"
    CALL_BACK = "call_back", "登记应撤事由", "条例 第六条第一款"
    REASSESS = "reassess", "重新评估", "条例 第十八条"
    CHANGE_OPENNESS = "change_openness", "转为主动公开", "条例 第四十四条"
    DISCARD = "discard", "作废", "条例 第十七条"
    MASK = "mask", "换成遮盖副本", "条例 第十五条"
    OVERRIDE = "override", "放行一处机检阻断", "条例 第十七条"
    LIFT_SECRECY = "lift_secrecy", "放行一处密级标志", "保密法 第三十五条"
    ASK_PURGE = "ask_purge", "停办，请求清除涉密内容", "保密法 第三十一条"
    CONFIRM_PURGE = "confirm_purge", "确认清除涉密内容", "保密法 第四十七条"
    DECLINE_PURGE = "decline_purge", "不清除，退回草稿", "保密法 第三十一条"


class Need(Term):
    """条件 — what a step requires beside the right role (条例 第十七条)."""

    ANOTHER_PERSON = "another_person", "不得与上一步是同一人", "条例 第十七条"
    ONES_TURN = "ones_turn", "送审以后，轮到谁审，谁才能改", "条例 第十七条"
    METADATA = "metadata", "元数据填写齐全", "条例 第十二条"
    GUARD_READ = "guard_read", "机检已经看过", "条例 第十七条"
    GUARD_CLEAR = "guard_clear", "机检没有阻断项，或者已说明理由", "条例 第十七条"
    CHECKS = "checks", "合法、准确、可公开、保密四项检查", "条例 第十七条"
    OPINION = "opinion", "写明意见或者理由", "条例 第十七条"
    RECORD = "record", "保密审查书面记录", "条例 第十七条"
    CONCLUSION = "conclusion", "审查结论与公开属性相符", "条例 第十七条"
    BASIS = "basis", "写明解密依据或者非密标志的说明", "保密法 第二十四条"
    DAY = "day", "写明日期", "条例 第十七条"
    NUMBER = "number", "写明答复的文号", "条例 第十七条第三款"
    NOT_WHO_REFERRED = "not_who_referred", "不得与报送的是同一人", "条例 第十七条第三款"
    ANSWER_SEEN = "answer_seen", "报过保密部门的，看过答复", "条例 第十七条第三款"
    NOT_WHO_ASKED = "not_who_asked", "不得与请求清除的是同一人", "保密法 第三十一条"
    DUE_TIME = "due_time", "到了定时公开的时间", "条例 第二十六条"
    PUBLIC = "public", "公众现在看得到", "条例 第二十三条"


Step = steps.Step[Act, State, Need]
"""一步 — a step of this procedure (条例 第十七条)."""

ROUTE = (
    (State.FIRST_REVIEW, Act.PASS_FIRST, Role.FIRST_REVIEWER),
    (State.SECOND_REVIEW, Act.PASS_SECOND, Role.SECOND_REVIEWER),
    (State.LEGAL_REVIEW, Act.PASS_LEGAL, Role.LEGAL_REVIEWER),
    (State.SECRECY_REVIEW, Act.PASS_SECRECY, Role.SECRECY_REVIEWER),
    (State.FINAL_REVIEW, Act.PASS_FINAL, Role.FINAL_REVIEWER),
)
"""审核路线 — the states of review in order, the step that leaves each, and who takes it (条例 第十七条)."""

REVIEWS = frozenset(state for state, _, _ in ROUTE)
"""审核中 — the states in which an item waits for a reviewer (条例 第十七条)."""
WAITS = frozenset({State.POSTPONED, State.AWAITING_SECRECY_AUTHORITY})
"""审查中的等待 — the secrecy review is held until a day, or until the authority has answered (条例 第十七条第三款)."""
WAITS_FOR = {state: role for state, _, role in ROUTE} | {
    State.DRAFT: Role.CLERK,
    State.CLEARED: Role.DISCLOSURE_OFFICE,
    State.POSTPONED: Role.SECRECY_REVIEWER,
    State.AWAITING_SECRECY_AUTHORITY: Role.SECRECY_REVIEWER,
}
"""等谁 — the role whose turn it is (条例 第十七条). States that are not named wait for nobody."""

COMBINED = {Act.PASS_SECRECY: Act.PASS_LEGAL}
"""可以合办 — in a small body where nobody else holds the post, who passed the one passes the other (条例 第十七条).

The legal review stands between two persons who take turns; without this it makes one of them act twice.
"""

_PASSES = frozenset(act for _, act, _ in ROUTE)
_REVIEWERS = frozenset(role for _, _, role in ROUTE)
_STANDING = frozenset({State.PUBLISHED, State.ARCHIVED})
# While a new version is under way, the one before stays public: it can still be labelled, and taken back.
_UNDER_WAY = frozenset({State.DRAFT, State.CLEARED, *REVIEWS})
_PUBLIC_MEANWHILE = _STANDING | _UNDER_WAY | WAITS
_BEGUN_ANEW = frozenset({Act.AMEND, Act.CHANGE_OPENNESS})
_CLERK = frozenset({Role.CLERK})
_OFFICE = frozenset({Role.DISCLOSURE_OFFICE})
_SECRECY = frozenset({Role.SECRECY_REVIEWER})
# In an office of two the second person need not be another secrecy reviewer.
_SECOND_PERSON = _SECRECY | _OFFICE | {Role.FINAL_REVIEWER}
_PASSING = frozenset({Need.ANOTHER_PERSON, Need.GUARD_READ})


def _pass(act: Act, *needs: Need) -> Step:
    state, role = next((state, role) for state, each, role in ROUTE if each is act)
    return Step(act, frozenset({state}), None, frozenset({role}), _PASSING | set(needs))


def _secrecy(act: Act, source: State, target: State | None, *needs: Need) -> Step:
    return Step(act, frozenset({source}), target, _SECRECY, frozenset(needs))


STEPS: dict[Act, Step] = {
    step.act: step
    for step in (
        Step(Act.CREATE, frozenset(), State.DRAFT, _CLERK),
        # An edit after the first review has been passed begins the review anew. What was handed over stands still for
        # whoever reviews it: its writer takes it back first.
        Step(
            Act.EDIT,
            _UNDER_WAY,
            None,
            _CLERK | {Role.FIRST_REVIEWER, Role.SECOND_REVIEWER},
            frozenset({Need.ONES_TURN}),
        ),
        Step(Act.SUBMIT, frozenset({State.DRAFT}), State.FIRST_REVIEW, _CLERK, frozenset({Need.METADATA})),
        Step(Act.RECALL, REVIEWS | {State.CLEARED}, State.DRAFT, _CLERK),
        _pass(Act.PASS_FIRST),
        _pass(Act.PASS_SECOND),
        _pass(Act.PASS_LEGAL, Need.OPINION),
        _pass(Act.PASS_SECRECY, Need.CHECKS, Need.RECORD, Need.CONCLUSION),
        _secrecy(Act.POSTPONE, State.SECRECY_REVIEW, State.POSTPONED, Need.RECORD, Need.CONCLUSION, Need.DAY),
        _secrecy(Act.REFER, State.SECRECY_REVIEW, State.AWAITING_SECRECY_AUTHORITY, Need.RECORD),
        _secrecy(Act.ENTER_ANSWER, State.AWAITING_SECRECY_AUTHORITY, State.SECRECY_REVIEW, Need.NUMBER, Need.DAY),
        # Only the answer leads on; without it a second person takes the question back.
        Step(
            Act.TAKE_BACK,
            frozenset({State.AWAITING_SECRECY_AUTHORITY}),
            State.SECRECY_REVIEW,
            _SECOND_PERSON,
            frozenset({Need.OPINION, Need.NOT_WHO_REFERRED}),
        ),
        _secrecy(Act.TAKE_UP, State.POSTPONED, State.SECRECY_REVIEW, Need.OPINION),
        _pass(Act.PASS_FINAL, Need.CONCLUSION, Need.ANSWER_SEEN, Need.METADATA, Need.GUARD_CLEAR),
        Step(Act.RETURN, REVIEWS | {State.CLEARED}, State.DRAFT, _REVIEWERS | _OFFICE, frozenset({Need.OPINION})),
        Step(
            Act.PUBLISH,
            frozenset({State.CLEARED}),
            State.PUBLISHED,
            _OFFICE,
            frozenset({Need.ANOTHER_PERSON, Need.CONCLUSION, Need.METADATA, Need.GUARD_CLEAR, Need.DUE_TIME}),
        ),
        Step(Act.SCHEDULE, frozenset({State.CLEARED}), None, _OFFICE, frozenset({Need.ANOTHER_PERSON})),
        # It only keeps inside what would go out: whoever is there may do it.
        Step(Act.UNSCHEDULE, frozenset({State.CLEARED}), None, _OFFICE),
        Step(Act.AMEND, _STANDING | {State.WITHDRAWN, State.HELD}, State.DRAFT, _CLERK),
        Step(
            Act.CALL_BACK,
            _PUBLIC_MEANWHILE,
            None,
            _CLERK | _OFFICE,
            frozenset({Need.PUBLIC, Need.OPINION}),
        ),
        Step(Act.WITHDRAW, _PUBLIC_MEANWHILE, None, _OFFICE, frozenset({Need.PUBLIC, Need.OPINION})),
        Step(Act.REPEAL, _PUBLIC_MEANWHILE, None, _OFFICE, frozenset({Need.PUBLIC, Need.OPINION})),
        Step(Act.UNREPEAL, _PUBLIC_MEANWHILE, None, _OFFICE, frozenset({Need.PUBLIC, Need.OPINION})),
        # What is held ends here too: once it is in the archive nobody need assess it again.
        Step(Act.ARCHIVE, frozenset({State.PUBLISHED, State.HELD}), State.ARCHIVED, _OFFICE),
        Step(Act.REASSESS, frozenset({State.HELD}), None, _OFFICE, frozenset({Need.OPINION})),
        Step(Act.CHANGE_OPENNESS, frozenset({State.HELD}), State.DRAFT, _OFFICE, frozenset({Need.OPINION})),
        Step(Act.DISCARD, frozenset({State.DRAFT, State.WITHDRAWN}), None, _CLERK),
        # Masking only takes away, and letting a hit pass is no step of the route: whoever does it may go on.
        Step(Act.MASK, frozenset({State.DRAFT, *REVIEWS}), None, _CLERK | _REVIEWERS),
        Step(
            Act.OVERRIDE,
            REVIEWS,
            None,
            _REVIEWERS,
            frozenset({Need.ANOTHER_PERSON, Need.OPINION}),
        ),
        _secrecy(Act.LIFT_SECRECY, State.SECRECY_REVIEW, None, Need.ANOTHER_PERSON, Need.BASIS),
        # No reason is asked for: it would tell what must not be told.
        Step(Act.ASK_PURGE, frozenset(State) - {State.STOPPED}, State.STOPPED, _SECRECY),
        Step(
            Act.CONFIRM_PURGE,
            frozenset({State.STOPPED}),
            State.HELD,
            _SECOND_PERSON,
            frozenset({Need.NOT_WHO_ASKED}),
        ),
        Step(
            Act.DECLINE_PURGE,
            frozenset({State.STOPPED}),
            State.DRAFT,
            _SECOND_PERSON,
            frozenset({Need.NOT_WHO_ASKED}),
        ),
    )
}
"""步骤表 — every step of the procedure (条例 第十七条)."""

_SHOWN_OTHERWISE = frozenset({Act.PUBLISH, Act.WITHDRAW, Act.REPEAL, Act.UNREPEAL, Act.ASK_PURGE})
OVERTAKEN_BY: dict[Act, frozenset[Act]] = {
    Act.WITHDRAW: _SHOWN_OTHERWISE,
    Act.REPEAL: _SHOWN_OTHERWISE,
    Act.UNREPEAL: _SHOWN_OTHERWISE,
    Act.CALL_BACK: _SHOWN_OTHERWISE | {Act.CALL_BACK},
    Act.UNSCHEDULE: frozenset(
        {Act.SCHEDULE, Act.UNSCHEDULE, Act.PUBLISH, Act.EDIT, Act.RETURN, Act.RECALL, Act.ASK_PURGE}
    ),
    Act.ASK_PURGE: frozenset({Act.ASK_PURGE, Act.CONFIRM_PURGE, Act.DECLINE_PURGE}),
}
"""被哪些步骤赶过 — what others may have done meanwhile that stops a step (条例 第六条).

Whoever withdraws decides about what people see, and whoever stops a state secret about no words at all: they need not
wait until a draft stands still. Any step stops an act that is not named.
"""

PROCEDURE = steps.Procedure(
    code="publishing",
    label="信息发布",
    provision="条例 第十七条",
    states=tuple(State),
    steps=STEPS,
    waits_for={state: role.label for state, role in WAITS_FOR.items()},
    is_stored=True,
)
"""信息发布程序 — as a value, for what walks, prints or permits every procedure (条例 第十七条)."""


def after(
    act: Act,
    state: State,
    *,
    needs_legal_review: bool = False,
    is_proactive: bool = True,
    is_public: bool = False,
    begun_from: State | None = None,
) -> State:
    """下一状态 — where an item goes when `act` is done in `state` (条例 第十七条).

    Its route leaves out what it does not need. `is_public`: the public sees an older version of it. `begun_from`: where
    it stood when the version at work was begun anew; None for a first draft.
    """
    step = STEPS[act]
    if step.target is not None:
        return step.target
    if act is Act.EDIT:
        return state if state in (State.DRAFT, State.FIRST_REVIEW) else State.FIRST_REVIEW
    if act is Act.DISCARD:
        return _given_up(state, begun_from, is_public=is_public)
    if act is Act.WITHDRAW:
        return State.WITHDRAWN if state in _STANDING else state
    if act not in _PASSES:
        return state
    return _next_review(state, needs_legal_review=needs_legal_review, is_proactive=is_proactive)


def begins_anew(act: Act) -> bool:
    """另起一稿 — whether a step begins a revision of what was settled before (条例 第二十六条)."""
    return act in _BEGUN_ANEW


def _given_up(state: State, begun_from: State | None, *, is_public: bool) -> State:
    """Where a revision that is given up goes: to where it was begun, unless that was withdrawn meanwhile."""
    if state is not State.DRAFT or begun_from is None:
        return State.DISCARDED
    return State.WITHDRAWN if begun_from in _STANDING and not is_public else begun_from


def _next_review(state: State, *, needs_legal_review: bool, is_proactive: bool) -> State:
    route = [each for each, _, _ in ROUTE if needs_legal_review or each is not State.LEGAL_REVIEW]
    if state not in route:  # it was normative when it was sent to legal review, and no longer is
        return State.SECRECY_REVIEW
    place = route.index(state) + 1
    if place < len(route):
        return route[place]
    return State.CLEARED if is_proactive else State.HELD
