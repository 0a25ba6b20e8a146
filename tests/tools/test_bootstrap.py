"""环境准备的规矩 — how the environment is made is decided by facts; the decisions are tried here (条例 第八条)."""

from __future__ import annotations

import ast
import itertools
from pathlib import Path

import pytest

import bootstrap
from bootstrap import Level, Machine, Route, choose_route, pip_settings, uv_environment, uv_version

ROOT = Path(__file__).resolve().parents[2]
MACHINES = [Machine(*facts) for facts in itertools.product((True, False), repeat=4)]


@pytest.mark.parametrize("machine", MACHINES)
def test_the_system_is_touched_only_when_nothing_else_is_left(machine: Machine) -> None:
    offered = {
        Route.VENV: machine.has_venv,
        Route.PIP: machine.has_pip,
        Route.APT: machine.has_apt and machine.is_root,
        Route.ASK: True,
    }
    assert choose_route(machine) is next(route for route in Route if offered[route])


def test_a_bare_machine_without_root_is_told_one_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap.Machine, "here", classmethod(lambda cls: cls(False, False, True, False)))
    monkeypatch.setattr(bootstrap, "TOOLS", ROOT / "nowhere")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(bootstrap.SetupError, match=r"sudo apt-get install python3-venv") as told:
        bootstrap.find_uv()
    assert str(told.value).count("。") == 1


@pytest.mark.parametrize(
    ("script", "version"),
    [
        ("echo 'uv 0.13.8 (x86_64-unknown-linux-gnu)'", (0, 13)),
        ("echo 'uv 0.4.1'", (0, 4)),
        ("echo 'uv 0.13.8'; exit 1", ()),
        ("echo something else", ()),
    ],
)
def test_a_uv_counts_by_what_it_says(tmp_path: Path, script: str, version: tuple[int, ...]) -> None:
    uv = tmp_path / "uv"
    uv.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    uv.chmod(0o755)
    assert uv_version(uv) == version


def test_a_uv_that_does_not_run_is_passed_over(tmp_path: Path) -> None:
    assert uv_version(tmp_path / "uv") == ()


def test_the_nearer_pip_setting_wins(tmp_path: Path) -> None:
    home, prefix, chosen = tmp_path / "home", tmp_path / "prefix", tmp_path / "chosen.conf"
    (home / ".config" / "pip").mkdir(parents=True)
    prefix.mkdir()
    (home / ".config" / "pip" / "pip.conf").write_text("[global]\nindex-url = https://user\ncert = user.pem\n")
    (prefix / "pip.conf").write_text("[global]\nindex_url = https://site\n[install]\nextra-index-url =\n  one\n  two\n")
    chosen.write_text("[global]\nindex-url = https://chosen\n")
    nowhere = {"XDG_CONFIG_DIRS": str(tmp_path / "none")}
    read = pip_settings(nowhere, home, prefix)
    assert (read["index-url"], read["cert"], read["extra-index-url"].split()) == (
        "https://site",
        "user.pem",
        ["one", "two"],
    )
    named = {**nowhere, "PIP_CONFIG_FILE": str(chosen)}
    assert pip_settings(named, home, prefix)["index-url"] == "https://chosen"
    assert pip_settings({**named, "PIP_INDEX_URL": "https://told"}, home, prefix)["index-url"] == "https://told"
    assert "index-url" not in pip_settings({**nowhere, "PIP_CONFIG_FILE": "/dev/null"}, home, prefix)


def test_uv_is_told_what_pip_is_told() -> None:
    settings = {
        "index-url": "https://mirror",
        "extra-index-url": "file:///a\nfile:///b",
        "find-links": "x y",
        "cert": "c",
        "proxy": "http://gate:3128",
        "no-index": "true",
        "trusted-host": "a b",
    }
    told = uv_environment({"PATH": "p"}, settings)
    assert told["UV_DEFAULT_INDEX"] == "https://mirror"
    assert told["UV_INDEX"] == "file:///a file:///b"
    assert told["UV_INDEX_STRATEGY"] == "unsafe-best-match"
    assert told["UV_FIND_LINKS"] == "x,y"
    assert (told["SSL_CERT_FILE"], told["HTTPS_PROXY"], told["PATH"]) == ("c", "http://gate:3128", "p")
    assert (told["UV_NO_INDEX"], told["UV_INSECURE_HOST"]) == ("1", "a b")


def test_what_the_user_told_uv_stays() -> None:
    assert uv_environment({"UV_DEFAULT_INDEX": "mine"}, {"index-url": "pip's"})["UV_DEFAULT_INDEX"] == "mine"


def test_without_pip_settings_uv_keeps_its_own() -> None:
    assert set(uv_environment({}, {})) == {"UV_PYTHON_DOWNLOADS"}


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, path in (("ROOT", ""), ("VENV", ".venv"), ("REQUIREMENTS", "requirements")):
        monkeypatch.setattr(bootstrap, name, tmp_path / path)
    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / ".venv" / "stamp")
    for path in (
        "requirements/base.txt",
        "requirements/web.txt",
        "requirements/dev.txt",
        "requirements/build.txt",
        "pyproject.toml",
    ):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(path)
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    for name in ("python", "gongkai"):
        (tmp_path / ".venv" / "bin" / name).touch()
    return tmp_path


@pytest.mark.parametrize(
    ("made", "asked", "ready"),
    [
        (Level.DEV, Level.DEV, True),
        (Level.DEV, Level.BASE, True),
        (Level.BASE, Level.BASE, True),
        (Level.DEV, Level.WEB, True),
        (Level.WEB, Level.WEB, True),
        (Level.WEB, Level.BASE, True),
        (Level.WEB, Level.DEV, False),
        (Level.BASE, Level.WEB, False),
        (Level.BASE, Level.DEV, False),
    ],
)
def test_a_fuller_environment_serves_the_smaller_need(checkout: Path, made: Level, asked: Level, ready: bool) -> None:
    bootstrap.STAMP.write_text(bootstrap.fingerprint(made))
    assert bootstrap.is_ready(asked) is ready


@pytest.mark.parametrize("changed", ["requirements/base.txt", "requirements/build.txt", "pyproject.toml"])
def test_a_changed_list_asks_for_a_new_set_up(checkout: Path, changed: str) -> None:
    bootstrap.STAMP.write_text(bootstrap.fingerprint(Level.BASE))
    (checkout / changed).write_text("changed")
    assert not bootstrap.is_ready(Level.BASE)


@pytest.mark.parametrize("lost", [".venv/stamp", ".venv/bin/python", ".venv/bin/gongkai"])
def test_a_set_up_that_was_cut_short_is_not_ready(checkout: Path, lost: str) -> None:
    bootstrap.STAMP.write_text(bootstrap.fingerprint(Level.DEV))
    (checkout / lost).unlink()
    assert not bootstrap.is_ready(Level.DEV)


def test_the_first_file_can_be_read_by_an_old_python() -> None:
    tree = ast.parse((ROOT / "tools" / "dev.py").read_text(encoding="utf-8"), feature_version=(3, 7))
    newer = (ast.Match, ast.NamedExpr, ast.TryStar)
    assert [node for node in ast.walk(tree) if isinstance(node, newer)] == []
    first = [node for node in tree.body if not isinstance(node, ast.Expr)][:2]
    assert [type(node) for node in first] == [ast.Import, ast.If]


def test_as_root_on_a_bare_debian_one_package_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = tmp_path / "log"
    apt = tmp_path / "apt-get"
    apt.write_text(f'#!/bin/sh\necho "$*" >> {log}\n', encoding="utf-8")
    apt.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    bootstrap._install_python_venv()
    update, install = log.read_text(encoding="utf-8").splitlines()
    assert update.startswith("update")
    assert install.split()[0] == "install"
    assert [word for word in install.split()[1:] if not word.startswith("-")] == ["python3-venv"]
