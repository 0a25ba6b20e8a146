"""修订 — a number of a docx is found with its changes refused, taken and marked (条例 第十七条)."""

from __future__ import annotations

import random

import pytest

from tests.documents.redaction.test_word import holds, looked, masked
from tests.documents.redaction.word_made import docx, p, row, run, table
from tests.text import persons


def taken(text: str) -> str:
    return f"<w:ins w:id='1' w:author='a'>{run(text)}</w:ins>"


def refused(text: str) -> str:
    return f"<w:del w:id='2' w:author='a'><w:r><w:delText>{text}</w:delText></w:r></w:del>"


def pieces(seed: int) -> tuple[str, list[str]]:
    rng = random.Random(seed)
    number = persons.identity(rng)
    first, second = sorted(rng.sample(range(2, 17), 2)) if seed else (6, 14)
    return number, [number[:first], number[first:second], number[second:]]


def refused_way(parts: list[str]) -> list[str]:
    one, two, three = parts
    return [run(one) + taken("九九"), refused(two) + taken("某某"), run(three)]


def taken_way(parts: list[str]) -> list[str]:
    one, two, three = parts
    return [run(one) + refused("九九"), taken(two) + refused("某某"), run(three)]


def marked_way(parts: list[str]) -> list[str]:
    one, two, three = parts
    return [run(one), refused(two), taken(three)]


WAYS = {"refused": refused_way, "taken": taken_way, "marked": marked_way}


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("way", WAYS)
def test_a_paragraph_is_read_in_three_ways(way: str, seed: int) -> None:
    number, parts = pieces(seed)
    data = docx(p(run("名单")) + p(run("证号：") + "".join(WAYS[way](parts)) + run("。")))
    seen = looked(data)
    assert seen.is_blocked
    assert number not in str(seen.to_json())
    assert not holds(masked(data), number)


@pytest.mark.parametrize("way", WAYS)
def test_so_are_paragraphs_one_after_the_other(way: str) -> None:
    number, parts = pieces(0)
    data = docx("".join(map(p, WAYS[way](parts))))
    assert looked(data).is_blocked
    assert not holds(masked(data), number)


@pytest.mark.parametrize("way", WAYS)
def test_so_are_the_cells_of_a_row(way: str) -> None:
    number, parts = pieces(8)
    data = docx(table(row(p(run("张三")), *map(p, WAYS[way](parts)))))
    assert looked(data).is_blocked
    assert not holds(masked(data), number)


def test_a_number_that_stands_in_every_reading_is_told_once() -> None:
    number, _ = pieces(9)
    hits = looked(docx(p(run(f"证号：{number}，") + refused("旧") + taken("新")))).hits
    assert [hit.hit.kind for hit in hits] == ["identity"]
