"""从草稿到公开 — an item with identity numbers in a hidden column, all its way, on both databases (条例 第十七条)."""

from __future__ import annotations

import io
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import openpyxl
import pytest

from tests.stories.conftest import PATIENCE, seen
from tests.web.cast import PASSWORD
from tests.web.postgresql import postgresql
from tests.web.serving import apart, serving

IDENTITY = "11010519491231002X"
TITLE = "2026年第四季度临时救助对象公示"
ROOT = Path(__file__).resolve().parents[2]


class Place:
    """地方 — a platform with its people: where it answers, and the environment in which its commands run."""

    def __init__(self, address: str, folder: Path, environ: dict[str, str]) -> None:
        self.address, self.folder, self.environ = address, folder, environ

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """命令 — of gongkai, on the data of this platform."""
        return subprocess.run(
            [sys.executable, "-m", "gongkai", *words], capture_output=True, text=True, env=self.environ, cwd=ROOT
        )

    def falsify(self) -> None:
        """改一行 — one entry of the journal, by hand in the database, past what guards the table."""
        if url := self.environ.get("GONGKAI_DATABASE_URL"):
            import psycopg

            with psycopg.connect(url) as there:
                there.execute("ALTER TABLE journal_entry DISABLE TRIGGER ALL")
                there.execute("UPDATE journal_entry SET actor = 'staff:999' WHERE act LIKE '%pass_secrecy'")
            return
        with closing(sqlite3.connect(self.folder / "gongkai.sqlite3")) as here, here:
            for (name,) in here.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                here.execute(f'DROP TRIGGER "{name}"')
            here.execute("UPDATE journal_entry SET actor = 'staff:999' WHERE act LIKE '%pass_secrecy'")


@pytest.fixture(params=["embedded", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """地方 — on each of the two databases."""
    folder = tmp_path / "data"
    folder.mkdir()
    environ = apart(folder)
    if request.param == "postgresql":
        with postgresql() as url:
            yield from _opened(folder, {**environ, "GONGKAI_DATABASE_URL": url})
    else:
        yield from _opened(folder, environ)


def _opened(folder: Path, environ: dict[str, str]) -> Iterator[Place]:
    subprocess.run([sys.executable, "-m", "tests.stories.staging"], check=True, env=environ, cwd=ROOT)
    with serving(folder, **{name: value for name, value in environ.items() if name.startswith("GONGKAI_")}) as address:
        yield Place(address, folder, environ)


class Hand:
    """一个人 — of the housing bureau at a browser of their own."""

    def __init__(self, chromium: Any, place: Place, post: str, width: int = 1280) -> None:
        self.place = place
        self.page = chromium.new_context(viewport={"width": width, "height": 900}, locale="zh-CN").new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.goto(f"{place.address}/sign-in/")
        self.page.get_by_label("登录名").fill(f"{post}-shifan-housing")
        self.page.get_by_label("密码").fill(PASSWORD)
        self.page.get_by_role("button", name="登录").click()
        self.page.wait_for_url("**/desk/**")

    def press(self, name: str) -> None:
        """按 — a button of the page itself."""
        self.page.get_by_role("main").get_by_role("button", name=name, exact=True).click()
        self.page.wait_for_load_state()

    def follow(self, name: str) -> None:
        """点 — a link of the page itself."""
        self.page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()
        self.page.wait_for_load_state()

    def open(self, path: str) -> None:
        """打开 — an address."""
        self.page.goto(f"{self.place.address}{path}")

    def reads(self, words: str) -> None:
        """看到 — these words stand on the page."""
        assert words in self.page.inner_text("main"), self.page.inner_text("main")


def list_of_names() -> bytes:
    """名单 — what a clerk is given: the identity numbers are in a column that nobody sees."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "名单"
    for row in (("序号", "姓名", "乡镇街道", "备注", "金额（元）"), (1, "王某", "河湾镇", IDENTITY, 1200)):
        sheet.append(row)
    sheet.column_dimensions["D"].hidden = True
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def test_an_item_goes_from_draft_to_the_public_and_into_the_archive(chromium: Any, place: Place) -> None:
    clerk = Hand(chromium, place, "clerk")
    seen(clerk.page, f"desk-empty-{place.folder.parent.name[-1]}")
    clerk.open("/desk/items/new/")
    main = clerk.page.get_by_role("main")
    main.get_by_label("标题").fill(TITLE)
    main.get_by_label("正文").first.fill("现将第四季度临时救助对象名单公示如下。\n\n> 示范县住房和城乡建设局")
    main.locator("#column").select_option("notices")
    main.locator("#formed_on").fill("2026-11-16")
    main.locator("#attached").set_input_files(
        {"name": "名单.xlsx", "mimeType": "application/octet-stream", "buffer": list_of_names()}
    )
    seen(clerk.page, "editor")
    clerk.press("保存，以后再填")
    number = re.search(r"/items/(\d+)/", clerk.page.url)
    assert number
    item = f"/desk/items/{number[1]}/"
    # The guard has seen the hidden column: it blocks, and offers a masked copy.
    clerk.open(f"{item}review/")
    clerk.reads("阻断")
    clerk.press("换成遮盖副本")
    clerk.open(f"{item}edit/")
    clerk.press("保存，送初审")

    first = Hand(chromium, place, "first-reviewer")
    first.open(f"{item}review/")
    seen(first.page, "review")
    first.page.get_by_label("意见").fill("请写明公示期。")
    first.press("退回修改")

    clerk.open(f"{item}edit/")
    clerk.page.get_by_role("main").get_by_label("正文").first.fill(
        "现将第四季度临时救助对象名单公示如下，公示期五个工作日。\n\n> 示范县住房和城乡建设局"
    )
    clerk.press("保存，送初审")
    first.open(f"{item}review/")
    first.press("初审通过")
    second = Hand(chromium, place, "second-reviewer")
    second.open(f"{item}review/")
    second.press("复审通过")
    secrecy = Hand(chromium, place, "secrecy-reviewer")
    secrecy.open(f"{item}review/")
    for box in secrecy.page.get_by_role("checkbox").all():
        box.check()
    secrecy.page.locator("#scope").fill("全文")
    secrecy.page.locator("[name=outcome][value=open]").check()
    seen(secrecy.page, "review-secrecy")
    secrecy.press("作出结论")
    final = Hand(chromium, place, "final-reviewer")
    final.open(f"{item}review/")
    final.press("终审通过")
    office = Hand(chromium, place, "disclosure-office")
    office.open(item)
    office.follow("公开")
    office.press("公开")

    public = chromium.new_context(locale="zh-CN").new_page()
    public.set_default_timeout(PATIENCE)
    public.goto(f"{place.address}/")
    public.get_by_role("link", name=TITLE).first.click()
    address = public.url
    seen(public, "article-published")
    clean = public.get_by_role("link", name=re.compile("名单")).first.get_attribute("href")
    given = urlopen(f"{place.address}{clean}", timeout=120).read()
    cells = [cell for sheet in openpyxl.load_workbook(io.BytesIO(given)) for row in sheet.values for cell in row]
    assert "王某" in cells
    assert not [cell for cell in cells if IDENTITY[:17] in str(cell)]
    assert IDENTITY.encode() not in given

    office.open(f"{item}step/repeal/")
    office.page.get_by_label("理由").fill("公示期满。")
    office.press("标注废止")
    public.goto(address)
    assert "已废止" in public.inner_text("main")
    office.open(f"{item}step/archive/")
    office.press("归档")
    public.goto(address)
    assert "已归档" in public.inner_text("main")
    seen(office.page, "item-archived")

    held = place.run("journal", "verify")
    assert held.returncode == 0, held.stdout + held.stderr
    place.falsify()
    broken = place.run("journal", "verify")
    assert broken.returncode == 1
    assert "shifan-housing" in broken.stdout + broken.stderr
