"""文字里的错 — mistakes in title, dates, headings and sentences, and tables taken from last year (条例 第四十九条)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

from gongkai.report.equations import Balance, evaluate
from gongkai.report.figures import AnnualReport, Section, Value
from tests.noise.balanced import balanced
from tests.report.balanced import APPLICANTS, changed
from tests.report.checks.mistakes import COLUMNS, A, P, Plant, Planted, cell, filled, row_of
from tests.report.checks.texts import AGENCY, TITLE, YEAR, saying

Change = Callable[[AnnualReport], AnnualReport]
MISPRINTS = (
    ("信息公开", "信息工开"),
    ("信息公开", "信息公告"),
    ("信息公开", "公开"),
    ("年政府", "政府"),
    ("年度报告", "年度报吿"),
    ("年度报告", "年渡报告"),
    ("工作", "工坐"),
)
OTHERS = ("青禾县水利局", "白沙县人民政府办公室", "青禾县农业农村局")


def text(rules: str, change: Change) -> Plant:
    return lambda report, random: Planted(change(report), rules=frozenset(rules.split()))


def says(rules: str, sentence: str, section: int = 1) -> Plant:
    return text(rules, lambda report: saying(sentence, section=section, report=report))


def titled(years: int) -> Change:
    return lambda report: replace(report, year=YEAR + years, title=TITLE.replace(str(YEAR), str(YEAR + years)))


def misprinted_title(right: str, wrong: str) -> Change:
    """No title can be read; the line stands in what comes before the first section."""
    return lambda r: replace(r, title=None, preface=r.preface.replace(TITLE, TITLE.replace(right, wrong)))


PARAGRAPH = "围绕群众关心的事项逐条编写问答，由经办人和法制人员一起核对。本年度没有收取信息处理费。"


def opened(sentence: str) -> Change:
    """The first part begins with this sentence."""
    return lambda r: replace(
        r, sections=(replace(r.sections[0], text=f"{sentence}\n{r.sections[0].text}"), *r.sections[1:])
    )


def emptied(number: int, left: str = "") -> Change:
    return lambda r: replace(r, sections=tuple(replace(s, text=left) if s.number == number else s for s in r.sections))


def prefaced(sentence: str) -> Change:
    return lambda report: replace(report, preface=f"{report.preface}\n{sentence}")


def department(report: AnnualReport) -> AnnualReport:
    name = "青禾县林业局"
    return replace(report, agency=name, title=TITLE.replace(AGENCY, name), preface=report.preface.replace(AGENCY, name))


def misprinted(number: int, wrong: Callable[[str], str]) -> Plant:
    """A heading that is not known for its misprint: it and its text stand in the section before."""

    def change(report: AnnualReport) -> AnnualReport:
        kept: list[Section] = []
        preface = report.preface
        for part in report.sections:
            lost = f"{wrong(part.heading)}\n{part.text}"
            if part.number != number:
                kept.append(part)
            elif kept:
                kept[-1] = replace(kept[-1], text=f"{kept[-1].text}\n{lost}".strip())
            else:
                preface = f"{preface}\n{lost}"
        return replace(report, preface=preface, sections=tuple(kept))

    return text("structure.heading", change)


def last_year_of(report: AnnualReport, random: Random) -> tuple[AnnualReport, AnnualReport]:
    """This year's report, and one of last year after which it goes on."""
    zero: dict[str, Value] = {
        f"{P}.{line}.{column}": 0
        for line in ("regulations", "normative_documents")
        for column in ("made", "repealed", "in_force")
    }
    now = changed(report, zero)
    figures = {**balanced(random, report.form, "some"), **zero, f"{P}.fees.amount": 0}
    last = changed(replace(report, figures=figures), {})
    out = row_of(now, "carried_in")
    received = [a + b for a, b in zip(row_of(last, "handled_total"), out, strict=True)]
    rows = filled("carried_out", out) | filled("carried_in", [0] * 7) | filled("received", received)
    return now, replace(changed(last, rows), year=YEAR - 1, sections=())


def pasted(table: str) -> Plant:
    def plant(report: AnnualReport, random: Random) -> Planted | None:
        now, last = last_year_of(report, random)
        figures = {a: last.figures[a] for a in now.form.addresses_of(table)}
        if len({n for n in figures.values() if n}) < 4:
            return None  # a few small counts come out the same in two years
        return Planted(changed(now, figures), rules=frozenset(["continuity.pasted"]), previous=last)

    return plant


def pasted_part(of_column: bool) -> Plant:
    def plant(report: AnnualReport, random: Random) -> Planted | None:
        now, last = last_year_of(report, random)
        results = [line for line in now.form.table("applications") if line.result]
        lines = [tuple(line.addresses) for line in results]
        if of_column:
            lines = [tuple(line.addresses[0] for line in now.form.table("applications"))]
        figures = {address: last.figures[address] for line in lines for address in line}
        if len({n for n in figures.values() if n}) < 6:
            return None  # a few small counts come out the same in two years
        wrong = changed(now, figures)
        is_seen = any(verdict.balance is Balance.BROKEN for verdict in evaluate(wrong))
        return Planted(wrong, rules=frozenset(["continuity.pasted_part"]), previous=last) if is_seen else None

    return plant


def carried_columns_exchanged(report: AnnualReport, random: Random) -> Planted | None:
    now, last = last_year_of(report, random)
    row = row_of(now, "carried_in")
    other = next((at for at in range(1, 6) if row[at] != row[0]), None)
    if other is None:
        return None
    figures: dict[str, Value] = {}
    # Whole columns: every sum holds, only last year's report shows it.
    for line in now.form.table(A):
        counts = row_of(now, line.id)
        figures |= {cell(line.id, COLUMNS[0]): counts[other], cell(line.id, COLUMNS[other]): counts[0]}
    cells = frozenset(cell("carried_in", APPLICANTS[at]) for at in (0, other))
    return Planted(changed(now, figures), cells, previous=last)


def text_mistakes() -> Iterator[tuple[str, Plant]]:
    """文字里的错 — kinds of mistakes outside the tables by name."""
    for years in (-1, 1):
        yield f"标题年份差 {years}", text("structure.title_year", titled(years))
    yield "落款在年末之前", text("timeliness.early", lambda r: replace(r, signed_on="2024-12-20"))
    yield "公布在年末之前", text("timeliness.early", lambda r: replace(r, published_on="2024-12-31"))
    yield (
        "落款、公布都在年末之前",
        text("timeliness.early", lambda r: replace(r, signed_on="2024-01-20", published_on="2024-01-23")),
    )
    yield (
        "落款、公布都迟了",
        text("timeliness.late", lambda r: replace(r, signed_on="2025-02-10", published_on="2025-02-12")),
    )
    for number in range(1, 7):
        yield f"第 {number} 个标题错一字", misprinted(number, lambda h: f"{h[:5]}乂{h[6:]}")
        yield f"第 {number} 个标题少一字", misprinted(number, lambda h: h[:3] + h[4:])
    for sentence in (
        "全年收到依申请公开 件，均按期答复。",
        "全年公开信息条，解读3篇。",
        "本年度办结 件。",
        "召开新闻发布会共 场，解读 篇。",
        "受理政府信息公开申请件，办结2件。",
        "共计件，均已答复。",
    ):
        yield f"少了数字：{sentence}", says("structure.number_missing", sentence)
    for other in OTHERS:
        yield (
            f"前言写成{other}",
            text("structure.other_body", prefaced(f"现将{other}2024年政府信息公开工作年度报告公布如下。")),
        )
        yield f"落款写成{other}", says("structure.other_body", f"{other}\n2025年1月20日", 6)
    yield (
        "文中写成别的局",
        text("structure.other_body", lambda r: saying("青禾县教育局高度重视信息公开工作。", report=department(r))),
    )
    for place in ("东河县", "南坪县"):
        yield (
            f"文中写成{place}的同一机关",
            text(
                "structure.other_body", lambda r, p=place: saying(f"2024年，{p}人民政府办公室坚持依法公开。", report=r)
            ),  # type: ignore[misc]
        )
        yield (
            f"前言写成由{place}的局编制",
            text("structure.other_body", prefaced(f"本报告由{place}财政局按照条例编制。")),
        )
        yield (
            f"前言写成请与{place}的局联系",
            text("structure.other_body", prefaced(f"如有疑问，请与{place}财政局联系。")),
        )
    for words in (
        "青禾县人民政府办公室认真落实条例",
        "在县委的领导下，推进公开",
        "紧紧围绕中心工作，推进公开",
        "坚持依法公开",
    ):
        yield f"第一句是上年的：{words}", text("structure.year_stale", opened(f"2023年，{words}。"))
    for day in ("2025年2月30日", "2025年13月8日", "2025年4月31日", "2025年1月0日"):
        yield f"没有这一天：{day}", says("structure.date_impossible", f"{AGENCY}\n{day}", 6)
    for plan in (
        "2024年，将进一步加强培训。",
        "2023年，将继续做好公开。",
        "2024年，我办将重点做好解读。",
        "2024年，计划增加图解。",
    ):
        yield f"打算的年份是旧的：{plan}", says("structure.plan_year", plan, 5)
    for part in (1, 5, 6):
        yield f"第 {part} 部分一段印了两遍", says("structure.paragraph_twice", "\n".join([PARAGRAPH] * 2), part)
        yield f"第 {part} 部分是空的", text("structure.section_blank", emptied(part))
    yield "第 6 部分只有落款", text("structure.section_blank", emptied(6, f"{AGENCY}\n2025年1月20日"))
    for gap in ("全年组织培训次，发放手册。", "参训人员人次，效果良好。", "开展督查 次。", "举办讲座场。"):
        yield f"漏了数：{gap}", says("structure.number_missing", gap)
    for number in ("31", "3", "301"):
        yield (
            f"格式的文号写成{number}号",
            text("structure.basis_number", prefaced(f"按照年度报告格式（国办公开办函〔2021〕{number}号）编制。")),
        )
    yield "统计期限写成上年", text("structure.period", prefaced("数据统计期限自2023年1月1日起至2023年12月31日止。"))
    yield "引用旧的格式", text("structure.basis", prefaced("依据国办公开办函〔2019〕60号编制。"))
    yield (
        "五项内容",
        text("structure.part_count", prefaced("本报告包括总体情况、主动公开情况、申请办理情况等五项内容。")),
    )
    yield "公开为例外", says("structure.principle", "坚持公开是常态，公开是例外。")
    yield "年份重复", says("structure.year_doubled", "202024年，我办公开了信息。")
    yield "沿用上年的话", says("structure.year_stale", "2023年，我办无依申请公开事项。")
    yield "标题用词不对", text("structure.title", lambda r: replace(r, title=f"{AGENCY}2024年度政府信息公开工作报告"))
    yield (
        "没有写收费",
        text(
            "structure.fee_missing",
            lambda r: replace(r, sections=(*r.sections[:5], replace(r.sections[5], text="无其他需要报告的事项。"))),
        ),
    )
    for table in ("applications", "proactive", "remedies"):
        yield f"沿用上年的表：{table}", pasted(table)
    yield "沿用上年的办理结果各行", pasted_part(of_column=False)
    yield "沿用上年的自然人一栏", pasted_part(of_column=True)
    yield "两栏整栏对调，与上年不接", carried_columns_exchanged
