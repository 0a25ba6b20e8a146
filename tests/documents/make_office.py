"""造旧格式 — doc, rtf, xls and OpenDocument by LibreOffice itself, from docx and xlsx: one start for all of them.

It runs in a room as it does for reading: with a profile of its own, and it ends with the room, however that ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from gongkai.documents import libreoffice
from gongkai.documents.isolation import Room

FROM = {"doc": "docx", "rtf": "docx", "odt": "docx", "fodt": "docx", "xls": "xlsx", "ods": "xlsx", "fods": "xlsx"}
"""旧格式 — and what each is made of."""
_FILTERS = {
    "doc": "doc:MS Word 97",
    "rtf": "rtf:Rich Text Format",
    "odt": "odt:writer8",
    "fodt": "fodt:OpenDocument Text Flat XML",
    "xls": "xls:MS Excel 97",
    "ods": "ods:calc8",
    "fods": "fods:OpenDocument Spreadsheet Flat XML",
}
_SECONDS_A_FILE = 20


def converted(files: Sequence[tuple[bytes, str]]) -> list[bytes]:
    """造旧格式 — every docx or xlsx in the format that stands beside it. LibreOffice must be installed."""
    if not files:
        return []
    room = Room(__name__)
    try:
        made = room.call(_convert, files, seconds=60 + _SECONDS_A_FILE * len(files))
    finally:
        room.close()
    return cast("list[bytes]", made)


def _convert(files: Sequence[tuple[bytes, str]]) -> list[bytes]:
    """Inside the room, which goes afterwards, and with it what LibreOffice is here asked to write besides."""
    libreoffice._FILTERS.update(_FILTERS)
    made = []
    for data, target in files:
        result = libreoffice.converted(data, FROM[target], target)
        assert result, f"LibreOffice writes no {target}"
        made.append(result)
    return made
