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


@dataclass(frozen=True, slots=True)
class Claim:
    """文字里的一项 — the words by which a number is known, and the sums of figures that it may be."""

    label: str
    about: re.Pattern[str]
    said: re.Pattern[str]
    unless: re.Pattern[str] | None
    instead: re.Pattern[str] | None
    exact: tuple[tuple[str, ...], ...]
    cells: tuple[str, ...]
    reading: tuple[str, ...]
    read_as: str
    beside: tuple[str, ...] = ()

    def fits(self, words: str, paragraph: str) -> bool:
        """是否说的这一项 — whether a number with these words round it, after this paragraph, speaks of this row."""
        if not self.said.search(words) or (self.unless and self.unless.search(words)):
            return False
        before = f"{paragraph}{words}"
        return _last(self.about, before) > _last(self.instead, before)


def _last(pattern: re.Pattern[str] | None, text: str) -> int:
    return max((match.end() for match in pattern.finditer(text)), default=0) if pattern else 0


@cache
def claims() -> tuple[Claim, ...]:
    """文字里的各项 — in the order in which they are tried: the first that fits is meant."""
    data = tomllib.loads((files(__package__) / "claims.toml").read_text(encoding="utf-8"))
    return tuple(_claim(entry) for entry in data["claims"])


def _claim(entry: Mapping[str, Any]) -> Claim:
    return Claim(
        entry["label"],
        re.compile(entry["about"]),
        re.compile(entry["said"]),
        re.compile(entry["unless"]) if "unless" in entry else None,
        re.compile(entry["instead"]) if "instead" in entry else None,
        tuple(map(tuple, entry["exact"])),
        tuple(entry.get("cells", ())),
        tuple(entry.get("reading", ())),
        entry.get("read_as", ""),
        tuple(entry.get("beside", ())),
    )


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


def figures_of(claim: Claim, report: AnnualReport) -> Iterator[tuple[Decimal, tuple[str, ...]]]:
    """表格里的数 — every value that the number may be, the first of them the plainest."""
    for terms in claim.exact:
        found = value_of(report, terms)
        if found:
            yield found
