"""公开平台的故事 — what a citizen sees of the sample county, wide and on a phone, in every way of reading."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.stories.conftest import PATIENCE, seen
from tests.web.serving import apart, ready, serving

BUILD = """
import django; django.setup()
from datetime import UTC, datetime
from django.core.management import call_command
from gongkai.web.sample.county import build
call_command("migrate", verbosity=0, interactive=False)
build(datetime.now(UTC), 400)
"""
WAYS: tuple[dict[str, str], ...] = ({}, {"mode": "elder"}, {"contrast": "high"}, {"mode": "elder", "language": "en"})

Read = Callable[..., Any]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """示范县 — a platform of its own, with the sample county; its address."""
    folder = tmp_path_factory.mktemp("county")
    environ = apart(ready(folder))
    subprocess.run([sys.executable, "-c", BUILD], check=True, env=environ, timeout=900)
    with serving(folder) as address:
        yield address


@pytest.fixture
def read(chromium: Any, county: str) -> Iterator[Read]:
    """阅读 — a citizen's page; `width`, and the ways of reading."""
    contexts = []

    def opened(path: str, *, width: int = 1280, script: bool = False, **ways: str) -> Any:
        context = chromium.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script)
        contexts.append(context)
        context.add_cookies([{"name": f"gongkai_{n}", "value": v, "url": county} for n, v in ways.items()])
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(f"{county}{path}")
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def places(county: str) -> dict[str, str]:
    """去处 — a page of every kind, as links lead to it."""
    import re
    import urllib.request

    def first(address: str, among: str = r'href="(/items/[^"#]+/)"') -> str:
        with urllib.request.urlopen(f"{county}{address}", timeout=120) as answer:
            found = re.search(among, answer.read().decode())
        assert found, address
        return found[1]

    article = first("/info/regulations/?validity=in_force")
    gone = _withdrawn(county)
    return {
        "home": "/",
        "column": "/info/regulations/",
        "article": article,
        "repealed": first("/info/regulations/?validity=repealed"),
        "withdrawn": gone,
        "proof": f"{article}proof/",
        "bodies": "/bodies/",
        "body": "/bodies/minzheng/",
        "map": "/map/",
        "nothing": "/info/regulations/?words=nothing",
    }


@pytest.mark.parametrize("width", [1280, 390, 320])
@pytest.mark.parametrize("ways", WAYS, ids=lambda ways: "-".join(ways.values()) or "plain")
def test_every_page_can_be_read_in_every_way(
    read: Read, places: dict[str, str], width: int, ways: dict[str, str]
) -> None:
    for name, path in places.items():
        page = read(path, width=width, script=True, **ways)
        seen(page, "-".join(["portal", name, str(width), *ways.values()]))


def test_a_citizen_finds_a_document_and_what_became_of_it(read: Read) -> None:
    page = read("/")
    page.get_by_role("searchbox").first.fill("管理办法")
    page.get_by_role("button", name="搜索").click()
    page.get_by_label("成文年份").select_option(index=1)
    page.get_by_role("button", name="筛选").click()
    page.locator(".documents .title a").first.click()
    assert page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("button", name="大", exact=True).click()
    assert page.locator("html").get_attribute("data-text") == "large"
    page.get_by_role("link", name="核验本页未被改动").click()
    assert page.get_by_role("heading", level=1).inner_text() == "本页与公开时一致"


def _withdrawn(county: str) -> str:
    """The address of an item that was withdrawn: no page leads there, only what somebody kept."""
    import re
    import urllib.error
    import urllib.request

    with urllib.request.urlopen(f"{county}/sitemap-0.xml", timeout=120) as answer:
        known = set(re.findall(r"(/items/[^<]+)</loc>", answer.read().decode()))
    for path in sorted(known):
        start, number = path.rstrip("/").rsplit("-", 1)
        after = f"{start}-{int(number) + 1:05}/"
        if after in known:
            continue
        try:
            urllib.request.urlopen(f"{county}{after}", timeout=120)
        except urllib.error.HTTPError as error:
            if error.code == 410:
                return after
    pytest.fail("nothing withdrawn")
