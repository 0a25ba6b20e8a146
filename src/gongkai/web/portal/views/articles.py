"""信息页 — one item, its proof, its code for phones; 410 with the reason where it was withdrawn (条例 第二十条)."""

from __future__ import annotations

import io

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongkai.documents.redaction.looking import hushed
from gongkai.web.holdings.models import Item
from gongkai.web.holdings.queries import is_public
from gongkai.web.journal import log
from gongkai.web.look.language import say
from gongkai.web.portal.article import article, find
from gongkai.web.portal.description import described, linked_data
from gongkai.web.portal.frame import absolute, columns, frame
from gongkai.web.portal.outline import dressed
from gongkai.web.portal.proving import proof as prove
from gongkai.web.portal.standing import WATCH, Standing
from gongkai.web.portal.views.asking import answers


@answers(None)
def item(request: HttpRequest, standing: Standing, index_number: str) -> HttpResponse:
    """信息页 — the public version of an item with all that belongs to it (条例 第二十条)."""
    found = _found(index_number)
    if not is_public(found):
        # It was read before it was written; this is for what was written before that was so.
        told = {"item": found, "reason": hushed(found.withdrawn_reason)}
        return render(request, "portal/withdrawn.html", {**frame(request, standing, "info"), **told}, status=410)
    shown = article(found, standing.today)
    node = columns(standing).nodes.get(found.column.slug)
    around = frame(request, standing, "info")
    address = absolute(request, reverse("portal:item", args=[index_number]))
    context = {
        **around,
        "article": shown,
        "item": found,
        "version": shown.version,
        "is_archived": found.archived_at is not None,
        "text": dressed(shown.version.body_html),
        "path": node.path if node else [],
        "address": address,
        "editor": found.office or found.body.office_name or found.body.name,
        "text_sizes": [("large", say("大")), ("medium", say("中")), ("small", say("小"))],
        "metas": described(shown, around["site"], address),
        "data": linked_data(shown, around["site"], address),
    }
    return render(request, "portal/article.html", context)


@require_safe
@never_cache
def proof(request: HttpRequest, index_number: str) -> HttpResponse:
    """核验本页 — the digest of what is public, computed again now, beside the one on the chain (条例 第二十三条)."""
    found = _found(index_number)
    made = prove(found) if is_public(found) else None
    if made is None:
        raise Http404
    context = {**frame(request, WATCH.standing(timezone.now()), "info"), "item": found, "proof": made}
    context["leaf"] = log.latest(found.index_number)
    return render(request, "portal/proof.html", context)


@answers(None)
def qr(
    request: HttpRequest,
    standing: Standing,  # noqa: ARG001
    index_number: str,
) -> HttpResponse:
    """手机阅读 — the address of the page as a code to be read by a phone."""
    if not is_public(_found(index_number)):
        raise Http404
    out = io.BytesIO()
    code = segno.make(absolute(request, reverse("portal:item", args=[index_number])), micro=False)
    code.save(out, kind="svg", scale=4, border=2, xmldecl=False)
    return HttpResponse(out.getvalue(), content_type="image/svg+xml")


def _found(index_number: str) -> Item:
    found = find(index_number)
    if found is None:
        raise Http404
    return found
