"""各行对照 — whether every row still is what the last entry about it says, and is there (条例 第四十五条)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from struct import Struct

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from gongkai.web.journal.chaining import Break
from gongkai.web.journal.models import Entry, Salt
from gongkai.web.journal.readable import FAULTS, entries, judged, readable
from gongkai.web.journal.rooms import words
from gongkai.web.journal.sealed_rows import FACT, Kept, Row, salt_subject, standing, tables

STOCK = "journal.stock"
"""盘存 — the act by which rows that no act has sealed get their digests, once for every table."""
TABLES = "tables"
"""盘过的表 — the fact of the last entry of a stock-taking."""

CHANGED = "{what}“{called}”（编号 {number}）和办理记录里记下的不一样：绕过平台改过"
ADDED = "{what}“{called}”（编号 {number}）在库里，办理记录里没有它：绕过平台加进去的"
GONE = "{what}（编号 {number}）办理记录里有，库里没有了：绕过平台删掉的"
NO_SALT = "{subject} 的盐不见了，办理记录里没有删过它：绕过平台删掉的，它的各行没有比对"
RESTATED = "{what}（编号 {number}）盘存时记下的和办理记录里早先记下的不一样：盘存不改已有的，是绕过平台补记的"
NO_ACT = "{what}（编号 {number}）的校验值记在平台没有的步骤“{act}”里：绕过平台补记的"
UNREADABLE = "{what}这张表读不了，没有比对：{why}"
_PACKED = Struct(">qI")
_ENTRY = 8
"""So many bytes are the number of the entry; algorithm and digest follow."""


@dataclass(slots=True)
class Told:
    """记录所记 — of every row its digest, with algorithm and entry; when salts were erased; which tables are known.

    `rows`: by table and number, packed, so that hundreds of thousands stay small: entry, algorithm, digest.
    """

    rows: dict[str, dict[int, bytes]] = field(default_factory=dict)
    algorithms: list[str] = field(default_factory=list)
    erased: dict[str, int] = field(default_factory=dict)
    personal: dict[str, int] = field(default_factory=dict)
    tables: set[str] = field(default_factory=set)
    strange: list[tuple[str, str, int, str]] = field(default_factory=list)
    """What no entry of the platform says: a sentence, table and number of the row, the act."""

    def take(self, number: int, act: str, subject: str, algorithm: str, facts: dict[str, object]) -> None:
        """记下 — what one entry says."""
        rows, names = facts.get(FACT), facts.get(TABLES)
        if act == "erase":
            self.erased[subject] = number
        if facts.get("personal"):
            self.personal[subject] = number
        if act == STOCK and isinstance(names, list):
            self.tables.update(str(each) for each in names)
        for key, sealed in rows.items() if isinstance(rows, dict) else ():
            self._seal(key, number, act, algorithm, _bytes(str(sealed)))

    def _seal(self, key: str, number: int, act: str, algorithm: str, sealed: bytes) -> None:
        label, _, row = key.rpartition(":")
        if algorithm not in self.algorithms:
            self.algorithms.append(algorithm)
        if row.isascii() and row.isdigit() and len(row) < 20:  # an entry that was edited is named by itself
            packed = _PACKED.pack(number, self.algorithms.index(algorithm)) + sealed
            before = self.rows.get(label, {}).get(int(row), packed)
            if act == STOCK and before[_ENTRY:] != packed[_ENTRY:]:
                # It is taken once, of rows that no act has sealed; or of one that was sealed meanwhile, as it stands.
                self.strange.append((RESTATED, label, int(row), act))
            elif act not in words().acts:
                self.strange.append((NO_ACT, label, int(row), act))
            self.rows.setdefault(label, {})[int(row)] = packed

    def taken(self, label: str, row: int) -> tuple[int, str, bytes]:
        """取出 — what was said last of a row, which is then no more among them: entry, algorithm, digest."""
        packed = self.rows.get(label, {}).pop(row, b"")
        if not packed:
            return 0, "", b""
        number, algorithm = _PACKED.unpack_from(packed)
        return number, self.algorithms[algorithm], packed[_PACKED.size :]

    def left(self) -> Iterator[tuple[str, int]]:
        """还剩的 — table and number of the rows that were not taken and not said to be deleted."""
        for label, rows in self.rows.items():
            yield from ((label, row) for row, packed in rows.items() if len(packed) > _PACKED.size)


def told() -> Told:
    """记录所记 — of all entries, in their order."""
    kept = Told()
    # As text: SQLite looks for a key in no JSON that is torn, nor in those beside it.
    about = Q(text__contains=f'"{FACT}"') | Q(text__contains='"personal"') | Q(act__in=("erase", STOCK))
    found = Entry.objects.annotate(text=Cast("facts", TextField())).filter(about)
    for number, act, subject, algorithm, facts in entries(found, "id", "act", "subject", "algorithm", "facts"):
        if isinstance(facts, dict):
            kept.take(number, act, subject, algorithm, facts)
    return kept


def rows_against_journal() -> Iterator[Break]:
    """与办理记录对照 — every row of the tables that rooms keep with digests (条例 第四十五条)."""
    said, salts = told(), dict(entries(Salt.objects.all(), "subject", "value"))
    missing = {subject for subject, at in said.personal.items() if subject not in salts and _is_lost(said, subject, at)}
    for kept in tables().values():
        try:
            for number, row in standing(kept):
                if isinstance(row, Exception):
                    said.taken(kept.label, number)
                yield from judged(
                    number, row, partial(_of_row, kept, said=said, salts=salts, missing=missing), kept.model
                )
        except FAULTS as error:
            yield Break("", None, UNREADABLE, {"what": kept.term, "why": str(error)[:200]})
    for label, number in said.left():
        if label in tables():
            yield Break("", None, GONE, {"what": tables()[label].term, "number": number})
    for template, label, number, act in said.strange:
        if label in tables():
            yield Break("", None, template, {"what": tables()[label].term, "number": number, "act": act})
    for subject in sorted(missing):
        yield Break("", None, NO_SALT, {"subject": subject})


def _of_row(kept: Kept, row: Row, *, said: Told, salts: dict[str, str], missing: set[str]) -> Iterator[Break]:
    number, algorithm, sealed = said.taken(kept.label, row.number)
    if not sealed:
        if (number or kept.label in said.tables) and not _is_exempt(kept, row):
            yield _broken(ADDED, kept, row)
        return
    if said.erased.get(row.owner, 0) > number:
        return  # nobody can tell any more
    salt = salts.get(salt_subject(row.owner))
    if salt is None:
        missing.add(row.owner)
    elif _bytes(row.seal(algorithm, salt)) != sealed:
        yield _broken(CHANGED, kept, row)


def _is_lost(said: Told, subject: str, at: int) -> bool:
    return said.erased.get(subject, 0) <= at


def _is_exempt(kept: Kept, row: Row) -> bool:
    return bool(kept.exempt) and kept.model._base_manager.filter(pk=row.number, **kept.exempt).exists()


def _broken(template: str, kept: Kept, row: Row) -> Break:
    names = kept.model._base_manager.filter(pk=row.number).values_list("pk", kept.called)
    called = next((each[1] for _, each in readable(names) if isinstance(each, tuple)), "")
    return Break("", None, template, {"what": kept.term, "called": str(called or ""), "number": row.number})


def _bytes(sealed: str) -> bytes:
    try:
        return bytes.fromhex(sealed)
    except ValueError:
        return b"\0"  # an entry that was edited is named by itself
