"""成份 — one report as it stands on paper or as JSON: title, six sections, three tables, signature (条例 第五十条)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from gongkai.report.figures import AnnualReport, Section, Value
from gongkai.report.form import Form
from tests.noise.printed import Block, Line, Printed
from tests.noise.printing import applications, proactive, remedies, show

Prose = Mapping[int, Sequence[str]]


def on_paper(
    blank: Form, figures: Mapping[str, Value], agency: str, year: int, prose: Prose, signed_on: date, format_: str
) -> Printed:
    """纸上的一份 — no noise in it yet."""
    shown = {address: show(value) for address, value in figures.items()}
    blocks = tuple(_blocks(blank, shown, agency, year, prose, signed_on))
    return Printed(blank, format_, agency, year, dict(figures), blocks)


def as_values(
    blank: Form, figures: Mapping[str, Value], agency: str, year: int, prose: Prose, signed_on: date
) -> AnnualReport:
    """值 — the same report, for JSON."""
    return AnnualReport(
        source="",
        edition=blank.edition,
        figures=dict(figures),
        agency=agency,
        year=year,
        title=title(agency, year),
        preface=preface(year),
        sections=tuple(
            Section(number, f"{'一二三四五六'[number - 1]}、{heading}", "\n".join(prose.get(number, ())))
            for number, heading in enumerate(blank.headings, 1)
        ),
        signed_on=signed_on.isoformat(),
    )


def title(agency: str, year: int) -> str:
    """标题."""
    return f"{agency}{year}年政府信息公开工作年度报告"


def preface(year: int) -> str:
    """引言."""
    return (
        f"本报告依照《中华人民共和国政府信息公开条例》编制，所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"
    )


def _blocks(
    blank: Form, shown: Mapping[str, str], agency: str, year: int, prose: Prose, signed_on: date
) -> Iterator[Block]:
    yield Line(title(agency, year), "title")
    yield Line(preface(year), "preface")
    tables = {2: proactive(blank, shown), 3: applications(blank, shown), 4: remedies(blank, shown)}
    for number, heading in enumerate(blank.headings, 1):
        yield Line(f"{'一二三四五六'[number - 1]}、{heading}", "heading", number)
        for text in prose.get(number, ()):
            yield Line(text, "prose", number)
        if number in tables:
            yield tables[number]
    yield Line(agency, "signature", 6)
    yield Line(f"{signed_on.year}年{signed_on.month}月{signed_on.day}日", "signature", 6)
