"""每一种格式，每一种坏法 — the parent lives, and says one plain sentence about what it could not read."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import chain

import pytest

from gongkai.documents.document import Document, DocumentError
from tests.documents import zoo, zoo_odd
from tests.documents.test_hostile import SOON, assert_plain, opened


def pens() -> Iterator[tuple[str, zoo.Animal]]:
    """各馆 — everything but what is locked."""
    return chain(zoo_odd.bombs(), zoo_odd.polyglots(), zoo_odd.mislabelled())


def assert_taken_well(kind: str, animal: zoo.Animal) -> list[Document | DocumentError]:
    begun = time.monotonic()
    found = opened(animal)
    assert time.monotonic() - begun < SOON, kind
    assert found, kind
    for item in found:
        if isinstance(item, DocumentError):
            assert_plain(item, animal[0])
    return found


@pytest.mark.parametrize("pen", ["bombs", "polyglots", "mislabelled"])
def test_every_animal_ends_in_documents_or_a_sentence_soon(pen: str) -> None:
    for kind, animal in getattr(zoo_odd, pen)():
        assert_taken_well(kind, animal)


def test_every_locked_file_is_said_to_be_locked() -> None:
    for kind, animal in zoo_odd.locked():
        (item,) = assert_taken_well(kind, animal)
        assert isinstance(item, DocumentError), kind
        assert "密码" in str(item), (kind, str(item))


def test_no_bomb_of_entities_goes_off_in_any_format() -> None:
    for kind, animal in zoo_odd.bombs():
        if "laughs" in kind or "XXE" in kind:
            (item,) = opened(animal)
            assert isinstance(item, DocumentError), kind
            assert "实体" in str(item), (kind, str(item))
