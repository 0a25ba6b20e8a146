"""网址 — the public address of a copy, the internal one of an original."""

from django.urls import path

from gongkai.web.files.views import desk, public

app_name = "files"
urlpatterns = [
    path("files/<str:key>/<str:name>", public.public, name="public"),
    path("desk/files/<int:number>/", desk.original_file, name="original"),
]
