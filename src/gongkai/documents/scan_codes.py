"""二维码、条形码 — what the codes in a picture say, for the guard (条例 第十七条)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import cv2
import numpy as np

from gongkai.documents.scan_text import Grey
from gongkai.documents.scan_words import Colours

_SIDE, _LARGER = 1_600, 2
"""Pixels of the longer side at which codes are looked for, and how much larger once more: small ones show only then."""


def codes(picture: Colours) -> Iterator[str]:
    """二维码、条形码 — what each says, "" for one that was seen and could not be read; small and light ones too."""
    grey = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), np.uint8)
    plain, fine = (_scaled(grey, times) for times in (1, _LARGER))
    seen = _square(plain)
    # Where nothing is, a larger or a turned picture only seems to show one: there what is read counts alone.
    read = dict.fromkeys(filter(None, chain(seen, *map(_square, (fine, 255 - plain, 255 - fine)))))
    yield from read
    if "" in seen and len(seen) > len(read):
        yield ""
    yield from (text for text in cv2.barcode.BarcodeDetector().detectAndDecodeMulti(plain)[1] or () if text)


def _scaled(grey: Grey, times: int) -> Grey:
    rate = times * min(1.0, _SIDE / max(grey.shape))
    how = cv2.INTER_AREA if rate < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(grey, None, fx=rate, fy=rate, interpolation=how), np.uint8)


def _square(grey: Grey) -> list[str]:
    """Linked codes come as bytes that end within a sign; Chinese programs write GB 18030."""
    try:
        found = cv2.QRCodeDetector().detectAndDecodeBytesMulti(grey)[1] or ()
    except cv2.error:
        return [""]
    return list(map(_words, found))


def _words(said: bytes) -> str:
    for coding in ("utf-8", "gb18030"):
        try:
            return said.decode(coding)
        except UnicodeDecodeError:
            continue
    return said.decode("utf-8", "replace")
