"""公开前检查 — a hit that blocks is never lost among others, markup is read both ways, what was not read is said
(条例 第十五条、第十七条)."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.documents.redaction import inspect
from gongkai.documents.redaction.capping import MOST_OF_A_KIND
from gongkai.documents.redaction.looking import HIDDEN, Looked, look
from gongkai.text.hit import Severity
from tests.documents import make, zoo

IDENTITY = "110101199003078515"
SLIPS = "甲，，乙。\n" * 501
ADDRESSES = "".join(f"张某{at},云岫县青石镇桃花村{at % 9 + 1}组{at % 40 + 1}号\n" for at in range(501))


def blocks(looked: Looked) -> list[tuple[str, str]]:
    """哪里阻断 — the field and the bare words of every hit that blocks."""
    return [(noticed.field, noticed.hit.text) for noticed in looked.hits if noticed.hit.severity is Severity.BLOCK]


def test_five_hundred_slips_before_it_do_not_push_a_number_out() -> None:
    looked = look({"title": "公告", "body": f"{SLIPS}身份证号{IDENTITY}"})
    assert blocks(looked) == [("body", IDENTITY)]
    assert [(more.kind, more.left) for more in looked.more] == [("mark", 501 - MOST_OF_A_KIND)]
    assert looked.is_blocked
    assert looked.worst_first[0].hit.text == IDENTITY


@pytest.mark.parametrize("before", [0, 501])
def test_warnings_of_one_file_do_not_hide_the_number_in_another(before: int) -> None:
    rows = "".join(f"张某{at},云岫县青石镇桃花村{at % 9 + 1}组{at % 40 + 1}号\n" for at in range(before))
    files = {
        "住址.csv": inspect("住址.csv", f"姓名,说明\n{rows}".encode()),
        "名单.csv": inspect("名单.csv", f"序号,说明\n1,{IDENTITY}\n".encode()),
    }
    looked = look({}, files=files)
    assert blocks(looked) == [("名单.csv", IDENTITY)]
    assert sum(more.left for more in looked.more) == max(0, before - MOST_OF_A_KIND)


def test_one_file_keeps_every_number_and_counts_the_rest() -> None:
    numbers = f"{IDENTITY}\n" * 700
    seen = inspect("全.txt", f"{ADDRESSES}{numbers}".encode())
    assert sum(found.hit.severity is Severity.BLOCK for found in seen.hits) == 700
    assert len(seen.hits) == 700 + MOST_OF_A_KIND
    assert [more.left for more in seen.more] == [501 - MOST_OF_A_KIND]
    assert str(seen.more[0].sentence) == "同一种的还有 301 处，没有逐一列出"
    assert seen.to_json()["more"][0]["count"] == 301


def test_members_of_an_archive_are_capped_together() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("甲.txt", ADDRESSES)
        archive.writestr("乙.txt", f"{ADDRESSES}{IDENTITY}")
    seen = inspect("全部.zip", out.getvalue())
    assert [found.hit.text for found in seen.hits if found.hit.severity is Severity.BLOCK] == [IDENTITY]
    assert len(seen.hits) + sum(more.left for more in seen.more) == 2 * 501 + 1


@settings(max_examples=50)
@given(st.integers(0, 900), st.integers(0, 900), st.integers(1, 30))
def test_no_number_of_notes_hides_a_block(before: int, after: int, numbers: int) -> None:
    text = "甲，，乙。\n" * before + f"{IDENTITY}\n" * numbers + "丁，，戊。\n" * after
    looked = look({"body": text})
    assert len(blocks(looked)) == numbers
    told = sum(noticed.hit.kind == "mark" for noticed in looked.hits) + sum(more.left for more in looked.more)
    assert told == before + after


@pytest.mark.parametrize(
    "markup",
    [
        "<p>[<a href='tel:13800138000'>联系人</a>]</p>",
        f"<p><a href='mailto:{IDENTITY}@example.com'>来信</a></p>",
        f"<p><a href='mailto:a@example.com?subject={IDENTITY}'>来信</a></p>",
        "<table><tr>"
        + "".join(f"<td>{part}</td>" for part in (IDENTITY[:6], IDENTITY[6:14], IDENTITY[14:]))
        + "</table>",
        f"<p><a href='https://www.gov.cn/{IDENTITY}'>名单</a></p>",
        f"<p><img src='/a.png' alt='证件 {IDENTITY}'></p>",
        f"<p title='{IDENTITY}'>甲</p>",
        f"<!-- {IDENTITY} --><p>甲</p>",
        f"<p>{IDENTITY[:6]}<b>{IDENTITY[6:14]}</b>{IDENTITY[14:]}</p>",
        f"<p>{IDENTITY[:6]}</p><p>{IDENTITY[6:]}</p>",
        "<table><tr><th>姓名</th><th>残疾类别</th></tr><tr><td>张某</td><td>肢体</td></tr></table>",
        f"<p style='display:none'>{IDENTITY}</p>",
    ],
)
def test_markup_is_read_as_it_is_shown_and_as_it_is_written(markup: str) -> None:
    assert look({}, {"body": markup}).is_blocked


def test_a_number_of_the_words_is_not_told_again_by_their_markup() -> None:
    looked = look({"body": f"身份证号{IDENTITY}"}, {"body": f"<p>身份证号<b>{IDENTITY}</b></p>"})
    assert blocks(looked) == [("body", IDENTITY)]


def test_a_number_over_two_paragraphs_is_told_once() -> None:
    body = "<p>身份证110101199</p><p>003078515</p>"
    assert [noticed.hit.text for noticed in look({}, {"body": body}).hits] == ["110101199", "003078515"]
    assert len(look({"body": "身份证110101199\n003078515"}, {"body": body}).hits) == 1


def test_a_warning_takes_the_place_of_no_block() -> None:
    words = "咨询电话：13800138000"
    assert not look({"body": words}).is_blocked
    assert look({"body": words}, {"body": f"<p>{words}</p><p>张某手机13800138000</p>"}).is_blocked
    assert inspect("a.json", b'{"a": [1, 3, 8, 0, 0, 1, 3, 8, 0, 0, 0]}').is_blocked


def test_hidden_things_are_hits_that_warn_and_show_no_number() -> None:
    page = f"<html><head><meta name='author' content='王某{IDENTITY}'></head><body><p>甲</p></body></html>".encode()
    looked = look({}, files={"通知.html": inspect("通知.html", page)})
    hidden = [noticed.hit for noticed in looked.hits if noticed.hit.kind == HIDDEN]
    assert [hit.severity for hit in hidden] == [Severity.WARN]
    assert not [hit for hit in hidden if IDENTITY in hit.message]


def test_what_was_not_read_blocks() -> None:
    seen = inspect("坏.docx", b"PK\x03\x04 not a zip")
    looked = look({}, files={"坏.docx": seen})
    assert seen.is_blocked
    assert looked.is_blocked
    assert looked.unread[0].field == "坏.docx"


def test_marks_of_secrecy_are_looked_for_everywhere() -> None:
    for looked in (
        look({"title": "机密★1年"}),
        look({}, {"body": "<p>机密★1年</p>"}),
        look({}, files={"a.txt": inspect("a.txt", "机密★1年\n通知".encode())}),
        look({}, files={"a.csv": inspect("a.csv", "序号,文件\n1,机密★1年\n".encode())}),
        look({}, files={"a.csv": inspect("a.csv", "序号,文件\n1,机密\n2,★1年\n".encode())}),
        look({}, files={"a.html": inspect("a.html", "<p>通知</p><table><tr><td>机密★1年</td></tr></table>".encode())}),
    ):
        assert [noticed.hit.kind for noticed in looked.hits if noticed.hit.severity is Severity.BLOCK] == ["secrecy"]


def test_what_is_allowed_is_found_nowhere() -> None:
    looked = look({"body": "电话13800138000"}, {"body": "<a href='tel:13800138000'>电话</a>"}, allowed=["13800138000"])
    assert looked.hits == ()


@pytest.mark.parametrize("name", ["名单.docx", "名单.xlsx", "名单.pdf", "图.png", "全部.zip", "说明.txt"])
@pytest.mark.parametrize("data", [b"", b"\0" * 100])
def test_a_file_of_nothing_is_not_said_to_be_clean(name: str, data: bytes) -> None:
    seen = inspect(name, data)
    assert seen.is_blocked
    assert "空的" in " ".join(map(str, seen.unread))


def test_what_is_kept_of_a_file_holds_no_sign_that_a_database_refuses() -> None:
    """The mask of a number that stands in raw bytes holds what stood between its digits."""
    wide = "".join(f"{digit}\x00" for digit in IDENTITY)
    drawn = b"\x02" * 40 + b" EMF" + wide.encode() + b"\xff\xfe"
    part = zoo.zipped({"word/media/image8.emf": drawn}, make.word(["公示"]))
    for name, data in (("a\x00\ud800.txt", IDENTITY.encode()), ("甲.docx", part)):
        seen = inspect(name, data)
        assert seen.is_blocked, name
        told = json.dumps(seen.to_json(), ensure_ascii=False)
        assert b"\\u0000" not in told.encode()


@pytest.mark.parametrize("text", ["号码 {} 完", "号码 {}完整", "number {} end", "一二 {}\n三四\n"])
def test_zeros_in_a_part_of_a_text_do_not_shift_its_digits(text: str) -> None:
    """Half of its bytes are zeros, as in a text of two bytes a sign; the rest has one or three."""
    assert inspect("甲.txt", text.format("\x00".join(IDENTITY) + "\x00").encode()).is_blocked
