"""开放数据 — what is public, for any program, without a token: columns and items, page by page (条例 第二十三条)."""

from __future__ import annotations

import hashlib
from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from ninja import Path, Query, Router, Schema
from ninja.errors import ValidationError

from gongkai.law.scope import Genre
from gongkai.web.api.drafts import named
from gongkai.web.api.schemas import (
    ChangeOut,
    ColumnOut,
    Day,
    Named,
    PublicChangeOut,
    PublicChangesOut,
    PublicFileOut,
    PublicItemOne,
    PublicItemOut,
    PublicItemsOut,
    Refusal,
    Slug,
)
from gongkai.web.bodies.models import Body
from gongkai.web.files.queries import address
from gongkai.web.holdings import queries
from gongkai.web.holdings.models import Column, Item, Review
from gongkai.web.portal.frame import absolute

router = Router(tags=["开放数据"])
_RELATED = ("body", "column", "public_version")
_FILES = ("public_version__files__copy__file",)
_TYPE = "application/json; charset=utf-8"


@router.get("/public/columns", response={200: list[ColumnOut]}, summary="栏目清单")
def columns(request: HttpRequest) -> HttpResponse:
    """栏目 — in the order of the tree (条例 第二十条)."""
    found = Column.objects.filter(is_active=True).select_related("parent")
    return _answered(request, [_column(column) for column in found])


@router.get("/public/items", response={200: PublicItemsOut, 422: Refusal}, summary="已公开的信息")
def items(
    request: HttpRequest,
    column: Annotated[Slug | None, Query(description="栏目代号")] = None,
    body: Annotated[Slug | None, Query(description="公开主体代号")] = None,
    genre: Annotated[Genre | None, Query(description="体裁")] = None,
    since: Annotated[Day | None, Query(description="这一天（含）以后公开的")] = None,
    until: Annotated[Day | None, Query(description="这一天（含）以前公开的")] = None,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    size: Annotated[int, Query(ge=1, le=100)] = 20,
) -> HttpResponse:
    """公开的信息 — the newest first (条例 第二十三条)."""
    _require_there(column, body)
    wanted = {
        "column__slug": column,
        "body__slug": body,
        "genre": genre,
        "published_at__date__gte": since,
        "published_at__date__lte": until,
    }
    found = queries.public().filter(**{name: value for name, value in wanted.items() if value is not None})
    shown = found.select_related(*_RELATED).prefetch_related(*_FILES)
    some = shown.order_by("-published_at", "-id")[(page - 1) * size : page * size]
    made = [PublicItemOut(**_item(request, item)) for item in some]
    return _answered(request, PublicItemsOut(total=found.count(), page=page, size=size, items=made))


@router.get(
    "/public/items/{number}", response={200: PublicItemOne, 404: Refusal, 422: Refusal}, summary="一件已公开的信息"
)
def item(request: HttpRequest, number: Annotated[int, Path(ge=1, le=2**63 - 1)]) -> HttpResponse:
    """一件 — with its text; 404 before publication and after withdrawal (条例 第二十三条)."""
    found = queries.public().select_related(*_RELATED).prefetch_related(*_FILES).filter(pk=number).first()
    if found is None or found.public_version is None:
        raise Http404("api")
    history = [ChangeOut(**_change(each)) for each in queries.happened(queries.public().filter(pk=number))]
    made = PublicItemOne(**_item(request, found), body_html=found.public_version.body_html, history=history)
    return _answered(request, made)


@router.get("/public/changes", response={200: PublicChangesOut, 422: Refusal}, summary="公开信息的变动")
def changes(
    request: HttpRequest,
    since: Annotated[Day | None, Query(description="这一天（含）以后的变动")] = None,
    until: Annotated[Day | None, Query(description="这一天（含）以前的变动")] = None,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    size: Annotated[int, Query(ge=1, le=100)] = 20,
) -> HttpResponse:
    """变动 — of every item, the latest first: by them a copy elsewhere is kept true (条例 第六条)."""
    wanted = {"at__date__gte": since, "at__date__lte": until}
    found = queries.happened(queries.was_public()).filter(
        **{name: value for name, value in wanted.items() if value is not None}
    )
    some = found[(page - 1) * size : page * size]
    made = [PublicChangeOut(**_named(request, each.item), **_change(each)) for each in some]
    return _answered(request, PublicChangesOut(total=found.count(), page=page, size=size, changes=made))


def _require_there(column: str | None, body: str | None) -> None:
    """Raises ValidationError for a column or a body that the platform does not know: an empty list would say less."""
    problems = []
    if column and not Column.objects.filter(slug=column).exists():
        problems.append({"type": "unknown", "loc": ("query", "column"), "ctx": {"value": column}})
    if body and not Body.objects.filter(slug=body).exists():
        problems.append({"type": "unknown", "loc": ("query", "body"), "ctx": {"value": body}})
    if problems:
        raise ValidationError(problems)


def _answered(request: HttpRequest, content: Schema | list[ColumnOut]) -> HttpResponse:
    """With the digest of what is said as its ETag: it is right whatever changed."""
    if isinstance(content, list):
        text = "[" + ",".join(each.model_dump_json() for each in content) + "]"
    else:
        text = content.model_dump_json()
    etag = f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
    response = get_conditional_response(request, etag=etag) or HttpResponse(text, content_type=_TYPE)
    response["ETag"], response["Cache-Control"] = etag, "public, no-cache"
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _column(column: Column) -> ColumnOut:
    parent = column.parent.slug if column.parent else None
    return ColumnOut(
        code=column.slug, name=column.name, parent=parent, kind=named(column.kind), articles=column.articles
    )


def _change(step: Review) -> dict[str, Any]:
    told = queries.happening(step)
    return {"change": named(told.change), "at": told.at, "on": told.on}


def _named(request: HttpRequest, item: Item) -> dict[str, Any]:
    version = item.public_version if queries.is_public(item) else None
    return {
        "id": item.pk,
        "index_number": item.index_number,
        "title": version.title if version else "",
        "url": absolute(request, reverse("portal:item", args=[item.index_number])),
    }


def _item(request: HttpRequest, item: Item) -> dict[str, Any]:
    version = item.public_version
    assert version is not None
    copies = [(use.title, use.copy) for use in queries.public_files(version) if use.copy]
    stands = queries.standing(item, timezone.localdate())
    return {
        "id": item.pk,
        "index_number": item.index_number,
        "title": version.title,
        "summary": version.summary,
        "body": Named(code=item.body.slug, name=item.body.name),
        "column": Named(code=item.column.slug, name=item.column.name),
        "genre": named(item.genre),
        "topic": item.topic,
        "document_number": item.document_number,
        "formed_on": item.formed_on,
        "published_at": item.published_at,
        "effective_on": item.effective_on,
        "expires_on": item.expires_on,
        "repealed_on": item.repealed_on,
        "archived_at": item.archived_at,
        "validity": named(stands) if stands else None,
        "source": version.source,
        "url": absolute(request, reverse("portal:item", args=[item.index_number])),
        "files": [
            PublicFileOut(
                title=title,
                name=copy.name,
                size=copy.size,
                algorithm=copy.algorithm,
                digest=copy.digest,
                url=absolute(request, address(copy)),
            )
            for title, copy in copies
        ],
    }
