"""核对台上的扫描件 — a finding on a scan shows the piece of the page it speaks of, as on a PDF (条例 第五十条)."""

from __future__ import annotations

import re
import struct
from functools import cache

from tests.documents import scanning
from tests.documents.scanning import Effects
from tests.web import reports
from tests.web.conftest import Desk

CUT = re.compile(r'viewBox="([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+)"')
FIGURE = re.compile(r'class="figure \w+" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"')


@cache
def scan() -> bytes:
    """The page of a wrong report on which 表三 stands, scanned lying on its side."""
    from gongkai.report.writing import write_report
    from tests.web.annual.test_desk import read

    copy = scanning.pages(write_report(read(*reports.WRONG), "pdf"))
    page = max(copy, key=lambda page: int((page < 128).sum()))
    return scanning.picture(scanning.scanned(page, Effects(noise=6.0, turns=1), 1), "JPEG")


def test_a_finding_on_a_picture_frames_its_cell_on_the_page_laid_straight(desk: Desk) -> None:
    page = desk.page(desk.check(("表三.jpg", scan())))
    pictures = re.findall(r'<image href="([^"]+)" width="([\d.]+)" height="([\d.]+)"', page)
    assert pictures
    assert FIGURE.search(page)
    shown = desk.client.get(pictures[0][0])
    assert shown["Content-Type"] == "image/png"
    data = b"".join(shown.streaming_content)
    wide, high = struct.unpack(">II", data[16:24])
    assert high > wide  # upright, though it was scanned lying
    assert abs(wide / high - float(pictures[0][1]) / float(pictures[0][2])) < 0.01
    for x, y, width, height in FIGURE.findall(page):
        assert float(x) + float(width) <= float(pictures[0][1])
        assert float(y) + float(height) <= float(pictures[0][2])
        assert float(height) < 40
