"""压缩包 — zip archives, and the office files that are zip archives, unpacked within limits set beforehand."""

from __future__ import annotations

import lzma
import re
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from itertools import chain, count
from mmap import mmap
from pathlib import PurePosixPath

from gongkai.documents.document import DocumentError
from gongkai.documents.limits import Limits, check_size
from gongkai.documents.refusals import refusal

_ENCRYPTED = 0x1
_NAME_IS_UTF8 = 0x800
_NOISE = {"thumbs.db", "desktop.ini"}
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, NotImplementedError)
_CLIMBING = re.compile(r"(?:/+|\.\.|[A-Za-z]:)$")
_UNSHOWN = ("Cc", "Cf", "Cs", "Zl", "Zp")
_ENTRY = re.compile(rb"PK\x01\x02")


def members(source: str, data: bytes, limits: Limits) -> Iterator[tuple[str, bytes] | DocumentError]:
    """压缩包里的文件 — (name, bytes) of each, or why it could not be read; folders and hidden files are passed over.

    A name is `archive.zip/inner/name.html`, without what leads out of the archive (/, .., C:), and no other member has
    it; nothing is ever written to disk.
    """
    with opened(source, data, limits) as archive:
        wanted = [(name, info) for info in archive.infolist() if (name := _name(info)) and not info.is_dir()]
        if len(wanted) > limits.members:
            raise DocumentError(
                source,
                "{file}：压缩包里有 {count} 个文件，超过 {limit} 个，没有读。请分成几个压缩包再试",
                file=source,
                count=len(wanted),
                limit=limits.members,
            )
        if not wanted:
            raise DocumentError(source, "{file}：压缩包是空的。请看看是不是选错了文件", file=source)
        used: set[str] = set()
        for name, info in wanted:
            full_name = f"{source}/{unique_name(name, used)}"
            try:
                yield full_name, read_part(full_name, archive, info, limits)
            except DocumentError as error:
                yield error


def unique_name(path: str, used: set[str]) -> str:
    """不重名的名字 — the path, its file numbered (x/2-y.txt) where it is used already in any letter case; used now."""
    folder, mark, file = path.rpartition("/")
    names = (f"{folder}{mark}{number}-{file}" for number in count(2))
    found = next(name for name in chain((path,), names) if name.lower() not in used)
    used.add(found.lower())
    return found


def hidden_members(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """看不见的文件 — members that no person put there or that a file manager does not show (.DS_Store, __MACOSX)."""
    return [info for info in archive.infolist() if not info.is_dir() and not _name(info)]


def opened(source: str, data: bytes | mmap, limits: Limits) -> zipfile.ZipFile:
    """打开压缩包 — after checking how much would come out of it. DocumentError for a damaged or bursting one."""
    if sum(1 for _ in _ENTRY.finditer(data)) > limits.parts:
        raise refusal("damaged", source)
    try:
        archive = zipfile.ZipFile(BytesIO(data) if isinstance(data, bytes) else data)  # type: ignore[arg-type]
    except _BROKEN:
        raise refusal("damaged", source) from None
    if sum(info.file_size for info in archive.infolist()) > limits.unpacked_bytes(len(data)):
        archive.close()
        raise DocumentError(
            source,
            "{file}：展开后的大小超过原来的 {times} 倍，可能是压缩炸弹，没有读。请重新压缩或另存一份再试",
            file=source,
            times=limits.expansion,
        )
    return archive


def read_part(source: str, archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits) -> bytes:
    """读一个部件 — its bytes; `zipfile` itself stops at the size declared, which has been checked."""
    check_size(source, info.file_size, limits)
    if info.flag_bits & _ENCRYPTED:
        raise refusal("encrypted", source)
    try:
        return archive.read(info)
    except _BROKEN:
        raise refusal("damaged", source) from None


def _name(info: zipfile.ZipInfo) -> str:
    """The name to show, empty for what no person put there: notes of programs, links that lead out of the archive.

    Old archivers write GB18030 and do not say so.
    """
    name = "" if stat.S_ISLNK(info.external_attr >> 16) else info.filename
    if not info.flag_bits & _NAME_IS_UTF8:
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    parts = [part for part in PurePosixPath(name.replace("\\", "/")).parts if not _CLIMBING.match(part)]
    is_hidden = any(part.startswith(".") for part in parts)
    if not parts or is_hidden or parts[0] == "__MACOSX" or parts[-1].startswith("~$") or parts[-1].lower() in _NOISE:
        return ""
    return "/".join(map(_shown, parts))


def _shown(part: str) -> str:
    """A part of a name in one line, without what controls and what turns the order of signs: it is shown and logged.
    What counts as hidden is settled before, lest a member be passed over that is there for whoever unpacks."""
    seen = "".join(sign for sign in part if unicodedata.category(sign) not in _UNSHOWN)
    return "_" if not seen.strip() or _CLIMBING.match(seen) else seen
