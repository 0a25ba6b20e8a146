"""解码 — text comes back from every encoding that offices use, and nothing is guessed."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.documents.decoding import decode
from gongkai.documents.document import DocumentError
from tests.conftest import REPORTS, shared_file

CHINESE = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), max_size=60).map(
    "政府信息公开工作年度报告".__add__
)
"""Some words have the same bytes in GB18030 and in UTF-8 (一一); whole reports do not."""
ANY = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff\ufffd"), min_size=1)


@given(ANY)
def test_utf8_comes_back_with_and_without_its_mark(text: str) -> None:
    assert decode("a", text.encode()) == text
    assert decode("a", text.encode("utf-8-sig")) == text


@given(CHINESE)
def test_gb18030_comes_back(text: str) -> None:
    assert decode("a", text.encode("gb18030")) == text


@given(ANY, st.sampled_from(("utf-16", "utf-32")))
def test_marked_wide_text_comes_back(text: str, encoding: str) -> None:
    assert decode("a", text.encode(encoding)) == text


@given(
    st.lists(st.text("年报工作0123 ", min_size=1).map("一开".__add__), min_size=6),
    st.sampled_from(("utf-16-le", "utf-16-be")),
)
def test_unmarked_utf16_with_line_ends_comes_back(lines: list[str], encoding: str) -> None:
    text = "2024\r\n" + "\r\n".join(lines)
    assert decode("a", text.encode(encoding)) == text


@given(CHINESE, st.integers(1, 2))
def test_a_text_that_is_cut_within_its_last_sign_shows_that(text: str, cut: int) -> None:
    assert decode("a", text.encode()[:-cut]) == text[:-1] + "\ufffd"


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16-le", "utf-16-be"])
def test_so_does_one_of_two_bytes_a_sign(encoding: str) -> None:
    assert decode("a", f"{LETTER}请转发".encode(encoding)[:-1]) == f"{LETTER}请转\ufffd"


@given(CHINESE, st.sampled_from(("hz", "utf-7")))
def test_chinese_written_in_ascii_comes_back(text: str, encoding: str) -> None:
    known = text.encode("gb2312", "ignore").decode("gb2312")
    assert decode("a", f"一：{known}，\nabc 12".encode(encoding)) == f"一：{known}，\nabc 12"


@pytest.mark.parametrize("text", ["1+2-3=0", "C+++ +a-b", "a~{b~}", "+8613912345678", "x+abcd/efgh", "~{!!~}"])
def test_signs_of_such_encodings_in_a_text_of_ascii_are_what_they_are(text: str) -> None:
    assert decode("a", text.encode()) == text


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_two_words_of_gbk_are_not_other_signs_of_utf8(mark: bytes) -> None:
    assert decode("a", mark + "通知".encode("gbk")) == "通知"
    assert decode("a", mark + f"{LETTER}".encode("gbk")) == LETTER
    for text in ("5\u00b0C \u00b7 \u00b1", "caf\u00e9 e\u0301", "Привет", "\u05e9\u05b8\u05dc\u05d5\u05b9\u05dd"):
        assert decode("a", mark + text.encode()) == text


@pytest.mark.parametrize(
    "data",
    [
        "各科室通知".encode("iso2022_jp", "ignore"),
        "Größe für ältere Übergänge häufig überprüft".encode("cp1252"),
        "政府資訊公開年度報告".encode("big5"),
        "Привет, это русский текст".encode("koi8-r"),
        "公開の報告について".encode("cp932"),
    ],
)
def test_what_would_be_read_as_other_signs_is_refused(data: bytes) -> None:
    with pytest.raises(DocumentError, match="认不出文字编码"):
        decode("甲.txt", data)


@given(CHINESE, st.integers(0, 11))
def test_one_torn_byte_among_many_stays_visible(text: str, at: int) -> None:
    data = (text * 10).encode()
    torn = decode("a", data[: at * 3] + b"\xff" + data[at * 3 :])
    assert torn == text[:at] + "\ufffd" + (text * 10)[at:]


def test_declared_big5_is_believed_and_a_false_declaration_is_not() -> None:
    text = "<meta charset='big5'>政府資訊公開年度報告"
    assert decode("a", text.encode("big5")) == text
    assert decode("a", text.encode("utf-8")) == text
    simplified = "<meta charset='big5'>政府信息公开，㐀𠀀"
    assert decode("a", simplified.encode("gb18030")) == simplified


def test_outer_header_is_heard() -> None:
    assert decode("a", "政府資訊公開".encode("big5"), "Big5") == "政府資訊公開"


@given(st.binary(min_size=40, max_size=200).map(lambda data: data + b"\xff\xff\x80\x81\xff"))
def test_noise_is_refused_or_decoded_strictly(data: bytes) -> None:
    with suppress(DocumentError):
        assert decode("甲.txt", data).count("\ufffd") * 20 <= len(data)


@pytest.mark.parametrize("data", [b"\xff" * 50, b"a\0b" * 50, "报告".encode() + b"\xff\xff\xff\xff"])
def test_what_is_in_no_encoding_is_refused(data: bytes) -> None:
    with pytest.raises(DocumentError, match="编码"):
        decode("a", data)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("number", ["185\xa05670\xa01062", "185-5670-1062", "410725 19900307 1238"])
def test_a_parted_number_among_zeros_is_not_read_by_twos(number: str, encoding: str) -> None:
    for data in (b"\1\2\0" + number.encode(encoding) + b"\0\xff", b"\1\2\0" + number.encode(encoding) + b"\0"):
        with suppress(DocumentError):
            assert "1062" in decode("a", data) or "1238" in decode("a", data)


ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be")
LETTER = "各乡镇、街道：\n今年的政务公开培训改在下周三，请各单位派一人参加。\n"


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("times", [1, 2, 120])
@given(at=st.integers(1, len(LETTER) - 1))
def test_a_stray_zero_is_shown_and_the_rest_is_read_as_what_it_is(encoding: str, times: int, at: int) -> None:
    text = LETTER * times
    torn = f"{text[:at]}\0{text[at:]}"
    assert decode("a", torn.encode(encoding)) == torn.replace("\0", "\ufffd")
    assert decode("a", f"{text}\0".encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("times", [1, 40])
@given(at=st.integers(0, len(LETTER.encode()) - 1), over=st.booleans())
def test_a_zero_within_a_sign_never_makes_other_chinese(encoding: str, times: int, at: int, over: bool) -> None:
    data = (LETTER * times).encode(encoding)
    at = min(at, len(data) - 2)
    with suppress(DocumentError):
        text = decode("a", data[:at] + b"\0" + data[at + over :])
        assert len(set(text) - set(LETTER)) <= 4


@pytest.mark.parametrize("text", ["Name,Date\nabc,1\n", "name\t20\n", "甲"])
def test_a_stray_zero_in_a_short_text_is_shown(text: str) -> None:
    assert decode("a", f"{text}\0{text}".encode()) == f"{text}\ufffd{text}"


OTHERS = [
    ("Big5", "big5hkscs", "政府資訊公開年度報告"),
    ("Big5", "big5hkscs", "姓名張三 電話13800138000"),
    ("Big5", "big5hkscs", "證件"),
    ("Shift-JIS", "cp932", "情報公開請求に関する年次報告書です"),
    ("EUC-JP", "euc_jp", "電話番号のお知らせについて13800138000"),
    ("EUC-KR", "euc_kr", "정보공개 연차보고서 이름 김철수 전화 13800138000"),
]


@pytest.mark.parametrize(("name", "encoding", "text"), OTHERS)
def test_what_looks_like_another_encoding_is_refused_by_its_name(name: str, encoding: str, text: str) -> None:
    with pytest.raises(DocumentError, match=name):
        decode("a", text.encode(encoding))


@pytest.mark.parametrize("name", REPORTS)
def test_real_reports_in_gb18030_come_back_whole_and_line_by_line(name: str) -> None:
    data = shared_file(name).read_bytes()
    if data.startswith(b"%PDF"):
        data = "年报".encode()
    text = data.decode()
    for one in (text, *{line for line in text.splitlines() if len(line) > 1}):
        assert decode("a", one.encode("gb18030")) == one.removeprefix("\ufeff")


@pytest.mark.parametrize(
    "text",
    [
        "政府資訊公開，依申請公開之情形",
        "┌──┬──┐\n│甲  │乙  │\n└──┴──┘",
        "姓名,电话\n龚劼,1\n郗彧,2\n",
        "安排",
        "办法目录",
    ],
)
def test_rare_signs_boxes_and_traditional_chinese_in_gb18030_come_back(text: str) -> None:
    assert decode("a", text.encode("gb18030")) == text
