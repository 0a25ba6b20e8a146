"""残留 — a word that must be gone is found in every form in which bytes carry text (条例 第三十七条)."""

from __future__ import annotations

import base64
import io
import time
import zipfile
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.documents.redaction.leftovers import in_bytes

WORDS = ("110101199003078515", "王小虎的家庭住址")


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("before", range(3))
def test_every_form_is_found(word: str, before: int) -> None:
    raw = word.encode()
    for form in (
        *(word.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")),
        "".join(f"%{byte:02X}" for byte in raw).encode(),
        "".join(f"&#{ord(sign)};" for sign in word).encode(),
        base64.b64encode("甲".encode()[:before] + raw + b"abc"),
    ):
        assert in_bytes(b"..." + form + b"...", [word])
    if not word.isascii():
        assert in_bytes(quote(word).encode(), [word])


def test_parts_of_a_zip_are_looked_into() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("甲.xml", "公示")
        archive.writestr("乙.xml", WORDS[0])
    assert [place.part for place in in_bytes(out.getvalue(), WORDS)] == ["乙.xml"]


@given(st.binary(max_size=300))
def test_other_bytes_hold_nothing(data: bytes) -> None:
    assert in_bytes(data, WORDS) == []


def test_a_hundred_thousand_numbers_are_one_pass() -> None:
    numbers = [str(110101190001010000 + at * 7) for at in range(100_000)]
    data = b"\n".join(str(220101190001010000 + at * 7).encode() for at in range(100_000))
    begin = time.process_time()
    assert in_bytes(data, numbers) == []
    assert in_bytes(data + numbers[-1].encode(), numbers)
    assert time.process_time() - begin < 60
