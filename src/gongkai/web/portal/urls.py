"""网址 — of everything the public reads; addresses last, so an item is found by its index number (条例 第二十四条)."""

from django.urls import path

from gongkai.web.portal.views import articles, log, machines, pages

app_name = "portal"

urlpatterns = [
    path("", pages.home, name="home"),
    path("info/", pages.info, name="info"),
    path("info/list.<slug:form>", machines.everything, name="everything"),
    path("info/<slug:slug>/", pages.info, name="column"),
    path("info/<slug:slug>/list.<slug:form>", machines.everything, name="column-list"),
    path("feeds/", pages.subscribe, name="subscribe"),
    path("feeds/<slug:form>.xml", machines.feed, name="feed"),
    path("feeds/<slug:slug>/<slug:form>.xml", machines.feed, name="column-feed"),
    path("bodies/", pages.bodies, name="bodies"),
    path("bodies/<slug:slug>/", pages.body, name="body"),
    path("months.csv", machines.months, name="months"),
    path("items/<path:index_number>/proof/", articles.proof, name="proof"),
    path("items/<path:index_number>/proof.json", log.proof, name="proof-file"),
    path("items/<path:index_number>/qr.svg", articles.qr, name="qr"),
    path("items/<path:index_number>/", articles.item, name="item"),
    path("log/", log.page, name="log"),
    path("log/since/", log.since, name="log-since"),
    path("log/heads.jsonl", log.heads, name="log-heads"),
    path("log/heads.xml", log.feed, name="log-feed"),
    path("log/leaves.jsonl", log.leaves, name="log-leaves"),
    path("log/consistency.json", log.consistency, name="log-consistency"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("sitemap-<int:part>.xml", machines.sitemap_part, name="sitemap-part"),
    path("robots.txt", machines.robots, name="robots"),
    path("map/", pages.map_, name="map"),
]
