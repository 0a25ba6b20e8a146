"""由行成件 — the rows of a spreadsheet to requests and remedies; a wrong cell stops its row (条例 第三十三条)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from gongkai.documents.columns import Entry, Place, Reading, Skipped, Wrong
from gongkai.law.requests.acts import Request, RequestAct
from gongkai.law.requests.settings import Settings
from gongkai.law.workdays import Calendar
from gongkai.report.ledger import (
    Beside,
    Ledger,
    LedgerError,
    RefusedRow,
    Stopped,
    by_act,
    remedy_from,
    request_from,
    said,
)
from gongkai.report.ledger.aside import is_aside, to_come, values_up_to_today, with_workdays
from gongkai.report.ledger.carried import Carried, carried, is_answered, told_years
from gongkai.report.ledger.case import (
    JUDGED,
    NO_NUMBER,
    UNDATED,
    Row,
    acts,
    assumed,
    gap_beside,
    misplaced,
    placeholders,
    problem,
)
from gongkai.report.ledger.doubts import Doubt, doubts
from gongkai.report.ledger.layouts import ACTS, REMEDIES
from gongkai.report.ledger.numbering import Numbers
from gongkai.report.ledger.private import Private
from gongkai.report.ledger.remedies import DAYS as REMEDY_DAYS
from gongkai.report.ledger.remedies import Case
from gongkai.report.ledger.repeated import each_once
from gongkai.report.ledger.several import several, several_acts
from gongkai.report.ledger.unlike import Unlike, unlike
from gongkai.report.ledger.whole import Whole
from gongkai.text.folding import squeeze


@dataclass(slots=True)
class Maker:
    """由各行成台账 — entries in turn to requests, remedies, and what of them is stopped or refused (条例 第五十条)."""

    reading: Reading
    calendar: Calendar
    today: date | None = None
    settings: Settings = field(default_factory=lambda: Settings.of({}))
    requests: dict[str, Row] = field(default_factory=dict)
    places: dict[str, Entry] = field(default_factory=dict)
    unread: dict[str, list[RefusedRow]] = field(default_factory=dict)
    stopped: list[Stopped] = field(default_factory=list)
    remedies: dict[str, Case] = field(default_factory=dict)
    handlers: dict[str, str] = field(default_factory=dict)
    used: dict[str, Entry] = field(default_factory=dict)
    rows: dict[str, list[tuple[Entry, Mapping[str, object]]]] = field(default_factory=dict)
    said: dict[object, Entry] = field(default_factory=dict)
    judged: dict[tuple[str, int], Request] = field(default_factory=dict)
    told_in: dict[tuple[str, str, str], Mapping[str, object]] = field(default_factory=dict)
    assumed: list[Stopped] = field(default_factory=list)
    unlike: Mapping[tuple[str, str], Mapping[str, Unlike]] = field(default_factory=dict)
    several: Mapping[tuple[str, int], tuple[int, LedgerError]] = field(default_factory=dict)
    numbers: Numbers = field(init=False)
    private: Private = field(default_factory=Private)
    extended: list[tuple[str, Entry, Row]] = field(default_factory=list)
    told_beyond: dict[tuple[str, int], Doubt] = field(default_factory=dict)
    carried: Carried = field(init=False)
    whole: Whole = field(init=False)
    beside: dict[object, list[Beside]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        today = self.today or date.today()  # noqa: DTZ011 — as the command
        self.numbers = Numbers(self.reading)
        self.whole = Whole.of(self.reading, self.calendar, today, self.settings)

    def ledger(self) -> Ledger:
        """台账 — of all entries, each once."""
        entries = self.reading.entries
        self.unlike = unlike(entries)
        listed = [each for each in entries if each.layout not in (REMEDIES, ACTS)]
        acts = [each for each in entries if each.layout == ACTS]
        self.several = {**several(listed), **several_acts(acts)}
        self.carried = carried(listed, runs=self.numbers.runs("requests"))
        for entry in self._entries():
            if entry.layout == REMEDIES:
                self._remedy(entry)
            elif entry.layout == ACTS:
                self._act(entry)
            else:
                self._request(entry)
        requests, unreadable = self._made()
        return Ledger(
            body=said.body_in(self.reading.titles),
            requests=tuple(requests),
            remedies=tuple(self.remedies.values()),
            settings={},
            unreadable=unreadable,
            stopped=tuple(self.stopped),
            handlers=self.handlers,
            judged=self.judged,
            places=self.told_in,
            assumed=tuple(self.assumed),
            sheets={number: entry.sheet for number, entry in self.places.items()},
            is_numbered=all(map(self.numbers.is_numbered, entries)),
            beside=self.beside,
            told_years=told_years(self.places),
            unlike=tuple(each for columns in self.unlike.values() for each in columns.values()),
        )

    def _entries(self) -> Iterator[Entry]:
        """Every entry once, also where a summary or a copy holds it again."""
        for entry, why in each_once(self.reading.entries, self.numbers):
            if why == "repeated":
                self.reading.skipped.append(Skipped(entry.sheet, entry.row, "repeated"))
            elif why:
                self._stop(entry, self.numbers.of(self.private.of(entry)), "id", said.ONCE[why])
            else:
                yield self.private.of(entry)

    def _made(self) -> tuple[list[Request], dict[str, tuple[RefusedRow, ...]]]:
        self._extend()
        requests, unreadable = [], {}
        for number, row in self.requests.items():
            entry = self.places[number]
            try:
                request, refused = request_from(row)
            except LedgerError as error:
                self._stop(entry, number, "applicant", error)
                continue
            requests.append(request)
            doubts = tuple(self._doubts(number, row["acts"]))
            doubts += tuple(self._rest(number, request, is_unsure=bool(doubts)))
            self._as_one(number, doubts)
            unreadable[number] = (*self.unread.get(number, ()), *refused, *doubts)
        return requests, unreadable

    def _doubts(self, number: str, told: Iterable[Row]) -> Iterator[RefusedRow]:
        """Cells of the rows of one request that may move its clock."""
        names = {str(act.get("act")) for act in told}
        for entry, values in self.rows.get(number, ()):
            yield from (said.of_cell(entry, each, is_late=False) for each in doubts(entry, values, names))

    def _rest(self, number: str, request: Request, *, is_unsure: bool) -> list[RefusedRow]:
        """What else the rows of a request say: of a late one what leaves it open, unless something does already, else
        what is told beside it; of one in time what says that it is late, whatever else is unsure."""
        told = {act.kind.value for act in request.acts}
        rows = (entry for entry, _ in self.rows.get(number, ()))
        found, self.beside[number], is_in_time = self.whole.look(rows, request, told)
        kept = found if is_in_time or not is_unsure else []
        return [said.of_cell(entry, each, is_late=is_in_time) for entry, each in kept]

    def _request(self, entry: Entry) -> None:
        number = self.numbers.of(entry)
        values, told = self.whole.with_told_days(entry, self._happened(entry, number))
        if told:
            row = said.aside(entry, told.column, "extended_workdays", told.error)
            self.told_beyond[entry.sheet, entry.row] = told
            self.unread.setdefault(number, []).append(row)
        unread = [wrong for wrong in entry.wrong if not wrong.is_ahead or wrong.name == "received_on"]
        hard = {wrong.name for wrong in unread if not is_aside(wrong.name, entry, values)}
        unlike = self.unlike.get((entry.layout, entry.sheet), {})
        if not hard:
            self._aside(entry, number, unread)
            values = self._in_workdays(entry, number, values)
        if hard:
            self.stopped += [said.stopped(number, wrong, is_of_list=wrong.name in unlike) for wrong in unread]
            self._judge(entry, number, self._in_workdays(entry, number, values), hard)
            if number in self.requests and "id" in entry.merged:
                del self.requests[number]
        elif pieces := self.several.get((entry.sheet, entry.row)):
            column, error = pieces
            # Of several that stand in one row nobody can tell which is late.
            self.stopped.append(said.at(entry, number, column, error))
        elif found := problem({**values, "id": number}, entry.columns):
            self._stop(entry, number, *gap_beside(entry, found))
            self._judge(entry, number, values, {found[0]} if found[1] is not UNDATED else set())
        elif number in self.requests and "id" in entry.merged:
            held = self.requests[number]["acts"]
            self.rows[number].append((entry, values))
            held += [act for act in self._acts(entry, number, values) if act not in held]
        elif self._is_carried(entry, number, values):
            pass
        elif first := self.used.get(squeeze(number)):
            self._again(entry, number, values, first)
        else:
            acts = self._acts(entry, number, values)
            self.requests[number] = {"id": number, "applicant": values.get("applicant"), "acts": acts}
            self.rows[number] = [(entry, values)]
            self._as_before(entry, number)
            self._keep(entry, number)
        self.used.setdefault(squeeze(number), entry)

    def _is_carried(self, entry: Entry, number: str, values: Mapping[str, object]) -> bool:
        """One request on two sheets is counted once, as the open one, of which nobody can tell whether it is late."""
        at = entry.sheet, entry.row
        if first := self.carried.again.get(at):
            self._stop(entry, number, "id", LedgerError(said.OPEN_TOO, sheet=first.sheet, row=first.row))
            return True
        if (other := self.carried.pairs.get(at)) is None:
            return False
        error = LedgerError(said.CARRIED if is_answered(entry) else said.GOES_ON, sheet=other.sheet, row=other.row)
        if is_answered(entry):
            self._stop(entry, number, "id", error)
            self._judge(entry, number, values, {"id"})
            return True
        self.unread.setdefault(number, []).append(said.doubt(entry, entry.columns.get("id", 0), error))
        return False

    def _aside(self, entry: Entry, number: str, unread: Iterable[Wrong]) -> None:
        """Name cells that cannot be read and decide nothing: the row is counted."""
        unlike = self.unlike.get((entry.layout, entry.sheet), {})
        for wrong in unread:
            if wrong.name not in unlike:
                error = LedgerError(wrong.template, **wrong.values)
                row = said.aside(entry, wrong.place.column, wrong.name, error)
                self.unread.setdefault(number, []).append(row)

    def _in_workdays(self, entry: Entry, number: str, values: Mapping[str, object]) -> dict[str, object]:
        """The row with its period of correction in working days, where its last day was given."""
        found = with_workdays(entry, values, self.calendar)
        if found.wrong:
            self._aside(entry, number, [found.wrong])
        if found.told:
            self.assumed.append(said.stopped(number, found.told))
        return found.values

    def _happened(self, entry: Entry, number: str) -> dict[str, object]:
        """What the row says of the days up to today; acts of days to come are named."""
        for wrong in to_come(entry):
            self.unread.setdefault(number, []).append(said.ahead(entry, wrong))
        return values_up_to_today(entry)

    def _acts(self, entry: Entry, number: str, values: Mapping[str, object]) -> list[Row]:
        """The acts of a row, each with the cell that tells of it, and what the row leaves out."""
        found = []
        for name, act in acts(entry, values):
            if wrong := misplaced(name, values):
                row = said.misplaced(entry, name, act["on"].isoformat(), wrong)
                self.unread.setdefault(number, []).append(row)
                continue
            found.append(act)
            self._told(entry, number, str(act["act"]), act["on"], name)
        for name, template, words in assumed(entry, values):
            at = Place(entry.sheet, entry.row, entry.columns[name])
            self.assumed.append(said.stopped(number, Wrong(at, "", template, words)))
        return found

    def _judge(self, entry: Entry, number: str, values: Mapping[str, object], wrong: set[str]) -> None:
        """A row that is not counted has its clock, unless a cell that moves it is wrong (条例 第三十三条)."""
        if values.get("answer") == "merge" or values.get("into"):
            self._stop(entry, number, "into" if "into" in entry.columns else "answer", said.MERGED)
            return
        if not wrong <= JUDGED or problem(judged := {**placeholders(values), "id": number or "-"}, entry.columns):
            return
        row = {"id": number, "applicant": judged["applicant"], "acts": self._acts(entry, number, judged)}
        request = request_from(row)[0]
        told = {act.kind.value for act in request.acts}
        unsure = list(doubts(entry, judged, told))
        if not unsure and any(misplaced(name, judged) for name in judged):
            return
        found, beside, _ = self.whole.look([entry], request, told)
        unsure = unsure or [doubt for _, doubt in found if not doubt.aside]
        for doubt in unsure:
            self._stop_at(entry, number, doubt.column, doubt.error)
        if unsure:
            return
        if beyond := self.told_beyond.get((entry.sheet, entry.row)):
            self.assumed.append(said.at(entry, number, beyond.column, beyond.error))
        self.judged[entry.sheet, entry.row], self.beside[entry.sheet, entry.row] = request, beside
        if handler := entry.values.get("handler"):
            self.handlers.setdefault(number, str(handler))

    def _again(self, entry: Entry, number: str, values: Mapping[str, object], first: Entry) -> None:
        """A number that was used: the same row once more is counted once, and another is asked about.

        All cells must agree, also those under heads that nobody knows; in another sheet it may be another office's.
        """
        is_same = values == first.values and entry.kept == first.kept and not first.wrong
        if is_same and first.sheet == entry.sheet:
            self.reading.skipped.append(Skipped(entry.sheet, entry.row, "repeated"))
            return
        if values.get("answered_on") and not first.values.get("answered_on"):
            goes_on = LedgerError(said.GOES_ON, sheet=entry.sheet, row=entry.row)
            known = self.unread.setdefault(self.numbers.of(first), [])
            known.append(said.doubt(first, first.columns.get("id", 0), goes_on))
        template = said.USED if first.sheet == entry.sheet else said.SAME_IN if is_same else said.USED_IN
        error = LedgerError(template, id=number, sheet=first.sheet, row=first.row)
        self._stop(entry, number, "id", error)
        self._judge(entry, number, values, {"id"})

    def _as_before(self, entry: Entry, number: str) -> None:
        """Without numbers two rows that are the same may be two requests: both count, and it is said."""
        if self.numbers.is_numbered(entry):
            return
        words = (
            entry.sheet,
            tuple(sorted((name, str(value)) for name, value in entry.values.items())),
            tuple(entry.beside.values()),
        )
        first = self.said.setdefault(words, entry)
        if first is not entry:
            self.assumed.append(said.at(entry, number, 0, LedgerError(said.ALIKE, row=first.row)))

    def _as_one(self, number: str, told: Sequence[RefusedRow]) -> None:
        """Rows that may be several, or of another, count as one; it is said where no doubt says it."""
        for entry, _ in self.rows.get(number, ()):
            part = self.whole.around.parts.get((entry.sheet, entry.row))
            if part and all(each.values is not part.error.values for each in told):
                self.assumed.append(said.at(entry, number, part.column, part.error))

    def _act(self, entry: Entry) -> None:
        number = self.numbers.of(entry)
        if not number:
            self._stop(entry, "", "id", NO_NUMBER)
            return
        if pieces := self.several.get((entry.sheet, entry.row)):
            self._stop_at(entry, number, *pieces)
            return
        held = self.requests.setdefault(number, {"id": number, "applicant": None, "acts": []})
        self._keep(entry, number)
        applicant = entry.values.get("applicant")
        held["applicant"] = held["applicant"] or applicant
        if applicant not in (None, held["applicant"]):
            self._stop(entry, number, "applicant", LedgerError("同一件的申请人类别前后不一样，照先写的算"))
        self.unread.setdefault(number, []).extend(said.of_act(entry, wrong) for wrong in entry.wrong)
        if entry.wrong:
            return
        row = by_act.row_of(entry)
        self.rows.setdefault(number, []).append((entry, entry.values))
        held["acts"].append(row)
        if row.get("act") == RequestAct.EXTEND and not row.get("workdays"):
            self.extended.append((number, entry, row))
        self._told(entry, number, str(row.get("act")), row.get("on"), "on")

    def _extend(self) -> None:
        """The working days of extensions without any: up to the day that was told, else those of the law, said so."""
        for number, entry, row in self.extended:
            found = by_act.extend(number, entry, row, self.requests[number]["acts"], self.whole)
            if isinstance(found, RefusedRow):
                self.unread.setdefault(number, []).append(found)
            elif found:
                self.assumed.append(found)

    def _remedy(self, entry: Entry) -> None:
        number = self.numbers.of(entry) or self.numbers.place(entry)
        if entry.wrong:
            self.stopped += [said.stopped(number, wrong) for wrong in entry.wrong]
            return
        row = {**entry.values, "id": number, "is_original_actor": entry.values.get("is_original_actor") != "no"}
        try:
            if number in self.remedies:
                raise LedgerError("编号 {id} 前面已经用过，请改成不同的编号", id=number)
            self.remedies[number] = case = remedy_from(row)
        except LedgerError as error:
            self._stop(entry, number, "kind", error)
            return
        if not case.first.is_original_actor:
            self.assumed.append(said.at(entry, number, entry.columns["is_original_actor"], said.NOT_ACTOR))
        for step in case.steps:
            self._told(entry, number, step.kind.value, step.on, REMEDY_DAYS[step.kind])

    def _told(self, entry: Entry, number: str, act: str, on: object, name: str) -> None:
        """Keep the cell that tells of an act: that of its day, else the first day of the row."""
        if not isinstance(on, date):
            return
        column = Place("", 0, entry.columns.get(name) or entry.columns.get("received_on", 0)).letters
        self.told_in[number, act, on.isoformat()] = {"sheet": entry.sheet, "row": entry.row, "column": column}

    def _keep(self, entry: Entry, number: str) -> None:
        self.places.setdefault(number, entry)
        if handler := entry.values.get("handler"):
            self.handlers.setdefault(number, str(handler))

    def _stop(self, entry: Entry, number: str, name: str, error: LedgerError) -> None:
        self._stop_at(entry, number, entry.columns.get(name, 0), error)

    def _stop_at(self, entry: Entry, number: str, column: int, error: LedgerError) -> None:
        self.stopped.append(said.at(entry, number, column, error))
