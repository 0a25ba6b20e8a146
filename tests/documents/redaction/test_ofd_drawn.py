"""OFD 里画出来的字和少见的图片 — what nobody reads is said to be unread, and stands in no copy (条例 第十七条)."""

from __future__ import annotations

import io
import random
import zipfile

import pytest

from gongkai.documents import redaction
from gongkai.documents.document import DocumentError
from tests.documents.make_ofd import package

SEGMENTS = {
    "0": "M 0 0 L 5 0 L 5 7 L 0 7 L 0 0",
    "1": "M 3 0 L 3.5 7",
    "2": "M 0 0 L 5 0 L 5 3 L 0 3 L 0 7 L 5 7",
    "3": "M 0 0 L 5 0 L 5 3 L 1 3 L 5 3 L 5 7 L 0 7",
    "4": "M 0 0 L 0 3 L 5 3 L 5 0 L 5 7",
    "5": "M 5 0 L 0 0 L 0 3 L 5 3 L 5 7 L 0 7",
    "6": "M 5 0 L 0 0 L 0 7 L 5 7 L 5 3 L 0 3",
    "7": "M 0 0 L 5 0 L 2 7",
    "8": "M 0 0 L 5 0 L 5 7 L 0 7 L 0 0 L 0 3 L 5 3",
    "9": "M 5 3 L 0 3 L 0 0 L 5 0 L 5 7 L 0 7",
}
TEXT = (
    '<ofd:TextObject ID="5" Boundary="10 10 150 10" Font="1" Size="5">'
    '<ofd:TextCode X="0" Y="5">救助名单公示，请核对以下内容</ofd:TextCode></ofd:TextObject>'
)


def path(number: int, box: str, drawn: str) -> str:
    data = f"<ofd:AbbreviatedData>{drawn}</ofd:AbbreviatedData>"
    return f'<ofd:PathObject ID="{number}" Boundary="{box}" LineWidth="0.5">{data}</ofd:PathObject>'


def unread(objects: str) -> list[str]:
    return [str(error) for error in redaction.inspect("名单.ofd", package([TEXT + objects])).unread]


@pytest.mark.parametrize("size", [0.3, 0.6, 1.0])
def test_figures_that_are_drawn_are_said_to_be_unread(size: float) -> None:
    number = random.Random(size).choices("0123456789", k=18)
    shapes = [
        " ".join(word if word.isalpha() else f"{float(word) * size:.2f}" for word in SEGMENTS[sign].split())
        for sign in number
    ]
    each = "".join(path(20 + at, f"{10 + 8 * at * size} 30 8 9", shape) for at, shape in enumerate(shapes))
    assert any("画出来的图形" in said for said in unread(each))


@pytest.mark.parametrize(
    "objects",
    [
        "".join(path(20 + at, f"10 {30 + 8 * at} 180 8", "M 0 0 L 180 0") for at in range(30)),
        "".join(path(20 + at, f"{10 + 8 * at} 30 8 8", "M 0 0 L 8 0 L 8 8 L 0 8 C") for at in range(18)),
        "".join(path(20 + at, f"{10 + 8 * at} 30 0 40", "M 0 0 L 0 40") for at in range(18)),
        path(20, "10 10 40 40", "M 20 0 B 31 0 40 9 40 20 B 40 31 31 40 20 40 B 9 40 0 31 0 20 B 0 9 9 0 20 0"),
    ],
    ids=["rulings", "boxes", "columns", "a seal"],
)
def test_lines_and_boxes_are_no_writing(objects: str) -> None:
    assert not unread(objects)


RARE = {
    "a.heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
    "b.avif": b"\0\0\0\x1cftypavif\0\0\0\0mif1",
    "c.jp2": b"\0\0\0\x0cjP  \r\n\x87\n",
    "d.j2k": b"\xff\x4f\xff\x51",
}


@pytest.mark.parametrize("name", RARE)
def test_rare_pictures_are_unread_and_in_no_copy(name: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, RARE[name] + bytes(range(256)))
    assert ["JPEG 2000" in str(error) for error in redaction.inspect("照片.zip", out.getvalue()).unread] == [True]
    with pytest.raises(DocumentError):
        redaction.masked("照片.zip", out.getvalue())
