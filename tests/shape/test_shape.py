"""房屋的规矩 — sizes, names and words of the tree, as house.md and docs/adr/0001 ask (条例 第八条)."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "gongkai"
MODULE_LINES = 400
TEST_MODULE_LINES = 500
PURE = [storey for storey in ("law", "drawing") if (PACKAGE / storey).exists()]
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# A path of one machine, or an index that packages were fetched from, says nothing to anybody else.
LOCAL = re.compile(r"/(?:home|root|Users|work|opt)/[\w.-]+/|files\.pythonhosted|pypi\.org|pypi\.tuna|mirrors\.\w+\.")

Definition = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def python_files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("不是 git 检出")
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def public_definitions(path: Path) -> list[tuple[str, ast.Module | Definition]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found: list[tuple[str, ast.Module | Definition]] = [(named(path), tree)]
    waiting: list[ast.Module | ast.ClassDef] = [tree]
    while waiting:
        for node in waiting.pop().body:
            if isinstance(node, Definition) and not node.name.startswith("_"):
                found.append((f"{named(path)}: {node.name}", node))
                if isinstance(node, ast.ClassDef):
                    waiting.append(node)
    return found


@pytest.mark.parametrize(
    ("folders", "most"), [(("src", "tools", "benchmarks"), MODULE_LINES), (("tests",), TEST_MODULE_LINES)]
)
def test_no_module_is_longer_than_one_sitting(folders: tuple[str, ...], most: int) -> None:
    lengths = {named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in python_files(*folders)}
    assert {name: length for name, length in lengths.items() if length > most} == {}


def test_every_public_name_carries_its_chinese_term() -> None:
    silent = [
        name
        for path in python_files("src")
        if path.parent.name != "migrations"  # written by Django
        for name, node in public_definitions(path)
        if not CHINESE.search((ast.get_docstring(node) or "").partition("\n")[0])
    ]
    assert silent == []


@pytest.mark.parametrize("storey", PURE)
def test_the_lowest_storeys_import_the_standard_library_alone(storey: str) -> None:
    foreign = [
        f"{named(path)}: {module}"
        for path in sorted((PACKAGE / storey).rglob("*.py"))
        for module in imported(path)
        if module.partition(".")[0] not in sys.stdlib_module_names and not module.startswith(f"gongkai.{storey}")
    ]
    assert foreign == []


def imported(path: Path) -> list[str]:
    modules = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            modules += [name.name for name in node.names]
        elif isinstance(node, ast.ImportFrom):
            modules.append(f"{'.' * node.level}{node.module or ''}")
    return modules


def test_no_drawer_for_odds_and_ends() -> None:
    drawers = {"utils", "util", "helpers", "helper", "misc", "common"}
    assert [named(path) for path in python_files("src", "tools", "tests") if path.stem in drawers] == []


def test_nothing_tracked_names_a_machine_or_an_index() -> None:
    found = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{named(path)}: {match[0]}" for match in LOCAL.finditer(text) if path != Path(__file__).resolve()]
    assert found == []


def test_requirements_are_pinned_by_hash() -> None:
    for path in sorted((ROOT / "requirements").glob("*.txt")):
        logical = path.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
        loose = [
            line for line in logical if line and line[0] not in "# " and ("==" not in line or "--hash=" not in line)
        ]
        assert loose == [], path.name


def test_every_place_states_one_version() -> None:
    stated = {
        name: re.search(pattern, (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
        for name, pattern in (
            ("pyproject.toml", r'^version = "(.+)"$'),
            ("src/gongkai/__init__.py", r'^__version__ = "(.+)"$'),
            ("publiccode.yml", r"^softwareVersion: (.+)$"),
        )
    }
    assert len({match and match[1] for match in stated.values()}) == 1, stated
