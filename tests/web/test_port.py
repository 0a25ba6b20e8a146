"""端口 — who starts second on a port is told so, however long the first one takes to listen (条例 第八条)."""

from __future__ import annotations

import socket
from contextlib import closing

import pytest

from gongkai.web import serving


def test_a_port_is_kept_from_its_check_on() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    serving._check_port("127.0.0.1", port)
    with pytest.raises(serving.ServingError, match=f"serve --port {port + 1}"):
        serving._check_port("127.0.0.1", port)
    with socket.socket() as server, socket.socket() as visitor:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        server.bind(("127.0.0.1", port))
        server.listen()
        visitor.connect(("127.0.0.1", port))
    serving._held.pop().close()
