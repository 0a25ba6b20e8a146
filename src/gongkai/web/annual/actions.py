"""办理 — what is done on the desk: files taken in, figures typed in, a batch put away (条例 第五十条)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from django.core.files.uploadedfile import TemporaryUploadedFile

from gongkai.documents.limits import LIMITS
from gongkai.text.folding import fold
from gongkai.web.annual.keeping import Batch, Upload, discard, keep, write
from gongkai.web.annual.queries import Sheet
from gongkai.web.annual.typed import figure

__all__ = ["TypedError", "discard", "receive", "type_in"]

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_LONGEST_NAME = 120
TOO_LARGE = "这个文件有 {size} MB，超过 {megabytes} MB，没有收。请去掉其中的大图片，或拆成几个文件"
NO_ROOM = "核对台的地方暂时用满了，这一份没有收。请过几分钟再交；以前核对过的，看完可以先删除"
TOO_MANY = "一次最多 {limit} 份，这一份没有收。请分几次核对，或压缩成一个 zip"


class TypedError(ValueError):
    """录入有误 — a figure that was typed in cannot be one: `addresses`, and why as a template."""

    def __init__(self, addresses: Iterable[str]) -> None:
        self.addresses = tuple(addresses)
        super().__init__("、".join(self.addresses))


def receive(
    desk: Path,
    owner: str,
    now: float,
    *,
    current: Iterable[TemporaryUploadedFile],
    previous: Iterable[TemporaryUploadedFile],
    limit: int,
    visitor: str = "",
    room: int = LIMITS.file_bytes,
) -> Batch:
    """收下文件 — a batch of this year's files and last year's; one too large or one too many says so in its row.

    `room`: bytes for which there is a place on the disk (keeping.room); what has none says so too.
    """
    given = [*_within(current, limit, is_previous=False), *_within(previous, limit, is_previous=True)]
    uploads = []
    for number, (file, is_previous, refused, values) in enumerate(given, start=1):
        if refused is None:
            room -= file.size or 0
            refused = NO_ROOM if room < 0 else None
        upload = Upload(number, shown_name(file.name or ""), file.size or 0, is_previous, refused, values)
        uploads.append((upload, None if refused else file.temporary_file_path()))
    return keep(desk, owner, uploads, now, visitor)


def _within(
    files: Iterable[TemporaryUploadedFile], limit: int, *, is_previous: bool
) -> Iterator[tuple[TemporaryUploadedFile, bool, str | None, Mapping[str, object]]]:
    megabytes = LIMITS.file_bytes // 1024**2
    for place, file in enumerate(files):
        if (file.size or 0) > LIMITS.file_bytes:
            size = -(-(file.size or 0) // 1024**2)
            yield file, is_previous, TOO_LARGE, {"size": size, "megabytes": megabytes}
        elif place >= limit:
            yield file, is_previous, TOO_MANY, {"limit": limit}
        else:
            yield file, is_previous, None, {}


def shown_name(name: str) -> str:
    """文件名 — a name fit to be shown: its last part, without control and direction marks, of bearable length."""
    last = _UNPRINTABLE.sub("", name.replace("\\", "/").rpartition("/")[2]).strip()
    if len(last) <= _LONGEST_NAME:
        return last or "未命名"
    stem, dot, suffix = last.rpartition(".")
    tail = f"{dot}{suffix}" if stem and len(suffix) <= 8 else ""
    return f"{last[: _LONGEST_NAME - len(tail) - 1]}…{tail}"


def type_in(batch: Batch, sheet: Sheet, given: Mapping[str, str]) -> int:
    """人工录入 — figures for cells that were doubtful or absent; how many are typed in now. An empty one is taken back.

    TypedError names the cells whose text is no figure; then nothing is changed.
    """
    typed = dict(sheet.typed)
    wrong = []
    for address in sheet.open_cells:
        if address not in given:
            continue
        text = "".join(fold(given[address]).split())
        if not text:
            typed.pop(address, None)
        elif figure(sheet.form, address, text) is None:
            wrong.append(address)
        else:
            typed[address] = text
    if wrong:
        raise TypedError(wrong)
    write(batch.folder / "typed" / sheet.id, typed)
    return len(typed)
