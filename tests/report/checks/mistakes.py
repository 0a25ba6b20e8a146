"""各种填错 — mistakes that people make in the tables, each planted in a report that balances (条例 第五十条)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from gongkai.report.equations import Balance, evaluate
from gongkai.report.figures import AnnualReport, Value
from tests.report.balanced import APPLICANTS, changed

A, P, R = "applications", "proactive", "remedies"
COLUMNS = (*APPLICANTS, "total")
RESULTS = ("upheld", "corrected", "other", "pending", "total")
CASES = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
FEES = f"{P}.fees.amount"
Figures = dict[str, Value]


@dataclass(frozen=True)
class Planted:
    """种下的错 — the report with the mistake, the cells of which one must be told, the rules of which one must tell.

    `previous`: last year's report, where the mistake is seen only beside it.
    """

    report: AnnualReport
    cells: frozenset[str] = frozenset()
    rules: frozenset[str] = frozenset()
    previous: AnnualReport | None = None


Plant = Callable[[AnnualReport, Random], Planted | None]


def cell(row: str, column: str = "total") -> str:
    return f"{A}.{row}.{column}"


def row_of(report: AnnualReport, row: str) -> list[int]:
    return [int(report.figures[cell(row, column)] or 0) for column in COLUMNS]


def rows(report: AnnualReport) -> list[str]:
    return [line.id for line in report.form.table(A)]


def results(report: AnnualReport) -> list[str]:
    return [line.id for line in report.form.table(A) if line.result]


def planted(report: AnnualReport, figures: Mapping[str, Value]) -> Planted | None:
    """Nothing where the mistake changes nothing that a sum or the reader can see."""
    seen = {a for a, value in figures.items() if (value or 0) != (report.figures[a] or 0)}
    wrong = changed(report, figures)
    is_seen = any(a.startswith(P) or wrong.figures[a] is None for a in seen)
    is_seen = is_seen or any(verdict.balance is Balance.BROKEN for verdict in evaluate(wrong))
    return Planted(wrong, frozenset(seen)) if seen and is_seen else None


def filled(row: str, counts: Sequence[Value]) -> Figures:
    return {cell(row, column): n for column, n in zip(COLUMNS, counts, strict=True)}


def pick(report: AnnualReport, random: Random, row: str) -> str:
    """A row by its name; `result`: any row of results that is not empty."""
    if row != "result":
        return row
    busy = [name for name in results(report) if any(row_of(report, name))]
    return random.choice(busy or results(report))


def in_row(row: str, counts: Callable[[list[int], Random], Sequence[Value]]) -> Plant:
    def plant(report: AnnualReport, random: Random) -> Planted | None:
        name = pick(report, random, row)
        return planted(report, filled(name, counts(row_of(report, name), random)))

    return plant


def in_column(column: str, counts: Callable[[AnnualReport, str], Value]) -> Plant:
    def plant(report: AnnualReport, random: Random) -> Planted | None:
        name = column or random.choice([c for c in APPLICANTS if any(column_of(report, c))])
        return planted(report, {cell(row, name): counts(report, row) for row in rows(report)})

    return plant


def column_of(report: AnnualReport, column: str) -> list[int]:
    return [int(report.figures[cell(row, column)] or 0) for row in rows(report)]


def every_row(counts: Callable[[list[int]], Sequence[Value]]) -> Plant:
    def plant(report: AnnualReport, random: Random) -> Planted | None:
        figures: Figures = {}
        for row in rows(report):
            figures |= filled(row, counts(row_of(report, row)))
        return planted(report, figures)

    return plant


def copied(row: str, source: str) -> Plant:
    def plant(report: AnnualReport, random: Random) -> Planted | None:
        name, other = (pick(report, random, each) for each in (row, source))
        return planted(report, filled(name, row_of(report, other)))

    return plant


def exchanged(one: str, other: str) -> Plant:
    def plant(report: AnnualReport, random: Random) -> Planted | None:
        if not any(row_of(report, "carried_in")):
            return None  # an empty row of last year explains such sums as well
        first, second = (pick(report, random, each) for each in (one, other))
        return planted(report, filled(first, row_of(report, second)) | filled(second, row_of(report, first)))

    return plant


def in_cell(row: str, column: str, wrong: Callable[[int, Random], Value]) -> Plant:
    def plant(report: AnnualReport, random: Random) -> Planted | None:
        name = pick(report, random, row)
        busy = [c for c in APPLICANTS if report.figures[cell(name, c)]] or ["natural_person"]
        address = cell(name, column or random.choice(busy))
        return planted(report, {address: wrong(int(report.figures[address] or 0), random)})

    return plant


def transposed(n: int, random: Random) -> int:
    return int(str(n)[::-1]) if n >= 10 else n * 10


WRONG: dict[str, Callable[[int, Random], Value]] = {
    "多了": lambda n, random: n + random.randint(1, 9),
    "少了": lambda n, random: max(n - random.randint(1, 9), 0),
    "数字颠倒": transposed,
    "多了一个零": lambda n, random: n * 10,
    "少了一位": lambda n, random: n // 10,
    "空着": lambda n, random: None,
    "重复": lambda n, random: int(f"{n}{n}"),
}  # fmt: skip
ROLES = {
    "新收": "received",
    "上年结转": "carried_in",
    "办理结果": "result",
    "总计行": "handled_total",
    "结转下年": "carried_out",
}
Counts = Callable[[list[int], Random], Sequence[Value]]


def swapped(n: list[int], random: Random) -> list[int]:
    unlike = [(a, b) for a in range(6) for b in range(a) if n[a] != n[b]]
    return _swap(n, *random.choice(unlike)) if unlike else n


def swapped_with_total(n: list[int], random: Random) -> list[int]:
    return _swap(n, random.choice([a for a in range(6)]), 6)


def _swap(n: list[int], a: int, b: int) -> list[int]:
    n = list(n)
    n[a], n[b] = n[b], n[a]
    return n


def short_with_total(n: list[int], random: Random) -> list[int]:
    busy = [at for at in range(6) if n[at]]
    if not busy:
        return n
    at = random.choice(busy)
    less = random.randint(1, n[at])
    return [count - less if place in (at, 6) else count for place, count in enumerate(n)]


OF_A_ROW: dict[str, Counts] = {
    "整行右移一栏": lambda n, random: [0, *n[:-1]],
    "整行右移一栏，前面空着": lambda n, random: [None, *n[:-1]],
    "整行左移一栏": lambda n, random: [*n[1:], 0],
    "各栏右移一栏，总计没有动": lambda n, random: [0, *n[:-2], n[-1]],
    "各栏左移一栏，总计没有动": lambda n, random: [*n[1:-1], 0, n[-1]],
    "整行没有填": lambda n, random: [0] * 7,
    "整行空着": lambda n, random: [None] * 7,
    "两栏对调": swapped,
    "一栏与总计对调": swapped_with_total,
    "一格和总计一起少了": short_with_total,
}


def slid(way: int) -> Plant:
    def plant(report: AnnualReport, random: Random) -> Planted | None:
        names = rows(report)
        start = random.randrange(2, len(names) - 4)
        printed = [row_of(report, name) for name in names]
        moved = (
            [*printed[:start], [0] * 7, *printed[start:-1]]
            if way > 0
            else [*printed[:start], *printed[start + 1 :], [0] * 7]
        )
        figures: Figures = {}
        for name, counts in zip(names, moved, strict=True):
            figures |= filled(name, counts)
        return planted(report, figures)

    return plant


def column_slid(way: int) -> Plant:
    def plant(report: AnnualReport, random: Random) -> Planted | None:
        names = rows(report)
        busy = [c for c in APPLICANTS if sum(map(bool, column_of(report, c))) > 4]
        if not busy:
            return None
        column = random.choice(busy)
        counts = column_of(report, column)
        start = random.randrange(2, 8)
        moved = [*counts[:start], 0, *counts[start:-1]] if way > 0 else [*counts[:start], *counts[start + 1 :], 0]
        return planted(report, {cell(name, column): n for name, n in zip(names, moved, strict=True)})

    return plant


def in_two_rows(one: str, other: str) -> Plant:
    """A count written one row too low in one column, the totals right."""

    def plant(report: AnnualReport, random: Random) -> Planted | None:
        first, second = pick(report, random, one), pick(report, random, other)
        busy = [c for c in APPLICANTS if report.figures[cell(first, c)]]
        if first == second or not busy:
            return None
        from_, to = (cell(name, random_column) for random_column in [random.choice(busy)] for name in (first, second))
        moved = int(report.figures[from_] or 0)
        return planted(report, {from_: 0, to: int(report.figures[to] or 0) + moved})

    return plant


def cell_and_handled(report: AnnualReport, random: Random) -> Planted | None:
    name = pick(report, random, "result")
    busy = [c for c in APPLICANTS if report.figures[cell(name, c)]]
    if not busy:
        return None
    column = random.choice(busy)
    less = random.randint(1, int(report.figures[cell(name, column)] or 0))
    addresses = cell(name, column), cell("handled_total", column)
    return planted(report, {a: int(report.figures[a] or 0) - less for a in addresses})


def handled_is_received_and_carried_in(report: AnnualReport, random: Random) -> Planted | None:
    counts = [a + b for a, b in zip(row_of(report, "received"), row_of(report, "carried_in"), strict=True)]
    return planted(report, filled("handled_total", counts))


def only_columns(*kept: str, left: Value = 0) -> Plant:
    def plant(report: AnnualReport, random: Random) -> Planted | None:
        gone = [column for column in COLUMNS if column not in kept]
        return planted(report, {cell(row, column): left for row in rows(report) for column in gone})

    return plant


def column_out(left: Value) -> Plant:
    return in_column("", lambda report, row: left)


def cases(counts: Callable[[list[list[int]]], list[list[Value]]]) -> Plant:
    def plant(report: AnnualReport, random: Random) -> Planted | None:
        printed = [[int(report.figures[f"{R}.{case}.{result}"] or 0) for result in RESULTS] for case in CASES]
        figures: Figures = {
            f"{R}.{case}.{result}": n
            for case, row in zip(CASES, counts(printed), strict=True)
            for result, n in zip(RESULTS, row, strict=True)
        }
        return planted(report, figures)

    return plant


def threes(flat: Sequence[Value]) -> list[list[Value]]:
    return [list(flat[at : at + 5]) for at in (0, 5, 10)]


def flat(printed: list[list[int]]) -> list[int]:
    return [n for row in printed for n in row]


def one_case(wrong: Callable[[list[int]], list[Value]]) -> Plant:
    def counts(printed: list[list[int]]) -> list[list[Value]]:
        busiest = max(range(3), key=lambda at: printed[at][-1])
        return [wrong(row) if at == busiest else list(row) for at, row in enumerate(printed)]

    return cases(counts)


def fees_in_yuan(report: AnnualReport, random: Random) -> Planted | None:
    wan = Decimal(random.randint(1000, 40000)) / 100
    return Planted(changed(report, {FEES: Decimal(int(wan * 10000))}), frozenset([FEES]))


def proactive(address: str, value: Value) -> Plant:
    return lambda report, random: planted(report, {f"{P}.{address}": value})


def half_of_totals_blank(report: AnnualReport, random: Random) -> Planted | None:
    return planted(report, {cell(row): None for row in results(report)[8:] if any(row_of(report, row))})


def table_mistakes() -> Iterator[tuple[str, Plant]]:
    """表格里的错 — kinds of mistakes of tables two to four by name."""
    for role, row in ROLES.items():
        for called, wrong in WRONG.items():
            yield f"{role}：一格{called}", in_cell(row, "", wrong)
        yield f"{role}：总计{'多了'}", in_cell(row, "total", WRONG["多了"])
        yield f"{role}：总计{'空着'}", in_cell(row, "total", WRONG["空着"])
        for called, counts in OF_A_ROW.items():
            yield f"{role}：{called}", in_row(row, counts)
    yield "（七）抄了新收", copied("handled_total", "received")
    yield "（七）抄了一项结果", copied("handled_total", "result")
    yield "（七）填了新收加结转", handled_is_received_and_carried_in
    yield "新收抄了上年结转", copied("received", "carried_in")
    yield "上年结转抄了新收", copied("carried_in", "received")
    yield "结转下年抄了（七）", copied("carried_out", "handled_total")
    yield "一项结果抄了（七）", copied("result", "handled_total")
    yield "新收与（七）对调", exchanged("received", "handled_total")
    yield "（七）与结转下年对调", exchanged("handled_total", "carried_out")
    yield "上年结转与一项结果对调", exchanged("carried_in", "result")
    yield "一项结果与（七）对调", exchanged("result", "handled_total")
    yield "新收与结转下年对调", exchanged("received", "carried_out")
    yield "各行下移一行", slid(1)
    yield "各行上移一行", slid(-1)
    yield "一栏下移一行", column_slid(1)
    yield "一栏上移一行", column_slid(-1)
    yield "结果填错行", in_two_rows("result", "carried_out")
    yield "新收填到结果", in_two_rows("received", "result")
    yield "一格和（七）一起少了", cell_and_handled
    yield "总计一栏全是零", in_column("total", lambda report, row: 0)
    yield "总计一栏空着", in_column("total", lambda report, row: None)
    yield "总计一栏抄了自然人", in_column("total", lambda report, row: report.figures[cell(row, "natural_person")])
    for at, name in ((0, "自然人"), (1, "商业企业"), (5, "其他")):
        yield f"总计漏加{name}", every_row(lambda n, at=at: [*n[:6], n[6] - n[at]])  # type: ignore[misc]
    yield "自然人与总计对调", every_row(lambda n: _swap(n, 0, 6))
    yield "其他与总计对调", every_row(lambda n: _swap(n, 5, 6))
    yield "总计放在最前", every_row(lambda n: [n[6], *n[:6]])
    yield "全表右移一栏", every_row(lambda n: [0, *n[:6]])
    yield "全表左移一栏", every_row(lambda n: [*n[1:], 0])
    for role, row in ROLES.items():
        yield f"{role}：整行是别处的数", in_row(row, lambda n, random: [n[0] + 7, 3, n[2] + 11, 5, 0, 2, n[6] + 90])
    yield "一类申请人整栏是别处的数", in_column("business", lambda report, row: len(row))
    yield "一类申请人没有填", column_out(0)
    yield "一类申请人空着", column_out(None)
    yield "只填自然人和总计", only_columns("natural_person", "total")
    yield "只填自然人和总计，其余空着", only_columns("natural_person", "total", left=None)
    yield "只填总计", only_columns("total")
    yield "表四右移一栏", cases(lambda p: threes([0, *flat(p)[:-1]]))
    yield "表四左移一栏", cases(lambda p: threes([*flat(p)[1:], 0]))
    yield "表四总计全是零", cases(lambda p: [[*row[:4], 0] for row in p])
    yield "表四总计空着", cases(lambda p: [[*row[:4], None] for row in p])
    yield "表四总计在前", cases(lambda p: [[row[4], *row[:4]] for row in p])
    yield "表四未审结与总计对调", cases(lambda p: [[*row[:3], row[4], row[3]] for row in p])
    yield "表四总计都没加未审结", cases(lambda p: [[*row[:4], row[4] - row[3]] for row in p])
    yield "表四总计都没加纠正", cases(lambda p: [[*row[:4], row[4] - row[1]] for row in p])
    yield "表四一格多了", one_case(lambda row: [row[0] + 1, *row[1:]])
    yield "表四总计多了", one_case(lambda row: [*row[:4], row[4] + 2])
    yield "表四一类右移", one_case(lambda row: [0, *row[:4]])
    yield "表四负数", one_case(lambda row: [-1, row[1] + row[0] + 1, *row[2:]])
    yield "收费填成元", fees_in_yuan
    yield "收费小数太多", proactive("fees.amount", Decimal("12.123456"))
    yield "处罚负数", proactive("penalties.decisions", -3)
    yield "表四两类的总计空着", cases(lambda p: [[*row[:4], None if at else row[4]] for at, row in enumerate(p)])
    yield "各项结果后一半的总计空着", half_of_totals_blank
