"""网址 — the addresses of the check desk, below /check/ (条例 第五十条)."""

from django.urls import path

from gongkai.web.annual.views import desk, downloads, pictures

app_name = "annual"

urlpatterns = [
    path("", desk.desk, name="desk"),
    path("rules/", desk.rules, name="rules"),
    path("<str:key>/", desk.batch, name="batch"),
    path("<str:key>/discard/", desk.discard, name="discard"),
    path("<str:key>/findings.xlsx", downloads.findings, name="findings"),
    path("<str:key>/total-<int:year>.<slug:suffix>", downloads.total, name="total"),
    path("<str:key>/return-slips.zip", downloads.return_slips, name="return-slips"),
    path("<str:key>/<str:number>/", desk.one, name="sheet"),
    path("<str:key>/<str:number>/page/<int:page>/", pictures.page, name="page"),
    path("<str:key>/<str:number>/page/<int:page>.png", pictures.picture, name="picture"),
    path("<str:key>/<str:number>/<int:part>/", desk.one, name="part"),
    path("<str:key>/<str:number>/<int:part>/figures/", desk.figures, name="figures"),
    path("<str:key>/<str:number>/report.<slug:suffix>", downloads.report, name="report"),
    path("<str:key>/<str:number>/return-slip.docx", downloads.return_slip, name="return-slip"),
]
