"""图片的改动 — where it was taken, by whom and with what, shown and removed; the picture itself is left as it is.

JPEG and PNG are cleaned segment by segment, without encoding them anew; what else there is, and pictures that only a
note turns upright, are written anew.
"""

from __future__ import annotations

import struct
import warnings
from collections.abc import Iterator
from io import BytesIO

from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from gongkai.documents.document import DocumentError
from gongkai.documents.redaction.editor import Editor, Picture, Slot, Table
from gongkai.documents.redaction.places import Layer, Place, Sentence
from gongkai.documents.redaction.values import Hidden
from gongkai.documents.refusals import refusal

_JPEG, _PNG, _PNG_HEAD = b"\xff\xd8", b"\x89PNG\r\n\x1a\n", 8
_MOST_PIXELS = 120_000_000
_ORIENTATION = 0x0112
_GPS = 0x8825
# What a viewer needs: JFIF, the colour profile, Adobe's colour transform.
_KEPT_SEGMENTS = {0xE0, 0xE2, 0xEE}
_STANDALONE = {0x01, *range(0xD0, 0xD8)}
_SCAN, _END = 0xDA, 0xD9
_PROFILE = b"ICC_PROFILE\0"
_KEPT_CHUNKS = set(b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP pHYs sBIT bKGD acTL fcTL fdAT".split())
_FORM = ("mode", "dpi_unit", "compression", "version")
_TOLD = {
    *("Artist", "Copyright", "Make", "Model", "Software", "DateTime", "DateTimeOriginal", "ImageDescription"),
    *("UserComment", "HostComputer", "CameraOwnerName", "BodySerialNumber", "XPAuthor", "XPComment", "XPTitle"),
}
_BROKEN = (
    UnidentifiedImageError,
    OSError,
    ValueError,
    SyntaxError,
    struct.error,
    EOFError,
    Image.DecompressionBombError,
)
_GREY = 200


class Photo(Editor):
    """图片."""

    format = "picture"

    def _load(self, data: bytes) -> None:
        _check(self.source, data)
        self._data = data

    def _write(self, data: bytes) -> None:
        self._data = data

    def parts(self) -> Iterator[Slot | Table]:
        """文字 — none: what a picture shows is read by `pictures`."""
        return iter(())

    def pictures(self) -> Iterator[Picture]:
        """图片 — the one."""
        yield Picture(Place(Layer.PICTURE, part=self.source), self._data, self._write)

    def strip(self) -> None:
        """去除看不见的 — as pictures in any file are cleaned."""

    def save(self) -> bytes:
        """写出."""
        return self._data


def facts(name: str, data: bytes) -> Iterator[Hidden]:
    """图片里夹带的 — where, when and with what it was taken, and words written into the file (条例 第十五条)."""
    place = Place(Layer.PICTURE, part=name)
    try:
        with _opened(data) as image:
            exif = image.getexif()
            described = {**exif, **exif.get_ifd(ExifTags.IFD.Exif)}
            located = bool(exif.get_ifd(_GPS))
            words = [key for key, value in image.info.items() if isinstance(value, str) and key not in _FORM]
            extra = [key for key in ("comment", "xmp", "photoshop", "XML:com.adobe.xmp") if image.info.get(key)]
    except _BROKEN:
        return
    if located:
        yield Hidden(place, Sentence("图片 {name} 里有拍摄地点", {"name": name}))
    for tag, value in described.items():
        label = ExifTags.TAGS.get(tag, "")
        if label in _TOLD and str(value).strip("\0 "):
            printed = str(value).strip("\0 ")[:80]
            yield Hidden(
                place, Sentence("图片 {name} 里写着 {tag}：{value}", {"name": name, "tag": label, "value": printed})
            )
    for key in dict.fromkeys([*words, *extra]):
        yield Hidden(place, Sentence("图片 {name} 里夹带说明 {tag}", {"name": name, "tag": key}))
    if (
        data.startswith(_JPEG)
        and not located
        and len(cleaned_jpeg(data)) + 64 < len(data)
        and not (described or words or extra)
    ):
        yield Hidden(place, Sentence("图片 {name} 里夹带其他数据", {"name": name}))


def cleaned(source: str, data: bytes) -> bytes:
    """去掉夹带的 — the picture alone. DocumentError for one that cannot be read."""
    _check(source, data)
    try:
        with _opened(data) as image:
            turned = image.getexif().get(_ORIENTATION, 1) not in (0, 1)
            if image.format == "JPEG" and not turned:
                return cleaned_jpeg(data)
            if image.format == "PNG" and not turned:
                return cleaned_png(data)
            return _anew(image)
    except _BROKEN:
        raise refusal("damaged", source) from None


def is_picture(data: bytes) -> bool:
    """是图片 — one that can be opened: not a drawing in vectors."""
    try:
        with _opened(data):
            return True
    except _BROKEN:
        return False


def blank(source: str, data: bytes) -> bytes:
    """遮住整幅图 — a grey one of the same size and format, for a picture that shows what must not be seen."""
    try:
        with _opened(data) as image:
            grey, out = Image.new("L", image.size, _GREY), BytesIO()
            grey.save(out, format=image.format or "PNG")
            return out.getvalue()
    except _BROKEN:
        raise refusal("damaged", source) from None


def cleaned_jpeg(data: bytes) -> bytes:
    """JPEG 去掉夹带的 — without the segments that tell of the camera and its owner, and nothing after the end."""
    kept, at = [_JPEG], 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker in _STANDALONE or marker == _END:
            kept.append(data[at : at + 2])
            at += 2
            continue
        end = at + 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]
        if marker == _SCAN:
            end = _scan_end(data, end)
        application = 0xE0 <= marker <= 0xEF or marker == 0xFE
        if not application or (marker in _KEPT_SEGMENTS and (marker != 0xE2 or data[at + 4 :].startswith(_PROFILE))):
            kept.append(data[at:end])
        at = end
        if marker == _SCAN and data[at : at + 2] == b"\xff\xd9":
            break
    return b"".join(kept) + (b"" if kept[-1] == b"\xff\xd9" else b"\xff\xd9")


def _scan_end(data: bytes, at: int) -> int:
    """Where the coded picture ends: at the next marker that is neither a stuffed byte nor a restart."""
    while (at := data.find(b"\xff", at)) >= 0 and at + 1 < len(data):
        if data[at + 1] not in (0x00, 0xFF, *range(0xD0, 0xD8)):
            return at
        at += 1 if data[at + 1] == 0xFF else 2
    return len(data)


def cleaned_png(data: bytes) -> bytes:
    """PNG 去掉夹带的 — the chunks of the picture alone."""
    kept, at = [_PNG], _PNG_HEAD
    while at + 8 <= len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        if kind in _KEPT_CHUNKS:
            kept.append(data[at : at + 12 + length])
        at += 12 + length
        if kind == b"IEND":
            break
    return b"".join(kept)


def _anew(image: Image.Image) -> bytes:
    out, kind = BytesIO(), image.format or "PNG"
    frames = getattr(image, "n_frames", 1)
    upright = ImageOps.exif_transpose(image) if frames == 1 else image
    upright.info = {
        key: value for key, value in upright.info.items() if key in ("transparency", "duration", "loop", "icc_profile")
    }
    options: dict[str, object] = {"quality": 92} if kind in ("JPEG", "WEBP") else {}
    if frames > 1:
        options["save_all"] = True
    if kind == "TIFF":
        frame = Image.frombytes(upright.mode, upright.size, upright.tobytes())
        rest = []
        for number in range(1, frames):
            image.seek(number)
            rest.append(Image.frombytes(image.mode, image.size, image.tobytes()))
        frame.save(out, format=kind, compression="tiff_deflate", save_all=bool(rest), append_images=rest)
        return out.getvalue()
    if "exif" not in options and kind in ("JPEG", "WEBP", "PNG"):
        options["exif"] = b""
    upright.save(out, format=kind, **options)
    return out.getvalue()


def _opened(data: bytes) -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return Image.open(BytesIO(data))


def _check(source: str, data: bytes) -> None:
    try:
        with _opened(data) as image:
            pixels = image.width * image.height
    except _BROKEN:
        raise refusal("damaged", source) from None
    if pixels > _MOST_PIXELS:
        raise DocumentError(
            source, "{file}：图片太大（{pixels} 个像素），没有读。请缩小以后再试", file=source, pixels=pixels
        )
