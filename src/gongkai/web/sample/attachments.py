"""示范县的附件 — a few files made once, given to every body under its own rows (条例 第二十四条).

One of them hides what it should not: a list with identity numbers in a hidden column, for the guard to find.
"""

from __future__ import annotations

import csv
import io
import random
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from gongkai.documents.redaction import Decisions, inspect, masked, public_copy
from gongkai.documents.writing import write
from gongkai.documents.writing.manuscript import Cell, Manuscript, Style, Table, Text
from gongkai.law.roles import Role
from gongkai.web.files.models import CopyKind, File, PublicCopy, ScanState
from gongkai.web.files.rules import rules
from gongkai.web.files.storing import new_name, put
from gongkai.web.holdings.digests import ALGORITHM
from gongkai.web.journal.chaining import digest
from gongkai.web.sample.chains import Told
from gongkai.web.sample.people import Home
from gongkai.web.sample.words import binary, data

KINDS = ("xlsx", "docx", "csv", "pdf")


@dataclass(frozen=True, slots=True)
class Kept:
    """一个附件 — the original and its public copy, None where nobody has made one."""

    file: File
    copy: PublicCopy | None


@dataclass(frozen=True, slots=True)
class Made:
    """做好的文件 — its name, its bytes, those of its copy, what the guard saw in each."""

    name: str
    original: bytes
    public: bytes
    inspection: dict[str, object]
    seen: dict[str, object]


def shared(chance: random.Random) -> list[Made]:
    """做一遍 — one file of each format."""
    rows = [(place, name, str(chance.randint(2, 90))) for place in _places() for name in ("受理", "办结")]
    rows.insert(0, ("乡镇（街道）", "项目", "数量"))
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    form = [Text("申请表", Style.TITLE), *(Text(f"{line}：") for line in ("申请事项", "申请理由", "办理意见"))]
    contents = {
        "xlsx": write(Manuscript("一览表", "", (_table(rows),)), "xlsx"),
        "docx": write(Manuscript("申请表", "", tuple(form)), "docx"),
        "csv": ("\ufeff" + text.getvalue()).encode(),
        "pdf": binary("notice.pdf"),
    }
    titles = data("words")["attachments"]
    return [_made(f"{titles[kind].format(work='')}.{kind}", contents[kind]) for kind in KINDS]


def leaking() -> Made:
    """藏着身份证件号码的名单 — what a clerk attached without looking (条例 第十五条)."""
    name, original = "发放名单.xlsx", binary("list.xlsx")
    return Made(name, original, b"", inspect(name, original).to_json(), {})


def keep(homes: list[Home], made: list[Made], at: datetime) -> Iterator[tuple[Home, list[Kept], list[Told]]]:
    """入库 — the files as each body's own, two formats a body, and what the journal says of it."""
    with TemporaryDirectory() as folder:
        for place, home in enumerate(homes):
            chosen = [made[(place + step) % len(made)] for step in range(2)]
            kept = [_keep(home, one, at, Path(folder)) for one in chosen]
            yield home, kept, [told for each in kept for told in _told(home, each, at)]


def keep_leaking(home: Home, at: datetime) -> tuple[Kept, list[Told]]:
    """入库 — the one that hides something; nobody has made a copy of it yet."""
    with TemporaryDirectory() as folder:
        kept = _keep(home, leaking(), at, Path(folder))
    return kept, list(_told(home, kept, at))


def keep_masked(home: Home, at: datetime) -> tuple[Kept, list[Told]]:
    """入库 — the same list with a copy in which the numbers are masked (条例 第三十七条)."""
    with TemporaryDirectory() as folder:
        made = leaking()
        cut = replace(made, public=masked(made.name, made.original, Decisions()))
        kept = _keep(home, cut, at, Path(folder), CopyKind.MASKED)
    return kept, list(_told(home, kept, at))


def _keep(home: Home, made: Made, at: datetime, folder: Path, kind: CopyKind = CopyKind.STRIPPED) -> Kept:
    file = File.objects.create(
        body=home.body,
        name=made.name,
        kind=made.name.rpartition(".")[2],
        size=len(made.original),
        algorithm=ALGORITHM,
        digest=digest(ALGORITHM, made.original),
        storage_name=_stored(made.original, at, folder),
        scan_state=ScanState.NOT_CONFIGURED,
        scanned_at=at,
        inspection=made.inspection,
        inspected_at=at,
        rules=rules(),
        uploaded_by=home.people[Role.CLERK],
        uploaded_at=at,
    )
    if not made.public:
        return Kept(file, None)
    copy = PublicCopy.objects.create(
        file=file,
        key=secrets.token_urlsafe(32),
        kind=kind,
        name=made.name,
        size=len(made.public),
        algorithm=ALGORITHM,
        digest=digest(ALGORITHM, made.public),
        storage_name=_stored(made.public, at, folder),
        inspection=made.seen,
        rules=rules(),
        made_at=at,
        published_at=at,
    )
    return Kept(file, copy)


def _told(home: Home, kept: Kept, at: datetime) -> Iterator[Told]:
    file, copy = kept.file, kept.copy
    subject, actor = f"files.file:{file.pk}", f"staff:{file.uploaded_by_id}"
    facts = {"kind": file.kind, "size": file.size, "algorithm": file.algorithm, "digest": file.digest}
    yield Told(home.body.slug, "files.receive", subject, actor, at, {**facts, "scan": str(file.scan_state)})
    if copy:
        yield Told(home.body.slug, "files.copy", subject, actor, at, {"copy": copy.pk, "digest": copy.digest})
        yield Told(home.body.slug, "files.publish", subject, actor, at, {"copy": copy.pk, "digest": copy.digest})


def _stored(content: bytes, at: datetime, folder: Path) -> str:
    name, path = new_name(at), folder / secrets.token_hex(8)
    path.write_bytes(content)
    put(path, name)
    return name


def _made(name: str, original: bytes) -> Made:
    copy = public_copy(name, original)
    return Made(name, original, copy, inspect(name, original).to_json(), inspect(name, copy).to_json())


def _table(rows: Sequence[tuple[str, ...]]) -> Table:
    cells = tuple(tuple(Cell(text) for text in row) for row in rows)
    return Table("一览表", (60, 60, 36), cells, heads=1)


def _places() -> list[str]:
    return [row["short"] for row in data("bodies")["body"] if row["level"] == "township"]
