"""找线 — the ink of a picture of a page, and the ruling lines in it, as masks and as lines in points."""

from __future__ import annotations

import cv2
import numpy as np

from gongkai.documents.pdf_lines import Ruling
from gongkai.documents.scan_text import Grey

_NEIGHBOURHOOD = 41
_DARKER = 14  # greys by which ink is darker than what is around it
_LEVEL, _UPRIGHT = 40, 44  # pixels: strokes of characters are shorter, on pages of two hundred dots an inch
_THICK = 16
_DIRT = 10
_REACH = 13
_SURELY_LONG = 400


def ink(picture: Grey) -> Grey:
    """墨 — 255 where the picture is darker than its surroundings."""
    smooth = cv2.GaussianBlur(picture, (0, 0), 0.8)
    return np.asarray(
        cv2.adaptiveThreshold(smooth, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, _NEIGHBOURHOOD, _DARKER),
        np.uint8,
    )


def line_masks(inked: Grey) -> tuple[Grey, Grey]:
    """线的墨 — what of the ink is level lines, and what upright ones; gaps of a few pixels are bridged."""
    return _opened(inked, _LEVEL, 1), _opened(inked, 1, _UPRIGHT)


def is_blank(inked: Grey, masks: tuple[Grey, Grey]) -> bool:
    """是否空白 — whether there is nothing but lines and dirt, so that no text need be looked for."""
    lines = cv2.dilate(masks[0] | masks[1], np.ones((5, 5), np.uint8))
    count, _, boxes, _ = cv2.connectedComponentsWithStats(
        np.where(lines > 0, 0, inked).astype(np.uint8), connectivity=8
    )
    return not any(max(wide, tall) >= _DIRT for _, _, wide, tall, _ in boxes[1:count])


def rulings(masks: tuple[Grey, Grey], height: int, scale: float) -> list[Ruling]:
    """页上的线 — each line of the masks in points, y upward, `scale` pixels a point."""
    level, upright = _lines(*masks), [(x, y) for y, x in _lines(masks[1].T, masks[0].T)]
    found = [(x0, y, x1, y) for (x0, x1), (y, _) in level] + [(x, y0, x, y1) for (x, _), (y0, y1) in upright]
    return [(x0 / scale, (height - y1) / scale, x1 / scale, (height - y0) / scale) for x0, y0, x1, y1 in found]


_Stretch = tuple[tuple[float, float], tuple[float, float]]
"""From where to where a line goes, and where it stands."""


def _lines(mask: Grey, crossing: Grey) -> list[_Stretch]:
    """The lines of a mask of level ones. A short one that does not end on lines crossing it is part of a character."""
    mask, crossing = np.ascontiguousarray(mask), np.ascontiguousarray(crossing)
    count, _, boxes, middles = cv2.connectedComponentsWithStats(mask, connectivity=8)
    near = cv2.dilate(crossing, np.ones((_REACH, _REACH), np.uint8))
    found: list[_Stretch] = []
    for (left, top, wide, tall, area), (_, y) in zip(boxes[1:count], middles[1:count], strict=True):
        if area > _THICK * wide:
            continue
        ends = near[top : top + tall, left].any() and near[top : top + tall, left + wide - 1].any()
        if ends or wide > _SURELY_LONG:
            found.append(((float(left), float(left + wide)), (float(y), float(y))))
    return found


def _opened(inked: Grey, wide: int, tall: int) -> Grey:
    """Strokes at least so long, after a dilation across them that lets them waver by a pixel."""
    across = np.ones((3 if tall == 1 else 1, 3 if wide == 1 else 1), np.uint8)
    along = np.ones((3, 1) if wide == 1 else (1, 3), np.uint8)
    thick = cv2.morphologyEx(cv2.dilate(inked, across), cv2.MORPH_CLOSE, along)
    return np.asarray(cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((tall, wide), np.uint8)), np.uint8)
