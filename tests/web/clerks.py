"""同时办事 — clerks who save a new draft over HTTP, each in a browser of their own, at `gongkai serve`."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

from tests.web.serving import apart, ready

_TOKEN = "t" * 32
_IDLE_SECONDS = 5.0
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


def prepared(folder: Path, clerks: int, **environ: str) -> list[str]:
    """备好 — a county, and the session of each of so many clerks who signed in."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.web.clerks", str(clerks)],
        env=apart(ready(folder), **environ), check=True, capture_output=True, text=True,
    )  # fmt: skip
    sessions: list[str] = json.loads(done.stdout)
    return sessions


class Clerk:
    """经办人 — one browser; `seconds` each save took, `confirmed` items, `refused` statuses."""

    def __init__(self, port: int, session: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self._headers = {"Cookie": f"gongkai_session={session}; csrftoken={_TOKEN}"}
        self._last = 0.0
        self.seconds: list[float] = []
        self.refused: list[int] = []
        self.confirmed: list[int] = []

    def save(self, file: bytes = b"") -> None:
        """保存 — a new draft, with a file where one is given."""
        begun = time.monotonic()
        if begun - self._last > _IDLE_SECONDS:  # the server closes what nobody uses; the next request opens it again
            self._connection.close()
        body, kind = _multipart(file) if file else (urlencode(_FORM).encode(), "application/x-www-form-urlencoded")
        self._connection.request("POST", "/desk/items/new/", body, self._headers | {"Content-Type": kind})
        answer = self._connection.getresponse()
        answer.read()
        self._last = time.monotonic()
        self.seconds.append(self._last - begun)
        if answer.status == 302:
            self.confirmed.append(int(str(answer.headers["Location"]).split("/")[3]))
        else:
            self.refused.append(answer.status)

    def work(self, seconds: float) -> None:
        """一直办 — one save after the other, for so long."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.save()


def _multipart(file: bytes) -> tuple[bytes, str]:
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in _FORM.items()
    ]
    head = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.csv"\r\n\r\n'
    return b"".join([*parts, head, file, b"\r\n--x--\r\n"]), "multipart/form-data; boundary=x"


def together(clerks: list[Clerk], seconds: float) -> None:
    """一起办 — all of them, for so long."""
    with ThreadPoolExecutor(len(clerks)) as threads:
        for each in [threads.submit(clerk.work, seconds) for clerk in clerks]:
            each.result()


def main() -> None:
    """建县 — prints the sessions as JSON."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client

    from gongkai.law.roles import Role
    from tests.web.cast import cast

    call_command("migrate", verbosity=0, interactive=False)
    clerk, sessions = cast().of(Role.CLERK), []
    for _ in range(int(sys.argv[1])):
        client = Client()
        client.force_login(clerk)
        sessions.append(client.cookies["gongkai_session"].value)
    sys.stdout.write(json.dumps(sessions))


if __name__ == "__main__":
    main()
