"""核对存下的网页 — however a browser keeps a page: what its table says, its archive, its print (条例 第二十三条)."""

from __future__ import annotations

import json
import quopri
from dataclasses import replace
from pathlib import Path

import pytest

from gongkai.web.journal import tree
from gongkai.web.journal.chaining import canonical, digest
from tests.cli.command import gongkai
from tests.cli.test_prove import FILE, PAGE, RECORD, SIZE, head, leaves, nodes, proof

NUMBER = 4
TABLE = (
    '<table class="metadata"><tbody><tr><th data-fact="index">索引号</th><td>A/2026-00004</td>'
    '<th data-fact="body">发布机构</th><td><a href="/bodies/shifan-water/">水务局</a></td></tr>'
    '<tr><th>成文日期</th><td> 2026-11-18 </td><th data-fact="published_at">Published</th><td>2026-11-20</td></tr>'
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
    assert (code, "核对的是标题、正文、索引号、成文日期、发布日期、发布机构；" in said) == (0, True), said


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
