"""代替的文字 — what a PDF says instead of what it shows, and the choices of its fields, in order (条例 第十五条).

A reader that copies or reads aloud says them one after the other, whatever the page shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

_MOST_DEPTH, _MOST_FORMS = 60, 4
_SAID = ("/ActualText", "/Alt", "/E")


def replacements(data: bytes, *, in_pages: bool) -> Iterator[list[str]]:
    """替换文字 — of the structure from the top down; of the pages as their contents come to them (ISO 32000-1, 14.9).

    `in_pages`: whether the pages hold any.
    """
    with pikepdf.open(BytesIO(data)) as file:
        yield list(_in_tree(file.Root.get("/StructTreeRoot"), 0, set()))
        if in_pages:
            yield [text for page in file.pages for text in _in_content(page, page.obj.get("/Resources"), 0)]


def choices(page: pikepdf.Page) -> Iterator[list[str]]:
    """选项 — of each field of a page from which one is chosen: those that are shown, then those that are sent."""
    notes = page.obj.get("/Annots")
    for note in notes if isinstance(notes, Array) else ():
        offered = note.get("/Opt") if isinstance(note, Dictionary) else None
        if isinstance(offered, Array):
            for at in (-1, 0):
                said = (one[at] if isinstance(one, Array) and len(one) else one for one in offered)
                yield [str(one) for one in said if isinstance(one, pikepdf.String)]


def _in_content(content: Any, resources: Any, depth: int) -> Iterator[str]:
    try:
        steps = pikepdf.parse_content_stream(content)
    except (pikepdf.PdfError, TypeError, ValueError):
        return
    for step in steps:
        name, operands = str(step.operator), list(step.operands)
        if name == "BDC" and len(operands) > 1:
            said = operands[1] if isinstance(operands[1], Dictionary) else _named(resources, "/Properties", operands[1])
            if isinstance(said, Dictionary) and isinstance(text := said.get("/ActualText"), pikepdf.String):
                yield str(text)
        elif name == "Do" and operands and depth < _MOST_FORMS:
            form = _named(resources, "/XObject", operands[0])
            if isinstance(form, Stream) and form.get("/Subtype") == Name.Form:
                yield from _in_content(form, form.get("/Resources", resources), depth + 1)


def _named(resources: Any, kind: str, name: Any) -> Any:
    listed = resources.get(kind) if isinstance(resources, Dictionary) else None
    return listed.get(str(name)) if isinstance(listed, Dictionary) and isinstance(name, Name) else None


def _in_tree(thing: Any, depth: int, told: set[tuple[int, int]]) -> Iterator[str]:
    if depth > _MOST_DEPTH or not isinstance(thing, (Dictionary, Array)):
        return
    if thing.is_indirect:
        if thing.objgen in told:
            return
        told.add(thing.objgen)
    if isinstance(thing, Array):
        for inner in thing:
            yield from _in_tree(inner, depth + 1, told)
        return
    yield from (str(thing[key]) for key in _SAID if isinstance(thing.get(key), pikepdf.String))
    yield from _in_tree(thing.get("/K"), depth + 1, told)
