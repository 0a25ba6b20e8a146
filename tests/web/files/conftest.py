"""附件的测试 — two bodies and their people, files of every kind, a scanner that speaks clamd's protocol."""

from __future__ import annotations

import io
import socketserver
import struct
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.web.cast import cast

if TYPE_CHECKING:
    from gongkai.web.bodies.models import Body, Staff
    from gongkai.web.files.models import CopyKind, File, PublicCopy

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@dataclass(frozen=True)
class People:
    """两个主体的人 — a clerk of each, and an administrator."""

    body: Body
    other: Body
    clerk: Staff
    stranger: Staff
    admin: Staff


def people_here() -> People:
    """两个主体的人 — made in the database."""
    from gongkai.law.roles import Role

    all_of_them = cast()
    body, other = all_of_them.county, all_of_them.township
    clerk, stranger = all_of_them.of(Role.CLERK, body), all_of_them.of(Role.CLERK, other)
    return People(body, other, clerk, stranger, all_of_them.of(Role.SYSTEM_ADMIN))


@pytest.fixture
def people(ground: None, tmp_path: Path) -> Iterator[People]:
    """两个主体的人 — with a store of their own, in which nobody else's files lie; gone after the test."""
    from django.conf import settings
    from django.test import override_settings

    from gongkai.web.given import Given
    from gongkai.web.settings.file_store import kept_files

    folder = tmp_path / "files"
    with override_settings(FILES_FOLDER=folder, STORAGES={**settings.STORAGES, "files": kept_files(Given({}), folder)}):
        yield people_here()


def received(people: People, name: str = "名单.csv", data: bytes = b"a,b\n1,2\n") -> File:
    """收下的附件 — by the clerk."""
    from gongkai.web.files.actions import receive

    return receive(body=people.body, staff=people.clerk, name=name, stream=io.BytesIO(data), now=NOW)


def copied(file: File, data: bytes, name: str = "名单.csv", kind: CopyKind | None = None) -> PublicCopy:
    """公开副本 — put in place as it is made, from bytes that are known."""
    import secrets

    from gongkai.web.files import arriving, models, storing

    with arriving.arriving() as path:
        arrived = arriving.written(io.BytesIO(data), path, name)
        stored = storing.new_name(NOW)
        storing.put(path, stored)
    return models.PublicCopy.objects.create(
        file=file,
        key=secrets.token_urlsafe(32),
        kind=kind or models.CopyKind.STRIPPED,
        name=name,
        size=arrived.size,
        algorithm=arrived.algorithm,
        digest=arrived.digest,
        storage_name=stored,
        made_at=NOW,
    )


class Clamd(socketserver.ThreadingTCPServer):
    """查毒程序 — answers INSTREAM as clamd does; `says` replaces its answer, None hangs up without one."""

    daemon_threads = True
    allow_reuse_address = True
    says: bytes | None = b""
    seen: int = 0
    most: int = 100 * 1024**2

    @property
    def address(self) -> str:
        """地址 — for GONGKAI_CLAMD."""
        host, port = self.server_address[:2]
        return f"{host!s}:{port}"


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        server = self.server
        assert isinstance(server, Clamd)
        assert self.rfile.read(10) == b"zINSTREAM\0"
        data = b""
        while length := struct.unpack("!L", self.rfile.read(4))[0]:
            data += self.rfile.read(length)
            if len(data) > server.most:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        server.seen = len(data)
        if server.says is None:
            return
        found = b"stream: Eicar-Test-Signature FOUND\0" if EICAR in data else b"stream: OK\0"
        self.wfile.write(server.says or found)


@pytest.fixture
def clamd(platform: object) -> Iterator[Clamd]:
    """查毒程序 — configured, and at work on a free port."""
    from django.test import override_settings

    with Clamd(("127.0.0.1", 0), _Talk) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        with override_settings(CLAMD=server.address):
            yield server
        server.shutdown()
