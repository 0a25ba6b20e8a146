"""后台的状况 — for whoever watches over the platform."""

from __future__ import annotations

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.web.look.troubles import fault
from gongkai.web.worker.hearts import lives


@require_safe
def health(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """后台状况 — 200 while a worker lives, else 503: what is scheduled and queued is not done."""
    try:
        alive = lives(timezone.now())
    except DatabaseError as error:
        return JsonResponse({"status": fault(error) or "database"}, status=503)
    return JsonResponse({"status": "ok" if alive else "worker"}, status=200 if alive else 503)
