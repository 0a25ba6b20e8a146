"""一件 — its page with what happened and what can be done, and the steps that a button or a short form takes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.law.publishing import STEPS, WAITS, Act, Need, State
from gongkai.law.secrecy import Answer
from gongkai.law.withdrawal import WithdrawalGround
from gongkai.web.bodies.models import Body, Staff
from gongkai.web.bodies.permissions import Refused
from gongkai.web.bodies.typing import brought_back
from gongkai.web.files.kinds import FileError
from gongkai.web.holdings import actions, clocks, concluded, guarding, hits, permissions, queries
from gongkai.web.holdings.doubts import doubts
from gongkai.web.holdings.draft import Draft
from gongkai.web.holdings.forms import StepForm
from gongkai.web.holdings.models import Column, Item, Notice
from gongkai.web.holdings.refusals import ClashError, DraftError, StepError
from gongkai.web.holdings.views.access import item_of, signed_in, staff_of
from gongkai.web.holdings.views.changed import registered
from gongkai.web.holdings.views.overtaken import overtaken
from gongkai.web.holdings.views.wrong import of_form, of_refusal, points
from gongkai.web.look.days import NO_TIME, NOT_FILLED
from gongkai.web.look.language import say

REFUSALS = (StepError, Refused, FileError)
"""可以说清的不能办 — refusals that a page shows as they are (条例 第十七条)."""
DONE = {
    Act.SUBMIT: "已送初审，接手的人工作台上已能看到。",
    Act.RECALL: "已撤回，现在是草稿；改好再送初审。",
    Act.PUBLISH: "已公开。",
    Act.SCHEDULE: "已定好：{at} 自动公开。在这以前可以改时间，也可以退回。",
    Act.UNSCHEDULE: "已取消定时，等人公开。",
    Act.AMEND: "已另起一稿；审核通过、再公开以前，公众看到的不变。",
    Act.CHANGE_OPENNESS: "已转为主动公开的草稿，按步骤审核。",
    Act.REASSESS: "已记下这次评估。",
    Act.WITHDRAW: "已撤下，公众看到的是撤下的理由。",
    Act.CALL_BACK: "已登记，工作机构的工作台上已能看到。",
    Act.REPEAL: "已标注废止，从写明的那一天起，各处都标为“已废止”。",
    Act.UNREPEAL: "已撤销废止标注，各处都按原来的有效性显示。",
    Act.ARCHIVE: "已归档，快照和摘要已留存。",
    Act.DISCARD: "已作废。",
    Act.RETURN: "已退回修改，理由已告知拟稿的人。",
    Act.ENTER_ANSWER: "答复已登记。",
    Act.TAKE_BACK: "报送已撤回，请保密审查接着审查；终审看得到。",
    Act.TAKE_UP: "已恢复保密审查。",
    Act.ASK_PURGE: "已停办：内容不再显示，公众也看不到了。请另一人确认清除。",
    Act.CONFIRM_PURGE: "已清除，只留下登记。备份怎样处理，请看说明。",
    Act.DECLINE_PURGE: "没有清除，已退回草稿。",
}
PLAIN = frozenset({Act.SUBMIT, Act.RECALL, Act.PUBLISH, Act.UNSCHEDULE, Act.AMEND, Act.ARCHIVE, Act.DISCARD})
"""一按就办的 — steps that ask for nothing (条例 第十七条)."""
HINTS = {
    Act.SCHEDULE: "到了这个时间由平台公开；在这以前可以改时间，也可以退回。",
    Act.UNSCHEDULE: "到时不再自动公开，公开要有人按。要改时间的，不用取消，用“定时公开”直接改。",
    Act.RECALL: "撤回以后是草稿，可以改；再送审，从初审重新审起。",
    Act.AMEND: "另起一稿，从草稿起重新审核；再公开以前，公众看到的不变。不想改了，可以作废这一稿。",
    Act.DISCARD: "作废的不能恢复，办理记录里留着。修订的，只作废在写的这一稿，原来定下的、公众看到的都不变。",
    Act.CHANGE_OPENNESS: "转为主动公开以后从草稿起重新审核（条例第四十四条）。",
    Act.REASSESS: "仍不公开的，写明理由；一年以后再评估（条例第十八条）。",
    Act.WITHDRAW: "事由和理由会显示在原来的网址上，请写给公众看，不要写个人信息。",
    Act.CALL_BACK: "登记以后由工作机构撤下。处罚决定被依法变更、撤销的，三个工作日内撤下（行政处罚法第四十八条）。",
    Act.REPEAL: "从这一天起，各处都标为“已废止”。不早于实施日期，最晚一年以内；写错了可以“撤销废止标注”。",
    Act.UNREPEAL: "废止的日期和“由哪一件废止”都去掉，公众马上看到；办理记录里留着。",
    Act.RETURN: "理由会告知拟稿的人，并留在办理记录里。",
    Act.ENTER_ANSWER: "登记以后接着审查，结论不能比答复更宽；等答复的日子不计入公开期限（条例第十七条第三款）。"
    "答复属于国家秘密的，登记后立即停办（保密法第三十一条）。",
    Act.TAKE_BACK: "没有答复就不再等，由报送以外的人写明理由；等过的日子照算，终审看得到（条例第十七条第三款）。",
    Act.TAKE_UP: "现在接着审查，写明为什么。",
    Act.ASK_PURGE: "按下就停办：谁也不能再办、再看这一件，已经公开的立即撤下。请同时报告保密行政管理部门，按要求"
    "保存记录（保密法第三十四条、第四十七条）。不用写理由，也不要写内容。",
    Act.CONFIRM_PURGE: "各稿的标题、正文、附件、副本、快照和意见都销毁，不能恢复；办理记录只记谁、何时、清除了几稿。"
    "保密行政管理部门要求保存的，先保存再确认。",
    Act.DECLINE_PURGE: "不是涉密内容的，退回草稿，从初审起重新审核；撤下的不会自己恢复公开。",
    Act.ARCHIVE: "已公开的留存快照；定为不公开的归档以后不再提醒评估，要改可以修订。",
}
TOO_LATE = "定在 {at} 公开，过了 {day} 的公开期限（条例第二十六条）。没有特别理由的，请用“定时公开”改早。"
GROUNDED = frozenset({Act.WITHDRAW, Act.CALL_BACK})
"""要选事由的 — steps that stand on a ground of withdrawal (条例 第六条)."""
DAYS = {Act.CALL_BACK: "事由发生的日期", Act.REPEAL: "废止日期", Act.ENTER_ANSWER: "答复的日期"}


@signed_in
@require_safe
def item(request: HttpRequest, number: int) -> HttpResponse:
    """一件 — where it stands, its deadline and how it was counted, its versions, what happened (条例 第十七条)."""
    found, staff, today = item_of(request, number), staff_of(request), timezone.localdate()
    Notice.objects.filter(to=staff, item=found, read_at=None).update(read_at=timezone.now())
    return render(request, "holdings/item.html", page(found, request) | {"today": today})


def page(found: Item, request: HttpRequest) -> dict[str, Any]:
    """一件的页面 — what it shows."""
    today = timezone.localdate()
    # What is stopped nobody is shown; that it is, and what may be done, everybody of the body.
    version = None if found.state is State.STOPPED else found.newest_version
    files = list(version.files.select_related("file", "copy")) if version else []
    waiting = guarding.unread(files)
    choices = queries.choices(found, staff_of(request), unread=waiting)
    shown = hits.shown(version) if version else []
    relations, related_from = queries.related(found, staff_of(request))
    return {
        "room": "holdings:items",
        "item": found,
        "version": version,
        "places": queries.places(found),
        "due": clocks.due(found, today),
        "counting": clocks.explained(found),
        "estimated": clocks.estimated(found),
        "validity": queries.standing(found, today) if found.public_version_id else None,
        "choices": [choice for choice in choices if choice.refusal is None],
        "refused": [choice for choice in choices if choice.refusal is not None],
        "next": queries.next_choice(found, staff_of(request), unread=waiting),
        "waiting": waiting,
        "blocking": [hit for hit in shown if hit.blocks],
        "advised": [hit for hit in shown if not hit.blocks and hit.override is None],
        "timeline": queries.timeline(found),
        "versions": found.versions.select_related("made_by"),
        "registered": registered(version),
        "files": files,
        "relations": relations,
        "related_from": related_from,
        "snapshots": found.snapshots.order_by("-id"),
        "plain": PLAIN,
        "returned": queries.returned(found),
        "missed": queries.missed(found),
        "is_public": queries.is_public(found),
        "waits": found.state in WAITS,
        "asked": queries.asked(found),
        "combined": queries.combined(found),
        "awaited": queries.awaited(found),
        "decided": concluded.last(found),
        "too_late": say(TOO_LATE, at=found.publish_at, day=found.due_on) if _is_late(found) else "",
    }


def _is_late(item: Item) -> bool:
    """The time that was set lies after the day by which the law wants it published."""
    return bool(item.publish_at and item.due_on and timezone.localdate(item.publish_at) > item.due_on)


def tell_doubts(request: HttpRequest, item: Item) -> None:
    """请核对 — said to the sender, who may have meant it (公文格式)."""
    if item.newest_version:
        for template, values in doubts(item.body, Draft.of(item.newest_version), item):
            messages.warning(request, say(template, **values))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, number: int, act: str) -> HttpResponse:
    """走一步 — by the button, or after what it asks for was filled in (条例 第十七条)."""
    found = item_of(request, number)
    chosen = _act(act)
    # Most documents are repealed on the day on which it is written down; when a penalty was changed, only people know.
    known = {"day": timezone.localdate().isoformat()} if chosen is Act.REPEAL else {}
    if chosen is Act.SCHEDULE and found.publish_at:
        known = {"at": f"{timezone.localtime(found.publish_at):%Y-%m-%dT%H:%M}"}
    typed = brought_back(request)
    form = StepForm(request.POST or None, initial=known | (typed.fields.dict() if typed else {}))
    refusal, wrong = list[tuple[str, str]](), dict[str, str]()
    if request.method == "POST" and not form.is_valid():
        wrong = of_form(form)
        refusal = list(wrong.items())
    elif request.method == "POST":
        try:
            moved = TAKES[chosen](found, request, form.cleaned_data)
        except ClashError:
            return overtaken(request, number)
        except DraftError as error:
            messages.error(request, say(error.template, **error.values))
            return redirect(reverse("holdings:edit", args=[number]) + "?check=1")
        except REFUSALS as error:
            refusal, wrong = points(error), of_refusal(error)
        else:
            messages.success(request, say(DONE[chosen], at=moved.publish_at or ""))
            if chosen is Act.SUBMIT:
                tell_doubts(request, moved)
            return redirect("holdings:item", moved.id)
    if refusal and chosen in PLAIN:
        messages.error(request, " ".join(said for _, said in refusal))
        return redirect("holdings:item", number)
    context = {
        "room": "holdings:items",
        "item": found,
        # Its title, too, is what nobody is shown (保密法 第三十一条).
        "version": None if found.state is State.STOPPED else found.newest_version,
        "act": chosen,
        "hint": HINTS.get(chosen, ""),
        "day": DAYS.get(chosen),
        "asks_time": chosen is Act.SCHEDULE,
        "asks_item": chosen is Act.REPEAL,
        "given_ground": (typed.fields if typed else request.POST).get("ground") or found.call_back_ground,
        "typed": typed,
        "filling": "filled",
        "to_be_public": _to_be_public(found) if chosen in (Act.PUBLISH, Act.SCHEDULE) else None,
        "grounds": queries.grounds(found) if chosen in GROUNDED else (),
        "asks_reason": Need.OPINION in STEPS[chosen].needs,
        "form": form,
        "refusal": refusal,
        "wrong": wrong,
        "cannot": None if refusal else _cannot(found, staff_of(request), chosen),
        "is_plain": chosen in PLAIN,
        "answers": list(Answer) if chosen is Act.ENTER_ANSWER else (),
    }
    return render(request, "holdings/step.html", context, status=409 if refusal else 200)


def _cannot(found: Item, staff: Staff, act: Act) -> Refused | StepError | None:
    """Said before anything is typed, not after."""
    try:
        permissions.require(found, staff, act)
    except (Refused, StepError) as error:
        return error
    return None


def _to_be_public(found: Item) -> dict[str, Any] | None:
    """What the public will see of the version at work, for the one who lets it go out."""
    version = found.newest_version
    if version is None or found.state is State.STOPPED:
        return None
    draft = Draft.of(version)
    return {
        "column": Column.of(draft.column).name,
        "number": draft.document_number,
        "formed_on": draft.formed_on,
        "joint": Body.objects.filter(slug__in=draft.joint_bodies).values_list("name", flat=True),
        "today": timezone.localdate(),
        "registered": registered(version),
        "files": version.files.select_related("copy", "file"),
    }


def _act(code: str) -> Act:
    if code not in {act.value for act in TAKES}:
        raise Http404("holdings")
    return Act(code)


Take = Callable[[Item, HttpRequest, dict[str, Any]], Item]


def _plain(action: Callable[..., Item]) -> Take:
    def take(found: Item, request: HttpRequest, given: dict[str, Any]) -> Item:
        return action(item=found, staff=staff_of(request), now=timezone.now(), edition=given["edition"])

    return take


def _with(action: Callable[..., Item], **names: str) -> Take:
    """A step that asks for more: `names` are those of the action, each with the field of the form."""

    def take(found: Item, request: HttpRequest, given: dict[str, Any]) -> Item:
        asked = {name: given[field] for name, field in names.items()}
        if missing := [field for name, field in names.items() if asked[name] is None]:
            raise StepError(NO_TIME if "publish_at" in names else NOT_FILLED).at(*missing)
        return action(item=found, staff=staff_of(request), now=timezone.now(), edition=given["edition"], **asked)

    return take


def _on_ground(action: Callable[..., Item], **names: str) -> Take:
    """A step that stands on a ground, chosen of those that the page offers."""

    def take(found: Item, request: HttpRequest, given: dict[str, Any]) -> Item:
        ground = request.POST.get("ground", "")
        if ground not in list(WithdrawalGround):
            raise StepError("还没有选撤下的事由，请选一项。").at("ground")
        return _with(partial(action, ground=WithdrawalGround(ground)), **names)(found, request, given)

    return take


def _answered(found: Item, request: HttpRequest, given: dict[str, Any]) -> Item:
    action = partial(actions.enter_answer, until=given["until"])
    return _with(action, answer="answer", number="number", answered_on="day")(found, request, given)


def _repeal(found: Item, request: HttpRequest, given: dict[str, Any]) -> Item:
    number = given["by"].strip()
    by = queries.public().filter(index_number=number).first() if number else None
    if number and by is None:
        raise StepError("没有找到索引号为 {number} 的公开信息，请核对。", number=number).at("by")
    if given["day"] is None:
        raise StepError(NOT_FILLED).at("day")
    return actions.repeal(
        item=found,
        staff=staff_of(request),
        on=given["day"],
        by=by,
        reason=given["opinion"],
        now=timezone.now(),
        edition=given["edition"],
    )


TAKES: dict[Act, Take] = {
    Act.ENTER_ANSWER: _answered,
    Act.TAKE_BACK: _with(actions.take_back, opinion="opinion"),
    Act.TAKE_UP: _with(actions.take_up, opinion="opinion"),
    Act.ASK_PURGE: _plain(actions.ask_purge),
    Act.CONFIRM_PURGE: _plain(actions.confirm_purge),
    Act.DECLINE_PURGE: _plain(actions.decline_purge),
    Act.SUBMIT: _plain(actions.submit),
    Act.RECALL: _plain(actions.recall),
    Act.PUBLISH: _plain(actions.publish),
    Act.AMEND: _plain(actions.amend),
    Act.ARCHIVE: _plain(actions.archive),
    Act.DISCARD: _plain(actions.discard),
    Act.SCHEDULE: _with(actions.schedule, publish_at="at"),
    Act.UNSCHEDULE: _plain(actions.unschedule),
    Act.RETURN: _with(actions.send_back, opinion="opinion"),
    Act.REASSESS: _with(actions.reassess, opinion="opinion"),
    Act.CHANGE_OPENNESS: _with(actions.change_openness, reason="opinion"),
    Act.WITHDRAW: _on_ground(actions.withdraw, reason="opinion"),
    Act.CALL_BACK: _on_ground(actions.call_back, changed_on="day", reason="opinion"),
    Act.REPEAL: _repeal,
    Act.UNREPEAL: _with(actions.unrepeal, reason="opinion"),
}
