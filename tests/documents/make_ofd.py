"""造 OFD — the pages that `make` draws, as GB/T 33190 has them: millimetres from the upper left corner, text objects
with the steps between their characters, path objects for ruling lines, a template under the pages.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.documents.make import Block

NAMESPACE = "http://www.ofdspec.org/2016"
WIDTH, HEIGHT = 210, 297
_MILLIMETRES = 25.4 / 72
_TEXT = re.compile(r"BT /F1 (\S+) Tf (\S+) (\S+) Td <([0-9a-f]*)> Tj ET")
_BOX = re.compile(r"(\S+) (\S+) (\S+) (\S+) re S")
_TOP = 842


def ofd(blocks: Sequence[Block], *, rule: bool = True) -> bytes:
    """造 OFD."""
    from tests.documents import make

    pages = ["".join(map(_object, page)) for page in make.drawn(blocks, rule=rule)]
    return package(pages)


def package(pages: Sequence[str], template: str = "", area: str = f"0 0 {WIDTH} {HEIGHT}") -> bytes:
    """装成 OFD — pages and a template, given as the objects in them."""
    places = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    under = '<ofd:TemplatePage ID="900" BaseLoc="Tpls/Tpl_0/Content.xml"/>' if template else ""
    parts = {
        "OFD.xml": _root(
            "OFD",
            "<ofd:DocBody><ofd:DocInfo><ofd:DocID>1</ofd:DocID></ofd:DocInfo>"
            "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>",
            ' Version="1.0" DocType="OFD"',
        ),
        "Doc_0/Document.xml": _root(
            "Document",
            "<ofd:CommonData><ofd:MaxUnitID>999</ofd:MaxUnitID>"
            f"<ofd:PageArea><ofd:PhysicalBox>{area}</ofd:PhysicalBox></ofd:PageArea>{under}</ofd:CommonData>"
            f"<ofd:Pages>{places}</ofd:Pages>",
        ),
    }
    if template:
        parts["Doc_0/Tpls/Tpl_0/Content.xml"] = _page(template, "")
    for n, page in enumerate(pages):
        used = '<ofd:Template TemplateID="900" ZOrder="Background"/>' if template else ""
        parts[f"Doc_0/Pages/Page_{n}/Content.xml"] = _page(page, used)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def text(x: float, y: float, size: float, words: str, more: str = "") -> str:
    """文字对象 — one line of text whose first character stands on the point (x, y); `more`: further attributes."""
    steps = [size if sign > "\x7f" else size / 2 for sign in words[:-1]]
    return (
        f'<ofd:TextObject ID="5" Boundary="{x:.3f} {y - size:.3f} {max(size, sum(steps) + size):.3f} {size * 1.2:.3f}" '
        f'Font="3" Size="{size:.3f}"{more}><ofd:FillColor Value="0 0 0"/>'
        f'<ofd:TextCode X="0" Y="{size:.3f}" DeltaX="{deltas(steps)}">{escape(words)}</ofd:TextCode></ofd:TextObject>'
    )


def deltas(steps: Sequence[float]) -> str:
    """步距 — with the shorthand of the standard for steps that are the same: `g 3 2.5`."""
    words: list[str] = []
    at = 0
    while at < len(steps):
        end = at
        while end < len(steps) and steps[end] == steps[at]:
            end += 1
        words.append(f"g {end - at} {steps[at]:.3f}" if end - at > 2 else " ".join([f"{steps[at]:.3f}"] * (end - at)))
        at = end
    return " ".join(words)


def path(data: str, boundary: str = f"0 0 {WIDTH} {HEIGHT}", more: str = "") -> str:
    """图形对象 — a path in the space of its boundary."""
    return (
        f'<ofd:PathObject ID="6" Boundary="{boundary}" LineWidth="0.25"{more}>'
        f'<ofd:StrokeColor Value="0 0 0"/><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>'
    )


def _object(drawn: str) -> str:
    if found := _TEXT.fullmatch(drawn):
        size, x, y = (float(number) * _MILLIMETRES for number in found.groups()[:3])
        words = bytes.fromhex(found[4]).decode("utf-16-be")
        return text(x, _TOP * _MILLIMETRES - y, size, words)
    box = _BOX.fullmatch(drawn)
    assert box, drawn
    x, y, wide, high = (float(number) * _MILLIMETRES for number in box.groups())
    place = f"{x:.3f} {_TOP * _MILLIMETRES - y - high:.3f} {wide:.3f} {high:.3f}"
    return path(f"M 0 0 L {wide:.3f} 0 L {wide:.3f} {high:.3f} L 0 {high:.3f} C", place)


def _page(objects: str, used: str) -> str:
    return _root("Page", f'{used}<ofd:Content><ofd:Layer ID="2" Type="Body">{objects}</ofd:Layer></ofd:Content>')


def _root(name: str, inside: str, more: str = "") -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><ofd:{name} xmlns:ofd="{NAMESPACE}"{more}>{inside}</ofd:{name}>'
