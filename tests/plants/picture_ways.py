"""图片底稿 — what a picture file carries beside its pixels, alone and inside documents (条例 第十五条)."""

from __future__ import annotations

import base64
import io
import struct
import zlib
from collections.abc import Callable, Iterator
from functools import cache, partial

import docx
import openpyxl
from openpyxl.drawing.image import Image as SheetImage
from PIL import Image, ImageDraw, PngImagePlugin

from tests.plants.planting import Base, Place, Sight
from tests.plants.zipping import Container

Make = Callable[[str], bytes]
_XMP = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description>{}</rdf:Description></rdf:RDF></x:xmpmeta>'


@cache
def _plain() -> Image.Image:
    image = Image.new("RGB", (64, 48), "white")
    ImageDraw.Draw(image).rectangle((8, 8, 40, 30), fill="red")
    return image


@cache
def saved(kind: str) -> bytes:
    """存成 — the plain picture."""
    out = io.BytesIO()
    _plain().save(out, kind)
    return out.getvalue()


def _written(kind: str, **more: object) -> bytes:
    out = io.BytesIO()
    _plain().save(out, kind, **more)  # type: ignore[arg-type]
    return out.getvalue()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))


def _png(kind: bytes, build: Callable[[str], bytes], *, ahead: bool = True) -> Make:
    def make(text: str) -> bytes:
        data = saved("PNG")
        at = 33 if ahead else data.rindex(b"IEND") + 8
        return data[:at] + _chunk(kind, build(text)) + data[at:]

    return make


def _segment(mark: int, build: Callable[[str], bytes]) -> Make:
    def make(text: str) -> bytes:
        data, body = saved("JPEG"), build(text)
        return data[:2] + struct.pack(">BBH", 0xFF, mark, len(body) + 2) + body + data[2:]

    return make


def _exif(tag: int, inner: int | None = None) -> Callable[[str], Image.Exif]:
    def build(text: str) -> Image.Exif:
        exif = Image.Exif()
        value: object = text.encode("utf-16-le") if 0x9C9B <= tag <= 0x9C9F else text.encode("utf-8")
        if inner is None:
            exif[tag] = value
        else:
            exif.get_ifd(inner)[tag] = value
        return exif

    return build


def _tagged(tag: int, inner: int | None = None) -> Make:
    return lambda text: _written("JPEG", exif=_exif(tag, inner)(text))


def _in_tiff(tag: int) -> Make:
    return lambda text: _written("TIFF", tiffinfo={tag: text})


def _thumbnail(text: str) -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "camera"
    body = exif.tobytes() + _segment(0xFE, str.encode)(text)
    return b"Exif\0\0" + body.removeprefix(b"Exif\0\0")


def _icc(text: str) -> bytes:
    words = text.encode()
    description = b"desc\0\0\0\0" + struct.pack(">L", len(words) + 1) + words + b"\0" * 80
    head = (
        struct.pack(">L", 128 + 16 + len(description)) + b"\0" * 8 + b"mntrRGB XYZ " + b"\0" * 12 + b"acsp" + b"\0" * 88
    )
    return head[:128] + struct.pack(">L4sLL", 1, b"desc", 144, len(description)) + description


def _behind(kind: str) -> Make:
    return lambda text: saved(kind) + text.encode()


def _gif(extension: bytes, head: bytes = b"") -> Make:
    def make(text: str) -> bytes:
        data, body = saved("GIF"), text.encode()
        block = b"!" + extension + head + bytes([len(body)]) + body + b"\0"
        at = data.rindex(b",")
        at = 13 + 3 * 2 ** ((data[10] & 7) + 1) if data[10] & 0x80 else 13
        return data[:at] + block + data[at:]

    return make


def _riff(kind: bytes) -> Make:
    def make(text: str) -> bytes:
        body = text.encode() + b"\0" * (len(text.encode()) % 2)
        data = saved("WEBP") + kind + struct.pack("<L", len(body)) + body
        return data[:4] + struct.pack("<L", len(data) - 8) + data[8:]

    return make


def _text_chunk(key: str, *, packed: bool = False, wide: bool = False) -> Make:
    def make(text: str) -> bytes:
        info = PngImagePlugin.PngInfo()
        if wide:
            info.add_itxt(key or text, text, "zh", "名")
        else:
            info.add_text(
                key or text.encode("latin-1", "ignore").decode("latin-1")[:70] or "a", text.encode(), zip=packed
            )
        return _written("PNG", pnginfo=info)

    return make


PICTURES: dict[str, tuple[str, Make]] = {
    "png text": ("png", _text_chunk("Comment")),
    "png packed text": ("png", _text_chunk("Comment", packed=True)),
    "png wide text": ("png", _text_chunk("Own", wide=True)),
    "png own chunk": ("png", _png(b"prVt", str.encode)),
    "png exif": ("png", lambda n: _written("PNG", exif=_exif(0x010E)(n))),
    "png profile": ("png", lambda n: _written("PNG", icc_profile=_icc(n))),
    "png behind": ("png", _behind("PNG")),
    "png chunk behind the end": ("png", _png(b"tEXt", str.encode, ahead=False)),
    "png palette name": ("png", _png(b"sPLT", lambda n: n.encode()[:79] + b"\0\x08")),
    "png histogram": ("png", _png(b"hIST", str.encode)),
    "png xmp": ("png", _text_chunk("XML:com.adobe.xmp", wide=True)),
    "jpeg comment": ("jpeg", _segment(0xFE, str.encode)),
    "jpeg xmp": ("jpeg", _segment(0xE1, lambda n: b"http://ns.adobe.com/xap/1.0/\0" + _XMP.replace("{}", n).encode())),
    "jpeg iptc": (
        "jpeg",
        _segment(
            0xED,
            lambda n: (
                b"Photoshop 3.0\x008BIM\x04\x04\0\0"
                + struct.pack(">L", len(n.encode()) + 5)
                + b"\x1c\x02\x78"
                + struct.pack(">H", len(n.encode()))
                + n.encode()
            ),
        ),
    ),
    "jpeg profile": ("jpeg", _segment(0xE2, lambda n: b"ICC_PROFILE\0\1\1" + _icc(n))),
    "jpeg own segment": ("jpeg", _segment(0xEF, str.encode)),
    "jpeg jfif thumbnail": ("jpeg", _segment(0xE0, lambda n: b"JFXX\0\x10" + n.encode())),
    "jpeg adobe": ("jpeg", _segment(0xEE, lambda n: b"Adobe\0\x64" + n.encode())),
    "jpeg thumbnail": ("jpeg", _segment(0xE1, _thumbnail)),
    "jpeg behind": ("jpeg", _behind("JPEG")),
    "jpeg second picture": ("jpeg", lambda n: saved("JPEG") + _segment(0xFE, str.encode)(n)),
    **{
        f"jpeg exif {tag:04x}": ("jpeg", _tagged(tag))
        for tag in (
            0x010D,
            0x010E,
            0x010F,
            0x0110,
            0x0131,
            0x013B,
            0x013C,
            0x8298,
            0x9C9B,
            0x9C9C,
            0x9C9D,
            0x9C9E,
            0x9C9F,
            0xC6D2,
            0xEA1C,
            0xFFF0,
        )
    },
    **{
        f"jpeg inner exif {tag:04x}": (
            "jpeg",
            _tagged(tag, 0x8769),
        )
        for tag in (0x9286, 0x927C, 0xA420, 0xA430, 0xA431, 0xA435, 0x9003)
    },
    "jpeg place": ("jpeg", lambda n: _written("JPEG", exif=_exif(0x001C, 0x8825)(n))),
    "gif comment": ("gif", _gif(b"\xfe")),
    "gif application": ("gif", _gif(b"\xff", b"\x0bOWNOWNOWN00")),
    "gif plain text": ("gif", _gif(b"\x01", b"\x0c" + b"\0" * 12)),
    "gif behind": ("gif", _behind("GIF")),
    "bmp behind": ("bmp", _behind("BMP")),
    "webp behind": ("webp", _behind("WEBP")),
    "webp own chunk": ("webp", _riff(b"OWNC")),
    "webp exif": ("webp", lambda n: _written("WEBP", exif=_exif(0x010E)(n))),
    "webp xmp": ("webp", lambda n: _written("WEBP", xmp=_XMP.replace("{}", n).encode())),
    **{f"tiff {tag}": ("tiff", _in_tiff(tag)) for tag in (270, 271, 285, 305, 315, 316, 33432, 65000)},
    "tiff behind": ("tiff", _behind("TIFF")),
}
"""What is carried → the suffix, and how to make it."""
_KIND = Sight.HIDDEN


class Picture(Base):
    """图片底稿 — of one format; one plant a file."""

    def __init__(self, suffix: str) -> None:
        self.name, self._suffix = f"照片.{suffix}", suffix
        self._data = saved(suffix.upper())

    def places(self) -> Iterator[Place]:
        """每一处."""
        for where, (suffix, make) in PICTURES.items():
            if suffix == self._suffix:
                yield Place("picture", where, self._writer(make), _KIND, tears=suffix == "tiff")

    def _writer(self, make: Make) -> Callable[[str], None]:
        return lambda text: setattr(self, "_data", make(text))

    def save(self) -> bytes:
        """写出."""
        return self._data


class Carrier(Base):
    """夹图片的文件 — a document with pictures, one for each plant."""

    def __init__(self, suffix: str) -> None:
        self.name, self._suffix = f"通知.{suffix}", suffix
        self._pictures: list[bytes] = []

    def places(self) -> Iterator[Place]:
        """每一处 — pictures that the format takes."""
        for where, (suffix, make) in PICTURES.items():
            if suffix in ("png", "jpeg", "gif") and (self._suffix != "pdf" or suffix == "jpeg"):
                yield Place("picture inside", where, self._adding(make), _KIND)

    def _adding(self, make: Make) -> Callable[[str], None]:
        return lambda text: self._pictures.append(make(text))

    def save(self) -> bytes:
        """写出 — as the suffix says."""
        return {"docx": _in_word, "xlsx": _in_sheet, "html": _in_page, "pdf": _in_paper, "md": _in_markdown}[
            self._suffix
        ](self._pictures)


def _stand_ins(pictures: list[bytes]) -> list[bytes]:
    """Plain pictures of the same format, each of another size: the parts are swapped later, as libraries are strict."""
    made = []
    for at, data in enumerate(pictures):
        out = io.BytesIO()
        Image.new("RGB", (64 + at, 48), "white").save(out, _type(data).rpartition("/")[2])
        made.append(out.getvalue())
    return made


def _swapped(document: bytes, old: list[bytes], new: list[bytes]) -> bytes:
    container = Container.opened(document)
    for member in container.members:
        if member.data in old:
            member.data = new[old.index(member.data)]
    return container.written()


def _in_word(pictures: list[bytes]) -> bytes:
    document, plain = docx.Document(), _stand_ins(pictures)
    document.add_paragraph("附图如下。")
    for data in plain:
        document.add_picture(io.BytesIO(data))
    out = io.BytesIO()
    document.save(out)
    return _swapped(out.getvalue(), plain, pictures)


def _in_sheet(pictures: list[bytes]) -> bytes:
    book, plain = openpyxl.Workbook(), _stand_ins(pictures)
    page = book.worksheets[0]
    page.append(["附图"])
    for at, data in enumerate(plain):
        image = SheetImage(io.BytesIO(data))
        image._data = partial(bytes, data)
        page.add_image(image, f"A{at * 5 + 2}")
    out = io.BytesIO()
    book.save(out)
    return _swapped(out.getvalue(), plain, pictures)


def _in_page(pictures: list[bytes]) -> bytes:
    images = "".join(f'<img src="data:{_type(data)};base64,{base64.b64encode(data).decode()}">' for data in pictures)
    return f"<!doctype html><meta charset=utf-8><title>图</title><p>附图如下。</p>{images}".encode()


def _in_markdown(pictures: list[bytes]) -> bytes:
    images = "\n\n".join(f"![图](data:{_type(data)};base64,{base64.b64encode(data).decode()})" for data in pictures)
    return f"# 附图\n\n{images}\n".encode()


def _type(data: bytes) -> str:
    return "image/png" if data[:1] == b"\x89" else "image/gif" if data[:3] == b"GIF" else "image/jpeg"


def _in_paper(pictures: list[bytes]) -> bytes:
    import pikepdf
    from pikepdf import Array, Dictionary, Name, Stream

    file = pikepdf.new()
    page = file.add_blank_page(page_size=(595, 842))
    page.obj.Resources = Dictionary(
        XObject=Dictionary(),
        Font=Dictionary(F1=file.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))),
    )
    words = "BT /F1 12 Tf 60 780 Td (Pictures of the office) Tj ET"
    for at, data in enumerate(pictures):
        image = Stream(file, data)
        for key, value in {
            "/Type": Name.XObject,
            "/Subtype": Name.Image,
            "/Width": 64,
            "/Height": 48,
            "/BitsPerComponent": 8,
            "/ColorSpace": Name.DeviceRGB,
            "/Filter": Name.DCTDecode,
        }.items():
            image[key] = value
        page.obj.Resources.XObject[f"/I{at}"] = file.make_indirect(image)
        words += f" q 12 0 0 9 {60 + at * 14} 700 cm /I{at} Do Q"
    page.obj.MediaBox = Array([0, 0, 595, 842])
    page.contents_add(Stream(file, words.encode()))
    out = io.BytesIO()
    file.save(out, static_id=True)
    return out.getvalue()


def _alone(suffix: str) -> Callable[[], Base]:
    return lambda: Picture(suffix)


def _carried(suffix: str) -> Callable[[], Base]:
    return lambda: Carrier(suffix)


BASES: dict[str, Callable[[], Base]] = {
    **{f"picture {suffix}": _alone(suffix) for suffix in ("png", "jpeg", "gif", "bmp", "webp", "tiff")},
    **{f"{suffix} with pictures": _carried(suffix) for suffix in ("docx", "xlsx", "html", "pdf", "md")},
}
