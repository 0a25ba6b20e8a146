"""样式 — colours only in the tokens and readable, no style or script in a page, errors in plain words (look.md §2)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.web.conftest import Desk

WEB = Path(__file__).resolve().parents[3] / "src" / "gongkai" / "web"
STYLES = sorted(WEB.rglob("*.css"))
TEMPLATES = sorted(WEB.rglob("templates/**/*.html"))
HEX = re.compile(r"#[0-9a-fA-F]{3,8}\b")
TEXT, MARK = 4.5, 3.0
PAIRS = [
    *((ink, ground, TEXT) for ink in ("ink", "ink-2") for ground in ("paper", "paper-2", "blue-0", "red-0", "amber-0")),
    *(("ink-3", ground, TEXT) for ground in ("paper", "paper-2", "blue-0", "red-0")),
    *(("blue-7", ground, TEXT) for ground in ("paper", "paper-2", "blue-0")),
    *(("red-7", ground, TEXT) for ground in ("paper", "red-0")),
    *(("amber-8", ground, TEXT) for ground in ("paper", "amber-0")),
    *(("on-fill", fill, TEXT) for fill in ("blue-7", "red-7", "amber-8")),
    ("on-blue", "blue-9", TEXT),
    *(("line-2", ground, MARK) for ground in ("paper", "paper-2")),
    *(("amber-5", ground, MARK) for ground in ("paper", "amber-0")),
]


def named(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def tokens(selector: str) -> dict[str, str]:
    """The tokens of the page in a mode: those of the mode over the usual ones."""
    text = (WEB / "look" / "static" / "look" / "tokens.css").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for name in (":root", selector):
        block = text.split(f"\n{name} {{", 1)[1].split("\n}", 1)[0]
        found |= dict(re.findall(r"--([\w-]+): (#\w+|var\(--[\w-]+\))", block))
    return {name: found[value[6:-1]] if value.startswith("var") else value for name, value in found.items()}


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("selector", [":root", '[data-mode="elder"]', '[data-contrast="high"]'])
def test_text_and_marks_can_be_read_in_every_mode(selector: str) -> None:
    colours = tokens(selector)
    faint = {
        (one, other): round(contrast(colours[one], colours[other]), 2)
        for one, other, least in PAIRS
        if contrast(colours[one], colours[other]) < least
    }
    assert faint == {}


def test_colours_are_named_in_the_tokens_alone() -> None:
    found = {
        path.name: HEX.findall(path.read_text(encoding="utf-8"))
        for path in (*STYLES, *TEMPLATES)
        if path.name != "tokens.css"
    }
    assert {name: hits for name, hits in found.items() if hits} == {}


def test_more_contrast_is_the_same_whoever_asks_for_it() -> None:
    """The page or the reader's system: it changes tokens, the same ones, and nothing anywhere else."""
    told = {path.name for path in STYLES if "contrast" in path.read_text(encoding="utf-8").replace("high-contrast", "")}
    assert told == {"tokens.css"}
    text = (WEB / "look" / "static" / "look" / "tokens.css").read_text(encoding="utf-8")
    blocks = re.findall(r'\[data-contrast="high"\]\)? \{(.*?)\}', text, re.DOTALL)
    page, system = (re.findall(r"(--[\w-]+): ([^;]+);", block) for block in blocks)
    assert page == system
    assert len(page) > 20


@pytest.mark.parametrize(
    "path", [path for path in TEMPLATES if "<head>" in path.read_text(encoding="utf-8")], ids=named
)
def test_the_styles_of_a_page_are_small(path: Path) -> None:
    loaded = re.findall(r'asset "(look/[\w-]+\.css)"', path.read_text(encoding="utf-8"))
    assert sum((WEB / "look" / "static" / name).stat().st_size for name in loaded) <= 40_000


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_a_template_is_short_and_holds_neither_style_nor_script(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 150
    assert not re.search(r"\sstyle=|<style|\son\w+=|<script(?![^>]*\bsrc=)|https?://(?!www\.w3\.org)", text)


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/没有/", 404, "没有这个网页"),
        ("/check/没有/", 404, "只留一小时"),
        ("/desk/没有/", 404, "请从工作台找"),
        ("/prefer/", 405, ""),
        ("/health/", 200, "ok"),
        ("/", 200, "政府信息公开平台"),
    ],
)
def test_addresses_answer_plainly(desk: Desk, address: str, status: int, said: str) -> None:
    answer = desk.client.get(address)
    assert answer.status_code == status
    assert said in answer.content.decode()
    assert "script-src 'self'" in answer["Content-Security-Policy"]


DESK = ("/desk/", "/account/password/")


def test_a_form_from_elsewhere_is_refused_in_words(platform: Path) -> None:
    del platform
    from django.test import Client

    for address, told in (("/check/", "再选一次文件"), ("/sign-in/", "再填一次")):
        answer = Client(enforce_csrf_checks=True).post(address, {})
        assert answer.status_code == 403
        assert "放得太久" in answer.content.decode()
        assert told in answer.content.decode()


def test_what_goes_wrong_here_has_a_number(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from gongkai.web.annual.views import desk as views

    monkeypatch.setattr(views, "own", lambda *_: 1 / 0)
    desk.client.raise_request_exception = False
    answer = desk.client.get("/check/")
    assert answer.status_code == 500
    assert re.search("编号 [0-9A-F]{4}", answer.content.decode())


@pytest.mark.parametrize("address", ["/", "/desk/", "/account/password/", "/check/"])
@pytest.mark.parametrize("status", [400, 403, 413, 500])
def test_what_goes_wrong_is_told_by_the_room_in_which_it_did(platform: Path, address: str, status: int) -> None:
    del platform
    from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
    from django.test import RequestFactory

    from gongkai.web.look import views
    from gongkai.web.look.preferences import Preferences

    request = RequestFactory().post(address)
    request.preferences = Preferences("zh-hans", "plain", "plain", "m")  # type: ignore[attr-defined]
    answer = {
        400: lambda: views.bad_request(request, SuspiciousOperation()),
        403: lambda: views.forbidden(request, PermissionDenied()),
        413: lambda: views.bad_request(request, RequestDataTooBig()),
        500: lambda: views.server_error(request),
    }[status]()
    shown = re.split("<main|</main>", answer.content.decode())[1]
    assert answer.status_code == status
    assert ("核对台" in shown) == (address == "/check/"), "nobody else knows of it"
    assert ("工作台" in shown) == (address in DESK or (address == "/" and status == 403))


def test_a_page_that_failed_does_not_say_that_something_was_typed(platform: Path) -> None:
    del platform
    from django.test import RequestFactory

    from gongkai.web.look import views

    for address in DESK:
        asked, sent = (views.server_error(make(address)).content.decode() for make in _ways(RequestFactory()))
        assert "复制" not in asked
        assert "再看看这一件存上没有" in sent


def _ways(made: Any) -> tuple[Any, Any]:
    return made.get, made.post


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("mode", "elder", 'data-mode="elder"'),
        ("contrast", "high", 'data-contrast="high"'),
        ("language", "en", 'lang="en"'),
    ],
)
def test_a_plain_form_sets_how_pages_look(desk: Desk, name: str, value: str, shown: str) -> None:
    assert shown not in desk.page("/check/").partition("<head>")[0]
    answer = desk.client.post("/prefer/", {name: value, "back": "/check/rules/"})
    assert answer["Location"] == "/check/rules/"
    assert shown in desk.page("/check/").partition("<head>")[0]
    desk.client.post("/prefer/", {name: "nonsense"})
    assert shown in desk.page("/check/").partition("<head>")[0]


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:1"])
def test_the_way_back_leads_nowhere_else(desk: Desk, back: str) -> None:
    assert desk.client.post("/prefer/", {"mode": "elder", "back": back})["Location"] == "/"


@pytest.mark.parametrize("part", ["bytes=0-0", "bytes=-1", "bytes=5-5", "bytes=0-9", "bytes=999999-"])
def test_a_static_file_is_given_whole_whatever_part_is_asked_for(desk: Desk, part: str) -> None:
    from django.test import Client

    whole = b"".join(Client().get("/static/look/seal.svg").streaming_content)  # type: ignore[attr-defined]
    answer = Client().get("/static/look/seal.svg", headers={"Range": part})
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == whole  # type: ignore[attr-defined]
