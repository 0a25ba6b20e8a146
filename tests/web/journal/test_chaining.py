"""链的算法 — canonical JSON, two digests with their published values, and what a walk names (条例 第四十五条)."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.web.journal import chaining
from gongkai.web.journal.chaining import Anchored, Link, canonical, digest, first_break

SM3_ABC = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"  # GB/T 32905-2016, A.1
SHA256_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # FIPS 180-2, B.1
NOW = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)

plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc甲乙", max_size=3), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize(("algorithm", "known"), [("sm3", SM3_ABC), ("sha256", SHA256_ABC)])
def test_digests_are_those_that_the_standards_print(algorithm: str, known: str) -> None:
    assert digest(algorithm, b"abc") == known


def test_sm3_is_the_same_where_openssl_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def without(name: str, **_: object) -> None:
        raise ValueError(name)

    monkeypatch.setattr(chaining.hashlib, "new", without)
    assert digest("sm3", b"abc") == SM3_ABC


@given(plain.filter(lambda value: "\\u0000" not in json.dumps(value)))
def test_what_a_database_gives_back_is_written_the_same(value: object) -> None:
    assert canonical(json.loads(json.dumps(value))) == canonical(value)
    assert json.loads(canonical(value)) == value


@pytest.mark.parametrize("value", [1.5, {"a": float("nan")}, {1: 2}, b"x", ["\x00"], datetime.now(UTC)])
def test_what_databases_write_differently_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical(value)


def chain(count: int) -> list[Link]:
    made: list[Link] = []
    for number in range(1, count + 1):
        previous = made[-1].digest if made else ""
        link = Link("a", number, NOW, "edit", "staff:1", f"x:{number}", {"n": number}, "sm3", previous)
        made.append(replace(link, digest=link.seal()))
    return made


def resealed(links: list[Link]) -> list[Link]:
    made: list[Link] = []
    for number, link in enumerate(links, start=1):
        one = replace(link, number=number, previous=made[-1].digest if made else "")
        made.append(replace(one, digest=one.seal()))
    return made


def test_the_hour_is_the_same_in_every_zone() -> None:
    link = chain(1)[0]
    assert replace(link, at=NOW.astimezone(timezone(timedelta(hours=8)))).seal() == link.digest


@given(st.integers(1, 6), st.data())
def test_whoever_takes_out_puts_in_or_swaps_is_named(count: int, data: st.DataObject) -> None:
    links = chain(count)
    head = links[-1].digest
    assert first_break("a", links, count, head, {}) is None
    at = data.draw(st.integers(0, count - 1))
    without = links[:at] + links[at + 1 :]
    found = first_break("a", without, count, head, {})
    assert found is not None
    assert found.number == at + 1
    doubled = links[: at + 1] + links[at:]
    assert first_break("a", doubled, count, head, {}) is not None
    other = data.draw(st.integers(0, count - 1).filter(lambda each: each != at)) if count > 1 else at
    swapped = list(links)
    swapped[at], swapped[other] = links[other], links[at]
    assert (first_break("a", swapped, count, head, {}) is None) == (at == other)


@given(st.integers(2, 6), st.data())
def test_a_chain_that_was_sealed_anew_does_not_hold_to_its_anchor(count: int, data: st.DataObject) -> None:
    links = chain(count)
    on = data.draw(st.integers(1, count))
    anchored = {on: Anchored("2026-11-19", links[on - 1].digest)}
    assert first_break("a", links, count, links[-1].digest, anchored) is None
    at = data.draw(st.integers(0, on - 1))
    forged = resealed([*links[:at], replace(links[at], act="other"), *links[at + 1 :]])
    assert first_break("a", forged, count, forged[-1].digest, {}) is None, "without an anchor nobody could tell"
    found = first_break("a", forged, count, forged[-1].digest, anchored)
    assert found is not None
    assert found.number == on
    shorter = forged[: on - 1]
    assert first_break("a", shorter, len(shorter), shorter[-1].digest if shorter else "", anchored) is not None


@given(st.integers(2, 6), st.data())
def test_one_entry_edited_and_sealed_anew_leaves_the_next_one_loose(count: int, data: st.DataObject) -> None:
    links = chain(count)
    at = data.draw(st.integers(0, count - 1))
    forged = replace(links[at], act="other")
    links[at] = replace(forged, digest=forged.seal())
    found = first_break("a", links, count, links[-1].digest, {})
    if at == count - 1:
        assert found is None, "the last has no next: its head would have to be forged too, and the anchor holds it"
    else:
        assert found is not None
        assert (found.number, found.template) == (at + 2, chaining.LOOSE)
