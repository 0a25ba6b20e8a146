"""样子的例 — one report in one layout and one copy, from one seed, and what its reading got wrong without saying so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from random import Random

from gongkai.documents.document import DocumentError
from gongkai.documents.opening import open_documents
from gongkai.report.figures import AnnualReport
from gongkai.report.reading import read_document
from gongkai.report.reading.parts import parts
from tests.noise.cases import Case, Fault, faults
from tests.noise.printed import Printed
from tests.noise.ways import COPIES, LAYOUTS, copies, others, shapes, spelling
from tests.noise.ways.through import converted

MODULES = (spelling, shapes, others, copies)


@dataclass(frozen=True)
class Kind:
    """一种 — layouts, and the copy in which they are seen."""

    layouts: tuple[str, ...]
    copy: str
    seed: int

    @cached_property
    def report(self) -> Printed:
        """成稿 — the report, laid out."""
        report = Case(self.seed, "html", ()).build()
        for name in self.layouts:
            if report.edition in LAYOUTS[name].editions:
                report = LAYOUTS[name].change(report, Random(f"{self.seed}:{name}"))
        return report

    @property
    def file(self) -> str:
        """文件名."""
        return f"{'+'.join(self.layouts) or 'plain'}.{self.copy}.{self.seed}.{COPIES[self.copy].suffix}"

    def data(self) -> bytes:
        """文件 — its bytes; conversions by other programs included."""
        written = COPIES[self.copy]
        return converted(written.write(self.report, Random(self.seed)), written.through)

    @property
    def is_made_here(self) -> bool:
        """自成 — whether no other program is needed."""
        return not COPIES[self.copy].through


def kinds(seed: int = 0) -> Iterator[Kind]:
    """各种样子 — every layout in each copy that it fits, and every copy of a plain report."""
    for name, laid in LAYOUTS.items():
        for written in laid.copies:
            yield Kind((name,), written, seed)
    for name in COPIES:
        yield Kind((), name, seed)


def silent(kind: Kind, data: bytes) -> list[Fault]:
    """暗错 — what is wrong and not marked; of several reports in one file, of the one that names this body and year."""
    found: list[AnnualReport] = []
    for document in open_documents(f"file.{COPIES[kind.copy].suffix}", data):
        if isinstance(document, DocumentError):
            continue
        for part in parts(document):
            with suppress(DocumentError):
                found.append(read_document(part))
    named = [r for r in found if (r.agency, r.year) == (kind.report.agency, kind.report.year)]
    of_it = named[:1] or [r for r in found[:1] if not r.agency or not r.year]
    return [fault for report in of_it for fault in faults(kind.report, report) if fault.note != "not on this form"]
