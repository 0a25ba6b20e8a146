"""开发命令 — what the Makefile calls: set-up, the main job, tests, checks, docs, locks. Standard library only."""

import sys

# Read by whatever python3 there is: this file keeps to the syntax of Python 3.6 so that it can say so kindly.
if sys.version_info < (3, 11):  # noqa: UP036
    version = ".".join(map(str, sys.version_info[:2]))
    said = (
        f"gongkai 需要 Python 3.11 或更新的版本，这里的 python3 是 {version}。装好之后请运行：make PYTHON=python3.11\n"
    )
    getattr(sys.stderr, "buffer", sys.stderr).write(said.encode("utf-8"))
    sys.exit(1)

import argparse
import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, MutableMapping, Sequence

import bootstrap
from bootstrap import ROOT, VENV, Level, SetupError

SAMPLES = tuple(
    f"samples/{name}" for name in ("yunxiu-county-2021.html", "shiqiao-town-2023.md", "forestry-bureau-2022.txt")
)
FUZZ_SECONDS = "300"
SWEPT = ("build", "dist", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis", ".import_linter_cache")


def help_() -> int:
    """列出目标 — every target of the Makefile with its line of explanation."""
    print("gongkai（公开）：读年报、核勾稽、算期限\n\n用法：make 目标\n")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for name, line in re.findall(r"^([\w-]+):.*?## (.+)$", makefile, re.MULTILINE):
        print(f"  {name:<10}{line}")
    return 0


def setup() -> int:
    """准备环境 — leaves `.venv/bin/gongkai`, with the tools for tests and checks."""
    _prepare(Level.DEV)
    print("环境已就绪：.venv/bin/gongkai --help")
    return 0


def run(*arguments: str) -> int:
    """开平台 — the platform with an invented county, until Ctrl-C; further arguments go to `gongkai serve`."""
    _prepare(Level.WEB)
    # The county has a folder of its own: the passwords there are known to everybody.
    os.environ.setdefault("GONGKAI_DATA", str(ROOT / "build" / "sample"))
    return _call([VENV / "bin" / "gongkai", "serve", "--sample", *arguments])


def demo() -> int:
    """演示 — reads and checks the sample reports; fine when the three are read and the wrong one is caught."""
    _prepare(Level.BASE)
    jobs: tuple[tuple[str, list[str], int], ...] = (
        ("一、读表：三份样例年报的数据", ["read", *SAMPLES], 0),
        ("二、核验：其中一份有三处对不上", ["check", *SAMPLES], 1),
    )
    for title, command, expected in jobs:
        print(f"\n━━ {title}\n   $ gongkai {' '.join(command)}\n", flush=True)
        if _call([VENV / "bin" / "gongkai", *command]) != expected:
            raise SetupError("样例的结果和预期不同，请运行 make test 看是哪一处变了。")
    print("\n━━ 三、接下来可以试试\n")
    for example, purpose in (
        ("gongkai check 年报.docx", "核验自己的年报（html、docx、pdf、xlsx、txt、md、csv、zip 都可以）"),
        ("gongkai read --json *.html", "一份年报一行 JSON，交给别的程序"),
        ("gongkai deadline reply --received 2026-01-05", "一件申请应当何时答复，逐条写明怎样算出"),
        ("gongkai fee items 35", "信息处理费怎样计算"),
    ):
        print(f"   .venv/bin/{example}\n      {purpose}")
    return 0


def test(*arguments: str) -> int:
    """测试 — every test, on all cores; further arguments go to pytest. As root on Debian it installs programs too."""
    _prepare(Level.DEV)
    bootstrap.prepare_programs()
    # What a module prepares for its tests is prepared once: they stay with one process while there is other work.
    pytest = [VENV / "bin" / "pytest", "-n", "auto", "--dist", "worksteal"]
    if arguments:
        return _call([*pytest, *arguments])
    os.environ["GONGKAI_TEST_DATABASE"] = "embedded"
    failed = _call(pytest)
    os.environ["GONGKAI_TEST_DATABASE"] = "postgresql"
    print("\n平台的测试，再用 PostgreSQL 跑一遍", flush=True)
    return failed or _call([*pytest, "tests/web", "tests/laws/test_killed_server.py"])


def test_long(*arguments: str) -> int:
    """长测试 — every test and those that take many minutes, as `test` runs them."""
    os.environ["GONGKAI_LONG"] = "1"
    return test(*arguments)


def check() -> int:
    """检查 — rules, format, types, import contracts, docs and translations; all are run, then the result is said."""
    _prepare(Level.DEV)
    steps: list[tuple[str, list[str]]] = [
        ("代码规则", ["ruff", "check", "."]),
        ("代码格式", ["ruff", "format", "--check", "."]),
        ("类型", ["mypy", "src", "tools"]),
        ("分层约定", ["lint-imports"]),
        ("参考文档", ["python", "tools/docs.py", "check"]),
        ("英文译文", ["python", "tools/translations.py", "check"]),
    ]
    # Types are checked with the settings loaded; what they keep is not put where a platform of this user's lives.
    environment = {**os.environ, "GONGKAI_DATA": str(ROOT / "build" / "check")}
    failed = []
    for name, command in steps:
        begun = time.monotonic()
        done = subprocess.run(
            [VENV / "bin" / command[0], *command[1:]], cwd=ROOT, capture_output=True, text=True, env=environment
        )
        print(f"{'✗' if done.returncode else '✓'} {name}　{time.monotonic() - begun:.1f} 秒", flush=True)
        if done.returncode:
            failed.append(name)
            print(done.stdout + done.stderr)
    print(f"没有通过：{'、'.join(failed)}" if failed else "全部通过")
    return bool(failed)


def docs() -> int:
    """文档 — writes docs/reference again from the code."""
    _prepare(Level.DEV)
    return _call([VENV / "bin" / "python", "tools/docs.py", "write"])


def fmt() -> int:
    """整理格式 — ruff's format and its safe corrections."""
    _prepare(Level.DEV)
    return _call([VENV / "bin" / "ruff", "format", "."]) or _call([VENV / "bin" / "ruff", "check", "--fix", "."])


def bench() -> int:
    """测速 — every question of benchmarks/, one after the other."""
    _prepare(Level.DEV)
    questions = sorted((ROOT / "benchmarks").glob("[!_]*.py"))
    return max(
        [_call([VENV / "bin" / "python", "-m", f"benchmarks.{question.stem}"]) for question in questions], default=0
    )


def fuzz() -> int:
    """乱码测试 — the fuzz targets for GONGKAI_FUZZ_SECONDS (300 unless said otherwise)."""
    os.environ.setdefault("GONGKAI_FUZZ_SECONDS", FUZZ_SECONDS)
    return test("tests/fuzz", "-n", "0", "--hypothesis-profile", "explore")


def lock() -> int:
    """更新依赖清单 — requirements/*.txt again, newest versions, every file by its hash, no address of any index."""
    uv = bootstrap.find_uv()
    common = ["--quiet", "--universal", "--generate-hashes", "--no-emit-index-url", "--no-emit-find-links", "--upgrade"]
    common += ["--python-version", "3.11", "--custom-compile-command", "make lock", "--no-annotate"]
    sources: dict[str, tuple[list[str], str | None]] = {
        "base": (["pyproject.toml"], None),
        "web": (["pyproject.toml", "--extra", "web", "--extra", "typeset", "--extra", "ocr"], None),
        "dev": (["pyproject.toml", "--all-extras", "--group", "dev"], None),
        "build": (["-"], "hatchling>=1.27\neditables"),
        "uv": (["-"], f"uv>={'.'.join(map(str, bootstrap.MINIMUM_UV))}"),
    }
    for name, (what, given) in sources.items():
        command = [uv, "pip", "compile", *common, *what, "--output-file", f"requirements/{name}.txt"]
        subprocess.run(command, cwd=ROOT, input=given, text=True, check=True, stdout=subprocess.DEVNULL)
        print(f"requirements/{name}.txt 已更新")
    return 0


def clean() -> int:
    """清理 — removes what was made, `.venv` and `.tools` too; the sources stay."""
    for name in (*SWEPT, ".venv", ".tools"):
        shutil.rmtree(ROOT / name, ignore_errors=True)
    for folder in ("src", "tests", "tools", "benchmarks"):
        for cache in (ROOT / folder).rglob("__pycache__"):
            shutil.rmtree(cache, ignore_errors=True)
    print("已清理")
    return 0


COMMANDS: dict[str, Callable[..., int]] = {
    "help": help_,
    "setup": setup,
    "run": run,
    "demo": demo,
    "test": test,
    "test-long": test_long,
    "check": check,
    "docs": docs,
    "fmt": fmt,
    "bench": bench,
    "fuzz": fuzz,
    "lock": lock,
    "clean": clean,
}


def main(arguments: Sequence[str]) -> int:
    """开发命令 — runs one command and returns its exit status; trouble ends in its sentence and status 1."""
    parser = argparse.ArgumentParser(prog="tools/dev.py", add_help=False)
    parser.add_argument("command", choices=COMMANDS)
    chosen, rest = parser.parse_known_args(arguments)
    keep_bytecode(os.environ)
    try:
        return COMMANDS[chosen.command](*rest)
    except SetupError as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def keep_bytecode(environment: MutableMapping[str, str]) -> None:
    """留下字节码 — below build/ where none may lie beside the sources: else every program compiles all of it."""
    if environment.pop("PYTHONDONTWRITEBYTECODE", ""):
        environment.setdefault("PYTHONPYCACHEPREFIX", str(ROOT / "build" / "bytecode"))


def _prepare(level: Level) -> None:
    if not bootstrap.is_ready(level):
        print("准备环境（只在第一次和依赖有变时）", flush=True)
        bootstrap.prepare(level)


def _call(command: Sequence[object]) -> int:
    return subprocess.call([str(part) for part in command], cwd=ROOT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
