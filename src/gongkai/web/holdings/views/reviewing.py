"""审核的页面 — the text with every hit in its place, the attachments, the decision (条例 第十七条)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.law.publishing import ROUTE, STEPS, Act, Need
from gongkai.law.scope import Ground, Openness
from gongkai.law.secrecy import EXPLAINED, FORBIDDEN_GROUNDS, Check, Conclusion, Written, follows
from gongkai.web.bodies.permissions import Refused, may
from gongkai.web.bodies.typing import brought_back, keep, sent
from gongkai.web.files import actions as files
from gongkai.web.files.kinds import FileError
from gongkai.web.files.models import CopyKind
from gongkai.web.holdings import actions, clocks, concluded, guarding, hits, leaves, queries
from gongkai.web.holdings.differences import differences, words
from gongkai.web.holdings.doubts import doubts
from gongkai.web.holdings.draft import Draft
from gongkai.web.holdings.forms import checked
from gongkai.web.holdings.models import Item, ItemFile, Version
from gongkai.web.holdings.refusals import ClashError, StepError
from gongkai.web.holdings.rich_text import marked
from gongkai.web.holdings.views.access import content_of, item_of, signed_in, staff_of
from gongkai.web.holdings.views.changed import FILES, changed, registered
from gongkai.web.holdings.views.copies import looked_at
from gongkai.web.holdings.views.items import REFUSALS
from gongkai.web.holdings.views.overtaken import is_overtaken, overtaken
from gongkai.web.holdings.views.wrong import of_refusal, points
from gongkai.web.look.language import say
from gongkai.web.look.leftover import LEFT_OUT

PASSES = {state: act for state, act, _ in ROUTE}
_REASON = "reason-"
"""每一处的理由 — the name of its box begins so; the hit follows."""
_BUTTONS = ("edition", "file", "hit", "lift")
"""按下的 — no words of a person."""
_REFUSED = "refused_hit"
"""会话里的 — which hit was not let pass and why, until the page has said so."""
_LONGEST = 20


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, number: int) -> HttpResponse:
    """审核 — pass, with what the step asks for; whoever may not sees the same page without the form (条例 第十七条)."""
    found = content_of(request, number)
    if request.method == "POST" and is_overtaken(request, found):
        return overtaken(request, number)
    if request.method == "POST":
        sent(request)
    if request.method != "POST" or found.state not in PASSES:
        return render(request, "holdings/review.html", _context(request, found))
    act = PASSES[found.state]
    return _done(request, found, act)


def _done(request: HttpRequest, found: Item, act: Act) -> HttpResponse:
    try:
        if request.POST.get("do") == "return":
            moved = actions.send_back(opinion=request.POST.get("opinion", ""), **_who(request, found))
            messages.success(request, say("已退回修改，理由已告知拟稿的人。"))
        else:
            moved = _passed(request, found, act)
            messages.success(request, _told(moved, act))
        return redirect("holdings:item", moved.id)
    except ClashError:
        return overtaken(request, found.id)
    except REFUSALS as error:
        refusal, wrong = points(error), of_refusal(error)
    found = item_of(request, found.id)
    context = _context(request, found) | {"refusal": refusal, "wrong": wrong}
    return render(request, "holdings/review.html", context, status=409)


def _told(moved: Item, act: Act) -> str:
    """What was written down: of a secrecy review its conclusion, of every other that it was passed."""
    last = concluded.last(moved) if act is Act.PASS_SECRECY else None
    conclusion = concluded.written(last) if last else None
    if conclusion:
        return say("结论“{conclusion}”已记下，现在是“{state}”。", conclusion=conclusion.label, state=moved.state.label)
    return say("“{act}”已记下，现在是“{state}”。", act=act.label, state=moved.state.label)


def _passed(request: HttpRequest, found: Item, act: Act) -> Item:
    """The step that a secrecy review's conclusion stands for; of every other review its own."""
    given = {"opinion": request.POST.get("opinion", ""), **_who(request, found)}
    if act is not Act.PASS_SECRECY:
        return actions.pass_review(act=act, checks=request.POST.getlist("checks"), **given)
    record = checked(request, tuple(Written))
    if record[Written.OUTCOME] == Conclusion.POSTPONED:
        return actions.postpone(record=record, **given)
    if record[Written.OUTCOME] == Conclusion.REFERRED:
        return actions.refer(record=record, authority=request.POST.get("authority", ""), **given)
    return actions.pass_review(act=act, record=record, checks=request.POST.getlist("checks"), **given)


@signed_in
@require_POST
def override(request: HttpRequest, number: int) -> HttpResponse:
    """放行一处 — with its reason; a secrecy mark with its basis, by 保密审查 alone (条例 第十七条)."""
    found, page = item_of(request, number), reverse("holdings:review", args=[number])
    onward = page + _place(request)
    lifted = request.POST.get("lift", "")
    hit = lifted or request.POST.get("hit", "")
    reason = _reasons(request.POST).get(hit, "")
    try:
        if lifted:
            actions.lift_secrecy(hit=hit, basis=reason, **_who(request, found))
        else:
            actions.override_hit(hit=hit, reason=reason, **_who(request, found))
    except ClashError:
        return overtaken(request, number)
    except REFUSALS as error:
        _keep(request, found, page)
        return redirect(page + _told_at(request, found, hit, error))
    messages.success(request, say("已放行这一处，理由已写进办理记录。"))
    _keep(request, found, page, f"{_REASON}{hit}")
    return redirect(onward)


def _told_at(request: HttpRequest, found: Item, hit: str, error: Refused | StepError | FileError) -> str:
    """The box of the hit, which is open and says what is wrong; what is wrong with no box is said above the page."""
    shown = hits.shown(found.newest_version) if found.newest_version else []
    of = next((each for each in shown if each.found["id"] == hit and each.can_pass), None)
    if of is None or not getattr(error, "fields", ()):
        messages.error(request, say(error.template, **error.values))
        return _place(request)
    values = {name: value if isinstance(value, int) else str(value) for name, value in error.values.items()}
    request.session[_REFUSED] = {"hit": hit, "template": error.template, "values": values}
    return f"{_place(request, hits=of.page)}#reason-{of.number}"


def _place(request: HttpRequest, **changed: int) -> str:
    """Where in the page a button was pressed: the attachment that was looked at, the page of the list."""
    kept = {name: request.GET[name][:_LONGEST] for name in ("file", "as", "hits") if name in request.GET}
    return "?" + urlencode(kept | changed) if kept or changed else ""


def _keep(request: HttpRequest, found: Item, page: str, *left_out: str) -> None:
    """What was typed at the other places; what the page itself had filled in, nobody typed."""
    record = _record(found)
    known = {str(each): text for each, text in (*record.get("record", ()), record.get("basis", ("", "")))}
    others = {name: values for name, values in request.POST.lists() if name not in (*LEFT_OUT, *_BUTTONS, *left_out)}
    if any(text.strip() and text != known.get(name) for name, values in others.items() for text in values):
        keep(request, page, (*_BUTTONS, *left_out))


def _reasons(given: QueryDict) -> dict[str, str]:
    """The reasons that were typed at the hits, by the hit; what two places of one hit say is the first that is said."""
    return {
        name.removeprefix(_REASON): next(filter(str.strip, given.getlist(name)), "")
        for name in given
        if name.startswith(_REASON)
    }


def _masked(use: ItemFile) -> str:
    """Told with what stays to be read: who masks a file must not think that all of it is hidden."""
    use.refresh_from_db(fields=["copy"])
    kept = len((use.copy.inspection or {}).get("kept", ())) if use.copy else 0
    if not kept:
        return say("“{file}”已换成遮盖副本，原件留在内部。", file=use.title)
    told = "“{file}”已换成遮盖副本，原件留在内部。放行过的 {count} 处没有遮盖，公众看得到。"
    return say(told, file=use.title, count=kept)


@signed_in
@require_POST
def mask(request: HttpRequest, number: int) -> HttpResponse:
    """换成遮盖副本 — of one file, or of every file in which something blocks (条例 第十五条)."""
    found = item_of(request, number)
    version = found.newest_version
    wanted, seen = request.POST.getlist("file"), ""
    chosen = ItemFile.objects.filter(version=version, id__in=[each for each in wanted if each.isdecimal()])
    try:
        for each in chosen.select_related("file"):
            who = _who(request, found)
            found = actions.use_masked_copy(item_file=each, **who | {"edition": None})
            messages.success(request, _masked(each))
            seen = seen or f"?file={each.pk}#leaves"
    except REFUSALS as error:
        messages.error(request, say(error.template, **error.values))
    page = reverse("holdings:review", args=[number])
    _keep(request, found, page)
    return redirect(page + seen)


@signed_in
@require_safe
def compare(request: HttpRequest, number: int) -> HttpResponse:
    """两稿差别 — of any two versions of an item, the one before unless others are asked for (条例 第十七条)."""
    found = content_of(request, number)
    versions = {each.number: each for each in found.versions.select_related("made_by")}
    new = _version(versions, request.GET.get("new", "")) or found.newest_version
    old = _version(versions, request.GET.get("old", "")) or (queries.reviewed_before(found, new) if new else None)
    old = old or (versions.get(new.number - 1) if new else None)
    context: dict[str, Any] = {
        "room": "holdings:items",
        "item": found,
        "old": old,
        "new": new,
        "versions": versions.values(),
    }
    if old and new:
        context |= {"fields": _fields(old, new), "lines": differences(old.body_html, new.body_html)}
    return render(request, "holdings/differences.html", context)


def _version(versions: dict[int, Version], number: str) -> Version | None:
    return versions.get(int(number)) if number.isdecimal() and len(number) < 6 else None


def _fields(old: Version, new: Version) -> list[tuple[str, Any]]:
    """Words and metadata that are not the same, each under its name in the form."""
    return [*changed(Draft.of(old), Draft.of(new)), *_file_changes(old, new)]


def _file_changes(old: Version, new: Version) -> list[tuple[str, Any]]:
    before, after = ("、".join(each.title for each in version.files.all()) for version in (old, new))
    return [(FILES, words(before, after))] if before != after else []


def _cuts(found: Item, version: Version, used: Sequence[ItemFile]) -> dict[str, Any] | None:
    """What went since it was first sent to review, where “删减后公开” was answered or concluded; None elsewhere."""
    sent = concluded.first_sent(found) if concluded.may_be_cut(found) else None
    if sent is None:
        return None
    lines = differences(sent.body_html, version.body_html) if sent.id != version.id else []
    return {
        "fields": _fields(sent, version),
        "lines": [line for line in lines if line.is_changed],
        "masked": [each.title for each in used if each.copy is not None and each.copy.kind == CopyKind.MASKED],
    }


def _context(request: HttpRequest, found: Item) -> dict[str, Any]:
    staff, version = staff_of(request), found.newest_version
    typed = brought_back(request)
    given = typed.fields if typed else request.POST
    act = PASSES.get(found.state)
    shown = hits.shown(version) if version else []
    listed = hits.page(version, shown, request.GET.get("hits", "")) if version else hits.NOTHING
    used = list(version.files.select_related("file__body", "copy", "version")) if version else []
    waiting = guarding.unread(used)
    leaf = next((each for each in used if str(each.id) == request.GET.get("file")), None)
    is_copy = leaf is not None and _is_copy(request, leaf)
    refused = request.session.pop(_REFUSED, None)
    choice = next((each for each in queries.choices(found, staff) if each.act is act), None)
    blocking = [hit for hit in shown if hit.blocks]
    needs = STEPS[act].needs if act else frozenset()
    maskable = _maskable(version, used, shown, Need.RECORD in needs)
    return {
        "room": "holdings:items",
        "item": found,
        "version": version,
        "registered": registered(version),
        "act": act,
        "choice": choice,
        "places": queries.places(found),
        "due": clocks.due(found, timezone.localdate()),
        "listed": listed,
        "blocking": blocking,
        "doubts": doubts(found.body, Draft.of(version), found) if version else (),
        "is_blocked": bool(blocking) and Need.GUARD_CLEAR in needs,
        "maskable": maskable,
        "may_mask": bool(maskable) and may(staff, Act.MASK, body=found.body, state=found.state),
        "may_override": act is not None and may(staff, Act.OVERRIDE, body=found.body, state=found.state),
        "files": [(each, len(hits.of_file(shown, each))) for each in used],
        "waiting": waiting,
        "used": used,
        "leaf": leaf,
        "is_copy": is_copy,
        "shown": _leaf(request, leaf, shown, is_copy=is_copy) if leaf else None,
        "refused": refused,
        # Marks are made of text that was sanitised when it was kept, and escaped again here.
        "text": mark_safe(marked(version.body_html, hits.marks(shown, listed.page))) if version else "",  # noqa: S308
        "checks": [(each.value, each.label) for each in Check] if Need.CHECKS in needs else (),
        **(_record(found) if Need.RECORD in needs else {}),
        "decided": concluded.last(found),
        "asked": (asked := queries.asked(found)),
        "cuts": _cuts(found, version, used) if version else None,
        "needs_seen": bool(asked) and Need.ANSWER_SEEN in needs,
        "combined": queries.combined(found),
        "may_lift": act is not None and may(staff, Act.LIFT_SECRECY, body=found.body, state=found.state),
        "needs_opinion": Need.OPINION in needs,
        "typed": typed,
        "filling": "decide" if choice and not choice.refusal else "",
        "given": given,
        "given_checks": given.getlist("checks"),
        "reasons": _reasons(given),
        "before": queries.reviewed_before(found, version) if version else None,
        "address": reverse("holdings:review", args=[found.id]),
    }


def _is_copy(request: HttpRequest, leaf: ItemFile) -> bool:
    """Once a reviewer has chosen a copy, it is what there is to be read: the original is asked for."""
    is_chosen = leaf.copy is not None and Draft.of(leaf.version).openness is Openness.PROACTIVE
    return request.GET.get("as") == "copy" or (is_chosen and request.GET.get("as") != "original")


def _leaf(request: HttpRequest, chosen: ItemFile, shown: list[hits.Shown], *, is_copy: bool) -> leaves.Leaf:
    """The attachment that is looked at; who looked is written down first."""
    if chosen.file.quarantined_at:
        return leaves.Leaf(reason=(files.QUARANTINED, {}))
    if is_copy:
        try:
            return leaves.leaf(looked_at(request, chosen))
        except (StepError, FileError) as error:
            return leaves.Leaf(reason=(error.template, error.values))
    files.open_original(staff=staff_of(request), file=chosen.file, now=timezone.now())
    return leaves.leaf(chosen.file, hits.of_file(shown, chosen))


def _record(found: Item) -> dict[str, Any]:
    """The written record, filled in with what the draft already says."""
    draft = Draft.of(found.newest_version) if found.newest_version else None
    if draft is None:
        return {}
    known = {
        Written.WAY: draft.openness.label,
        # What is to be public is for the reviewer to say: a form that says it already is passed unread.
        Written.SCOPE: "",
        Written.TIME: say("终审通过后"),
        Written.GROUND: draft.ground_note,
    }
    return {
        "record": [(each, known[each]) for each in (Written.WAY, Written.SCOPE, Written.TIME)],
        "basis": (Written.GROUND, known[Written.GROUND]),
        "outcomes": [(each, EXPLAINED[each]) for each in Conclusion if follows(each, draft.openness)],
        "grounds": [each for each in Ground if each not in FORBIDDEN_GROUNDS],
        "answer": concluded.answer(found),
    }


def _maskable(
    version: Version | None, used: list[ItemFile], shown: list[hits.Shown], is_secrecy_review: bool
) -> list[ItemFile]:
    """Files of which something blocks; in the secrecy review also those with anything that a mask can cut."""
    cut = set(concluded.to_mask(version)) if version and is_secrecy_review else set()
    return [
        each
        for each in used
        if each.title in cut or any(hit.found["field"] == "file" and hit.blocks for hit in hits.of_file(shown, each))
    ]


def _who(request: HttpRequest, found: Item) -> dict[str, Any]:
    edition = request.POST.get("edition", "")
    return {
        "item": found,
        "staff": staff_of(request),
        "now": timezone.now(),
        "edition": int(edition) if edition.isdecimal() else None,
    }
