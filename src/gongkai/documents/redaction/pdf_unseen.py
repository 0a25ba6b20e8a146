"""版式文件里看不见的 — what a PDF holds beside what its pages show, and a new file without it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from gongkai.documents.redaction.picture import cleaned_jpeg
from gongkai.documents.redaction.places import Layer

Drawn = tuple[bytes, tuple[int, int], bool, tuple[float, float]]
"""JPEG, its size in pixels, whether it is grey, the size of the page."""

SAID = {
    "Outlines": "书签：{value}",
    "StructTreeRoot": "结构标签：{value}",
    "AcroForm": "表单：{value}",
    "OpenAction": "打开时的动作{value}",
    "AA": "动作{value}",
    "PieceInfo": "软件的私有数据{value}",
    "Collection": "文件包{value}",
    "JavaScript": "脚本{value}",
}
"""页外的东西怎么说 — the rest is said by its own name."""
_PAGE_KEYS = ("/MediaBox", "/CropBox", "/Rotate", "/Resources", "/Contents", "/UserUnit", "/Group", "/Type")
_MOST_DEPTH = 12
_WORDS = ("/Contents", "/T", "/RC", "/Subj", "/V", "/DV", "/TU", "/Title", "/CA", "/Alt", "/ActualText")


def on_page(page: pikepdf.Page) -> Iterator[str]:
    """页上的注释 — the words of each note, field or link of a page; links to public addresses are no notes."""
    annotations = page.obj.get("/Annots")
    for note in annotations if isinstance(annotations, Array) else ():
        if isinstance(note, Dictionary) and not _is_plain_link(note):
            yield "\n".join(str(note[key]) for key in _WORDS if isinstance(note.get(key), pikepdf.String)) or str(
                note.get("/Subtype", "")
            )


def _is_plain_link(note: Dictionary) -> bool:
    action = note.get("/A")
    return (
        note.get("/Subtype") == Name.Link
        and isinstance(action, Dictionary)
        and action.get("/S") == Name.URI
        and str(action.get("/URI", "")).startswith(("http://", "https://"))
    )


def beside_pages(file: pikepdf.Pdf) -> Iterator[tuple[Layer, str, str]]:
    """页外的东西 — (layer, name, words): properties, attachments, bookmarks, scripts, forms, structure."""
    for key, value in (file.docinfo or {}).items():
        words = str(value).strip()
        if words and key not in ("/CreationDate", "/ModDate", "/Producer", "/Trapped"):
            yield Layer.PROPERTY, str(key).lstrip("/"), words
    root = file.Root
    if "/Metadata" in root:
        yield Layer.PROPERTY, "XMP", _decoded(root.Metadata)
    for name, attached in file.attachments.items():
        yield Layer.ATTACHMENT, name, attached.filename or name
    for key in ("/Outlines", "/StructTreeRoot", "/AcroForm"):
        if key in root:
            yield Layer.PART, key[1:], "\n".join(_words(root[key], 0, set()))
    for key in ("/OpenAction", "/AA", "/PieceInfo", "/Collection"):
        if key in root:
            yield Layer.PART, key[1:], ""
    if isinstance(names := root.get("/Names"), Dictionary) and "/JavaScript" in names:
        yield Layer.PART, "JavaScript", ""


def _decoded(stream: pikepdf.Object) -> str:
    try:
        return stream.read_bytes().decode("utf-8", "replace")
    except (pikepdf.PdfError, AttributeError):
        return ""


def _words(thing: Any, depth: int, told: set[tuple[int, int]]) -> Iterator[str]:
    """Every word of a tree of dictionaries, each once."""
    if depth > _MOST_DEPTH:
        return
    if isinstance(thing, (Dictionary, Array)) and thing.is_indirect:
        if thing.objgen in told:
            return
        told.add(thing.objgen)
    if isinstance(thing, Dictionary):
        for key, value in thing.items():
            if isinstance(value, pikepdf.String) and key in _WORDS:
                yield str(value)
            elif key not in ("/P", "/Parent", "/Pg", "/Dest"):
                yield from _words(value, depth + (key not in ("/Next", "/K", "/First")), told)
    elif isinstance(thing, Array):
        for value in thing:
            yield from _words(value, depth, told)


def is_layered(page: pikepdf.Page) -> bool:
    """有图层 — whether some of the page can be switched off: what is off shows once the switch is gone."""
    resources = page.obj.get("/Resources")
    properties = resources.get("/Properties") if isinstance(resources, Dictionary) else None
    if isinstance(properties, Dictionary):
        return any(
            isinstance(one, Dictionary) and one.get("/Type") in (Name.OCG, Name.OCMD) for one in properties.values()
        )
    objects = resources.get("/XObject") if isinstance(resources, Dictionary) else None
    return isinstance(objects, Dictionary) and any("/OC" in one for one in objects.values() if isinstance(one, Stream))


def bare_copy(file: pikepdf.Pdf, drawn: Mapping[int, Drawn]) -> bytes:
    """只有页面的新文件 — the pages in order, those of `drawn` as pictures; the same input gives the same bytes."""
    with pikepdf.new() as copy:
        for at, page in enumerate(file.pages):
            if at in drawn:
                _add_picture(copy, drawn[at])
                continue
            links = [
                note for note in page.obj.get("/Annots", ()) if isinstance(note, Dictionary) and _is_plain_link(note)
            ]
            kept = [(list(link.Rect), str(link.A.URI)) for link in links if "/Rect" in link]
            copy.pages.append(page)
            made = copy.pages[-1].obj
            for key in [key for key in made if key not in (*_PAGE_KEYS, "/Parent")]:
                del made[str(key)]
            if kept:
                made.Annots = Array(_link(copy, *link) for link in kept)
        for thing in copy.objects:
            if isinstance(thing, Stream):
                _clean(thing)
        out = BytesIO()
        copy.remove_unreferenced_resources()
        copy.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        return out.getvalue()


def _link(copy: pikepdf.Pdf, corners: list[Any], address: str) -> pikepdf.Object:
    action = Dictionary(S=Name.URI, URI=pikepdf.String(address))
    return copy.make_indirect(
        Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array(corners), A=action, Border=Array([0, 0, 0]))
    )


def _clean(stream: Stream) -> None:
    """Streams carry properties of their own, and pictures those of the camera."""
    for key in ("/Metadata", "/PieceInfo", "/LastModified", "/OPI"):
        if key in stream:
            del stream[key]
    if stream.get("/Filter") == Name.DCTDecode and stream.get("/Subtype") == Name.Image:
        data = stream.read_raw_bytes()
        if data.startswith(b"\xff\xd8"):
            stream.write(cleaned_jpeg(data), filter=Name.DCTDecode, decode_parms=stream.get("/DecodeParms"))  # type: ignore[arg-type]


def _add_picture(copy: pikepdf.Pdf, drawn: Drawn) -> None:
    data, (across, down), grey, (width, height) = drawn
    picture = Stream(copy, data)
    picture.update(
        {
            "/Type": Name.XObject,
            "/Subtype": Name.Image,
            "/Width": across,
            "/Height": down,
            "/ColorSpace": Name.DeviceGray if grey else Name.DeviceRGB,
            "/BitsPerComponent": 8,
            "/Filter": Name.DCTDecode,
        }
    )
    page = copy.add_blank_page(page_size=(width, height))
    page.obj.Resources = Dictionary(XObject=Dictionary(Picture=copy.make_indirect(picture)))
    page.obj.Contents = copy.make_stream(f"q {width:.2f} 0 0 {height:.2f} 0 0 cm /Picture Do Q".encode())
