"""转换程序 — LibreOffice, started once in a room for many files: the first costs a second, each further one a tenth.

It keeps an empty text open, lest it end after a file, and takes files as it takes them from a second click on its
icon. Its profile is new and goes with the room: no macro runs, no link is followed, no network is in reach.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from functools import cache
from hashlib import md5
from multiprocessing import util
from pathlib import Path

try:
    import resource
except ImportError:  # a system without limits
    resource = None  # type: ignore[assignment]

_PROGRAMS = ("soffice", "libreoffice")
_MOST_FILES = 200
"""After so many it is started afresh: what it leaks ends with it."""
_NEVER_IN_WRITER, _NEVER_IN_CALC = 0, 1
_NOWHERE, _NO_PORT = "127.0.0.1", 9
_SETTINGS: tuple[tuple[str, str, object], ...] = (
    ("Common/Security/Scripting", "MacroSecurityLevel", 3),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Common/Misc", "FirstRun", "false"),
    # Formats of numbers are those of Chinese programs: [DBNum1] without a language counts in Chinese.
    ("Setup/L10N", "ooSetupSystemLocale", "zh-CN"),
    ("Writer/Content/Update", "Link", _NEVER_IN_WRITER),
    ("Calc/Content/Update", "Link", _NEVER_IN_CALC),
    ("Inet/Settings", "ooInetProxyType", 2),
    ("Inet/Settings", "ooInetHTTPProxyName", _NOWHERE),
    ("Inet/Settings", "ooInetHTTPProxyPort", _NO_PORT),
    ("Inet/Settings", "ooInetHTTPSProxyName", _NOWHERE),
    ("Inet/Settings", "ooInetHTTPSProxyPort", _NO_PORT),
)
_WITHOUT_NETWORK = (["unshare", "--net"], ["unshare", "--map-current-user", "--net"])
_FILTERS = {"docx": "docx:MS Word 2007 XML", "xlsx": "xlsx:Calc MS Excel 2007 XML"}
_TAKEN_AS = {
    "rtf": "Rich Text Format",
    "odt": "writer8",
    "ods": "calc8",
    "fodt": "OpenDocument Text Flat XML",
    "fods": "OpenDocument Spreadsheet Flat XML",
    "xml": "MS Excel 2003 XML",
    "xls": "MS Excel 97",
}
"""Said where it is certain, lest a torn file be taken for plain text. Of doc there are many kinds, and it never is."""

_running: list[_Office] = []


@cache
def program() -> str | None:
    """转换程序 — where LibreOffice is, None where it is not installed."""
    return next(filter(None, map(shutil.which, _PROGRAMS)), None)


def converted(data: bytes, suffix: str, target: str) -> bytes | None:
    """转换 — a file as docx or xlsx; None where LibreOffice makes nothing of it. It must be installed."""
    if _running and not _running[0].is_fit:
        _running.pop().end()
    if not _running:
        _running.append(_Office(program() or _PROGRAMS[0]))
    return _running[0].converted(data, suffix, target)


class _Office:
    """One LibreOffice that waits for files."""

    def __init__(self, program: str) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="office-"))
        profile = (self._folder / "profile").as_uri()
        _write_settings(self._folder / "profile" / "user" / "registrymodifications.xcu")
        pipe = _pipe(profile)
        # Named by a link, so that it goes with the room, however that ends.
        link = Path(tempfile.gettempdir(), f"{self._folder.name}-pipe")
        link.symlink_to(pipe)
        held = self._folder / "held.txt"
        held.write_text("\n", encoding="ascii")
        self._command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nologo"]
        self._files = 0
        self._process = self._start([*_shut_off(), *self._command, str(held)])
        self.end = util.Finalize(self, _end, (self._process, (link, pipe), self._folder), exitpriority=1)
        opened = held.with_name(f".~lock.{held.name}#")
        while not opened.exists() and self._process.poll() is None:
            time.sleep(0.02)

    @property
    def is_fit(self) -> bool:
        return self._process.poll() is None and self._files < _MOST_FILES

    def converted(self, data: bytes, suffix: str, target: str) -> bytes | None:
        self._files += 1
        folder = self._folder / str(self._files)
        folder.mkdir()
        given, made = folder / f"given.{suffix}", folder / f"given.{target}"
        if given == made:
            made = folder / "made" / made.name
        given.write_bytes(data)
        asked = ["--convert-to", _FILTERS[target], "--outdir", str(made.parent), str(given)]
        if suffix in _TAKEN_AS:
            asked.insert(0, f"--infilter={_TAKEN_AS[suffix]}")
        self._start([*self._command, *asked]).wait()
        result = made.read_bytes() if made.exists() else None
        shutil.rmtree(folder, ignore_errors=True)
        return result

    def _start(self, command: Sequence[str]) -> subprocess.Popen[bytes]:
        nowhere = f"http://{_NOWHERE}:{_NO_PORT}"
        environment = {
            **{name: os.environ[name] for name in ("PATH", "TMPDIR", "GONGKAI_DEBUG") if name in os.environ},
            "HOME": str(self._folder),
            "LC_ALL": "C.UTF-8",
            "SAL_USE_VCLPLUGIN": "svp",
            "http_proxy": nowhere,
            "https_proxy": nowhere,
        }
        silent = subprocess.DEVNULL
        process = subprocess.Popen(  # noqa: S603 — a program found on the path, no shell
            command, env=environment, stdin=silent, stdout=silent, stderr=silent, cwd="/"
        )
        if resource is not None and hasattr(resource, "prlimit"):
            # The room's processor time is that of one file.
            resource.prlimit(process.pid, resource.RLIMIT_CPU, resource.getrlimit(resource.RLIMIT_CPU)[1:] * 2)
        return process


def _end(process: subprocess.Popen[bytes], files: tuple[Path, ...], folder: Path) -> None:
    process.terminate()
    try:
        process.wait(1)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for file in files:
        file.unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)


def _pipe(profile: str) -> Path:
    """Where LibreOffice listens for a profile, whatever TMPDIR says."""
    digest = md5(profile.encode("utf-16-le"), usedforsecurity=False).digest()
    return Path(f"/tmp/OSL_PIPE_{os.getuid()}_SingleOfficeIPC_{''.join(f'{byte:x}' for byte in digest)}")  # noqa: S108


def _write_settings(path: Path) -> None:
    path.parent.mkdir(parents=True)
    items = "".join(
        f'<item oor:path="/org.openoffice.{"" if place.startswith(("Inet", "Setup")) else "Office."}{place}">'
        f'<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for place, name, value in _SETTINGS
    )
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        f"{items}</oor:items>",
        encoding="utf-8",
    )


@cache
def _shut_off() -> list[str]:
    """What to put before a command so that it has no network, where the system lets us; else the settings do alone."""
    for prefix in _WITHOUT_NETWORK:
        if not shutil.which(prefix[0]):
            continue
        if subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0:  # noqa: S603
            return prefix
    return []
