"""单个的字 — a sheet of rows, each one sign drawn several times: what each row says, for who asks what a font draws.

A sign alone is hard to read, the same one four times is not.
"""

from __future__ import annotations

from io import BytesIO

import numpy as np
from PIL import Image

from gongkai.documents.document import Paragraph, View
from gongkai.documents.limits import Deadline, Limits, announce
from gongkai.documents.scan_text import Grey, read

ROW = 48
"""Pixels: the height of a row."""


def view(source: str, data: bytes, limits: Limits) -> View:
    """逐行的字 — a paragraph for each row of the picture, however little was read in it."""
    announce(limits.scan_seconds)
    check = Deadline(source, limits, limits.scan_seconds).check
    with Image.open(BytesIO(data)) as sheet:
        dots = np.asarray(sheet.convert("L"), np.uint8)
    rows = [_trimmed(dots[top : top + ROW]) for top in range(0, dots.shape[0], ROW)]
    seen = read(rows, check)
    return View("seen", tuple(Paragraph(one.text, at, 1, True, one.confidence) for at, one in enumerate(seen, 1)))


def _trimmed(row: Grey) -> Grey:
    """Without the white at its right end."""
    inked = np.flatnonzero(row.min(axis=0) < 255)
    end = int(inked[-1]) + ROW // 4 if inked.size else ROW
    return np.ascontiguousarray(row[:, :end])
