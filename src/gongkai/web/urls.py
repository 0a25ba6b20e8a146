"""网址 — which room answers which address; the portal has the street door."""

from django.conf import settings
from django.urls import include, path

from gongkai.web.api.urls import v1

urlpatterns = [
    path("desk/", include("gongkai.web.holdings.urls")),
    path("", include("gongkai.web.portal.urls")),
    path("check/", include("gongkai.web.annual.urls")),
    path("", include("gongkai.web.files.urls")),
    path("", include("gongkai.web.worker.urls")),
    path("", include("gongkai.web.api.urls")),
    path("api/v1/", v1),
    path("", include("gongkai.web.bodies.urls")),
    path("", include("gongkai.web.look.urls")),
]

if settings.OPENID_SERVER:
    urlpatterns.append(path("sign-in/openid/", include("allauth.socialaccount.providers.openid_connect.urls")))

handler400 = "gongkai.web.look.views.bad_request"
handler403 = "gongkai.web.look.views.forbidden"
handler404 = "gongkai.web.look.views.not_found"
handler500 = "gongkai.web.look.views.server_error"
