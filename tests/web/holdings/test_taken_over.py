"""从文件取正文 — what comes into the box, and what is said of the rest (条例 第十二条)."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.documents.redaction import stamps
from gongkai.law.roles import Role
from gongkai.web.holdings.turns import turn
from tests.documents import make, make_ofd
from tests.documents.redaction.word_made import Part, box, docx, p, run, story
from tests.documents.redaction.workbooks import row, text, workbook
from tests.documents.scanning import pages, picture
from tests.web.cast import client_of
from tests.web.holdings.county import Office
from tests.web.holdings.test_pages import FORM

if TYPE_CHECKING:
    from gongkai.web.bodies.models import Staff

TORN = b"\x89PNG\r\n\x1a\n" + bytes(20)
LEFT = "没有取到正文里"


Take = Callable[[str, bytes], str]


@pytest.fixture
def clerk(ground: None) -> Staff:
    """信息员 — who takes the text."""
    del ground
    return Office().people.of(Role.CLERK)


@pytest.fixture
def take(clerk: Staff) -> Take:
    """取正文 — as a clerk does; the page that comes back."""
    client = client_of(clerk)

    def taken(name: str, data: bytes) -> str:
        sent = {**FORM, "do": "import", "document": SimpleUploadedFile(name, data)}
        return str(client.post("/desk/items/new/", sent).content.decode())

    return taken


def filled_in() -> bytes:
    """版式文件 — a page with a line of text and a field that is filled in."""
    with pikepdf.open(io.BytesIO(make.pdf(["各科室请于月底前报送材料"]))) as file:
        box = pikepdf.Array([40, 200, 200, 220])
        field = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, Rect=box, FT=pikepdf.Name.Tx, T="a", V="filled"
        )
        link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=box)
        made = pikepdf.Array([file.make_indirect(field), file.make_indirect(link)])
        file.pages[0].Annots, file.Root.AcroForm = made, pikepdf.Dictionary(Fields=made[:1])
        out = io.BytesIO()
        file.save(out)
    return out.getvalue()


def shown(*lines: str) -> bytes:
    """图片 — of a page with these lines, as a scanner makes it."""
    return picture(pages(make.pdf(list(lines)))[0])


def noted(shows: bytes | None = None) -> bytes:
    """Word 文件 — a text box, a picture, a footnote and a header beside a paragraph."""
    shows = shows or shown("办事流程")
    note = p(run("自二月起施行"))
    return docx(
        p(run("请各单位准备材料。"), "<w:r><w:footnoteReference w:id='2'/></w:r>", box(p(run("框里的话"))))
        + "<w:sectPr><w:headerReference w:type='default' r:id='p2'/></w:sectPr>",
        Part("footnotes.xml", story("footnotes", f"<w:footnote w:id='2'>{note}</w:footnote>"), "footnotes"),
        Part("header1.xml", story("hdr", p(run("内部资料"))), "header"),
        Part("media/image1.png", shows, "image"),  # type: ignore[arg-type]
    )


def test_what_is_left_out_of_a_word_document_is_said(take: Take) -> None:
    page = take("通知.docx", noted())
    assert "请各单位准备材料。" in page
    assert "框里的话" in page
    assert LEFT in page
    for said in ("图片 1 幅", "脚注尾注 1 条", "页眉页脚 1 处"):
        assert said in page
    assert "自二月起施行" not in page


@pytest.mark.parametrize("mark", ["机密★10年", "绝密★长期", "内部资料 注意保存"])
def test_a_mark_in_a_picture_stops_the_taking(take: Take, mark: str) -> None:
    pytest.importorskip("rapidocr")
    data = noted(shown(mark, "云岫县人民政府办公室文件"))
    for _ in range(5):  # a busy machine says that it was, and takes nothing either
        page = take("通知.docx", data)
        assert "请各单位准备材料。" not in page
        if "过一会儿再" not in page:
            break
    assert any(said in page for said in ("没有收下，也没有保存", "的图片里有“", "过一会儿再"))


NOT_YET = "里的图片还没来得及看完，不知道有没有密级标志，正文没有取，填的没有变"


def test_pictures_that_take_too_long_stop_it_and_it_may_be_tried_again(
    take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stamps, "PICTURES_SECONDS", -10)  # what a process is given besides is used up as well
    page = take("通知.docx", noted())
    assert NOT_YET in page
    assert "请过一会儿再取" in page
    assert f"{FORM['body']}</textarea>" in page
    assert "12.5%" in take("表.xlsx", percent())  # no picture, no waiting


def test_one_file_with_pictures_a_person_is_looked_at_at_once(take: Take, clerk: Staff) -> None:
    with turn(clerk.pk) as is_free:
        assert is_free
        assert NOT_YET in take("通知.docx", noted())
        assert "12.5%" in take("表.xlsx", percent())
    with turn(clerk.pk) as is_free:
        assert is_free


def test_so_many_are_looked_at_as_there_are_processors_and_a_fault_gives_its_turn_back() -> None:
    with ExitStack() as held:
        assert all(held.enter_context(turn(-person)) for person in range(1, (os.cpu_count() or 1) + 1))
        assert not held.enter_context(turn(0))
    with pytest.raises(KeyError), turn(0):
        raise KeyError
    with turn(0) as is_free:
        assert is_free


def test_signs_that_deceive_the_eye_are_not_shown_of_the_name(take: Take) -> None:
    page = take("甲\u202e乙\x07.txt", "一段".encode())
    assert "已把“甲乙.txt”的正文接在下面正文的后面" in page
    assert "\u202e" not in page


def test_a_picture_that_cannot_be_looked_at_stops_it_too_and_says_what_to_do(take: Take) -> None:
    page = take("通知.docx", noted(TORN))
    assert "请各单位准备材料。" not in page
    assert "里有图片没有看成，不知道有没有密级标志，没有取" in page
    assert "请去掉图片另存一份再取" in page


def test_formulas_without_a_value_are_said(take: Take) -> None:
    cells = text("A1", "项目") + text("B1", "数") + '<c r="C1"><f>VLOOKUP(A1,X:Y,2)</f></c>'
    page = take("表.xlsx", workbook(row(1, cells)))
    assert "没有算出值的公式 1 格" in page


def test_fields_of_a_pdf_are_said(take: Take) -> None:
    page = take("申请.pdf", filled_in())
    assert "各科室请于月底前报送材料" in page
    assert "表单里填的内容 1 处" in page
    assert "注释" not in page


def test_pictures_of_a_web_page_and_torn_signs_are_said(take: Take) -> None:
    page = take("网页.html", "<html><body><p>正文在这里</p><img src='a.png'></body></html>".encode())
    assert "图片 1 幅" in page
    page = take("通知.txt", "各科室：\n请于周\0三开会。\n".encode())
    assert "请于周\ufffd三开会。" in page
    assert "认不出的字符 1 处" in page


def percent() -> bytes:
    """A sheet with a share in its format, a hidden row, and a hidden sheet."""
    from openpyxl import Workbook

    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["项目", "比例"])
    page.append(["完成", 0.125])
    page["B2"].number_format = "0.0%"
    page.append(["内部的一行", 7])
    page.row_dimensions[3].hidden = True
    other = book.create_sheet("底稿")
    other.append(["底稿里的话"])
    other.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_what_a_reader_of_the_file_does_not_see_is_not_taken(take: Take) -> None:
    page = take("表.xlsx", percent())
    assert "完成" in page
    for hidden in ("内部的一行", "底稿里的话"):
        assert hidden not in page
    assert "看不见的内容（隐藏的工作表、行、列和字）没有取" in page
    assert "12.5%" in page
    unseen = '<w:color w:val="FFFFFF"/>'
    page = take("通知.docx", docx(p(run("看得见的"), run("白字里的话", unseen))))
    assert "看得见的" in page
    assert "白字里的话" not in page
    page = take("网页.html", "<p>看得见的</p><p style='visibility:hidden'>藏着的话</p>".encode())
    assert "藏着的话" not in page
    assert "看不见的内容" in page


def test_words_that_a_page_does_not_show_are_not_taken(take: Take) -> None:
    with pikepdf.open(io.BytesIO(make.pdf(["看得见的一句"]))) as file:
        words = "BT 3 Tr /F1 8 Tf 40 20 Td <{}> Tj ET".format("藏着的一句".encode("utf-16-be").hex())
        file.pages[0].contents_add(file.make_stream(words.encode()))
        out = io.BytesIO()
        file.save(out)
    page = take("通知.pdf", out.getvalue())
    assert "看得见的一句" in page
    assert "藏着的一句" not in page
    assert "看不见的内容" in page


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("甲.docx", docx(p(run("拨付"), run("500", "<w:strike/>"), run("600万元"))), "划去的字 1 处"),
        ("甲.docx", docx(p(run("面积10"), run("3", '<w:vertAlign w:val="superscript"/>'))), "面积10³"),
        ("甲.docx", docx(p(run("同意"), '<w:r><w:sym w:font="Wingdings 2" w:char="F052"/></w:r>')), "同意☑"),
        ("甲.docx", docx(p(run("同意"), '<w:r><w:sym w:font="Wingdings" w:char="F04A"/></w:r>')), "插入的符号 1 个"),
        ("甲.html", "<p>收费<del>500</del>600元</p>".encode(), "划去的字 1 处"),
        ("甲.html", "<p>面积10<sup>3</sup>平方米</p>".encode(), "面积10³平方米"),
        ("甲.html", "<ol start=3><li>应当缴费</li></ol>".encode(), "3. 应当缴费"),
    ],
)
def test_what_comes_over_otherwise_than_it_is_seen_is_said(take: Take, name: str, data: bytes, said: str) -> None:
    assert said in take(name, data)


def test_of_an_archive_the_one_file_is_taken_and_of_another_kind_it_is_said_what_to_do(take: Take) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("表.xlsx", percent())
    page = take("包.zip", out.getvalue())
    assert "12.5%" in page
    assert "看不见的内容" in page
    page = take("文.ofd", make_ofd.ofd(["请报送材料"]))
    assert "有没有看不见的字还看不出来，没有取" in page
    assert f"{FORM['body']}</textarea>" in page


def test_what_the_box_does_not_hold_is_said_at_once_and_changes_nothing(take: Take) -> None:
    page = take("长.txt", ("一行\n" * 10_050).encode())
    assert "“长.txt”的正文接上以后太长，没有取。" in page
    assert "行，最多" in page
    assert f"{FORM['body']}</textarea>" in page
    for kind in ("docx", "xlsx", "pdf", "html", "mht", "csv", "doc", "ods"):
        assert kind in page.partition("document-hint")[2]


def test_a_line_end_within_a_paragraph_ends_a_line_and_one_within_a_cell_parts_words(take: Take) -> None:
    cell = "<table><tr><td>甲&#8232;乙<br>丙<td>一</table>"
    page = take("甲.html", f"<p>第一行<br>第二行&#8232;第三行</p>{cell}".encode())
    assert "第一行\n第二行\n第三行\n| 甲 乙 丙 | 一 |" in page


def test_of_a_plain_document_nothing_is_said_to_be_left_out(take: Take) -> None:
    for name, data in (("甲.txt", "一段".encode()), ("甲.docx", docx(p(run("一段")))), ("甲.html", b"<p>ab</p>")):
        page = take(name, data)
        assert "接在下面正文的后面" in page
        assert LEFT not in page


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("章.svg", '<svg xmlns="http://www.w3.org/2000/svg"><text>公章</text></svg>'),
        ("章.txt", '<?xml version="1.0"?>\n<svg><text>公章</text></svg>'),
        ("样式.css", "p { color: red }"),
        ("数据.json", '{"a": "公章"}'),
        ("数据.xml", "<a>公章</a>"),
    ],
)
def test_source_text_is_not_taken_without_a_word(take: Take, name: str, content: str) -> None:
    page = take(name, content.encode())
    assert f"“{name}”是图形、数据或者程序的源文本" in page
    assert f"{FORM['body']}</textarea>" in page


def marked(kind: str, root: str) -> bytes:
    """盖了标志的文件 — a plain paragraph, and the mark where no text is taken from."""
    words = p(run("通知")) + f"<w:sectPr><w:{kind}Reference w:type='default' r:id='p1'/></w:sectPr>"
    return docx(words, Part(f"{kind}1.xml", story(root, p(run("机密★1年"))), kind))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("通知.docx", marked("header", "hdr")),
        ("通知.docx", marked("footer", "ftr")),
        ("通知.html", "<html><head><title>机密★1年</title></head><p>通知</p></html>".encode()),
        ("机密★1年通知.txt", "通知".encode()),
    ],
)
def test_a_mark_that_is_not_in_the_text_keeps_the_text_out_too(take: Take, name: str, data: bytes) -> None:
    page = take(name, data)
    assert "这里有盖的密级标志，没有收下" in page
    assert f"{FORM['body']}</textarea>" in page
