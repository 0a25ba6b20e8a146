"""开门 — one command starts the platform, Ctrl-C ends the whole of it, a kill leaves only the hour's files."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import HTTPCookieProcessor, Request, build_opener, urlopen

import pytest

from tests.cli.command import gongkai
from tests.web import reports
from tests.web.postgresql import postgresql
from tests.web.serving import alive, answers, apart, free_port, ready, serving, start, stop

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="数进程要有 /proc")


def gone(session: int) -> bool:
    until = time.monotonic() + 120
    while alive(session) and time.monotonic() < until:
        time.sleep(0.1)
    return not alive(session)


def waiting_batch(folder: Path) -> Path:
    """A batch as it lies when the platform was killed before it was read."""
    from gongkai.web.annual.keeping import Upload, keep

    folder.mkdir(exist_ok=True)
    name, data = reports.RIGHT
    upload = folder / "upload"
    upload.write_bytes(data)
    return keep(folder / "desk", "nobody", [(Upload(1, name, len(data)), str(upload))], time.time()).folder


def test_ctrl_c_ends_the_whole_tree(tmp_path: Path) -> None:
    batch = waiting_batch(tmp_path)
    port = free_port()
    process = start(tmp_path, port)
    until = time.monotonic() + 120
    while not (batch / "done" / "1").exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert (batch / "done" / "1").exists(), "what an earlier process left is read by the next"
    assert len(alive(process.pid)) > 1
    stop(process)
    assert process.returncode == 0
    assert gone(process.pid)
    assert not answers(port)


def test_that_it_is_open_is_said_once_its_port_answers(tmp_path: Path) -> None:
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "gongkai", "serve", "--port", str(port)],
        env=apart(ready(tmp_path), PYTHONUNBUFFERED="1"),
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    try:
        assert "平台已打开" in process.stdout.readline()
        with urlopen(f"http://127.0.0.1:{port}/health/", timeout=60) as answer:  # at the first try
            assert answer.status == 200
        assert "set-up" in process.stdout.readline()
    finally:
        stop(process)
        process.stdout.close()


def test_a_killed_platform_leaves_no_process_and_only_the_hours_files(tmp_path: Path) -> None:
    process = start(tmp_path, free_port())
    process.send_signal(signal.SIGKILL)
    process.wait(120)
    assert gone(process.pid)
    kept = {path.name for path in tmp_path.iterdir()} - {"serve.log"}
    database = {f"gongkai.sqlite3{end}" for end in ("", "-wal", "-shm", ".turn")}
    assert kept <= database | {"secret", "serving.lock", "database", "desk", "arriving"}
    assert list((tmp_path / "arriving").iterdir()) == []
    again = start(tmp_path, free_port())
    stop(again)
    assert again.returncode == 0


def test_a_port_that_is_taken_is_said_in_a_sentence(tmp_path: Path) -> None:
    port = free_port()
    process = start(ready(tmp_path), port)
    try:
        done = gongkai("serve", "--port", port, GONGKAI_DATA=str(tmp_path / "other"))
    finally:
        stop(process)
    assert done.returncode == 64
    assert f"{port}" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_second_platform_in_one_data_folder_says_which_is_there_and_ends(tmp_path: Path) -> None:
    port = free_port()
    process = start(ready(tmp_path), port)
    try:
        for other in (free_port(), port):
            done = gongkai("serve", "--port", other, GONGKAI_DATA=str(tmp_path))
            assert done.returncode == 64
            for told in (str(tmp_path), f"进程 {process.pid}，", socket.gethostname(), f"127.0.0.1:{port}/"):
                assert told in done.stderr, done.stderr
            assert re.search(r"\d{4}-\d\d-\d\d \d\d:\d\d 打开", done.stderr)
            assert "Traceback" not in done.stderr
        assert answers(port)
        beside = gongkai("journal", "verify", "--data", str(tmp_path))
        assert (beside.returncode, "完好" in beside.stdout) == (0, True), beside
        exported = gongkai("journal", "export", str(tmp_path / "out.jsonl"), "--data", str(tmp_path))
        assert exported.returncode == 0, exported
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait(120)
    again = start(tmp_path, free_port())  # at once: what the killed one left is in nobody's way
    stop(again)
    assert again.returncode == 0


def test_the_folder_is_held_on_postgresql_too(tmp_path: Path) -> None:
    with postgresql() as url:
        process = start(tmp_path, free_port(), GONGKAI_DATABASE_URL=url)
        try:
            done = gongkai("serve", "--port", free_port(), GONGKAI_DATA=str(tmp_path), GONGKAI_DATABASE_URL=url)
        finally:
            stop(process)
    assert (done.returncode, f"进程 {process.pid}，" in done.stderr) == (64, True), done.stderr


def test_what_the_lock_file_says_is_not_trusted(tmp_path: Path) -> None:
    from gongkai.web.serving.holding import held

    told = ("", "{", "[]", '{"pid": 1}', "\x00" * 9000)
    for said in told:
        (tmp_path / "serving.lock").write_text(said)
        with held(tmp_path, "http://127.0.0.1/"):  # nobody has locked it
            assert str(os.getpid()) in (tmp_path / "serving.lock").read_text()
    (tmp_path / "serving.lock").write_text(told[-1])
    process = start(ready(tmp_path), free_port())
    try:
        for said in told:
            (tmp_path / "serving.lock").write_text(said)
            done = gongkai("serve", "--port", free_port(), GONGKAI_DATA=str(tmp_path))
            assert (done.returncode, "已经有一个平台在用" in done.stderr) == (64, True), done.stderr
    finally:
        stop(process)


def test_a_data_folder_that_cannot_be_used_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "gongkai.sqlite3").write_bytes(b"\x01" * 8192)
    (tmp_path / "folder" / "gongkai.sqlite3").mkdir(parents=True)
    for folder, told in (("file/data", "写不进去"), ("data", "坏了，或者不是数据库"), ("folder", "数据库打不开")):
        done = gongkai("serve", "--port", free_port(), GONGKAI_DATA=str(tmp_path / folder))
        assert done.returncode == 64, done.stderr
        assert told in done.stderr
        assert "Traceback" not in done.stderr


def test_the_secret_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    from gongkai.web.settings.data_folder import kept_secret

    first = kept_secret(tmp_path / "data")
    assert len(first) > 50
    assert kept_secret(tmp_path / "data") == first
    assert kept_secret(tmp_path / "another") != first
    assert (tmp_path / "data" / "secret").stat().st_mode & 0o077 == 0
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["secret"]


def test_the_platform_runs_on_postgresql_too(tmp_path: Path) -> None:
    with postgresql() as url:
        (tmp_path / "data").mkdir()
        with serving(tmp_path / "data", GONGKAI_DATABASE_URL=url) as address:
            first = urlopen(f"{address}/check/", timeout=120).read().decode()
            jar = build_opener(HTTPCookieProcessor())
            token = re.search(
                r'name="csrfmiddlewaretoken" value="(\w+)"', jar.open(f"{address}/check/").read().decode()
            )
            assert token
            name, content = reports.RIGHT
            body = multipart({"csrfmiddlewaretoken": token[1]}, name, content)
            page = jar.open(Request(f"{address}/check/", body, {"Content-Type": "multipart/form-data; boundary=x"}))
            assert "云岫县石桥镇人民政府" in page.read().decode()
        assert "开始核对" in first
        assert not (tmp_path / "data" / "gongkai.sqlite3").exists()


def multipart(fields: dict[str, str], name: str, content: bytes) -> bytes:
    parts = [f'--x\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n'.encode() for n, v in fields.items()]
    head = f'--x\r\nContent-Disposition: form-data; name="current"; filename="{name}"\r\n\r\n'.encode()
    return b"".join([*parts, head, content, b"\r\n--x--\r\n"])
