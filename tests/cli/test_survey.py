"""普查的命令 — killed at any moment it goes on with the same bytes; what it says, asks and refuses (条例 第五十条)."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from pathlib import Path
from random import Random

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gongkai.cli import run
from gongkai.report.survey.tables import paths
from tests.cli.command import CLEAN, GONGKAI, gongkai, objects, on_a_terminal, state
from tests.corpus.marking import mark
from tests.report.survey.corpora import quick, written

KILLS = 6


def start(folder: Path, out: Path, *words: str) -> subprocess.Popen[bytes]:
    command = [*GONGKAI, "survey", str(folder), "-o", str(out), *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=CLEAN)


def children(pid: int) -> list[int]:
    """Every process below this one, by what the system says."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            found += [child, *children(child)]
    return found


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("survey") / "out.parquet"
    assert gongkai("survey", quick(160)[0], "-o", out).returncode == 2
    return out


def test_killed_at_any_moment_it_goes_on_to_the_same_bytes(undisturbed: Path, tmp_path: Path) -> None:
    random = Random(4)
    folder, answers = quick(160)
    out = tmp_path / "out.parquet"
    begin = time.monotonic()
    assert gongkai("survey", folder, "-o", tmp_path / "measured.parquet").returncode == 2
    whole = time.monotonic() - begin
    for _ in range(KILLS):
        process = start(folder, out, "--workers", "2")
        time.sleep(random.uniform(0.1, whole))
        below = children(process.pid)
        process.kill()
        process.communicate(timeout=60)
        until = time.monotonic() + 120
        while any(Path(f"/proc/{pid}").exists() and state(pid) != "Z" for pid in below):
            assert time.monotonic() < until, "a worker lived on"
            time.sleep(0.05)
    done = gongkai("survey", folder, "-o", out)
    assert done.returncode == 2
    assert written(out) == written(undisturbed)
    assert list((tmp_path / "out.parts").glob("*.tmp")) == []
    result = mark(out, answers)
    assert (result.silent, result.missed, result.false) == ([], [], [])


def test_ctrl_c_ends_it_kindly(tmp_path: Path) -> None:
    process = start(quick(160)[0], tmp_path / "out.parquet", "--workers", "1")
    until = time.monotonic() + 120
    while not list(tmp_path.glob("out.parts/*.part")):
        assert time.monotonic() < until
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=60)
    assert process.returncode == 130
    assert error.decode().splitlines() == ["读过的留着，再运行一次同一条命令就接着做。", "已中断。"]


def test_two_at_once_do_not_spoil_each_other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import fcntl

    out = tmp_path / "out.parquet"
    (tmp_path / "out.parts").mkdir()
    with (tmp_path / "out.parts" / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        assert run(["survey", str(quick(160)[0]), "-o", str(out)]) == 2
    assert "另一个普查正在写这里" in capsys.readouterr().err
    assert not out.exists()


def test_every_file_that_could_not_be_read_is_told_and_the_sum_of_it(undisturbed: Path) -> None:
    folder, answers = quick(160)
    done = gongkai("survey", folder, "-o", undisturbed, "--json")
    refused = [answer.source for answer in answers if "unreadable" in answer.faults]
    assert [line["source"] for line in objects("\n".join(done.stdout.splitlines()[:-2]))] == sorted(refused)
    assert len(done.stderr.splitlines()) == len(refused)
    assert all(source in done.stderr for source in refused)
    assert f"，这次读了 0 个；{len(answers) - len(refused)} 份年报：" in done.stdout
    assert done.stdout.splitlines()[-1].startswith(f"已写成 {undisturbed}。")


def test_progress_on_a_terminal_and_none_in_a_pipe(tmp_path: Path) -> None:
    folder, _ = quick(160)
    sent = on_a_terminal("survey", folder, "-o", tmp_path / "a.parquet")
    assert "读和核　每秒 " in sent
    assert "还要 0:0" in sent
    assert sent.index("读和核") < sent.index("写成表") < sent.index("已写成")
    assert "\r" not in gongkai("survey", folder, "-o", tmp_path / "b.parquet").stderr


def test_asking_and_its_help(undisturbed: Path) -> None:
    done = gongkai("survey", undisturbed, "--ask", "late", COLUMNS="120")
    assert done.returncode == 0
    assert "年度" in done.stdout
    assert "落款日期" in done.stdout
    count = len(objects(gongkai("survey", undisturbed, "--ask", "late", "--json").stdout))
    assert done.stdout.endswith(f"共 {count} 行。\n")
    (row,) = objects(gongkai("survey", undisturbed, "--ask", "SELECT count(*) AS n FROM reports", "--json").stdout)
    assert row == {"n": len(quick(160)[1])}
    told = gongkai("survey", undisturbed, "--tables", "--lang", "en").stdout
    for word in ("figures", "addresses", "DECIMAL(38,12)", "copies: parts 1 and 5", "place.page"):
        assert word in told
    wrong = gongkai("survey", undisturbed, "--ask", "SELECT nothing FROM reports")
    assert wrong.returncode == 2
    assert wrong.stderr.count("\n") == 1
    assert "--tables" in wrong.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["没有的文件夹", "-o", "a.parquet"], "没有这个文件夹"),
        (["."], "-o OUT.parquet"),
        ([".", "-o", "a.csv"], "写不出这种格式"),
        ([".", "-o", "a.parquet", "--workers", "0"], "1 或更大的数"),
        (["a.parquet", "--ask", "late", "--tables"], "不能同时用"),
    ],
)
def test_a_wrong_line_is_told_in_one_sentence(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["survey", *words]) == 64
    assert said in capsys.readouterr().err


def test_without_the_extra_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("gongkai.cli.survey.find_spec", lambda name: None)
    assert run(["survey", ".", "-o", "a.parquet"]) == 64
    assert "pip install 'gongkai[survey]'" in capsys.readouterr().err


def test_a_clean_corpus_ends_well(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    folder.mkdir()
    answers = [a for a in quick(160)[1] if not a.noises and not a.faults and "/" in a.source and ".zip" not in a.source]
    path = quick(160)[0] / next(a.source for a in answers if a.format == "html")
    os.link(path, folder / path.name)
    done = gongkai("survey", folder, "-o", tmp_path / "out.parquet")
    assert (done.returncode, done.stderr) == (0, "")
    assert all(file.exists() for file in paths(tmp_path / "out.parquet").values())
    assert json.loads(gongkai("survey", tmp_path / "out.parquet", "--ask", "missing", "--json").stdout or "{}") == {}


def test_results_inside_the_folder_are_no_reports(tmp_path: Path) -> None:
    page = quick(160)[0] / next(a.source for a in quick(160)[1] if a.format == "html" and not a.noises and not a.faults)
    folder = tmp_path / "年报"
    (folder / "下").mkdir(parents=True)
    os.link(page, folder / page.name)
    for out in ("一.parquet", "一.parquet", "下/二.parquet", "三.PARQUET.parquet"):
        done = gongkai("survey", folder, "-o", folder / out)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith("共 1 个文件，")
    (folder / "一.parts" / f"{'0' * 40}.part.1.tmp").write_bytes(b"half")
    (folder / "一.parts" / "reports.tmp").write_bytes(b"half")
    assert gongkai("survey", folder, "-o", tmp_path / "四.parquet").stdout.startswith("共 1 个文件，")


def test_what_only_looks_like_a_result_is_told(tmp_path: Path) -> None:
    other = tmp_path / "年报" / "a.parts"
    other.mkdir(parents=True)
    pq.write_table(pa.table({"件数": [1]}), other / "别人的.parquet")
    (other.parent / "一半.parquet").write_bytes(b"PAR1 gongkai.survey")
    (other / "零件.part").write_text("没有表")
    (other.parent / "lock").write_text("没有表")
    done = gongkai("survey", other.parent, "-o", tmp_path / "out.parquet", "--json")
    told = {line["source"] for line in objects("\n".join(done.stdout.splitlines()[:-2]))}
    assert told == {"a.parts/别人的.parquet", "一半.parquet", "a.parts/零件.part", "lock"}
