"""脏台账 — ledgers as offices keep them, made from known cases, one kind of dirt at a time or several together.

A kind that can be read leaves the cases as they are; a kind that cannot names the cell that must be told.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from io import BytesIO

import openpyxl
from openpyxl.utils import get_column_letter

APPLICANTS = {"自然人": "natural_person", "商业企业": "business", "科研机构": "research", "其他": "other_organizations"}
CHANNELS = {"当面提交": "in_person", "邮寄": "mail", "网上": "internet"}
ANSWERS = {
    "予以公开": "granted",
    "部分公开": "partly_granted",
    "信息不存在": "not_existing",
    "过程性信息": "deliberative_process",
}
HEADS = [
    "编号",
    "申请人类别",
    "接收渠道",
    "收到日期",
    "补正告知日期",
    "补正期限",
    "收到补正日期",
    "延期告知日期",
    "延长工作日",
    "答复日期",
    "办理结果",
]
DATES = ("收到日期", "补正告知日期", "收到补正日期", "延期告知日期", "答复日期")

Acts = tuple[tuple[str, date], ...]
Truth = dict[str, tuple[str, Acts]]


@dataclass
class Sheet:
    """一张台账 — heads over rows of cells; what the dirt put around them."""

    heads: list[str]
    rows: list[dict[str, object]]
    above: list[list[str]] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    between: dict[int, list[object]] = field(default_factory=dict)
    below: list[list[object]] = field(default_factory=list)
    merged: list[tuple[str, int, int]] = field(default_factory=list)
    left: int = 0
    repeat_heads_at: int = -1
    parts: int = 1
    wrong: set[tuple[str, str]] = field(default_factory=set)

    @property
    def stopped(self) -> set[str]:
        """没有计入的 — ids of the rows that must be stopped."""
        return {number for number, _ in self.wrong}


def clean(seed: int, count: int = 12) -> Sheet:
    """干净的台账 — cases with dates in order."""
    dice = random.Random(seed)
    rows: list[dict[str, object]] = []
    for at in range(count):
        day = date(2026, 1, 5) + timedelta(dice.randrange(300))
        row: dict[str, object] = {"编号": f"2026-{at + 1:03d}", "申请人类别": dice.choice(list(APPLICANTS))}
        row |= {"接收渠道": dice.choice(list(CHANNELS)), "收到日期": day}
        if dice.random() < 0.3:
            row |= {"补正告知日期": day + timedelta(2), "补正期限": "10", "收到补正日期": day + timedelta(5)}
        if dice.random() < 0.3:
            row |= {"延期告知日期": day + timedelta(9), "延长工作日": "15"}
        if dice.random() < 0.8:
            row |= {"答复日期": day + timedelta(dice.randrange(10, 30)), "办理结果": dice.choice(list(ANSWERS))}
        rows.append(row)
    return Sheet(list(HEADS), rows)


def truth(sheet: Sheet) -> Truth:
    """应当读到的 — of a clean ledger: each case with its applicant and its dated acts."""
    found: Truth = {}
    for row in sheet.rows:
        acts = [("register", row["收到日期"])]
        if row["接收渠道"] == "网上":
            acts.append(("confirm", row["收到日期"]))
        kinds = zip(DATES[1:4], ("ask_correction", "corrected", "extend"), strict=True)
        acts += [(act, row[name]) for name, act in kinds if row.get(name)]
        if row.get("答复日期"):
            acts.append((f"deliver {ANSWERS[str(row['办理结果'])]}", row["答复日期"]))
        found[str(row["编号"])] = APPLICANTS[str(row["申请人类别"])], tuple(acts)  # type: ignore[arg-type]
    return found


def _each_date(sheet: Sheet, write: Callable[[date], object]) -> None:
    for row in sheet.rows:
        for name in DATES:
            if isinstance(row.get(name), date):
                row[name] = write(row[name])  # type: ignore[arg-type]


def _rename(sheet: Sheet, names: dict[str, str]) -> None:
    sheet.heads = [names.get(head, head) for head in sheet.heads]
    sheet.rows = [{names.get(name, name): value for name, value in row.items()} for row in sheet.rows]


def _chinese(day: date) -> str:
    digits = "〇一二三四五六七八九"

    def small(number: int) -> str:
        tens, ones = divmod(number, 10)
        return ("" if not tens else "十" if tens == 1 else f"{digits[tens]}十") + (digits[ones] if ones else "")

    return f"{''.join(digits[int(each)] for each in str(day.year))}年{small(day.month)}月{small(day.day)}日"


def _full_width(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if char.isdigit() else char for char in text)


def _days_without_year(sheet: Sheet) -> None:
    """Each row has its year beside; days of other years keep theirs."""
    sheet.heads.insert(1, "年度")
    for row in sheet.rows:
        year = row["收到日期"].year  # type: ignore[attr-defined]
        row["年度"] = f"{year}年"
        for name in DATES:
            day = row.get(name)
            if isinstance(day, date) and day.year == year:
                row[name] = f"{day.month}月{day.day}日"


def _two_rows(sheet: Sheet) -> None:
    """Heads in two rows: 补正 over 告知日期, 期限 and 收到补正日期; 答复 over 日期 and 结果."""
    sheet.groups = [
        {
            "收到日期": "申请情况",
            "接收渠道": "申请情况",
            "补正告知日期": "补正",
            "补正期限": "补正",
            "收到补正日期": "补正",
            "答复日期": "答复",
            "办理结果": "答复",
        }.get(head, "")
        for head in sheet.heads
    ]
    _rename(sheet, {"补正告知日期": "告知日期", "补正期限": "期限", "答复日期": "日期", "办理结果": "答复结果"})


def _same_as_above(sheet: Sheet) -> None:
    for above, row in zip(list(sheet.rows), sheet.rows[1:], strict=False):
        if _spelled(above, "申请人类别", sheet) == row["申请人类别"]:
            row["申请人类别"] = "同上"


def _spelled(row: dict[str, object], name: str, sheet: Sheet) -> object:
    """What a cell says once 同上 is resolved."""
    at = next(index for index, each in enumerate(sheet.rows) if each is row)
    while sheet.rows[at][name] == "同上":
        at -= 1
    return sheet.rows[at][name]


def _merge_down(sheet: Sheet) -> None:
    rows = sheet.rows
    start = 0
    for at in range(1, len(rows) + 1):
        if at == len(rows) or rows[at]["接收渠道"] != rows[start]["接收渠道"] or at in sheet.between:
            if at - start > 1:
                sheet.merged.append(("接收渠道", start, at - 1))
            start = at


def _nothing(sheet: Sheet) -> None:
    words = ["未答复", "—", "/", "无", "尚未答复", "办理中", "　"]
    for at, row in enumerate(sheet.rows):
        for name in ("答复日期", "办理结果", "补正告知日期", "延期告知日期"):
            if not row.get(name):
                row[name] = words[at % len(words)] if name != "办理结果" else "未答复"


READABLE: dict[str, Callable[[Sheet], None]] = {
    "title rows": lambda s: s.above.extend([["青禾县示范局2026年依申请公开台账"], ["公开机关：青禾县示范局"], []]),
    "heads in two rows": _two_rows,
    "other heads": lambda s: _rename(
        s,
        {
            "申请人类别": "申请人\n类型（必填）",
            "收到日期": "收 件 时 间",
            "接收渠道": "申请方式*",
            "答复日期": "答复送达时间",
            "办理结果": "处理结果",
        },
    ),
    "columns that nobody knows": lambda s: (
        s.heads.extend(["申请人姓名", "备注"]) or ([r.update(备注="催办一次") for r in s.rows] and None)
    ),
    "columns in another order": lambda s: s.heads.reverse(),
    "two sheets": lambda s: setattr(s, "parts", 2),
    "points": lambda s: _each_date(s, lambda d: f"{d.year}.{d.month}.{d.day}"),
    "slashes": lambda s: _each_date(s, lambda d: f"{d.year}/{d.month:02d}/{d.day:02d}"),
    "characters": lambda s: _each_date(s, lambda d: f"{d.year}年{d.month}月{d.day}日"),
    "numerals": lambda s: _each_date(s, _chinese),
    "serials": lambda s: _each_date(s, lambda d: (d - date(1899, 12, 30)).days),
    "six figures": lambda s: _each_date(s, lambda d: f"{d:%y%m%d}"),
    "eight figures": lambda s: _each_date(s, lambda d: int(f"{d:%Y%m%d}")),
    "hours": lambda s: _each_date(s, lambda d: f"{d.isoformat()} 09:30:00"),
    "weekdays": lambda s: _each_date(
        s, lambda d: f"{d.year}年{d.month}月{d.day}日（星期{'一二三四五六日'[d.weekday()]}）"
    ),
    "short years": lambda s: _each_date(s, lambda d: f"{d:%y}.{d.month}.{d.day}"),
    "full width": lambda s: _each_date(s, lambda d: _full_width(f"{d.year}-{d.month}-{d.day}")),
    "days without a year": _days_without_year,
    "the same as above": _same_as_above,
    "merged down": _merge_down,
    "blank lines": lambda s: s.between.update({3: [], 7: []}),
    "totals": lambda s: s.between.update({5: ["小计", 5]}) or s.below.append(["合　计", len(s.rows)]),
    "numbers alone": lambda s: s.below.extend([["2026-901"], ["2026-902"]]),
    "notes": lambda s: s.below.extend([["填表人：办公室"], ["注：本表按月汇总。"]]),
    "heads again": lambda s: setattr(s, "repeat_heads_at", 6),
    "an empty edge": lambda s: setattr(s, "left", 2),
    "units": lambda s: (
        [r.update({n: f"{r[n]}个工作日" for n in ("补正期限", "延长工作日") if r.get(n)}) for r in s.rows] and None
    ),
    "words for nothing": _nothing,
    "items": lambda s: (
        [r.update(申请人类别=f"①{r['申请人类别']}", 接收渠道=f"{r['接收渠道']} ") for r in s.rows] and None
    ),
    "a path": lambda s: (
        [
            r.update(申请人类别=f"法人或其他组织-{r['申请人类别']}")
            for r in s.rows
            if r["申请人类别"] not in ("自然人", "其他")
        ]
        and None
    ),
}

UNREADABLE: dict[str, tuple[str, object]] = {
    "closed instead of a day": ("收到日期", "已办结"),
    "no such day": ("收到日期", "2026.2.30"),
    "no year": ("收到日期", "3月5日"),
    "two readings": ("收到日期", "3/5/2026"),
    "no kind": ("申请人类别", "猫"),
    "two kinds": ("申请人类别", "自然人、商业企业"),
    "a broken formula": ("收到日期", "#REF!"),
    "a far year": ("收到日期", "2206-03-05"),
    "no day": ("收到日期", "2026年3月"),
    "no receipt": ("收到日期", None),
    "about": ("延长工作日", "10天左右"),
    "two days": ("收到日期", "2026.3.5、2026.3.9"),
}


def spoil(sheet: Sheet, kind: str, at: int) -> None:
    """弄脏一格 — a cell that cannot be read."""
    name, value = UNREADABLE[kind]
    sheet.rows[at][name] = value
    sheet.wrong.add((str(sheet.rows[at]["编号"]), name))


def workbook(sheet: Sheet) -> bytes:
    """存成 xlsx — with its merged cells, as an office would save it."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    per = -(-len(sheet.rows) // sheet.parts)
    for part in range(sheet.parts):
        page = book.create_sheet(f"第{part + 1}册")
        _lay(page, sheet, part * per, min(len(sheet.rows), (part + 1) * per))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _lay(page: object, sheet: Sheet, first: int, last: int) -> None:
    at = 1
    for texts in sheet.above:
        _put(page, at, sheet, texts)
        if texts:
            page.merge_cells(
                start_row=at, end_row=at, start_column=1 + sheet.left, end_column=len(sheet.heads) + sheet.left
            )
        at += 1
    at = _heads(page, at, sheet)
    places: dict[int, int] = {}
    for index in range(first, last):
        if index in sheet.between:
            _put(page, at, sheet, sheet.between[index])
            at += 1
        if index == sheet.repeat_heads_at:
            at = _heads(page, at, sheet)
        _put(page, at, sheet, [sheet.rows[index].get(head) for head in sheet.heads])
        places[index] = at
        at += 1
    for texts in sheet.below:
        _put(page, at, sheet, texts)
        at += 1
    _merge(page, sheet, places)


def _heads(page: object, at: int, sheet: Sheet) -> int:
    if sheet.groups:
        shown = [group or head for group, head in zip(_groups(sheet), sheet.heads, strict=True)]
        _put(
            page,
            at,
            sheet,
            [text if not index or text != shown[index - 1] else None for index, text in enumerate(shown)],
        )
        _put(
            page,
            at + 1,
            sheet,
            [head if group else None for group, head in zip(_groups(sheet), sheet.heads, strict=True)],
        )
        for index, group in enumerate(_groups(sheet), 1 + sheet.left):
            if not group:
                page.merge_cells(start_row=at, end_row=at + 1, start_column=index, end_column=index)
        return at + 2
    _put(page, at, sheet, sheet.heads)
    return at + 1


def _groups(sheet: Sheet) -> list[str]:
    return sheet.groups + [""] * (len(sheet.heads) - len(sheet.groups))


def _put(page: object, at: int, sheet: Sheet, texts: list) -> None:
    for column, value in enumerate(texts, 1 + sheet.left):
        if value is not None:
            page.cell(at, column, value)


def _merge(page: object, sheet: Sheet, places: dict[int, int]) -> None:
    for name, start, end in sheet.merged:
        if name not in sheet.heads or start not in places or end not in places:
            continue
        if places[end] - places[start] != end - start:
            continue
        letter = get_column_letter(sheet.heads.index(name) + 1 + sheet.left)
        page.merge_cells(f"{letter}{places[start]}:{letter}{places[end]}")


def strange(count: int) -> Iterator[tuple[str, bytes]]:
    """怪文件 — a hundred of which none is a ledger, or only half of one."""
    dice = random.Random(20260305)
    whole = workbook(clean(1))
    for at in range(count):
        which = at % 10
        if which == 0:
            yield f"{at}.xlsx", dice.randbytes(dice.randrange(0, 3000))
        elif which == 1:
            yield f"{at}.xlsx", whole[: dice.randrange(1, len(whole))]
        elif which == 2:
            broken = bytearray(whole)
            for _ in range(20):
                broken[dice.randrange(len(broken))] = dice.randrange(256)
            yield f"{at}.xlsx", bytes(broken)
        elif which == 3:
            yield (
                f"{at}.csv",
                "\n".join(",".join(dice.choices(HEADS, k=dice.randrange(1, 9))) for _ in range(9)).encode("gb18030"),
            )
        elif which == 4:
            yield (
                f"{at}.json",
                dice.choice([b"{", b"[]", b'{"format": 1}', b"[" * 100_000, b'{"format":"gongkai.ledger/1"', b"null"]),
            )
        elif which == 5:
            cells = [
                "",
                "编号",
                "日期",
                "办理行为",
                "申请人类别",
                "收到日期",
                "=1/0",
                "合计",
                "同上",
                "-1",
                "1e400",
                "９" * 50,
                "\u202e",
                "2026.13.1",
            ]
            sheet = Sheet(dice.choices(cells, k=8), [])
            sheet.below = [dice.choices(cells, k=8) for _ in range(30)]
            yield f"{at}.xlsx", workbook(sheet)
        elif which == 6:
            yield (
                f"{at}.html",
                ("<table>" + "<tr>" + "".join(f"<td rowspan={dice.randrange(5)}>{h}" for h in HEADS) * 3).encode(),
            )
        elif which == 7:
            yield f"{at}.txt", "".join(dice.choices("编号日期收到\t\n,;|\x00\"'＋", k=400)).encode("utf-16")
        elif which == 8:
            yield f"{at}.docx", whole
        else:
            sheet = clean(at)
            sheet.heads = dice.choices(HEADS, k=11)
            yield f"{at}.xlsx", workbook(sheet)
