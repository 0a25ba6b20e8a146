"""三员的动态口令 — put off once, set up at the second visit, asked at the third; a lost telephone is replaced when a
second administrator agrees. Without script, on a wide screen and on a telephone's (GB/T 22239-2019 双因素)."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.stories.conftest import PATIENCE, PICTURES, seen
from tests.web.cast import PASSWORD
from tests.web.serving import apart, serving

ROOT = Path(__file__).resolve().parents[2]
SECURITY, AUDIT = "security-admin-shifan", "audit-admin-shifan"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """平台 — with its people, where administrators need a code."""
    folder = tmp_path_factory.mktemp("codes") / "data"
    (folder / "desk" / "arriving").mkdir(parents=True)
    environ = {"GONGKAI_SECOND_FACTOR": "administrators"}
    subprocess.run([sys.executable, "-m", "tests.stories.staging"], env=apart(folder, **environ), cwd=ROOT, check=True)
    with serving(folder, **environ) as running:
        yield running


class Person:
    """一个管理员 — who signs in by a browser of their own, and the telephone that goes with it."""

    def __init__(self, chromium: Any, address: str, username: str) -> None:
        self.chromium, self.address, self.username, self.secret, self.used = chromium, address, username, "", 0

    def comes(self, width: int) -> Any:
        """来了 — a new browser, signed in with the password."""
        context = self.chromium.new_context(viewport={"width": width, "height": 900}, java_script_enabled=False)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(f"{self.address}/sign-in/")
        page.fill("#name", self.username)
        page.fill("#password", PASSWORD)
        page.click("main button.primary")
        return page

    def takes_secret(self, page: Any) -> None:
        """抄下密钥 — as it stands beside the picture."""
        self.secret = page.inner_text("ol.steps code").replace(" ", "")

    def code(self) -> str:
        """六位数 — that was not used: of now, or of the period that begins next."""
        from gongkai.web.bodies import one_time_codes

        while (counter := max(int(time.time()) // 30, self.used + 1)) > int(time.time()) // 30 + 1:
            time.sleep(1)
        self.used = counter
        return one_time_codes.code(self.secret, counter)

    def enrols(self, page: Any) -> None:
        """开启 — with a first code; the recovery codes are put away."""
        self.takes_secret(page)
        page.fill("#code", self.code())
        page.click("main button.primary")
        assert page.locator(".codes li").count() == 10


@pytest.mark.parametrize("width", [1280, 360])
def test_a_code_from_the_second_visit_on_and_another_when_it_is_lost(
    chromium: Any, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest, width: int
) -> None:
    office = request.getfixturevalue("office")
    names = (SECURITY, AUDIT) if width == 1280 else (AUDIT.replace("audit", "system"), AUDIT)
    lost, other = Person(chromium, office, names[0]), Person(chromium, office, names[1])

    first = lost.comes(width)
    assert first.url.endswith("/account/second-factor/")
    first.click("summary")
    seen_here(first, f"second-factor-first-{width}")
    first.click("button[value=later]")
    assert "推迟到下一次登录" in first.inner_text("main")
    first.goto(f"{office}/account/")
    assert first.url.endswith("/account/")

    second = lost.comes(width)
    second.goto(f"{office}/desk/bodies/")
    assert second.url.endswith("/account/second-factor/")
    assert second.locator("button[value=later]").count() == 0
    seen_here(second, f"second-factor-second-{width}")
    lost.enrols(second)
    seen_here(second, f"second-factor-recovery-{width}")
    second.click("main a.primary")
    assert second.url.endswith("/desk/bodies/")

    third = lost.comes(width)
    assert "/sign-in/code/" in third.url
    seen_here(third, f"second-factor-code-{width}")
    third.fill("#code", lost.code())
    third.click("main button.primary")
    assert third.url.endswith("/desk/bodies/")

    without = lost.comes(width)
    without.click("text=手机丢了，备用码也没有")
    seen_here(without, f"second-factor-lost-{width}")
    without.click("main button.primary")
    assert "还没有人回答" in without.inner_text("main")
    seen_here(without, f"second-factor-asked-{width}")

    answering = other.comes(width)
    if answering.locator("button[value=later]").count():
        answering.click("button[value=later]")
    else:  # put off on the other screen
        other.enrols(answering)
    answering.goto(f"{office}/desk/consents/")
    assert "手机丢了，撤销动态口令" in answering.inner_text("main")
    seen_here(answering, f"second-factor-consent-{width}")
    answering.click("button[value=agree]")

    again = lost.comes(width)
    again.click("text=手机丢了，备用码也没有")
    seen_here(again, f"second-factor-agreed-{width}")
    again.click("main button.primary")
    assert again.url.endswith("/account/second-factor/")
    old = lost.secret
    lost.enrols(again)
    assert lost.secret != old


def seen_here(page: Any, name: str) -> None:
    """看过 — on the same page with script, for axe needs it; nothing is sent there."""
    kept = page.context
    script = page.context.browser.new_context(viewport=page.viewport_size, storage_state=kept.storage_state())
    looking = script.new_page()
    looking.set_default_timeout(PATIENCE)
    if page.locator(".codes").count():
        looking.set_content(page.content())
    else:
        looking.goto(page.url)
        if looking.locator("summary").count():
            looking.click("summary")
        seen(looking, name)
    wide, room = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide <= room, name
    page.screenshot(path=PICTURES / f"{name}-plain.png", full_page=True)
    script.close()
