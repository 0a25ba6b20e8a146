"""平衡的数据 — figures that satisfy every equation of a form, by seed: zeros frequent, some counts of eight digits."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from hypothesis import strategies as st

from gongkai.report.figures import Value
from gongkai.report.form import Edition, Form, OtherHandling, form

SCALES = {"none": (1.0, 0), "few": (0.92, 9), "some": (0.7, 60), "many": (0.35, 4000)}
"""规模 — share of zeros, and the usual size of what is not zero: 乡镇, 县直单位, 县区, 市."""

SHAPES = (
    (Edition.E2021, OtherHandling.ROWS),
    (Edition.E2021, OtherHandling.ROW),
    (Edition.E2019, OtherHandling.ROW),
)


def balanced(random: Random, blank: Form, scale: str = "some") -> dict[str, Value]:
    """平衡的数据 — a value for every address of the form."""
    figures: dict[str, Value] = {
        address: _plain(random, blank, address, scale)
        for line in blank.table("proactive")
        for address in line.addresses
    }
    figures |= _applications(random, blank, scale)
    for line in blank.table("remedies"):
        *parts, total = line.addresses
        counts = [_count(random, scale) for _ in parts]
        figures |= dict(zip((*parts, total), (*counts, sum(counts)), strict=True))
    return {address: figures[address] for address in blank.addresses}


def _count(random: Random, scale: str) -> int:
    zeros, size = SCALES[scale]
    if random.random() < zeros:
        return 0
    return random.choice((1, random.randint(1, 9), random.randint(1, size), random.randint(10, 99)))


def _plain(random: Random, blank: Form, address: str, scale: str) -> Value:
    if address in blank.money:
        if random.random() < SCALES[scale][0] / 2:
            return Decimal(0)
        places = random.choice((0, 1, 2, 4)) if blank.money[address] == "万元" else 0
        return Decimal(random.randint(1, 10**7)).scaleb(-places)
    if address.endswith("items_change"):
        return random.choice((0, 0, _count(random, scale), -_count(random, scale)))
    if address.endswith("decisions") and scale != "none" and random.random() < 0.3:
        return random.randint(10**3, 10**8 - 1)
    return _count(random, scale)


def _applications(random: Random, blank: Form, scale: str) -> dict[str, int]:
    lines = {line.id: line.addresses for line in blank.table("applications")}
    results = [line.id for line in blank.table("applications") if line.result]
    # Most requests come from natural persons; whole columns of zeros are the rule.
    busy = [random.random() < 0.95, *(random.random() < 0.4 for _ in range(5))]
    rows: dict[str, list[int]] = {}
    for row in results:
        rows[row] = [_count(random, scale) if used else 0 for used in busy]
    handled = [sum(rows[row][column] for row in results) for column in range(6)]
    out = [_count(random, scale) if used else 0 for used in busy]
    carried = [random.choice((0, random.randint(0, done + left))) for done, left in zip(handled, out, strict=True)]
    rows["handled_total"], rows["carried_out"], rows["carried_in"] = handled, out, carried
    rows["received"] = [d + o - c for d, o, c in zip(handled, out, carried, strict=True)]
    return {
        address: value
        for row, counts in rows.items()
        for address, value in zip(lines[row], (*counts, sum(counts)), strict=True)
    }


def seeded(seed: int) -> tuple[Form, dict[str, Value]]:
    """按种子 — a form in one of its shapes and balanced figures for it, the same for the same seed."""
    random = Random(f"balanced:{seed}")
    blank = form(*random.choice(SHAPES))
    return blank, balanced(random, blank, random.choice(tuple(SCALES)))


seeds = st.integers(0, 2**32)
"""种子 — everything about a noisy report follows from one."""
balanced_figures = seeds.map(seeded)
"""平衡的数据 — any form in any shape, with balanced figures for it."""
