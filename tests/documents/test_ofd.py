"""OFD — text with its places, tables from ruling lines, templates, turns and scales, as GB/T 33190 writes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.documents.document import Block, Document, DocumentError, Grid, Paragraph
from gongkai.documents.opening import open_documents
from tests.documents import make, make_ofd, zoo
from tests.documents.make_ofd import package, path, text

TABLE: list[list[make.Cell]] = [
    [("第二十条第（一）项", 4, 1)],
    ["信息内容", "制发", "废止", "有效"],
    [("规章", 1, 2), "1", "0", "23"],
    ["2", "", "4"],
]
PRINTED = [
    [("第二十条第（一）项", 1, 4, 1)],
    [("信息内容", 1, 1, 1), ("制发", 2, 1, 1), ("废止", 3, 1, 1), ("有效", 4, 1, 1)],
    [("规章", 1, 1, 2), ("1", 2, 1, 1), ("0", 3, 1, 1), ("23", 4, 1, 1)],
    [("2", 2, 1, 1), ("", 3, 1, 1), ("4", 4, 1, 1)],
]


def opened(data: bytes) -> Document:
    (item,) = open_documents("年报.ofd", data, apart=False)
    assert isinstance(item, Document), item
    assert item.format == "ofd"
    return item


def blocks(data: bytes, view: str) -> list[Block]:
    return next(list(v.blocks) for v in opened(data).views() if v.name == view)


def lines(data: bytes) -> list[str]:
    return [block.text for block in blocks(data, "lines") if isinstance(block, Paragraph)]


def cells(block: Block) -> list[list[tuple[str, int, int, int]]]:
    assert isinstance(block, Grid)
    return [[tuple(cell) for cell in row.cells] for row in block.rows]


def refused(data: bytes) -> str:
    (item,) = open_documents("年报.ofd", data, apart=False)
    assert isinstance(item, DocumentError)
    return str(item)


def test_ruled_table_keeps_its_columns_and_merged_cells() -> None:
    title, grid, after = blocks(make_ofd.ofd(["2024年年报", TABLE, "完"]), "ruled")
    assert isinstance(title, Paragraph)
    assert isinstance(after, Paragraph)
    assert (title.text, title.page, after.text) == ("2024年年报", 1, "完")
    assert cells(grid) == PRINTED
    assert isinstance(grid, Grid)
    assert grid.exact


def test_three_views_as_of_a_pdf() -> None:
    ofd, pdf = (next(iter(open_documents(f"a.{fmt}", make.render(zoo.BLOCKS, fmt)))) for fmt in ("ofd", "pdf"))
    assert isinstance(ofd, Document)
    assert isinstance(pdf, Document)
    assert [view.name for view in ofd.views()] == [view.name for view in pdf.views()]
    assert [cells(b) for b in list(ofd.views())[2].blocks if isinstance(b, Grid)] == [
        cells(b) for b in list(pdf.views())[2].blocks if isinstance(b, Grid)
    ]


def test_a_table_goes_on_over_pages() -> None:
    table: list[list[make.Cell]] = [[f"事项{n}", str(n), "0"] for n in range(120)]
    (grid,) = [block for block in blocks(make_ofd.ofd([table]), "ruled") if isinstance(block, Grid)]
    assert [row.texts for row in grid.rows] == [tuple(row) for row in table]
    assert {row.page for row in grid.rows} == {1, 2, 3}


def test_words_in_columns_without_any_line() -> None:
    table: list[list[make.Cell]] = [["规章", "1", "0"], ["规范性文件", "2", "3"]]
    (grid,) = blocks(make_ofd.ofd([table], rule=False), "words")
    assert isinstance(grid, Grid)
    assert [row.texts for row in grid.rows] == [("规章", "1", "0"), ("规范性文件", "2", "3")]
    assert not grid.exact


def test_a_template_lies_under_every_page() -> None:
    data = package([text(20, 60, 4, "甲"), text(20, 60, 4, "乙")], template=text(20, 30, 4, "页眉"))
    assert lines(data) == ["页眉", "甲", "页眉", "乙"]


def test_places_follow_boundary_scale_and_matrix() -> None:
    scaled = text(10, 100, 4, "二", ' CTM="2 0 0 2 0 0"')
    moved = text(10, 40, 4, "三", ' CTM="1 0 0 1 0 90"')
    assert lines(package([scaled + text(10, 60, 4, "一") + moved])) == ["一", "二", "三"]


def test_upright_text_steps_down() -> None:
    column = (
        '<ofd:TextObject ID="5" Boundary="10 10 10 50" Font="3" Size="4">'
        '<ofd:TextCode X="0" Y="4" DeltaY="g 2 6">竖排字</ofd:TextCode></ofd:TextObject>'
    )
    assert lines(package([column])) == ["竖", "排", "字"]


def test_steps_that_are_not_given_are_those_of_the_characters() -> None:
    run = '<ofd:TextObject ID="5" Boundary="10 10 90 5" Font="3" Size="4">{}</ofd:TextObject>'
    one = run.format('<ofd:TextCode X="0" Y="4">共 23 件</ofd:TextCode>')
    two = run.format('<ofd:TextCode X="0" Y="4">共</ofd:TextCode><ofd:TextCode X="4">23件</ofd:TextCode>')
    assert lines(package([one])) == ["共 23 件"]
    assert lines(package([two])) == ["共23件"]


def test_groups_are_opened_and_hidden_objects_left_out() -> None:
    group = f'<ofd:PageBlock ID="7"><ofd:PageBlock ID="8">{text(10, 20, 4, "内")}</ofd:PageBlock></ofd:PageBlock>'
    assert lines(package([group + text(10, 40, 4, "隐", ' Visible="false"')])) == ["内"]


def test_lines_drawn_as_thin_boxes_and_as_strokes_make_one_table() -> None:
    level = "".join(
        path("M 0 0 L 80 0 L 80 0.2 L 0 0.2 C", f"20 {y} 80 0.2", ' Fill="true" Stroke="false"') for y in (20, 30, 40)
    )
    upright = path("S 20 20 L 20 40 M 60 20 L 60 40 M 100 20 L 100 40")
    words = text(22, 26, 4, "甲") + text(62, 26, 4, "1") + text(22, 36, 4, "乙") + text(62, 36, 4, "2")
    (grid,) = blocks(package([level + upright + words]), "ruled")
    assert isinstance(grid, Grid)
    assert [row.texts for row in grid.rows] == [("甲", "1"), ("乙", "2")]


def test_file_in_a_folder_and_absolute_places() -> None:
    data = make_ofd.ofd(["年报"])
    inside = {f"外层/{name}": part for name, part in zoo.unzipped(data).items()}
    absolute = {
        name: part.replace(b'BaseLoc="Pages', b'BaseLoc="/Doc_0/Pages').replace(b">Doc_0/", b">/Doc_0/")
        for name, part in zoo.unzipped(data).items()
    }
    assert lines(zoo.zipped(inside)) == lines(zoo.zipped(absolute)) == ["年报"]


def test_scan_and_encrypted_file_are_said_to_be_so() -> None:
    picture = '<ofd:ImageObject ID="9" ResourceID="10" Boundary="0 0 210 297"/>'
    assert "扫描件" in refused(package([picture]))
    assert "密码" in refused(zoo.zipped({"Encryptions.xml": b"<e/>"}, make_ofd.ofd(["年报"])))


HOSTILE = {
    "entities": lambda: zoo.zipped({"Doc_0/Document.xml": zoo.XXE.encode() + b"<w/>"}, make_ofd.ofd(["年报"])),
    "pages that are missing": lambda: make_ofd.ofd(["年报"]).replace(b"Page_0", b"Page_1"),
    "a way out": lambda: zoo.zipped(
        {"OFD.xml": b"<OFD><DocBody><DocRoot>../../../etc/passwd</DocRoot></DocBody></OFD>"}, make_ofd.ofd(["年报"])
    ),
    "no document": lambda: zoo.zipped({"OFD.xml": b"<OFD/>"}),
    "too many pages": lambda: package(["<x/>"] * 201),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_file_is_refused(kind: str) -> None:
    assert refused(HOSTILE[kind]()).startswith("年报.ofd：")


@pytest.mark.parametrize(
    "drawn",
    [
        text(10, 20, 4, "字").replace('DeltaX=""', 'DeltaX="g 999999999999 1 g g 1 x inf"'),
        text(10, 20, 4, "字") + text(10, 30, 4, "大").replace('Size="4.000"', 'Size="1e308"'),
        text(10, 20, 4, "字") + text(10, 30, 4, "字", ' CTM="1e308 1e308 1e308 1e308 1e308 1e308"'),
        text(10, 20, 4, "字") + text(10, 30, 4, "字", ' CTM="nan 0 0 1 0 0"'),
        text(10, 20, 4, "字") + path("L 1 2 Q 1 B A 1 1 1 1 1 C M x y L 1e999 0 Z 5"),
        text(10, 20, 4, "字") + path("M 0 0 " + "L 200 0 L 0 0 " * 30_000),
        text(10, 20, 4, "字") + "<ofd:PageBlock>" * 200 + text(1, 1, 4, "深") + "</ofd:PageBlock>" * 200,
    ],
)
def test_odd_numbers_do_no_harm(drawn: str) -> None:
    assert list(opened(package([drawn])).views())


@given(
    st.lists(
        st.lists(st.text("一二年报0189 ，", min_size=1, max_size=6), min_size=2, max_size=4), min_size=1, max_size=6
    )
)
def test_every_ruled_table_comes_back(rows: list[list[str]]) -> None:
    table: list[list[make.Cell]] = [[text.strip() or "0" for text in [*row, "0", "0"][:3]] for row in rows]
    (grid,) = blocks(make_ofd.ofd([table]), "ruled")
    assert isinstance(grid, Grid)
    squeezed = [tuple(text.replace(" ", "") for text in row.texts) for row in grid.rows]
    assert squeezed == [tuple(str(text).replace(" ", "") for text in row) for row in table]
