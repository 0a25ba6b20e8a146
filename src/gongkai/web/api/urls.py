"""网址 — the interface itself, its description for people, and the tokens."""

from collections.abc import Callable
from typing import cast

from django.http import HttpResponse
from django.urls import path

from gongkai.web.api import drafts, open_data
from gongkai.web.api.known import only_known, told_alike
from gongkai.web.api.service import api
from gongkai.web.api.views import desk, reading

api.add_decorator(only_known)
api.add_router("", drafts.router)
api.add_router("", open_data.router)
v1 = api.urls
"""接口第一版 — under a name of its own, which ninja asks for."""
for each in v1[0]:
    each.callback = told_alike(cast(Callable[..., HttpResponse], each.callback), api)

app_name = "api"
urlpatterns = [
    path("api/v1/docs/", reading.description, name="description"),
    path("desk/tokens/", desk.tokens, name="tokens"),
    path("desk/tokens/<int:number>/revoke/", desk.revoke, name="revoke"),
]
