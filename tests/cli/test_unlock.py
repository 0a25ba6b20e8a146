"""解除登录等候 — `gongkai unlock` on the data of a platform of its own, as its operator runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import gongkai
from tests.web.serving import apart, ready

FAIL = """
import django, json, sys
django.setup()
from django.core.management import call_command
from django.utils import timezone
call_command("migrate", verbosity=0, interactive=False)
from gongkai.web.bodies.actions import signing_in, trying
from gongkai.web.bodies.models import Body, Level, Staff
body = Body.objects.create(slug="jia", name="甲县", short_name="甲县", level=Level.COUNTY)
Staff.objects.create(username="wangli", name="王丽", body=body, joined_at=timezone.now(), password="!")
for name in ["wangli"] * 5 + ["nobody"]:
    trying.count(trying.gates(name, trying.Visitor("203.0.113.7")), timezone.now())
"""
LOOK = """
import django, json
django.setup()
from gongkai.web.bodies.models import Tries
from gongkai.web.journal.models import Entry
print(json.dumps([Tries.objects.count(), [(e.chain.code, e.act, e.actor) for e in Entry.objects.order_by("id")]]))
"""
WIDE = "".join(chr(ord(letter) + 0xFEE0) for letter in "WANGLI")


def inside(folder: Path, script: str) -> str:
    done = subprocess.run([sys.executable, "-c", script], env=apart(folder), capture_output=True, check=True, text=True)
    return done.stdout


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """平台 — in which one name has failed five times, and another once, from one address."""
    (tmp_path / "desk" / "arriving").mkdir(parents=True)
    inside(ready(tmp_path), FAIL)
    return tmp_path


@pytest.mark.parametrize(("words", "left", "chain"), [
    ([WIDE], 3, "jia"), (["--address", "203.0.113.7"], 2, "platform"), (["--all"], 0, "platform")])  # fmt: skip
def test_what_waits_waits_no_more_and_the_journal_has_it_once(
    folder: Path, words: list[str], left: int, chain: str
) -> None:
    done = gongkai("unlock", *words, "--data", folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert "已解除" in done.stdout
    again = gongkai("unlock", *words, "--data", folder, "--lang", "en")
    assert (again.returncode, "Nothing" in again.stdout) == (0, True)
    assert json.loads(inside(folder, LOOK)) == [left, [[chain, "unlock", "console"]]]


@pytest.mark.parametrize(("words", "status", "said"), [
    (["wang"], 2, "没有“wang”这个登录名"), (["--address", "wangli"], 2, "不是 IP 地址"), ([], 64, "请写一个登录名"),
    (["wangli", "--all"], 64, "请写一个登录名"), ([" "], 64, "请写一个登录名")])  # fmt: skip
def test_what_cannot_be_done_is_said(folder: Path, words: list[str], status: int, said: str) -> None:
    done = gongkai("unlock", *words, "--data", folder)
    assert done.returncode == status
    assert said in done.stderr


def test_no_database_is_made_by_looking(tmp_path: Path) -> None:
    done = gongkai("unlock", "--all", "--data", tmp_path)
    assert done.returncode == 2
    assert "没有数据库" in done.stderr
    assert not (tmp_path / "gongkai.sqlite3").exists()
