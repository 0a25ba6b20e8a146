"""Word 文档 — a number that a docx holds in any way is found, and is nowhere in a copy (条例 第十五条、第十七条)."""

from __future__ import annotations

import io
import random
import re
import zipfile

import pytest

from gongkai.documents import redaction
from gongkai.documents.document import DocumentError
from gongkai.documents.redaction import Inspection, Layer, public_copy
from tests.conftest import shared_file
from tests.documents.redaction.word_made import SEEN, Part, docx, p, row, run, table
from tests.documents.redaction.word_shown import DIAGRAM, DROPPED, SHOWN
from tests.documents.redaction.word_ways import HIDDEN
from tests.text import persons

SHARED = "110101199003078515"
HIDES_ALL = {"default style", "defaults of the file"}
SHARED_FILES = ("altchunk", "cells", "digitcells", "emf", "straypart", "sym", "xmlcomment")


def looked(data: bytes) -> Inspection:
    return redaction.inspect("名单.docx", data, pictures=False)


def masked(data: bytes) -> bytes:
    return redaction.masked("名单.docx", data, pictures=False)


def everything(copy: bytes) -> bytes:
    """全部字节 — names and parts, inflated by nothing of ours."""
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        parts = [part for name in archive.namelist() for part in (name.encode(), archive.read(name))]
        return b"\n".join([*parts, archive.comment])


def holds(copy: bytes, number: str) -> bool:
    found = everything(copy)
    return any(number.encode(code) in found for code in ("utf-8", "utf-16-le", "utf-16-be"))


def number_for(way: str) -> str:
    return persons.identity(random.Random(way))


@pytest.mark.parametrize("name", ["Template", "Characters", "Application", "AppVersion", "Manager", "Pages"])
def test_no_property_is_taken_to_be_what_its_name_says(name: str) -> None:
    number = number_for(name)
    main = b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    with_property = main + f"<{name}>{number}</{name}></Properties>".encode()
    data = io.BytesIO(docx(p(run("通知"))))
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("docProps/app.xml", with_property)
    assert looked(data.getvalue()).is_blocked
    assert not holds(masked(data.getvalue()), number)


@pytest.mark.parametrize("between", ["", p(run(" "))])
def test_tables_that_stand_one_under_the_other_are_read_as_one(between: str) -> None:
    number = number_for(between)
    tables = [table(row(*(p(run(sign)) for sign in number[at : at + 6]))) for at in (0, 6, 12)]
    data = docx(between.join(tables) + p(run("完")))
    assert looked(data).is_blocked
    assert not holds(masked(data), number)
    assert not looked(docx(p(run("又一个表")).join(tables))).is_blocked


@pytest.mark.parametrize("way", HIDDEN)
def test_what_no_page_shows_is_found_told_and_in_no_copy(way: str) -> None:
    number = number_for(way)
    data = HIDDEN[way](number)
    seen = looked(data)
    assert seen.is_blocked or seen.unread
    assert seen.hidden or seen.unread or all(found.place.layer is not Layer.BODY for found in seen.hits)
    assert number not in str(seen.to_json())
    for copy in (public_copy("名单.docx", data), masked(data)):
        assert not holds(copy, number)
        if way not in HIDES_ALL:
            assert re.search("看得|在", everything(copy).decode("utf-8", "ignore"))
        assert looked(copy).hidden == ()


@pytest.mark.parametrize("way", SHOWN)
def test_what_a_page_shows_is_found_and_masked_and_kept_unless_masked(way: str) -> None:
    number = number_for(way)
    data = SHOWN[way](number)
    assert looked(data).is_blocked or looked(data).unread
    assert not holds(masked(data), number)
    assert not holds(masked(data), number[::-1])
    copy = public_copy("名单.docx", data)
    assert looked(copy).is_blocked == (way not in DROPPED)
    assert looked(copy).hidden == ()


@pytest.mark.parametrize("name", [*(f"d-{name}" for name in SHARED_FILES), "guard-hidden-by-style", "guard-hidden-row"])
def test_the_shared_files_are_told_and_leave_nothing(name: str) -> None:
    data = shared_file(f"cases/guard/{name}.docx").read_bytes()
    seen = looked(data)
    assert seen.is_blocked or seen.unread or seen.hidden
    assert not holds(masked(data), SHARED)


def test_what_is_hidden_in_the_shared_files_is_gone() -> None:
    for name in ("by-style", "row"):
        data = shared_file(f"cases/guard/guard-hidden-{name}.docx").read_bytes()
        before, after = looked(data), looked(public_copy("名单.docx", data))
        assert before.hidden
        assert after.hidden == ()


def test_the_same_file_gives_the_same_copy_and_a_copy_is_its_own() -> None:
    for way, made in {**HIDDEN, **SHOWN}.items():
        data = made(number_for(way))
        copy = masked(data)
        assert copy == masked(data), way
        assert masked(copy) == masked(masked(copy)), way


def test_a_copy_holds_no_part_that_is_not_its_own() -> None:
    parts = {name for made in (*HIDDEN.values(), *SHOWN.values()) for name in _names(masked(made(number_for("甲"))))}
    own = re.compile(
        r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(core|app)\.xml|word/_rels/\w+\.xml\.rels"
        r"|word/(document|styles|settings|numbering|footnotes|endnotes|(header|footer)\d+)\.xml|word/media/image\d+\.\w+"
    )
    assert [name for name in parts if not own.fullmatch(name)] == []


def _names(copy: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        return archive.namelist()


def test_two_parts_of_one_name_are_refused() -> None:
    data = io.BytesIO(docx(SEEN))
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("word/Document.xml", "<a/>")
    assert looked(data.getvalue()).unread
    with pytest.raises(DocumentError):
        public_copy("名单.docx", data.getvalue())


def test_the_main_part_is_the_one_that_the_package_names() -> None:
    number = number_for("甲")
    with zipfile.ZipFile(io.BytesIO(docx(p(run(number))))) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts["word/real.xml"] = parts.pop("word/document.xml")
    parts["word/document.xml"] = docx_part(SEEN)
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"word/document.xml", b"word/real.xml")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    assert {found.place.layer for found in looked(out.getvalue()).hits} == {Layer.BODY}
    assert looked(public_copy("名单.docx", out.getvalue())).is_blocked


def docx_part(body: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(docx(body))) as archive:
        return archive.read("word/document.xml")


def test_masks_of_several_texts_over_one_run_add_up() -> None:
    first, second = persons.identity(random.Random(1)), persons.identity(random.Random(2))
    data = docx(p(run(f"{first}，{second[:9]}"), run("隐", "<w:vanish/>"), run(second[9:])))
    assert not holds(masked(data), first)
    assert not holds(masked(data), second)


def test_a_column_that_is_left_out_is_in_no_copy() -> None:
    rows = [row(p(run("姓名")), p(run("号码"))), row(p(run("张某")), p(run("私密九九")))]
    data = docx(table(*rows) + table(row(p(run("留下")))))
    copy = redaction.masked("名单.docx", data, redaction.Decisions(drop={("1", 2)}), pictures=False)
    text = everything(copy).decode("utf-8", "ignore")
    assert "私密九九" not in text
    assert "留下" in text
    assert "张某" in text


def test_a_link_is_kept_only_where_its_address_is_clean() -> None:
    number = number_for("甲")
    for address, kept in (
        ("https://www.gov.cn/zwgk/2026/a.html", True),
        (f"https://www.gov.cn/{number}.html", False),
        (f"https://www.gov.cn/{number[:6]}%31{number[7:]}.html", False),
        ("tel:13800138000", False),
        ("file:///c:/名单.xlsx", False),
        ("https://user:x@www.gov.cn/", False),
    ):
        link = f"<w:hyperlink r:id='x'>{run('链接')}</w:hyperlink>"
        space = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
        relation = f"<Relationship Id='x' Type='{space}' Target='{address}' TargetMode='External'/>"
        found = everything(public_copy("名单.docx", docx(p(link), links=relation))).decode("utf-8", "ignore")
        assert (address in found) is kept, address
        assert "链接" in found


def test_the_line_below_a_red_head_is_kept() -> None:
    line = (
        "<w:r><w:pict><v:line from='0,0' to='440pt,0' strokecolor='#ff0000' strokeweight='2pt'/></w:pict></w:r>",
        DIAGRAM.format(
            inner="<wps:wsp><wps:spPr><a:xfrm><a:ext cx='5600000' cy='0'/></a:xfrm><a:prstGeom prst='line'/>"
            "<a:ln w='25400'><a:solidFill><a:srgbClr val='FF0000'/></a:solidFill></a:ln></wps:spPr></wps:wsp>"
        ),
    )
    for drawn in line:
        copy = everything(public_copy("通知.docx", docx(p(run("文件")) + p(drawn)))).decode("utf-8", "ignore")
        assert re.search('<w:pBdr><w:bottom w:val="single" w:sz="16" w:space="1" w:color="[Ff]{2}0000"/>', copy)


def test_a_picture_is_cut_to_what_is_shown() -> None:
    from PIL import Image

    picture = Image.new("RGB", (100, 40), "white")
    picture.paste("red", (50, 0, 100, 40))
    out = io.BytesIO()
    picture.save(out, "PNG")
    drawing = (
        "<w:r><w:drawing><wp:inline><wp:extent cx='900000' cy='720000'/><wp:docPr id='1' name='张三' descr='公章'/>"
        "<a:graphic><a:graphicData uri='u'>"
        "<pic:pic xmlns:pic='http://schemas.openxmlformats.org/drawingml/2006/picture'>"
        "<pic:blipFill><a:blip r:embed='p1'/><a:srcRect r='50000'/></pic:blipFill></pic:pic>"
        "</a:graphicData></a:graphic>"
        "</wp:inline></w:drawing></w:r>"
    )
    copy = public_copy("名单.docx", docx(SEEN + p(drawing), Part("media/a.png", out.getvalue(), "image")))
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        shown = Image.open(io.BytesIO(archive.read("word/media/image1.png"))).convert("RGB")
        document = archive.read("word/document.xml").decode()
    assert shown.size == (50, 40)
    assert shown.getcolors() == [(2_000, (255, 255, 255))]
    assert "公章" in document
    assert "张三" not in document
