"""核验规则 — the rules of the TOML files here as values, and how a rule makes a finding (条例 第五十条)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from gongkai.report.checks.finding import Finding, Severity
from gongkai.report.figures import AnnualReport, Value

# Rules of the tables, of what explains many of their sums, of the text as a whole, and of what its sentences say.
FILES = ("rules.toml", "causes.toml", "text.toml", "narrative.toml")


@dataclass(frozen=True, slots=True)
class Rule:
    """核验规则 — id, severity, message and provision; `faults`: messages by the sums that one figure breaks."""

    id: str
    severity: Severity
    message: str
    provision: str
    faults: Mapping[frozenset[str], str]

    def finding(
        self,
        report: AnnualReport,
        figures: tuple[str, ...],
        values: Mapping[str, object],
        *,
        expected: Value = None,
        found: Value = None,
        breaks: frozenset[str] = frozenset(),
    ) -> Finding:
        """核验发现 — what this rule says of `report`, placed where the first figure stands (条例 第五十条)."""
        return Finding(
            rule=self.id,
            severity=self.severity,
            figures=figures,
            template=self.faults.get(breaks, self.message),
            provision=self.provision.format(document=report.form.document),
            values=values,
            expected=_plain(expected),
            found=_plain(found),
            place=report.places.get(figures[0]) if figures else None,
        )


@cache
def rules() -> Mapping[str, Rule]:
    """核验规则 — every rule by its id (条例 第五十条)."""
    return {rule: value for name in FILES for rule, value in rules_of(name).items()}


@cache
def rules_of(name: str) -> Mapping[str, Rule]:
    """一类核验规则 — the rules of one of FILES by their ids."""
    read = [_read()[FILES.index(name)]]
    faults = [fault for data in read for fault in data.get("faults", ())]
    return {
        rule["id"]: Rule(
            rule["id"],
            Severity(rule["severity"]),
            rule["message"],
            rule["provision"],
            {frozenset(f["breaks"]): f["message"] for f in faults if f["rule"] == rule["id"]},
        )
        for data in read
        for rule in data["rules"]
    }


@cache
def called(key: str) -> str:
    """叫法 — a word that several messages use for a date or a scope, by its key in `[[called]]` (条例 第五十条)."""
    return str(next(e["label"] for data in _read() for e in data.get("called", ()) if e["key"] == key))


@cache
def rule_of_fault(breaks: frozenset[str]) -> Rule:
    """一处错的规则 — the rule that tells of one figure which breaks these sums together (条例 第五十条)."""
    if len(breaks) == 1:
        return rules()[next(iter(breaks))]
    return next(rule for rule in rules().values() if breaks in rule.faults)


@cache
def _read() -> tuple[dict[str, Any], ...]:
    return tuple(tomllib.loads((files(__package__) / name).read_text(encoding="utf-8")) for name in FILES)


def _plain(value: Value) -> int | str | None:
    return value if value is None or isinstance(value, int) else format(value, "f")
