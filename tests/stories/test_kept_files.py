"""选过的文件 — chosen in a form that was not taken: said by name at their box until they are chosen again.

(条例 第十二条)
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.stories.conftest import seen
from tests.stories.test_kept import NEW, Office, fill_in, kept, offers, office, press_save, tab, until

__all__ = ["office", "tab"]
NOTE = "#attached-again"


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    made = [tmp_path / "道路清单.csv", tmp_path / "桥梁清单.csv"]
    for each in made:
        each.write_text("项目,金额\n一号,3\n", encoding="utf-8")
    return [str(each) for each in made]


def lost(page: Any, office: Office) -> None:
    """断网 — while the form is on its way."""
    page.context.set_offline(True)
    with page.expect_event("requestfailed"):
        press_save(page)
    page.wait_for_timeout(500)  # the browser shows a page of its own
    page.context.set_offline(False)
    page.goto(office.address("/desk/"))


def test_files_that_were_not_taken_are_named_at_their_box(office: Office, tab: Any, files: list[str]) -> None:
    page = tab()
    page.goto(office.address(NEW))
    fill_in(page, "附件没有交上的通知")
    page.set_input_files("#attached", files)
    lost(page, office)
    assert offers(page) == 1
    assert "请重新选：道路清单.csv、桥梁清单.csv" in page.inner_text(".status")
    page.click("text=打开那一页")
    page.wait_for_selector(NOTE)
    assert "请重新选：道路清单.csv、桥梁清单.csv" in page.inner_text(NOTE)
    assert "attached-again" in page.get_attribute("#attached", "aria-describedby")
    seen(page, "kept-files")
    page.click("text=填回去")
    page.reload()  # it is not said once only
    page.wait_for_selector(NOTE)
    page.click("text=填回去")
    page.set_input_files("#attached", files[:1])
    until(lambda: "道路清单" not in page.inner_text(NOTE))
    assert "桥梁清单.csv" in page.inner_text(NOTE)
    page.set_input_files("#attached", files)
    until(lambda: page.locator(NOTE).count() == 0)
    with page.expect_navigation():
        press_save(page)
    assert "已保存" in page.inner_text("main")
    assert page.locator(f"{NOTE}, .status .summary").count() == 0
    assert kept(page) == 0


def test_where_only_a_file_was_chosen_it_is_said_too(office: Office, tab: Any, files: list[str]) -> None:
    page = tab()
    page.goto(office.address(NEW))
    fill_in(page, "先存好的一件")
    with page.expect_navigation():
        press_save(page)
    edit = page.url
    page.set_input_files("#attached", files[:1])
    page.set_input_files("#document", files[1])
    until(lambda: kept(page) > 0)
    page.goto(office.address("/desk/"))
    page.wait_for_selector("text=有选过、没有交上的附件")
    page.goto(edit)
    page.wait_for_selector(NOTE)
    assert offers(page) == 0, "no words were typed"
    assert page.is_visible("#document-again"), "the fold in which the box lies is opened"
    page.click("#attached-again button")
    page.click("#document-again button")
    assert kept(page) == 0
    page.reload()
    page.wait_for_timeout(200)
    assert page.locator(NOTE).count() == 0


def test_a_name_with_a_stamped_mark_is_kept_nowhere(office: Office, tab: Any, tmp_path: Path) -> None:
    page = tab()
    page.goto(office.address(NEW))
    fill_in(page, "一件")
    stamped = tmp_path / "机密★3年.csv"
    stamped.write_text("甲", encoding="utf-8")
    page.set_input_files("#attached", str(stamped))
    until(lambda: kept(page) == 0)


def test_of_several_that_are_kept_each_says_when_and_which_is_the_newest(office: Office, tab: Any) -> None:
    page = tab()
    page.goto(office.address(NEW))
    fill_in(page, "先填的一件")
    page.goto(office.address(NEW))
    assert offers(page) == 1
    assert "最后填的" not in page.inner_text(".status")
    page.fill("[name=title]", "后填的一件")
    until(lambda: kept(page) > 1)
    page.goto(office.address(NEW))
    assert offers(page) == 2
    said = page.locator(".status .summary h2").all_inner_texts()
    assert ["最后填的" in each for each in said] == [True, False]
    assert ["更早填的" in each for each in said] == [False, True]
    page.locator(".summary", has_text="最后填的").locator("text=填回去").click()
    assert page.input_value("[name=title]") == "后填的一件"
