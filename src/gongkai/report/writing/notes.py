"""数据说明 — what a copy has to say of figures that its source did not plainly give (条例 第五十条)."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.report.figures import AnnualReport, State
from gongkai.report.naming import cells

HEAD = "数据说明（公布前请对照原件核实，并删去本说明）"
SENTENCES = {
    State.ABSENT: "缺：{cells}，原件没有、也推不出来，本件留空。",
    State.DOUBTFUL: "存疑：{cells}，原件不清楚，本件照最可能的数抄录。",
    State.INFERRED: "推得：{cells}，原件缺失或错位，本件照勾稽关系唯一推出的数填写。",
}
UNIT = "单位：{cells}，原件没有写明金额单位，本件照抄数字。"


def notes(report: AnnualReport) -> Iterator[str]:
    """数据说明 — one line for each way in which figures are not certain, under a head; nothing where all are."""
    told = []
    for state, sentence in SENTENCES.items():
        addresses = [address for address, held in report.states.items() if held is state]
        if addresses:
            told.append(sentence.format(cells=cells(report.form, addresses)))
    unknown = [address for address, unit in report.units.items() if unit == "unknown"]
    if unknown:
        told.append(UNIT.format(cells=cells(report.form, unknown)))
    if told:
        yield HEAD
        yield from told
