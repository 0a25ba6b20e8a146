"""核对存下的网页 — however a browser keeps a page: what its table says, its archive, its print (条例 第二十三条)."""

from __future__ import annotations

import json
import quopri
from dataclasses import replace
from pathlib import Path

import pytest

from gongkai.cli.console import catalogue
from gongkai.documents.article import LABELS
from gongkai.web import look
from gongkai.web.journal import tree
from gongkai.web.journal.chaining import canonical, digest
from tests.cli.command import gongkai
from tests.cli.test_prove import FILE, PAGE, RECORD, SIZE, head, leaves, nodes, proof

NUMBER = 4
TABLE = (
    '<table class="metadata"><tbody><tr><th>索引号</th><td>A/2026-00004</td>'
    '<th>发布机构</th><td><a href="/bodies/shifan-water/">水务局</a></td></tr>'
    "<tr><th>成文日期</th><td> 2026-11-18 </td><th>date of publication</th><td>2026-11-20</td></tr>"
    "</tbody></table>"
)
WHOLE = PAGE.replace("<article>", TABLE + "<article>")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A proof that tells days and body, as those of the platform do."""
    record = {**RECORD, "document_number": "", "formed_on": "2026-11-18", "published_at": "2026-11-19T17:30:00+00:00"}
    told = {
        "act": "publish",
        "at": "2026-11-19T17:30:00+00:00",
        "index": "A/2026-00004",
        "entry": ["shifan-water", 3, ""],
    }
    mine = canonical({**told, "record": digest("sha256", canonical(record)), "version": 1})
    own = [mine if number == NUMBER else each for number, each in enumerate(leaves())]
    path = tuple(each.hex() for each in tree.inclusion(NUMBER, SIZE, nodes(own)))
    made = replace(proof(), record=record, leaf=mine.decode(), path=path, head=head(SIZE, own))
    (tmp_path / "p.json").write_text(json.dumps(made.to_json()), encoding="utf-8")
    return tmp_path


def prove(folder: Path, name: str, data: bytes) -> tuple[int, str]:
    (folder / name).write_bytes(data)
    done = gongkai("prove", folder / name, "--proof", folder / "p.json")
    return done.returncode, done.stdout + done.stderr


def archive(page: str, more: str = "") -> bytes:
    """As Chromium writes it: the page in UTF-8, its styles as another part."""
    page = page.replace(
        "<head>",
        '<head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8">'
        '<link rel="stylesheet" type="text/css" href="cid:css-0b-1@mhtml.blink">',
    )
    heads = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: http://127.0.0.1/items/x/\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----Of--"\r\n\r\n\r\n'
    )
    body = quopri.encodestring(page.encode()).decode().replace("\n", "\r\n")
    coded = "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    return (
        f"{heads}------Of--\r\nContent-Type: text/html\r\nContent-ID: <frame-1@mhtml.blink>\r\n{coded}{body}\r\n{more}"
        "------Of--\r\nContent-Type: text/css\r\nContent-Location: cid:css-0b-1@mhtml.blink\r\n"
        f"{coded}p {{ margin: 0 }}\r\n"
        "------Of----\r\n"
    ).encode()


def test_what_the_table_says_is_compared_too(folder: Path) -> None:
    code, said = prove(folder, "页.html", WHOLE.encode())
    assert (code, "核对的是标题、正文、索引号、成文日期、发布日期；" in said) == (0, True), said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("2026-11-18", "2025-11-18", "成文日期和公开时的不一样：2025-11-18 ≠ 2026-11-18"),
        ("<td>2026-11-20", "<td>2024-01-02", "发布日期和公开时的不一样：2024-01-02 ≠ 2026-11-20"),
        ("<td>A/2026-00004", "<td>A/2026-00005", "索引号和公开时的不一样"),
        ("/bodies/shifan-water/", "https://zwgk.example/bodies/shifan-tax/", "发布机构和公开时的不一样：shifan-tax ≠"),
    ],
)
@pytest.mark.parametrize("kind", ["html", "mhtml"])
def test_another_day_or_body_in_the_table_is_named(kind: str, old: str, new: str, said: str, folder: Path) -> None:
    assert WHOLE.count(old) == 1
    page = WHOLE.replace(old, new)
    found = prove(folder, f"页.{kind}", archive(page) if kind == "mhtml" else page.encode())
    assert (found[0], said in found[1]) == (1, True), found


def test_a_page_kept_in_one_file_is_judged_as_the_page(folder: Path) -> None:
    code, said = prove(folder, "页.mhtml", archive(WHOLE))
    assert (code, "与公开时一致" in said) == (0, True), said
    code, said = prove(folder, "没有后缀", archive(WHOLE))
    assert (code, "与公开时一致" in said) == (0, True), said
    code, said = prove(folder, "页.mht", archive(WHOLE.replace("12", "13")))
    assert (code, "共13处" in said) == (1, True), said
    style = "<style>@import url(x.css)</style>"
    assert prove(folder, "页.mhtml", archive(WHOLE.replace("<head>", f"<head>{style}")))[0] == 2
    other = "------Of--\r\nContent-Type: text/html\r\n\r\n<p>作废</p>\r\n"
    assert prove(folder, "页.mhtml", archive(WHOLE, other))[0] == 2
    for torn in (archive(WHOLE)[:700], archive(WHOLE)[:200], b"MIME-Version: 1.0"):
        assert prove(folder, "页.mhtml", torn)[0] == 2


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("页.pdf", b"%PDF-1.4\n1 0 obj\n<</Creator (Chromium)\n/Producer (Skia/PDF m120)>>\n"),
        ("页.txt", "关于清理 <沟渠> 的通知\n各村：请在六月以前清理。共 12 处。".encode()),
        ("页.png", b"\x89PNG\r\n\x1a\n"),
        ("页.webarchive", b"bplist00"),
    ],
)
def test_a_print_or_a_picture_of_the_page_is_not_judged_and_the_way_is_told(
    name: str, data: bytes, folder: Path
) -> None:
    code, said = prove(folder, name, data)
    assert (code, "“网页，单个文件”（mhtml）" in said, "✗" in said) == (2, True, False), said


def test_a_changed_attachment_is_still_none(folder: Path) -> None:
    code, said = prove(folder, "清单.csv", FILE + b" ")
    assert (code, "不是公开时的附件" in said) == (1, True), said


FORGED = "<p>一、每户另收九千元。</p>"
TEXT, END = '<div class="document-text">', "</div></article>"
SHAPES = {
    "text hidden on screens": (TEXT, f'<div class="print-only">{TEXT}', END, f"</div></div>{FORGED}</article>"),
    "text of one pixel": (TEXT, f'<div class="sr">{TEXT}', END, f"</div></div>{FORGED}</article>"),
    "text with a class more": (TEXT, '<div class="document-text sr">'),
    "a paragraph that nobody sees": ("<p>共", '<p class="sr">共'),
    "a title that nobody sees": ("<h1>", '<h1 class="sr">', "</h1>", "</h1><h2>关于停止执行的公告</h2>"),
    "a second title": ("</h1>", "</h1><h2>关于停止执行的公告</h2>"),
    "words before the text": (TEXT, f"{FORGED}{TEXT}"),
    "words of the article alone": (END, "</div>本件停止执行</article>"),
    "an article that nobody sees": ("<article>", '<article class="sr">'),
    "a table that nobody sees": ('class="metadata"', 'class="metadata sr"'),
    "two tables": ("<article>", '<table class="metadata"><tr><th>发布日期<td>2019-01-01</table><article>'),
    "a cell that nobody sees": ("<td>2026-11-20", '<td class="sr">2026-11-20'),
}
"""What replaces what in a saved page: the published words stay in the file, and others are seen."""


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("kind", ["html", "mhtml"])
def test_a_page_of_another_shape_is_not_judged(shape: str, kind: str, folder: Path) -> None:
    page, changes = WHOLE, SHAPES[shape]
    for old, new in zip(changes[::2], changes[1::2], strict=True):
        assert page.count(old) == 1, old
        page = page.replace(old, new)
    code, said = prove(folder, f"页.{kind}", archive(page) if kind == "mhtml" else page.encode())
    assert (code, "页上有平台的页面没有的东西" in said) == (2, True), said


LOOKS = Path(look.__file__).parent / "static" / "look"
OWN = "".join((LOOKS / f"{name}.css").read_text(encoding="utf-8") for name in ("tokens", "shared", "public"))
HIDING = [
    ".document-text { display: none }",
    "article > div { visibility: hidden }",
    "@media screen { h1 { font-size: 0 } }",
    "p { color: #fff }",
    "main, article { opacity: 0 }",
]


@pytest.mark.parametrize("rule", ["", *HIDING])
@pytest.mark.parametrize("kind", ["html", "mhtml"])
def test_the_style_sheet_saved_beside_the_page_hides_nothing_of_it(kind: str, rule: str, folder: Path) -> None:
    saved = WHOLE.replace("<head>", '<head><link rel="stylesheet" href="./%E9%A1%B5_files/public.css">')
    (folder / "页_files").mkdir()
    (folder / "页_files" / "public.css").write_text(OWN + rule, encoding="utf-8")
    data = archive(WHOLE).replace(b"p { margin: 0 }", (OWN + rule).encode().replace(b"=", b"=3D"))
    code, said = prove(folder, f"页.{kind}", data if kind == "mhtml" else saved.encode())
    assert code == (2 if rule else 0), said


def test_what_a_page_calls_a_day_is_what_is_compared(folder: Path) -> None:
    changed = WHOLE.replace("成文日期", "？").replace("date of publication", "成文日期").replace("？", "发布日期")
    code, said = prove(folder, "页.html", changed.encode())
    assert (code, "成文日期和公开时的不一样" in said, "发布日期和公开时的不一样" in said) == (1, True, True), said


def test_a_page_without_its_table_says_that_nothing_of_it_was_compared(folder: Path) -> None:
    code, said = prove(folder, "页.html", PAGE.encode())
    assert (code, "一项也没有核对" in said) == (0, True), said


def test_labels_are_those_of_pages_in_both_languages() -> None:
    said = {catalogue("en")(label) for label in LABELS if not label.isascii()}
    assert said <= set(LABELS), said
