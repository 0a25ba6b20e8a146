"""暂存 — nothing outlives its hour, nothing is seen half written, no name of anybody's becomes a path."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from gongkai.web.annual.actions import shown_name
from gongkai.web.annual.keeping import Upload, discard, every, find, keep, load, room, sweep, write

HOUR = 3600.0


def kept(desk: Path, begun_at: float, content: bytes = b"x") -> str:
    arriving = desk / "arriving"
    arriving.mkdir(parents=True, exist_ok=True)
    file = arriving / "upload"
    file.write_bytes(content)
    return keep(desk, "owner", [(Upload(1, "../../年报.txt", 1), str(file))], begun_at).key


@given(st.lists(st.floats(0, 3 * HOUR), max_size=6), st.floats(0, 4 * HOUR))
def test_a_sweep_takes_what_is_older_than_an_hour_and_nothing_else(begun: list[float], now: float) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desk = Path(folder) / "desk"
        keys = {kept(desk, at): at for at in begun}
        sweep(desk, now, HOUR)
        assert {batch.key for batch in every(desk)} == {key for key, at in keys.items() if now - at <= HOUR}


def test_what_arrived_and_was_never_kept_is_swept_too(tmp_path: Path) -> None:
    left = tmp_path / "desk" / "arriving" / "upload"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half a file")
    now = left.stat().st_mtime
    sweep(tmp_path / "desk", now + 1, HOUR)
    assert left.exists()
    sweep(tmp_path / "desk", now + HOUR + 1, HOUR)
    assert not left.exists()


def test_bytes_lie_under_a_number_and_names_are_only_shown(tmp_path: Path) -> None:
    key = kept(tmp_path / "desk", 0.0, b"content")
    (batch,) = every(tmp_path / "desk")
    assert (batch.folder / "given" / "1").read_bytes() == b"content"
    assert batch.uploads[0].name == "../../年报.txt"
    assert {path.name for path in tmp_path.iterdir()} == {"desk"}
    assert len(key) == 43


def test_a_key_is_looked_for_only_if_it_could_be_one(tmp_path: Path) -> None:
    desk = tmp_path / "desk"
    key = kept(desk, 0.0)
    assert find(desk, key)
    for wrong in ("", ".", "..", f"{key}/", f"../desk/{key}", key[:-1], "arriving"):
        assert find(desk, wrong) is None


def test_what_is_discarded_is_gone(tmp_path: Path) -> None:
    desk = tmp_path / "desk"
    batch = find(desk, kept(desk, 0.0))
    assert batch
    discard(batch)
    assert not batch.folder.exists()


def test_half_a_result_is_no_result(tmp_path: Path) -> None:
    path = tmp_path / "1-1"
    write(path, {"whole": True})
    assert load(path) == {"whole": True}
    path.write_text('{"half": ', encoding="utf-8")
    assert load(path) is None
    assert load(tmp_path / "none") is None


@given(st.text(max_size=300))
def test_a_shown_name_is_short_and_holds_no_folder_and_no_control_mark(name: str) -> None:
    shown = shown_name(name)
    assert 0 < len(shown) <= 120
    assert not set(shown) & set("/\\\0\n\r\t\u202e\u2066")
    assert shown_name(shown) == shown


def test_a_shortened_name_keeps_its_suffix() -> None:
    assert shown_name(f"C:\\报表\\{'长' * 200}.docx").endswith("….docx")
    assert shown_name("") == "未命名"


def test_the_room_of_the_desk_is_shared_and_bounded_by_the_free_disk(tmp_path: Path) -> None:
    desk = tmp_path / "desk"
    given = tmp_path / "given"

    def put(visitor: str, size: int) -> None:
        given.write_bytes(b"x" * size)
        keep(desk, "owner", [(Upload(1, "a.txt", size), str(given))], 0.0, visitor)

    assert room(desk, "a", 1000, 0.2) == 500
    put("a", 400)
    assert (room(desk, "a", 1000, 0.2), room(desk, "b", 1000, 0.2)) == (100, 500)
    put("b", 500)
    assert [room(desk, visitor, 1000, 0.2) for visitor in "abc"] == [100, 0, 100]
    assert room(desk, "c", 10**15, 0.2) < 10**15 // 2
    assert room(desk, "c", 1000, 0.0) == 0
