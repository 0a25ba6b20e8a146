"""同时办事 — clerks who save a new draft over HTTP, each in a browser of their own, at `gongkai serve`."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

_TOKEN = "t" * 32
_FORM = {
    "csrfmiddlewaretoken": _TOKEN,
    "title": "关于印发实施方案的通知",
    "column": "policies",
    "genre": "notice",
    "openness": "proactive",
    "formed_on": "2026-11-16",
    "body": "各有关单位：\n\n现将方案印发给你们，请结合实际认真贯彻执行。",
    "do": "save",
}


def prepared(folder: Path, clerks: int) -> list[str]:
    """备好 — a county, and the session of each of so many clerks who signed in."""
    environ = {**os.environ, "GONGKAI_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "gongkai.web.settings"}
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks._writers", str(clerks)],
        env=environ, check=True, capture_output=True, text=True,
    )  # fmt: skip
    sessions: list[str] = json.loads(done.stdout)
    return sessions


class Clerk:
    """经办人 — one browser; `seconds`: how long each save took; `refused`: answers that did not say it was saved."""

    def __init__(self, port: int, session: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self._headers = {
            "Cookie": f"gongkai_session={session}; csrftoken={_TOKEN}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        self.seconds: list[float] = []
        self.refused: list[int] = []

    def save(self) -> None:
        """保存 — a new draft."""
        begun = time.monotonic()
        self._connection.request("POST", "/desk/items/new/", urlencode(_FORM), self._headers)
        answer = self._connection.getresponse()
        answer.read()
        self.seconds.append(time.monotonic() - begun)
        if answer.status != 302:
            self.refused.append(answer.status)

    def work(self, seconds: float) -> None:
        """一直办 — one save after the other, for so long."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.save()


def together(clerks: list[Clerk], seconds: float) -> None:
    """一起办 — all of them, for so long."""
    with ThreadPoolExecutor(len(clerks)) as threads:
        for each in [threads.submit(clerk.work, seconds) for clerk in clerks]:
            each.result()


def main() -> None:
    """建县 — prints the sessions as JSON."""
    import django  # noqa: PLC0415

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from gongkai.law.procedure import Role  # noqa: PLC0415
    from tests.web.cast import cast  # noqa: PLC0415

    call_command("migrate", verbosity=0, interactive=False)
    clerk, sessions = cast().of(Role.CLERK), []
    for _ in range(int(sys.argv[1])):
        client = Client()
        client.force_login(clerk)
        sessions.append(client.cookies["gongkai_session"].value)
    sys.stdout.write(json.dumps(sessions))


if __name__ == "__main__":
    main()
