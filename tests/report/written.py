"""可写的年报 — reports to write and read back: balanced figures, blanks, six sections of text (条例 第五十条)."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from hypothesis import strategies as st

from gongkai.documents.document import Document
from gongkai.documents.opening import open_documents
from gongkai.report.figures import AnnualReport, Section, State, Value
from gongkai.report.form import Edition, Form
from gongkai.report.reading import read_document
from tests.noise.balanced import seeded, seeds

AGENCIES = ("青石县人民政府", "白沙区住房和城乡建设局", "柳溪镇人民政府", "云岭市人民政府办公室")
SENTENCES = (
    "全年公开信息1,204条，回应关切36次。",
    "=SUM(A1:A9)并不是公式，+1 也不是，@某单位更不是。",
    "答复文书还不够规范 <b>少数</b> 说理偏短 & 引用条款不全。",
    "*重点*领域目录_二级_事项补齐了3项 [附件](x) `甲`。",
    "# 号开头的话题有2个；1. 号开头的有1个。",
    "（一）收到申请较多的是征地拆迁，占比41.7%。",
    "“应公开尽公开”仍须落到每一件公文上。",
)
TEXT = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4).map("\n".join)


@st.composite
def written_reports(draw: st.DrawFn) -> AnnualReport:
    """可写的年报 — both editions and shapes, some rows of zeros blank, some zeros blank beside a printed total."""
    seed = draw(seeds)
    of, figures = seeded(seed)
    figures = blanked(Random(seed), of, figures, draw(st.sampled_from([0.0, 0.5, 1.0])))
    year = draw(st.sampled_from([2019, 2020] if of.edition is Edition.E2019 else [2021, 2025]))
    agency = draw(st.sampled_from(AGENCIES))
    sections = tuple(
        Section(number, f"{'一二三四五六'[number - 1]}、{heading}", draw(TEXT) if number in (1, 5, 6) else "")
        for number, heading in enumerate(of.headings, 1)
    )
    return AnnualReport(
        source="年报",
        edition=of.edition,
        figures=figures,
        agency=agency,
        year=year,
        title=f"{agency}{year}年政府信息公开工作年度报告",
        preface="本报告依照《中华人民共和国政府信息公开条例》编制。",
        sections=sections,
        signed_on=f"{year + 1}-01-2{draw(st.integers(0, 9))}",
        states={address: State.BLANK for address, value in figures.items() if value is None},
    )


def blanked(random: Random, of: Form, figures: dict[str, Value], share: float) -> dict[str, Value]:
    """留空 — a share of the rows has its zeros left blank; a total stands, unless its whole row is blank."""
    left = dict(figures)
    # A whole kind of 表四 left blank beside others is in doubt when it is read: fifteen cells have no name beside them.
    for line in (line for line in of.lines if line.table != "remedies"):
        values = [figures[address] for address in line.addresses]
        if random.random() < share and (not any(values) or values[-1]):
            left |= {address: None for address in line.addresses if not figures[address]}
    return left


def read_back(data: bytes, suffix: str) -> AnnualReport:
    """读回 — the one report in these bytes."""
    (document,) = open_documents(f"年报.{suffix}", data)
    assert isinstance(document, Document), document
    return replace(read_document(document), source="年报")
