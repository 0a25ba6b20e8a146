"""PDF 里的字体和底纹 — signs that are not their text, text in patterns, cut pages (条例 第十五条)."""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream

from tests.plants.pdf_entries import Entry
from tests.plants.planting import Sight

_CMAP = (
    "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange"
    " {count} beginbfchar {pairs} endbfchar endcmap end"
)


def _font(file: Pdf, page: Page, name: str, pairs: list[tuple[int, str]]) -> None:
    text = " ".join(f"<{code:02x}> <{shown.encode('utf-16-be').hex()}>" for code, shown in pairs)
    table = Stream(file, _CMAP.format(count=len(pairs), pairs=text).encode())
    page.obj.Resources.Font[name] = file.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, ToUnicode=file.make_indirect(table))
    )


def _draw(file: Pdf, page: Page, words: str) -> None:
    page.contents_add(Stream(file, words.encode("latin-1")))


def _letters_for_digits(file: Pdf, page: Page, number: str) -> None:
    """The page shows the number, its text is letters."""
    _font(file, page, "/Lying", [(ord("0") + value, "abcdefghij"[value]) for value in range(10)])
    _draw(file, page, f"q BT /Lying 14 Tf 60 640 Td ({number}) Tj ET Q")


def _number_for_a_sign(file: Pdf, page: Page, number: str) -> None:
    """The page shows one letter, its text is the number."""
    _font(file, page, "/Single", [(0x7A, number)])
    _draw(file, page, "q BT /Single 14 Tf 60 620 Td (z) Tj ET Q")


def _drawn_signs(file: Pdf, page: Page, number: str) -> None:
    """A Type 3 font without a table: its glyphs draw the digits."""
    signs = "0123456789X"
    glyphs = {
        f"/g{at}": file.make_indirect(Stream(file, f"600 0 d0 BT /Plant 1000 Tf ({sign}) Tj ET".encode()))
        for at, sign in enumerate(signs)
    }
    page.obj.Resources.Font["/Drawn"] = file.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 1000, 1000]), Resources=page.obj.Resources,
            FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]), CharProcs=Dictionary(glyphs), FirstChar=97, LastChar=107,
            Widths=Array([600] * 11),
            Encoding=Dictionary(Differences=Array([97, *(Name(f"/g{at}") for at in range(11))])),
        )
    )  # fmt: skip
    text = "".join(chr(97 + signs.index(sign)) for sign in number)
    _draw(file, page, f"q BT /Drawn 14 Tf 60 600 Td ({text}) Tj ET Q")


def _in_a_pattern(file: Pdf, page: Page, number: str) -> None:
    tile = Stream(file, f"BT /Plant 9 Tf 2 5 Td ({number}) Tj ET".encode())
    entries: dict[str, Object | int] = {
        "/Type": Name.Pattern, "/PatternType": 1, "/PaintType": 1, "/TilingType": 1, "/BBox": Array([0, 0, 200, 20]),
        "/XStep": 200, "/YStep": 20, "/Resources": page.obj.Resources,
    }  # fmt: skip
    for key, value in entries.items():
        tile[key] = value
    page.obj.Resources.Pattern = Dictionary(Tile=file.make_indirect(tile))
    _draw(file, page, "q /Pattern cs /Tile scn 60 500 400 60 re f Q")


def _cut_off(file: Pdf, page: Page, number: str) -> None:
    page.obj.CropBox = Array([0, 60, 595, 842])
    _draw(file, page, f"q BT /Plant 9 Tf 60 30 Td ({number}) Tj ET Q")


def _over_two_pages(file: Pdf, page: Page, number: str) -> None:
    _draw(file, page, f"q BT /Plant 9 Tf 60 20 Td ({number[:9]}) Tj ET Q")
    after = file.add_blank_page(page_size=(595, 842))
    after.obj.Resources = page.obj.Resources
    _draw(file, after, f"q BT /Plant 9 Tf 60 800 Td ({number[9:]}) Tj ET Q")


ENTRIES: list[tuple[str, str, Sight, bool, Entry]] = [
    ("pdf font", "letters for digits", Sight.SEEN, True, _letters_for_digits),
    ("pdf font", "a number for a sign", Sight.EITHER, True, _number_for_a_sign),
    ("pdf font", "drawn signs", Sight.SEEN, True, _drawn_signs),
    ("pdf pattern", "a tile", Sight.SEEN, True, _in_a_pattern),
    ("pdf page", "cut off", Sight.HIDDEN, True, _cut_off),
    ("pdf page", "rows over two pages", Sight.SEEN, True, _over_two_pages),
]
