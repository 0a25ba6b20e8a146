"""公开存证 — the public log as anybody may keep it: page, signed heads, leaves, proofs (条例 第二十三条; RFC 9162)."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongkai.web.bodies.changed import told_since
from gongkai.web.bodies.since_form import SinceForm
from gongkai.web.holdings import logged
from gongkai.web.holdings.models import Item
from gongkai.web.holdings.queries import is_public
from gongkai.web.journal import log, tree
from gongkai.web.journal.models import LogHead, LogLeaf
from gongkai.web.journal.proved import FORMAT, KIND, Proof
from gongkai.web.journal.since import judged
from gongkai.web.portal.article import find
from gongkai.web.portal.asking import without_traces
from gongkai.web.portal.frame import absolute, frame, site_of
from gongkai.web.portal.standing import WATCH

JSON, LINES = "application/json; charset=utf-8", "application/x-ndjson; charset=utf-8"
SHOWN, FED, PAGE = 30, 50, 1000
ASKED, READ = 5, 20_000
"""任何人都能问的 — heads that are judged at once, and leaves at the end of the log that are read for it."""
_DIGITS = 18


@require_safe
@never_cache
def page(request: HttpRequest) -> HttpResponse:
    """公开存证 — what it is, the newest heads, how to check with them (条例 第二十三条)."""
    standing = WATCH.standing(timezone.now())
    rows = list(LogHead.objects.order_by("-id")[:SHOWN])
    context = {
        **frame(request, standing, "info"),
        "heads": rows,
        "size": log.size(),
        "latest": rows[0] if rows else None,
    }
    return render(request, "portal/public_log.html", context)


@require_safe
@never_cache
def since(request: HttpRequest) -> HttpResponse:
    """自某日以来 — whether the log only grew since a day or a head that the reader kept, and what went out, was amended
    or taken back since (条例 第二十三条)."""
    if clean := without_traces(request):
        return redirect(clean)
    form = SinceForm(request.GET) if request.GET else None
    context: dict[str, Any] = {**frame(request, WATCH.standing(timezone.now()), "info"), "form": form}
    status = HTTPStatus.OK
    if form is not None and form.is_valid():
        found = judged(form.cleaned_data["heads"][:ASKED])
        told = told_since(found, None, most=READ)
        context |= {"judged": found, "told": told, "given": len(form.cleaned_data["heads"])}
    elif form is not None:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "portal/log_since.html", context, status=status)


@require_safe
@never_cache
def heads(request: HttpRequest) -> HttpResponseBase:  # noqa: ARG001
    """全部树头 — one a line, oldest first; to be kept."""
    rows = LogHead.objects.order_by("id").iterator(chunk_size=PAGE)
    response = StreamingHttpResponse((_line(log.of_row(row).to_json()) for row in rows), content_type=LINES)
    response["Content-Disposition"] = 'attachment; filename="heads.jsonl"'
    return response


@require_safe
@never_cache
def feed(request: HttpRequest) -> HttpResponse:
    """订阅树头 — the newest signed heads, so that many people have them."""
    name = site_of(WATCH.standing(timezone.now())).name
    address = absolute(request, reverse("portal:log"))
    made = Atom1Feed(title=f"{name} · 公开存证的树头", link=address, description="", language="zh-CN",
        feed_url=absolute(request, request.path))  # fmt: skip
    for row in LogHead.objects.order_by("-id")[:FED]:
        head = log.of_row(row)
        made.add_item(
            title=f"{head.at}　{head.size}　{head.root}",
            link=address,
            description=json.dumps(head.to_json(), sort_keys=True),
            pubdate=row.at,
            updateddate=row.at,
            unique_id=f"{address}#{row.pk}",
        )
    return HttpResponse(made.writeString("utf-8"), content_type=made.content_type)


@require_safe
@never_cache
def leaves(request: HttpRequest) -> HttpResponse:
    """存证各条 — a thousand from a number on, one a line, as they were hashed; whoever has all computes every root."""
    rows = LogLeaf.objects.filter(number__gte=_number(request, "from", 0)).order_by("number")[:PAGE]
    lines = b"".join(_line({"number": number, "leaf": data}) for number, data in rows.values_list("number", "data"))
    return HttpResponse(lines, content_type=LINES)


@require_safe
@never_cache
def consistency(request: HttpRequest) -> HttpResponse:
    """只增证明 — that the log at one size is the beginning of the log at another (RFC 9162 §2.1.4)."""
    first, second = _number(request, "first", -1), _number(request, "second", -1)
    if not 0 < first <= second <= log.size():
        raise Http404
    path = [each.hex() for each in tree.consistency(first, second, log.node)]
    return HttpResponse(_line({"first": first, "second": second, "path": path}), content_type=JSON)


@require_safe
@never_cache
def proof(request: HttpRequest, index_number: str) -> HttpResponse:
    """存证证明 — of what the public sees of an item, to be kept beside it and checked anywhere (条例 第二十三条)."""
    item = find(index_number)
    if item is None or not is_public(item):
        raise Http404
    response = HttpResponse(_line(_proof(request, item)), content_type=JSON)
    name = index_number.replace("/", "-").encode("ascii", "ignore").decode() or "item"
    response["Content-Disposition"] = f'attachment; filename="{name}.proof.json"'
    return response


def _proof(request: HttpRequest, item: Item) -> dict[str, Any]:
    leaf, version = log.latest(item.index_number), item.public_version
    if leaf is None or version is None:
        raise Http404
    row = LogHead.objects.filter(size__gt=leaf.number).order_by("-id").first()
    told = logged.record(item, version)
    address = absolute(request, reverse("portal:item", args=[item.index_number]))
    where = absolute(request, reverse("portal:log"))
    if row is None:
        return {"kind": KIND, "format": FORMAT, "record": told, "number": leaf.number, "leaf": leaf.data, "path": [],
            "head": None, "address": address, "log": where}  # fmt: skip
    path = tuple(each.hex() for each in tree.inclusion(leaf.number, row.size, log.node))
    return Proof(told, leaf.number, leaf.data, path, log.of_row(row), address, where).to_json()


def _number(request: HttpRequest, name: str, otherwise: int) -> int:
    given = request.GET.get(name, "")
    if not given:
        return otherwise
    if not (given.isascii() and given.isdecimal() and len(given) <= _DIGITS):
        raise Http404
    return int(given)


def _line(row: dict[str, Any]) -> bytes:
    return json.dumps(row, ensure_ascii=False, sort_keys=True).encode() + b"\n"
