"""文件名 — a name fit to be shown and kept: never a path, no marks that deceive the eye, the suffix that is true."""

from __future__ import annotations

import unicodedata

from gongkai.web.files.kinds import FILE_LIMITS, KINDS, Kind

_NEVER = '<>:"|?*/\\'
"""Signs that no system lets a file be named with; in pages and headers they are a way in."""
UNNAMED = "未命名"
"""没有名字的 — a file of whose name nothing is left (条例 第二十四条)."""
_SUFFIXES = frozenset(suffix for kind in KINDS.values() for suffix in kind.suffixes)
_PROGRAMS = frozenset({"exe", "com", "scr", "bat", "cmd", "js", "vbs", "lnk", "msi", "pif", "hta", "ps1", "jar", "sh"})


def kept_name(given: str, kind: Kind) -> str:
    """文件名 — the last part of a name without control, direction or invisible marks, with its true suffix."""
    stem, suffix = split(given)
    if suffix not in kind.suffixes:
        suffix = kind.suffixes[0]
    room = FILE_LIMITS.name_characters - len(suffix) - 1
    return f"{stem if len(stem) <= room else stem[: room - 1] + '…'}.{suffix}"


def split(given: str) -> tuple[str, str]:
    """主名和后缀 — of a name as given; what is no suffix of a format stays in the stem, but a program's goes."""
    stem, dot, suffix = safe_name(given).rpartition(".")
    if not dot or suffix.lower() not in _SUFFIXES | _PROGRAMS:
        stem, suffix = stem + dot + suffix, ""
    return stem.strip(". ") or UNNAMED, suffix.lower()


def safe_name(given: str) -> str:
    """显示的文件名 — the last part of a name as somebody sent it, without control, direction or invisible marks."""
    last = given.replace("\\", "/").rpartition("/")[2]
    shown = "".join(sign for sign in unicodedata.normalize("NFC", last) if _is_visible(sign))
    return " ".join(shown.split())


def _is_visible(sign: str) -> bool:
    return sign not in _NEVER and (unicodedata.category(sign)[0] not in "CZ" or sign in " \u3000")
