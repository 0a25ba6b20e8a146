"""审计管理员的一天 — reads, filters, verifies, checks a kept head, takes entries along with a second person's consent;
the public checks the same head (条例 第四十五条)."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.stories.conftest import PATIENCE, seen
from tests.web.cast import PASSWORD
from tests.web.serving import apart, serving

ROOT = Path(__file__).resolve().parents[2]
STAGED = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0, interactive=False)
from gongkai.law.publishing import State
from gongkai.web.holdings.actions import lay_out_columns
from gongkai.web.journal import log
from tests.web.holdings.county import Office
lay_out_columns()
office = Office()
for title in ("关于修路的通知", "关于供水的通知"):
    office.bring(office.create(title=title), State.PUBLISHED)
log.sign_head(now=office.tick())
log.write_heads()
office.bring(office.create(title="后来公开的"), State.PUBLISHED)
office.create(title="草稿里的题目")
"""


@pytest.fixture
def staged(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """示范县 — with three public items, a head signed after the second, and a draft; its address and its folder."""
    folder = tmp_path / "data"
    folder.mkdir()
    environ = apart(folder)
    subprocess.run([sys.executable, "-c", STAGED], check=True, env=environ, cwd=ROOT)
    with serving(folder, **{name: value for name, value in environ.items() if name.startswith("GONGKAI_")}) as address:
        yield address, folder


def signed_in(chromium: Any, address: str, name: str, width: int = 1280) -> Any:
    page = chromium.new_context(viewport={"width": width, "height": 900}, locale="zh-CN").new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{address}/sign-in/")
    page.fill("#name", name)
    page.fill("#password", PASSWORD)
    page.click("button.primary")
    page.wait_for_url("**/desk/**")
    return page


@pytest.mark.parametrize("width", [1280, 360])
def test_an_auditor_reads_verifies_and_checks_a_kept_head(chromium: Any, staged: tuple[str, Path], width: int) -> None:
    address, folder = staged
    page = signed_in(chromium, address, "audit-admin-shifan", width)
    page.goto(f"{address}/desk/journal/")
    main = page.get_by_role("main")
    assert "关于修路的通知" in main.inner_text()
    assert "草稿里的题目" not in main.inner_text()
    seen(page, f"journal-{width}")
    page.select_option("#act", "holdings.publish")
    main.get_by_role("button", name="筛选").click()
    assert "查到 3 条记录" in main.inner_text()
    main.get_by_role("link", name="第 ").first.click()
    assert "什么时候" in main.inner_text()
    seen(page, f"journal-entry-{width}")
    page.goto(f"{address}/desk/journal/")
    main.get_by_role("button", name="现在核验").click()
    page.wait_for_url("**/verified/")
    assert "办理记录完好" in main.inner_text()
    seen(page, f"journal-verified-{width}")
    page.goto(f"{address}/desk/journal/since/")
    page.fill("#head", (folder / "log-heads.jsonl").read_text(encoding="utf-8").splitlines()[0])
    main.get_by_role("button", name="核对并看变化").click()
    assert "变了 1 件" in main.inner_text()
    assert "后来公开的" in main.inner_text()
    seen(page, f"journal-since-{width}")
    page.goto(f"{address}/log/since/")
    page.fill("#head", (folder / "log-heads.jsonl").read_text(encoding="utf-8").splitlines()[0])
    page.get_by_role("button", name="核对并看变化").click()
    assert "后来公开的" in page.inner_text("main")
    seen(page, f"log-since-{width}")


def test_what_was_found_is_taken_along_once_another_agreed(chromium: Any, staged: tuple[str, Path]) -> None:
    address, _ = staged
    auditor = signed_in(chromium, address, "audit-admin-shifan")
    auditor.goto(f"{address}/desk/journal/?act=holdings.publish")
    auditor.get_by_role("button", name="CSV").click()
    assert "要另一名管理员同意" in auditor.inner_text("main")
    other = signed_in(chromium, address, "security-admin-shifan")
    other.goto(f"{address}/desk/consents/")
    other.get_by_role("button", name="同意", exact=True).click()
    with auditor.expect_download() as taken:
        auditor.get_by_role("button", name="CSV").click()
    rows = Path(taken.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) == 4
    assert "后来公开的" in rows[1]
