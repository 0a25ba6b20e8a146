"""平台入口 — the ASGI application that `gongkai serve` serves: the platform behind what receives for it."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from django.conf import settings

from gongkai.web.bodies import devices
from gongkai.web.serving.bridging import Bridge
from gongkai.web.serving.crowding import most_connections, watch
from gongkai.web.serving.receiving import Bounds, Receiver
from gongkai.web.wsgi import application as platform

_OPEN, _KNOWN = ("/check/",), ("/desk/", "/api/")
"""Where files are given: by everybody, and by those who show that they have signed in."""


def most_bytes(path: str, headers: Mapping[bytes, bytes]) -> int:
    """最多收多少 — bytes of one body at this address."""
    is_known = b"cookie" in headers or b"authorization" in headers
    takes_files = path.startswith(_OPEN) or (is_known and path.startswith(_KNOWN))
    return int(settings.DESK_BYTES if takes_files else settings.FORM_BYTES)


# Whoever has the turn to write lets go of the interpreter at each statement, and all the others wait for the writer:
# it must not wait the usual five milliseconds to have it back.
sys.setswitchinterval(0.001)
settings.ARRIVING_FOLDER.mkdir(mode=0o700, parents=True, exist_ok=True)
_BOUNDS = Bounds(
    settings.ARRIVING_FOLDER,
    settings.DESK_BYTES,
    settings.ARRIVING_SILENT_SECONDS,
    settings.ARRIVING_LEAST_RATE,
    settings.ARRIVING_FREE_SHARE,
)
application = Bridge(
    platform,
    Receiver(_BOUNDS),
    most_bytes,
    readers=settings.READING_THREADS,
    writers=settings.WRITING_THREADS,
    cookie=settings.SESSION_COOKIE_NAME,
    marked=devices.shown,
)
watch(most_connections())
