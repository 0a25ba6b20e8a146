"""拟稿的页面 — write, save, attach, send to review; two who write at once lose nothing (条例 第十二条、第十七条)."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from secrets import token_hex
from typing import IO, Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gongkai.law.publishing import Act, State
from gongkai.law.roles import Role
from gongkai.web.bodies.models import Body, Staff
from gongkai.web.bodies.permissions import may, roles_in
from gongkai.web.bodies.typing import Typed, brought_back
from gongkai.web.files import actions as files
from gongkai.web.files.models import File
from gongkai.web.holdings import (
    actions,
    document_numbers,
    guarding,
    metadata,
    permissions,
    queries,
    secrets,
    stamped,
)
from gongkai.web.holdings.differences import Line, differences, words
from gongkai.web.holdings.doubts import doubts
from gongkai.web.holdings.draft import Draft, folded_number
from gongkai.web.holdings.forms import DraftForm, initial
from gongkai.web.holdings.models import Item, Version
from gongkai.web.holdings.refusals import ClashError, DraftError, MadeBeforeError, Problem
from gongkai.web.holdings.views.access import content_of, item_of, signed_in, staff_of
from gongkai.web.holdings.views.changed import FILES, changed
from gongkai.web.holdings.views.importing import imported
from gongkai.web.holdings.views.items import REFUSALS, tell_doubts
from gongkai.web.holdings.views.overtaken import meanwhile
from gongkai.web.holdings.views.wrong import of_form
from gongkai.web.look.language import say

STOPS = (stamped.STAMP, secrets.NO_WORDS, secrets.NO_FILES, secrets.NOT_TURNED)
"""不是改好再送的 — refusals of what must not be here at all (保密法 第三十一条)."""
_LONGEST_NUMBER = 18
_MOST_TRIES = 5
KEPT_FOR = timedelta(days=1)
"""留多久 — files of a form that was refused, for the one who sent it."""
RENAMED = "“{given}”的内容和后缀不符，已按“{name}”收下。选错了的，请去掉，换成对的。"


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """新建公开信息 — an empty draft of one's body (条例 第十二条)."""
    staff = staff_of(request)
    body = _home(staff)
    known = {"formed_on": timezone.localdate(), "genre": "notice"}
    typed = brought_back(request)
    form = DraftForm(body, request.POST or (typed and typed.fields) or None, initial=known)
    return _answered(request, body, form, None, typed)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, number: int) -> HttpResponse:
    """修改 — the newest version of an item (条例 第十七条)."""
    found = content_of(request, number)
    if found.newest_version is None:
        raise Http404("holdings")
    typed = brought_back(request)
    form = DraftForm(
        found.body, request.POST or (typed and typed.fields) or None, initial=initial(found.newest_version)
    )
    return _answered(request, found.body, form, found, typed)


def _answered(
    request: HttpRequest, body: Body, form: DraftForm, found: Item | None, typed: Typed | None
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "item": found, "of": body, "typed": typed}
    if typed:
        context["kept"] = _waiting(staff_of(request), body, typed.fields.getlist("kept"))
    if typed:  # it was written on what stood there then: who saved since is not written over
        context["edition"] = typed.fields.get("typed_on") or typed.fields.get("edition", "")
    if request.method != "POST":
        if found and request.GET.get("check"):
            context["problems"] = _problems(found)
        return _page(request, context)
    if request.POST.get("do") == "import" or request.FILES.get("document"):
        return _page(request, context | _left(request, _held(request, body, found)) | imported(request, form))
    if not form.is_valid():
        told = _left(request, _held(request, body, found))
        return _page(request, context | told | {"problems": _wrong(form, body, found)}, status=400)
    return _sent(request, body, form, context)


def _sent(request: HttpRequest, body: Body, form: DraftForm, context: dict[str, Any]) -> HttpResponse:
    """What was filled in is kept, and sent to review where that was asked; a refusal shows the form as it was sent."""
    saving = Saving(context["item"])
    try:
        _save(request, body, form.draft(), saving)
        is_asked = request.POST.get("do") == "submit" and not saving.refused
        if is_asked and saving.item and saving.item.state is State.DRAFT:
            saving.item = _sent_off(saving.item, staff_of(request))
    except MadeBeforeError as before:
        messages.info(request, say(before.template))
        return redirect("holdings:item" if before.item.state is not State.DRAFT else "holdings:edit", before.item.id)
    except ClashError as clash:
        compared = _compared(request, clash.version, form.draft()) if clash.version else {}
        compared["clash"] = meanwhile(request, saving.item.id) if saving.item else say(clash.template)
        # Who leaves here without having saved and puts the words back is shown the difference again.
        compared["typed_on"] = request.POST.get("typed_on") or request.POST.get("edition", "")
        return _page(request, context | _left(request, saving) | compared, status=409)
    except DraftError as error:
        problems = _on_form({each.field: say(each.template, **each.values) for each in error.problems})
        problems = _wrong(form, body, saving.item, is_sent=request.POST.get("do") == "submit") | problems
        told = {"problems": problems, "is_stop": any(each.template in STOPS for each in error.problems)}
        if not told["is_stop"] and not saving.has_taken_in:
            saving = _held(request, body, saving.item)
        return _page(request, context | _left(request, saving) | told, status=400)
    except REFUSALS as error:
        refusal = say(error.template, **error.values)
        return _page(request, context | _left(request, saving) | {"refusal": refusal}, status=409)
    if saving.refused:
        return _page(request, context | _left(request, saving), status=409)
    return _done(request, cast(Item, saving.item))


def _sent_off(item: Item, staff: Staff) -> Item:
    """One form that is sent several times at once is answered alike: whoever comes second finds it done."""
    try:
        return actions.submit(item=item, staff=staff, now=timezone.now())
    except REFUSALS:
        item.refresh_from_db()
        if item.state is not State.FIRST_REVIEW:
            raise
        return item


def _done(request: HttpRequest, saved: Item) -> HttpResponse:
    is_sent = request.POST.get("do") == "submit"
    messages.success(request, say("已送初审，接手的人工作台上已能看到。") if is_sent else say("已保存。"))
    used = saved.newest_version.files.select_related("file", "copy") if saved.newest_version else ()
    if is_sent:
        tell_doubts(request, saved)
    for name in guarding.unread(used):
        messages.info(request, say("“{file}”要看得久一些，正在后台机检；过一两分钟刷新，就能看到结果。", file=name))
    return redirect("holdings:item" if is_sent else "holdings:edit", saved.id)


@dataclass
class Saving:
    """保存到哪里了 — the item, the files that came and are not attached yet, those refused; whatever happens after."""

    item: Item | None
    kept: list[File] = field(default_factory=list)
    attached: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    is_saved: bool = False
    has_all: bool = False
    has_taken_in: bool = False


def _save(request: HttpRequest, body: Body, draft: Draft, saving: Saving) -> None:
    """Words and files together, as one version; a file that is refused does not stop the others.

    A number that another item has is left out of a draft, and told at its field: the rest is kept.
    """
    # What must not be here is refused before any file is taken in.
    has_files = bool(request.FILES.getlist("files") or request.POST.getlist("kept"))
    actions.require_fitting(draft, saving.item, has_files=has_files)
    _take_in(request, body, saving)
    taken, begun = None, saving.item
    try:
        _write(request, body, draft, saving)
    except DraftError as error:
        there = saving.item
        if error.fields_wrong != {"document_number"} or (there and there.state is not State.DRAFT):
            raise
        first, saving.item = error.problems[0], begun
        taken = Problem("document_number", document_numbers.NOT_KEPT[first.template], **first.values)
        without = draft.with_changes(document_number=there.document_number if there else "")
        _write(request, body, without, saving)
    saving.attached, saving.kept, saving.is_saved = [each.name for each in saving.kept], [], True
    saving.has_all = taken is None
    if taken:
        raise DraftError((taken,))


def _write(request: HttpRequest, body: Body, draft: Draft, saving: Saving) -> None:
    without = {int(given) for given in request.POST.getlist("remove") if given.isdecimal()}
    given: dict[str, Any] = {
        "staff": staff_of(request),
        "draft": draft,
        "now": timezone.now(),
        "files": saving.kept,
    }
    if saving.item is None:
        try:
            saving.item = actions.create(body=body, once=request.POST.get("once", "")[:32], **given)
        except MadeBeforeError as before:
            saving.item = before.item
            saving.item = _saved_again(before, given)
    else:
        edition = int(request.POST["edition"]) if request.POST.get("edition", "").isdecimal() else 0
        saving.item = actions.edit(item=saving.item, edition=edition, without=without, titles=_titles(request), **given)


def _saved_again(before: MadeBeforeError, given: dict[str, Any]) -> Item:
    """One form is one item: what was changed on the page of the form is saved in what it made, while that is its
    typist's alone; later the item has a page of its own, which says what a change would undo."""
    made, staff = before.item, given["staff"]
    for _ in range(_MOST_TRIES):
        is_own = made.newest_version is not None and made.newest_version.made_by_id == staff.pk
        if made.state not in (State.DRAFT, State.FIRST_REVIEW) or not is_own:
            break
        same = {"staff": staff, "draft": given["draft"], "files": given["files"]}
        if made.state is State.FIRST_REVIEW and actions.is_there(item=made, **same):
            break  # it was sent off as it is; what else was typed may not be lost, and is refused with its reason
        with suppress(ClashError):  # the same form went on meanwhile, sent by the same hand
            return actions.edit(item=made, edition=made.edition, **given)
        made.refresh_from_db()
    raise before


def _titles(request: HttpRequest) -> dict[int, str]:
    """What was written of pictures, by the number of the file."""
    numbers = {name: name.removeprefix("title-") for name in request.POST if name.startswith("title-")}
    return {int(number): request.POST[name] for name, number in numbers.items() if number.isdecimal()}


def _take_in(request: HttpRequest, body: Body, saving: Saving) -> None:
    """Files that were kept from a form that was refused, if they are this person's and used nowhere, and new ones."""
    staff, now = staff_of(request), timezone.now()
    if saving.item:
        permissions.require(saving.item, staff, Act.EDIT)
    actions.require_few(uploads := request.FILES.getlist("files"))  # before each of them is looked into
    saving.kept, saving.has_taken_in = _waiting(staff, body, request.POST.getlist("kept")), True
    for upload in uploads:
        try:
            stream = cast(IO[bytes], upload.file)
            file = files.receive(body=body, staff=staff, name=upload.name or "", stream=stream, now=now)
            actions.look_into(file=file, now=now, is_awaited=True)
            saving.kept.append(file)
            _tell_renamed(request, upload.name or "", file.name)
        except REFUSALS as error:
            saving.refused.append(_named(upload.name or "", say(error.template, **error.values)))


def _tell_renamed(request: HttpRequest, given: str, name: str) -> None:
    """A file is kept under the suffix of what it is: said, as it may not be what was meant."""
    if given.rpartition(".")[2].lower() != name.rpartition(".")[2].lower() and not stamped.has_stamp(given):
        messages.warning(request, say(RENAMED, given=given[-60:], name=name))


def _waiting(staff: Staff, body: Body, given: list[str]) -> list[File]:
    numbers = [int(each) for each in given[: actions.MOST_FILES] if each.isdecimal() and len(each) < _LONGEST_NUMBER]
    own = File.objects.filter(pk__in=numbers, uploaded_by=staff, body=body, uploaded_at__gt=timezone.now() - KEPT_FOR)
    return list(own.filter(uses=None, quarantined_at=None, purged_at=None).order_by("pk"))


def _named(name: str, said: str) -> str:
    """A refusal with the file that it is about; a name that is itself stamped is not repeated."""
    return said if name in said or stamped.has_stamp(name) else f"{name}：{said}"


def _left(request: HttpRequest, saving: Saving) -> dict[str, Any]:
    """The item as it stands now, whatever was done before it was refused, and the files that wait to be attached."""
    item = item_of(request, saving.item.id) if saving.item else None
    told = {"kept": saving.kept, "attached": saving.attached, "refused": saving.refused, "is_saved": saving.is_saved}
    told["is_taken"] = saving.has_all
    uploads = [] if saving.has_taken_in else [each.name or "" for each in request.FILES.getlist("files")]
    return told | {"item": item, "choose_again": [name for name in uploads if not stamped.has_stamp(name)]}


def _held(request: HttpRequest, body: Body, item: Item | None) -> Saving:
    """The files of a form that is not saved; of one with a stamped mark nothing is kept (保密法 第三十一条)."""
    saving = Saving(item)
    if not any(stamped.has_stamp(text) for _, values in request.POST.lists() for text in map(str, values)):
        with suppress(*REFUSALS):
            _take_in(request, body, saving)
    return saving


def _wrong(form: DraftForm, body: Body, found: Item | None, *, is_sent: bool = True) -> dict[str, str]:
    """What the form does not take, and beside it what a review would miss of the rest."""
    wrong = of_form(form)
    if not is_sent:
        return wrong
    has_files = bool(found and found.newest_version and found.newest_version.files.exists())
    told = metadata.problems(form.draft(), body=body, item=found, has_files=has_files, today=timezone.localdate())
    return _on_form({each.field: say(each.template, **each.values) for each in told}) | wrong


def _compared(request: HttpRequest, there: Version, mine: Draft) -> dict[str, Any]:
    """Whatever this form would write over: each field, what becomes of the files, the text by its paragraphs."""
    fields = changed(Draft.of(there), mine)
    titles, without = _titles(request), request.POST.getlist("remove")
    used = list(there.files.select_related("file"))
    after = [titles.get(each.file_id) or each.title for each in used if str(each.file_id) not in without]
    if (before := [each.title for each in used]) != after:
        fields.append((FILES, words("、".join(before), "、".join(after))))
    lines: list[Line] = [line for line in differences(there.body_html, mine.body_html) if line.is_changed]
    return {"fields": fields, "lines": lines}


def _problems(found: Item) -> dict[str, str]:
    version = found.newest_version
    if version is None:
        return {}
    problems = metadata.problems(
        Draft.of(version), body=found.body, item=found, has_files=version.files.exists(), today=timezone.localdate()
    )
    return _on_form({each.field: say(each.template, **each.values) for each in problems})


def _on_form(problems: dict[str, str]) -> dict[str, str]:
    """Fields of a draft under the names that the form has for them."""
    names = {"body_html": "body", "relations": "relation_to"}
    return {names.get(field, field): message for field, message in problems.items()}


def _home(staff: Staff) -> Body:
    """The body in which a person drafts: one's own, or the first in which one is 信息员."""
    held = roles_in(staff)
    bodies = [body for body, roles in held.items() if Role.CLERK in roles]
    if staff.body_id in bodies:
        return staff.body
    if not bodies:
        raise Http404("holdings")
    return Body.objects.get(id=bodies[0])


def _page(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    found: Item | None = context["item"]
    version, typed = found.newest_version if found else None, context["typed"]
    given: dict[str, Any] = {
        "room": "holdings:items",
        "problems": {},
        "typed_titles": typed.fields if typed else request.POST,
        "filling": "filled",
        "returned": queries.returned(found) if found else None,
        "left": permissions.left_to_review(found, staff_of(request)) if found else None,
        "removed": (typed.fields if typed else request.POST).getlist("remove"),
        "typed_on": request.POST.get("typed_on", ""),
        "is_held_up": request.POST.get("do", "import") != "import",
        "once": request.POST.get("once") or (typed and typed.fields.get("once")) or token_hex(16),
        "files": version.files.select_related("file", "copy") if version else (),
        "act": Act.EDIT if found else Act.CREATE,
        "may_submit": may(staff_of(request), Act.SUBMIT, body=context["of"], state=State.DRAFT),
        "version": version,
        "year": timezone.localdate().year,
    }
    form = context["form"]
    if not form.is_bound or form.is_valid():
        typed_draft = form.draft() if form.is_bound else version and Draft.of(version)
        given["doubts"] = doubts(context["of"], typed_draft, found) if typed_draft else ()
    if request.method == "POST" and not context.get("is_saved") and "clash" not in context:
        # What was typed was written on what stood there then, until a difference has been shown.
        given["edition"] = request.POST.get("edition", "")
    if found and (refusal := permissions.against(found, staff_of(request), Act.EDIT)):
        given |= {"refusal": say(refusal.template, **refusal.values), "is_handed_over": True}
        given["may_recall"] = may(staff_of(request), Act.RECALL, body=found.body, state=found.state)
    if "document_number" in context.get("problems", ()):
        number = folded_number(str(context["form"]["document_number"].value() or ""))
        given["taken"] = document_numbers.holder(context["of"], number, found)
    return render(request, "holdings/edit.html", given | context, status=status)
