"""命令行 — exit statuses, kind sentences, languages, streams (interchange, Commands)."""

from __future__ import annotations

import fcntl
import os
import re
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from gongkai import __version__
from gongkai.cli import COMMANDS, run
from gongkai.cli.layout import cells
from gongkai.report.form import form
from tests.cli.command import CLEAN, GONGKAI, gongkai, objects, on_a_terminal, saved, state
from tests.conftest import ROOT
from tests.report.balanced import report_of

HAN = re.compile("[\u4e00-\u9fff]")
BLANK = report_of(form("2021"), {})

WRONG = [
    ([], "gongkai 命令 --help"),
    (["chek", "a.docx"], "是不是想写 check？"),
    (["zzzz"], "全部命令见：gongkai --help"),
    (["read"], "还缺：FILE"),
    (["read", "a.docx", "--jsn"], "是不是想写 --json？"),
    (["check", "a.docx", "--previous"], "--previous 后面要写一个值"),
    (["deadline", "replay", "--received", "2025-09-28"], "是不是想写 reply？"),
    (["deadline", "zzz", "--received", "2025-09-28"], "可以写：reply"),
    (["deadline", "reply"], "还缺：--received"),
    (["deadline", "reply", "--received", "昨天"], "“昨天”不是日期"),
    (
        ["deadline", "reply", "--received", "2025-09-28", "--consulted", "2025-09-29"],
        "后面要写两个或者四个值",
    ),
    (["fee", "items", "三"], "要写数"),
    (["fee", "pages", "3", "--before", "1"], "--before"),
    (["read", "a.docx", "--lang", "fr"], "没有“fr”"),
    (["--lang"], "没有“”"),
]


@pytest.mark.parametrize(("words", "said"), WRONG, ids=[" ".join(words) or "nothing" for words, _ in WRONG])
def test_a_wrong_command_line_is_told_kindly_and_ends_with_64(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(words) == 64
    output, error = capsys.readouterr()
    assert output == ""
    assert said in error
    assert "Traceback" not in error
    assert "usage:" not in error


@pytest.mark.parametrize("words", [words for words, _ in WRONG if "fr" not in words and words != ["--lang"]])
def test_a_wrong_command_line_is_told_in_english_too(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*words, "--lang", "en"]) == 64
    said = capsys.readouterr().err
    for word in words:
        said = said.replace(word, "")
    assert not HAN.search(said)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("columns", ["80", "200"])
def test_every_command_explains_itself_with_examples_within_the_terminal(
    command: str, columns: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert run([command, "--help"]) == 0
    said = capsys.readouterr().out
    assert COMMANDS[command] in said
    assert f"\n  gongkai {command} " in said
    described, _, examples = said.partition("示例")
    assert all(cells(line) <= int(columns) for line in described.splitlines())
    assert examples
    assert run(["help", command]) == 0
    assert capsys.readouterr().out == said


def test_the_help_lists_every_command_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    chinese = capsys.readouterr().out
    assert run(["--help", "--lang=en"]) == 0
    english = capsys.readouterr().out
    assert all(f"\n  {command} " in chinese and f"\n  {command} " in english for command in COMMANDS)
    assert HAN.search(chinese)
    assert not HAN.search(english)


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_every_command_is_translated(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([command, "--help", "--lang", "en"]) == 0
    assert not HAN.search(capsys.readouterr().out)


@pytest.mark.parametrize("words", [["--lang", "en", "fee", "items", "3"], ["fee", "items", "3", "--lang=en"]])
def test_the_language_may_be_chosen_before_or_after_the_command(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(words) == 0
    assert "yuan" in capsys.readouterr().out


def test_the_environment_may_choose_the_language_and_the_command_line_wins() -> None:
    assert "yuan" in gongkai("fee", "items", 3, GONGKAI_LANG="en").stdout
    assert "元" in gongkai("fee", "items", 3, "--lang", "zh", GONGKAI_LANG="en").stdout


@pytest.mark.parametrize("words", [["--version"], ["--lang", "en", "--version"], ["read", "--version"]])
def test_the_version_is_told_whatever_else_is_written(words: list[str]) -> None:
    assert gongkai(*words).stdout == f"gongkai {__version__}\n"


def test_after_two_dashes_every_word_is_a_file() -> None:
    done = gongkai("read", "--", "--version")
    assert done.returncode == 2
    assert "--version" in done.stderr


def test_the_version_loads_nothing_but_itself() -> None:
    done = subprocess.run([*GONGKAI[:1], "-X", "importtime", *GONGKAI[1:], "--version"], capture_output=True, env=CLEAN)
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.decode().splitlines()}
    assert {name for name in loaded if name.startswith("gongkai")} == {"gongkai"}
    assert not loaded & {"argparse", "json", "re", "pathlib", "importlib.metadata"} - _loaded_by_python()


def _loaded_by_python() -> set[str]:
    bare = subprocess.run([sys.executable, "-X", "importtime", "-m", "this"], capture_output=True, env=CLEAN)
    return {line.rpartition("|")[2].strip() for line in bare.stderr.decode().splitlines()}


def test_a_command_without_tables_loads_no_table_drawing_of_documents() -> None:
    script = "import sys; from gongkai.cli import run; run(['fee', 'items', '3', '--json']); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, env=CLEAN).stdout.decode().split()
    assert not {"rich", "lxml", "pypdfium2", "gongkai.report.reading"} & set(loaded)


@pytest.mark.parametrize(
    "environ",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "cp1252"},
        {"PYTHONIOENCODING": "cp437"},
        {"PYTHONIOENCODING": "ascii"},
    ],
)
def test_chinese_comes_out_whole_in_any_locale(environ: dict[str, str]) -> None:
    done = gongkai("fee", "items", 12, **environ)
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "信息处理费：200 元（按件）")


def test_a_file_name_that_is_no_unicode_does_not_stop_a_batch(tmp_path: Path) -> None:
    good, bad = saved(tmp_path, BLANK), os.fsencode(tmp_path) + b"/\xff\xfe.json"
    Path(os.fsdecode(bad)).write_text("{}", encoding="utf-8")
    done = gongkai("read", "--json", os.fsdecode(bad), good)
    assert done.returncode == 2
    assert ["error" in line for line in objects(done.stdout)] == [True, False]


@pytest.mark.parametrize("command", ["read", "check"])  # lines longer and shorter than the buffer
def test_a_reader_that_goes_away_is_no_error_of_ours(command: str, tmp_path: Path) -> None:
    path = str(saved(tmp_path, BLANK))
    with subprocess.Popen(
        [*GONGKAI, command, "--json", *[path] * 500], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=CLEAN
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 141


def test_these_tests_can_be_interrupted_where_whoever_starts_them_ignores_it() -> None:
    asked = "import signal, tests.conftest; print(signal.getsignal(signal.SIGINT).__name__)"
    command = ["sh", "-c", 'trap "" INT; exec "$0" -c "$1"', sys.executable, asked]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT, timeout=60)
    assert done.stdout == "default_int_handler\n"


def is_taken(pipe: int) -> bool:
    """Whether all that was written there has been read."""
    return not int.from_bytes(fcntl.ioctl(pipe, termios.FIONREAD, bytes(4)), sys.byteorder)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="看进程要有 /proc")
def test_an_interrupt_ends_with_one_word() -> None:
    with subprocess.Popen(
        [*GONGKAI, "read", "-"], stdin=subprocess.PIPE, stderr=subprocess.PIPE, env=CLEAN, start_new_session=True
    ) as process:
        assert process.stdin
        assert process.stderr
        process.stdin.write(b"0")
        process.stdin.flush()
        while not is_taken(process.stdin.fileno()) or state(process.pid) != "S":
            time.sleep(0.05)  # until everything is loaded, and more of standard input is waited for
        process.send_signal(signal.SIGINT)
        assert process.stderr.read().decode() == "已中断。\n"
        assert process.wait(timeout=60) == 130


def test_a_terminal_is_coloured_and_shows_how_far_it_is(tmp_path: Path) -> None:
    files = [saved(tmp_path, BLANK, f"{number}.json") for number in range(3)]
    sent = on_a_terminal("check", *files)
    assert "\x1b[1;32m✓" in sent
    assert "1/3" in sent
    assert sent.rindex("\r\x1b[2K") > sent.rindex("2/3")


def test_a_pipe_gets_neither_colour_nor_progress_nor_trailing_blanks(tmp_path: Path) -> None:
    files = [saved(tmp_path, BLANK, f"{number}.json") for number in range(3)]
    done = gongkai("check", *files)
    assert "\x1b" not in done.stdout
    assert done.stderr == ""
    assert not re.search(r" $", done.stdout, re.MULTILINE)


def test_colour_is_left_out_where_it_is_not_wanted(tmp_path: Path) -> None:
    path = saved(tmp_path, BLANK)
    assert not re.search(r"\x1b\[[\d;]*3\dm", on_a_terminal("check", path, NO_COLOR="1"))
    assert "\x1b[" not in on_a_terminal("check", path, TERM="dumb")
