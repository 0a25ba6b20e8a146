"""导出文件 — one JSON object a line: anchors, then chain after chain with its entries, then the end (条例 第四十五条).

Written from the database, checked without one: whoever has the file needs `chaining` and this module alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from typing import Any, TypeVar

from gongkai.web.journal.against import Held
from gongkai.web.journal.chaining import (
    ALGORITHMS,
    GONE,
    Break,
    Day,
    Hash,
    Link,
    anchors_held,
    canonical,
    first_break,
    new,
    shown,
)

KIND, FORMAT = "gongkai.journal", 1

NOT_OURS = "第 {line} 行不是办理记录的导出文件。请给 gongkai journal export 写出的文件。"
CUT_OFF = "文件没有写完，到第 {line} 行为止。请重新导出。"
FILE_EDITED = "导出文件被改过：全文与结尾的校验值不符"
NO_PROOF = "导出文件被改过，不能拿来比对：全文与结尾的校验值不符。请换一份没有动过的。"


class ExportError(Exception):
    """导出文件读不了 — where and why, as a template with its values."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template, self.values = template, values


@dataclass(frozen=True, slots=True)
class Verdict:
    """核验结果 — what was looked at, and every first break; nothing broken where there is none (条例 第四十五条)."""

    chains: int
    entries: int
    last_day: str
    breaks: tuple[Break, ...]


def written(
    days: Iterable[Day], chains: Iterable[tuple[str, int, str, Iterable[Link]]], algorithm: str, now: datetime
) -> Iterator[bytes]:
    """写出 — the lines of the file. `chains`: code, length, head and links of each; nothing of it is held in memory."""
    seal = new(algorithm)
    for row in _rows(days, chains, algorithm, now):
        line = canonical(row) + b"\n"
        seal.update(line)
        yield line
    yield canonical({"kind": "end", "digest": seal.hexdigest()}) + b"\n"


def _rows(
    days: Iterable[Day], chains: Iterable[tuple[str, int, str, Iterable[Link]]], algorithm: str, now: datetime
) -> Iterator[dict[str, object]]:
    yield {"kind": KIND, "format": FORMAT, "algorithm": algorithm, "exported_at": now.astimezone(UTC).isoformat()}
    for day in days:
        yield {"kind": "anchor", **asdict(day)}
    for code, length, head, links in chains:
        yield {"kind": "chain", "code": code, "length": length, "head": head}
        for link in links:
            row = {field.name: getattr(link, field.name) for field in fields(link)}
            yield {"kind": "entry", **row, "at": link.at.astimezone(UTC).isoformat(timespec="microseconds")}


def verify(lines: Iterable[bytes]) -> Verdict:
    """核验导出文件 — as `queries.verify` does with the database. ExportError where it is no such file."""
    reader = _Reader(lines)
    days = [reader.made(Day, row) for row in reader.take("anchor")]
    anchored, breaks = anchors_held(days)
    chains = entries = 0
    while reader.row.get("kind") == "chain":
        (head,) = (reader.made(_Head, row) for row in reader.take("chain", most=1))
        links = [0]
        found = first_break(head.code, _counted(reader, links), head.length, head.head, anchored.pop(head.code, {}))
        for _ in reader.take("entry"):  # those after a break
            links[0] += 1
        breaks += [found] if found else []
        chains, entries = chains + 1, entries + links[0]
    for code, marks in sorted(anchored.items()):
        breaks.append(Break(code, None, GONE, {"chain": code, "day": next(iter(marks.values())).day}))
    if not reader.is_sealed():
        breaks.append(Break("", None, FILE_EDITED, {}))
    return Verdict(chains, entries, days[-1].day if days else "", tuple(breaks))


def held(lines: Iterable[bytes]) -> Held:
    """旧件 — what an earlier export says, to compare with (条例 第四十五条).

    ExportError where it is none, or was changed after it was written.
    """
    reader = _Reader(lines)
    made = Held(reader.when)
    for row in reader.take("anchor"):
        day = reader.made(Day, row)
        made.anchors[day.day] = day.digest
    while reader.row.get("kind") == "chain":
        (head,) = (reader.made(_Head, row) for row in reader.take("chain", most=1))
        made.chains[head.code] = bytearray()
        for link in _counted(reader, [0]):
            try:
                made.add(head.code, link.digest)
            except ValueError:
                raise ExportError(NOT_OURS, line=reader.number - 1) from None
    if not reader.is_sealed():
        raise ExportError(NO_PROOF)
    return made


def _counted(reader: _Reader, count: list[int]) -> Iterator[Link]:
    for row in reader.take("entry"):
        count[0] += 1
        yield reader.made(Link, row)


@dataclass(frozen=True, slots=True)
class _Head:
    code: str
    length: int
    head: str


_T = TypeVar("_T")


class _Reader:
    """The rows of a file, one ahead: `row` is the next, and what was read before it has gone into the seal."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._lines = iter(lines)
        self.number = 0
        self.row: dict[str, Any] = {}
        self._raw = b""
        self._seal: Hash | None = None
        self._advance()
        if (
            self.row.get("kind") != KIND
            or self.row.get("format") != FORMAT
            or self.row.get("algorithm") not in ALGORITHMS
        ):
            raise ExportError(NOT_OURS, line=1)
        try:
            self.when = shown(datetime.fromisoformat(self.row["exported_at"]))
        except (KeyError, TypeError, ValueError):
            raise ExportError(NOT_OURS, line=1) from None
        self._seal = new(self.row["algorithm"])
        self._advance()

    def take(self, kind: str, most: int | None = None) -> Iterator[dict[str, Any]]:
        """The rows of a kind that come next, at most so many."""
        while self.row.get("kind") == kind and most != 0:
            row, most = self.row, most and most - 1
            self._advance()
            yield {name: value for name, value in row.items() if name != "kind"}

    def made(self, kind: type[_T], row: Mapping[str, Any]) -> _T:
        """The value that a row tells, every field of its type."""
        told = dict(row)
        try:
            if "at" in told:
                told["at"] = datetime.fromisoformat(told["at"])
            for name, wanted in _TYPES.items():
                if name in told and not isinstance(told[name], wanted):
                    raise TypeError(name)
            return kind(**told)
        except (TypeError, ValueError):
            raise ExportError(NOT_OURS, line=self.number - 1) from None

    def is_sealed(self) -> bool:
        """Whether the end is there, and all before it as it was written."""
        if self.row.get("kind") != "end" or self._seal is None:
            raise ExportError(CUT_OFF, line=self.number)
        return bool(self.row.get("digest") == self._seal.hexdigest()) and next(self._lines, None) is None

    def _advance(self) -> None:
        if self._seal is not None:
            self._seal.update(self._raw)
        self._raw = next(self._lines, b"")
        if not self._raw:
            raise ExportError(CUT_OFF if self.number else NOT_OURS, line=self.number or 1)
        self.number += 1
        try:
            row = json.loads(self._raw)
        except (ValueError, RecursionError):
            row = None
        if not isinstance(row, dict):
            raise ExportError(NOT_OURS, line=self.number)
        self.row = row


_TYPES: dict[str, type] = {
    "chain": str, "number": int, "at": datetime, "act": str, "actor": str, "subject": str, "algorithm": str,
    "previous": str, "digest": str, "code": str, "length": int, "head": str, "day": str, "heads": dict,
}  # fmt: skip
