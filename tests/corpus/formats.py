"""格式 — in which the reports of the corpus come, how many in a hundred, and which of them this machine can write."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from typing import NamedTuple

from gongkai.documents import libreoffice

FORMATS: dict[str, float] = {
    "html": 42,
    "pdf": 10,
    "docx": 10,
    "md": 9,
    "txt-tabs": 6,
    "plain": 5,
    "csv": 4,
    "mht": 4,
    "txt-lines": 4,
    "xlsx": 3,
    "json": 3,
    "ofd": 1.1,
    "doc": 0.9,
    "wps": 0.2,
    "rtf": 0.4,
    "xls": 0.4,
    "et": 0.2,
    "scan": 0.22,
    "tiff": 0.1,
    "png": 0.08,
    "jpg": 0.08,
}
"""格式 — with their shares, in about a hundred. A scan costs a quarter of a minute of a core; 5,000 hold twenty."""


class Old(NamedTuple):
    """旧格式 — what the report is written as first, and what LibreOffice then makes of it."""

    first: str
    target: str


OLD = {
    "doc": Old("docx", "doc"),
    "wps": Old("docx", "doc"),
    "rtf": Old("docx", "rtf"),
    "xls": Old("xlsx", "xls"),
    "et": Old("xlsx", "xls"),
}
SEEN = frozenset(("scan", "tiff", "png", "jpg"))
"""看图的格式 — a PDF of pages that are pictures, and pictures."""
QUICK = {
    format_: share for format_, share in FORMATS.items() if format_ not in {"docx", "pdf", "xlsx", "ofd", *OLD, *SEEN}
}
"""快的格式 — those that are written and read in a few milliseconds."""


def writable(formats: Mapping[str, float] = FORMATS) -> tuple[dict[str, float], dict[str, str]]:
    """写得出的格式 — with their shares; and those left out here, each with what it lacks."""
    lacking: dict[str, str] = {}
    if not libreoffice.program():
        lacking |= dict.fromkeys(OLD, "LibreOffice")
    if missing := _lacking_for_scans():
        lacking |= dict.fromkeys(sorted(SEEN), missing)
    left_out = {format_: lack for format_, lack in lacking.items() if format_ in formats}
    return {format_: share for format_, share in formats.items() if format_ not in left_out}, left_out


def _lacking_for_scans() -> str:
    for module, extra in (("typst", "gongkai[typeset]"), ("rapidocr", "gongkai[ocr]")):
        if not find_spec(module):
            return extra
    from gongkai.documents.writing.look import FANGSONG
    from gongkai.documents.writing.typeset import _known_faces

    return "" if _known_faces().intersection(FANGSONG) else "fonts-noto-cjk"
