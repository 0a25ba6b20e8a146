"""运行状况 — whether the platform can do its work, and what whoever runs it should do where it cannot."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path
from tempfile import TemporaryFile
from time import monotonic

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.module_loading import import_string
from django.views.decorators.http import require_GET

from gongkai.web.look.troubles import FAULTS, fault, note, noted
from gongkai.web.patience import bounded

_LOOK_SECONDS = 5.0
_WAIT_SECONDS = 2.0
"""Whoever watches over the platform gives up after a few."""
_BLOCK = b"\0" * 4096
_looking = threading.Lock()
_seen: tuple[float, str] = (float("-inf"), "")


@require_GET
def health(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """运行状况 — 200 while the platform can write and is in order, else 503 with its fault and what there is to do."""
    name = _database() or folders() or _noted()
    if not name:
        return JsonResponse({"status": "ok", **_told()}, json_dumps_params={"ensure_ascii": False})
    told = FAULTS[name]
    said = {"status": name, "what": told.what, "remedy": told.remedy}
    return JsonResponse(said, status=503, json_dumps_params={"ensure_ascii": False})


def _told() -> dict[str, str]:
    """What somebody should see to while everything goes on: by name, a sentence; what rooms say as the settings name
    them."""
    try:
        told = {name: import_string(check)() for name, check in settings.HEALTH_NOTES.items()}
    except DatabaseError:  # it was there a moment ago; whoever asks again is told
        return {}
    return {name: said for name, said in told.items() if said}


def _database() -> str:
    """What the database says, and what rooms ask it, as the settings name them."""
    try:
        with bounded(_WAIT_SECONDS):
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
            return next(filter(None, (import_string(check)() for check in settings.HEALTH_CHECKS)), "")
    except DatabaseError as error:
        return fault(error) or "database"


def _noted() -> str:
    """What was met in the last minute. Others who write are no fault any more as soon as it is somebody else's turn."""
    name = noted()
    return noted(besides="busy") if name == "busy" and _may_write() else name


def _may_write() -> bool:
    try:
        with bounded(_WAIT_SECONDS), transaction.atomic():
            return True
    except DatabaseError:
        return False


def met(error: BaseException | None) -> str:
    """遇到的状况 — by name, noted for whoever asks later; empty where the machine is not at fault."""
    name = fault(error)
    if name == "database":  # it cannot tell a disk that is shut from one that is broken
        name = folders() or name
    if name:
        note(name)
    return name


def folders() -> str:
    """文件夹的状况 — a few bytes are really written, at most once in some seconds: anybody may ask, a disk is slow."""
    global _seen
    with _looking:
        if monotonic() - _seen[0] > _LOOK_SECONDS:
            _seen = (monotonic(), _written(settings.DATA) or _written(settings.FILES_FOLDER))
        return _seen[1]


def _written(folder: Path) -> str:
    if folder == settings.FILES_FOLDER and not folder.exists():  # made with the first file
        return ""
    try:
        with TemporaryFile(dir=folder) as file:
            file.write(_BLOCK)
        return "disk" if shutil.disk_usage(folder).free < settings.FREE_LEAST else ""
    except OSError as error:
        return fault(error) or "readonly"
