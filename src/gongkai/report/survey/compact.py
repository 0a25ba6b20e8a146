"""紧凑的写法 — a report as it is kept between reading and writing: figures without names, in the form's order.

A tenth of the size of `gongkai.report/1`, and read back ten times as fast; nobody else ever reads it.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from gongkai.report.figures import AnnualReport, Section, State
from gongkai.report.form import Edition, Form, OtherHandling, form

Compact = dict[str, Any]

_PLAIN = "."
_SIGNS = {State.BLANK: "b", State.INFERRED: "i", State.DOUBTFUL: "d", State.ABSENT: "a"}
_STATES = {sign: state for state, sign in _SIGNS.items()}


def packed(report: AnnualReport) -> Compact:
    """写成紧凑的 — everything of a report that a survey needs later; money as a decimal string."""
    of, states = report.form, report.states
    figures = report.figures
    return {
        "edition": str(report.edition),
        "shape": str(report.other_handling),
        "figures": [_plain(figures.get(address)) for address in of.addresses],
        "states": "".join([_SIGNS[states[a]] if a in states else _PLAIN for a in of.addresses]) if states else "",
        "units": dict(report.units),
        "agency": report.agency,
        "year": report.year,
        "title": report.title,
        "preface": report.preface,
        "sections": [(section.number, section.heading, section.text) for section in report.sections],
        "signed_on": report.signed_on,
        "published_on": report.published_on,
    }


def unpacked(kept: Compact, agency: str | None, year: int | None) -> AnnualReport:
    """读回 — the report again, of this body and year."""
    of = form_of(kept)
    figures = dict(zip(of.addresses, kept["figures"], strict=True))
    for address in of.money:
        if isinstance(money := figures[address], str):
            figures[address] = Decimal(money)
    return AnnualReport(
        source="",
        edition=of.edition,
        figures=figures,
        agency=agency,
        year=year,
        sections=tuple(Section(*section) for section in kept["sections"]),
        states={a: _STATES[sign] for a, sign in zip(of.addresses, kept["states"], strict=False) if sign != _PLAIN},
        units=kept["units"],
    )


def form_of(kept: Compact) -> Form:
    """格式 — the form on which a kept report was printed."""
    return form(Edition(kept["edition"]), OtherHandling(kept["shape"]))


def states_of(kept: Compact) -> list[State | None]:
    """状态 — of each figure, in the order of the form."""
    return [_STATES.get(sign) for sign in kept["states"]] or [None] * len(kept["figures"])


def _plain(value: object) -> object:
    return format(value, "f") if isinstance(value, Decimal) else value
