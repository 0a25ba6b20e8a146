"""一件一行 — what one row of an office's ledger tells: its acts, and cells that contradict others (条例 第三十三条)."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from gongkai.documents.columns import Entry
from gongkai.documents.columns.values import CellError, plain, read_date, shown
from gongkai.law.requests.acts import Partner
from gongkai.report.ledger import LedgerError
from gongkai.report.ledger.layouts import layouts, states

ENDS = frozenset({"lapse_correction", "lapse_payment", "withdraw", "cease", "merge"})
"""别的结束 — acts that end a request and are no answer (条例 第三十条、第四十二条)."""
_PARTNERS = (Partner.THIRD_PARTY, Partner.CO_MAKER, Partner.OTHER_ORGAN)
_DATED = {
    "correction_asked_on": ("ask_correction", "correction_workdays"),
    "corrected_on": ("corrected", ""),
    "extended_on": ("extend", "extended_workdays"),
    "fee_noticed_on": ("fee_notice", ""),
    "paid_on": ("paid", ""),
}
NO_NUMBER = LedgerError("这一行没有编号，请补上")
_NO_APPLICANT = LedgerError("没有写申请人类别，请补上")
_NO_RECEIPT = LedgerError("没有写收到日期，请补上")
_NO_DAY = LedgerError("写了办理结果，却没有答复日期，请补上")
_NO_ANSWER = LedgerError("写了答复日期，却没有办理结果，请补上")
_NOT_CLOSED = LedgerError("状态写着已办结，却没有答复日期，请补上")
_NOT_OPEN = LedgerError("状态写着没有办结，却有答复日期，请核对")
UNANSWERED = LedgerError("表里没有认出“办理结果”一栏，看不出怎样答复的")
"""没有办理结果一栏 — no fault of a row (条例 第三十六条)."""
UNDATED = LedgerError("表里没有认出“答复日期”一栏，看不出哪一天答复的")
"""没有答复日期一栏 — no fault of a row (条例 第三十三条)."""
UNSORTED = LedgerError("表里没有认出“申请人类别”一栏，看不出计入哪一类")
"""没有申请人类别一栏 — no fault of a row (条例 第二十七条)."""
OF_LIST = frozenset(each.template for each in (UNANSWERED, UNDATED, UNSORTED))
"""整张表的缺漏 — reasons that no row is at fault for."""
_NO_HOST = LedgerError("并入哪一件没有写，请补上")

_GAPS = {
    "corrected_on": ("correction_asked_on", LedgerError("写了收到补正日期，没有写补正告知日期，请补上")),
    "paid_on": ("fee_noticed_on", LedgerError("写了缴费日期，没有写收费通知日期，请补上")),
    "third_party_answered_on": ("third_party_asked_on", LedgerError("写了第三方意见日期，没有写发函日期，请补上")),
    "co_maker_answered_on": ("co_maker_asked_on", LedgerError("写了共同制作机关意见日期，没有写发函日期，请补上")),
    "other_organ_answered_on": ("other_organ_asked_on", LedgerError("写了其他机关意见日期，没有写发函日期，请补上")),
}
_BEGINS = {
    "corrected_on": re.compile("补正.*(?:告知|通知|发|送)|(?:告知|通知|发|送).*补正"),
    "paid_on": re.compile("[收缴]费.*(?:告知|通知|发|送)|(?:告知|通知|发|送).*[收缴]费"),
    "third_party_answered_on": re.compile("征求|征询|发函|去函|第三方|权利人"),
    "co_maker_answered_on": re.compile("共同|征求|征询|发函|去函"),
    "other_organ_answered_on": re.compile("会商|机关|征求|征询|发函|去函"),
}
"""像是那一天的表头 — by the column of an end, heads that may be of its beginning."""
_MAYBE_HERE = "写了{name}，没有认出前面那一天的栏；“{head}”写着“{said}”，若是那一天，请用 --columns 写明这一栏"
ACT_OF = {name: act for name, (act, _) in _DATED.items()} | {
    "confirmed_on": "confirm",
    "answered_on": "deliver",
    **{f"{partner.value}_asked_on": "consult" for partner in _PARTNERS},
    **{f"{partner.value}_delivered_on": "consult_delivered" for partner in _PARTNERS},
    **{f"{partner.value}_answered_on": "opinion" for partner in _PARTNERS},
}
"""日期栏的行为 — the act of each column of days."""
_IN_TIME = "没有写延期告知日期，当作按时告知延长 {days} 个工作日"
TWENTY = LedgerError("没有写延长几个工作日，当作 20 个工作日")
"""没有写延长多久 — taken as the most that the law has (条例 第三十三条第二款)."""
_NOUGHT = LedgerError("写了延期告知日期，延长工作日却是 0，当作 20 个工作日")
_FREE = LedgerError("收费金额是 0，没有要等的缴费，期限照算")
_FROM_CONFIRMED = LedgerError(
    "没有写接收渠道，写了确认日期，当作从确认之日起算（条例第三十一条）；当面提交、邮寄的请写明渠道"
)
_NEXT_YEAR = "没有写年份，同一年的这一天在收到日期以前，当作 {day}"

_AFTER_SENDING = {
    "_delivered_on": "对方收到日期 {day} 早于发函日期 {asked}，请核对这两天",
    "_answered_on": "意见日期 {day} 早于发函日期 {asked}，请核对这两天",
}

JUDGED = frozenset({"id", "applicant", "answer", "fee", "into", "handler", "state"})
"""不影响期限的栏 — a row in which only these are wrong still has its clock (条例 第三十三条)."""

Row = dict[str, Any]


def placeholders(values: Mapping[str, object]) -> dict[str, object]:
    """只看期限的一行 — the values of a row that is not counted, with a kind and a result that decide no clock."""
    kept = {**values, "applicant": values.get("applicant") or "natural_person", "into": None}
    answer = values.get("answer")
    return {
        **kept,
        "answer": (answer if answer and answer != "merge" else "granted") if values.get("answered_on") else None,
    }


def assumed(entry: Entry, values: Mapping[str, object]) -> Iterator[tuple[str, str, Mapping[str, object]]]:
    """当作什么 — what a row leaves out and how it is taken: the column, and the words for it (条例 第三十三条)."""
    days, told_on = workdays(values.get("extended_workdays")), values.get("extended_on")
    if days and not told_on:
        yield "extended_workdays", _IN_TIME, {"days": days}
    if told_on and not days:
        yield "extended_on", (TWENTY if values.get("extended_workdays") is None else _NOUGHT).template, {}
    if values.get("fee_noticed_on") and is_free(values):
        yield "fee_noticed_on", _FREE.template, {}
    if is_confirmed_alone(values) and values["confirmed_on"] != values.get("received_on"):
        yield "confirmed_on", _FROM_CONFIRMED.template, {}
    for name, how in entry.lent.items():
        if how == "next":
            yield name, _NEXT_YEAR, {"day": values.get(name)}


def is_confirmed_alone(values: Mapping[str, object]) -> bool:
    """只写了确认日期 — whether a row tells when both sides confirmed and not by which channel (条例 第三十一条)."""
    return isinstance(values.get("confirmed_on"), date) and values.get("channel") is None


def is_free(values: Mapping[str, object]) -> bool:
    """不收费 — whether the sum says 0, so that nobody waits for a payment (收费办法 第六条)."""
    return isinstance(values.get("fee"), Decimal) and not values["fee"] and not values.get("paid_on")


def problem(values: Mapping[str, object], columns: Container[str]) -> tuple[str, LedgerError] | None:
    """自相矛盾之处 — its column, and why: only the office can tell which of two cells is right (条例 第三十三条).

    `columns`: those that the list has; what none of its rows can say is `UNANSWERED` or `UNDATED`.
    """
    answered, answer = values.get("answered_on"), values.get("answer")
    state = states().get(plain(str(values.get("state") or "")))
    checks = (
        ("id", not values.get("id"), NO_NUMBER),
        ("applicant", not values.get("applicant"), _NO_APPLICANT if "applicant" in columns else UNSORTED),
        ("received_on", not values.get("received_on"), _NO_RECEIPT),
        ("answered_on", bool(answer) and not answered, _NO_DAY if "answered_on" in columns else UNDATED),
        ("answer", bool(answered) and not answer, _NO_ANSWER if "answer" in columns else UNANSWERED),
        ("answered_on", state == "closed" and not answered, _NOT_CLOSED if "answered_on" in columns else UNDATED),
        ("state", state == "open" and bool(answered), _NOT_OPEN),
        ("into", answer == "merge" and not values.get("into"), _NO_HOST),
    )
    return next(((name, error) for name, is_wrong, error in checks if is_wrong), None) or _out_of_order(values)


def gap_beside(entry: Entry, found: tuple[str, LedgerError]) -> tuple[str, LedgerError]:
    """没有认出的那一天 — of an end without its beginning, a day under an unknown head that may be (条例 第三十条)."""
    name, error = found
    if name not in _GAPS or error is not _GAPS[name][1]:
        return found
    for head, column in entry.unused.items():
        said = entry.beside.get(column, "")
        if _BEGINS[name].search(head) and _is_day(said):
            label = next(each.label for each in layouts()[0].columns if each.name == name)
            return name, LedgerError(_MAYBE_HERE, name=label, head=shown(head), said=shown(said))
    return found


def _is_day(text: str) -> bool:
    try:
        return read_date(text) is not None
    except CellError:
        return False


def _out_of_order(values: Mapping[str, object]) -> tuple[str, LedgerError] | None:
    """A day before the receipt, where one of the two is wrong, a year perhaps; an act without the one before it."""
    received = values["received_on"]
    for name, day in values.items():
        if isinstance(day, date) and isinstance(received, date) and day < received:
            return name, LedgerError("{day} 早于收到日期 {received}，请核对这两天", day=day, received=received)
    return next(
        ((name, error) for name, (first, error) in _GAPS.items() if values.get(name) and not values.get(first)), None
    )


def acts(entry: Entry, values: Mapping[str, object]) -> Iterator[tuple[str, Row]]:
    """一行的办理行为 — each with its column, in the order in which those of one day follow each other."""
    # Only what comes by wire or plain letter is confirmed, so an unnamed channel is one of these.
    first = "confirmed_on" if is_confirmed_alone(values) else "received_on"
    yield first, kept(act="register", on=values[first], channel=values.get("channel"))
    # A ledger with one day of receipt has the day that the law counts from; with its own column it is asked for.
    name = "confirmed_on" if "confirmed_on" in entry.columns else "received_on"
    if values.get(name) and values.get("channel") in ("internet", "email", "fax", "letter"):
        yield name, kept(act="confirm", on=values[name])
    # Where one day ends the waiting and tells of the extension, the new period is extended.
    is_last = values.get("extended_on") is not None and values.get("extended_on") == values.get("paid_on")
    for name in sorted(_DATED, key=lambda each: is_last and each == "extended_on"):
        act, days = _DATED[name]
        on = values.get(name)
        if act == "fee_notice" and is_free(values):
            continue
        if act == "extend" and not on and workdays(values.get(days)):
            on = max(
                day for day in map(values.get, ("received_on", "corrected_on", "paid_on")) if isinstance(day, date)
            )
        if on:
            fee = values.get("fee") if act in ("fee_notice", "paid") else None
            yield name, kept(act=act, on=on, workdays=workdays(values.get(days)), amount=fee)
    for partner in _PARTNERS:
        yield from _consultation(partner, entry.row, values)
    if isinstance(values.get("answered_on"), date):
        answer = str(values.get("answer"))
        end = {"act": answer} if answer in ENDS else {"act": "deliver", "answer": answer}
        into = values.get("into") if answer == "merge" else None
        yield "answered_on", kept(**end, on=values["answered_on"], into=into)


def _consultation(partner: Partner, row: int, values: Mapping[str, object]) -> Iterator[tuple[str, Row]]:
    thread = f"{partner.label}（第 {row} 行）"
    for name, act in (("asked", "consult"), ("delivered", "consult_delivered"), ("answered", "opinion")):
        column = f"{partner.value}_{name}_on"
        if values.get(column):
            beside = {"with": partner.value} if act == "consult" else {}
            yield column, kept(act=act, thread=thread, on=values[column], **beside)


def misplaced(name: str, values: Mapping[str, object]) -> LedgerError | None:
    """颠倒的日期 — of a consultation that is received or answered before it was sent (条例 第三十二条)."""
    for step, said in _AFTER_SENDING.items():
        partner, found, _ = name.partition(step)
        day, asked = values.get(name), values.get(f"{partner}_asked_on")
        if found and isinstance(day, date) and isinstance(asked, date) and day < asked:
            return LedgerError(said, day=day, asked=asked)
    return None


def workdays(value: object) -> int | None:
    """工作日数 — of a number that a cell holds; None for none and for 0."""
    return (int(value) or None) if isinstance(value, Decimal) else None


def kept(**row: object) -> Row:
    """写了的 — what a row says, without what it leaves out."""
    return {name: value for name, value in row.items() if value is not None}
