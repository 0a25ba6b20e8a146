"""三份年报 — a county, a department and a town: balanced, with text that breaks no rule (条例 第五十条)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from gongkai.report.figures import AnnualReport, Value
from gongkai.report.form import Edition, form
from tests.report.balanced import APPLICANTS, report_of
from tests.report.checks.texts import GOOD, HEADINGS, SECTIONS, TITLE

# Rows of table three by applicant; the rest of the rows follow.
Rows = Mapping[str, tuple[int, ...]]
CASES = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
RESULTS = ("upheld", "corrected", "other", "pending")


def made(
    agency: str, year: int, rows: Rows, cases: tuple[tuple[int, ...], ...], proactive: Mapping[str, Value]
) -> AnnualReport:
    """一份年报 — every sum follows from the results, the backlog and the cases."""
    counts = {row: (*counted, *[0] * (len(APPLICANTS) - len(counted))) for row, counted in rows.items()}
    of = form(Edition.E2021)
    none = (0,) * len(APPLICANTS)
    results = [line.id for line in of.table("applications") if line.result]
    counts["handled_total"] = tuple(map(sum, zip(*(counts.get(row, none) for row in results), strict=True)))
    counts["received"] = tuple(
        handled + out - carried
        for handled, out, carried in zip(
            counts["handled_total"], counts.get("carried_out", none), counts.get("carried_in", none), strict=True
        )
    )
    figures: dict[str, Value] = {f"proactive.{row}": value for row, value in proactive.items()}
    for row, counted in counts.items():
        figures |= {f"applications.{row}.{name}": n for name, n in zip(APPLICANTS, counted, strict=True)}
        figures[f"applications.{row}.total"] = sum(counted)
    for case, counted in zip(CASES, cases, strict=True):
        figures |= {f"remedies.{case}.{name}": n for name, n in zip(RESULTS, counted, strict=True)}
        figures[f"remedies.{case}.total"] = sum(counted)
    title = f"{agency}{year}年政府信息公开工作年度报告"
    return replace(
        GOOD,
        agency=agency,
        year=year,
        title=title,
        preface=GOOD.preface.replace(TITLE, title).replace("2024", str(year)),
        sections=SECTIONS,
        signed_on=f"{year + 1}-01-20",
        published_on=f"{year + 1}-01-23",
        figures=report_of(of, figures).figures,
    )


COUNTY = made(
    "松坪县人民政府",
    2024,
    {
        "carried_in": (30, 5),
        "granted": (200, 20, 2, 3, 5, 10),
        "partly_granted": (50, 6, 0, 1, 2, 1),
        "refused.state_secret": (3,),
        "refused.third_party_rights": (8, 2),
        "refused.internal_affairs": (12, 0, 0, 0, 1),
        "refused.deliberative_process": (14,),
        "refused.enforcement_file": (9, 1),
        "unable.not_held": (90, 10, 0, 0, 4, 6),
        "unable.needs_creation": (20,),
        "unable.still_unclear": (8, 2),
        "not_processed.petition": (25,),
        "not_processed.repeated": (15,),
        "other_handling.correction_overdue": (12,),
        "other_handling.other": (8,),
        "carried_out": (40, 8, 0, 0, 1, 1),
    },
    ((30, 6, 8, 4), (9, 2, 1, 3), (12, 1, 2, 5)),
    {
        "normative_documents.made": 24,
        "normative_documents.repealed": 10,
        "normative_documents.in_force": 186,
        "licensing.decisions": 36210,
        "penalties.decisions": 5420,
        "coercion.decisions": 310,
        "fees.amount": Decimal("4210.5"),
    },
)
OFFICE = made(
    "白沙区应急管理局",
    2023,
    {
        "carried_in": (3, 1),
        "granted": (18, 4, 0, 0, 1, 1),
        "partly_granted": (5, 1),
        "refused.internal_affairs": (2,),
        "refused.enforcement_file": (7, 1),
        "unable.not_held": (15, 3, 0, 0, 1, 1),
        "unable.still_unclear": (4,),
        "not_processed.petition": (6,),
        "not_processed.repeated": (4,),
        "other_handling.other": (6,),
        "carried_out": (5, 1),
    },
    ((5, 1, 1, 1), (2, 0, 0, 1), (1, 1, 0, 0)),
    {
        "normative_documents.made": 4,
        "normative_documents.repealed": 2,
        "normative_documents.in_force": 21,
        "licensing.decisions": 640,
        "penalties.decisions": 152,
        "coercion.decisions": 12,
        "fees.amount": Decimal("18.6"),
    },
)
TOWN = made(
    "柳溪镇人民政府",
    2025,
    {
        "granted": (6,),
        "partly_granted": (1,),
        "unable.not_held": (3, 1),
        "not_processed.petition": (2,),
        "not_processed.repeated": (1,),
        "carried_out": (1,),
    },
    ((1, 0, 0, 1), (0, 0, 0, 0), (1, 0, 0, 0)),
    {
        "normative_documents.in_force": 2,
        "licensing.decisions": 45,
        "penalties.decisions": 7,
        "fees.amount": 0,
    },
)
THREE = {"县": COUNTY, "局": OFFICE, "镇": TOWN}
assert len(HEADINGS) == len(SECTIONS)
