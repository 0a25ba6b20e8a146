"""随机台账 — ledgers put together at random from habits of offices, each row with its case known beforehand."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, NamedTuple

from gongkai.law.workdays import Calendar
from tests.report.odd_ledgers import NAMED, READ, SPELLINGS, Case, Odd, Row

WORDS = {
    "自然人": ["自然人", "公民", "个人", "公民个人", "①自然人", "群众"],
    "商业企业": ["商业企业", "企业", "公司", "某某建材有限公司", "法人-商业企业", "法人（公司）"],
    "科研机构": ["科研机构", "科研", "某某研究院", "法人或其他组织—科研机构"],
    "其他": ["其他", "其他组织", "某村委会", "河口镇河东村村民委员会"],
}
"""申请人的写法 — each reads as its kind."""
UNSURE_WORDS = ["法人", "律师", "协会", "大学", "张某", "公民、公司", "事业单位", "个体户"]
ANSWERS = {
    "予以公开": ["予以公开", "公开", "全部公开", "已按期答复并公开", "予以公开(全部)", "依法予以公开", "同意公开"],
    "部分公开": ["部分公开", "部分公开、部分不予公开", "予以部分公开", "部分公开（第三方权益）"],
    "信息不存在": ["信息不存在", "政府信息不存在", "经检索信息不存在", "不存在", "无法提供-信息不存在"],
    "信访": ["信访", "不予处理（信访）", "信访举报投诉", "按信访处理"][:3],
}
"""结果的写法 — each reads as its answer."""
UNSURE_ANSWERS = [
    "不予公开",
    "不予处理",
    "不予受理",
    "无法提供",
    "已答复",
    "其他",
    "未公开",
    "予以公开、信息不存在",
    "转办",
]
HEADS = {
    "id": ["编号", "登记编号", "受理号", "申请编号", "文号"],
    "applicant": ["申请人类别", "申请人类型", "申请人\n性质", "申请主体"],
    "received": ["收到日期", "收到申请时间", "收件日期", "收 到 日 期*", "收到日期\n（年/月/日）"],
    "answered": ["答复日期", "答复时间", "答复送达日期", "实际答复时间"],
    "result": ["办理结果", "答复结果", "处理结果", "答复类型", "办理结果（必填）"],
}
BESIDE = ["申请人姓名", "申请内容", "联系电话", "备注", "应答复日期", "剩余天数", "是否逾期"]
LATE_WORDS = {
    "是": True,
    "逾期": True,
    "√": True,
    "已逾期": True,
    "否": False,
    "未逾期": False,
    "×": False,
    "正常": False,
}
"""是否逾期的写法 — and whether it says that the row is late."""
JUDGED = date(2027, 6, 30)
"""看的那一天 — the day on which the tests look at these ledgers."""
PLAIN = [name for name in SPELLINGS if name not in ("new line",)]


class Style(NamedTuple):
    """一份台账的写法 — what stays the same in all of its sheets."""

    heads: dict[str, str]
    order: list[str]
    spell: dict[str, Callable[[date], object]]
    beside: list[str]
    ticks: bool
    has_groups: bool


def style(dice: random.Random) -> Style:
    """随手一种写法 — heads, their order, how days are written, what stands beside."""
    order = [*HEADS]
    if dice.random() < 0.25:
        order.remove("id")
    if dice.random() < 0.3:
        dice.shuffle(order)
    beside = dice.sample(BESIDE, dice.randrange(4))
    spell = {name: SPELLINGS[dice.choice(PLAIN)] for name in ("received", "answered")}
    if dice.random() < 0.3:
        spell = dict.fromkeys(spell, lambda day: day)
    heads = {name: dice.choice(words) for name, words in HEADS.items()}
    kind = dice.random()
    return Style(heads, order, spell, beside, kind < 0.2, 0.2 < kind < 0.4)


def lay_heads(odd: Odd, way: Style) -> None:
    """写表头 — one row, ticks with a column each, or groups over heads."""
    names: list[Any] = []
    for name in way.order:
        names += [*ANSWERS] if name == "result" and way.ticks else [way.heads[name]]
    names += way.beside
    if way.has_groups:
        groups = {"received": "申请情况", "answered": "答复情况", "result": "答复情况"}
        above = [groups.get(name) for name in way.order] + [None for _ in way.beside]
        over = [text if not at or text != above[at - 1] else None for at, text in enumerate(above)]
        row = odd.put(*(text or (None if above[at] else names[at]) for at, text in enumerate(over)))
        odd.put(*(name if above[at] else None for at, name in enumerate(names)))
        for at, text in enumerate(above):
            if text is None:
                odd.page.merge_cells(start_row=row, end_row=row + 1, start_column=at + 1, end_column=at + 1)
            elif over[at]:
                end = at
                while end + 1 < len(above) and above[end + 1] == text:
                    end += 1
                odd.page.merge_cells(start_row=row, end_row=row, start_column=at + 1, end_column=end + 1)
    else:
        odd.put(*names)


def cells(odd: Odd, way: Style, case: Case) -> tuple[list[Any], str]:
    """一件的各格 — and whether the row must be named."""
    dice, fate = odd.dice, READ
    found: list[Any] = []
    for name in way.order:
        if name == "id":
            found.append(case.number)
        elif name == "applicant":
            unsure = dice.random() < 0.04
            found.append(dice.choice(UNSURE_WORDS if unsure else WORDS[case.kind]))
            fate = NAMED if unsure else fate
        elif name == "received":
            found.append(way.spell[name](case.received))
        elif name == "answered":
            nothing = dice.choice([None, "—", "未答复", "/", ""])
            found.append(way.spell[name](case.answered) if case.answered else nothing)
        elif way.ticks:
            mark = dice.choice(["√", 1, "是", "✓"])
            found += [mark if case.result == each else dice.choice([None, None, "", 0]) for each in ANSWERS]
        elif case.result:
            unsure = dice.random() < 0.06
            found.append(dice.choice(UNSURE_ANSWERS if unsure else ANSWERS[case.result]))
            fate = NAMED if unsure else fate
        else:
            found.append(dice.choice([None, "未答复", "在办"]))
    # What an office writes of its period agrees with the law: a row that says otherwise is rightly named.
    due = Calendar.load().add_workdays(case.received, 20)
    texts: dict[str, Any] = {"申请人姓名": "某某", "申请内容": "征地补偿", "联系电话": "", "备注": "催办一次"}
    texts |= {"应答复日期": due, "剩余天数": dice.choice([None, "否", 3])}
    is_late = (case.answered or JUDGED) > due
    says = dice.choice([None, *LATE_WORDS])
    texts["是否逾期"] = says
    found += [texts[name] for name in way.beside]
    is_told = "是否逾期" in way.beside and says is not None
    # Whoever is contradicted is told: the word of the office and the count.
    return found, NAMED if is_told and LATE_WORDS[str(says)] != is_late else fate


def between(odd: Odd, at: int) -> None:
    """行间的杂物 — blank lines, subtotals, notes; none of them a case."""
    what = odd.dice.random()
    if what < 0.06:
        odd.put()
    elif what < 0.1:
        odd.put("小计", None, at)
    elif what < 0.12:
        odd.put(f"注：以上{at}件已经核对。")
    elif what < 0.14:
        odd.put("　", " ")


def page(odd: Odd, way: Style, cases: list[Case], title: str) -> None:
    """一张工作表 — its title, heads and rows."""
    if title:
        odd.put(title)
        if odd.dice.random() < 0.5:
            odd.page.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(way.order))
    lay_heads(odd, way)
    for at, case in enumerate(cases, 1):
        texts, fate = cells(odd, way, case)
        row = odd.case(case, *texts, fate=fate)
        if odd.dice.random() < 0.08:
            odd.page.row_dimensions[row].hidden = True
        if at < len(cases):
            between(odd, at)
    if odd.dice.random() < 0.3:
        odd.put("合　计", None, len(cases))
    if odd.dice.random() < 0.3:
        odd.put("填表人：办公室", None, "审核人：某某")


def workbook(odd: Odd, way: Style) -> None:
    """一册 — one sheet, two tables on one, sheets by quarter or month, the next year's beside."""
    shape = odd.dice.choice(["one", "two tables", "quarters", "months", "years"])
    cases = odd.cases(odd.dice.randrange(6, 14))
    title = odd.dice.choice(["", "青禾县示范局依申请公开台账", "2026年政府信息公开申请登记表"])
    if shape == "one":
        page(odd, way, cases, title)
    elif shape == "two tables":
        page(odd, way, cases[:4], title)
        odd.put()
        page(odd, way, cases[4:], "")
    else:
        names = {"quarters": "第{}季度", "months": "{}月", "years": "202{}年"}[shape]
        parts = {"quarters": [1, 2, 3, 4], "months": [1, 2, 3], "years": [6, 7]}[shape]
        per = -(-len(cases) // len(parts))
        for at, part in enumerate(parts):
            if at:
                odd.book.create_sheet(names.format(part))
            else:
                odd.page.title = names.format(part)
            page(odd, way, cases[at * per : (at + 1) * per], title)
    if odd.dice.random() < 0.2:
        odd.page.column_dimensions["B"].hidden = True
    if odd.dice.random() < 0.2:
        odd.page.auto_filter.ref = "A1:E9"


def comma_separated(odd: Odd, way: Style) -> None:
    """一份 csv — in the encodings and with the signs of offices."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=odd.dice.choice(",;\t"))
    writer.writerow([way.heads[name] for name in way.order] + way.beside)
    plain = way._replace(ticks=False)
    for at, case in enumerate(odd.cases(8), 2):
        texts, fate = cells(odd, plain, case)
        writer.writerow(["" if each is None else each for each in texts])
        odd.rows.append(Row("", at, case, fate))
    odd.name, odd.data = "a.csv", out.getvalue().encode(odd.dice.choice(["gb18030", "utf-8-sig", "utf-8", "utf-16"]))


def ledger(seed: int) -> Odd:
    """随机一份 — by its seed."""
    odd = Odd(random.Random(seed))
    way = style(odd.dice)
    if odd.dice.random() < 0.2:
        comma_separated(odd, way)
    else:
        workbook(odd, way)
    return odd.done()


FEES: dict[str, str | None] = {"¥1,100.00": "1100", "100元": "100", "壹佰元": "100", "免收": "0", "—": None, "50": "50"}
UNSURE_FEES = ["约100元", "见发票", "三四百"]
Steps = list[tuple[str, date, object]]
COURSE = [
    *("编号", "申请人类别", "接收渠道", "收到日期", "补正告知日期", "补正期限", "收到补正日期", "征求第三方意见日期"),
    *("第三方收到日期", "第三方意见日期", "延期告知日期", "延长工作日", "收费通知日期", "收费金额", "缴费日期"),
    *("答复日期", "办理结果"),
]


def courses(seed: int) -> tuple[Odd, dict[str, Steps]]:
    """有经过的台账 — corrections, consultations, extensions and fees, and the acts that each row must tell."""
    odd = Odd(random.Random(seed))
    dice, true = odd.dice, {}
    spell = {head: dice.choice([lambda day: day, *(SPELLINGS[name] for name in PLAIN)]) for head in COURSE}
    if dice.random() < 0.5:
        odd.put("2026年依申请公开办理情况")
    odd.put(*COURSE)
    for case in odd.cases(10, days=200):
        row: dict[str, Any] = {"编号": case.number, "申请人类别": dice.choice(WORDS[case.kind])}
        row["接收渠道"] = dice.choice(["当面", "来人", "EMS", "邮寄", "电话", "邮件", None])
        day, steps = case.received, [("register", case.received, None)]
        days: dict[str, date] = {"收到日期": day}
        if dice.random() < 0.4:
            days["补正告知日期"] = day = day + timedelta(3)
            workdays = dice.choice([5, 7, 10])
            last = _workdays_after(day, workdays)
            row["补正期限"] = dice.choice(
                [workdays, f"{workdays}个工作日", last, f"{last.year}年{last.month}月{last.day}日前"]
            )
            steps.append(("ask_correction", day, workdays))
            days["收到补正日期"] = day = day + timedelta(2)
            steps.append(("corrected", day, None))
        if dice.random() < 0.3:
            for head, act in (
                ("征求第三方意见日期", "consult"),
                ("第三方收到日期", "consult_delivered"),
                ("第三方意见日期", "opinion"),
            ):
                days[head] = day = day + timedelta(1)
                steps.append((act, day, None))
        if dice.random() < 0.3:
            days["延期告知日期"] = day = day + timedelta(1)
            row["延长工作日"] = dice.choice([10, "15个工作日", "二十日", "20"])
            steps.append(("extend", day, {10: 10, "15个工作日": 15}.get(row["延长工作日"], 20)))
        if dice.random() < 0.4:
            days["收费通知日期"] = day = day + timedelta(1)
            text = dice.choice([*FEES, *UNSURE_FEES])
            row["收费金额"], fee = text, FEES.get(text)
            days["缴费日期"] = day = day + timedelta(2)
            steps += [("fee_notice", days["收费通知日期"], fee), ("paid", day, fee)]
        if case.result:
            days["答复日期"] = day = day + timedelta(dice.randrange(1, 40))
            row["办理结果"] = dice.choice(ANSWERS[case.result])
            steps.append(("deliver", day, None))
        odd.put(*(spell[head](days[head]) if head in days else row.get(head) for head in COURSE))
        true[case.number] = steps
    return odd.done(), true


def _workdays_after(day: date, workdays: int) -> date:
    """Counted one by one, apart from what is tested."""
    calendar = Calendar.load()
    while workdays:
        day += timedelta(1)
        workdays -= calendar.is_workday(day)
    return day
