"""画出来的号码 — pictures that show a number in many sizes, colours, turns and formats (条例 第十五条)."""

from __future__ import annotations

import io
import random
from functools import cache
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from tests.text import persons

_FOLDERS = (Path("/usr/share/fonts"), Path("/Library/Fonts"), Path("C:/Windows/Fonts"))
_FACES = ("NotoSansCJK-Regular", "NotoSerifCJK-Regular", "DejaVuSans", "DejaVuSerif", "Liberation", "arial", "simsun")
_COLOURS = {
    "black on white": ("black", "white"),
    "white on black": ("white", "black"),
    "red on white": ("#c00000", "white"),
    "grey on white": ("#707070", "white"),
    "white on blue": ("white", "#1f4e9e"),
    "yellow on green": ("#ffe000", "#106010"),
}
_TURNS = (0, 0, 0, 90, 180, 270, 2, -3)
_SAVED = {"png": {}, "jpeg": {"quality": 60}, "gif": {}, "tiff": {}, "bmp": {}, "webp": {"quality": 70}}


class Shown(NamedTuple):
    """画好的图 — its name and bytes, the number that it shows, and how."""

    name: str
    data: bytes
    number: str
    how: str


@cache
def _fonts() -> tuple[Path, ...]:
    found = (path for folder in _FOLDERS for path in sorted(folder.rglob("*.tt[fc]")) if folder.is_dir())
    wanted = (
        "NotoSansCJK-Regular",
        "NotoSerifCJK-Regular",
        "DejaVuSans",
        "DejaVuSerif",
        "Liberation",
        "arial",
        "simsun",
    )
    return tuple(path for path in found if path.stem.startswith(wanted))


def drawn(rng: random.Random) -> Shown:
    """画一张 — the same seed draws the same."""
    number = rng.choice((persons.identity, persons.mobile, persons.card))(rng)
    colours, size, turn = rng.choice(tuple(_COLOURS)), rng.choice((16, 20, 28, 40, 72)), rng.choice(_TURNS)
    suffix, path = rng.choice(tuple(_SAVED)), rng.choice(_fonts())
    font = ImageFont.truetype(path, size)
    ink, ground = _COLOURS[colours]
    label = rng.choice(("", "证号 ", "电话：", "No. "))
    image = Image.new("RGB", (int(size * 15), size * 3), ground)
    ImageDraw.Draw(image).text((size, size * 0.7), label + number, ink, font=font)
    image = image.rotate(turn, expand=True, fillcolor=ground)
    out = io.BytesIO()
    image.save(out, suffix, **_SAVED[suffix])
    how = f"{suffix}, {colours}, {size} px, turned {turn}, {path.stem}, {len(number)} signs"
    return Shown(f"图.{suffix}", out.getvalue(), number, how)
