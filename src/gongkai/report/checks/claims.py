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

_CLAUSE = re.compile("[,;。]")


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
    unit: str | None = None
    loosely: re.Pattern[str] | None = None
    unless_listed: re.Pattern[str] | None = None
    afterwards: re.Pattern[str] | None = None

    def fits(self, words: str, paragraph: str, after: str = "") -> bool:
        """是否说的这一项 — whether a number with these words round it speaks of this row: after this paragraph, before
        the rest of its sentence."""
        if not self.said.search(words) or (self.unless and self.unless.search(words)):
            return False
        before = f"{paragraph}{words}"
        # 其中被纠正的复议 18 件、诉讼 9 件: what the list begins with is said of all that is in it.
        if self.unless_listed and self.unless_listed.search(_CLAUSE.split(before)[-1]):
            return False
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
        entry.get("unit"),
        re.compile(entry["loosely"]) if "loosely" in entry else None,
        re.compile(entry["unless_listed"]) if "unless_listed" in entry else None,
        re.compile(entry["afterwards"]) if "afterwards" in entry else None,
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
