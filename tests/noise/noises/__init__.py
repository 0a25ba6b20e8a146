"""噪声 — one seeded, composable function for each thing that real reports do to figures, labels, tables and structure.

A noise maps a `Printed` and a `Random` to another `Printed`; it declares the formats and editions that it occurs in.
Any subset may be applied in any order, except that those marked `early` change what is reported, not how it is
printed, and come first. Those marked `late` exchange columns with their names: they come last, and only where the names
are there still.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from random import Random

from gongkai.report.form import Edition
from tests.noise.printed import Printed
from tests.noise.rendering import FORMATS

Change = Callable[[Printed, Random], Printed]


@dataclass(frozen=True, slots=True)
class Noise:
    """一种噪声 — its name, the family of the list that it belongs to, and where it occurs."""

    name: str
    family: str
    change: Change
    formats: frozenset[str]
    editions: frozenset[Edition]
    early: bool = False
    late: bool = False

    def fits(self, report: Printed) -> bool:
        """适用 — whether reports in this format and edition show it."""
        return report.format in self.formats and report.edition in self.editions

    def __call__(self, report: Printed, random: Random) -> Printed:
        """加噪声 — the report with this noise, unchanged where there is nothing for it to do."""
        changed = self.change(report, random) if self.fits(report) else report
        return report if changed == report else replace(changed, did=(*changed.did, self.name))


NOISES: dict[str, Noise] = {}
"""全部噪声 — by name, in the order of the list."""


def noise(
    family: str,
    *,
    formats: Iterable[str] = FORMATS,
    editions: Iterable[Edition] = Edition,
    early: bool = False,
    late: bool = False,
) -> Callable[[Change], Change]:
    """登记 — enter a function in the list under its own name."""

    def enter(change: Change) -> Change:
        name = change.__name__
        NOISES[name] = Noise(name, family, change, frozenset(formats), frozenset(editions), early, late)
        return change

    return enter


def compose(report: Printed, names: Iterable[str], seed: int) -> Printed:
    """叠加 — the report with these noises, one after another; dropping one changes no other's draw."""
    ordered = sorted(names, key=lambda name: (not NOISES[name].early, NOISES[name].late))
    for name in ordered:
        report = NOISES[name](report, Random(f"{seed}:{name}"))
    return report
