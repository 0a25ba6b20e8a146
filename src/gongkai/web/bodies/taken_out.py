"""取走的表 — entries of the journal and findings as CSV, JSON or a workbook; a sheet runs none of it (条例
第四十五条)."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from gongkai.documents.writing.ledger import Column, Page, write
from gongkai.web.bodies.wording import Row, named
from gongkai.web.journal.models import Entry
from gongkai.web.journal.verifying import Finding
from gongkai.web.look.cells import harmless
from gongkai.web.look.language import say, value

CHUNK = 500
MOST_IN_SHEET = 100_000
"""工作簿最多几行 — more is taken as CSV or JSON, which are written as they are read."""
HEADS = ("时间", "谁", "岗位", "单位", "做了什么", "事实", "哪一件", "索引号", "主体", "第几条", "本条的校验值")
NAMES = ("at", "actor", "posts", "actor_body", "act", "facts", "about", "index", "body", "number", "digest")
WIDTHS = (20, 12, 16, 16, 18, 40, 40, 30, 16, 10, 40)
FOUND_HEADS = ("轻重", "主体", "第几条", "查到什么")
FOUND_NAMES = ("weight", "body", "number", "message")
FOUND_WIDTHS = (16, 16, 10, 90)
FORMS = ("xlsx", "csv", "json")
_KINDS = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
Cells = Sequence[str | int]


def of_entries(found: QuerySet[Entry], reader: object) -> Iterator[Cells]:
    """各条记录 — in words, a few hundred at a time; the title stands only where this reader may see it."""
    entries = iter(found.iterator(chunk_size=CHUNK))
    for some in iter(lambda: _some(entries), []):
        yield from map(_cells, named(some, reader))


def of_findings(findings: Iterable[Finding], names: Mapping[str, str]) -> Iterator[Cells]:
    """各处 — as the page says them."""
    for each in findings:
        said = str(value(each.weight.label)), str(value(names.get(each.chain, each.chain)))
        yield (*said, each.number or "", say(each.template, **in_words(each, names)))


def in_words(each: Finding, names: Mapping[str, str]) -> dict[str, object]:
    """所填的词 — the values of a finding, with a body by its name where the finding has the code of its chain."""
    told = dict(each.values)
    if "chain" in told:
        told["chain"] = value(names.get(str(told["chain"]), told["chain"]))
    return told


def answer(
    form: str, name: str, heads: Sequence[str], names: Sequence[str], widths: Sequence[int], rows: Iterator[Cells]
) -> HttpResponseBase:
    """给出去 — a table in one of `FORMS`, as a file of this name."""
    response: HttpResponseBase
    if form == "xlsx":
        columns = [Column(str(value(head)), width) for head, width in zip(heads, widths, strict=True)]
        response = HttpResponse(write([Page(str(value("办理记录")), columns, list(rows))]), content_type=_KINDS[form])
    else:
        made = _csv(heads, rows) if form == "csv" else _json(names, rows)
        response = StreamingHttpResponse(made, content_type=_KINDS[form])
        response["X-Accel-Buffering"] = "no"
    response["Content-Disposition"] = f'attachment; filename="{name}-{timezone.localdate().isoformat()}.{form}"'
    return response


def _some(entries: Iterator[Entry]) -> list[Entry]:
    return [each for _, each in zip(range(CHUNK), entries, strict=False)]  # the count first: no entry is lost


def _cells(row: Row) -> Cells:
    facts = "；".join(say(each.template, **each.values) for each in row.facts)
    posts = "、".join(str(value(each)) for each in row.actor.posts)
    return (
        f"{timezone.localtime(row.entry.at):%Y-%m-%d %H:%M:%S}",
        str(value(row.actor.name)),
        posts,
        str(value(row.actor.body)),
        str(value(row.act)),
        facts,
        str(value(row.about.title)),
        row.about.index,
        str(value(row.chain)),
        row.entry.number,
        row.entry.digest,
    )


def _csv(heads: Sequence[str], rows: Iterator[Cells]) -> Iterator[str]:
    line = csv.writer(_Echo())
    yield "\ufeff" + str(line.writerow([value(head) for head in heads]))
    for row in rows:
        yield str(line.writerow([harmless(str(cell)) for cell in row]))


def _json(names: Sequence[str], rows: Iterator[Cells]) -> Iterator[str]:
    yield "["
    for place, row in enumerate(rows):
        yield (",\n" if place else "\n") + json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False)
    yield "\n]\n"


class _Echo:
    """What the csv module writes to: gives every line back."""

    def write(self, text: str) -> str:
        """一行 — as it would have been written."""
        return text
