"""普查 — a folder of reports to three Parquet files, by all cores, to be stopped and taken up again at any moment.

First every content that has not been read is read, into parts of OUT.parts; then bodies and years are settled over the
whole; then the tables are written, in the order of the sources, beside their places and renamed. The same folder gives
the same bytes, however often the run was ended on the way and by however many processes it was done.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import IO, TypeVar

import pyarrow.parquet as pq

from gongkai.report.survey import parts, reading
from gongkai.report.survey.bodies import Row, settle
from gongkai.report.survey.compact import unpacked
from gongkai.report.survey.listing import Listed, files_in
from gongkai.report.survey.parts import Head, Kept
from gongkai.report.survey.shards import Refused, Settled, Shard, shard
from gongkai.report.survey.tables import TABLES, paths, schema
from gongkai.report.survey.workers import Workers

CHUNK_FILES = 32
CHUNK_BYTES = 16 * 1024**2
"""一批 — read together into one part: what a killed run may lose."""
KEYS_AT_ONCE = 256
ROWS_AT_ONCE = 256
"""一段 — reports written together, one row group of a table; never depends on how many processes there are."""
_ENOUGH_ALIKE = 0.5

T = TypeVar("T")


class Step(StrEnum):
    """步骤 — `known` 认内容: which contents were read before · `read` 读年报 · `write` 写结果."""

    KNOWN = "known"
    READ = "read"
    WRITE = "write"


Progress = Callable[[Step, int, int], None]
"""进度 — called with the step, how much of it is done, and how much there is."""


class SurveyError(Exception):
    """普查做不了 — why, in one plain sentence (`template.format(**values)`)."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template, self.values = template, values


@dataclass(slots=True)
class Survey:
    """普查结果 — how many files were read anew, how many reports are how, and which files could not be read.

    `counts`: reports, wrong (with an error), unsure (with figures absent or doubtful), twice (not counted), unreadable.
    """

    files: int = 0
    anew: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    refused: list[Refused] = field(default_factory=list)


def survey(folder: Path, out: Path, *, workers: int, progress: Progress = lambda *_: None) -> Survey:
    """普查 — every report under `folder` into OUT.parquet and two files beside it. SurveyError where it cannot be."""
    store = out.with_name(f"{out.stem}{parts.STORE}")
    try:
        store.mkdir(exist_ok=True)
        with Workers(workers) as pool, _alone(store):
            made = Survey()
            listed = files_in(folder, [store, *paths(out).values()])
            rows = _read(listed, store, pool, made, progress)
            settle([row for row, _ in rows], partial(_alike, store))
            _write(rows, store, out, pool, made, progress)
            parts.tidy(store, [row.kept for row, _ in rows if row.kept])
    except parts.DamagedPartError as error:
        raise SurveyError("{path}：读过的内容损坏了。请删除这个文件，再运行一次同一条命令。", path=error.path) from None
    except OSError as error:
        raise SurveyError(
            "{out}：写不进去（{reason}）。请换一个可以写的位置。", out=out, reason=error.strerror or error
        ) from None
    return made


Key = str | reading.Unreadable | None
Placed = tuple[Row, reading.Unreadable | None]


def _read(listed: Sequence[Listed], store: Path, pool: Workers, made: Survey, progress: Progress) -> list[Placed]:
    """A row for every report and for every file that is none, in the order of the sources."""
    known = parts.known(store)
    found: list[Key] = [None] * len(listed)
    if known:
        batches = _batches((one.path for one in listed), KEYS_AT_ONCE)
        told = chain.from_iterable(pool.each(reading.keys, batches, lambda path, _: reading.keys([path])))
        for index, content in enumerate(told):
            found[index] = content
            progress(Step.KNOWN, index + 1, len(listed))
    missing = [n for n, key in enumerate(found) if key is None or (isinstance(key, str) and key not in known)]
    _read_anew(missing, listed, found, known, store, pool, progress)
    made.files, made.anew = len(listed), len(missing)
    rows: list[Placed] = []
    for one, key in zip(listed, found, strict=True):
        if isinstance(key, str):
            kept = known[key]
            rows += [(Row(one.source, kept, place, head), None) for place, head in enumerate(kept.heads)]
        else:
            rows.append((Row(one.source, None, 0, Head("", is_report=False)), key))
    return rows


def _read_anew(
    missing: Sequence[int],
    listed: Sequence[Listed],
    found: list[Key],
    known: dict[str, Kept],
    store: Path,
    pool: Workers,
    progress: Progress,
) -> None:
    def lost(piece: reading.Wanted, late: bool) -> reading.Read:
        return reading.lost(store, piece.path, late=late)

    def wanted() -> Iterator[list[reading.Wanted]]:
        for chunk in _chunks(missing, listed):
            keys = (found[n] for n in chunk)
            yield [
                reading.Wanted(listed[n].path, key if isinstance(key, str) else None)
                for n, key in zip(chunk, keys, strict=True)
            ]

    at = 0
    for keys, where in pool.each(partial(reading.read, store), wanted(), lost):
        known |= where
        for key in keys:
            found[missing[at]] = key
            at += 1
        progress(Step.READ, at, len(missing))


def _write(rows: list[Placed], store: Path, out: Path, pool: Workers, made: Survey, progress: Progress) -> None:
    def lost(piece: Settled, late: bool) -> Shard:
        del late
        raise SurveyError("{source}：归入结果时程序中断了。请把这个文件反馈给我们。", source=piece.source)

    beside = {name: store / f"{name}.tmp" for name in TABLES}
    done = 0
    with contextlib.ExitStack() as files:
        writers = {
            name: files.enter_context(pq.ParquetWriter(path, schema(name), compression="zstd"))
            for name, path in beside.items()
        }
        for written in pool.each(partial(shard, store), _batches(map(_settled, rows), ROWS_AT_ONCE), lost):
            for name, batch in written.tables.items():
                writers[name].write_batch(batch)
            made.counts.update(written.counts)
            made.refused += written.refused
            done = min(done + ROWS_AT_ONCE, len(rows))
            progress(Step.WRITE, done, len(rows))
    for name, path in paths(out).items():
        beside[name].replace(path)


def _settled(placed: Placed) -> Settled:
    row, unreadable = placed
    before = row.previous
    return Settled(
        row.source,
        row.kept,
        row.place,
        row.agency,
        row.year,
        row.counted,
        row.instead,
        None
        if before is None or before.kept is None or before.year is None
        else (before.kept, before.place, before.year),
        tuple(row.findings),
        None if unreadable is None else (unreadable.template, unreadable.values),
    )


def _alike(store: Path, row: Row, other: Row) -> bool:
    """Whether most figures that are not zero are the same in both."""
    if row.head.figures == other.head.figures or row.kept is None or other.kept is None:
        return True
    mine, theirs = (
        {
            address: value
            for address, value in unpacked(parts.load(store, kept)[place]["report"], None, None).figures.items()
            if value
        }
        for kept, place in ((row.kept, row.place), (other.kept, other.place))
    )
    same = sum(theirs.get(address) == value for address, value in mine.items())
    return bool(same >= _ENOUGH_ALIKE * len({*mine, *theirs}))


def _chunks(wanted: Iterable[int], listed: Sequence[Listed]) -> Iterator[list[int]]:
    chunk: list[int] = []
    size = 0
    for n in wanted:
        if chunk and (len(chunk) == CHUNK_FILES or size + listed[n].size > CHUNK_BYTES):
            yield chunk
            chunk, size = [], 0
        chunk.append(n)
        size += listed[n].size
    if chunk:
        yield chunk


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    coming = iter(items)
    while batch := list(islice(coming, size)):
        yield batch


@contextlib.contextmanager
def _alone(store: Path) -> Iterator[IO[str]]:
    """Nobody else writes into these parts meanwhile."""
    with (store / parts.LOCK).open("w") as file:
        with contextlib.suppress(ImportError):
            import fcntl  # noqa: PLC0415 — not on every system

            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise SurveyError("{out}：另一个普查正在写这里。请等它做完，或者换一个文件名。", out=store) from None
        yield file
