"""老的证明 — of a version that was amended or withdrawn since: from when to when it was public, by which leaf, and the
proof still holds (条例 第二十三条)."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from gongkai.web.journal.chaining import canonical
from tests.cli.command import gongkai
from tests.cli.test_prove import NUMBER, PAGE, leaves, proof

MANY = 3


@contextmanager
def published(rows: list[bytes], page: str = PAGE) -> Iterator[str]:
    """A log that gives out few leaves at a time, and the page of the item."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            start = int(parse_qs(urlsplit(self.path).query).get("from", ["0"])[0])
            told = list(enumerate(rows))[start : start + MANY]
            lines = [json.dumps({"number": n, "leaf": leaf.decode()}) + "\n" for n, leaf in told]
            self.send_response(200 if "leaves" in self.path or "items" in self.path else 404)
            self.end_headers()
            self.wfile.write("".join(lines).encode() if "leaves" in self.path else page.encode())

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def grown(*acts: str) -> list[bytes]:
    """The log of the proof, and what became of the item, with other things between."""
    rows = leaves()
    for day, act in enumerate(acts, 1):
        rows += [canonical({"act": "publish", "at": "2026-12-01T01:00:00+00:00", "index": "A/2026-00009"})]
        rows += [canonical({"act": act, "at": f"2026-12-0{day}T02:00:00+00:00", "index": "A/2026-00004"})]
    return rows


def kept(folder: Path, address: str) -> Path:
    made = replace(proof(), log=f"{address}log/", address=f"{address}items/x/")
    (folder / "旧.html").write_text(PAGE, encoding="utf-8")
    (folder / "旧.html.proof.json").write_text(json.dumps(made.to_json()), encoding="utf-8")
    return folder / "旧.html"


FIRST = "这一稿从 2026-11-20 09:30 "
CASES: dict[tuple[str, ...], list[str]] = {
    (): [FIRST + "起公开，到存证现在的第 11 条为止，没有修订，没有撤下"],
    ("publish",): [FIRST + "公开到 2026-12-01 10:00，那时修订过（存证第 13 条）。证明仍然成立"],
    ("withdraw",): [FIRST + "公开到 2026-12-01 10:00，那时撤下了（存证第 13 条）。证明仍然成立"],
    ("publish", "withdraw"): ["那时修订过（存证第 13 条）", "现在没有公开：2026-12-02 10:00 撤下（存证第 15 条）"],
    ("withdraw", "publish"): ["那时撤下了（存证第 13 条）", "现在公开的是 2026-12-02 10:00 的一稿（存证第 15 条）"],
}


@pytest.mark.parametrize("acts", CASES, ids=lambda acts: "-".join(acts) or "nothing")
def test_an_old_proof_holds_and_says_what_became_of_it(acts: tuple[str, ...], tmp_path: Path) -> None:
    with published(grown(*acts)) as address:
        page = kept(tmp_path, address)
        alone = gongkai("prove", page)
        assert alone.returncode == 0, alone.stdout + alone.stderr
        assert "后来修订、撤下没有，证明里没有。要看，加 --now" in alone.stdout
        found = gongkai("prove", page, "--now")
        assert found.returncode == 0, found.stdout + found.stderr
        assert [said for said in CASES[acts] if said not in found.stdout] == [], found.stdout
        told = json.loads(gongkai("prove", page, "--now", "--json").stdout)
        assert [(each["number"], each["act"]) for each in told["later"]] == [
            (NUMBER + 8 + 2 * place, act) for place, act in enumerate(acts)
        ]


def test_a_page_that_was_amended_since_is_not_the_old_one_and_the_leaf_that_says_so_is_named(tmp_path: Path) -> None:
    with published(grown("publish"), PAGE.replace("12", "13")) as address:
        page = kept(tmp_path, address)
        given = ("--proof", f"{page}.proof.json")
        found = gongkai("prove", f"{address}items/x/", *given)
        assert (found.returncode, "和公开时的不一样" in found.stdout) == (1, True), found.stdout + found.stderr
        assert "那时修订过（存证第 13 条）" in found.stdout


def test_a_page_that_was_withdrawn_since_says_by_which_leaf(tmp_path: Path) -> None:
    with published(grown("withdraw"), "<!doctype html><html><body><p>依法撤下。</p></body></html>") as address:
        page = kept(tmp_path, address)
        found = gongkai("prove", f"{address}items/x/", "--proof", f"{page}.proof.json")
        assert (found.returncode, "没有公开时的标题和正文了" in found.stdout) == (1, True), found.stdout + found.stderr
        assert "那时撤下了（存证第 13 条）" in found.stdout


def test_a_log_that_is_another_or_not_there_says_nothing_of_what_became_of_it(tmp_path: Path) -> None:
    other = grown("withdraw")
    other[NUMBER] = canonical({"act": "publish", "at": "2026-11-20T01:30:00+00:00", "index": "A/2026-00004"})
    with published(other) as address:
        page = kept(tmp_path, address)
        found = gongkai("prove", page, "--now")
        assert (found.returncode, "没有看成" in found.stdout) == (0, True), found.stdout
    gone = gongkai("prove", page, "--now")
    assert (gone.returncode, "没有看成" in gone.stdout) == (0, True), gone.stdout
