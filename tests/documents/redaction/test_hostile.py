"""恶意文件 — whatever comes in, looking ends in values and masking in one sentence (条例 第十七条)."""

from __future__ import annotations

import contextlib
import io
import zipfile

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.documents.document import DocumentError
from gongkai.documents.redaction import inspect, masked, public_copy
from tests.documents.redaction import planted

FILES = {fmt: planted.made(fmt).data for fmt in planted.FORMATS}
BOMB = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>]><x>&a;</x>"


def ends_well(name: str, data: bytes) -> None:
    inspect(name, data, pictures=False).to_json()
    with contextlib.suppress(DocumentError):
        masked(name, data, pictures=False)
    with contextlib.suppress(DocumentError):
        public_copy(name, data)


@settings(max_examples=60)
@given(st.sampled_from(planted.FORMATS), st.data())
def test_a_torn_file_ends_in_a_sentence(fmt: str, data: st.DataObject) -> None:
    whole = bytearray(FILES[fmt])
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at] = data.draw(st.integers(0, 255))
    ends_well(f"名单.{fmt}", bytes(whole[: data.draw(st.integers(1, len(whole)))]))


@settings(max_examples=40)
@given(st.binary(max_size=200), st.sampled_from((*planted.FORMATS, "jpg", "png", "zip", "bin")))
def test_noise_ends_in_a_sentence(noise: bytes, suffix: str) -> None:
    ends_well(f"名单.{suffix}", noise)


@pytest.mark.parametrize("fmt", ["docx", "xlsx"])
@pytest.mark.parametrize("part", ["customXml/item9.xml", "word/header9.xml", "xl/drawings/drawing9.xml"])
def test_entities_are_refused_in_every_part(fmt: str, part: str) -> None:
    out = io.BytesIO(FILES[fmt])
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(part, BOMB)
    seen = inspect(f"名单.{fmt}", out.getvalue(), pictures=False)
    assert len(seen.unread) == 1
    with pytest.raises(DocumentError):
        masked(f"名单.{fmt}", out.getvalue())


def test_archives_that_burst_or_nest_are_refused() -> None:
    nested, burst = b"13800138000", io.BytesIO()
    for depth in range(4):
        outer = io.BytesIO()
        with zipfile.ZipFile(outer, "w") as archive:
            archive.writestr("内.zip" if depth else "甲.txt", nested)
        nested = outer.getvalue()
    with zipfile.ZipFile(burst, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("甲.txt", b"0" * 60_000_000)
    for data in (nested, burst.getvalue()):
        assert inspect("全部.zip", data).unread
        with pytest.raises(DocumentError):
            masked("全部.zip", data)


def test_names_of_members_do_not_climb() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../../etc/甲.txt", "公示。")
        archive.writestr("/root/甲.txt", "公示。")
    with zipfile.ZipFile(io.BytesIO(masked("全部.zip", out.getvalue()))) as archive:
        assert not [name for name in archive.namelist() if name.startswith("/") or ".." in name]


def test_a_locked_pdf_is_refused() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(FILES["pdf"])) as file:
        file.save(out, encryption=pikepdf.Encryption(user="1", owner="2"))
    (error,) = inspect("名单.pdf", out.getvalue()).unread
    assert "密码" in str(error)


def test_a_page_nested_beyond_reason_is_refused() -> None:
    deep = ("<div>" * 3_000 + "13800138000" + "</div>" * 3_000).encode()
    ends_well("深.html", deep)


def test_very_long_runs_of_digits_cost_no_more_than_their_length() -> None:
    text = ("1" * 200_000 + "\n" + "1 3 " * 20_000 + "\n" + "62" * 50_000 + "\n" + "一三" * 20_000).encode()
    assert inspect("长.txt", text).unread == ()


@pytest.mark.parametrize("text", ["=cmd|'/c calc'!A1,13800138000", '"13800138000', "\x00,13800138000\n", "a" * 200_000])
def test_odd_tables_are_written_back(text: str) -> None:
    ends_well("名单.csv", text.encode())


def test_cells_merged_without_end_are_told_at_once() -> None:
    page = f"<table>{'<tr><td colspan=1000 rowspan=1000>x</td></tr>' * 2000}</table><p>13800138000</p>"
    seen = inspect("a.html", page.encode())
    assert any("合并的格子太多" in str(each) for each in seen.unread)
