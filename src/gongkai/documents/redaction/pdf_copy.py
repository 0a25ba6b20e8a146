"""版式文件的副本 — a new file: pages drawn again, fonts of our own, links to public addresses, and nothing else.

No object of the original is carried over (条例 第十五条). The same pages give the same bytes.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image, ImageChops

from gongkai.documents.redaction.pdf_glyphs import Fonts
from gongkai.documents.redaction.pdf_page import Again

_LEVELS, _STEP = 16, 17
_QUALITY = 85
_DEARER = 1.7
"""So many times the bytes of a photograph's coding may sharp lines cost."""
_TINT = 10
_NEAR = 12
_DEPTH = 24
"""Where a PNG says how many bits a dot has."""
_LANGUAGE = "zh-CN"


class Link(NamedTuple):
    """链接 — left, top, right, bottom in points from the upper left corner, and the address."""

    box: tuple[float, float, float, float]
    address: str


def copy_of(pages: Iterable[tuple[Again, Sequence[Link]]], fonts: Fonts) -> bytes:
    """新文件 — of these pages in their order; their signs are of `fonts`."""
    with pikepdf.new() as copy:
        made = [(_page(copy, again, links), again) for again, links in pages]
        shared = copy.make_indirect(fonts.fonts(copy))
        for page, _ in made:
            page.Resources.Font = shared
        copy.Root.Lang = pikepdf.String(_LANGUAGE)
        out = BytesIO()
        copy.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        return out.getvalue()


def _page(copy: pikepdf.Pdf, again: Again, links: Sequence[Link]) -> Dictionary:
    page = copy.add_blank_page(page_size=(again.width, again.height)).obj
    page.Resources = Dictionary()
    content = again.content
    if again.picture is not None:
        page.Resources.XObject = Dictionary(Rest=copy.make_indirect(_picture(copy, again.picture)))
        content = f"q {again.width:.2f} 0 0 {again.height:.2f} 0 0 cm /Rest Do Q\n{content}"
    page.Contents = copy.make_stream(content.encode())
    if links:
        page.Annots = Array(_link(copy, link, again.height) for link in links)
    return page


def _link(copy: pikepdf.Pdf, link: Link, height: float) -> pikepdf.Object:
    left, top, right, bottom = link.box
    return copy.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=Array([round(edge, 2) for edge in (left, height - bottom, right, height - top)]),
            A=Dictionary(S=Name.URI, URI=pikepdf.String(link.address)),
            Border=Array([0, 0, 0]),
        )
    )


def _picture(copy: pikepdf.Pdf, image: Image.Image) -> Stream:
    """Few colours without loss, many as a photograph, whichever is smaller for what it is."""
    grey = _is_grey(image)
    photo = BytesIO()
    (image.convert("L") if grey else image).save(photo, "JPEG", quality=_QUALITY)
    form = Dictionary(Type=Name.XObject, Subtype=Name.Image, Width=image.width, Height=image.height, BitsPerComponent=8)
    sharp = _sharp(image, grey)
    if sharp is None or len(sharp[0]) > _DEARER * photo.tell():
        stream = Stream(copy, photo.getvalue())
        form.ColorSpace = Name.DeviceGray if grey else Name.DeviceRGB
        form.Filter = Name.DCTDecode
    else:
        packed, palette, bits = sharp
        stream = Stream(copy, packed)
        form.BitsPerComponent = bits
        form.ColorSpace = Array([Name.Indexed, Name.DeviceRGB, len(palette) // 3 - 1, pikepdf.String(palette)])
        form.Filter = Name.FlateDecode
        form.DecodeParms = Dictionary(Predictor=15, Colors=1, BitsPerComponent=bits, Columns=image.width)
    for key, value in form.items():
        stream[key] = value
    return stream


def _sharp(image: Image.Image, grey: bool) -> tuple[bytes, bytes, int] | None:
    """Packed dots, their colours, bits a dot: sixteen greys, or sixteen colours where these are all there are."""
    if grey:
        few = image.convert("L").point(lambda level: round(level / _STEP))
        few = Image.frombytes("P", few.size, few.tobytes())
        palette = bytes(level * _STEP for level in range(_LEVELS) for _ in range(3))
        few.putpalette(palette)
    else:
        few = image.quantize(_LEVELS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        palette = bytes(few.getpalette() or b"")[: 3 * _LEVELS]
        off = ImageChops.difference(image, few.convert("RGB")).getextrema()
        if any(most > _NEAR for _, most in off):  # type: ignore[misc]
            return None
    out = BytesIO()
    few.save(out, "PNG", bits=4, optimize=True)
    # Fewer colours than sixteen may be written with fewer bits than were asked for.
    return b"".join(_packed(out.getvalue())), palette, out.getvalue()[_DEPTH]


def _packed(png: bytes) -> Iterator[bytes]:
    at = 8
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        if kind == b"IDAT":
            yield png[at + 8 : at + 8 + length]
        at += 12 + length


def _is_grey(image: Image.Image) -> bool:
    red, green, blue = image.split()
    off = (ImageChops.difference(red, green), ImageChops.difference(green, blue), ImageChops.difference(red, blue))
    return all(int(band.getextrema()[1]) < _TINT for band in off)  # type: ignore[arg-type]
