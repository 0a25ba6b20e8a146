"""结构的噪声 — what happens to the six parts round the tables, and figures in the prose that are not the table's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

from tests.noise.noises import noise
from tests.noise.printed import Block, Line, Printed
from tests.noise.printing import show

NUMERALS = "一二三四五六七八九十"


def _flat(report: Printed, change: Callable[[Block], Iterator[Block]]) -> Printed:
    return report.with_blocks(new for block in report.blocks for new in change(block))


def _headings(report: Printed, change: Callable[[Line], Line | None]) -> Printed:
    def one(block: Block) -> Iterator[Block]:
        changed = change(block) if isinstance(block, Line) and block.kind == "heading" else block
        if changed is not None:
            yield changed

    return _flat(report, one)


@noise("structure")
def narrative_numbered(report: Printed, random: Random) -> Printed:
    """文字自编一至六，表格另编一至五: the narrative has its own 一…六, and then the tables their own 一…五."""
    names = ("主动公开情况", "依申请公开情况", "政府信息管理情况", "平台建设情况", "监督保障情况", "下一步打算")
    narrative = [
        line
        for number, name in zip(NUMERALS, names, strict=False)
        for line in (
            Line(f"{number}、{name}", "caption", 1),
            Line(f"{name}总体平稳，完成{random.randint(1, 99)}项。", "prose", 1),
        )
    ]
    kept = [block for block in report.blocks if not (isinstance(block, Line) and block.section == 1)]
    at = next((i for i, block in enumerate(kept) if isinstance(block, Line) and block.section > 1), 0)
    renumbered = report.with_blocks((*kept[:at], *narrative, *kept[at:]))
    return _headings(renumbered, lambda line: replace(line, text=f"{NUMERALS[line.section - 2]}{line.text[1:]}"))


@noise("structure")
def headings_lost(report: Printed, random: Random) -> Printed:
    """标题一、五、六丢失."""
    lost = random.sample((1, 5, 6), random.randint(1, 3))
    return _headings(report, lambda line: None if line.section in lost else line)


@noise("structure")
def overview_numbered_inside(report: Printed, random: Random) -> Printed:
    """第一部分里又编一、二、三: as 潢川 did with “一、工作情况”."""
    count = iter(range(len(NUMERALS)))

    def renumber(line: Line) -> Line:
        match = re.match(r"（[一二三四五]）([^。]+)。", line.text)
        if line.section != 1 or not match:
            return line
        return replace(line, text=f"{NUMERALS[next(count)]}、{line.text[3:]}")

    return report.each_line(renumber, "prose")


@noise("structure")
def section_five_renamed(report: Printed, random: Random) -> Printed:
    """第五部分改名: 存在问题及整改措施."""
    name = random.choice(("存在的主要问题及整改措施", "政府信息公开工作存在的主要问题及改进情况", "问题和下一步打算"))
    return _headings(report, lambda line: replace(line, text=f"{line.text[:2]}{name}") if line.section == 5 else line)


@noise("structure")
def no_figures_in_overview(report: Printed, random: Random) -> Printed:
    """第一部分没有数字."""

    def blank(line: Line) -> Line:
        return replace(line, text=re.sub(r"[\d,，]*\d[^，。]*[，。]", "", line.text)) if line.section == 1 else line

    return report.each_line(blank, "prose")


@noise("structure")
def stale_year(report: Printed, random: Random) -> Printed:
    """年份未更新: last year's year in the prose."""

    def stale(line: Line) -> Line:
        return replace(line, text=line.text.replace(f"{report.year}年", f"{report.year - 1}年", 1))

    return report.each_line(stale, "prose")


@noise("structure")
def period_typo(report: Printed, random: Random) -> Printed:
    """统计期限笔误 "202020年"."""
    year = str(report.year)

    def slip(line: Line) -> Line:
        return replace(line, text=line.text.replace(f"自{year}年", f"自20{year}年"))

    return report.each_line(slip, "preface")


@noise("structure")
def copied_from_another_agency(report: Printed, random: Random) -> Printed:
    """抄自别的机关: a paragraph that names another agency, and its figures."""
    sentence = f"{random.randint(2019, 2024)}年，红叶县水利局新收政府信息公开申请{random.randint(1, 99)}件，均已办结。"
    return _after_heading(report, 1, sentence)


def _after_heading(report: Printed, section: int, text: str) -> Printed:
    def insert(block: Block) -> Iterator[Block]:
        yield block
        if isinstance(block, Line) and block.kind == "heading" and block.section == section:
            yield Line(text, "prose", section)

    return _flat(report, insert)


# --- 文字与表格不一致的陷阱: figures in prose that are not the table's ---------------------------------------


def _trap(report: Printed, text: str) -> Printed:
    return _after_heading(report, 1, text)


def _figure(report: Printed, address: str) -> int:
    value = report.figures[f"applications.{address}"]
    assert isinstance(value, int)
    return value


@noise("traps")
def settled_cases_only(report: Printed, random: Random) -> Printed:
    """只数已审结案件: prose that leaves out the pending ones."""
    return _trap(report, f"全年审结行政复议案件{show(report.figures['remedies.reconsideration.upheld'])}件。")


@noise("traps")
def office_for_district(report: Printed, random: Random) -> Printed:
    """文字数本级，表格数全区."""
    return _trap(report, f"区政府办代表区政府受理政府信息公开申请{_figure(report, 'received.total') // 2}件。")


@noise("traps")
def one_cell_as_total(report: Printed, random: Random) -> Printed:
    """把一格当总数: only the natural persons' cell quoted as the total."""
    return _trap(report, f"本年新收政府信息公开申请数量{_figure(report, 'received.natural_person')}件。")


@noise("traps")
def overlapping_parts(report: Printed, random: Random) -> Printed:
    """分项重叠."""
    return _trap(report, "共公开信息306条，其中网站216条、公众号22条、公开栏299条。")


@noise("traps")
def channels_for_kinds(report: Printed, random: Random) -> Printed:
    """渠道与类别混说."""
    total = _figure(report, "received.total")
    return _trap(report, f"收到申请{total}件，其中当面{total // 3}件、网络{total - total // 3}件；自然人{total}件。")


@noise("traps")
def partial_list(report: Printed, random: Random) -> Printed:
    """“其中”只列一部分."""
    return _trap(
        report, f"办结{_figure(report, 'handled_total.total')}件，其中予以公开{_figure(report, 'granted.total')}件等。"
    )


@noise("traps")
def rounding(report: Printed, random: Random) -> Printed:
    """取舍不同 4.348 → 4.34."""
    return _trap(report, "行政事业性收费4.34万元，占比33.9%。")


@noise("traps")
def growth(report: Printed, random: Random) -> Printed:
    """增幅算错 1.05 与 1.08."""
    return _trap(report, "新收申请同比增长1.05倍，办结同比增长1.08倍。")


@noise("traps")
def units(report: Printed, random: Random) -> Printed:
    """单位各异 件/宗/份/起/条/篇/余."""
    unit = random.choice("件宗份起条篇")
    return _trap(
        report,
        f"予以公开{_figure(report, 'granted.total')}{unit}，不予公开{random.randint(1, 9)}{unit}，解答咨询20余{unit}。",
    )
