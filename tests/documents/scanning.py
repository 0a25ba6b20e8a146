"""扫描 — pages as paper, scanners and telephones give them back: skewed, blurred, noisy, packed by JPEG; by seed."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2
from PIL import Image

Grey = npt.NDArray[np.uint8]
DOTS = 200
LONG_SIDE = 11.69
"""Dots an inch of these scanners, and inches of the longer side of A4."""


@dataclass(frozen=True)
class Effects:
    """印扫效果 — `skew` in degrees, `blur` in pixels, `noise` in greys, JPEG `quality`, quarter `turns` clockwise,
    `tilt`: by how much of the page the corners are off as a telephone sees them, `faint`: how light the ink is."""

    skew: float = 1.2
    blur: float = 1.2
    noise: float = 14.0
    quality: int = 60
    turns: int = 0
    tilt: float = 0.0
    faint: float = 0.0


CLEAN = Effects(0.0, 0.0, 0.0, 95)
SCANNED = Effects()


def pages(pdf: bytes, dots: int = DOTS) -> list[Grey]:
    """页面 — every page of a PDF as a printer would put it on paper."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [np.asarray(page.render(scale=dots / 72).to_pil().convert("L"), np.uint8) for page in document]
    finally:
        document.close()


def scanned(page: Grey, effects: Effects, seed: int) -> Grey:
    """扫描一页 — the same page, effects and seed give the same picture."""
    random = np.random.default_rng(seed)
    shown = page.astype(np.float32)
    shown = 255 - (255 - shown) * (1 - effects.faint)
    if effects.tilt:
        shown = _tilted(shown, effects.tilt, random)
    if effects.skew:
        height, width = shown.shape
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), effects.skew * random.choice((-1, 1)), 1)
        shown = cv2.warpAffine(shown, turn, (width, height), borderValue=235, flags=cv2.INTER_CUBIC)
    if effects.blur:
        shown = cv2.GaussianBlur(shown, (0, 0), effects.blur)
    if effects.noise:
        down, across = np.mgrid[0 : shown.shape[0], 0 : shown.shape[1]]
        light = 0.92 + 0.08 * np.cos(across / shown.shape[1] * 2 + down / shown.shape[0])
        shown = shown * light * 0.85 + 25 + random.normal(0, effects.noise, shown.shape)
        specks = random.integers(0, shown.size, shown.size // 10_000)
        shown.flat[specks] = 40
    done = np.clip(shown, 0, 255).astype(np.uint8)
    packed = cv2.imencode(".jpg", done, [cv2.IMWRITE_JPEG_QUALITY, effects.quality])[1]
    return np.rot90(np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), np.uint8), -effects.turns)


def _tilted(page: npt.NDArray[np.float32], tilt: float, random: np.random.Generator) -> npt.NDArray[np.float32]:
    height, width = page.shape
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    moved = (
        corners + random.uniform(-tilt, tilt, (4, 2)).astype(np.float32) * (width, height) + (width / 16, height / 16)
    )
    matrix = cv2.getPerspectiveTransform(corners, moved.astype(np.float32))
    return np.asarray(cv2.warpPerspective(page, matrix, (width * 9 // 8, height * 9 // 8), borderValue=90), np.float32)


def picture(page: Grey, form: str = "PNG") -> bytes:
    """图片文件 — one page as PNG, JPEG, BMP, GIF or TIFF."""
    return bound([page], form)


def bound(shown: Sequence[Grey], form: str = "PDF", quality: int = 60) -> bytes:
    """装订 — pages as one TIFF or PDF, as scanners save them."""
    first, *rest = [Image.fromarray(np.ascontiguousarray(page)) for page in shown]
    out = io.BytesIO()
    more = {"save_all": True, "append_images": rest} if form in ("PDF", "TIFF") else {}
    options = {"quality": quality} if form in ("PDF", "JPEG") else {}
    first.save(out, form, dpi=(DOTS, DOTS), resolution=DOTS, **more, **options)
    return out.getvalue()
