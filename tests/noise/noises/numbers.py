"""数字的噪声 — what happens to the figures themselves."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from random import Random

from gongkai.report.form import Edition
from tests.noise.noises import noise
from tests.noise.printed import Cell, Fate, Part, Printed, Row
from tests.noise.printing import show
from tests.noise.rendering import FORMATS, LOOSE, TAG

_INTEGER = re.compile(r"\d+")
_WIDE = str.maketrans("0123456789", "".join(chr(0xFF10 + digit) for digit in range(10)))
_KEPT = ("received", "carried_in", "handled_total", "carried_out")
E2019, E2021 = (Edition.E2019,), (Edition.E2021,)
# The pdf of tests/documents has no outlines for wide characters, and pdfium drops one that stands alone.
DRAWN = frozenset(FORMATS) - {"pdf", "ofd"}


def _share(random: Random) -> float:
    """How much of what could be touched is: a little, half, everything."""
    return random.choice((0.1, 0.5, 1.0))


def _some_values(
    report: Printed, random: Random, change: Callable[[Cell], str], applies: Callable[[Cell], bool]
) -> Printed:
    share = _share(random)
    return report.each_cell(
        lambda cell: cell._replace(text=change(cell)) if applies(cell) and random.random() < share else cell, Part.VALUE
    )


def _is_zero(cell: Cell) -> bool:
    return cell.text == "0"


def _is_count(cell: Cell) -> bool:
    return _INTEGER.fullmatch(cell.text) is not None


@noise("numbers")
def radicals(report: Printed, random: Random) -> Printed:
    """康熙部首、部首补充: ⼀⼆⼈⾏⽂⻓⻔ printed for the characters."""
    share = _share(random)
    pairs = dict(
        zip(
            "一二八十人行文方用工金自至面小大力水高民门长齐见页车马",
            "⼀⼆⼋⼗⼈⾏⽂⽅⽤⼯⾦⾃⾄⾯⼩⼤⼒⽔⾼⺠⻔⻓⻬⻅⻚⻋⻢",
            strict=True,
        )
    )
    return report.texts(
        lambda text: "".join(pairs[char] if char in pairs and random.random() < share else char for char in text),
        Part.HEADING,
        Part.LABEL,
        Part.GROUP,
    )


@noise("numbers")
def spaces_round_zero(report: Printed, random: Random) -> Printed:
    """0 前后的全角空格与空白: full-width spaces and blanks round 0."""
    forms = ("\u3000 0", "0 ", "\u30000", "\xa00", " 0\u3000", "0\xa0")
    return _some_values(report, random, lambda _: random.choice(forms), _is_zero)


@noise("numbers")
def number_torn_over_cells(report: Printed, random: Random) -> Printed:
    """两位数裂成两格 "1|0": the row is shifted, its last value pushed out or standing one too far."""
    rows = [row for table in report.tables for row in table.rows if any(_two_digits(c.text) for c in row.values)]
    # Before nothing but zeros, which may be left blank, the halves look like two figures of table two.
    second = _lines(report, "proactive")
    rows = [row for row in rows if row.line not in second or row.values[-1].text.strip("0")]
    if not rows:
        return report
    chosen = random.choice(rows)
    cell = random.choice([cell for cell in chosen.values if _two_digits(cell.text)])
    at = chosen.cells.index(cell)
    # Of table two no sum tells what was pushed out, and half a number never is: no reader could know.
    pushes = chosen.line not in second and cell != chosen.cells[-1] and report.format not in LOOSE
    torn = [cell._replace(text=cell.text[0], columns=1), cell._replace(text=cell.text[1:])]
    cells = (*chosen.cells[:at], *torn, *chosen.cells[at + 1 :])
    gone = [cell.address]
    if pushes and random.random() < 0.5:
        gone.append(cells[-1].address)
        cells = cells[:-1]
    changed = report.each_row(lambda row: row._replace(cells=cells) if row is chosen else row)
    return changed.lose(tuple(gone))


def _two_digits(text: str) -> bool:
    return len(text) == 2 and text.isdecimal()


def _lines(report: Printed, table: str) -> set[str]:
    return {line.id for line in report.form.table(table)}


@noise("numbers", formats=("html", "mht"))
def number_torn_over_tags(report: Printed, random: Random) -> Printed:
    """数字分在两个标签里: <span>20</span><span>23</span>, in cells and in prose."""
    share = _share(random)

    def tear(text: str) -> str:
        return re.sub(r"(?<=\d)(?=\d)", lambda _: TAG if random.random() < share else "", text)

    return report.texts(tear, Part.VALUE, Part.LABEL, Part.HEADING)


@noise("numbers")
def blank_for_zero(report: Printed, random: Random) -> Printed:
    """空白代零: &nbsp; or nothing where 0 belongs; everywhere, here and there, or in the columns of organisations."""
    style = random.choice(("all", "some", "organisations"))
    text = random.choice(("", "\xa0", "\u3000"))

    def blanks(cell: Cell) -> bool:
        if style == "organisations":
            return cell.address.startswith("applications.") and cell.column not in ("natural_person", "total")
        return style == "all" or random.random() < 0.3

    return _blanked(report, blanks, text)


def _blanked(report: Printed, applies: Callable[[Cell], bool], text: str) -> Printed:
    lost: list[str] = []

    def change(cell: Cell) -> Cell:
        if not _is_zero(cell) or not applies(cell):
            return cell
        lost.append(cell.address)
        return cell._replace(text=text)

    changed = report.each_cell(change, Part.VALUE)
    return changed.lose(tuple(lost), Fate.BLANK)


@noise("numbers")
def stroke_for_zero(report: Printed, random: Random) -> Printed:
    """以 "/"、"-" 代零: a stroke where 0 belongs."""
    share = _share(random)
    return _blanked(report, lambda _: random.random() < share, random.choice(("/", "-", "—", "－")))


@noise("numbers", editions=E2019)
def signed(report: Printed, random: Random) -> Printed:
    """带号的增减: "+19", "+1036"."""
    plus = random.choice("+＋")
    return _some_values(
        report, random, lambda cell: plus + cell.text, lambda cell: _is_count(cell) and cell.column == "items_change"
    )


@noise("numbers")
def unit_in_cell(report: Printed, random: Random) -> Printed:
    """格内带单位: "251000元", "240万元"."""

    def printed(cell: Cell) -> str:
        unit, value = report.form.money[cell.address], Decimal(cell.text)
        other = ("元", value * 10_000) if unit == "万元" else ("万元", value / 10_000)
        shown, amount = random.choice(((unit, value), other))
        return f"{show(amount.normalize() if amount % 1 else amount.quantize(Decimal(1)))}{shown}"

    return _some_values(report, random, printed, lambda c: c.address in report.form.money and _is_amount(c.text))


def _is_amount(text: str) -> bool:
    return re.fullmatch(r"\d+(\.\d+)?", text) is not None


@noise("numbers")
def annotation_in_cell(report: Printed, random: Random) -> Printed:
    """格内带说明: "22（其中修订16件）"."""

    def printed(cell: Cell) -> str:
        part = random.randint(0, int(cell.text))
        note = random.choice(("（其中修订{}件）", "（含自然失效{}件）", "\n（其中修订{}件）"))
        return cell.text + note.format(part)

    return _some_values(report, random, printed, lambda c: _is_count(c) and "normative" in c.address)


@noise("numbers", editions=E2021)
def value_in_header(report: Printed, random: Random) -> Printed:
    """数值写进表头 "单位：0万元": and the cell itself left empty, or not."""
    amount = show(report.figures["proactive.fees.amount"])
    changed = _heading(report, "（单位：万元", f"（单位：{amount}万元")
    if changed == report or random.random() < 0.5:
        return changed
    emptied = changed.each_cell(
        lambda cell: cell._replace(text="") if cell.address == "proactive.fees.amount" else cell, Part.VALUE
    )
    return emptied.lose(("proactive.fees.amount",))


def _heading(report: Printed, old: str, new: str) -> Printed:
    return report.each_cell(lambda cell: cell._replace(text=cell.text.replace(old, new)), Part.HEADING)


@noise("numbers", editions=E2019)
def example_in_header(report: Printed, random: Random) -> Printed:
    """表头里的例数 "如-8"."""
    return _heading(report, "本年增/减", f"本年增/减（如{random.choice(('-8', '+5', '－3'))}）")


@noise("numbers", editions=E2021)
def four_decimals(report: Printed, random: Random) -> Printed:
    """收费四位小数: 144.4399, 0.0000."""
    return report.each_cell(
        lambda c: (
            c._replace(text=f"{Decimal(c.text):.4f}") if c.address in report.form.money and _is_amount(c.text) else c
        ),
        Part.VALUE,
    )


@noise("numbers", early=True)
def long_counts(report: Printed, random: Random) -> Printed:
    """七位、八位的数: counts such as 11398889."""
    figures = dict(report.figures)
    for address in report.form.addresses:
        if address.endswith("decisions"):
            figures[address] = random.randint(10**6, 10**8 - 1)
    shown = {address: show(value) for address, value in figures.items()}
    changed = report.each_cell(
        lambda cell: cell._replace(text=shown[cell.address]) if cell.address.endswith("decisions") else cell,
        Part.VALUE,
    )
    return replace(changed, figures=figures)


@noise("numbers", editions=E2021)
def fee_header_without_unit(report: Printed, random: Random) -> Printed:
    """收费金额不带单位: the header says no unit."""
    return _heading(report, "（单位：万元）", "")


@noise("numbers", editions=E2021)
def four_decimals_in_header(report: Printed, random: Random) -> Printed:
    """表头 "保留4位小数"."""
    return _heading(report, "单位：万元", "单位：万元，保留4位小数")


@noise("numbers")
def zeros_deduplicated(report: Printed, random: Random) -> Printed:
    """去重丢零: a run of equal zeros comes out as one."""
    share = _share(random)
    lost: list[str] = []

    def change(row: Row) -> Row:
        if not row.line or random.random() >= share:
            return row
        cells: list[Cell] = []
        for cell in row.cells:
            if cells and cell.part is Part.VALUE and cell.text == cells[-1].text == "0":
                lost.append(cell.address)
            else:
                cells.append(cell)
        return row._replace(cells=tuple(cells))

    return report.each_row(change, "applications").lose(tuple(lost))


@noise("numbers")
def total_cell_missing(report: Printed, random: Random) -> Printed:
    """缺总计格: the last cell of a row is not there."""
    share = _share(random) / 2
    lost: list[str] = []

    def change(row: Row) -> Row:
        last = row.cells[-1]
        if last.column != "total" or random.random() >= share:
            return row
        lost.append(last.address)
        return row._replace(cells=row.cells[:-1])

    return report.each_row(change, "applications").lose(tuple(lost))


@noise("numbers")
def total_column_blank(report: Printed, random: Random) -> Printed:
    """总计列除四行外全空: only 新收、结转、（七）总计、结转下年 have a total."""
    lost: list[str] = []

    def change(cell: Cell) -> Cell:
        if cell.column != "total" or cell.line in _KEPT or not _is_count(cell):
            return cell
        lost.append(cell.address)
        return cell._replace(text="")

    return report.each_cell(change, Part.VALUE, name="applications").lose(tuple(lost), Fate.BLANK)


@noise("numbers")
def zero_column_lost(report: Printed, random: Random) -> Printed:
    """七个数只剩六个: a column that is zero in every row is not printed; its heading is."""
    columns = list(zip(*(line.addresses[:-1] for line in report.form.table("applications")), strict=True))
    empty = [column for column in columns if not any(report.figures[address] for address in column)]
    if not empty:
        return report
    gone = random.choice(empty)

    def change(row: Row) -> Row:
        return row._replace(cells=tuple(cell for cell in row.cells if cell.address not in gone))

    return report.each_row(change, "applications").lose(gone)


@noise("numbers", editions=E2021)
def three_values_for_one(report: Printed, random: Random) -> Printed:
    """一格之处三个数: a merged cell comes out three times."""

    def change(row: Row) -> Row:
        last = row.cells[-1]
        if last.part is not Part.VALUE or last.columns != 3:
            return row
        return row._replace(cells=(*row.cells[:-1], *[last._replace(columns=1)] * 3))

    return report.each_row(change, "proactive")


@noise("numbers", formats=DRAWN)
def full_width_digits(report: Printed, random: Random) -> Printed:
    """全角数字."""
    return _some_values(report, random, lambda cell: cell.text.translate(_WIDE), lambda cell: True)


@noise("numbers")
def thousands_separators(report: Printed, random: Random) -> Printed:
    """千位分隔: 1,036 and 1，036 inside a cell."""
    mark = random.choice((",", "，"))
    return _some_values(
        report, random, lambda c: f"{int(c.text):,}".replace(",", mark), lambda c: _is_count(c) and len(c.text) > 3
    )


@noise("numbers", formats=DRAWN)
def none_for_zero(report: Printed, random: Random) -> Printed:
    """以 "无" 代零."""
    return _some_values(report, random, lambda _: random.choice(("无", "零", "无")), _is_zero)
