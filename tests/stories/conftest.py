"""浏览器里的故事 — the system's Chromium, a platform of its own; pages seen are kept as pictures, and asked by axe."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.web.serving import ready, serving

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Milliseconds; a machine may have much else to do.
PATIENCE = 120_000
PICTURES = Path(os.environ.get("GONGKAI_PICTURES") or Path(__file__).resolve().parents[2] / "build" / "pictures")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """跳过 — by name, with what to install, where there is no Chromium."""
    if CHROMIUM is None:
        skipped = pytest.mark.skip(reason="没有 Chromium：apt-get install chromium fonts-noto-cjk")
        for item in items:
            if "stories" in Path(item.path).parts:
                item.add_marker(skipped)


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """网址 — of a platform that runs as people start it."""
    with serving(ready(tmp_path_factory.mktemp("stories"))) as running:
        yield running


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """浏览器 — one for the stories of a module: while it runs, Django takes the thread for an event loop's."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


Visit = Callable[..., Any]


@pytest.fixture
def visit(chromium: Any, address: str) -> Iterator[Visit]:
    """来访 — a page at the check desk unless told; `width`, `script`, cookies by which pages look otherwise."""
    contexts = []

    def opened(*, at: str = "/check/", width: int = 1280, script: bool = True, **cookies: str) -> Any:
        context = chromium.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script)
        contexts.append(context)
        context.add_cookies([{"name": f"gongkai_{n}", "value": v, "url": address} for n, v in cookies.items()])
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(f"{address}{at}")
        return page

    yield opened
    for context in contexts:
        context.close()


def seen(page: Any, name: str) -> None:
    """看过 — the page is kept as a picture; axe finds nothing on it, and nothing scrolls sideways.

    Words in the colour of what is under them are for axe a thing to be looked at; here they are a fault, also where the
    reader's own system asks for more contrast.
    """
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
    wide, room = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide <= room, f"{name}: {wide} > {room}"
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page)
    assert found.violations_count == 0, f"{name}\n{found.generate_report()}"
    assert not unseen(found.response), name
    page.emulate_media(contrast="more", reduced_motion="reduce")  # as it looks in the end, not on the way
    harder = Axe().run(page, options={"runOnly": ["color-contrast"]})
    page.emulate_media(contrast="null", reduced_motion="null")
    assert harder.violations_count == 0, f"{name}, prefers-contrast: more\n{harder.generate_report()}"
    assert not unseen(harder.response), f"{name}, prefers-contrast: more"


def unseen(told: Any) -> list[str]:
    """看不见的字 — the elements whose words have the colour of their ground."""
    nodes = [node for rule in told["incomplete"] if rule["id"] == "color-contrast" for node in rule["nodes"]]
    same = [node for node in nodes if any(_is_equal(check) for check in node["any"])]
    return [str(node["html"]) for node in same]


def _is_equal(check: Any) -> bool:
    return isinstance(check["data"], dict) and check["data"].get("messageKey") == "equalRatio"
