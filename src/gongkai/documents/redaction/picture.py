"""图片的改动 — a picture made anew from its pixels; what else the file carries is read, told and left behind.

Not a byte of the file comes into the copy: every frame is decoded, laid upright, brought to the usual colours, and
encoded again (条例 第十五条).
"""

from __future__ import annotations

import re
import struct
import warnings
import zlib
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO

from PIL import ExifTags, Image, ImageCms, ImageOps, UnidentifiedImageError

from gongkai.documents.document import DocumentError
from gongkai.documents.redaction import spelled
from gongkai.documents.redaction.behind import is_nothing
from gongkai.documents.redaction.carried import COLOURS, UNKNOWN, carried
from gongkai.documents.redaction.editor import Editor, Picture, Slot, Table, shown
from gongkai.documents.redaction.places import Layer, Place, Sentence
from gongkai.documents.redaction.values import Hidden
from gongkai.documents.refusals import refusal

_MOST_PIXELS = 120_000_000
_MOST_FRAMES = 200
_GPS = 0x8825
_TOLD = {
    *("Artist", "Copyright", "Make", "Model", "Software", "DateTime", "DateTimeOriginal", "ImageDescription"),
    *("UserComment", "HostComputer", "CameraOwnerName", "BodySerialNumber", "XPAuthor", "XPComment", "XPTitle"),
}
BROKEN = (
    *(UnidentifiedImageError, OSError, ValueError, SyntaxError, struct.error, EOFError, Image.DecompressionBombError),
    *(TypeError, AttributeError, LookupError, ArithmeticError, RuntimeError, zlib.error, MemoryError),
)
"""What decoders raise on damaged pictures."""
_FILE = re.compile(
    rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|GIF8[79]a|RIFF.{4}WEBP|II\*\x00|MM\x00\*|PK\x03\x04|%PDF-|\xd0\xcf\x11\xe0",
    re.DOTALL,
)
_DRAWINGS = ("WMF", "EMF", "EPS")
_MOVING = ("GIF", "PNG", "WEBP", "TIFF")
_DEEP = ("I", "I;16", "I;16B", "I;16L", "F", "1", "L")
_GREY = 200
_FEW_COLOURS = 256


class Photo(Editor):
    """图片."""

    format = "picture"

    def _load(self, data: bytes) -> None:
        _check(self.source, data)
        self._data = data

    def _write(self, data: bytes) -> None:
        self._data = data

    def parts(self) -> Iterator[Slot | Table]:
        """文字 — none that is seen: what a picture shows is read by `pictures`, what it carries by `words`."""
        for text in words(self._data):
            yield shown(Place(Layer.PROPERTY, part=self.source), text, sure=True)

    def pictures(self) -> Iterator[Picture]:
        """图片 — the one."""
        yield Picture(Place(Layer.PICTURE, part=self.source), self._data, self._write)

    def strip(self) -> None:
        """去除看不见的 — as pictures in any file are cleaned."""

    def save(self) -> bytes:
        """写出."""
        return self._data


def facts(name: str, data: bytes) -> Iterator[Hidden]:
    """图片里夹带的 — where, when and with what it was taken, and whatever else is in the file (条例 第十五条)."""
    place = Place(Layer.PICTURE, part=name)
    try:
        with _opened(data) as image:
            exif = image.getexif()
            described = {**exif, **exif.get_ifd(ExifTags.IFD.Exif)}
            located = bool(exif.get_ifd(_GPS))
    except BROKEN:
        described, located = {}, False
    if located:
        yield Hidden(place, Sentence("图片 {name} 里有拍摄地点", {"name": name}))
    for tag, value in described.items():
        label = ExifTags.TAGS.get(tag, "")
        if label in _TOLD and str(value).strip("\0 "):
            printed = str(value).strip("\0 ")
            yield Hidden(
                place, Sentence("图片 {name} 里写着 {tag}：{value}", {"name": name, "tag": label, "value": printed})
            )
    for label in dict.fromkeys(label for label, _ in carried(data) if label != COLOURS):
        yield Hidden(place, Sentence("图片 {name} 里夹带 {tag}", {"name": name, "tag": label}))


def words(data: bytes) -> Iterator[str]:
    """夹带的文字 — what is written in a picture's file beside its pixels, packed or not."""
    for _, part in carried(data):
        yield from spelled.texts(part)


def unknown(data: bytes) -> Iterator[bytes]:
    """不知道是什么的 — bytes of a picture's file that belong to no part of it, most of them behind its end."""
    yield from (part for label, part in carried(data) if label in UNKNOWN and not is_nothing(part))


def file_in(unknown: bytes) -> int | None:
    """里面的文件 — where a picture or another file begins in them."""
    found = _FILE.search(unknown)
    return found and found.start()


@lru_cache(maxsize=64)
def cleaned(source: str, data: bytes) -> bytes:
    """重新做的图 — every frame from its pixels, upright, with nothing else. DocumentError where it cannot be read."""
    _check(source, data)
    try:
        with _opened(data) as image:
            return _made(image)
    except BROKEN:
        raise refusal("damaged", source) from None


def is_picture(data: bytes) -> bool:
    """是图片 — one that can be opened: not a drawing in vectors."""
    try:
        with _opened(data) as image:
            return image.format not in _DRAWINGS and image.width * image.height > 0
    except BROKEN:
        return False


def blank(source: str, data: bytes) -> bytes:
    """遮住整幅图 — a grey one of the same size and format, for a picture that shows what must not be seen."""
    try:
        with _opened(data) as image:
            grey, out = Image.new("L", ImageOps.exif_transpose(image).size, _GREY), BytesIO()
            grey.save(out, format=_kind(image))
            return out.getvalue()
    except BROKEN:
        raise refusal("damaged", source) from None


def _made(image: Image.Image) -> bytes:
    kind, out = _kind(image), BytesIO()
    count = min(getattr(image, "n_frames", 1), _MOST_FRAMES) if kind in _MOVING else 1
    frames: list[Image.Image] = []
    lasting: list[int] = []
    for number in range(count):
        image.seek(number)
        lasting.append(int(image.info.get("duration") or 0))
        frames.append(_frame(image, kind))
        frames[-1].info = {}  # encoders write what they find there
    options: dict[str, object] = {}
    if count > 1:
        options = {"save_all": True, "append_images": frames[1:]}
        if kind != "TIFF":
            options |= {"duration": lasting, "loop": 0}
    quality: dict[str, dict[str, object]] = {
        "JPEG": {"quality": 92},
        "WEBP": {"quality": 92},
        "TIFF": {"compression": "tiff_deflate"},
        "PNG": {"optimize": True},
    }
    frames[0].save(out, format=kind, **options, **quality.get(kind, {}))
    return out.getvalue()


def _kind(image: Image.Image) -> str:
    """The format of the copy: that of the file, as far as it is one that is written and shown everywhere."""
    kind = "JPEG" if image.format == "MPO" else image.format or "PNG"
    return kind if kind in ("JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP") else "PNG"


def _frame(image: Image.Image, kind: str) -> Image.Image:
    """One frame as new pixels: the usual colours, upright, nothing under what is clear."""
    upright = ImageOps.exif_transpose(image)
    if upright.mode in _DEEP and not upright.has_transparency_data:
        pixels = upright.convert("I;16") if upright.mode.startswith("I;16") else upright
        return Image.frombytes(pixels.mode, pixels.size, pixels.tobytes())
    shown = _usual_colours(upright)
    if shown.mode == "RGBA" and kind in ("JPEG", "BMP"):
        ground = Image.new("RGBA", shown.size, "white")
        shown = Image.alpha_composite(ground, shown).convert("RGB")
    if shown.mode == "RGBA":
        bare = Image.new("RGBA", shown.size, (0, 0, 0, 0))
        bare.paste(shown, mask=shown.getchannel("A").point(lambda clear: 255 if clear else 0))
        return bare
    return _with_few_colours(shown) if kind == "GIF" else Image.frombytes("RGB", shown.size, shown.tobytes())


def _usual_colours(image: Image.Image) -> Image.Image:
    """RGB, or RGBA where something is clear; by the profile of the file where it has one that can be followed."""
    mode = "RGBA" if image.has_transparency_data else "RGB"
    profile = image.info.get("icc_profile")
    if profile and image.mode in ("RGB", "CMYK"):
        try:
            given = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(image, given, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, *BROKEN):
            converted = None
        if converted is not None:
            return converted
    return image.convert(mode)


def _with_few_colours(image: Image.Image) -> Image.Image:
    """For a GIF: its colours as they are where there are few enough."""
    colours = image.getcolors(_FEW_COLOURS)
    if colours is None:
        return image.quantize(_FEW_COLOURS, dither=Image.Dither.NONE)
    levels = [level for _, colour in colours if isinstance(colour, tuple) for level in colour]
    palette = Image.new("P", (1, 1))
    palette.putpalette(levels)
    return image.quantize(len(colours), palette=palette, dither=Image.Dither.NONE)


def _opened(data: bytes) -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return Image.open(BytesIO(data))


def _check(source: str, data: bytes) -> None:
    try:
        with _opened(data) as image:
            pixels = image.width * image.height
    except BROKEN:
        raise refusal("damaged", source) from None
    if pixels > _MOST_PIXELS:
        raise DocumentError(
            source, "{file}：图片太大（{pixels} 个像素），没有读。请缩小以后再试", file=source, pixels=pixels
        )
