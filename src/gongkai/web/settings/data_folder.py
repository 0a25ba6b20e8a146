"""数据目录 — where the platform keeps its database, its secret and the hour's files; never inside the package."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path


def default_folder() -> Path:
    """数据目录 — the folder of the user who runs the platform, as the system has it."""
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "gongkai"
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "gongkai"
    return Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share") / "gongkai"


def kept_secret(folder: Path) -> str:
    """密钥 — the secret of this installation: made once, read afterwards, for the eyes of its owner alone."""
    path = folder / "secret"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        made = folder / f"secret.{os.getpid()}"
        with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
        try:
            os.link(made, path)  # of two that start at once, the first wins and both read the same
        except FileExistsError:
            pass
        finally:
            made.unlink()
    return path.read_text(encoding="utf-8")
