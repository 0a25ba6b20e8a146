"""扫描的一份 — the official copy printed and scanned: title and three tables, as a page costs seconds
(条例 第五十条)."""

from __future__ import annotations

from random import Random

import numpy as np

from gongkai.report.figures import AnnualReport
from gongkai.report.writing import write_report
from tests.documents import scanning
from tests.documents.scanning import CLEAN, SCANNED, Effects

_WORN_A_LITTLE = Effects(skew=0.6, blur=0.8, noise=8, quality=75)
_EFFECTS = (CLEAN, CLEAN, _WORN_A_LITTLE, SCANNED)
_FORMS = {"scan": "PDF", "tiff": "TIFF", "png": "PNG", "jpg": "JPEG"}


def scanned(report: AnnualReport, format_: str, random: Random) -> bytes:
    """扫描的一份 — all its pages; as a png or jpg, which hold one, its first two side by side."""
    effects, seed = random.choice(_EFFECTS), random.getrandbits(32)
    pages = scanning.pages(write_report(report, "pdf"))
    if format_ not in ("scan", "tiff"):
        pages = [np.hstack(pages[:2])]
    shown = [scanning.scanned(page, effects, seed + at) for at, page in enumerate(pages)]
    return scanning.bound(shown, _FORMS[format_], quality=75)
