"""文字里的数 — which row a number in prose speaks of, and what the row says (条例 第五十条; claims.toml)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files
from typing import Any

from gongkai.report.equations import UNREAD
from gongkai.report.figures import AnnualReport
from gongkai.report.form import Edition, OtherHandling, form
from gongkai.report.naming import names

# Cases of any kind.
ANY = "*"
PATTERNS = ("about", "said", "unless", "instead", "loosely", "afterwards")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """表格里的一项 — what a number in prose may be: its label, and sums of figures, any of which it may equal.

    `beside`: sums of which one stands before the number, else it is a part of something that the table does not count.
    """

    label: str
    exact: tuple[tuple[str, ...], ...]
    cells: tuple[str, ...] = ()
    reading: tuple[str, ...] = ()
    read_as: str = ""
    beside: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Counted):
    """文字里的一项 — the words by which a number is known to count this."""

    about: re.Pattern[str]
    said: re.Pattern[str]
    unless: re.Pattern[str] | None = None
    instead: re.Pattern[str] | None = None
    unit: str | None = None
    loosely: re.Pattern[str] | None = None
    afterwards: re.Pattern[str] | None = None

    def fits(self, words: str, paragraph: str, after: str = "") -> bool:
        """是否说的这一项 — whether a number with these words round it speaks of this row: after this paragraph, before
        the rest of its sentence."""
        if not self.said.search(words) or (self.unless and self.unless.search(words)):
            return False
        before = f"{paragraph}{words}"
        is_about = _last(self.about, before) > _last(self.instead, before)
        if is_about or _last(self.instead, before):
            return is_about
        loosely = self.loosely and self.loosely.search(before)
        return bool(loosely or (self.afterwards and self.afterwards.search(after)))


def _last(pattern: re.Pattern[str] | None, text: str) -> int:
    return max((match.end() for match in pattern.finditer(text)), default=0) if pattern else 0


@cache
def claims() -> tuple[Claim, ...]:
    """文字里的各项 — in the order in which they are tried: the first that fits is meant."""
    data = tomllib.loads((files(__package__) / "claims.toml").read_text(encoding="utf-8"))
    return tuple(_claim(entry) for entry in [*_cells(data), *data["claims"]])


def _cells(data: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The claims of single rows and columns: what `[kinds]` says of all of them, with the words of each."""
    known = names(form(Edition.E2021))
    for kind, every in data["cells"].items():
        common = data["kinds"][kind]
        for name, words in every.items():
            # Several rows named at once are counted together.
            others = [other for other in every.values() if other != words]
            exact = [[term.format(name) for term in terms] for terms in common["exact"]]
            label = known[exact[0][0]]
            yield {
                **common,
                "label": label.row if kind == "rows" else label.column,
                "said": common["said"].replace("@", f"(?:{words})"),
                "unless": "|".join([common["unless"], *others]),
                "exact": exact,
            }


def _claim(entry: Mapping[str, Any]) -> Claim:
    sums = {name: tuple(entry[name]) for name in ("cells", "reading") if name in entry}
    words = {name: re.compile(entry[name]) for name in PATTERNS if name in entry}
    given: dict[str, Any] = {**entry, **sums, **words, "exact": tuple(map(tuple, entry["exact"]))}
    return Claim(**given)


@cache
def counted_cases(kinds: tuple[str, ...], result: str) -> Counted:
    """案件的一项 — the cases with one result of any of `kinds`, the likeliest first (年报表四)."""
    rows = [kind for kind in kinds if kind != ANY]
    return Counted(
        label=_label(rows, result),
        exact=tuple((f"remedies.{kind}.{result}",) for kind in kinds),
        beside=tuple((f"remedies.{kind}.total",) for kind in kinds),
    )


def _label(rows: Sequence[str], result: str) -> str:
    of = form(Edition.E2021)
    lines = [line for line in of.table("remedies") if any(fnmatchcase(line.id, row) for row in rows[:1])]
    group = lines[0].group or ""
    row = f"{group} {lines[0].label}".strip() if len(lines) == 1 else group
    column = next(column.label for column in lines[0].columns if column.id == result)
    return f"{row} {column}"


def value_of(report: AnnualReport, terms: Sequence[str]) -> tuple[Decimal, tuple[str, ...]] | None:
    """表格里的数 — the sum of these terms with its addresses; None where one was not read, or nothing is printed.

    A blank total is what its row adds up to; other blanks are 0 beside figures that are printed.
    """
    total, addresses, is_printed = Decimal(), [], False
    for term in terms:
        sign = -1 if term.startswith("-") else 1
        found = _addresses(report.edition, report.other_handling, term.removeprefix("-"))
        if not found:
            return None
        for address in found:
            operands: tuple[str, ...] = (address,)
            if address.endswith(".total") and report.figures.get(address) is None:
                operands = _row(report.edition, report.other_handling, address)
            if any([a not in report.figures or report.states.get(a) in UNREAD for a in operands]):
                return None
            values = [Decimal(value) for a in operands if (value := report.figures[a]) is not None]
            is_printed = is_printed or bool(values)
            total += sign * sum(values)
            addresses.append(address)
    return (total, tuple(addresses)) if is_printed else None


@cache
def _row(edition: Edition, shape: OtherHandling, address: str) -> tuple[str, ...]:
    """Every address of the row in which this one stands."""
    return next(line.addresses for line in form(edition, shape).lines if address in line.addresses)


def cell_of(report: AnnualReport, patterns: Sequence[str], value: Decimal) -> str | None:
    """哪一格 — the address of the one cell under these patterns that holds this value."""
    for pattern in patterns:
        for address in _addresses(report.edition, report.other_handling, pattern):
            found = value_of(report, [address])
            if found and found[0] == value:
                return address
    return None


@cache
def _addresses(edition: Edition, shape: OtherHandling, pattern: str) -> tuple[str, ...]:
    return tuple(address for address in form(edition, shape).addresses if fnmatchcase(address, pattern))


def figures_of(claim: Counted, report: AnnualReport) -> Iterator[tuple[Decimal, tuple[str, ...]]]:
    """表格里的数 — every value that the number may be, the first of them the plainest."""
    for terms in claim.exact:
        found = value_of(report, terms)
        if found:
            yield found
