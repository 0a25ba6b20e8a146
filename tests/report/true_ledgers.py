"""真台账 — ledgers of an office whose truth is known: which request is late, and what was written beside it."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import openpyxl

from gongkai.law.workdays import DAY, Calendar

TODAY = date(2026, 11, 27)
KINDS = {"自然人": "natural_person", "商业企业": "business", "科研机构": "research"}
REMEDIES = {
    "行政复议": "reconsideration",
    "未经复议直接起诉": "litigation_direct",
    "复议后起诉": "litigation_after_reconsideration",
}
ENDINGS = {"维持": "upheld", "撤销": "corrected", "确认违法": "corrected", "调解": "other"}
RESULTS = {"予以公开": "granted", "部分公开": "partly_granted", "信息不存在": "unable.not_held"}
SPELLINGS: list[Callable[[date], object]] = [
    lambda day: day,
    lambda day: day.isoformat(),
    lambda day: f"{day.year}.{day.month:02}.{day.day:02}",
    lambda day: f"{day.year}年{day.month}月{day.day}日",
]
HEADS = ["编号", "申请人类别", "收到日期", "答复日期", "办理结果"]
NOTES = ["催办一次", "电话联系过", "转业务科阅"]
CALENDAR = Calendar.load()


@dataclass
class Truth:
    """一件的真相 — `due`: counted here, apart from what is tested; `is_late`: None where only the office knows."""

    number: str
    kind: str
    received: date
    due: date
    cells: dict[str, object] = field(default_factory=dict)
    answered: date | None = None
    result: str | None = None
    is_late: bool | None = False


def after(day: date, workdays: int) -> date:
    """几个工作日以后 — counted one by one."""
    while workdays:
        day += DAY
        workdays -= CALENDAR.is_workday(day)
    return day


def case(dice: random.Random, number: str) -> Truth:
    """一件 — plain, corrected, extended, or with a third party; answered in time, late, or not yet."""
    received = after(date(2026, 1, 4) + timedelta(dice.randrange(300)), 1)
    found = Truth(number, dice.choice([*KINDS]), received, after(received, 20))
    last, course = received, dice.random()
    if course < 0.12:
        asked = after(received, 3)
        last = after(asked, 4)
        found.cells |= {"补正告知日期": asked, "收到补正日期": last}
        found.due = after(last, 20)
    elif course < 0.24:
        last, days = after(received, 10), dice.choice([10, 20])
        found.due = after(found.due, days)
        found.cells |= {"延期告知日期": last, **dice.choice([{"延长工作日": days}, {"延期至": found.due}])}
    elif course < 0.34:
        sent = after(received, 3)
        last = after(sent, dice.choice([7, 14]))
        found.cells |= {"征求第三方意见日期": sent, "第三方收到日期": after(sent, 2), "第三方意见日期": last}
        found.due = after(received, 20 + CALENDAR.workdays_between(sent, last))
    end = dice.random()
    left = CALENDAR.workdays_between(last + DAY, found.due)
    answered = after(last, dice.randrange(1, left + 1)) if end < 0.62 else after(found.due, dice.randrange(1, 25))
    if end < 0.85 and answered <= TODAY:
        found.answered, found.result = answered, dice.choice([*RESULTS])
    found.is_late = found.due < (found.answered or TODAY)
    return found


def beside(dice: random.Random, found: Truth) -> None:
    """旁边写的 — that agrees with the truth, alone tells it, or leaves it to the office."""
    what = dice.choice(["word", "sent", "earlier", "open", "note", *[""] * 3])
    if what == "word":
        found.cells["是否逾期"] = "是" if found.is_late else "否"
    elif what == "note":
        found.cells["备注"] = dice.choice(NOTES)
    elif what == "sent" and found.answered and not found.is_late:
        day = after(found.due, dice.randrange(2, 10))
        if day <= TODAY:
            found.cells[dice.choice(["寄出日期", "送达日期", "签收时间", "领取日期"])] = day
            found.is_late = True
    elif what == "earlier" and found.answered and not found.is_late and not found.cells:
        day = found.received
        while after(day, 20) >= found.answered:
            day -= DAY
        found.cells[dice.choice(["首次收到日期", "网上提交日期", "邮戳日期"])] = day
        found.is_late = True
    elif what == "open" and not found.answered and found.is_late and not found.cells:
        head, said = dice.choice(
            [("领取签名", "某某"), ("结束标志", "√"), ("信件类型", "投诉"), ("是否属于申请", "否"), ("备注", "已延期")]
        )
        found.cells[head], found.is_late = said, None


@dataclass
class Remedy:
    """一件救济的真相 — `row`: where it counts in 2026; None where it does not."""

    cells: dict[str, object]
    kind: str
    row: str | None


def remedies(dice: random.Random) -> list[Remedy]:
    """复议、诉讼 — of the year before or this one, decided or not, in two instances, or not of the office's own act."""
    found = []
    for at in range(1, dice.randrange(2, 8)):
        said = dice.choice([*REMEDIES])
        filed = after(date(2025, 9, 30) + timedelta(dice.randrange(380)), 1)
        decided: date | None = after(filed, dice.randrange(10, 60))
        cells: dict[str, object] = {"案号": f"案{at}", "救济类别": said, "申请或者起诉日期": filed}
        ending = dice.choice([*ENDINGS])
        if decided and decided <= TODAY and dice.random() < 0.75:
            cells |= {"结案方式": ending, "结案日期": decided}
        else:
            decided = None
        if said != "行政复议" and decided and dice.random() < 0.4 and (later := after(decided, 30)) <= TODAY:
            # The first judgment counts, in its year.
            cells |= {"上诉日期": after(decided, 5), "二审结果": dice.choice([*ENDINGS]), "二审日期": later}
        is_actor = dice.random() < 0.85
        cells["是否原行为机关"] = dice.choice(["是", None]) if is_actor else "否"
        row = ENDINGS[ending] if decided else "pending"
        is_counted = is_actor and not (decided and decided.year < 2026)
        found.append(Remedy(cells, REMEDIES[said], row if is_counted else None))
    return found


def remedies_page(book: openpyxl.Workbook, dice: random.Random, cases: list[Remedy]) -> None:
    """写复议诉讼表 — on a sheet of its own, its columns in any order."""
    heads = [*dict.fromkeys(head for each in cases for head in each.cells)]
    if not {"结案方式"} <= {*heads}:
        heads += ["结案方式", "结案日期"]
    if dice.random() < 0.4:
        dice.shuffle(heads)
    spell = {head: dice.choice(SPELLINGS) for head in heads}
    page = book.create_sheet(dice.choice(["复议诉讼", "行政复议和诉讼", "救济"]))
    page.append(heads)
    for each in cases:
        cells = [each.cells.get(head) for head in heads]
        page.append(
            [spell[head](day) if isinstance(day, date) else day for head, day in zip(heads, cells, strict=True)]
        )


def ledger(seed: int, path: Path) -> tuple[list[Truth], list[Remedy]]:
    """一份台账 — written to `path`: one sheet or several, columns in any order, days in any spelling."""
    dice = random.Random(seed)
    cases = [case(dice, f"{at:03}") for at in range(1, dice.randrange(9, 16))]
    for each in cases:
        beside(dice, each)
    extra = sorted({head for each in cases for head in each.cells})
    spell = {head: dice.choice(SPELLINGS) for head in (*HEADS, *extra)}
    book = openpyxl.Workbook()
    parts = dice.choice([1, 1, 2, 3])
    for part in range(parts):
        page = book.create_sheet(f"第{part + 1}批") if part else book.worksheets[0]
        heads = [*HEADS, *extra]
        if dice.random() < 0.4:
            dice.shuffle(heads)
        if dice.random() < 0.5:
            page.append(["青禾县示范局依申请公开登记表"])
        page.append(heads)
        for each in cases[part::parts]:
            nothing = dice.choice([None, "—", "未答复"])
            said = {"编号": each.number, "申请人类别": each.kind, "收到日期": each.received, "办理结果": each.result}
            said |= {"答复日期": each.answered or nothing, **each.cells}
            page.append([spell[head](day) if isinstance(day := said.get(head), date) else day for head in heads])
        if dice.random() < 0.3:
            page.append(["合计", len(cases[part::parts])])
    drawn = remedies(dice) if dice.random() < 0.7 else []
    if drawn:
        remedies_page(book, dice, drawn)
    book.save(path)
    return cases, drawn


def figures(cases: list[Truth], drawn: list[Remedy]) -> Counter[str]:
    """表三、表四应有的数 — those that are not 0 (年报格式)."""
    found: Counter[str] = Counter()
    for remedy in drawn:
        if remedy.row:
            found.update(f"remedies.{remedy.kind}.{column}" for column in (remedy.row, "total"))
    for each in cases:
        rows = ["received", *([RESULTS[each.result], "handled_total"] if each.result else ["carried_out"])]
        for row in rows:
            found.update(f"applications.{row}.{column}" for column in (KINDS[each.kind], "total"))
    return found
