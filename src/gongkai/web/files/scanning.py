"""查毒 — asks clamd, when one is configured, over its INSTREAM command; whatever is not a clear answer is a failure.

`GONGKAI_CLAMD`: `host:port`, or the path of a Unix socket. The file is sent, never its path: the scanner may live
elsewhere and need not be let into our folders.
"""

from __future__ import annotations

import logging
import socket
import struct
from typing import IO

from django.conf import settings

from gongkai.web.files.arriving import CHUNK_BYTES
from gongkai.web.files.kinds import FILE_LIMITS
from gongkai.web.files.models import ScanState

_LONGEST_ANSWER = 4_096
_log = logging.getLogger(__name__)


def scanned(file: IO[bytes]) -> ScanState:
    """查毒 — what the scanner says of the bytes; NOT_CONFIGURED without one, FAILED where it does not answer."""
    if not settings.CLAMD:
        return ScanState.NOT_CONFIGURED
    try:
        answer = _asked(file)
    except (OSError, ValueError):
        _log.exception("clamd")
        return ScanState.FAILED
    if answer == "stream: OK":
        return ScanState.CLEAN
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        _log.warning("clamd: %s", answer)
        return ScanState.INFECTED
    _log.error("clamd: %s", answer)
    return ScanState.FAILED


def _asked(file: IO[bytes]) -> str:
    """One conversation: chunks, each after its length, an empty one at the end; the answer ends in a zero byte."""
    with _connected() as wire:
        wire.sendall(b"zINSTREAM\0")
        while chunk := file.read(CHUNK_BYTES):
            wire.sendall(struct.pack("!L", len(chunk)) + chunk)
        wire.sendall(struct.pack("!L", 0))
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < _LONGEST_ANSWER:
            part = wire.recv(_LONGEST_ANSWER)
            if not part:
                break
            answer += part
    if not answer.endswith(b"\0"):
        raise ValueError("the answer is cut short")
    return answer.rstrip(b"\0").decode("utf-8", "replace").strip()


def _connected() -> socket.socket:
    if "/" in settings.CLAMD:
        wire = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        wire.settimeout(FILE_LIMITS.scan_seconds)
        wire.connect(settings.CLAMD)
        return wire
    host, _, port = settings.CLAMD.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=FILE_LIMITS.scan_seconds)
