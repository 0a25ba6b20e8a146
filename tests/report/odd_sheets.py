"""怪工作表 — kinds of sheets, rows and files around the cases of a ledger."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date

from openpyxl.styles import Font
from openpyxl.worksheet.table import Table

from tests.documents.make_xls import xls
from tests.report.odd_ledgers import EITHER, HEADS, KINDS, NAMED, READ, Case, Odd, Row

RUNNING = ["序号", *HEADS[1:]]


def monthly(odd: Odd, *, heads: Sequence[str] = RUNNING, numbered: bool = True) -> list[Case]:
    """一月一张 — the running number begins anew."""
    cases = odd.cases(9)
    for month in (1, 2, 3):
        page = f"{month}月"
        if month == 1:
            odd.page.title = page
        else:
            odd.book.create_sheet(page)
        odd.put(f"青禾县示范局{month}月台账")
        odd.put(*heads)
        for at, case in enumerate(cases[month * 3 - 3 : month * 3], 1):
            odd.case(case, at if numbered else case.number, *case[1:])
    return cases


def sheet_a_month(odd: Odd) -> None:
    monthly(odd)


def summary_repeats_numbers(odd: Odd) -> None:
    cases = monthly(odd, heads=HEADS, numbered=False)
    odd.book.create_sheet("汇总")
    odd.put(*HEADS)
    for case in cases:
        odd.put(*case)


def summary_repeats_running(odd: Odd) -> None:
    cases = monthly(odd)
    odd.book.create_sheet("全年汇总")
    odd.put(*RUNNING)
    for at, case in enumerate(cases, 1):
        odd.put(at, *case[1:])


def summary_first(odd: Odd) -> None:
    odd.page.title = "总表"
    cases = odd.cases(6)
    odd.put(*RUNNING)
    for at, case in enumerate(cases, 1):
        odd.put(at, *case[1:])
    for part, name in enumerate(("城关镇", "河口乡")):
        odd.book.create_sheet(name)
        odd.put(*RUNNING)
        for at, case in enumerate(cases[part * 3 : part * 3 + 3], 1):
            odd.case(case, at, *case[1:])


def summary_has_more(odd: Odd) -> None:
    """A row of the summary that no other sheet has is named."""
    cases = monthly(odd)
    odd.book.create_sheet("汇总表")
    odd.put(*RUNNING)
    for at, case in enumerate(cases, 1):
        odd.put(at, *case[1:])
    extra = Case("", "其他", date(2026, 5, 6), None, None)
    odd.case(extra, 10, *extra[1:], fate=NAMED)


def summary_of_figures(odd: Odd) -> None:
    monthly(odd)
    odd.book.create_sheet("汇总")
    odd.put("月份", "收到", "办结", "结转")
    odd.put("1月", 3, 2, 1)


def copied_sheet(odd: Odd) -> None:
    """A copy that was left in the file, with running numbers: no case twice."""
    cases = odd.cases(4)
    odd.page.title = "台账"
    odd.put(*RUNNING)
    for at, case in enumerate(cases, 1):
        odd.case(case, at, *case[1:], fate=EITHER)
    odd.book.create_sheet("台账 (2)")
    odd.put(*RUNNING)
    for at, case in enumerate(cases, 1):
        odd.case(None, at, *case[1:], fate=NAMED)


def hidden_sheet(odd: Odd) -> None:
    monthly(odd)
    odd.book.create_sheet("旧稿").sheet_state = "hidden"
    odd.put(*RUNNING)
    for case in odd.cases(3):
        odd.put(1, *case[1:])


def filtered(odd: Odd) -> None:
    """Rows that a filter hides belong to the ledger."""
    odd.put(*HEADS)
    for case in odd.cases(8):
        row = odd.plain(case)
        odd.page.row_dimensions[row].hidden = odd.dice.random() < 0.5
    odd.page.auto_filter.ref = "A1:E9"
    odd.page.auto_filter.add_filter_column(1, ["自然人"])


def struck_rows(odd: Odd) -> None:
    odd.put(*HEADS)
    for at, case in enumerate(odd.cases(8)):
        row = odd.plain(case, fate=NAMED if at % 3 == 1 else READ)
        if at % 3 == 1:
            for cell in odd.page[row]:
                cell.font = Font(strike=True)


def struck_cell(odd: Odd) -> None:
    odd.put(*HEADS)
    for at, case in enumerate(odd.cases(4)):
        row = odd.plain(case, fate=NAMED if at == 2 else READ)
        if at == 2:
            odd.page.cell(row, 3).font = Font(strike=True)


def totals(odd: Odd) -> None:
    odd.put(*HEADS)
    for at, case in enumerate(odd.cases(9)):
        odd.plain(case)
        if at % 3 == 2:
            odd.put(None, f"{at // 3 + 1}月小计", 3)
            odd.put("本月合计", None, 3, 2)
    odd.put("总　计", 9)
    odd.put("一至三季度累计", 9)


def total_in_kind(odd: Odd) -> None:
    odd.put(*RUNNING)
    for at, case in enumerate(odd.cases(4), 1):
        odd.case(case, at, *case[1:])
    odd.put(None, "合计", "4件", "办结3件", "公开2件")


def samples(odd: Odd) -> None:
    odd.put(*HEADS)
    odd.put("（示例）2026-000", "自然人", "2026-03-02", "2026-03-20", "予以公开")
    odd.put("例", "自然人", "2026-03-02", "2026-03-20", "予以公开")
    odd.put("填写示例：2026-001", "自然人", "2026-03-02", "2026-03-20", "予以公开")
    odd.put("样表", "自然人", "2026-03-02", "2026-03-20", "予以公开")
    for case in odd.cases():
        odd.plain(case)


def sample_by_heads(odd: Odd) -> None:
    """A row that tells how to fill in, under the heads."""
    odd.put(*HEADS)
    odd.put("必填", "下拉选择", "格式：2026-01-01", "格式：2026-01-01", "下拉选择")
    for case in odd.cases():
        odd.plain(case)


def duplicates(odd: Odd) -> None:
    odd.put(*HEADS)
    first, *rest = odd.cases(5)
    odd.plain(first)
    for case in rest:
        odd.plain(case)
    odd.plain(rest[0]._replace(number=first.number), fate=NAMED)


def full_width_duplicate(odd: Odd) -> None:
    odd.put(*HEADS)
    one, two = odd.cases(2)
    odd.plain(one)
    odd.plain(two._replace(number=" \uff12026\uff0d001"), fate=NAMED)


def blank_lines(odd: Odd) -> None:
    odd.put(*HEADS)
    for case in odd.cases(6):
        odd.plain(case)
        odd.put()
        odd.put("　", " ")


def notes_below(odd: Odd) -> None:
    odd.put(*HEADS)
    for case in odd.cases(4):
        odd.plain(case)
    odd.put()
    odd.put("注：1.本表按月汇总，2026-03-05以前的见旧册。")
    odd.put("2.自然人含公民。", None, "2026-03-05")
    odd.put("填表人：", "办公室", "审核人：", "2026-12-31")
    odd.put(None, None, None, "填报日期：", "2026-12-31")
    odd.put("备注", "本年共4件")


def stacked(odd: Odd) -> None:
    for year in (2025, 2026):
        odd.put(f"{year}年台账")
        odd.put(*HEADS)
        for case in odd.cases(3, year=year):
            odd.plain(case)
        odd.put()


def stacked_in_another_order(odd: Odd) -> None:
    odd.put(*HEADS)
    for case in odd.cases(3):
        odd.plain(case)
    odd.put()
    odd.put("下半年")
    odd.put("编号", "收到日期", "答复日期", "办理结果", "申请人类别")
    for case in odd.cases(3, first=9):
        odd.case(case, case.number, *case[2:], case.kind)


def side_by_side(odd: Odd) -> None:
    odd.refused = "左右并排着 2 张表，从 A、G 列起"
    odd.put(*HEADS, None, *HEADS)
    for one, two in zip(odd.cases(3), odd.cases(3, first=10), strict=True):
        odd.put(*one, None, *two)


def statistics_beside(odd: Odd) -> None:
    """A small table of figures to the right of the ledger."""
    odd.put(*HEADS, None, "月份", "件数")
    for at, case in enumerate(odd.cases(4), 1):
        odd.case(case, *case, None, f"{at}月", 1)
    odd.put(None, None, None, None, None, None, "合计", 4)


def both_numbers(odd: Odd) -> None:
    odd.put("序号", *HEADS, "备注")
    for at, case in enumerate(odd.cases(5), 1):
        odd.case(case, at, *case, "已催办")


def _fate(case: Case) -> str:
    """What is open and overdue is not said to be, where another cell tells another day (ADR 0024)."""
    return READ if case.answered else EITHER


def due_beside(odd: Odd) -> None:
    """The last day for an answer is no day of answer."""
    odd.put(
        "编号", "申请人类别", "收到日期", "应答复日期", "答复截止日期", "答复期限", "答复日期", "办理结果", "是否逾期"
    )
    for case in odd.cases(5):
        due = date(2027, 1, 29)
        odd.case(case, *case[:3], due, due, due, *case[3:], "否", fate=_fate(case))


def many_receipts(odd: Odd) -> None:
    """登记日期 and 受理日期 beside 收到日期 are not the day of receipt; what was sent a year later is named."""
    odd.put("编号", "申请人类别", "受理日期", "收到日期", "登记日期", "答复日期", "送达日期", "办理结果")
    for case in odd.cases(5):
        late = date(2027, 1, 29)
        odd.case(
            case,
            *case[:2],
            late,
            case.received,
            late,
            case.answered,
            late if case.answered else None,
            case.result,
            fate=NAMED if case.answered else EITHER,
        )


def ticked_kinds(odd: Odd) -> None:
    odd.put("编号", "申请人类别", None, None, None, "收到日期", "答复日期", "办理结果")
    odd.put(None, *KINDS)
    odd.page.merge_cells("B1:E1")
    for case in odd.cases(5):
        odd.case(case, case.number, *("√" if kind == case.kind else None for kind in KINDS), *case[2:], fate=EITHER)


def across(odd: Odd) -> None:
    odd.refused = "表头"
    cases = odd.cases(4)
    for at, head in enumerate(HEADS):
        odd.put(head, *(case[at] for case in cases))


def long_preamble(odd: Odd) -> None:
    odd.put("政府信息公开申请登记簿（2026年）")
    odd.page.merge_cells("A1:E1")
    odd.put("填报单位：青禾县示范局", None, None, "日期：", "2026-12-31")
    odd.put("填写要求：编号不能重复，收到日期写成2026-01-01")
    odd.put()
    odd.put("*编号", "申请人\n类别", "收到\n日期\n（年/月/日）", "答复 日期*", "办理结果（必填）")
    for case in odd.cases(4):
        odd.plain(case)


def id_blank_second_row(odd: Odd) -> None:
    odd.put(*HEADS)
    for case in odd.cases(3):
        odd.plain(case)
        odd.case(None, None, case.kind, case.received, fate=NAMED)


def no_result_words(odd: Odd) -> None:
    odd.put(*HEADS)
    words = ("不予公开", "同意公开（附件邮寄）", "已办", "见答复书", "予以公开、部分公开")
    for case, text in zip(odd.cases(5), words, strict=True):
        odd.case(case, *case[:3], case.received, text, fate=NAMED)


def kinds_in_words(odd: Odd) -> None:
    odd.put(*HEADS)
    for case, text in zip(odd.cases(5), ("公民/法人", "法人", "自然人2人", "张某", "？"), strict=True):
        odd.case(case, case.number, text, *case[2:], fate=NAMED)


def excel_table(odd: Odd) -> None:
    odd.put(*HEADS)
    for case in odd.cases(6):
        odd.plain(case)
    odd.page.add_table(Table(displayName="台账", ref="A1:E7"))
    odd.put("汇总", None, None, None, 6)


def formats_to_the_end(odd: Odd) -> None:
    odd.put(*HEADS)
    for case in odd.cases(3):
        odd.plain(case)
    odd.page.cell(90_000, 200).font = Font(bold=True)
    odd.page.cell(1_048_000, 2).font = Font(bold=True)


def numbers_as_numbers(odd: Odd) -> None:
    odd.put(*HEADS)
    for at, case in enumerate(odd.cases(4), 1):
        odd.case(case, float(at), *case[1:])


def _csv(odd: Odd, encoding: str, sign: str, *, quoted: bool = False) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=sign, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL)
    writer.writerow([*HEADS, "备注"])
    for at, case in enumerate(odd.cases(5), 2):
        days = [f"{day.year}/{day.month}/{day.day}" if day else "" for day in case[2:4]]
        writer.writerow([*case[:2], *days, case.result or "", "第一行\n第二行，完" if quoted else ""])
        odd.rows.append(Row("", at, case, READ))
    odd.name, odd.data = "a.csv", out.getvalue().encode(encoding)


def old_workbook(odd: Odd, name: str = "a.xls") -> None:
    cases = odd.cases(4)
    table = [
        HEADS,
        *([*case[:2], *(day.isoformat() if day else "" for day in case[2:4]), case[4] or ""] for case in cases),
    ]
    odd.name, odd.data = name, xls(table)
    odd.rows = [Row("年报", at, case, READ) for at, case in enumerate(cases, 2)]


def open_document(odd: Odd) -> None:
    odd.refused = "ods"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<office/>")
    odd.name, odd.data = "a.ods", out.getvalue()


FILES: dict[str, Callable[[Odd], None]] = {
    "csv with a mark": lambda odd: _csv(odd, "utf-8-sig", ","),
    "csv of GBK": lambda odd: _csv(odd, "gbk", ","),
    "csv with tabs": lambda odd: _csv(odd, "gb18030", "\t"),
    "csv with semicolons": lambda odd: _csv(odd, "utf-8", ";"),
    "csv of UTF-16": lambda odd: _csv(odd, "utf-16", "\t"),
    "csv in quotes": lambda odd: _csv(odd, "utf-8-sig", ",", quoted=True),
    "xls": old_workbook,
    "et": lambda odd: old_workbook(odd, "a.et"),
    "ods": open_document,
}
