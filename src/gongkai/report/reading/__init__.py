"""读年报 — a document to the annual report that it holds: candidates from views, chosen by the equations (条例
第五十条).

Views are asked for from cheap to dear, only while figures stay open; each table is taken from the view that left
least open.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from gongkai.documents.document import Document, DocumentError, Paragraph, View
from gongkai.report.figures import AnnualReport, State
from gongkai.report.form import Edition, Form, OtherHandling, form
from gongkai.report.interchange import InterchangeError, from_json
from gongkai.report.placements import holds
from gongkai.report.reading import applications, columns, proactive, remedies, seen, solving
from gongkai.report.reading.again import says_otherwise
from gongkai.report.reading.blank_rows import with_blank_rows
from gongkai.report.reading.identity import Identity, identify
from gongkai.report.reading.labels import edition_of, is_table_label
from gongkai.report.reading.numbers import Kind
from gongkai.report.reading.recognition import ENOUGH_FIGURES, reason_against
from gongkai.report.reading.result import Cell, Places, Readings
from gongkai.report.reading.strips import Strip, strips
from gongkai.report.reading.unglued import unglued
from gongkai.report.sections import Passage, split

TABLES = ("proactive", "applications", "remedies")
_ROW_LABEL = 40  # a longer line with a number at its end is a sentence that the page has cut
_PART_OF_TITLE = 4
_RUNNING = 2  # a line that stands on so many pages is their running head or foot
_MOST_WORDS = 60  # cells of the first grids, where a page may print its title


class NotAReportError(DocumentError):
    """这不是政府信息公开工作年度报告 — why a document that opens well is not read as one (条例 第五十条)."""


def read_document(document: Document) -> AnnualReport:
    """读年报 — the annual report that a document holds. NotAReportError, in one plain sentence, where it holds none.

    Figures are given as printed even where they break the form's rules; what is not certain is marked in `states`.
    """
    if document.format == "json":
        return _from_json(document)
    sights: list[_Sight] = []
    for view in document.seen_views():
        sights.append(_look(view))
        if len(document.makers) == 1 or not any(sight.is_open(name) for name, sight in _best(sights).items()):
            break
    first = sights[0]
    if max(sight.figures for sight in sights) < ENOUGH_FIGURES and (cut := unglued(next(document.seen_views()))):
        sights.append(_look(cut))
    words = (head.word for strip in first.stream for head in strip.heads if head.kind is not Kind.BLANK)
    identity = _identity([s for s in first.stream if s.table is None], list(islice(words, _MOST_WORDS)))
    reason = reason_against(first.stream, max(sight.figures for sight in sights), identity.title, identity.year)
    if reason:
        raise NotAReportError(document.source, reason, file=document.source)
    return replace(_report(document.source, sights, identity), part=document.part)


def _identity(lines: Sequence[Strip], words: Sequence[str]) -> Identity:
    """Whose report it is, told from the article: what stands on several pages may be the running head of another."""
    pages: dict[str, set[int]] = {}
    for strip in lines:
        if strip.page is not None and len(pages.setdefault(strip.whole, set())) < _RUNNING:
            pages[strip.whole].add(strip.page)
    running = {whole for whole, found in pages.items() if len(found) >= _RUNNING}
    if running:
        told = identify([strip.whole for strip in lines if strip.whole not in running], words)
        if told.title and told.agency and told.year:
            return told
    return identify([strip.whole for strip in lines], words)


@dataclass(frozen=True)
class _Sight:
    """What one view shows: the stream of strips, the edition, every table's readings; whether its heading names its
    columns in another order than the form, None where the heading was not read; and of which tables what could be read
    of it contradicts the form."""

    stream: list[Strip]
    edition: Edition | None
    shape: OtherHandling
    tables: dict[str, Readings]
    turned: dict[str, bool | None]
    contradicted: frozenset[str] = frozenset()
    seen: bool = False

    @cached_property
    def costs(self) -> dict[str, tuple[int, int, int]]:
        """What is left open in each table; worked out only where there is a dearer view to look at."""
        blank = form(self.edition or Edition.E2021, self.shape)
        return {name: _cost(self.tables[name], blank) for name in TABLES}

    def is_open(self, table: str) -> bool:
        """Whether a dearer view is worth its price. A sum that does not hold is none where the format itself says what
        stands in which cell: the report is read as printed."""
        unread, broken, inferred = self.costs[table]
        if broken > 0 and (self.seen or not self.tables[table].is_exact):
            return True  # seen or cut wrongly as likely as printed wrongly
        if self.seen and seen.unsure(self.tables[table]):
            return True
        return unread > 0 or inferred > 0 or (self.turned[table] is None and not self.seen)

    @property
    def figures(self) -> int:
        return sum([len(table.values) - table.in_state(State.ABSENT) for table in self.tables.values()])


def _look(view: View) -> _Sight:
    stream = with_blank_rows(strips(view))
    start, end = applications.region(stream)
    second = proactive.region(stream, start)
    heading = columns.begins(stream, start)
    asked = columns.applications_in_order(applications.joined(stream[heading:end]))
    sought = columns.remedies_in_order(stream[remedies.begins(stream, end) :])
    edition = edition_of([strip.label for strip in (*stream[second[0] : second[1]], *asked.strips)])
    blank, third = solving.plain(asked.strips, edition) or _third(asked.strips, edition)
    is_open = asked.is_contradicted or (asked.sums_decide and _breaks_a_sum(third, blank))
    tables: dict[str, Readings] = {
        "proactive": proactive.proactive(stream[second[0] : second[1]], blank),
        "applications": third.in_doubt() if is_open else third,
        "remedies": remedies.remedies(sought, blank),
    }
    if says_otherwise(stream, start, end):
        tables = {name: table.in_doubt() for name, table in tables.items()}
    arranged = {"applications": asked, "remedies": sought}
    contradicted = frozenset(name for name, table in arranged.items() if table.is_contradicted)
    turned = {"proactive": False, "applications": asked.is_turned, "remedies": sought.is_turned}
    return _Sight(stream, edition, blank.other_handling, tables, turned, contradicted, bool(view.seen))


def _breaks_a_sum(third: Readings, blank: Form) -> bool:
    return any(holds(equation, third.counts) is False for equation in blank.sums("applications"))


def _third(asked: Sequence[Strip], edition: Edition | None) -> tuple[Form, Readings]:
    rows = applications.rows(asked, edition)
    blank = form(edition or Edition.E2021, rows.shape)
    return blank, solving.applications(rows, blank, applications.headings(asked))


def _best(sights: Sequence[_Sight]) -> dict[str, _Sight]:
    """For each table the view that left least of it open; among equals the cheapest. Where a view has reason to
    take its order for another than that of the form, one that did not read the heading has nothing to say."""
    edition = next((sight.edition for sight in sights if sight.edition), None)
    # A view without the words of an edition was read on the form of 2021.
    known = edition or Edition.E2021
    usable = [sight for sight in sights if (sight.edition or Edition.E2021) is known]
    if len(usable) == 1:
        return dict.fromkeys(TABLES, usable[0])
    return {name: _best_of(usable, name) for name in TABLES}


def _best_of(sights: Sequence[_Sight], table: str) -> _Sight:
    read = [sight for sight in sights if sight.turned[table] is not None]
    is_suspect = any(sight.turned[table] or table in sight.contradicted for sight in sights)
    usable = read if read and is_suspect else sights
    printed = [sight for sight in usable if not any(_is_told_better(sight, other, table) for other in usable)]
    return min(printed or usable, key=lambda sight: sight.costs[table])


def _is_told_better(sight: _Sight, other: _Sight, table: str) -> bool:
    """Whether the other view reads another number plainly where this one infers what it did not find: its sums hold
    only because of what it left out, and what is printed is never altered. Or shows an empty cell where this one found
    nothing: blank wins over inferred. Not of what was seen in a picture, nor of what stands in its cell, only torn."""
    if sight is other or sight.seen or other.seen:
        return False
    inferred, told = sight.tables[table], other.tables[table]
    # In a grid a name and its figures are beside one another: rows of lines may have slid against their names.
    is_surer = told.is_exact and not inferred.is_exact and other.costs[table][1] <= sight.costs[table][1]
    if is_surer and any(told.values.get(a, n) != n for a, n in inferred.printed() if a not in told.states):
        return True
    otherwise = [
        address
        for address, state in inferred.states.items()
        if state is State.INFERRED
        and address in told.values
        and address not in told.states
        and told.values[address] != inferred.values[address]
    ]
    blank = [a for a, state in inferred.states.items() if state is State.INFERRED and told.states.get(a) is State.BLANK]
    cells = inferred.cells() if otherwise or blank else {}
    if any(a not in cells or _whole(cells[a]) != inferred.values[a] for a in otherwise):
        return True
    return any(a not in cells for a in blank) and told.is_exact


def _whole(cell: Cell) -> int | None:
    strip, index = cell
    return strip.tokens[index].whole


def _cost(readings: Readings, blank: Form) -> tuple[int, int, int]:
    """Open figures, broken sums, inferred figures: what would be a reason to look at a dearer view."""
    values = readings.counts
    broken = sum(holds(e, values) is False for e in blank.equations if e.left[0] in values)
    return readings.in_state(State.ABSENT, State.DOUBTFUL), broken, readings.in_state(State.INFERRED)


def _report(source: str, sights: Sequence[_Sight], identity: Identity) -> AnnualReport:
    best = _best(sights)
    edition = next((sight.edition for sight in sights if sight.edition), None) or Edition.E2021
    blank = form(edition, best["applications"].shape)
    tables = [_judged(name, best[name], sights, blank) for name in TABLES]
    values = {address: value for table in tables for address, value in table.values.items()}
    figures = {address: values[address] for address in blank.addresses}
    parts = split(_passages(sights[0].stream, identity.title), is_table_label, identity.agency)
    return AnnualReport(
        source=source,
        edition=edition,
        figures=figures,
        agency=identity.agency,
        year=identity.year,
        title=identity.title,
        preface=parts.preface,
        sections=parts.sections,
        table_notes=parts.notes,
        signed_on=identity.signed_on,
        published_on=identity.published_on,
        states={address: state for t in tables for address, state in t.states.items() if address in figures},
        units={address: unit for t in tables for address, unit in t.units.items() if address in figures},
        places=Places([table.cells for table in tables]),
    )


def _judged(table: str, best: _Sight, sights: Sequence[_Sight], blank: Form) -> Readings:
    """The table as its best view shows it; of a page that is a picture, weighed against the other looks at it."""
    if not best.seen:
        # What one view says of the heading, and no other could read.
        is_unread = best.turned[table] is None and any(table in sight.contradicted for sight in sights)
        return best.tables[table].in_doubt() if is_unread else best.tables[table]
    addresses = blank.addresses_of(table)
    looks = [sight.tables[table] for sight in sights if sight is not best and sight.seen]
    return seen.judged(
        [best.tables[table], *(look for look in looks if look.values.keys() >= set(addresses))], blank.sums(table)
    )


def _passages(stream: Sequence[Strip], title: str | None) -> list[Passage]:
    """The lines outside the grids, without the title, which the report gives apart."""
    passages = []
    rest = title or ""
    for strip in stream:
        if strip.table is not None:
            continue
        part = strip.whole.strip("#*《》")
        if part and part in rest and len(part) > _PART_OF_TITLE:
            rest = rest.replace(part, "", 1)
            continue
        figures = strip.numbers if len(strip.label) <= _ROW_LABEL else 0
        passages.append(Passage(strip.text, strip.whole, strip.loose, figures))
    return passages


def _from_json(document: Document) -> AnnualReport:
    text = "".join(block.text for view in document.views() for block in view.blocks if isinstance(block, Paragraph))
    try:
        report = from_json(json.loads(text))
    except InterchangeError as error:
        raise NotAReportError(document.source, "{file}：{reason}", file=document.source, reason=error) from None
    except (ValueError, RecursionError):
        message = "{file}：这不是完整的 JSON，请重新导出一份"
        raise NotAReportError(document.source, message, file=document.source) from None
    return replace(report, source=document.source)
