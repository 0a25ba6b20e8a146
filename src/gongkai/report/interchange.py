"""交换格式 — a report as JSON `gongkai.report/1`, there and back (docs/reference/interchange)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import MAXYEAR, MINYEAR
from decimal import Decimal, InvalidOperation
from typing import Any

from gongkai.report.figures import AnnualReport, Place, Section, State, TableNote, Value
from gongkai.report.form import Edition, OtherHandling, form

FORMAT = "gongkai.report/1"
_MOST_MONEY = 10**15  # yuan; more is no amount, and its digits would be endless
_MOST_DECIMALS = 12


class InterchangeError(ValueError):
    """交换文件有误 — why a JSON object is no report, in one plain sentence (`template.format(**values)`)."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template, self.values = template, values


def to_json(report: AnnualReport, *, places: bool = False) -> dict[str, Any]:
    """写成交换格式 — the report as a JSON object of `gongkai.report/1`; `places` adds where each figure stands."""
    data: dict[str, Any] = {
        "format": FORMAT,
        "source": report.source,
        "edition": str(report.edition),
        "agency": report.agency,
        "year": report.year,
        "title": report.title,
        "preface": report.preface,
        "sections": [asdict(section) for section in report.sections],
        "table_notes": [asdict(note) for note in report.table_notes],
        "signed_on": report.signed_on,
        "published_on": report.published_on,
        "figures": {address: _plain(value) for address, value in report.figures.items()},
        "states": {address: str(state) for address, state in report.states.items()},
        "units": dict(report.units),
    }
    if report.part is not None:
        data["part"] = report.part
    if places:
        data["places"] = {
            address: {key: value for key, value in asdict(place).items() if value is not None}
            for address, place in report.places.items()
        }
    return data


def from_json(data: Mapping[str, Any]) -> AnnualReport:
    """读交换格式 — the report that a JSON object of `gongkai.report/1` holds. InterchangeError says what is wrong."""
    if not isinstance(data, Mapping) or data.get("format") != FORMAT:
        raise InterchangeError("这不是 {format} 格式的年报数据", format=FORMAT)
    printed = data.get("figures")
    if not isinstance(printed, Mapping):
        raise InterchangeError("年报数据里没有 figures")
    try:
        edition = Edition(data.get("edition", ""))
        states = {str(a): State(s) for a, s in (data.get("states") or {}).items()}
        places = {str(a): Place(**p) for a, p in (data.get("places") or {}).items()}
        sections = tuple(
            Section(int(s["number"]), str(s["heading"]), str(s["text"])) for s in data.get("sections") or ()
        )
        notes = tuple(TableNote(str(n["table"]), str(n["text"])) for n in data.get("table_notes") or ())
        units = {str(a): str(u) for a, u in (data.get("units") or {}).items()}
        year = None if data.get("year") is None else int(data["year"])
        if year is not None and not MINYEAR <= year < MAXYEAR:
            raise ValueError(f"year {year}")
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        raise InterchangeError("年报数据的结构不对：{reason}", reason=error) from None
    shape = OtherHandling.ROW if "applications.other_handling.total" in printed else OtherHandling.ROWS
    blank = form(edition, shape)
    unknown = sorted(set(printed) - set(blank.addresses))
    if unknown:
        raise InterchangeError(
            "{edition} 年格式没有这些数据项：{addresses}", edition=edition, addresses="、".join(unknown[:5])
        )
    strangers = sorted({*states, *units, *places} - set(blank.addresses))
    if strangers:
        raise InterchangeError(
            "{edition} 年格式没有这些数据项：{addresses}", edition=edition, addresses="、".join(strangers[:5])
        )
    figures = {address: _value(address, printed.get(address), address in blank.money) for address in blank.addresses}
    absent = {address: State.ABSENT for address in blank.addresses if address not in printed}
    nameless = {a: State.BLANK for a, v in figures.items() if v is None and a in printed and a not in states}
    return AnnualReport(
        source=str(data.get("source", "")),
        edition=edition,
        figures=figures,
        agency=_text(data.get("agency")),
        year=year,
        title=_text(data.get("title")),
        preface=str(data.get("preface") or ""),
        sections=sections,
        table_notes=notes,
        signed_on=_text(data.get("signed_on")),
        published_on=_text(data.get("published_on")),
        states={**nameless, **states, **absent},
        units=units,
        places=places,
        part=_text(data.get("part")),
    )


def _plain(value: Value) -> int | str | None:
    return format(value, "f") if isinstance(value, Decimal) else value


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _value(address: str, value: object, money: bool) -> Value:
    if value is None:
        return None
    if money and isinstance(value, (str, int)) and not isinstance(value, bool):
        try:
            amount = Decimal(str(value))
        except InvalidOperation:
            amount = Decimal("NaN")
        if amount.is_finite() and abs(amount) < _MOST_MONEY and amount == round(amount, _MOST_DECIMALS):
            return amount
    elif not money and isinstance(value, int) and not isinstance(value, bool):
        return value
    raise InterchangeError("{address} 的值 {value} 不是数", address=address, value=repr(value)[:40])
