"""取走的数据 — a list is made once for all who ask, kept like a page, sent without copies (条例 第二十四条)."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import threading
from typing import Any

import pytest

LISTS = ("/info/list.csv", "/info/list.json", "/info/normative/list.csv")


def rows() -> Any:
    from tests.web.portal import rows as module

    return module


def read(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)


@pytest.fixture
def queries(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """每次做了几条 — an entry for each time that rows were taken from the database for a list."""
    from gongkai.web.portal.views import machines

    made: list[int] = []
    usual = machines.listed

    def counted(*given: Any) -> Any:
        made.append(1)
        return usual(*given)

    monkeypatch.setattr(machines, "listed", counted)
    return made


@pytest.mark.parametrize("address", LISTS)
def test_a_list_is_made_once_while_nothing_public_happens(reader: Any, queries: list[int], address: str) -> None:
    from gongkai.law.publishing import Act

    make = rows()
    make.item("甲办法")
    first = reader.get(address)
    assert first["ETag"]
    assert first["Content-Disposition"].startswith("attachment; filename=")
    assert read(reader.get(address)) == read(first)
    assert reader.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert len(queries) == 1
    make.record(make.item("乙办法"), Act.PUBLISH)
    later = reader.get(address, headers={"If-None-Match": first["ETag"]})
    assert later.status_code == 200
    assert "乙办法" in read(later).decode()
    assert later["ETag"] != first["ETag"]


@pytest.mark.parametrize("packing", ["gzip", ""])
def test_a_long_list_is_whole_and_read_while_it_is_sent(
    reader: Any, monkeypatch: pytest.MonkeyPatch, packing: str
) -> None:
    from gongkai.web.portal import keeping

    monkeypatch.setattr(keeping, "_LONG", 500)
    make = rows()
    titles = [f"办法之{number}" for number in range(40)]
    for title in titles:
        make.item(title)
    for _ in range(2):
        answer = reader.get("/info/list.csv", headers={"Accept-Encoding": packing})
        assert answer.streaming
        assert answer["Content-Type"] == "text/csv; charset=utf-8"
        assert (answer.get("Content-Encoding") == "gzip") == bool(packing)
        content = gzip.decompress(read(answer)) if packing else read(answer)
        lines = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
        assert {line["标题"] for line in lines} == set(titles)


def test_those_who_ask_together_wait_for_one_maker() -> None:
    from gongkai.web.portal.keeping import Store

    store, made, held = Store(), [], threading.Event()

    def ask() -> None:
        with store.maker("list"):
            if not made:
                held.wait(120)
                made.append(1)

    def other() -> None:
        with store.maker("page"):
            held.set()

    askers = [threading.Thread(target=ask) for _ in range(8)]
    for asker in askers:
        asker.start()
    threading.Thread(target=other).start()  # of another page: waits for nobody, or nobody would end
    for asker in askers:
        asker.join(120)
    assert made == [1]
    assert not store._making


def test_one_list_does_not_push_out_every_page(reader: Any) -> None:
    from django.test import override_settings

    from gongkai.web.portal.keeping import STORE

    make = rows()
    for number in range(40):
        make.item(hashlib.sha512(str(number).encode()).hexdigest())
    size = len(read(reader.get("/info/list.json", headers={"Accept-Encoding": "gzip"})))
    STORE.forget()
    with override_settings(PORTAL_BYTES=8 * size):
        reader.get("/robots.txt")
        reader.get("/info/list.json")
        assert [key for key in STORE._pages if "robots" in key]
        assert not [key for key in STORE._pages if "list" in key]
