"""测速用的网址 — those of the platform, and beside them a bare view with one query, in the same server."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from gongkai.web.holdings.models import Item
from gongkai.web.urls import handler404, urlpatterns

__all__ = ["handler404", "urlpatterns"]


def bare(request: HttpRequest, number: int) -> HttpResponse:  # noqa: ARG001
    """光板 — one row by its key, one line of text."""
    return HttpResponse(Item.objects.get(pk=number).index_number)


urlpatterns = [path("bare/<int:number>/", bare), *urlpatterns]
