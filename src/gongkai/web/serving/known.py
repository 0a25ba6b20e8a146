"""认得的人 — who has signed in waits in a line of their own, not behind the strangers of the same address.

Only what the platform itself said of a session counts; a cookie that somebody made up is a stranger's.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from gongkai.web.look.visitors import SIGNED_IN

MOST = 4096
"""最多认得几个 — those who were here last."""


class Known:
    """认得的人 — the sessions in which the platform last saw somebody at work."""

    def __init__(self, cookie: str) -> None:
        self._cookie = re.compile(rb"(?:^|;)\s*" + re.escape(cookie).encode() + rb"=([^;\s]*)")
        self._sessions: OrderedDict[str, None] = OrderedDict()

    def session(self, headers: Mapping[bytes, bytes]) -> str:
        """哪一次登录 — that the request shows, if the platform knows it; else empty."""
        shown = self._shown(headers)
        return shown if shown in self._sessions else ""

    def learn(self, headers: Mapping[bytes, bytes], environ: Mapping[str, Any]) -> None:
        """记住 — what the platform said of the one who asked: at work in a session, in none any more, or nothing."""
        if SIGNED_IN not in environ:
            return
        self._sessions.pop(self._shown(headers), None)
        if session := environ[SIGNED_IN]:
            self._sessions[str(session)] = None
        while len(self._sessions) > MOST:
            self._sessions.popitem(last=False)

    def _shown(self, headers: Mapping[bytes, bytes]) -> str:
        found = self._cookie.search(headers.get(b"cookie", b""))
        return found[1].decode("latin-1") if found else ""
