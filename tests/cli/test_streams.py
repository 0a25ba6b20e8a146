"""输出 — whatever cannot be written is told, and no words of a file command the terminal (interchange, Commands)."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.cli import run
from gongkai.cli.streams import harmless, harmless_json, on_one_line
from tests.cli.command import CLEAN, GONGKAI, gongkai, saved
from tests.cli.test_read import NEW

OBEYED = "\x1b[2J\x9b2J\u202e\u2067\x00\x7f\x08"
LEDGER = {
    "format": "gongkai.ledger/1",
    "body": f"局{OBEYED}",
    "requests": [
        {
            "id": f"件{OBEYED}\n丁",
            "applicant": "research",
            "acts": [{"act": "register", "on": "2026-03-02", "channel": "mail"}],
        }
    ],
}
WORDS = [
    ["--version"],
    ["--help"],
    ["ledger", "--help"],
    ["fee", "items", "3"],
    ["deadline", "reply", "--received", "2026-03-02"],
    ["deadline", "reply", "--received", "2026-03-02", "--json"],
    ["ledger", "台账.json", "--year", "2026"],
    ["read", "report.json"],
    ["guard", "台账.json"],
]


def in_shell(folder: Path, words: list[str], streams: str) -> subprocess.CompletedProcess[str]:
    """在外壳里 — the command with its streams where the shell sends them."""
    (folder / "台账.json").write_text(json.dumps(LEDGER), encoding="utf-8")
    saved(folder, NEW)
    line = ["sh", "-c", f'"$@" {streams}', "sh", *GONGKAI, *words]
    return subprocess.run(line, cwd=folder, capture_output=True, text=True, env=CLEAN, timeout=240)


@pytest.mark.parametrize("words", WORDS, ids=" ".join)
def test_a_full_disk_is_told_in_one_sentence(tmp_path: Path, words: list[str]) -> None:
    done = in_shell(tmp_path, words, "> /dev/full")
    assert done.returncode == 2
    assert "结果写不到标准输出" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


@pytest.mark.parametrize("words", WORDS, ids=" ".join)
def test_a_closed_output_is_told_in_one_sentence(tmp_path: Path, words: list[str]) -> None:
    done = in_shell(tmp_path, words, ">&-")
    assert done.returncode == 2
    assert "标准输出关着" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("streams", [">&- 2>&-", "> /dev/full 2> /dev/full", "2> /dev/full", "2>&-"])
def test_where_nobody_can_be_told_the_status_tells(tmp_path: Path, streams: str) -> None:
    found = [in_shell(tmp_path, words, streams) for words in (WORDS[3], ["read", "没有.docx"])]
    assert [each.returncode for each in found] == [0 if streams.startswith("2") else 2, 2]


@given(st.text())
def test_only_line_ends_and_tabs_are_left_of_what_a_terminal_obeys(text: str) -> None:
    bare = set(harmless(text)) & set(map(chr, [*range(32), *range(127, 160), 0x202E]))
    assert bare <= set("\n\t")
    assert "\n" not in on_one_line(text)
    assert len(harmless(text)) == len(text)


@given(st.text())
def test_json_means_the_same(text: str) -> None:
    line = harmless_json(json.dumps({"id": text}, ensure_ascii=False))
    assert json.loads(line) == {"id": text}
    assert line == harmless(line)


@pytest.mark.parametrize("more", [[], ["--json"], ["--lang", "en"]])
def test_ids_do_not_command_the_terminal(tmp_path: Path, more: list[str]) -> None:
    path = tmp_path / f"台账{OBEYED.replace(chr(0), '')}\n.json"
    path.write_text(json.dumps(LEDGER), encoding="utf-8")
    (tmp_path / "坏\x1b[31m\n.docx").write_bytes(b"\x01\x02\x03")
    for command in (["ledger", path, path], ["guard", path], ["read", path, tmp_path / "坏\x1b[31m\n.docx"]):
        done = gongkai(*command, *more)
        assert done.stdout == harmless(done.stdout)
        assert done.stderr == harmless(done.stderr)
        assert done.stderr.count("\n") <= 4


def test_an_id_of_a_megabyte_is_cut_on_the_screen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "台账.json"
    (request,) = LEDGER["requests"]
    path.write_text(json.dumps({**LEDGER, "requests": [{**request, "id": "件" * 1_000_000}]}), encoding="utf-8")
    run(["ledger", str(path), "--year", "2026"])
    out, err = capsys.readouterr()
    assert len(out) + len(err) < 20_000
