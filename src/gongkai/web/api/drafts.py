"""报送 — another system files a draft with its attachments, sends it to the first review, asks how it stands.

What a person must do, a person does: a system drafts, and reviews nothing (条例 第十七条).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, cast

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import File, Form, Header, Path, Query, Router, Status
from ninja.files import UploadedFile
from pydantic import StringConstraints

from gongkai.documents.showing import How
from gongkai.law.publishing import State
from gongkai.law.terms import Term
from gongkai.text.quoted import Quoted
from gongkai.web.api.actions import Reply, answered_before, once
from gongkai.web.api.models import Scope, Token
from gongkai.web.api.schemas import DraftIn, FileOut, ItemOut, ItemsOut, Named, Refusal, StepOut
from gongkai.web.api.service import Bearer
from gongkai.web.api.wording import KEY, NO_NUL
from gongkai.web.files.actions import receive
from gongkai.web.holdings import actions, metadata, one_line, queries, topics
from gongkai.web.holdings.draft import Draft
from gongkai.web.holdings.models import Column, Item
from gongkai.web.holdings.not_kept import not_kept
from gongkai.web.holdings.refusals import DraftError, Problem
from gongkai.web.holdings.rich_text import otherwise_seen

router = Router(tags=["报送"])
_PIECE_BYTES = 262_144
_REFUSED = {status: Refusal for status in (400, 401, 403, 404, 409, 413, 422, 429)}
Key = Annotated[
    str,
    StringConstraints(min_length=1, max_length=100, pattern=KEY),
    Header(alias="Idempotency-Key", description="这一次调用的键，自己取，不重复；同一个键再发一次，得到同一个答复"),
]
Number = Annotated[int, Path(ge=1, le=2**63 - 1, description="编号")]


HIDDEN = "正文里有 {count} 处看不见的字（display:none、hidden、白字等），收下就会公开出来，没有收。请删去再报"
NO_TOPIC = "没有“{value}”这个主题分类，可以写：{known}"
NO_AUDIENCE = "没有“{value}”这类服务对象，可以写：{known}"
STRUCK = "正文里有 {count} 处划去的字，收下就成了没有划去的，没有收。请删去再报"


@router.post("/items", auth=Bearer(Scope.DRAFT), response={201: ItemOut, **_REFUSED}, summary="报送一份草稿")
def create(request: HttpRequest, draft: DraftIn, key: Key) -> Status[Any]:
    """报送草稿 — an item of the token's body, in the name of its clerk (条例 第十七条)."""
    token, now = _token(request), timezone.now()

    def act() -> Reply:
        item = actions.create(
            body=token.body, staff=token.staff, draft=_draft(draft, timezone.localdate(now)), now=now, actor=token.actor
        )
        return 201, _out(item).model_dump(mode="json")

    asked = _asked("create", draft.model_dump(mode="json"))
    return Status(*once(token=token, key=key, request=asked, now=now, act=act))


@router.post(
    "/items/{number}/files", auth=Bearer(Scope.DRAFT), response={201: ItemOut, **_REFUSED}, summary="给草稿上传一个附件"
)
def attach(
    request: HttpRequest,
    number: Number,
    key: Key,
    file: Annotated[UploadedFile, File()],
    title: Annotated[str, Form(max_length=150, pattern=NO_NUL)] = "",
) -> Status[Any]:
    """上传附件 — streamed, recognised, scanned, looked into; then it is part of the draft (条例 第二十四条)."""
    token, now = _token(request), timezone.now()
    item = _own(token, number)
    asked = _asked("attach", [number, title, file.name, _digest(file)])
    before = answered_before(token, key, asked)
    if before is not None:
        return Status(*before)
    kept = receive(body=token.body, staff=token.staff, name=file.name or "", stream=file, now=now, actor=token.actor)
    actions.look_into(file=kept, now=now, is_awaited=True)

    def act() -> Reply:
        done = actions.attach_file(item=item, staff=token.staff, file=kept, title=title, now=now, actor=token.actor)
        return 201, _out(done).model_dump(mode="json")

    return Status(*once(token=token, key=key, request=asked, now=now, act=act))


@router.post("/items/{number}/submit", auth=Bearer(Scope.SUBMIT), response={200: ItemOut, **_REFUSED}, summary="送初审")
def submit(request: HttpRequest, number: Number, key: Key) -> Status[Any]:
    """送初审 — what is missing is said at once, each at its place (条例 第十七条)."""
    token, now = _token(request), timezone.now()
    item = _own(token, number)

    def act() -> Reply:
        done = actions.submit(item=item, staff=token.staff, now=now, actor=token.actor)
        return 200, _out(done).model_dump(mode="json")

    return Status(*once(token=token, key=key, request=_asked("submit", [number]), now=now, act=act))


@router.get("/items/{number}", auth=Bearer(Scope.READ), response={200: ItemOut, **_REFUSED}, summary="查一件的办理状态")
def status(request: HttpRequest, number: Number) -> ItemOut:
    """办理状态 — where an item stands, and every step with its opinion (条例 第十七条)."""
    return _out(_own(_token(request), number))


@router.get("/items", auth=Bearer(Scope.READ), response={200: ItemsOut, **_REFUSED}, summary="列出本单位的信息")
def listed(
    request: HttpRequest,
    state: Annotated[State | None, Query(description="办理状态")] = None,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    size: Annotated[int, Query(ge=1, le=100)] = 20,
) -> ItemsOut:
    """本单位的信息 — the one changed last comes first (条例 第十二条)."""
    token = _token(request)
    found = queries.visible(token.staff).filter(body=token.body).order_by("-updated_at", "-id")
    if state is not None:
        found = found.filter(state=state)
    shown = found.prefetch_related("newest_version__files__file", "reviews")[(page - 1) * size : page * size]
    return ItemsOut(total=found.count(), page=page, size=size, items=[_out(item) for item in shown])


def named(term: Term) -> Named:
    """代号和名称 — of a term of the law."""
    return Named(code=str(term), name=term.label)


def _token(request: HttpRequest) -> Token:
    return cast(Token, request.auth)  # type: ignore[attr-defined]


def _own(token: Token, number: int) -> Item:
    """An item of the token's own body. Http404 for any other: nobody learns whether it is there."""
    item = queries.visible(token.staff).filter(body=token.body, pk=number).first()
    if item is None:
        raise Http404("api")
    return item


def _draft(given: DraftIn, today: date) -> Draft:
    """What contradicts itself or would be changed in silence is refused, all of it at once."""
    told = given.model_dump()
    draft = Draft(**told)
    problems = [*one_line.problems(told), *_not_listed(given), *metadata.contradictions(draft, today)]
    if not Column.objects.filter(slug=given.column, is_active=True).exists():
        problems.append(Problem("column", "没有“{column}”这个栏目，请看栏目清单", column=given.column))
    seen = {How.HIDDEN: HIDDEN, How.STRUCK: STRUCK}
    problems += [Problem("body_html", seen[how], count=count) for how, count in otherwise_seen(given.body_html).items()]
    # What nobody could look into is refused for its length alone.
    if not any(metadata.lengths(draft)):
        problems += not_kept(given.body_html)
    if problems:
        raise DraftError(tuple(problems))
    return draft


def _not_listed(given: DraftIn) -> Iterator[Problem]:
    for field, template in (("topics", NO_TOPIC), ("audiences", NO_AUDIENCE)):
        name, known = field[:-1], topics.listed()[field]
        if (value := getattr(given, name)) and value not in known:
            yield Problem(name, template, value=Quoted(value), known=Quoted("、".join(known)))


def _asked(act: str, content: object) -> str:
    """The digest of what is asked, by which the same call is known again."""
    said = json.dumps([act, content], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def _digest(file: UploadedFile) -> str:
    made = hashlib.sha256()
    for chunk in file.chunks(_PIECE_BYTES):
        made.update(chunk)
    return made.hexdigest()


def _out(item: Item) -> ItemOut:
    version = item.newest_version
    is_shown = version is not None and item.state is not State.STOPPED
    uses = version.files.all() if version and is_shown else ()
    steps = sorted(item.reviews.all(), key=lambda step: -step.pk)
    return ItemOut(
        id=item.pk,
        index_number=item.index_number,
        title=item.title,
        state=named(item.state),
        openness=named(item.openness),
        edition=item.edition,
        due_on=item.due_on,
        created_at=item.created_at,
        updated_at=item.updated_at,
        published_at=item.published_at,
        files=[
            FileOut(
                id=use.file_id,
                title=use.title,
                name=use.file.name,
                kind=use.file.kind,
                size=use.file.size,
                algorithm=use.file.algorithm,
                digest=use.file.digest,
            )
            for use in uses
        ],
        steps=[StepOut(act=named(step.act), at=step.at, opinion=step.opinion if is_shown else "") for step in steps],
    )
