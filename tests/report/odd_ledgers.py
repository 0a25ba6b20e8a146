"""怪台账 — kinds of ledgers that offices have, each with its cases row by row and the cells that must be named.

Each kind was written before it was known what becomes of it. A row is read as its case has it, or it is named.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

KINDS = {"自然人": "natural_person", "商业企业": "business", "科研机构": "research", "其他": "other_organizations"}
RESULTS = {"予以公开": "granted", "部分公开": "partly_granted", "信息不存在": "not_existing", "信访": "petition"}
HEADS = ["编号", "申请人类别", "收到日期", "答复日期", "办理结果"]
READ, NAMED, EITHER = "read", "named", "either"


class Case(NamedTuple):
    """一件 — who asked, when it came, when and how it was answered (条例 第三十六条)."""

    number: str
    kind: str
    received: date
    answered: date | None
    result: str | None

    @property
    def truth(self) -> tuple[str, tuple[tuple[str, date], ...]]:
        """应当读到的 — the kind of applicant and the dated acts."""
        acts: list[tuple[str, date]] = [("register", self.received)]
        if self.answered:
            acts.append((f"deliver {RESULTS[str(self.result)]}", self.answered))
        return KINDS[self.kind], tuple(acts)


class Row(NamedTuple):
    """一行 — where a case stands, and whether it must be read, must be named, or either."""

    sheet: str
    row: int
    case: Case | None
    fate: str


@dataclass
class Odd:
    """一份怪台账 — its rows; `refused`: the whole file may be refused, with this in the sentence."""

    dice: random.Random
    name: str = "a.xlsx"
    data: bytes = b""
    rows: list[Row] = field(default_factory=list)
    refused: str | None = None
    book: openpyxl.Workbook = field(default_factory=openpyxl.Workbook)
    used: dict[str, int] = field(default_factory=dict)

    @property
    def page(self) -> Worksheet:
        """眼前的工作表 — the last one."""
        return self.book.worksheets[-1]

    def put(self, *cells: Any) -> int:
        """写一行 — as an office would type it; its number."""
        row = self.used[self.page.title] = self.used.get(self.page.title, 0) + 1
        for column, value in enumerate(cells, 1):
            if value is not None:
                self.page.cell(row, column, value)
        return row

    def case(self, case: Case | None, *cells: object, fate: str = READ) -> int:
        """写一件 — a row that is that case."""
        row = self.put(*cells)
        self.rows.append(Row(self.page.title, row, case, fate))
        return row

    def cases(self, count: int = 5, *, year: int = 2026, first: int = 1, days: int = 330) -> list[Case]:
        """几件 — in the year, some still open; days of answer in the same year."""
        found = []
        for at in range(first, first + count):
            day = date(year, 1, 4) + timedelta(self.dice.randrange(days))
            answered = min(day + timedelta(self.dice.randrange(5, 25)), date(year, 12, 31))
            done = self.dice.random() < 0.8
            result = self.dice.choice(list(RESULTS)) if done else None
            kind = self.dice.choice(list(KINDS))
            found.append(Case(f"{year}-{at:03d}", kind, day, answered if done else None, result))
        return found

    def plain(self, case: Case, write: Callable[[date], object] = lambda day: day, **fate: str) -> int:
        """平常的一行 — under `HEADS`, days written so."""
        answered = write(case.answered) if case.answered else None
        return self.case(case, case.number, case.kind, write(case.received), answered, case.result, **fate)

    def done(self) -> Odd:
        """存好 — as xlsx, unless bytes were given."""
        if not self.data:
            out = io.BytesIO()
            self.book.save(out)
            self.data = out.getvalue()
        return self


def parts(day: date | None) -> list[int | None]:
    """年月日 — each in its cell."""
    return [day.year, day.month, day.day] if day else [None, None, None]


SPLIT = ["编号", "申请人类别", "收到日期", None, None, "答复日期", None, None, "办理结果"]
BELOW = [None, None, "年", "月", "日", "年", "月", "日", None]


def _split(odd: Odd, heads: list[list[Any]], merges: list[str], write: Callable[[Any, str], Any]) -> None:
    for row in heads:
        odd.put(*row)
    for each in merges:
        odd.page.merge_cells(each)
    for case in odd.cases():
        both = [*parts(case.received), *parts(case.answered)]
        days = [write(part, unit) for part, unit in zip(both, "年月日年月日", strict=True)]
        odd.case(case, case.number, case.kind, *days, case.result)


def split_merged(odd: Odd) -> None:
    _split(odd, [SPLIT, BELOW], ["C1:E1", "F1:H1", "A1:A2", "B1:B2", "I1:I2"], lambda part, _: part)


def split_titled(odd: Odd) -> None:
    odd.put("青禾县示范局依申请公开台账")
    odd.page.merge_cells("A1:I1")
    _split(odd, [SPLIT, BELOW], ["C2:E2", "F2:H2", "A2:A3", "B2:B3", "I2:I3"], lambda part, _: part)


def split_open(odd: Odd) -> None:
    _split(odd, [SPLIT, BELOW], [], lambda part, _: part)


def split_one_row(odd: Odd) -> None:
    heads = ["编号", "申请人类别", "收到年", "收到月", "收到日", "答复年", "答复月", "答复日", "办理结果"]
    _split(odd, [heads], [], lambda part, _: part)


def split_units(odd: Odd) -> None:
    _split(odd, [SPLIT, BELOW], ["C1:E1", "F1:H1"], lambda part, unit: f"{part}{unit}" if part else None)


def split_text(odd: Odd) -> None:
    _split(odd, [SPLIT, BELOW], ["C1:E1", "F1:H1"], lambda part, _: f" {part:02d}" if part else "/")


def split_short_years(odd: Odd) -> None:
    _split(odd, [SPLIT, BELOW], ["C1:E1", "F1:H1"], lambda part, _: part - 2000 if part and part > 2000 else part)


def split_year_beside(odd: Odd) -> None:
    odd.put("编号", "年度", "申请人类别", "收到日期", None, "答复日期", None, "办理结果")
    odd.put(None, None, None, "月", "日", "月", "日")
    odd.page.merge_cells("D1:E1")
    odd.page.merge_cells("F1:G1")
    for case in odd.cases():
        days = [*parts(case.received)[1:], *parts(case.answered)[1:]]
        odd.case(case, case.number, case.received.year, case.kind, *days, case.result)


def split_wrong(odd: Odd) -> None:
    odd.put(*SPLIT)
    odd.put(*BELOW)
    odd.page.merge_cells("C1:E1")
    odd.page.merge_cells("F1:H1")
    spoils = [(2026, 2, 30), (2026, 3, None), (None, 3, 5), (2026, 13, 1), (2026, "3或4", 1), (2026, 3.5, 1)]
    for case, spoil in zip(odd.cases(6), spoils, strict=True):
        odd.case(case, case.number, case.kind, *spoil, *parts(case.answered), case.result, fate=NAMED)
    for case in odd.cases(2, first=20):
        odd.case(case, case.number, case.kind, *parts(case.received), *parts(case.answered), case.result)


def numeral(day: date, zero: str = "〇") -> str:
    """汉字日期 — 二〇二六年三月七日."""
    digits = zero + "一二三四五六七八九"

    def small(number: int) -> str:
        tens, ones = divmod(number, 10)
        return ("" if not tens else "十" if tens == 1 else f"{digits[tens]}十") + (digits[ones] if ones else "")

    return f"{''.join(digits[int(each)] for each in str(day.year))}年{small(day.month)}月{small(day.day)}日"


MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
SPELLINGS: dict[str, Callable[[date], object]] = {
    "points": lambda d: f"{d.year}.{d.month}.{d.day}",
    "short slashes": lambda d: f"{d:%y}/{d.month}/{d.day}",
    "numerals": numeral,
    "numerals zero": lambda d: numeral(d, "零"),
    "numerals ring": lambda d: numeral(d, "○"),
    "serial text": lambda d: str((d - date(1899, 12, 30)).days),
    "serial hours": lambda d: f"{(d - date(1899, 12, 30)).days}.3958333",
    "forenoon": lambda d: f"{d.year}-{d.month}-{d.day} 上午",
    "afternoon hours": lambda d: f"{d.year}-{d.month}-{d.day} 下午3:20",
    "full width": lambda d: "".join(chr(ord(c) + 0xFEE0) for c in f"{d.year}/{d.month}/{d.day}"),
    "full width points": lambda d: f"{d.year}．{d.month}．{d.day}",
    "stamp": lambda d: f"{d.isoformat()}T09:30:00",
    "stamp zone": lambda d: f"{d.isoformat()}T09:30:00+08:00",
    "number sign": lambda d: f"{d.year}年{d.month}月{d.day}号",
    "no last sign": lambda d: f"{d.year}年{d.month}月{d.day}",
    "mid points": lambda d: f"{d.year}·{d.month}·{d.day}",
    "spaces": lambda d: f" {d.year} 年 {d.month} 月 {d.day} 日　",
    "only spaces": lambda d: f"{d.year} {d.month} {d.day}",
    "no-break": lambda d: f"\u00a0{d.isoformat()}\u200b",
    "apostrophe": lambda d: f"'{d.isoformat()}",
    "weekday": lambda d: f"{d.year}-{d.month:02d}-{d.day:02d}（周{'一二三四五六日'[d.weekday()]}）",
    "weekday forenoon": lambda d: f"{d.year}年{d.month}月{d.day}日 星期{'一二三四五六日'[d.weekday()]} 上午",
    "short characters": lambda d: f"{d:%y}年{d.month}月{d.day}日",
    "english": lambda d: f"{d.day}-{MONTHS[d.month - 1]}-{d.year}",
    "english first": lambda d: f"{MONTHS[d.month - 1]} {d.day}, {d.year}",
    "long dashes": lambda d: f"{d.year}—{d.month}—{d.day}",
    "minus": lambda d: f"{d.year}\u2212{d.month}\u2212{d.day}",
    "new line": lambda d: f"{d.year}年\n{d.month}月{d.day}日",
    "eight": lambda d: f"{d:%Y%m%d}",
    "mixed": lambda d: f"{d.year}年{d.month}.{d.day}",
    "mixed dash": lambda d: f"{d.year}-{d.month}月{d.day}日",
    "brackets": lambda d: f"（{d.year}年{d.month}月{d.day}日）",
}


def spellings(odd: Odd) -> None:
    odd.put(*HEADS)
    for case, write in zip(odd.cases(len(SPELLINGS)), SPELLINGS.values(), strict=True):
        odd.plain(case, write)


DOUBTFUL = (
    "1/2/2026", "03/04/26", "10/11/12", "12.3.7", "3/4", "3.7", "2026.3", "2026-02-29", "正月初五", "昨天", "本月5日",
    "2026.3.5-3.9", "2026年3月上旬", "2026.3.5\n2026.3.9", "09:30", "3月", "2026", "去年12月3日", "约2026.3.5", "#N/A",
    "#######", "1926-03-05", "2062-03-05", "2026-3-", "2026年13月1日", "一季度", "20260230", "2026.3.5（拟）",
    "03-04-2026",    "26", "5日", "0", "2026-3-5?", "待定", "2026年3月5-7日", "元旦后", "见附件", "同意",
)  # fmt: skip


def doubtful(odd: Odd) -> None:
    odd.put(*HEADS)
    texts = odd.dice.sample(DOUBTFUL, 20)
    for at, case in enumerate(odd.cases(20)):
        odd.case(case, case.number, case.kind, texts[at], case.answered, case.result, fate=NAMED)


def doubtful_answers(odd: Odd) -> None:
    odd.put(*HEADS)
    texts = odd.dice.sample([each for each in DOUBTFUL if each not in ("待定",)], 20)
    for at, case in enumerate(odd.cases(20)):
        odd.case(case, case.number, case.kind, case.received, texts[at], "予以公开", fate=NAMED)


def _short(day: date) -> str:
    return f"{day.month}月{day.day}日"


def year_in_title(odd: Odd) -> None:
    odd.put("青禾县示范局2026年政府信息公开申请台账")
    odd.page.merge_cells("A1:E1")
    odd.put(*HEADS)
    for case in odd.cases():
        odd.plain(case, _short)


def year_in_sheet_name(odd: Odd) -> None:
    odd.page.title = "2025年"
    for year in (2025, 2026):
        if year == 2026:
            odd.book.create_sheet("2026年")
        odd.put(*HEADS)
        for case in odd.cases(4, year=year):
            odd.plain(case, _short)


def two_years_in_title(odd: Odd) -> None:
    odd.put("青禾县示范局2025年至2026年台账")
    odd.put(*HEADS)
    for case in odd.cases():
        odd.plain(case, _short, fate=NAMED)


def titles_disagree(odd: Odd) -> None:
    odd.page.title = "2025年"
    odd.put("青禾县示范局2026年台账")
    odd.put(*HEADS)
    for case in odd.cases():
        odd.plain(case, _short, fate=NAMED)


def over_new_year(odd: Odd) -> None:
    """A case of December is answered in January: the year of the title is not that of the answer."""
    odd.put("青禾县示范局2026年台账")
    odd.put(*HEADS)
    for at in range(4):
        case = Case(f"2026-{at:03d}", "自然人", date(2026, 12, 20 + at), date(2027, 1, 8 + at), "予以公开")
        odd.plain(case, _short, fate=NAMED)
    for case in odd.cases(3, first=10):
        odd.plain(case, _short)


def points_beside_year(odd: Odd) -> None:
    """3.1 in a cell of numbers is 1 March or the tenth: a spreadsheet drops the nought."""
    odd.put("年份", *HEADS)
    for case in odd.cases(12):
        days = [float(f"{day.month}.{day.day}") if day else None for day in (case.received, case.answered)]
        unsure = any(day and day.day in (1, 2, 3, 10, 20, 30) for day in (case.received, case.answered))
        odd.case(case, 2026, case.number, case.kind, *days, case.result, fate=NAMED if unsure else READ)


def slashes_beside_year(odd: Odd) -> None:
    odd.put("年份", *HEADS)
    for case in odd.cases(8):
        days = [f"{day.month}/{day.day}" if day else None for day in (case.received, case.answered)]
        odd.case(case, "2026年", case.number, case.kind, *days, case.result)


def numerals_beside_year(odd: Odd) -> None:
    odd.put("年份", *HEADS)
    for case in odd.cases(8):
        days = [numeral(day)[5:] if day else None for day in (case.received, case.answered)]
        odd.case(case, 2026, case.number, case.kind, *days, case.result)


def epoch_of_1904(odd: Odd) -> None:
    odd.book.epoch = CALENDAR_MAC_1904
    odd.put(*HEADS)
    for case in odd.cases():
        odd.plain(case)


def bare_serials_of_1904(odd: Odd) -> None:
    odd.book.epoch = CALENDAR_MAC_1904
    odd.put(*HEADS)
    for case in odd.cases():
        odd.plain(case, lambda day: (day - date(1904, 1, 1)).days, fate=EITHER)


def american_beyond_doubt(odd: Odd) -> None:
    odd.put(*HEADS)
    for at in range(4):
        case = Case(f"2026-{at:03d}", "自然人", date(2026, 3, 13 + at), date(2026, 4, 14 + at), "信访")
        odd.plain(case, lambda day: f"{day.month}/{day.day}/{day.year}")


def answers_in_words(odd: Odd) -> None:
    """A day in a sentence: read or named, never another day."""
    odd.put(*HEADS)
    ways = ["已于{0}答复", "{0}已答复", "{0}（邮寄）", "{0}送达", "答复日期：{0}", "{0} EMS", "{0}起15日内"]
    for case, way in zip(odd.cases(7), ways, strict=True):
        day = case.answered or case.received + timedelta(3)
        case = case._replace(answered=day, result=case.result or "信访")
        odd.case(case, case.number, case.kind, case.received, way.format(day.isoformat()), case.result, fate=EITHER)


def answered_before_received(odd: Odd) -> None:
    odd.put(*HEADS)
    for case in odd.cases(3):
        day = case.received.replace(year=2025)
        odd.case(case, case.number, case.kind, case.received, day, "予以公开", fate=NAMED)
    for case in odd.cases(2, first=9):
        odd.plain(case)
