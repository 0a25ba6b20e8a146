"""各行的校验值 — of every row that a room keeps a salted digest stands in the entry of the act that wrote it (条例
第四十五条).

A row changed, deleted or added past the platform is not what the last entry about it says. Columns that still have
their default are left out of a digest, so that a column which comes with a new release changes none that is older.
"""

from __future__ import annotations

import json
import secrets
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.db.models import ForeignKey, Model

from gongkai.web.journal.chaining import digest
from gongkai.web.journal.models import Salt
from gongkai.web.journal.readable import readable
from gongkai.web.journal.rooms import rooms

FACT = "rows"
"""各行 — the fact of an entry that holds the digests, by `room.model:number`; empty: the row was deleted."""
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


@dataclass(frozen=True)
class Kept:
    """有校验值的表 — every column of it but those named here, each with the reason (条例 第四十五条).

    `subject`, `owner`: whose salt is taken: `subject:` and the number to which the path `owner` leads. `called`: the
    path to how people call it. `elsewhere`: columns that another comparison covers, and which. `free`: columns that are
    not compared, and why not. `exempt`: rows that may be there without an entry.
    """

    model: type[Model]
    subject: str
    owner: str
    called: str
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    free: Mapping[str, str] = field(default_factory=dict)
    exempt: Mapping[str, object] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """表的代号 — as keys of rows begin."""
        return self.model._meta.label_lower

    @property
    def term(self) -> str:
        """这样的一行叫什么 — for people."""
        return (self.model.__doc__ or self.label).partition(" — ")[0]

    @property
    def columns(self) -> list[str]:
        """有校验值的列 — all but those excepted."""
        left_out = {*self.elsewhere, *self.free}
        own = self.model._meta.concrete_fields
        return [each.attname for each in own if not each.primary_key and each.name not in left_out]


@dataclass(frozen=True, slots=True)
class Row:
    """一行 — as it stands in the database now."""

    key: str
    number: int
    owner: str
    columns: Mapping[str, object]

    def seal(self, algorithm: str, salt: str) -> str:
        """校验值 — salted: what a person is called cannot be guessed from it."""
        told = {"row": self.key, "salt": salt, "columns": self.columns}
        return digest(algorithm, _ENCODER.encode(told).encode("utf-8", "surrogatepass"))


@cache
def tables() -> dict[str, Kept]:
    """有校验值的各表 — of all rooms, by their labels; a room offers `kept_rows` in its module `room`."""
    return {each.label: each for room in rooms() for each in getattr(room, "kept_rows", ())}


def key(row: Model) -> str:
    """一行的代号 — `room.model:number`."""
    return f"{row._meta.label_lower}:{row.pk}"


def standing(kept: Kept, numbers: Collection[int] | None = None) -> Iterator[tuple[int, Row | Exception]]:
    """现在的各行 — of a table, or of these numbers, in their order; in the place of one, why it cannot be read."""
    rows = kept.model._base_manager.order_by("pk")
    if numbers is not None:
        rows = rows.filter(pk__in=numbers)
    many = _many(kept, numbers)
    names = kept.columns
    for number, found in readable(rows.values_list("pk", kept.owner, *names)):
        if isinstance(found, Exception):
            yield number, found
            continue
        _, owner, *values = found
        columns = {name: _plain(value) for name, value in zip(names, values, strict=True)}
        told = {name: value for name, value in columns.items() if value != _defaults(kept.model)[name]}
        for name, by_row in many.items():
            told |= {name: sorted(by_row[number])} if by_row.get(number) else {}
        yield number, Row(f"{kept.label}:{number}", number, f"{kept.subject}:{owner}", told)


def sealed(algorithm: str, rows: Iterable[Model], gone: Iterable[str] = ()) -> dict[str, str]:
    """校验值 — of rows as they stand in the database now, and the keys of those that were deleted."""
    by_table: dict[str, set[int]] = defaultdict(set)
    for each in rows:
        by_table[each._meta.label_lower].add(each.pk)
    return sealed_in(algorithm, by_table) | dict.fromkeys(gone, "")


def sealed_in(algorithm: str, by_table: Mapping[str, Collection[int]]) -> dict[str, str]:
    """校验值 — of the rows with these numbers, by their tables; of one that cannot be read none: `verify` names it."""
    rows = (row for label, numbers in by_table.items() for _, row in standing(tables()[label], numbers))
    found = [row for row in rows if isinstance(row, Row)]
    salts = _salts({row.owner for row in found})
    return {row.key: row.seal(algorithm, salts[row.owner]) for row in found}


def salt_subject(owner: str) -> str:
    """盐的名字 — rows have a salt of their own: whether anything personal was told of a subject is another question."""
    return f"{owner}#{FACT}"


def _salts(owners: Collection[str]) -> dict[str, str]:
    names = {salt_subject(owner): owner for owner in owners}
    known = set(Salt.objects.filter(subject__in=names).values_list("subject", flat=True))
    new = [Salt(subject=name, value=secrets.token_hex(32)) for name in names if name not in known]
    Salt.objects.bulk_create(new, ignore_conflicts=True)
    return {names[each.subject]: each.value for each in Salt.objects.filter(subject__in=names)}


def _many(kept: Kept, numbers: Collection[int] | None) -> dict[str, dict[int, list[int]]]:
    """What rows are joined to by a table between."""
    found: dict[str, dict[int, list[int]]] = {}
    for each in kept.model._meta.many_to_many:
        through: Any = each.remote_field.through
        by_row = defaultdict[int, list[int]](list)
        own, other = each.m2m_field_name(), each.m2m_reverse_field_name()
        pairs = through._base_manager.values_list(f"{own}_id", f"{other}_id")
        if numbers is not None:
            pairs = pairs.filter(**{f"{own}_id__in": numbers})
        for number, to in pairs:
            by_row[number].append(to)
        found[each.name] = by_row
    return found


@cache
def _defaults(model: type[Model]) -> dict[str, object]:
    def _default(each: Any) -> object:
        return None if isinstance(each, ForeignKey) else _plain(each.get_default())

    return {each.attname: _default(each) for each in model._meta.concrete_fields}


def _plain(value: object) -> object:
    """As JSON keeps it, however a database gives it back."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value if value is None or isinstance(value, bool | int | dict | list) else str(value)
