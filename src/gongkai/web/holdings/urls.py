"""网址 — the desk and its items, below /desk/ (条例 第十七条)."""

from django.urls import path

from gongkai.web.holdings.views import copies, desk, editing, items, quarantine, reviewing

app_name = "holdings"

urlpatterns = [
    path("", desk.desk, name="desk"),
    path("notices/read/", desk.read_notices, name="read-notices"),
    path("items/", desk.items, name="items"),
    path("quarantine/", quarantine.quarantine, name="quarantine"),
    path("items/items.csv", desk.table, name="table"),
    path("items/new/", editing.new, name="new"),
    path("items/<int:number>/", items.item, name="item"),
    path("items/<int:number>/edit/", editing.edit, name="edit"),
    path("items/<int:number>/review/", reviewing.review, name="review"),
    path("items/<int:number>/review/override/", reviewing.override, name="override"),
    path("items/<int:number>/review/mask/", reviewing.mask, name="mask"),
    path("items/<int:number>/copies/<int:used>/", copies.opened, name="copy"),
    path("items/<int:number>/differences/", reviewing.compare, name="differences"),
    path("items/<int:number>/step/<slug:act>/", items.step, name="step"),
]
