"""导出 — the file for the auditor is checked without a database, and any change in it is said (条例 第四十五条)."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.web.journal.chaining import Day, Link, digest
from gongkai.web.journal.exported import ExportError, verify, written
from tests.cli.command import gongkai, objects
from tests.web.cast import NOW
from tests.web.serving import apart


def example() -> list[bytes]:
    """Two chains, one of three entries, one of two, anchored after the second of the first."""
    chains = []
    for code, count in (("county", 3), ("township", 2)):
        links: list[Link] = []
        for number in range(1, count + 1):
            at = datetime(2026, 11, 20, tzinfo=UTC) + timedelta(seconds=number)
            previous = links[-1].digest if links else ""
            link = Link(code, number, at, "edit", "staff:1", "x:1", {"to": "草稿"}, "sm3", previous)
            links.append(Link(*(getattr(link, name) for name in Link.__slots__[:-1]), link.seal()))
        chains.append((code, count, links[-1].digest, links))
    heads = {"county": [2, chains[0][3][1].digest]}
    day = Day("2026-11-20", heads, "sm3", "")
    days = [Day(day.day, heads, "sm3", "", day.seal())]
    return list(written(days, chains, "sm3", NOW))


LINES = example()


def resealed(rows: list[dict[str, object]]) -> list[bytes]:
    """Whoever changes the file can seal its end anew."""
    body = [json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows[:-1]]
    return [*body, json.dumps({"kind": "end", "digest": digest("sm3", b"".join(body))}).encode() + b"\n"]


def test_what_was_written_holds() -> None:
    verdict = verify(LINES)
    assert (verdict.chains, verdict.entries, verdict.last_day, verdict.breaks) == (2, 5, "2026-11-20", ())


CHANGES: dict[str, tuple[Callable[[list[dict[str, object]]], object], str]] = {
    "an entry edited": (lambda rows: rows[3].update(act="withdraw"), "county第 1 条被改过"),
    "an entry removed": (lambda rows: rows.pop(4), "county缺第 2 条"),
    "an entry doubled": (lambda rows: rows.insert(4, rows[3]), "county缺第 2 条"),
    "two swapped": (lambda rows: rows.insert(3, rows.pop(4)), "county缺第 1 条"),
    "the end cut off": (lambda rows: rows.pop(5), "county缺第 3 条"),
    "a head edited": (lambda rows: rows[2].update(head="0" * 64), "county的链尾被改过"),
    "a length edited": (lambda rows: rows[6].update(length=1), "township多出第 2 条"),
    "an anchor edited": (lambda rows: rows[1].update(day="2026-11-21"), "2026-11-21 的日锚被改过"),
    "a chain removed": (lambda rows: rows.__delitem__(slice(2, 6)), "county整条不见了"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_whoever_changes_the_file_and_seals_it_anew_is_found(what: str) -> None:
    change, said = CHANGES[what]
    rows = [json.loads(line) for line in LINES]
    change(rows)
    breaks = verify(resealed(rows)).breaks
    assert [str(each) for each in breaks][:1] == [str(breaks[0])]
    assert said in str(breaks[0])


@given(st.integers(0, len(LINES) - 1), st.randoms(use_true_random=False))
def test_any_changed_byte_is_noticed(number: int, dice: random.Random) -> None:
    line = bytearray(LINES[number])
    at = dice.randrange(len(line) - 1)
    line[at] = dice.choice([byte for byte in range(32, 127) if byte != line[at]])
    try:
        verdict = verify([*LINES[:number], bytes(line), *LINES[number + 1 :]])
    except ExportError:
        return
    assert verdict.breaks


@given(st.lists(st.binary(max_size=20) | st.sampled_from(LINES), max_size=8))
def test_whatever_is_given_is_answered_in_words(lines: list[bytes]) -> None:
    with suppress(ExportError):
        verify(lines)


@pytest.mark.parametrize("cut", range(len(LINES)))
def test_a_file_that_was_not_finished_says_so(cut: int) -> None:
    with pytest.raises(ExportError, match=r"没有写完|不是办理记录"):
        verify(LINES[:cut])


def test_something_after_the_end_is_noticed() -> None:
    assert verify([*LINES, LINES[3]]).breaks


def test_a_file_is_verified_where_there_is_no_django(tmp_path: Path) -> None:
    path = tmp_path / "记录.jsonl"
    path.write_bytes(b"".join(LINES))
    script = (
        "import sys; sys.modules['django'] = None\n"
        "from gongkai.cli import run\n"
        f"sys.exit(run(['journal', 'verify', {str(path)!r}]))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert "办理记录完好：2 条链，5 条记录。" in done.stdout


def test_the_command_verifies_a_database_exports_it_and_finds_an_edit(tmp_path: Path) -> None:
    """From the outside, on a database of its own: intact 0, broken 1, unreadable 2."""
    home, out = tmp_path / "data", tmp_path / "out.jsonl"
    assert gongkai("journal", "verify", "--data", home).returncode == 64
    home.mkdir()
    assert gongkai("journal", "verify", "--data", home).returncode == 2
    program = "import sys; from tests.web.journal.test_exported import fill; fill()"
    root = Path(__file__).parents[3]
    made = subprocess.run([sys.executable, "-c", program], cwd=root, env=apart(home), timeout=120)
    assert made.returncode == 0
    fine = gongkai("journal", "verify", "--data", home)
    assert fine.returncode == 0, fine.stderr
    assert "1 条链，3 条记录" in fine.stdout
    assert gongkai("journal", "export", out, "--data", home).returncode == 0
    assert gongkai("journal", "verify", out).returncode == 0
    assert gongkai("journal", "export", "--data", home).returncode == 64
    import sqlite3

    with sqlite3.connect(home / "gongkai.sqlite3") as database:
        database.execute("DROP TRIGGER journal_entry_no_update")
        database.execute("UPDATE journal_entry SET actor = 'staff:2' WHERE number = 2")
    broken = gongkai("journal", "verify", "--data", home, "--json")
    assert broken.returncode == 1
    (told,) = objects(broken.stdout)
    assert [(each["chain"], each["number"]) for each in told["breaks"]] == [("county", 2)]
    out.write_bytes(out.read_bytes().replace(b"staff:1", b"staff:3", 1))
    assert gongkai("journal", "verify", out).returncode == 1
    out.write_bytes(b"x")
    assert gongkai("journal", "verify", out).returncode == 2
    assert gongkai("journal", "verify", tmp_path / "nowhere").returncode == 2


def fill() -> None:
    """A small journal in the database of GONGKAI_DATA, as `gongkai serve` would leave it."""
    import django
    from django.conf import settings

    (settings.DATA / "desk" / "arriving").mkdir(parents=True)
    django.setup()
    from django.core.management import call_command
    from django.db import transaction

    from gongkai.web.journal.actions import anchor, record

    call_command("migrate", verbosity=0, interactive=False)
    with transaction.atomic():
        for _ in range(3):
            record(chain="county", act="edit", subject="x:1", actor="staff:1", now=NOW)
    anchor(day=date(2026, 11, 20))


def test_a_file_is_compared_with_an_earlier_one_at_the_command_line(tmp_path: Path) -> None:
    earlier, later, shorter = (tmp_path / name for name in ("旧.jsonl", "新.jsonl", "短.jsonl"))
    earlier.write_bytes(b"".join(LINES))
    later.write_bytes(b"".join(LINES))
    rows = [json.loads(line) for line in LINES]
    chain = next(row for row in rows if row["kind"] == "chain" and row["code"] == "township")
    last = rows.pop(-2)
    chain.update(length=1, head=last["previous"])
    shorter.write_bytes(b"".join(resealed(rows)))
    assert gongkai("journal", "verify", later, "--against", earlier).returncode == 0
    cut = gongkai("journal", "verify", shorter, "--against", earlier)
    assert cut.returncode == 1
    assert "township只到第 1 条，2026-11-20 09:30 导出的有 2 条" in cut.stdout
    assert gongkai("journal", "verify", shorter).returncode == 0  # alone it looks whole
    earlier.write_bytes(b"".join(LINES).replace(b"staff:1", b"staff:2"))
    refused = gongkai("journal", "verify", later, "--against", earlier)
    assert refused.returncode == 2
    assert "旧.jsonl：导出文件被改过，不能拿来比对" in refused.stderr
    assert gongkai("journal", "export", later, "--against", earlier).returncode == 64
