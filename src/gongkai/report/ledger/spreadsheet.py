"""表格里的台账 — an office's xlsx or csv to a ledger; a cell that cannot be read stops its row (条例 第五十条)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from gongkai.documents.columns import Entry, Place, Reading, Skipped, Wrong, read
from gongkai.documents.columns.heads import ColumnsError
from gongkai.documents.columns.looks import Looks, looks
from gongkai.documents.columns.values import plain
from gongkai.documents.document import Document, DocumentError
from gongkai.documents.limits import LIMITS
from gongkai.documents.opening import open_documents
from gongkai.law.requests.acts import Request
from gongkai.report.ledger import Ledger, LedgerError, RefusedRow, Stopped, remedy_from, request_from
from gongkai.report.ledger.layouts import ACTS, REMEDIES, layouts, states
from gongkai.report.ledger.repeated import repeated
from gongkai.report.records import Remedy
from gongkai.text.folding import squeeze

LEDGER_LIMITS = replace(LIMITS, rows=100_000, columns=300)
"""台账的上限 — a ledger is longer and wider than a statutory table."""

_ENDS = frozenset({"lapse_correction", "lapse_payment", "withdraw", "cease", "merge"})
_PARTNERS = ("third_party", "co_maker", "other_organ")
_DATED = {
    "correction_asked_on": ("ask_correction", "correction_workdays"),
    "corrected_on": ("corrected", ""),
    "extended_on": ("extend", "extended_workdays"),
    "fee_noticed_on": ("fee_notice", ""),
    "paid_on": ("paid", ""),
}
_BODY = re.compile(
    r"(?:公开机关|公开主体|单位名称|填报单位|填报机关|机关名称|单位)\s*[:：]\s*(\S.{1,39}?)\s*(?:$|\s{2}|[（(])"
)
_RUNNING = "序号"

_NO_NUMBER = LedgerError("这一行没有编号，请补上")
_NO_APPLICANT = LedgerError("没有写申请人类别，请补上")
_NO_RECEIPT = LedgerError("没有写收到日期，请补上")
_NO_DAY = LedgerError("写了办理结果，却没有答复日期，请补上")
_NO_ANSWER = LedgerError("写了答复日期，却没有办理结果，请补上")
_NOT_CLOSED = LedgerError("状态写着已办结，却没有答复日期，请补上")
_NOT_OPEN = LedgerError("状态写着没有办结，却有答复日期，请核对")
_NO_HOST = LedgerError("并入哪一件没有写，请补上")
_COPIED = LedgerError("这张工作表的各行别的工作表里都有，像是副本，没有再计一次；请删去副本，不是副本的请写上编号")
_ALONE = LedgerError("汇总表里有这一行，别的工作表里没有，请补到分表里，或者只留汇总表再算一次")

Row = dict[str, Any]


def from_file(
    source: str, data: bytes | None, given: Mapping[str, str] | None = None, *, today: date | None = None
) -> tuple[Ledger, Reading]:
    """读表格里的台账 — and what was found in the file. `today`: days long after it are named, not counted.

    LedgerError or DocumentError where it is none.
    """
    document = _opened(source, data)
    seen = looks(source, data, LEDGER_LIMITS) if data and document.format == "xlsx" else None
    return from_document(document, given, seen=seen, today=today)


def from_document(
    document: Document,
    given: Mapping[str, str] | None = None,
    *,
    seen: Looks | None = None,
    today: date | None = None,
) -> tuple[Ledger, Reading]:
    """读打开了的台账 — of its first view. LedgerError where no sheet is a ledger (条例 第五十条)."""
    view = next(document.views())
    if view.uncomputed:
        raise LedgerError("有 {count} 个公式没有算好的值。请用表格程序打开，保存一次再给", count=view.uncomputed)
    try:
        reading = read(view, layouts(), given, looks=seen, today=today)
    except ColumnsError as error:
        raise LedgerError(error.template, **error.values) from None
    return _Maker(reading).ledger(), reading


def _opened(source: str, data: bytes | None) -> Document:
    found = list(open_documents(source, data, limits=LEDGER_LIMITS))
    documents = [each for each in found if isinstance(each, Document)]
    if len(found) > 1:
        raise LedgerError("里面有 {count} 个文件，请解压以后一个一个给", count=len(found))
    if not documents:
        raise next((each for each in found if isinstance(each, DocumentError)), LedgerError("没有表格"))
    return documents[0]


@dataclass(slots=True)
class _Maker:
    reading: Reading
    requests: dict[str, Row] = field(default_factory=dict)
    places: dict[str, Entry] = field(default_factory=dict)
    unread: dict[str, list[RefusedRow]] = field(default_factory=dict)
    stopped: list[Stopped] = field(default_factory=list)
    remedies: dict[str, Remedy] = field(default_factory=dict)
    handlers: dict[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    def ledger(self) -> Ledger:
        for entry in self._entries():
            if entry.layout == REMEDIES:
                self._remedy(entry)
            elif entry.layout == ACTS:
                self._act(entry)
            else:
                self._request(entry)
        requests, unreadable = self._made()
        titles = (_BODY.search(text) for text in self.reading.titles)
        return Ledger(
            body=next((found[1] for found in titles if found), ""),
            requests=tuple(requests),
            remedies=tuple(self.remedies.values()),
            settings={},
            unreadable=unreadable,
            stopped=tuple(self.stopped),
            handlers=self.handlers,
        )

    def _entries(self) -> Iterator[Entry]:
        """Every entry once, also where a summary or a copy holds it again."""
        for layout in dict.fromkeys(each.layout for each in self.reading.entries):
            entries = [each for each in self.reading.entries if each.layout == layout]
            found = repeated(entries, self._runs(layout)) if layout != ACTS else None
            for entry in entries:
                at = entry.sheet, entry.row
                if found and at in found.told:
                    self.reading.skipped.append(Skipped(*at, "repeated"))
                elif found and at in found.copied | found.alone:
                    self._stop(entry, self._number(entry), "id", _COPIED if at in found.copied else _ALONE)
                else:
                    yield entry

    def _made(self) -> tuple[list[Request], dict[str, tuple[RefusedRow, ...]]]:
        requests, unreadable = [], {}
        for number, row in self.requests.items():
            entry = self.places[number]
            try:
                request, refused = request_from(row)
            except LedgerError as error:
                self._stop(entry, number, "applicant", error)
                continue
            requests.append(request)
            unreadable[number] = (*self.unread.get(number, ()), *refused)
        return requests, unreadable

    def _request(self, entry: Entry) -> None:
        number = self._number(entry)
        if entry.wrong:
            self.stopped += [_stopped(number, wrong) for wrong in entry.wrong]
            self.used.add(squeeze(number))
            if number in self.requests and "id" in entry.merged:
                del self.requests[number]
            return
        if problem := _contradiction(entry.values):
            self._stop(entry, number, *problem)
            return
        acts = list(_acts(entry))
        held = self.requests.get(number)
        if held and "id" in entry.merged:
            held["acts"] += [act for act in acts if act not in held["acts"]]
            return
        if squeeze(number) in self.used:
            self._stop(entry, number, "id", LedgerError("编号 {id} 前面已经用过，请改成不同的编号", id=number))
            return
        self.used.add(squeeze(number))
        self.requests[number] = {"id": number, "applicant": entry.values.get("applicant"), "acts": acts}
        self._keep(entry, number)

    def _act(self, entry: Entry) -> None:
        number = self._number(entry)
        if not number:
            self._stop(entry, "", "id", _NO_NUMBER)
            return
        held = self.requests.setdefault(number, {"id": number, "applicant": None, "acts": []})
        self._keep(entry, number)
        applicant = entry.values.get("applicant")
        held["applicant"] = held["applicant"] or applicant
        if applicant not in (None, held["applicant"]):
            self._stop(entry, number, "applicant", LedgerError("同一件的申请人类别前后不一样，照先写的算"))
        for wrong in entry.wrong:
            at = {"sheet": wrong.place.sheet, "row": wrong.place.row, "column": wrong.place.letters}
            act, on = (str(entry.values.get(name) or "") for name in ("act", "on"))
            self.unread.setdefault(number, []).append(RefusedRow(act, on, wrong.template, wrong.values, at))
        if entry.wrong:
            return
        row = {name: value for name, value in entry.values.items() if value is not None and name in _ACT_KEYS}
        held["acts"].append({**row, **_kept(workdays=_days(row.get("workdays")))})

    def _remedy(self, entry: Entry) -> None:
        number = self._number(entry) or f"{entry.sheet}{entry.row}"
        if entry.wrong:
            self.stopped += [_stopped(number, wrong) for wrong in entry.wrong]
            return
        row = {**entry.values, "id": number, "is_original_actor": entry.values.get("is_original_actor") != "no"}
        try:
            if number in self.remedies:
                raise LedgerError("编号 {id} 前面已经用过，请改成不同的编号", id=number)
            self.remedies[number] = remedy_from(row)
        except LedgerError as error:
            self._stop(entry, number, "kind", error)

    def _number(self, entry: Entry) -> str:
        """A running number that begins anew in each sheet is told apart by the sheet."""
        number = str(entry.values.get("id") or "")
        return f"{entry.sheet}-{number}" if number and self._runs(entry.layout) else number

    def _runs(self, layout: str) -> bool:
        heads = [each for each in self.reading.heads if (each.layout == REMEDIES) == (layout == REMEDIES)]
        is_running = any("id" in each.printed and _RUNNING in each.printed["id"] for each in heads)
        return is_running and len({each.sheet for each in heads}) > 1

    def _keep(self, entry: Entry, number: str) -> None:
        self.places.setdefault(number, entry)
        if handler := entry.values.get("handler"):
            self.handlers.setdefault(number, str(handler))

    def _stop(self, entry: Entry, number: str, name: str, error: LedgerError) -> None:
        place = Place(entry.sheet, entry.row, entry.columns.get(name, 0))
        self.stopped.append(_stopped(number, Wrong(place, "", error.template, error.values)))


_ACT_KEYS = frozenset(
    {"act", "on", "channel", "workdays", "thread", "with", "amount", "until", "answer", "into", "cause"}
)


def _stopped(number: str, wrong: Wrong) -> Stopped:
    place = wrong.place
    return Stopped(number, wrong.template, wrong.values, place.sheet, place.row, place.letters, wrong.label)


def _contradiction(values: Mapping[str, object]) -> tuple[str, LedgerError] | None:
    """What one cell of a row says and another leaves out; nobody but the office can tell which of them is right."""
    answered, answer = values.get("answered_on"), values.get("answer")
    state = states().get(plain(str(values.get("state") or "")))
    checks = (
        ("id", not values.get("id"), _NO_NUMBER),
        ("applicant", not values.get("applicant"), _NO_APPLICANT),
        ("received_on", not values.get("received_on"), _NO_RECEIPT),
        ("answered_on", bool(answer) and not answered, _NO_DAY),
        ("answer", bool(answered) and not answer, _NO_ANSWER),
        ("answered_on", state == "closed" and not answered, _NOT_CLOSED),
        ("state", state == "open" and bool(answered), _NOT_OPEN),
        ("into", answer == "merge" and not values.get("into"), _NO_HOST),
    )
    return next(((name, error) for name, is_wrong, error in checks if is_wrong), None) or _too_early(values)


def _too_early(values: Mapping[str, object]) -> tuple[str, LedgerError] | None:
    """A day before the receipt: one of the two is wrong, a year perhaps."""
    received = values["received_on"]
    for name, day in values.items():
        if isinstance(day, date) and isinstance(received, date) and day < received:
            return name, LedgerError("{day} 早于收到日期 {received}，请核对这两天", day=day, received=received)
    return None


def _acts(entry: Entry) -> Iterator[Row]:
    """The acts that a row tells of, in the order in which those of one day follow each other."""
    values = entry.values
    yield _kept(act="register", on=values["received_on"], channel=values.get("channel"))
    # A ledger with one day of receipt has the day that the law counts from; with its own column it is asked for.
    confirmed = values.get("confirmed_on" if "confirmed_on" in entry.columns else "received_on")
    if confirmed and values.get("channel") in ("internet", "email", "fax", "letter"):
        yield _kept(act="confirm", on=confirmed)
    for name, (act, days) in _DATED.items():
        if values.get(name):
            fee = values.get("fee") if act in ("fee_notice", "paid") else None
            yield _kept(act=act, on=values[name], workdays=_days(values.get(days)), amount=fee)
    for partner in _PARTNERS:
        yield from _consultation(partner, entry.row, values)
    if isinstance(values.get("answered_on"), date):
        answer = str(values.get("answer"))
        end = {"act": answer} if answer in _ENDS else {"act": "deliver", "answer": answer}
        yield _kept(**end, on=values["answered_on"], into=values.get("into") if answer == "merge" else None)


def _consultation(partner: str, row: int, values: Mapping[str, object]) -> Iterator[Row]:
    days = [values.get(f"{partner}_{name}_on") for name in ("asked", "delivered", "answered")]
    thread = f"{partner}-{row}"
    for act, on in zip(("consult", "consult_delivered", "opinion"), days, strict=True):
        if on:
            yield _kept(act=act, thread=thread, on=on, **({"with": partner} if act == "consult" else {}))


def _days(value: object) -> int | None:
    return int(value) if isinstance(value, Decimal) else None


def _kept(**row: object) -> Row:
    return {name: value for name, value in row.items() if value is not None}
