"""公开平台测速 — list and article among twenty thousand items, against a bare view with one query in the same server.

What is counted is the processor time of the server for a request: on a machine that others use too, requests a second
say more about the others. Each side is asked in turn, the least of several rounds counts.
"""

from __future__ import annotations

import gzip
import http.client
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks._measure import line
from tests.web.postgresql import postgresql
from tests.web.serving import free_port

ROUNDS, REQUESTS = 5, 150
CACHED, UNCACHED = 2.0, 4.0
_TICKS = os.sysconf("SC_CLK_TCK")


def main() -> None:
    """测速 — on the embedded database, then on PostgreSQL."""
    with tempfile.TemporaryDirectory() as folder:
        _measured("SQLite", Path(folder))
    with tempfile.TemporaryDirectory() as folder, postgresql() as url:
        os.environ["GONGKAI_DATABASE_URL"] = url
        _measured("PostgreSQL", Path(folder))


def _measured(database: str, folder: Path) -> None:
    os.environ["GONGKAI_DATA"] = str(folder)
    subprocess.run([sys.executable, "-m", "benchmarks._portal_county"], check=True, stdout=subprocess.DEVNULL)
    with _served() as server:
        articles = server.addresses()
        columns = server.columns()
        # What all pages of a column share is there once the first was asked for; the pages themselves are not.
        pages = [page for column in columns for page in server.pages(column)]
        bare = ["/bare/1/"] * REQUESTS
        for name, kept, fresh in (("list", pages[:1], pages[1:]), ("article", articles[:1], articles[1:])):
            server.ask(kept)
            share = server.least({"bare": bare, "kept": kept * REQUESTS})
            line(f"{database}: {name}, kept / bare view with one query", share["kept"] / share["bare"], CACHED)
            size = len(fresh) // ROUNDS
            once = min(server.cost(fresh[size * n : size * (n + 1)]) for n in range(ROUNDS))
            line(f"{database}: {name}, made anew / bare view with one query", once / share["bare"], UNCACHED)


class Server:
    """服务器 — the platform behind granian, as people run it; what it spends is read from the system."""

    def __init__(self, session: int, port: int) -> None:
        self.session = session
        self.client = http.client.HTTPConnection("127.0.0.1", port)

    def ask(self, addresses: list[str]) -> bytes:
        """请求 — each in turn on one connection, as a browser does; the last answer."""
        body = b""
        for address in addresses:
            self.client.request("GET", address, headers={"Accept-Encoding": "gzip"})
            answer = self.client.getresponse()
            body = answer.read()
            assert answer.status == 200, (address, answer.status)
        return body

    def cost(self, addresses: list[str]) -> float:
        """用时 — processor seconds of the server for one of these requests."""
        before = self._spent()
        self.ask(addresses)
        return (self._spent() - before) / len(addresses)

    def least(self, sides: dict[str, list[str]]) -> dict[str, float]:
        """最短用时 — of each side, the sides in turn."""
        found = dict.fromkeys(sides, float("inf"))
        for _ in range(ROUNDS):
            for name, addresses in sides.items():
                found[name] = min(found[name], self.cost(addresses))
        return found

    def addresses(self) -> list[str]:
        """信息页 — the addresses of some hundreds, from the site's own map."""
        text = gzip.decompress(self.ask(["/sitemap-1.xml"])).decode()
        return re.findall(r"<loc>https?://[^/]+(/items/[^<]+)</loc>", text)[:400]

    def columns(self) -> list[str]:
        """栏目 — the addresses of those that hold something."""
        found = re.findall(r'"(/info/[\w-]+/)"', gzip.decompress(self.ask(["/map/"])).decode())
        return [address for address in found if 'class="list' in gzip.decompress(self.ask([address])).decode()]

    def pages(self, column: str) -> list[str]:
        """一个栏目的前几页 — of as many as there are, at most five."""
        shown = gzip.decompress(self.ask([column])).decode()
        last = max(map(int, re.findall(r"[?;&]page=(\d+)", shown)), default=1)
        return [f"{column}?page={page}" for page in range(1, min(last, 5) + 1)]

    def _spent(self) -> float:
        ticks = 0
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                values = path.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(values[3]) == self.session:
                ticks += int(values[11]) + int(values[12])
        return ticks / _TICKS


@contextmanager
def _served() -> Iterator[Server]:
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--blocking-threads", "8"]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "benchmarks._portal_settings"}
    process = subprocess.Popen(
        [*command, "--no-log", "gongkai.web.wsgi:application"], env=environment, start_new_session=True
    )
    try:
        server = Server(process.pid, port)
        until = time.monotonic() + 60
        while True:
            try:
                server.ask(["/health/", "/info/"])
                break
            except OSError:
                server.client.close()
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)
        yield server
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)
