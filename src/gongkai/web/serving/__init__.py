"""开门 — starts the platform in one process tree on its embedded database, and ends the whole of it together."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable

import django
from django.core.management import call_command
from granian.constants import Interfaces
from granian.server import Server

from gongkai.web.look.site import SiteError, site
from gongkai.web.worker.keeping import beside

_MOST_CONNECTIONS = 4096
LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class ServingError(Exception):
    """开不了门 — why the platform cannot be served, in one plain sentence (`template.format(**values)`)."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template, self.values = template, values


def serve(host: str, port: int, ready: Callable[[str], None]) -> None:
    """开门 — serve until interrupted; `ready` is told the address once the database is prepared.

    ServingError where the port cannot be had. Reached from other machines the platform answers under any name,
    unless GONGKAI_HOSTS names them.
    """
    _check_port(host, port)
    if host not in LOOPBACK:
        os.environ.setdefault("GONGKAI_HOSTS", "*")
    prepare()
    call_command("migrate", verbosity=0, interactive=False)
    _check_site()
    ready(f"http://{f'[{host}]' if ':' in host else host}:{port}/")
    server = Server(
        "gongkai.web.serving.application:application",
        address=host,
        port=port,
        interface=Interfaces.ASGINL,
        # A connection is no thread: slow ones are many before they are a burden.
        backpressure=_MOST_CONNECTIONS,
        log_enabled=False,
        websockets=False,
        workers_kill_timeout=5,
    )
    with beside():
        server.serve()


def prepare() -> None:
    """备好 — the settings of the platform, for a command that works on its database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.web.settings")
    django.setup()


def _check_site() -> None:
    """What `site.toml` says wrongly is said at the door, not on every page."""
    try:
        site()
    except SiteError as error:
        raise ServingError(error.template, **error.values) from None


def _check_port(host: str, port: int) -> None:
    """Said here in words, before the server says it in its own."""
    try:
        with socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET):
            pass
    except (OSError, OverflowError):
        raise ServingError(
            "{host} 的 {port} 端口用不了，多半已被别的程序占用。请换一个端口：gongkai serve --port {other}",
            host=host,
            port=port,
            other=port + 1,
        ) from None
