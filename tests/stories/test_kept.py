"""没存上的字 — typed into a form and not taken by the server: kept in the tab, offered again, to its person alone.

(条例 第十二条)
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.stories.conftest import PATIENCE, seen
from tests.web.clerks import prepared
from tests.web.serving import apart, free_port, start, stop

NEW = "/desk/items/new/"
OTHER = """
import sys
import django; django.setup()
from importlib import import_module
from django.conf import settings
from django.test import Client
from gongkai.law.roles import Role
from gongkai.web.bodies.models import Appointment
one = import_module(settings.SESSION_ENGINE).SessionStore(sys.argv[1])["_auth_user_id"]
client, held = Client(), Appointment.objects.filter(role=Role.CLERK, ended_at=None)
client.force_login(held.exclude(staff_id=one).first().staff)
print(client.cookies["gongkai_session"].value)
"""
BODY = "各有关单位：\n\n请于月底前报送 D:\\文件 里的表。"


class Office:
    """一个平台 — that can be killed and started again at the same address, and two clerks of it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        (one,) = prepared(folder, 1)
        self.sessions = (one, self._other(one))
        self.process: subprocess.Popen[bytes] = start(folder, self.port)

    def _other(self, one: str) -> str:
        """The session of another person, who may write as well."""
        done = subprocess.run(
            [sys.executable, "-c", OTHER, one], env=apart(self.folder), check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    def kill(self) -> None:
        """断电 — no word to anybody."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(120)

    def begin(self) -> None:
        """再开."""
        self.process = start(self.folder, self.port)

    def address(self, path: str = "") -> str:
        """网址."""
        return f"http://127.0.0.1:{self.port}{path}"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = Office(tmp_path_factory.mktemp("kept"))
    yield made
    stop(made.process)


@pytest.fixture
def tab(chromium: Any, office: Office) -> Iterator[Callable[..., Any]]:
    """一个标签页 — of a clerk by number."""
    contexts = []

    def opened(clerk: int = 0, width: int = 1280) -> Any:
        context = chromium.new_context(viewport={"width": width, "height": 900})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        sign_in(page, office, clerk)
        return page

    yield opened
    for context in contexts:
        context.close()


def sign_in(page: Any, office: Office, clerk: int) -> None:
    """登录 — in this tab from now on."""
    page.context.add_cookies([{"name": "gongkai_session", "value": office.sessions[clerk], "url": office.address()}])


def kept(page: Any) -> int:
    return int(page.evaluate("sessionStorage.length"))


def until(is_so: Callable[[], bool]) -> None:
    """等到 — pages here may not wait for words of ours: they run no script that is not theirs."""
    end = time.monotonic() + PATIENCE / 1000
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.05)


def fill_in(page: Any, title: str, **more: str) -> None:
    """填 — and the script has had its moment."""
    page.fill("[name=title]", title)
    page.fill("[name=body]", BODY)
    page.select_option("[name=column]", index=2)
    for name, value in more.items():
        page.fill(f"[name={name}]", value)
    until(lambda: kept(page) > 0)


def press_save(page: Any) -> None:
    page.click("button[name=do][value=save]", no_wait_after=True)


def items(page: Any, office: Office) -> list[str]:
    page.goto(office.address("/desk/items/"))
    return [str(each) for each in page.locator("main a[href*='/desk/items/']").all_inner_texts()]


def offers(page: Any) -> int:
    """几处提起 — boxes that speak of words that were not saved."""
    page.wait_for_load_state("load")
    page.wait_for_timeout(200)  # it is said a moment after the page is shown
    return int(page.locator(".status .summary", has_text="没存上的字").count())


def test_what_was_typed_outlives_a_killed_server(office: Office, tab: Any) -> None:
    page = tab()
    page.goto(office.address(NEW))
    fill_in(page, "关于报送材料的通知")
    column = page.input_value("[name=column]")
    office.kill()
    with page.expect_event("requestfailed"):
        press_save(page)
    page.wait_for_timeout(500)  # the browser shows a page of its own
    office.begin()
    page.go_back()
    page.goto(office.address("/desk/"))
    assert offers(page) == 1
    seen(page, "kept-elsewhere")
    page.click("text=打开那一页")
    assert offers(page) == 1
    assert page.input_value("[name=title]") == ""
    seen(page, "kept-offered")
    page.click("text=填回去")
    assert page.input_value("[name=title]") == "关于报送材料的通知"
    assert page.input_value("[name=body]") == BODY
    assert page.input_value("[name=column]") == column
    with page.expect_navigation():
        press_save(page)
    assert "已保存" in page.inner_text("main")
    assert kept(page) == 0
    page.goto(office.address(NEW))
    assert offers(page) == 0
    assert sum("关于报送材料的通知" in each for each in items(page, office)) == 1


def test_what_was_taken_though_nobody_heard_of_it_is_one_item(office: Office, tab: Any) -> None:
    """The server is killed when it has saved and before the browser has the answer: the same form is sent again."""
    page = tab()
    page.goto(office.address(NEW))
    fill_in(page, "答复没有收到的通知")
    page.route("**/desk/items/new/", lambda route: (route.fetch(max_redirects=0), route.abort()))
    with page.expect_event("requestfailed"):
        press_save(page)
    page.wait_for_timeout(500)  # the browser shows a page of its own
    page.unroute("**/desk/items/new/")
    page.context.clear_cookies(name=re.compile("gongkai_taken_.*"))  # they came with the answer
    page.goto(office.address(NEW))
    assert offers(page) == 1
    page.click("text=填回去")
    page.fill("[name=summary]", "后来添上的一句")
    with page.expect_navigation():
        press_save(page)
    assert kept(page) == 0
    assert sum("答复没有收到的通知" in each for each in items(page, office)) == 1


def test_what_was_refused_is_kept_until_it_is_saved(office: Office, tab: Any) -> None:
    page = tab()
    page.goto(office.address(NEW))
    fill_in(page, "没有日期的通知", formed_on="")
    with page.expect_navigation():
        press_save(page)
    page.goto(office.address("/desk/"))
    assert offers(page) == 1
    page.click("text=打开那一页")
    page.click("text=填回去")
    assert (page.input_value("[name=body]"), page.input_value("[name=formed_on]")) == (BODY, "")
    page.fill("[name=formed_on]", "2026-02-27")
    with page.expect_navigation():
        press_save(page)
    assert kept(page) == 0


def test_what_the_server_added_to_is_not_called_unsaved(office: Office, tab: Any, tmp_path: Path) -> None:
    text = tmp_path / "正文.txt"
    text.write_text("各村：\n\n请照此办理。\n", encoding="utf-8")
    page = tab()
    page.goto(office.address(NEW))
    fill_in(page, "接上正文的通知")
    page.click("text=从文件取正文")
    page.set_input_files("[name=document]", str(text))
    with page.expect_navigation():
        page.click("button[value=import]", no_wait_after=True)
    assert offers(page) == 0
    whole = page.input_value("[name=body]")
    assert whole.startswith(BODY)
    assert "请照此办理" in whole
    page.goto(office.address("/desk/"))
    page.click("text=打开那一页")
    page.click("text=填回去")
    assert page.input_value("[name=body]") == whole
    with page.expect_navigation():
        press_save(page)
    assert "已保存" in page.inner_text("main")
    assert (kept(page), offers(page)) == (0, 0)


def test_what_is_typed_before_one_has_chosen_takes_no_place(office: Office, tab: Any) -> None:
    page = tab()
    page.goto(office.address(NEW))
    fill_in(page, "先填的一件")
    page.goto(office.address(NEW))
    assert offers(page) == 1
    page.fill("[name=title]", "后填的一件")
    until(lambda: kept(page) > 1)
    page.goto(office.address(NEW))
    assert offers(page) == 2
    page.locator(".summary button", has_text="不要了").first.click()
    page.locator(".summary button", has_text="不要了").first.click()
    assert kept(page) == 0
    page.reload()
    assert offers(page) == 0


def test_it_is_shown_to_its_own_person_and_goes_with_signing_out(office: Office, tab: Any) -> None:
    page = tab(0)
    page.goto(office.address(NEW))
    fill_in(page, "甲填的一件")
    sign_in(page, office, 1)
    page.goto(office.address("/desk/"))
    assert offers(page) == 0
    assert kept(page) == 0
    page.goto(office.address(NEW))
    fill_in(page, "乙填的一件")
    with page.expect_navigation():
        page.click("button:has-text('退出')")
    assert kept(page) == 0


def test_a_stamped_secrecy_mark_is_kept_nowhere(office: Office, tab: Any) -> None:
    page = tab(0)
    page.goto(office.address(NEW))
    fill_in(page, "一件")
    page.fill("[name=body]", "机密★3年")
    until(lambda: kept(page) == 0)


def test_where_the_browser_keeps_nothing_all_is_as_before(office: Office, chromium: Any) -> None:
    context = chromium.new_context()
    context.add_init_script("Object.defineProperty(window, 'sessionStorage', {get() { throw new Error('blocked') }})")
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    sign_in(page, office, 0)
    page.goto(office.address(NEW))
    page.fill("[name=title]", "不留字的浏览器")
    page.fill("[name=body]", BODY)
    page.select_option("[name=column]", index=2)
    with page.expect_navigation():
        press_save(page)
    assert "已保存" in page.inner_text("main")
    assert wrong == []
    context.close()


def test_an_offer_whose_form_is_gone_shows_its_words(office: Office, tab: Any) -> None:
    page = tab(0)
    page.goto(office.address(NEW))
    fill_in(page, "表单没有了的一件")
    page.goto(office.address("/desk/"))
    page.evaluate(
        "for (const key of Object.keys(sessionStorage)) {"
        " const kept = JSON.parse(sessionStorage[key]); kept.page = '/desk/items/';"
        " sessionStorage.removeItem(key); sessionStorage['gongkai.typed./desk/items/ gone 1'] = JSON.stringify(kept) }"
    )
    page.goto(office.address("/desk/items/"))
    assert offers(page) == 1
    assert "表单没有了的一件" in page.locator(".status textarea").evaluate_all("all => all.map(each => each.value)")
    seen(page, "kept-without-form")
    page.locator(".summary button", has_text="不要了").click()
    assert kept(page) == 0


def test_a_page_that_is_no_longer_ones_own_shows_the_words_again_and_again(office: Office, tab: Any) -> None:
    page = tab(0)
    page.goto(office.address(NEW))
    fill_in(page, "不归我办了的一件")
    page.evaluate("document.querySelector('[name=title]').form.action = '/desk/items/99999/edit/'")
    with page.expect_navigation():
        press_save(page)
    assert "这一页现在不归您办" in page.inner_text("main")
    texts = "all => all.map(each => each.value)"
    assert page.locator("main textarea").evaluate_all(texts).count(BODY) == 1
    seen(page, "kept-not-here")
    page.evaluate(
        "for (const key of Object.keys(sessionStorage)) {"
        " const kept = JSON.parse(sessionStorage[key]); kept.page = '/desk/items/99999/edit/';"
        " sessionStorage.removeItem(key); sessionStorage['gongkai.typed./desk/items/99999/edit/ gone 1']"
        " = JSON.stringify(kept) }"
    )
    for _ in range(2):
        page.goto(office.address("/desk/"))
        assert offers(page) == 1
        page.click("text=打开那一页")
        assert offers(page) == 1
        assert "不归我办了的一件" in page.locator(".status textarea").evaluate_all(texts)
    page.locator(".summary button", has_text="不要了").click()
    assert kept(page) == 0


def test_what_is_saved_anew_takes_the_offer_of_its_page_along(office: Office, tab: Any) -> None:
    page = tab(0)
    page.goto(office.address(NEW))
    fill_in(page, "改两次的一件")
    with page.expect_navigation():
        press_save(page)
    edit = page.url.rstrip("/").removesuffix("/edit") + "/edit/"
    page.goto(edit)
    page.fill("[name=title]", "改了没存的一件")
    until(lambda: kept(page) > 0)
    page.goto(edit)
    assert offers(page) == 1
    page.fill("[name=title]", "改好存了的一件")
    until(lambda: kept(page) > 1)
    with page.expect_navigation():
        press_save(page)
    assert offers(page) == 0
    assert kept(page) == 0


def test_words_put_back_after_a_comparison_are_compared_again(office: Office, tab: Any) -> None:
    page, other = tab(0), tab(0)
    page.goto(office.address(NEW))
    fill_in(page, "两人同改的一件")
    with page.expect_navigation():
        press_save(page)
    edit = page.url
    page.fill("[name=summary]", "一人添的一句")
    other.goto(edit)
    other.fill("[name=title]", "另一人存下的题目")
    with other.expect_navigation():
        press_save(other)
    with page.expect_navigation():
        press_save(page)
    assert "这一件刚才已经变了" in page.inner_text(".summary[role=alert]")
    page.goto(edit)
    page.click("text=填回去")
    with page.expect_navigation():
        press_save(page)
    assert "这一件刚才已经变了" in page.inner_text(".summary[role=alert]")
    with page.expect_navigation():
        press_save(page)
    assert "已保存" in page.inner_text("main")


def test_what_was_saved_as_a_draft_and_not_sent_is_not_offered(office: Office, tab: Any) -> None:
    page = tab(0)
    page.goto(office.address(NEW))
    fill_in(page, "还不能送的一件")
    page.select_option("[name=openness]", "on_request")
    with page.expect_navigation():
        page.click("button[value=submit]", no_wait_after=True)
    assert "填的已存为草稿，还没有送初审" in page.inner_text("main")
    assert (offers(page), kept(page)) == (0, 0)
    page.fill("[name=summary]", "后来添的一句")
    until(lambda: kept(page) > 0)
    page.goto(office.address("/desk/"))
    assert offers(page) == 1
    page.locator(".summary button", has_text="不要了").click()
