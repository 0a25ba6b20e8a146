"""网址 — the addresses of the check desk, below /check/ (条例 第五十条).

What was read from somebody's files is kept by no browser: the next person at the computer finds nothing of it.
"""

from django.urls import path
from django.views.decorators.cache import never_cache

from gongkai.web.annual.views import desk, downloads, pictures

app_name = "annual"

urlpatterns = [
    path("", desk.desk, name="desk"),
    path("rules/", desk.rules, name="rules"),
    path("<str:key>/", never_cache(desk.batch), name="batch"),
    path("<str:key>/discard/", never_cache(desk.discard), name="discard"),
    path("<str:key>/findings.xlsx", never_cache(downloads.findings), name="findings"),
    path("<str:key>/total-<int:year>.<slug:suffix>", never_cache(downloads.total), name="total"),
    path("<str:key>/return-slips.zip", never_cache(downloads.return_slips), name="return-slips"),
    path("<str:key>/<str:number>/", never_cache(desk.one), name="sheet"),
    path("<str:key>/<str:number>/page/<int:page>/", never_cache(pictures.page), name="page"),
    path("<str:key>/<str:number>/page/<int:page>.png", never_cache(pictures.picture), name="picture"),
    path("<str:key>/<str:number>/<int:part>/", never_cache(desk.one), name="part"),
    path("<str:key>/<str:number>/<int:part>/figures/", never_cache(desk.figures), name="figures"),
    path("<str:key>/<str:number>/report.<slug:suffix>", never_cache(downloads.report), name="report"),
    path("<str:key>/<str:number>/return-slip.docx", never_cache(downloads.return_slip), name="return-slip"),
]
