"""勾稽相符的年报 — generated reports that balance, both editions and shapes, zeros partly blank (年报表三、表四)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hypothesis import strategies as st

from gongkai.report.figures import AnnualReport, Value
from gongkai.report.form import Edition, Form, OtherHandling, form

APPLICANTS = ("natural_person", "business", "research", "public_interest", "legal_services", "other_organizations")
RESULTS = ("upheld", "corrected", "other", "pending")
COUNT = st.one_of(st.just(0), st.just(0), st.integers(0, 40))
FORMS = st.sampled_from(
    [
        form(Edition.E2021, OtherHandling.ROWS),
        form(Edition.E2021, OtherHandling.ROW),
        form(Edition.E2019, OtherHandling.ROW),
    ]
)


def report_of(of: Form, figures: Mapping[str, Value]) -> AnnualReport:
    """年报 — a report on this form; figures that are not given are 0."""
    return AnnualReport("测试", of.edition, {address: figures.get(address, 0) for address in of.addresses})


def changed(report: AnnualReport, figures: Mapping[str, Value]) -> AnnualReport:
    """改过的年报 — the report with these figures instead."""
    return replace(report, figures={**report.figures, **figures})


@st.composite
def balanced_reports(draw: st.DrawFn, *, blanks: bool = True) -> AnnualReport:
    """勾稽相符的年报 — any balanced report; `blanks`: some of its zeros blank, or the totals of all results."""
    of = draw(FORMS)
    figures: dict[str, Value] = {address: draw(COUNT) for address in of.addresses if address.startswith("proactive")}
    results = [line.id for line in of.table("applications") if line.result]
    for applicant in APPLICANTS:
        handled = {row: draw(COUNT) for row in results}
        done, left = sum(handled.values()), draw(COUNT)
        carried_in = draw(st.integers(0, done + left))
        rows = {
            **handled,
            "received": done + left - carried_in,
            "carried_in": carried_in,
            "handled_total": done,
            "carried_out": left,
        }
        figures |= {f"applications.{row}.{applicant}": count for row, count in rows.items()}
    for line in of.table("applications"):
        *parts, total = line.addresses
        figures[total] = sum(int(figures[part] or 0) for part in parts)
    for line in of.table("remedies"):
        *parts, total = line.addresses
        figures |= {part: draw(COUNT) for part in parts}
        figures[total] = sum(int(figures[part] or 0) for part in parts)
    if blanks:
        zeros = sorted(address for address, value in figures.items() if value == 0)
        share = draw(st.sampled_from([0, 1, 2, 3]))
        figures |= {address: None for n, address in enumerate(zeros) if share and n % 3 < share}
        if draw(st.booleans()):
            figures |= {f"applications.{row}.total": None for row in results}
    return report_of(of, figures)
