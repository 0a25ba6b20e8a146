"""网址 — which room answers which address; the desk stands in for the portal until that is built."""

from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="annual:desk")),
    path("desk/", include("gongkai.web.holdings.urls")),
    path("check/", include("gongkai.web.annual.urls")),
    path("", include("gongkai.web.bodies.urls")),
    path("", include("gongkai.web.look.urls")),
]

handler400 = "gongkai.web.look.views.bad_request"
handler403 = "gongkai.web.look.views.forbidden"
handler404 = "gongkai.web.look.views.not_found"
handler500 = "gongkai.web.look.views.server_error"
