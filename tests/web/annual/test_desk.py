"""核对台 — what a visitor without JavaScript gets: pages, refusals, copies, slips, lists (条例 第五十条)."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import openpyxl
import pytest

from gongkai.documents.document import Document
from gongkai.documents.opening import open_documents
from gongkai.report.figures import AnnualReport
from gongkai.report.reading import read_document
from tests.web import reports
from tests.web.conftest import Desk

FINDING = re.compile(r'id="finding-(\d+)"')


def read(name: str, data: bytes) -> AnnualReport:
    (opened,) = open_documents(name, data)
    assert isinstance(opened, Document)
    return read_document(opened)


def words(data: bytes) -> str:
    file = docx.Document(io.BytesIO(data))
    cells = [cell.text for made in file.tables for row in made.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in file.paragraphs] + cells)


def test_one_right_file_leads_to_its_tables(desk: Desk) -> None:
    page = desk.page(desk.check(reports.RIGHT))
    assert "云岫县石桥镇人民政府2023年政府信息公开工作年度报告" in page
    assert "没有发现" in page
    assert '<li class="error"><b>0</b>' not in page, "nought is no error, and is not red"
    assert page.count('id="applications.received.') == 7


def test_every_finding_stands_on_its_cell_with_a_link_both_ways(desk: Desk) -> None:
    address = desk.check(reports.WRONG)
    pages = [desk.page(f"{address}1-1/{part}/") for part in range(1, 7)]
    numbers = FINDING.findall(pages[0])
    assert numbers == [str(n) for n in range(1, len(numbers) + 1)]
    assert numbers
    for number in numbers:
        (where,) = re.findall(rf'href="([^"]*#[^"]+)"[^>]*aria-label="看发现 {number} ', pages[0])
        path, _, anchor = where.partition("#")
        shown = desk.page(path) if path else pages[0]
        assert f'id="{anchor}"' in shown
        assert f'href="#finding-{number}"' in shown


def test_what_one_correction_clears_stands_folded_under_it(desk: Desk) -> None:
    name, data = reports.RIGHT
    row = "| （一）予以公开 |  | 4 | 1 | 0 | 0 | 0 | 0 | 5 |"
    assert data.decode().count(row) == 1
    page = desk.page(desk.check((name, data.decode().replace(row, row.replace(" 4 | 1 | 0 ", " 0 | 4 | 1 ")).encode())))
    (folded,) = re.findall('<details class="folded">.*?</details>', page, re.S)
    assert "改好这一处，下面 3 处也就没有了" in folded
    assert folded.count("<li>") == 3
    assert "表三“自然人”一栏" in folded
    assert len(FINDING.findall(page)) == 1


def test_refused_files_say_why_and_the_others_go_on(desk: Desk) -> None:
    page = desk.page(desk.check(reports.RIGHT, reports.NO_REPORT, reports.EMPTY, reports.WRONG))
    assert "1 份有错误" in page
    assert "文件是空的" in page
    assert "不是政府信息公开工作年度报告" in page
    assert page.count(">读不了</span>") == 2


def test_reports_that_a_total_adds_twice_are_told_before_it(desk: Desk) -> None:
    again = ("又一份.md", reports.RIGHT[1])
    page = desk.page(desk.check(reports.RIGHT, again))
    assert "云岫县石桥镇人民政府 2023 年的年报有 2 份，汇总会都加进去" in page
    assert "汇总会都加进去" not in desk.page(desk.check(reports.RIGHT, reports.NO_REPORT))


def test_a_name_is_text_and_nothing_else(desk: Desk) -> None:
    page = desk.page(desk.check(('<b>&"年报.txt', b"x"), ("../../../etc/passwd", b"y")))
    assert "&lt;b&gt;&amp;&quot;年报.txt" in page
    assert "<b>&" not in page
    assert ">passwd" in page


def test_a_zip_is_its_files(desk: Desk) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in (reports.RIGHT, reports.WRONG, reports.NO_REPORT):
            archive.writestr(name, data)
    page = desk.page(desk.check(("各单位.zip", packed.getvalue())))
    assert "3 个文件" in page
    assert f"各单位.zip/{reports.RIGHT[0]}" in page


def test_too_many_files_are_refused_one_by_one(desk: Desk, settings: dict[str, object]) -> None:
    settings["DESK_FILES"] = 2
    page = desk.page(desk.check(reports.RIGHT, reports.RIGHT, reports.RIGHT))
    assert page.count("一次最多 2 份，这一份没有收") == 1
    assert page.count(">没有发现</span>") == 2


def test_a_file_too_large_says_so_in_its_row(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from gongkai.documents.limits import LIMITS
    from gongkai.web.annual import actions, receiving

    class Less:
        file_bytes = 1024**2

    assert LIMITS.file_bytes > Less.file_bytes
    monkeypatch.setattr(actions, "LIMITS", Less)
    monkeypatch.setattr(receiving, "LIMITS", Less)
    page = desk.page(desk.check(("大.txt", b"x" * (3 * 1024**2)), reports.RIGHT))
    assert "这个文件有 3 MB，超过 1 MB，没有收" in page


def test_too_much_at_once_is_said_before_it_is_received(desk: Desk, settings: dict[str, object]) -> None:
    settings["DESK_BYTES"] = 1000
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = desk.client.post("/check/", {"current": SimpleUploadedFile("大.txt", b"x" * 2000)})
    assert answer.status_code == 413
    assert "一次给的太多" in answer.content.decode()


def test_no_file_is_said_at_the_control(desk: Desk) -> None:
    answer = desk.client.post("/check/", {})
    assert answer.status_code == 400
    assert "还没有选文件" in answer.content.decode()


def test_nobody_else_sees_a_batch_and_nobody_after_its_hour(desk: Desk, settings: dict[str, object]) -> None:
    address = desk.check(reports.RIGHT)
    other = Desk()
    other.check(reports.RIGHT)
    for path in (address, f"{address}1-1/", f"{address}findings.xlsx", f"{address}1-1/report.json"):
        assert other.client.get(path).status_code == 404
        assert Desk().client.get(path).status_code == 404
    assert other.client.post(f"{address}discard/").status_code == 404
    for path in (address, f"{address}1-1/", f"{address}1-1/1/", f"{address}findings.xlsx", f"{address}1-1/report.json"):
        assert "no-store" in desk.client.get(path)["Cache-Control"], path
    assert desk.client.get(f"{address}1-1/").status_code == 200
    settings["DESK_SECONDS"] = 0
    assert "只留一小时" in desk.client.get(f"{address}1-1/").content.decode()


def test_what_is_discarded_is_gone_from_the_disk(desk: Desk, platform: Path) -> None:
    address = desk.check(reports.RIGHT)
    key = address.strip("/").split("/")[-1]
    assert (platform / "desk" / key).exists()
    asked = desk.client.get(f"{address}discard/").content.decode()
    assert "现在就删除这一批的" in asked
    assert (platform / "desk" / key).exists()
    desk.client.post(f"{address}discard/")
    assert not (platform / "desk" / key).exists()
    assert desk.client.get(address).status_code == 404


def test_what_could_not_be_read_is_typed_in_and_checked_again(desk: Desk) -> None:
    name, data = reports.torn()
    address = desk.check((name, data))
    assert "没读到 1" in desk.page(f"{address}1-1/2/")
    answer = desk.client.post(f"{address}1-1/2/figures/", {"proactive.fees.amount": "一万"})
    assert answer.status_code == 400
    assert "1 格不是一个数" in answer.content.decode()
    assert 'value="一万"' in answer.content.decode()
    forbidden = {"proactive.fees.amount": "\uff11\uff12.5 ", "proactive.licensing.decisions": "999"}
    page = desk.client.post(f"{address}1-1/2/figures/", forbidden, follow=True).content.decode()
    assert "已按录入的数重新核对" in page
    assert "人工录入 1" in page
    assert "手填" in page
    copy = read("copy.json", desk.file(f"{address}1-1/report.json"))
    assert str(copy.figures["proactive.fees.amount"]) == "12.5"
    assert copy.figures["proactive.licensing.decisions"] == 318
    assert any("人工录入" in note.text for note in copy.table_notes)
    assert "人工录入" in words(desk.file(f"{address}1-1/report.docx"))
    page = desk.client.post(f"{address}1-1/2/figures/", {"proactive.fees.amount": ""}, follow=True).content.decode()
    assert "没读到 1" in page


@pytest.mark.parametrize("suffix", ["docx", "xlsx", "html", "md", "json"])
def test_every_copy_reads_back_figure_for_figure(desk: Desk, suffix: str) -> None:
    address = desk.check(reports.RIGHT)
    copy = read(f"copy.{suffix}", desk.file(f"{address}1-1/report.{suffix}"))
    assert copy.figures == read(*reports.RIGHT).figures


def test_the_slip_lists_what_is_to_be_mended(desk: Desk) -> None:
    address = desk.check(reports.WRONG)
    slip = words(desk.file(f"{address}1-1/return-slip.docx"))
    assert "云岫县林业局" in slip
    assert "3 处应当改正" in slip
    assert "《政府信息公开条例》第五十条" in slip
    for page in desk.page(f"{address}1-1/").split('class="finding ')[1:]:
        fault = re.search(r"<p>(.+?)</p>", page)
        assert fault
        assert fault[1] in slip


def test_slips_of_a_batch_come_in_one_zip(desk: Desk) -> None:
    address = desk.check(reports.RIGHT, reports.WRONG, reports.NO_REPORT)
    with zipfile.ZipFile(io.BytesIO(desk.file(f"{address}return-slips.zip"))) as archive:
        (name,) = archive.namelist()
        assert "云岫县林业局2022年" in name
        assert "3 处应当改正" in words(archive.read(name))


def test_the_list_holds_every_finding_and_no_formula(desk: Desk) -> None:
    name, data = reports.WRONG
    address = desk.check(("=1+1.txt", data), reports.RIGHT, reports.NO_REPORT)
    book = openpyxl.load_workbook(io.BytesIO(desk.file(f"{address}findings.xlsx")))
    found, files = (list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets)
    assert len(found) == 1 + 3
    assert len(files) == 1 + 3
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert {row[-1] for row in found[1:]} == {"=1+1.txt"}
    assert name


def test_many_files_are_sorted_and_filtered(desk: Desk) -> None:
    address = desk.check(reports.RIGHT, reports.WRONG, reports.NO_REPORT)

    def listed(query: str) -> list[str]:
        rows = re.findall(r'<th scope="row">(?:<a[^>]*>)?([^<]+)', desk.page(f"{address}{query}"))
        return [row.strip() for row in rows]

    assert listed("") == [reports.WRONG[0], reports.NO_REPORT[0], reports.RIGHT[0]]
    assert listed("?sort=name") == sorted([reports.WRONG[0], reports.NO_REPORT[0], reports.RIGHT[0]])
    assert listed("?show=fine") == [reports.RIGHT[0]]
    assert listed("?find=林业") == [reports.WRONG[0]]
    assert listed("?find=没有的") == []
    assert listed("?sort=nonsense&show=nonsense") == listed("")


def test_last_year_is_matched_and_compared(desk: Desk) -> None:
    name, data = reports.RIGHT
    before = data.decode().replace("2023年", "2022年").replace("2024年", "2023年").encode()
    page = desk.page(desk.check((name, data), previous=(("上年.md", before),)))
    assert "对照：上年.md" in page
    together = desk.page(desk.check((name, data), ("上年.md", before)))
    assert "2 个文件" in together


def test_the_total_of_a_year_is_added_up(desk: Desk) -> None:
    name, data = reports.RIGHT
    other = data.decode().replace("石桥镇", "白沙镇").encode()
    address = desk.check((name, data), ("白沙.md", other))
    book = openpyxl.load_workbook(io.BytesIO(desk.file(f"{address}total-2023.xlsx")))
    values = [cell for sheet in book.worksheets for row in sheet.iter_rows(values_only=True) for cell in row]
    assert 2 * 318 in values


@pytest.fixture
def settings(platform: Path) -> Iterator[dict[str, object]]:
    """设置 — changed for one test."""
    del platform
    from django.conf import settings as django_settings

    class Changed(dict[str, object]):
        def __setitem__(self, name: str, value: object) -> None:
            self.setdefault(name, getattr(django_settings, name))
            setattr(django_settings, name, value)

    changed = Changed()
    yield changed
    for name, value in changed.items():
        setattr(django_settings, name, value)


def test_what_could_not_be_read_is_not_said_to_be_without_errors(desk: Desk) -> None:
    page = desk.page(desk.check(reports.RIGHT, reports.NO_REPORT))
    (headline,) = re.findall(r"<h1>(.*?)</h1>", page, re.DOTALL)
    assert "1 个读不了" in headline
    assert "没有发现错误" not in headline


def test_bytes_of_which_nothing_was_read_are_gone_at_once(desk: Desk) -> None:
    address = desk.check(reports.RIGHT, reports.NO_REPORT, reports.EMPTY)
    from django.conf import settings

    given = settings.DESK_FOLDER / address.split("/")[2] / "given"
    assert [path.name for path in given.iterdir()] == ["1"]


def test_who_has_spent_the_hour_is_told_when_to_come_again(desk: Desk) -> None:
    from django.test import override_settings

    desk.check(reports.RIGHT)
    with override_settings(DESK_MINUTES_AN_HOUR=0):
        page = desk.page(desk.check(reports.RIGHT))
    assert "已经用了 0 分钟，这一份先不读了。请过 " in page
    assert re.search(r"请过 (\d+) 分钟再交", page)[1] in {"59", "60"}  # type: ignore[index]


def test_a_full_desk_says_so_in_the_row_of_the_file(desk: Desk) -> None:
    from django.test import override_settings

    with override_settings(ARRIVING_FREE_SHARE=0.0):
        page = desk.page(desk.check(reports.RIGHT))
    assert "核对台的地方暂时用满了" in page


def test_files_and_reports_are_counted_apart(desk: Desk) -> None:
    name, data = reports.RIGHT
    other = data.decode().replace("石桥镇", "白沙镇").encode()
    page = desk.page(desk.check(("两镇.md", data + b"\n\n" + other), (name, data)))
    assert "2 个文件" in page
    assert "共 3 份年报" in page
    assert re.search("两镇.md（[^）]*石桥镇[^）]*）", page)
    assert re.search("两镇.md（[^）]*白沙镇[^）]*）", page)
    assert "份年报</li>" not in desk.page(desk.check((name, data), ("又一份.md", data)))
