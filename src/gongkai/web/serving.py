"""开门 — starts the platform in one process tree on its embedded database, and ends the whole of it together."""

from __future__ import annotations

import os
from collections.abc import Callable

import django
from django.core.management import call_command
from granian.constants import Interfaces
from granian.server import Server

LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def serve(host: str, port: int, ready: Callable[[str], None]) -> None:
    """开门 — serve until interrupted; `ready` is told the address once the database is prepared.

    Reached from other machines the platform answers under any name, unless GONGKAI_HOSTS names them.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.web.settings")
    if host not in LOOPBACK:
        os.environ.setdefault("GONGKAI_HOSTS", "*")
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    ready(f"http://{f'[{host}]' if ':' in host else host}:{port}/")
    Server(
        "gongkai.web.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=8,
        backpressure=64,
        log_enabled=False,
        websockets=False,
        workers_kill_timeout=5,
    ).serve()
