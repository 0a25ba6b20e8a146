"""读一份文件 — the content of a file to records: the reports in it, checked, or why it is none (条例 第五十条).

Runs in processes of its own. What depends on the content alone is done here, and only once for each content; what
depends on other reports comes later, in `shards`.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path, PurePath
from typing import NamedTuple

import gongkai
from gongkai.documents.document import Document, DocumentError
from gongkai.documents.limits import LIMITS
from gongkai.documents.opening import open_documents
from gongkai.report.checks import check
from gongkai.report.equations import unread_figures
from gongkai.report.figures import AnnualReport
from gongkai.report.reading import read_document
from gongkai.report.reading.parts import parts
from gongkai.report.survey.compact import packed
from gongkai.report.survey.parts import Head, Kept, Record, key_of, write_part
from gongkai.report.survey.workers import Watch

_NAME = "\x00"
"""Stands in every record for the path of the file: one content may lie in many places."""
_READERS = ("rapidocr", "onnxruntime")
_PROGRAMS = ("soffice", "libreoffice", "antiword")

_PARTS = ("documents", "law", "report", "text")
_KINDS = {".py", ".toml", ".xsl"}


class Wanted(NamedTuple):
    """要读的文件 — where it is, and the key of its content where that is known already."""

    path: str
    key: str | None = None


class Unreadable(NamedTuple):
    """打不开 — a file whose content could not be had, and why; named as DocumentError names it."""

    template: str
    values: dict[str, object]


Read = tuple[list[str | Unreadable], dict[str, Kept]]
"""读过一批 — for each file the key of what was read, or why it could not be opened; where the records are."""


@cache
def version() -> str:
    """读法的版本 — of this very program and of the readers installed beside it: what another one read is read again."""
    readers = [name for name in _READERS if find_spec(name)] + [name for name in _PROGRAMS if shutil.which(name)]
    program = hashlib.sha256()
    top = Path(gongkai.__file__).parent
    for path in sorted(path for part in _PARTS for path in (top / part).rglob("*")):
        if path.suffix in _KINDS:
            program.update(path.read_bytes())
    return " ".join([program.hexdigest(), *readers])


def keys(paths: Sequence[str]) -> list[str | Unreadable]:
    """认内容 — the key of each file's content, or why it cannot be had."""
    return [got if isinstance(got, Unreadable) else _key(path, got) for path in paths for got in (_content(path),)]


def read(folder: Path, wanted: Sequence[Wanted]) -> Read:
    """读 — the files into a new part of `folder`: for each the key of what was read, and where the records are."""
    found: list[str | Unreadable] = []
    done: dict[str, tuple[str, list[Record], list[Head]]] = {}
    with Watch() as watch:
        for path, known in wanted:
            content = _content(path)
            if isinstance(content, Unreadable):
                found.append(content)
                continue
            key = known or _key(path, content)
            found.append(key)
            if key not in done:
                watch.begin()
                done[key] = (key, *records_of(content, PurePath(path).suffix.lower()))
    return found, write_part(folder, list(done.values())) if done else {}


def lost(folder: Path, path: str, *, late: bool) -> Read:
    """没有读完 — what is kept of a file at which the process died."""
    content = _content(path)
    if isinstance(content, Unreadable):
        return [content], {}
    key = _key(path, content)
    template = "{file}：读了太久还没有读完，先停下了" if late else "{file}：读这个文件时程序中断了，可能是文件已损坏"
    error = DocumentError(_NAME, template, file=_NAME)
    return [key], write_part(folder, [(key, [_refused(error)], [_head(error)])])


def records_of(content: bytes, suffix: str) -> tuple[list[Record], list[Head]]:
    """记录 — one for each report that the content holds, more than one in an archive; and the heads of them."""
    records: list[Record] = []
    heads: list[Head] = []
    for taken in _all_taken(content, suffix):
        if isinstance(taken, DocumentError):
            records.append(_refused(taken))
            heads.append(_head(taken))
        else:
            report, record = taken
            records.append(record)
            heads.append(_head(report, record))
    return records, heads


def _all_taken(content: bytes, suffix: str) -> Iterator[tuple[AnnualReport, Record] | DocumentError]:
    source = _NAME + suffix
    try:
        for opened in open_documents(source, content):
            source = opened.source
            try:
                if isinstance(opened, DocumentError):
                    yield opened
                else:
                    yield from map(_taken, parts(opened))
            except DocumentError as error:
                yield error
    except Exception as error:
        # A fault of ours in one file must not cost the other ten thousand; GONGKAI_DEBUG shows where it happened.
        if os.environ.get("GONGKAI_DEBUG"):
            raise
        template = "{file}：读到一半程序出错了（{kind}），请把这个文件反馈给我们"
        yield DocumentError(source, template, file=source, kind=type(error).__name__)


def _taken(opened: Document) -> tuple[AnnualReport, Record]:
    report = read_document(opened)
    findings = [finding.to_json() for finding in check(report)]
    record = {"member": _member(report.source) + _part(report), "format": opened.format, "report": packed(report)}
    return report, {**record, "part": report.part, "findings": findings}


def _refused(error: DocumentError) -> Record:
    return {"member": _member(error.source), "error": error.template, "values": _plain(error)}


def _plain(error: DocumentError) -> dict[str, object]:
    """The fields of the sentence as they will be printed, without the name of the file at hand."""
    return {
        name: value if isinstance(value, int) else str(value).replace(_NAME, "")
        for name, value in error.values.items()
        if name != "file"
    }


def _head(taken: AnnualReport | DocumentError, record: Record | None = None) -> Head:
    member = _member(taken.source) + (_part(taken) if isinstance(taken, AnnualReport) else "")
    if isinstance(taken, DocumentError) or record is None:
        return Head(member, is_report=False)
    figures = json.dumps(record["report"]["figures"]).encode()
    return Head(
        member,
        True,
        taken.agency,
        taken.year,
        max(taken.published_on or "", taken.signed_on or ""),
        len(unread_figures(taken)),
        hashlib.sha256(figures).hexdigest()[:16],
    )


def _member(source: str) -> str:
    """What follows the name of the file: `/inner/name.html` in an archive, else nothing."""
    return source[source.index("/") :] if "/" in source else ""


def _part(report: AnnualReport) -> str:
    """Which report of several in one document: `#` and its sheet or title."""
    return f"#{report.part}" if report.part else ""


def _key(path: str, content: bytes) -> str:
    return key_of(content, PurePath(path).suffix.lower(), version())


def _content(path: str) -> bytes | Unreadable:
    try:
        with Path(path).open("rb") as file:
            return file.read(LIMITS.file_bytes + 1)
    except FileNotFoundError:
        return Unreadable("{file}：没有这个文件。请看看文件名和路径有没有写对", {})
    except PermissionError:
        return Unreadable("{file}：没有读这个文件的权限。请换一个有权限的位置再试", {})
    except OSError as error:
        return Unreadable("{file}：文件读不出来（{reason}）", {"reason": error.strerror or type(error).__name__})
