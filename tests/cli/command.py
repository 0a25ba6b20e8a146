"""命令 — run `gongkai` as people do: a process of its own, with its streams, its terminal and its exit status."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gongkai.report.figures import AnnualReport
from gongkai.report.interchange import to_json

GONGKAI = (sys.executable, "-m", "gongkai")
CLEAN = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "NO_COLOR", "GONGKAI_LANG")}


def gongkai(*words: object, stdin: bytes = b"", **environ: str) -> subprocess.CompletedProcess[str]:
    """一次运行 — the command with these words; its output as text."""
    return gongkai_in(240, *words, stdin=stdin, **environ)


def gongkai_in(seconds: float, *words: object, stdin: bytes = b"", **environ: str) -> subprocess.CompletedProcess[str]:
    """一次长的运行 — the same, for no longer than these seconds."""
    done = subprocess.run(
        [*GONGKAI, *map(str, words)], input=stdin, capture_output=True, env={**CLEAN, **environ}, timeout=seconds
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def on_a_terminal(*words: object, **environ: str) -> str:
    """在终端上 — what a terminal would be sent, by both streams."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*GONGKAI, *map(str, words)],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**CLEAN, "TERM": "xterm", "COLUMNS": "80", **environ},
    )
    os.close(theirs)
    sent = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # Linux says so when the other end is closed
            break
        if not piece:
            break
        sent += piece
    os.close(ours)
    process.wait(timeout=60)
    return sent.decode()


def state(pid: int) -> str:
    """进程的状态 — one letter, as the system has it; of one that is gone that of a dead one."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return "Z"


def objects(output: str) -> list[dict[str, Any]]:
    """每行一个对象 — the JSON objects of an output, one a line."""
    return [json.loads(line) for line in output.splitlines()]


def saved(folder: Path, report: AnnualReport, name: str = "report.json", **changes: object) -> Path:
    """存成文件 — the report as a file of `gongkai.report/1`."""
    path = folder / name
    data: Mapping[str, object] = {**to_json(report, places=True), **changes}
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path
