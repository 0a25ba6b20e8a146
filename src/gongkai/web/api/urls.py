"""网址 — the interface itself, its description for people, and the tokens."""

from django.urls import path

from gongkai.web.api import drafts, open_data
from gongkai.web.api.known import only_known
from gongkai.web.api.service import api
from gongkai.web.api.views import desk, reading

api.add_decorator(only_known)
api.add_router("", drafts.router)
api.add_router("", open_data.router)
v1 = api.urls
"""接口第一版 — under a name of its own, which ninja asks for."""

app_name = "api"
urlpatterns = [
    path("api/v1/docs/", reading.description, name="description"),
    path("desk/tokens/", desk.tokens, name="tokens"),
    path("desk/tokens/<int:number>/revoke/", desk.revoke, name="revoke"),
]
