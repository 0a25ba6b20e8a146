"""开门 — starts the platform in one process tree on its embedded database, and ends the whole of it together."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Callable
from contextlib import suppress
from importlib.util import find_spec

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import DatabaseError
from granian.constants import HTTPModes, Interfaces
from granian.server import Server

from gongkai.documents.isolation import STANDS_BACK
from gongkai.web.given import SettingsError
from gongkai.web.look.site import SiteError, site
from gongkai.web.serving.answering import told_once_it_answers
from gongkai.web.serving.crowding import most_connections
from gongkai.web.serving.holding import NO_FOLDER, held
from gongkai.web.serving.lasting import note_kept, require_kept, watch_over
from gongkai.web.serving.refusing import ServingError, refused
from gongkai.web.worker.keeping import beside

_MOST_QUEUED = 4096
_NICE = "5"
LOOPBACK = {"127.0.0.1", "::1", "localhost"}
_EVERY_ADDRESS = {"0.0.0.0", "::", ""}  # noqa: S104 — told apart, not listened on
_BROKEN = ("NOTADB", "CORRUPT")
BROKEN_FILE = (
    "数据库 {file} 坏了，或者不是数据库，没有打开，什么也没有改。"
    "请先查磁盘，用备份换上这个文件再开；备份里的 files/kept 也一起。"
)
_LAST_PORT = 65535
NO_SUCH_PORT = "没有 {port} 这个端口：端口是 1 到 65535 的整数，如 gongkai serve --port 8000"
PORT_TAKEN = "{host} 的 {port} 端口用不了，多半已被别的程序占用。请换一个端口：gongkai serve --port {other}"
PORT_OF_SYSTEM = "{port} 端口要有系统管理员的权限才能用。请换 1024 以上的一个：gongkai serve --port 8000"
_NOWHERE = (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT)
NOT_HERE = "这台机器没有 {host} 这个地址。--host 要写这台机器的 IP，或者 0.0.0.0（所有地址）。"
__all__ = ["LOOPBACK", "ServingError", "prepare", "serve"]


def serve(host: str, port: int, ready: Callable[[str], Callable[[], None]]) -> None:
    """开门 — serve until interrupted; `ready` is told the address once the database is prepared.

    What it returns is called once the port answers.

    ServingError where the port or the data folder cannot be had, or where nobody has said under which name others reach
    the platform.
    """
    if host not in LOOPBACK | _EVERY_ADDRESS:
        _check_host(host)
        os.environ.setdefault("GONGKAI_HOSTS", _bracketed(host))
    prepare()
    _check_site()
    _check_hosts(host)
    address = _address(host, port)
    with held(settings.DATA, address):
        _check_port(host, port)
        _prepare_database()
        # Pages come first: what takes long to read shares the machine with those who wait for one.
        os.environ.setdefault(STANDS_BACK, _NICE)
        opened = ready(address)
        server = Server(
            "gongkai.web.serving.application:application",
            address=host,
            port=port,
            interface=Interfaces.ASGINL,
            # What stands before the platform speaks the first version; of the second nobody here bounds the streams.
            http=HTTPModes.http1,
            # A connection is no thread: slow ones are many before they are a burden.
            backpressure=most_connections(),
            backlog=_MOST_QUEUED,
            log_enabled=False,
            websockets=False,
            workers_kill_timeout=5,
        )
        with beside(), told_once_it_answers(host, port, opened):
            server.serve()
        note_kept(settings.DATA)


def prepare() -> None:
    """备好 — the settings of the platform, for a command that works on its database.

    The settings make the data folder, and the secret in it. ServingError where they cannot, or make no sense.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.web.settings")
    try:
        django.setup()
    except OSError as error:
        raise ServingError(NO_FOLDER, folder=error.filename, why=error.strerror) from None
    except SettingsError as error:
        raise refused(error.errors) from None
    except ImproperlyConfigured as error:
        if find_spec("psycopg") or "psycopg" not in str(error):
            raise
        raise ServingError(
            "GONGKAI_DATABASE_URL 用的是 PostgreSQL，这台机器还没有装连它的程序。请先运行：pip install {extra}",
            extra="'gongkai[postgresql]'",
        ) from None


def _prepare_database() -> None:
    try:
        require_kept(settings.DATA)
        call_command("migrate", verbosity=0, interactive=False)
        note_kept(settings.DATA)
        watch_over()
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlite_errorname", "").endswith(_BROKEN):
            raise ServingError(BROKEN_FILE, file=settings.DATABASES["default"]["NAME"]) from None
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


def _check_host(host: str) -> None:
    try:
        socket.getaddrinfo(host, None)
    except (OSError, UnicodeError):
        raise ServingError(NOT_HERE, host=host) from None


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


_held: list[socket.socket] = []
"""Ports that are ours from the check on until this process ends."""


def _hold(host: str, port: int, family: socket.AddressFamily) -> None:
    if hasattr(socket, "SO_REUSEPORT"):
        kept = socket.socket(family)
        kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        # What the last server left behind may keep it from us for a minute: then only the check is ours.
        with suppress(OSError):
            kept.bind((host, port))
        _held.append(kept)


def _check_port(host: str, port: int) -> None:
    """Said here in words, before the server says it in its own; and kept from others who are starting just now: the
    server shares its port with whoever asks as it does."""
    if not 0 < port <= _LAST_PORT:
        raise ServingError(NO_SUCH_PORT, port=port)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.create_server((host, port), family=family):
            pass
        _hold(host, port, family)
    except OSError as error:
        why = NOT_HERE if error.errno in _NOWHERE else PORT_OF_SYSTEM if error.errno == errno.EACCES else PORT_TAKEN
        raise ServingError(why, host=host, port=port, other=min(port + 1, _LAST_PORT)) from None
