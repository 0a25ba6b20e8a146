"""文档可信 — what the pages name exists: commands, files, make targets; freshness is `make check` (条例 第八条)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gongkai.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
FENCED = re.compile(r"```(?:bash|sh|console|text)\n(.*?)```", re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
TARGETS = set(re.findall(r"^([\w-]+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def pages_by_name() -> list[object]:
    return [pytest.param(page, id=page.relative_to(ROOT).as_posix()) for page in PAGES]


@pytest.mark.parametrize("page", pages_by_name())
def test_every_command_on_a_page_exists(page: Path) -> None:
    shown = "\n".join(FENCED.findall(page.read_text(encoding="utf-8")))
    called = set(re.findall(r"^(?:\$ )?(?:\.venv/bin/)?gongkai ([a-z]\w*)", shown, re.MULTILINE))
    made = set(re.findall(r"^(?:\$ )?make ([a-z]\w*)", shown, re.MULTILINE))
    assert called - set(COMMANDS) == set()
    assert made - TARGETS == set()


@pytest.mark.parametrize("page", pages_by_name())
def test_every_link_leads_somewhere(page: Path) -> None:
    links = LINK.findall(page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_provisions_lead_from_an_article_to_code_and_data() -> None:
    page = (ROOT / "docs" / "reference" / "provisions.md").read_text(encoding="utf-8")
    entry = page.split("### 条例 第三十三条\n")[1].split("\n### ")[0]
    assert "law.time_limits" in entry
    assert "law/data/time_limits.toml" in entry
