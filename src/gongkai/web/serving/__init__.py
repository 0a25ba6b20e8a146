"""开门 — starts the platform in one process tree on its embedded database, and ends the whole of it together."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable

import django
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError
from granian.constants import Interfaces
from granian.server import Server

from gongkai.documents.isolation import STANDS_BACK
from gongkai.web.look.site import SiteError, site
from gongkai.web.serving.holding import NO_FOLDER, held
from gongkai.web.serving.refusing import ServingError
from gongkai.web.worker.keeping import beside

_MOST_CONNECTIONS = 4096
_NICE = "5"
LOOPBACK = {"127.0.0.1", "::1", "localhost"}
_EVERY_ADDRESS = {"0.0.0.0", "::", ""}  # noqa: S104 — told apart, not listened on
__all__ = ["LOOPBACK", "ServingError", "prepare", "serve"]


def serve(host: str, port: int, ready: Callable[[str], None]) -> None:
    """开门 — serve until interrupted; `ready` is told the address once the database is prepared.

    ServingError where the port or the data folder cannot be had, or where nobody has said under which name others reach
    the platform.
    """
    if host not in LOOPBACK | _EVERY_ADDRESS:
        os.environ.setdefault("GONGKAI_HOSTS", _bracketed(host))
    _prepare_folder()
    _check_site()
    _check_hosts(host)
    address = _address(host, port)
    with held(settings.DATA, address):
        _check_port(host, port)
        _prepare_database()
        # Pages come first: what takes long to read shares the machine with those who wait for one.
        os.environ.setdefault(STANDS_BACK, _NICE)
        ready(address)
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


def _prepare_folder() -> None:
    """The settings make the data folder, and the secret in it."""
    try:
        prepare()
    except OSError as error:
        raise ServingError(NO_FOLDER, folder=error.filename, why=error.strerror) from None


def _prepare_database() -> None:
    try:
        call_command("migrate", verbosity=0, interactive=False)
    except DatabaseError as error:
        why = str(error).partition("\n")[0][:200]
        raise ServingError(
            "数据库打不开（{why}）。请检查磁盘有没有满、数据目录写不写得进去，用 PostgreSQL 的看它开着没有；然后再试。",
            why=why,
        ) from None


def _check_site() -> None:
    """What `site.toml` says wrongly is said at the door, not on every page."""
    try:
        site()
    except SiteError as error:
        raise ServingError(error.template, **error.values) from None


def _check_hosts(host: str) -> None:
    """Who answers under every name lets strangers choose what the links of feeds and QR codes lead to."""
    if "*" in settings.ALLOWED_HOSTS:
        raise ServingError(
            "GONGKAI_HOSTS 不能写“*”，请写明平台的域名或者 IP，例如 GONGKAI_HOSTS=gongkai.example.cn,10.1.2.3"
        )
    if host not in LOOPBACK and not _named():
        raise ServingError(
            "让其他电脑也能打开，先要写明用什么名字打开：设 GONGKAI_HOSTS 为域名或者 IP，逗号分开，"
            "例如 GONGKAI_HOSTS=gongkai.example.cn,10.1.2.3；或者在 site.toml 里写 address。"
        )


def _address(host: str, port: int) -> str:
    """Where the platform is opened: behind https by its name, else on this machine where it listens everywhere."""
    if settings.SECURE_SSL_REDIRECT:
        return f"https://{next(iter(_named()), 'localhost')}/"
    return f"http://{'127.0.0.1' if host in _EVERY_ADDRESS else _bracketed(host)}:{port}/"


def _named() -> list[str]:
    return [name for name in settings.ALLOWED_HOSTS if name.strip("[]") not in LOOPBACK]


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


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
