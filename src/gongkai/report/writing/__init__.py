"""写年报 — a report in the official form, as Word, PDF, web page, sheet, Markdown or JSON (条例 第五十条第二款).

Every format reads back figure for figure. Blank stays blank; what is absent is left blank, what is doubtful or inferred
is printed, and each of them is named in a note at the end, so that a copy never looks surer than its source.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from gongkai.documents import writing
from gongkai.documents.writing.manuscript import Block
from gongkai.report.figures import AnnualReport, State
from gongkai.report.form import Edition, OtherHandling, form
from gongkai.report.interchange import to_json
from gongkai.report.writing.composing import compose

FORMATS = (*writing.FORMATS, "json")
"""写得出的格式 — suffixes of files, without the dot."""


def write_report(report: AnnualReport, suffix: str, *, appended: Sequence[Block] = ()) -> bytes:
    """写年报 — the report as a file of one of FORMATS, `appended` after it. WritingError where the format needs what is
    missing."""
    if suffix == "json":
        return (json.dumps(to_json(report), ensure_ascii=False, indent=1) + "\n").encode()
    manuscript = compose(report)
    return writing.write(replace(manuscript, blocks=(*manuscript.blocks, *appended)), suffix)


def blank_report(edition: Edition | str) -> AnnualReport:
    """空白格式 — the form of an edition with nothing filled in, of its own shape (条例 第五十条第二款)."""
    shape = OtherHandling.ROWS if Edition(edition) is Edition.E2021 else OtherHandling.ROW
    of = form(edition, shape)
    return AnnualReport(
        source="",
        edition=of.edition,
        figures=dict.fromkeys(of.addresses),
        states=dict.fromkeys(of.addresses, State.BLANK),
    )
