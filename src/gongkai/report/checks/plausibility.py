"""合理性核验 — figures that may be right and yet are worth a second look; notes only (条例 第五十条)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from gongkai.law.annual_report import Publisher
from gongkai.report.checks.bodies import may_make_regulations, publisher
from gongkai.report.checks.claims import value_of
from gongkai.report.checks.continuity import last_year
from gongkai.report.checks.finding import Finding
from gongkai.report.checks.prose import Passage
from gongkai.report.checks.rules import rules
from gongkai.report.figures import AnnualReport
from gongkai.report.naming import cells

# So few cases may all come of last year's requests.
FEW_CASES = 10
# A stock of documents that falls below this share of last year's, by this many at least, was cleaned up.
CLEANED, FEW_DOCUMENTS = Decimal("0.5"), 10
FEES = "proactive.fees.amount"
YUAN = 10000
# 万元: no body collects so much in a year; by whether it is of a county or below, and whether it is a government.
MOST_FEES = {(True, False): 10**5, (False, False): 10**6, (True, True): 10**7, (False, True): 10**8}
# An amount that grew so many times in a year was written in another unit.
TIMES = 1000
# 57.3 without its point is ten times as much.
FEES_TIMES = 9
DECISIONS = ("licensing", "penalties", "coercion")
# Numbers of decisions rise and fall; from MANY on, a ninefold change in a year is rather a digit.
MANY, DIGIT, LIKE = 200, 9, Decimal("1.3")

_FEE = re.compile(r"[^,。;\n]{0,12}处理费[^。;\d]{0,16}(\d+(?:\.\d+)?)\s?(万?)元")
_ELSEWHERE = re.compile(r"一些地区|部分地区|多数地区|有的地区|一些地方")


def check_plausibility(report: AnnualReport, passages: Sequence[Passage]) -> Iterator[Finding]:
    """合理性核验 — notes on one report by itself (条例 第五十条)."""
    yield from _regulations(report)
    yield from _lawsuits(report)
    yield from _documents(report)
    yield from _fees(report, passages)
    yield from _yuan(report, passages)
    yield from _elsewhere(report, passages)


def _regulations(report: AnnualReport) -> Iterator[Finding]:
    if not report.agency or may_make_regulations(report.agency):
        return
    rows = [address for address in report.form.addresses if address.startswith("proactive.regulations.")]
    figures = tuple(address for address in rows if report.figures.get(address))
    if figures:
        values = {"agency": report.agency, "cells": cells(report.form, figures)}
        yield rules()["plausibility.regulations"].finding(report, figures, values, found=report.figures[figures[0]])


def _lawsuits(report: AnnualReport) -> Iterator[Finding]:
    suits = value_of(report, ["remedies.litigation_*.total"])
    requests = value_of(report, ["applications.received.total", "applications.carried_in.total"])
    if suits and requests and suits[0] >= FEW_CASES and suits[0] > requests[0]:
        values = {"suits": format(suits[0], "f"), "requests": format(requests[0], "f")}
        yield rules()["plausibility.lawsuits"].finding(report, suits[1], values, found=suits[0])


def _documents(report: AnnualReport) -> Iterator[Finding]:
    for row in ("regulations", "normative_documents"):
        figures = [f"proactive.{row}.{column}" for column in ("made", "repealed", "in_force")]
        made, repealed, in_force = (value_of(report, [address]) for address in figures)
        if made and repealed and in_force and in_force[0] < made[0] - repealed[0]:
            label = next(line.label for line in report.form.table("proactive") if line.id == row)
            values = {"row": label, "made": made[0], "repealed": repealed[0], "in_force": in_force[0]}
            yield rules()["plausibility.documents"].finding(report, tuple(reversed(figures)), values)


def _fees(report: AnnualReport, passages: Sequence[Passage]) -> Iterator[Finding]:
    amount = report.figures.get(FEES)
    if amount is None or report.units.get(FEES) == "unknown":
        return
    for passage in passages:
        for match in _FEE.finditer(passage.text) if "处理费" in passage.text else ():
            if Decimal(match[1]) * (YUAN if match[2] else 1) > amount * YUAN:
                values = {
                    "section": passage.section,
                    "quote": passage.quote(*match.span()),
                    "amount": format(amount, "f"),
                }
                yield rules()["plausibility.fees"].finding(report, (FEES,), values, found=amount)
                return


def _yuan(report: AnnualReport, passages: Sequence[Passage]) -> Iterator[Finding]:
    """元 under 万元: more than such a body collects, or the very number that the text gives in 元."""
    amount = report.figures.get(FEES)
    if not amount or report.units.get(FEES) or report.form.money.get(FEES) != "万元":
        return
    body = publisher(report.agency)
    most = MOST_FEES[not may_make_regulations(report.agency), body is Publisher.GOVERNMENT] if body else None
    written = rf"收费[^。;\n]{{0,20}}?(?<![\d.]){re.escape(format(amount, 'f'))}(?:\.0+)? ?元"
    if (most is not None and amount >= most) or any(re.search(written, passage.text) for passage in passages):
        values = {"amount": format(amount, "f"), "wan": format((Decimal(amount) / YUAN).normalize(), "f")}
        yield rules()["plausibility.yuan"].finding(report, (FEES,), values, found=amount)


def _elsewhere(report: AnnualReport, passages: Sequence[Passage]) -> Iterator[Finding]:
    for passage in passages:
        for sentence in passage.sentences:
            match = _ELSEWHERE.search(sentence.text)
            if match:
                values = {"section": passage.section, "quote": sentence.quote(match.start(), match.end())}
                yield rules()["plausibility.elsewhere"].finding(report, (), values)
                return


def check_plausible_change(report: AnnualReport, previous: Collection[AnnualReport]) -> Iterator[Finding]:
    """年度变化核验 — notes on this year beside last year's report of the same body (条例 第五十条)."""
    last = last_year(report, previous)
    if last is None:
        return
    fees, now_fees = last.figures.get(FEES), report.figures.get(FEES)
    if fees and now_fees and not report.units.get(FEES) and not last.units.get(FEES) and now_fees >= fees * TIMES:
        grown = {"before": format(fees, "f"), "amount": format(now_fees, "f"), "year": last.year}
        yield rules()["plausibility.yuan_change"].finding(report, (FEES,), grown, expected=fees, found=now_fees)
    yield from _decisions(report, last)
    if fees and now_fees and fees * FEES_TIMES <= now_fees < fees * TIMES and not report.units.get(FEES):
        yield _changed(report, last, FEES, FEES_TIMES)
    address = "proactive.normative_documents.in_force"
    before, now = value_of(last, [address]), value_of(report, [address])
    if before and now and before[0] - now[0] >= FEW_DOCUMENTS and now[0] < before[0] * CLEANED:
        values = {"before": before[0], "found": now[0], "year": last.year}
        yield rules()["plausibility.in_force"].finding(report, (address,), values, expected=before[0], found=now[0])
    for row in ("reconsideration", "litigation_direct", "litigation_after_reconsideration"):
        pending, total = value_of(last, [f"remedies.{row}.pending"]), value_of(report, [f"remedies.{row}.total"])
        if pending and total and pending[0] > total[0]:
            line = next(line for line in report.form.table("remedies") if line.id == row)
            label = f"{line.group or ''} {line.label}".strip()
            told = {"row": label, "year": last.year, "pending": pending[0], "total": total[0]}
            yield rules()["plausibility.pending"].finding(report, total[1], told, found=total[0])


def _decisions(report: AnnualReport, last: AnnualReport) -> Iterator[Finding]:
    """A digit lost or doubled, or two rows exchanged, where last year's numbers are large enough to tell."""
    known = {
        a: (int(now), int(before))
        for row in DECISIONS
        if (now := report.figures.get(a := f"proactive.{row}.decisions")) and (before := last.figures.get(a))
    }
    for (one, (now, before)), (other, (other_now, other_before)) in combinations(known.items(), 2):
        if _is_like(now, other_before) and _is_like(other_now, before) and not _is_like(before, other_before):
            told = {
                **_beside(report, last, one),
                "other": cells(report.form, [other], table=False),
                "other_found": other_now,
                "other_before": other_before,
            }
            yield rules()["plausibility.exchanged"].finding(report, (one, other), told, found=now)
            return
    for address, (now, before) in known.items():
        if max(now, before) >= MANY and (now * DIGIT <= before or now >= before * DIGIT):
            yield _changed(report, last, address, DIGIT)


def _is_like(one: int, other: int) -> bool:
    return other <= one * LIKE and one <= other * LIKE


def _beside(report: AnnualReport, last: AnnualReport, address: str) -> dict[str, object]:
    now, before = report.figures[address], last.figures[address]
    return {
        "cell": cells(report.form, [address], table=False),
        "found": now,
        "before": before,
        "year": last.year,
    }


def _changed(report: AnnualReport, last: AnnualReport, address: str, times: int) -> Finding:
    told = {**_beside(report, last, address), "times": times}
    return rules()["plausibility.change"].finding(
        report, (address,), told, expected=last.figures[address], found=report.figures[address]
    )
