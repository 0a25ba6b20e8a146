"""一份文件里的几份年报 — each is read by itself, under its own name, from its own tables (条例 第五十条)."""

from __future__ import annotations

import io
import json

import openpyxl

from gongkai.cli import run
from gongkai.documents.document import Document
from gongkai.documents.opening import open_documents
from gongkai.report.figures import AnnualReport
from gongkai.report.reading import read_document
from gongkai.report.reading.parts import parts
from gongkai.report.survey.reading import records_of
from tests.noise.cases import Case
from tests.noise.printed import Printed
from tests.noise.rendering import render, source


def printed(seed: int, format_: str) -> Printed:
    return Case(seed, format_, ()).build()


def read(name: str, data: bytes) -> list[AnnualReport]:
    (document,) = open_documents(name, data)
    assert isinstance(document, Document), document
    return list(map(read_document, parts(document)))


def same(found: AnnualReport, report: Printed) -> bool:
    return dict(found.figures) == dict(report.figures) and found.agency == report.agency and found.year == report.year


def one_page(*reports: Printed) -> bytes:
    return "\n".join(render(report).decode() for report in reports).encode()


def test_a_report_alone_has_no_part() -> None:
    report = printed(3, "html")
    (found,) = read(source(report), render(report))
    assert found.part is None
    assert same(found, report)


def test_reports_of_two_years_in_one_page_are_two() -> None:
    first, second = printed(3, "html"), printed(8, "html")
    found = read("年报.html", one_page(first, second))
    assert [same(report, of) for report, of in zip(found, (first, second), strict=True)] == [True, True]
    assert [report.part for report in found] == [
        f"{of.agency}{of.year}年政府信息公开工作年度报告" for of in (first, second)
    ]


def test_lines_of_text_and_documents_fall_into_parts_as_well() -> None:
    for format_, suffix in (("txt-tabs", "txt"), ("md", "md")):
        first, second = printed(3, format_), printed(8, format_)
        found = read(f"年报.{suffix}", one_page(first, second))
        assert [same(report, of) for report, of in zip(found, (first, second), strict=True)] == [True, True], format_


def workbook(*reports: Printed) -> bytes:
    """A sheet for each body, as a county gathers them."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, report in enumerate(reports):
        (sheet,) = openpyxl.load_workbook(io.BytesIO(render(report))).worksheets
        copy = book.create_sheet(f"第{number + 1}镇")
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    copy[cell.coordinate] = cell.value
        for area in sheet.merged_cells.ranges:
            copy.merge_cells(str(area))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_sheet_for_each_body_is_a_report_for_each() -> None:
    reports = [printed(seed, "xlsx") for seed in (3, 8, 21)]
    found = read("全县.xlsx", workbook(*reports))
    assert [report.part for report in found] == ["第1镇", "第2镇", "第3镇"]
    assert [same(report, of) for report, of in zip(found, reports, strict=True)] == [True, True, True]


def test_each_is_a_line_of_read_and_check_and_of_a_survey(tmp_path, capsys) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "全县.xlsx"
    path.write_bytes(workbook(printed(3, "xlsx"), printed(8, "xlsx")))
    for command in ("read", "check"):
        run([command, "--json", str(path)])
        lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert [(line["source"], line["part"]) for line in lines] == [(str(path), "第1镇"), (str(path), "第2镇")]
    records, heads = records_of(path.read_bytes(), ".xlsx")
    assert [head.member for head in heads] == ["#第1镇", "#第2镇"]
    assert all("report" in record for record in records)
