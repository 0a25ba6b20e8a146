"""哪些文件取得来 — each kind goes the same way, or is refused with what to do (条例 第十二条)."""

from __future__ import annotations

import pytest

from gongkai.documents import libreoffice
from gongkai.documents.document import DocumentError
from tests.documents import make, make_ofd
from tests.documents.make_office import FROM, converted
from tests.documents.redaction.word_made import docx, p, run
from tests.documents.taking.taking_as import as_lines, book, bytes_of
from tests.documents.test_office import as_of_2003

needs_office = pytest.mark.skipif(libreoffice.program() is None, reason="没有 LibreOffice")


@pytest.fixture(scope="module")
def old() -> dict[str, bytes]:
    """旧格式的文件 — each with something hidden."""
    words = [run("面积10"), run("3", '<w:vertAlign w:val="superscript"/>'), run("旧", "<w:strike/>")]
    text = docx(p(*words, run("藏着", "<w:vanish/>")) + p(run("第二段")))
    made = book([("项目", "General"), (0.125, "0.0%")], [("藏着", "General"), (1, "0")])
    made.active.row_dimensions[2].hidden = True  # type: ignore[union-attr]
    given = {"docx": text, "xlsx": bytes_of(made)}
    return dict(zip(FROM, converted([(given[of], kind) for kind, of in FROM.items()]), strict=True))


@needs_office
@pytest.mark.parametrize("kind", FROM)
def test_older_formats_are_taken_as_they_are_seen(kind: str, old: dict[str, bytes]) -> None:
    lines, said = as_lines(f"甲.{kind}", old[kind])
    assert lines == (["项目|12.5%"] if FROM[kind] == "xlsx" else ["面积10³", "第二段"])
    assert set(said) == ({"hidden"} if FROM[kind] == "xlsx" else {"hidden", "struck"})


@needs_office
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_formats_of_chinese_programs_are_shown_alike_in_older_files(kind: str) -> None:
    rows = [(1234567, '0!.0,"万"'), (1234567, '[>=10000]0!.0,"万";0'), (1234567, '0!.0000"亿"'), (1203, "[DBNum1]0")]
    given = bytes_of(book(*[[(value, code), ("户", "General")] for value, code in rows]))
    (old,) = converted([(given, kind)])
    lines, _ = as_lines(f"甲.{kind}", old)
    assert lines == as_lines("甲.xlsx", given)[0] == ["123.5万|户", "123.5万|户", "123.4567亿|户", "一二〇三|户"]


@pytest.mark.parametrize(("name", "data"), [("甲.ofd", make_ofd.ofd(["请报送材料"])), ("甲.xml", as_of_2003())])
def test_of_which_nobody_can_tell_what_it_hides_is_refused(name: str, data: bytes) -> None:
    with pytest.raises(DocumentError, match=r"没有取.*另存为 docx"):
        as_lines(name, data)


def test_archived_pages_and_marked_texts_are_taken() -> None:
    assert as_lines("甲.mht", make.mht(["请报送材料", [["甲", "乙"], ["1", "2"]]]))[0] == ["请报送材料", "甲|乙", "1|2"]
    letter = "From: a@b\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n正文在这里\n"
    assert as_lines("甲.eml", letter.encode())[0] == ["正文在这里"]
    text = "# 标题\n\n看![图](a.png)这~~删~~里 10<sup>3</sup>\n<!-- 藏 -->\n- [x] 同意\n\n|甲|乙|\n|---|---|\n|1|2|\n"
    lines, said = as_lines("甲.md", text.encode())
    assert lines == ["标题", "看这里 10³", "- ☑ 同意", "甲|乙", "1|2"]
    assert said == {"picture": 1, "struck": 1, "hidden": 1}


def test_whatever_ends_a_line_ends_one_and_unknown_signs_are_shown_or_refused() -> None:
    assert as_lines("甲.txt", "一\x85二\u2028三\x0b四\x0c五".encode())[0] == list("一二三四五")
    lines, said = as_lines("甲.txt", "通知\ue123内容\ue5e5完，锟斤拷".encode())
    assert lines == ["通知\ufffd内容\u3000完，\ufffd"]
    assert said == {"torn": 2}
    with pytest.raises(DocumentError, match="认不出文字编码"):
        as_lines("甲.txt", "通\ue123知\ue124内\ue125容\ue126".encode())


def test_words_that_a_sign_turns_come_in_the_order_in_which_they_are_seen() -> None:
    assert as_lines("甲.txt", "共\u202e654\u202c件".encode()) == (["共456件"], {"turned": 1})


def test_a_text_in_the_tags_of_a_page_is_said_to_be_read_as_one() -> None:
    page = "<p>甲</p><style>乙</style>".encode()
    assert as_lines("甲.txt", page) == (["甲"], {"page": 1})
    assert as_lines("甲.html", page) == (["甲"], {})


def test_lines_in_another_encoding_are_said() -> None:
    text = "本村已修好道路了\n"
    other = "请各单位报送材料\n" * 3
    assert as_lines("甲.txt", text.encode() + other.encode("gbk"))[1]["mixed"] == 1
    assert as_lines("甲.txt", (text + other).encode("gbk"))[1] == {}
    assert as_lines("甲.txt", (text + other).encode())[1] == {}
