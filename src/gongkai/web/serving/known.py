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
    """认得的人 — the sessions in which the platform last saw somebody at work, and whose they are."""

    def __init__(self, cookie: str) -> None:
        self._cookie = re.compile(rb"(?:^|;)\s*" + re.escape(cookie).encode() + rb"=([^;\s]*)")
        self._persons: OrderedDict[str, str] = OrderedDict()

    def person(self, headers: Mapping[bytes, bytes]) -> str:
        """是谁 — in the session that the request shows, if the platform knows it; else empty.

        Whoever signs in many times is one person all the same.
        """
        return self._persons.get(self._shown(headers), "")

    def learn(self, headers: Mapping[bytes, bytes], environ: Mapping[str, Any]) -> None:
        """记住 — what the platform said of the one who asked: who is at work in a session, nobody any more, nothing."""
        if SIGNED_IN not in environ:
            return
        self._persons.pop(self._shown(headers), None)
        if environ[SIGNED_IN]:
            session, person = environ[SIGNED_IN]
            self._persons.pop(session, None)
            self._persons[session] = person
        while len(self._persons) > MOST:
            self._persons.popitem(last=False)

    def _shown(self, headers: Mapping[bytes, bytes]) -> str:
        found = self._cookie.search(headers.get(b"cookie", b""))
        return found[1].decode("latin-1") if found else ""
