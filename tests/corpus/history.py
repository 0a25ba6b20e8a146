"""逐年的数据 — the figures of one body over the years: what was left over is carried in, what is in force adds up.

Most figures are 0, most applications come from natural persons, a county has many times what a township has (年报表二至
表四).
"""

from __future__ import annotations

from decimal import Decimal
from random import Random

from gongkai.report.figures import Value
from gongkai.report.form import Edition, Form, OtherHandling, form

Figures = dict[str, Value]
SIZES = {"township": 1.5, "department": 9.0, "county": 60.0}
_SHARES = (0.86, 0.09, 0.005, 0.005, 0.02, 0.02)  # of applicants, in the order of the columns
_OUTCOMES = {"granted": 40, "partly_granted": 12, "not_held": 22}


def form_of(random: Random, year: int) -> Form:
    """格式 — the edition of a year; one report of 2021 in ten prints （六） in one row."""
    if year < 2021:
        return form(Edition.E2019, OtherHandling.ROW)
    return form(Edition.E2021, OtherHandling.ROW if random.random() < 0.1 else OtherHandling.ROWS)


def year_of(random: Random, blank: Form, scale: str, last: Figures | None) -> Figures:
    """一年的数据 — balanced, and following on from last year's."""
    figures = {**_proactive(random, blank, scale, last or {}), **_applications(random, blank, scale, last or {})}
    for line in blank.table("remedies"):
        *parts, total = line.addresses
        counts = [_count(random, SIZES[scale] / 12) for _ in parts]
        figures |= dict(zip((*parts, total), (*counts, sum(counts)), strict=True))
    return {address: figures[address] for address in blank.addresses}


def carried_wrongly(random: Random, figures: Figures) -> Figures:
    """结转不符 — as many more are carried in as fewer are received: the sums hold, the years do not."""
    more = random.randint(1, 9)
    changed = dict(figures)
    for column in ("natural_person", "total"):
        carried, received = (f"applications.{row}.{column}" for row in ("carried_in", "received"))
        changed[carried] = _whole(figures, carried) + more
        changed[received] = _whole(figures, received) + 100
        changed[f"applications.granted.{column}"] = _whole(figures, f"applications.granted.{column}") + more + 100
        changed[f"applications.handled_total.{column}"] = (
            _whole(figures, f"applications.handled_total.{column}") + more + 100
        )
    return changed


def sum_broken(random: Random, blank: Form, figures: Figures) -> Figures:
    """总计填错 — one printed total of 表三 or 表四 is not the sum of its parts."""
    lines = [line for line in blank.lines if line.table != "proactive" and len(line.addresses) > 2]
    address = random.choice(lines).addresses[-1]
    return {**figures, address: _whole(figures, address) + random.randint(1, 30)}


def _proactive(random: Random, blank: Form, scale: str, last: Figures) -> Figures:
    figures: Figures = {}
    for line in blank.table("proactive"):
        for address in line.addresses:
            if address in blank.money:
                places = 4 if blank.money[address] == "万元" else 0
                rich = random.random() < 0.3 and scale != "township"
                figures[address] = Decimal(random.randint(1, 10**7) if rich else 0).scaleb(-places)
            elif address.endswith("items_change"):
                before = _whole(figures, address.replace("items_change", "items_last_year"))
                figures[address] = random.choice((0, 0, 0, random.randint(-min(before, 9), 9)))
            else:
                large = address.endswith("decisions") and scale != "township"
                figures[address] = _count(random, SIZES[scale] * (40 if large else 0.2))
        in_force = f"proactive.{line.id}.in_force"
        if in_force in figures:
            made, repealed = (_whole(figures, f"proactive.{line.id}.{column}") for column in ("made", "repealed"))
            before = last.get(in_force)
            before = _count(random, SIZES[scale]) + repealed if before is None else int(before)
            repealed = min(repealed, before)
            figures |= {f"proactive.{line.id}.repealed": repealed, in_force: before + made - repealed}
        total = f"proactive.{line.id}.disclosed_total"
        if total in figures:
            figures[total] = _whole(figures, total) + _whole(figures, f"proactive.{line.id}.disclosed")
    return figures


def _applications(random: Random, blank: Form, scale: str, last: Figures) -> Figures:
    lines = {line.id: line.addresses for line in blank.table("applications")}
    results = [line.id for line in blank.table("applications") if line.result]
    weights = [_OUTCOMES.get(row.rpartition(".")[2], 1) for row in results]
    rows: dict[str, list[int]] = {row: [0] * 6 for row in lines}
    for column, share in enumerate(_SHARES):
        carried = _whole(last, f"applications.carried_out.{lines['received'][column].rpartition('.')[2]}")
        received = _count(random, SIZES[scale] * share)
        out = min(carried + received, _count(random, (carried + received) / 12))
        rows["received"][column], rows["carried_in"][column], rows["carried_out"][column] = received, carried, out
        done = received + carried - out
        rows["handled_total"][column] = done
        for row in random.choices(results, weights, k=done):
            rows[row][column] += 1
    return {
        address: count
        for row, counts in rows.items()
        for address, count in zip(lines[row], (*counts, sum(counts)), strict=True)
    }


def _count(random: Random, usual: float) -> int:
    return int(random.expovariate(1 / usual)) if usual > 0 else 0


def _whole(figures: Figures, address: str) -> int:
    return int(figures.get(address) or 0)
