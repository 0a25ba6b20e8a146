"""核对台的故事 — what a clerk and a county office do at the desk, from opening the page to taking the copy away."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import SHARED
from tests.stories.conftest import Visit, seen
from tests.web import reports

ALL = sorted([*SHARED.glob("reports/*.txt"), *SHARED.glob("corpus/*-20*.[hpm][tdt]*")])


def put(page: Any, *files: tuple[str, bytes] | Path, last_year: tuple[Path, ...] = ()) -> None:
    given = [
        file if isinstance(file, Path) else {"name": file[0], "mimeType": "application/octet-stream", "buffer": file[1]}
        for file in files
    ]
    paths = [file for file in given if isinstance(file, Path)]
    page.set_input_files("#current", paths or given)
    if last_year:
        page.set_input_files("#previous", list(last_year))
    page.get_by_role("button", name="开始核对").click()
    page.wait_for_selector(".counts", timeout=60_000)


def test_a_clerk_checks_one_file_and_takes_away_what_is_to_be_mended(visit: Visit, tmp_path: Path) -> None:
    page = visit()
    seen(page, "desk")
    put(page, reports.WRONG)
    assert page.get_by_role("heading", level=1).inner_text() == "云岫县林业局2022年政府信息公开工作年度报告"
    assert page.locator(".finding.error").count() == 3
    page.get_by_role("link", name="三、收到和处理申请").click()
    seen(page, "sheet")
    page.get_by_role("link", name="看发现 1 的位置").click()
    assert page.locator("td:target").count() == 1
    assert page.locator("td:target.on-error").count() == 1
    with page.expect_download() as slip:
        page.get_by_role("link", name="下载退回单").click()
    assert slip.value.suggested_filename == "退回单-云岫县林业局2022年政府信息公开工作年度报告.docx"
    page.get_by_text("下载规范文本").click()
    with page.expect_download() as copy:
        page.get_by_role("link", name="Word（docx）").click()
    copy.value.save_as(tmp_path / "copy.docx")
    assert zipfile.is_zipfile(tmp_path / "copy.docx")


@pytest.mark.skipif(len(ALL) < 11, reason="没有共用的真实年报（GONGKAI_CORPUS）")
def test_a_county_office_finds_the_one_report_to_send_back(visit: Visit) -> None:
    page = visit()
    put(page, *ALL)
    assert "11 个文件，1 份有错误" in page.get_by_role("heading", level=1).inner_text()
    seen(page, "batch")
    page.get_by_role("link", name="提醒", exact=True).click()
    assert page.locator("th[aria-sort]").inner_text() == "提醒"
    page.get_by_label("结论").select_option("error")
    page.get_by_role("button", name="筛选").click()
    assert page.locator(".list tbody tr").count() == 1
    with page.expect_download() as slip:
        page.get_by_role("link", name="下载 hongze-district-2023.pdf 的退回单").click()
    assert "洪泽区人民政府2023年" in slip.value.suggested_filename
    page.get_by_role("link", name="hongze-district-2023.pdf", exact=True).click()
    picture = page.locator(".crop svg").first
    picture.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    seen(page, "sheet-pdf")
    picture.click()
    page.wait_for_load_state("networkidle")
    seen(page, "original")


def test_forty_files_are_read_while_the_page_tells_how_far(visit: Visit) -> None:
    page = visit()
    name, data = reports.RIGHT
    put(page, *((f"{n:02}-{name}", data.replace("石桥镇".encode(), f"第{n}镇".encode())) for n in range(40)))
    assert "40 个文件，没有发现错误" in page.get_by_role("heading", level=1).inner_text()


def test_what_could_not_be_read_is_typed_in(visit: Visit) -> None:
    page = visit()
    put(page, reports.torn())
    page.get_by_role("link", name="二、主动公开").click()
    seen(page, "typing")
    cell = page.get_by_label("行政事业性收费，本年收费金额")
    cell.fill("没有")
    page.get_by_role("button", name="录入，再核对一遍").click()
    assert page.get_by_role("alert").inner_text().startswith("有 1 格不是一个数")
    seen(page, "typing-wrong")
    page.get_by_label("行政事业性收费，本年收费金额").fill("0")
    page.get_by_role("button", name="录入，再核对一遍").click()
    assert page.get_by_role("status").inner_text() == "已按录入的数重新核对。"
    assert "人工录入 1" in page.locator(".counts").inner_text()
    seen(page, "typed")


def test_a_refused_file_says_why_and_stops_nobody(visit: Visit) -> None:
    page = visit()
    put(page, reports.NO_REPORT, reports.EMPTY, reports.RIGHT)
    assert page.locator(".badge.refused").count() == 2
    assert page.locator(".why").count() == 2
    seen(page, "refused")


def test_everything_works_without_javascript(visit: Visit) -> None:
    page = visit(script=False)
    put(page, reports.torn())
    page.get_by_role("link", name="二、主动公开").click()
    page.get_by_label("行政事业性收费，本年收费金额").fill("0")
    page.get_by_role("button", name="录入，再核对一遍").click()
    assert "人工录入 1" in page.locator(".counts").inner_text()
    page.get_by_role("link", name="现在就删除").click()
    page.get_by_role("button", name="删除", exact=True).click()
    assert page.get_by_role("status").inner_text() == "这一批文件和结果都已删除。"


def test_no_file_leads_back_to_the_control(visit: Visit) -> None:
    from playwright.sync_api import expect

    page = visit()
    page.get_by_role("button", name="开始核对").click()
    expect(page.locator("#current")).to_be_focused()
    seen(page, "nothing")


@pytest.mark.parametrize("width", [390, 320])
def test_a_phone_shows_it_all_in_one_column(visit: Visit, width: int) -> None:
    page = visit(width=width)
    seen(page, f"desk-{width}")
    put(page, reports.WRONG)
    page.get_by_role("link", name="三、收到和处理申请").click()
    seen(page, f"sheet-{width}")


@pytest.mark.parametrize("mode", [{"mode": "elder"}, {"contrast": "high"}, {"language": "en"}])
def test_every_mode_shows_the_same(visit: Visit, mode: dict[str, str]) -> None:
    (name,) = mode.values()
    page = visit(**mode)
    seen(page, f"desk-{name}")
    page.set_input_files("#current", {"name": "a.txt", "mimeType": "text/plain", "buffer": reports.WRONG[1]})
    page.locator("main form .button.primary").click()
    page.wait_for_selector(".counts")
    assert page.locator(".finding.error").count() == 3
    page.locator(".tabs li:nth-child(3) a").click()
    seen(page, f"sheet-{name}")


def test_the_keyboard_reaches_everything_in_reading_order(visit: Visit) -> None:
    page = visit()
    put(page, reports.WRONG)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    reached: list[str] = []
    for _ in range(60):
        page.keyboard.press("Tab")
        here = page.evaluate("document.activeElement.innerText || document.activeElement.name || ''")
        if "rules" in page.evaluate("document.activeElement.href || ''"):
            break
        reached.append(str(here).strip())
    told = "\n".join(reached)
    for name in ("现在就删除", "下载退回单", "下载规范文本", "一、总体情况", "六、其他事项"):
        assert name in told
    assert told.index("下载退回单") < told.index("一、总体情况") < told.index("六、其他事项")
    page.get_by_text("下载规范文本").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Word（docx）"


def test_two_people_see_only_their_own(visit: Visit) -> None:
    one, other = visit(), visit()
    put(one, reports.WRONG)
    put(other, reports.RIGHT)
    other.goto(one.url)
    assert "没有这个网页" in other.get_by_role("heading", level=1).inner_text()
    seen(other, "not-found")


def test_paper_shows_the_report_and_not_the_desk(visit: Visit) -> None:
    page = visit()
    put(page, reports.WRONG)
    page.emulate_media(media="print")
    assert not page.locator(".desk-bar").is_visible()
    assert not page.locator(".acts").is_visible()
    assert page.locator(".statutory").is_visible()
    assert page.locator(".finding").first.is_visible()
