"""拟稿的页面 — write, save, attach, send to review; two who write at once lose nothing (条例 第十二条、第十七条)."""

from __future__ import annotations

from dataclasses import dataclass, field
from secrets import token_hex
from typing import IO, Any, cast

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gongkai.documents.document import Document
from gongkai.documents.opening import open_documents
from gongkai.law.procedure import Act, Role, State
from gongkai.web.bodies.models import Body, Staff
from gongkai.web.bodies.permissions import roles_in
from gongkai.web.bodies.typing import Typed, brought_back
from gongkai.web.files import actions as files
from gongkai.web.holdings import actions, guarding, markup, metadata, queries, secrets, stamped
from gongkai.web.holdings.differences import Line, differences, words
from gongkai.web.holdings.draft import WORDS, Draft
from gongkai.web.holdings.forms import OUT_OF_REACH, DraftForm, initial
from gongkai.web.holdings.models import Item, ItemFile, Version
from gongkai.web.holdings.refusals import ClashError, DraftError, MadeBeforeError
from gongkai.web.holdings.rich_text import from_blocks
from gongkai.web.holdings.views.access import content_of, item_of, signed_in, staff_of
from gongkai.web.holdings.views.items import REFUSALS
from gongkai.web.look.language import say

STOPS = (stamped.STAMP, secrets.NO_WORDS, secrets.NO_FILES, secrets.NOT_TURNED)
"""不是改好再送的 — refusals of what must not be here at all (保密法 第三十一条)."""
MOST_IMPORTED = 20 * 1024**2


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """新建公开信息 — an empty draft of one's body (条例 第十二条)."""
    staff = staff_of(request)
    body = _home(staff)
    known = {"formed_on": timezone.localdate(), "genre": "notice"}
    typed = brought_back(request) if request.method == "GET" else None
    form = DraftForm(body, request.POST or (typed and typed.fields) or None, initial=known)
    return _answered(request, body, form, None, typed)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, number: int) -> HttpResponse:
    """修改 — the newest version of an item (条例 第十七条)."""
    found = content_of(request, number)
    if found.newest_version is None:
        raise Http404("holdings")
    typed = brought_back(request) if request.method == "GET" else None
    form = DraftForm(
        found.body, request.POST or (typed and typed.fields) or None, initial=initial(found.newest_version)
    )
    return _answered(request, found.body, form, found, typed)


def _answered(
    request: HttpRequest, body: Body, form: DraftForm, found: Item | None, typed: Typed | None
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "item": found, "of": body, "typed": typed}
    if typed:  # it was written on what stood there then: who saved since is not written over
        context["edition"] = typed.fields.get("edition", "")
    if request.method != "POST":
        if found and request.GET.get("check"):
            context["problems"] = _problems(found)
        return _page(request, context)
    if request.POST.get("do") == "import":
        return _page(request, context | {"again": _chosen(request)} | _imported(request, form))
    if not form.is_valid():
        return _page(request, context | {"problems": _wrong(form, body, found), "again": _chosen(request)}, status=400)
    return _sent(request, body, form, context)


def _sent(request: HttpRequest, body: Body, form: DraftForm, context: dict[str, Any]) -> HttpResponse:
    """What was filled in is kept, and sent to review where that was asked; a refusal shows the form as it was sent."""
    saving = Saving(context["item"])
    try:
        _save(request, body, form.draft(), saving)
        if request.POST.get("do") == "submit" and saving.item and not saving.refused:
            saving.item = actions.submit(item=saving.item, staff=staff_of(request), now=timezone.now())
    except MadeBeforeError as before:
        messages.info(request, say(before.template))
        return redirect("holdings:item" if before.item.state is not State.DRAFT else "holdings:edit", before.item.id)
    except ClashError as clash:
        compared = _compared(clash.version, form.draft()) if clash.version else {}
        return _page(request, context | _left(request, saving) | {"clash": clash} | compared, status=409)
    except DraftError as error:
        problems = _on_form({each.field: say(each.template, **each.values) for each in error.problems})
        problems = _wrong(form, body, saving.item, is_sent=request.POST.get("do") == "submit") | problems
        told = {"problems": problems, "is_stop": any(each.template in STOPS for each in error.problems)}
        return _page(request, context | _left(request, saving) | told, status=400)
    except REFUSALS as error:
        refusal = say(error.template, **error.values)
        return _page(request, context | _left(request, saving) | {"refusal": refusal}, status=409)
    if saving.refused:
        return _page(request, context | _left(request, saving) | {"refused": saving.refused}, status=409)
    return _done(request, cast(Item, saving.item))


def _done(request: HttpRequest, saved: Item) -> HttpResponse:
    is_sent = request.POST.get("do") == "submit"
    messages.success(request, say("已送初审，接手的人工作台上已能看到。") if is_sent else say("已保存。"))
    used = saved.newest_version.files.select_related("file", "copy") if saved.newest_version else ()
    for name in guarding.unread(used):
        messages.info(request, say("“{file}”要看得久一些，正在后台机检；过一两分钟刷新，就能看到结果。", file=name))
    return redirect("holdings:item" if is_sent else "holdings:edit", saved.id)


@dataclass
class Saving:
    """保存到哪里了 — the item, the files that were attached, those that were not and why; whatever is refused after."""

    item: Item | None
    attached: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def _save(request: HttpRequest, body: Body, draft: Draft, saving: Saving) -> None:
    """Words, then files to be taken away, then files that came: one that is refused does not stop the others."""
    staff = staff_of(request)
    if saving.item is None:
        once = request.POST.get("once", "")[:32]
        saving.item = actions.create(body=body, staff=staff, draft=draft, now=timezone.now(), once=once)
    else:
        edition = int(request.POST["edition"]) if request.POST.get("edition", "").isdecimal() else 0
        saving.item = actions.edit(item=saving.item, staff=staff, draft=draft, edition=edition, now=timezone.now())
    for given in request.POST.getlist("remove"):
        number = given if given.isdecimal() else 0
        used = ItemFile.objects.filter(version=saving.item.newest_version, file_id=number).first()
        if used:
            saving.item = actions.detach_file(item=saving.item, staff=staff, item_file=used, now=timezone.now())
    for upload in request.FILES.getlist("files"):
        try:
            saving.item = _attached(upload, body, saving.item, staff)
            saving.attached.append(upload.name or "")
        except REFUSALS as error:
            saving.refused.append(_named(upload.name or "", say(error.template, **error.values)))


def _named(name: str, said: str) -> str:
    """A refusal with the file that it is about; a name that is itself stamped is not repeated."""
    return said if name in said or stamped.has_stamp(name) else f"{name}：{said}"


def _attached(upload: Any, body: Body, item: Item, staff: Staff) -> Item:
    stream = cast(IO[bytes], upload.file)
    file = files.receive(body=body, staff=staff, name=upload.name or "", stream=stream, now=timezone.now())
    actions.look_into(file=file, now=timezone.now(), is_awaited=True)
    return actions.attach_file(item=item, staff=staff, file=file, now=timezone.now())


def _left(request: HttpRequest, saving: Saving) -> dict[str, Any]:
    """The item as it stands now, whatever was done before it was refused, and the files that have to be chosen anew."""
    item = item_of(request, saving.item.id) if saving.item else None
    again = [] if saving.refused else [name for name in _chosen(request) if name not in saving.attached]
    return {"item": item, "again": again, "attached": saving.attached}


def _chosen(request: HttpRequest) -> list[str]:
    return [each.name or "" for each in request.FILES.getlist("files")]


def _wrong(form: DraftForm, body: Body, found: Item | None, *, is_sent: bool = True) -> dict[str, str]:
    """What the form does not take, and beside it what a review would miss of the rest."""
    wrong = {name: _said(form, name) for name in form.errors}
    if not is_sent:
        return wrong
    has_files = bool(found and found.newest_version and found.newest_version.files.exists())
    told = metadata.problems(form.draft(), body=body, item=found, has_files=has_files, today=timezone.localdate())
    return _on_form({each.field: say(each.template, **each.values) for each in told}) | wrong


def _imported(request: HttpRequest, form: DraftForm) -> dict[str, Any]:
    """The text of a document that the clerk has at hand, below what was typed; nothing is saved yet."""
    upload = request.FILES.get("document")
    if not isinstance(upload, UploadedFile):
        return {"refusal": say("还没有选文件。请选一份 docx、html 或者 txt，正文会接在下面。")}
    if (upload.size or 0) > MOST_IMPORTED:
        return {"refusal": say("这个文件太大，请把正文另存一份再选，附件在下面上传。")}
    opened = next(open_documents(upload.name or "", upload.read()))
    if not isinstance(opened, Document):
        return {"refusal": say(opened.template, **opened.values)}
    typed = request.POST.copy()
    body = markup.to_text(from_blocks(next(opened.views()).blocks))
    if stamped.has_stamp(body):
        return {"refusal": say(stamped.STAMP)}
    typed["body"] = "\n".join(filter(None, (typed.get("body", "").rstrip(), body)))
    return {"form": DraftForm(form.of, typed), "imported": upload.name}


def _compared(there: Version, mine: Draft) -> dict[str, Any]:
    fields = [
        (DraftForm.base_fields[name].label, words(getattr(there, name), getattr(mine, name)))
        for name in WORDS
        if name != "body_html" and getattr(there, name) != getattr(mine, name)
    ]
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


def _said(form: DraftForm, name: str) -> str:
    """Of what a field refuses, in the words of the desk; a day that is out of reach is said by its validator."""
    if form.has_error(name, OUT_OF_REACH):
        return str(form.errors[name][0])
    if name in ("formed_on", "effective_on", "expires_on"):
        return say("日期要写成 2026-11-25 的样子。")
    return say("这一栏没有填好，请重新选一次。")


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
    version = found.newest_version if found else None
    given: dict[str, Any] = {
        "room": "holdings:items",
        "problems": {},
        "returned": queries.returned(found) if found else None,
        "once": request.POST.get("once") or token_hex(16),
        "files": version.files.select_related("file", "copy") if version else (),
        "act": Act.EDIT if found else Act.CREATE,
        "version": version,
    }
    return render(request, "holdings/edit.html", given | context, status=status)
