"""开发环境 — makes `.venv` ready from nothing but python3: finds or fetches uv, then installs what requirements/ pins.

Standard library only, because it runs before anything is installed. It may be killed at any moment: the stamp is
written last, and whatever does not run is made again. Nothing outside the checkout is touched, except by `Route.APT`.
"""

from __future__ import annotations

import configparser
import fcntl
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
TOOLS = ROOT / ".tools"
STAMP = VENV / "gongkai.stamp"
REQUIREMENTS = ROOT / "requirements"
Command = Sequence[Path | str]
# The first uv that knows `[tool.uv] system-certs`; an older one on PATH is passed over.
MINIMUM_UV = (0, 11)


class Level(StrEnum):
    """环境档次 — `base`: what reading and checking need; `web`: that and the platform; `dev`: all, and the tools."""

    BASE = "base"
    WEB = "web"
    DEV = "dev"

    @property
    def requirements(self) -> Path:
        """依赖清单 — the pinned list of this level."""
        return REQUIREMENTS / f"{self}.txt"


class SetupError(Exception):
    """准备不成 — why the environment cannot be made, in one plain Chinese sentence that says what to try."""


class Route(StrEnum):
    """取得 uv 的办法 — cheapest first; the first that the machine offers is taken."""

    VENV = "venv"
    PIP = "pip"
    APT = "apt"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Machine:
    """本机情况 — what decides the route: what this python3 has (venv with ensurepip, pip), and who runs it where."""

    has_venv: bool
    has_pip: bool
    has_apt: bool
    is_root: bool

    @classmethod
    def here(cls) -> Machine:
        """本机情况 — the facts of this machine and this interpreter."""
        return cls(
            has_venv=all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")),
            has_pip=importlib.util.find_spec("pip") is not None,
            has_apt=shutil.which("apt-get") is not None,
            is_root=os.geteuid() == 0,
        )


def choose_route(machine: Machine) -> Route:
    """取得 uv 的办法 — the way to a private uv when there is none yet."""
    if machine.has_venv:
        return Route.VENV
    if machine.has_pip:
        return Route.PIP
    return Route.APT if machine.has_apt and machine.is_root else Route.ASK


def prepare(level: Level) -> None:
    """准备环境 — leaves `.venv` with everything of `level` and the command `gongkai`; at once when it is up to date."""
    if is_ready(level):
        return
    with _alone():
        if is_ready(level):
            return
        # An environment that was made for more keeps it when only a smaller need asks for a fresh one.
        level = next((have for have in reversed(_serving(level)) if _stamped().startswith(f"{have} ")), level)
        STAMP.unlink(missing_ok=True)
        uv = find_uv()
        same = f"import sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"
        if not _runs([VENV / "bin" / "python", "-c", same]):
            _step("建立 .venv", [uv, "venv", "--quiet", "--clear", "--python", sys.executable, VENV])
        into: Command = ["--quiet", "--python", VENV / "bin" / "python"]
        _step(f"安装依赖（{level.requirements.name}）", [uv, "pip", "sync", *into, level.requirements])
        built: Command = ["--no-deps", "--build-constraints", REQUIREMENTS / "build.txt"]
        _step("安装 gongkai", [uv, "pip", "install", *into, *built, "--editable", ROOT])
        STAMP.write_text(fingerprint(level), encoding="utf-8")


def is_ready(level: Level) -> bool:
    """环境是否就绪 — was `.venv` made from the very lists that stand here now, in this place, for this Python?"""
    made = {fingerprint(have) for have in _serving(level)}
    return all((VENV / "bin" / name).exists() for name in ("python", "gongkai")) and _stamped() in made


def fingerprint(level: Level) -> str:
    """环境指纹 — the level, and a digest of all that the environment is made from."""
    digest = hashlib.sha256(f"{ROOT}\n{sys.version_info[:2]}\n".encode())
    for path in (level.requirements, REQUIREMENTS / "build.txt", ROOT / "pyproject.toml"):
        digest.update(path.read_bytes())
    return f"{level} {digest.hexdigest()}"


def find_uv() -> str:
    """取得 uv — the uv on PATH if it works and is new enough, else the private one in `.tools`, fetched if missing."""
    for found in (shutil.which("uv"), TOOLS / "bin" / "uv"):
        if found and uv_version(found) >= MINIMUM_UV:
            return str(found)
    route = choose_route(Machine.here())
    if route is Route.APT:
        _install_python_venv()
        route = Route.VENV
    if route is Route.ASK:
        raise SetupError("本机的 python3 缺少 venv，请先运行：sudo apt-get install python3-venv，然后再来一次。")
    shutil.rmtree(TOOLS, ignore_errors=True)
    pinned: Command = ["--quiet", "--disable-pip-version-check", "--requirement", REQUIREMENTS / "uv.txt"]
    if route is Route.VENV:
        _step("建立 .tools", [sys.executable, "-m", "venv", TOOLS])
        _step("取得 uv", [TOOLS / "bin" / "python", "-m", "pip", "install", *pinned])
    else:
        _step("取得 uv", [sys.executable, "-m", "pip", "install", "--target", TOOLS, *pinned])
    return str(TOOLS / "bin" / "uv")


def uv_version(uv: Path | str) -> tuple[int, ...]:
    """uv 版本 — the version that `uv --version` states; empty when it does not run."""
    try:
        answer = subprocess.run([uv, "--version"], capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return ()
    stated = re.match(r"uv (\d+)\.(\d+)", answer.stdout)
    return tuple(map(int, stated.groups())) if stated and answer.returncode == 0 else ()


def pip_settings(environment: Mapping[str, str], home: Path, prefix: Path) -> dict[str, str]:
    """pip 的设置 — what pip.conf files and PIP_* variables say, the nearer winning, as pip itself reads them."""
    folders = environment.get("XDG_CONFIG_DIRS", "/etc/xdg").split(":")
    own = Path(environment.get("XDG_CONFIG_HOME") or home / ".config")
    files = [*(Path(folder) / "pip" / "pip.conf" for folder in folders), Path("/etc/pip.conf")]
    files += [home / ".pip" / "pip.conf", own / "pip" / "pip.conf", prefix / "pip.conf"]
    chosen = environment.get("PIP_CONFIG_FILE")
    if chosen:
        files.append(Path(chosen))
    settings: dict[str, str] = {}
    for section in ("global", "install"):
        for path in files if chosen != os.devnull else ():
            parser = configparser.RawConfigParser()
            parser.read(path, encoding="utf-8")
            if parser.has_section(section):
                settings |= {key.replace("_", "-"): value for key, value in parser.items(section)}
    named = {key[4:].lower().replace("_", "-"): value for key, value in environment.items() if key.startswith("PIP_")}
    return settings | named


def uv_environment(environment: Mapping[str, str], settings: Mapping[str, str]) -> dict[str, str]:
    """uv 的环境变量 — pip's indexes, certificates and proxy handed to uv, which reads no pip.conf; what was set stays.

    With several indexes pip takes the best version of all, so uv is told to do the same; the pinned hashes guard it.
    """
    several = settings.get("extra-index-url", "").split()
    passed = {
        "UV_DEFAULT_INDEX": settings.get("index-url", ""),
        "UV_INDEX": " ".join(several),
        "UV_INDEX_STRATEGY": "unsafe-best-match" if several else "",
        "UV_FIND_LINKS": ",".join(settings.get("find-links", "").split()),
        "UV_NO_INDEX": "1" if settings.get("no-index", "").lower() in {"1", "true", "yes", "on"} else "",
        "UV_INSECURE_HOST": " ".join(settings.get("trusted-host", "").split()),
        "SSL_CERT_FILE": settings.get("cert", ""),
        "HTTP_PROXY": settings.get("proxy", ""),
        "HTTPS_PROXY": settings.get("proxy", ""),
        "UV_PYTHON_DOWNLOADS": "never",
    }
    return {**{key: value for key, value in passed.items() if value}, **environment}


PROGRAMS = {
    ("chromium", "chromium-browser", "google-chrome"): ("chromium",),
    ("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",): ("fonts-noto-cjk",),
    ("soffice", "libreoffice"): ("libreoffice-writer-nogui", "libreoffice-calc-nogui"),
    ("antiword",): ("antiword",),
}
"""测试用的程序 — by any of which names or files one is known, and the packages that bring it."""


def prepare_programs() -> None:
    """准备测试用的程序 — a browser and old office formats, where a package manager may be asked; else tests skip."""
    machine = Machine.here()
    wanted = [
        package
        for names, packages in PROGRAMS.items()
        if not any(shutil.which(name) or Path(name).is_file() for name in names)
        for package in packages
    ]
    if not wanted or not (machine.has_apt and machine.is_root):
        return
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        _step("更新软件目录", ["apt-get", "update", "-q"], quiet)
        _step(
            "安装浏览器和旧格式的转换程序",
            ["apt-get", "install", "-q", "-y", "--no-install-recommends", *wanted],
            quiet,
        )
    except SetupError as trouble:
        print(trouble)  # the other tests need none of them; those that do say what to install


def _install_python_venv() -> None:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    _step("更新软件目录", ["apt-get", "update", "-q"], quiet)
    _step("安装 python3-venv", ["apt-get", "install", "-q", "-y", "--no-install-recommends", "python3-venv"], quiet)
    if not _runs([sys.executable, "-c", "import ensurepip"]):
        raise SetupError(f"{sys.executable} 仍缺少 venv，请换用系统自带的 python3：make PYTHON=/usr/bin/python3。")


def _serving(level: Level) -> list[Level]:
    """The levels that hold all of this one: itself and the fuller ones."""
    return list(Level)[list(Level).index(level) :]


def _stamped() -> str:
    return STAMP.read_text(encoding="utf-8") if STAMP.exists() else ""


def _runs(command: Command) -> bool:
    try:
        return subprocess.run(command, capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _step(name: str, command: Command, environment: Mapping[str, str] | None = None) -> None:
    print(f"  {name} …", end="", flush=True)
    begun = time.monotonic()
    if environment is None:
        environment = uv_environment(os.environ, pip_settings(os.environ, Path.home(), Path(sys.prefix)))
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode:
        print(" 没有成功")
        said = (done.stderr.strip() or done.stdout.strip())[-2000:]
        raise SetupError(f"{said}\n“{name}”没有成功，多半是网络或软件源（pip config list）不通；改好后再运行一次即可。")
    print(f" {time.monotonic() - begun:.1f} 秒", flush=True)


@contextmanager
def _alone() -> Iterator[None]:
    """One set-up at a time: a second `make` waits for the first. The lock dies with the process that holds it."""
    with (ROOT / ".setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
