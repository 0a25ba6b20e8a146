"""编号里的号码 — an identity or telephone number that stands as the number of a request, or beside who handles it.

What is told of a row names it by these cells, so they hold such numbers masked, as a copy to publish does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from gongkai.documents.columns import Entry
from gongkai.documents.redaction.searching import hushed

_NAMES = ("id", "into", "of", "request", "handler")
_TEXT_ALONE = "handler"
_LEAST_DIGITS = 7
"""A shorter number is nobody's."""


@dataclass(slots=True)
class Private:
    """不露号码的各行 — of one file; two numbers whose masks are the same stay two (条例 第十五条)."""

    _told: dict[str, str] = field(default_factory=dict)
    _used: dict[str, dict[str, int]] = field(default_factory=dict)

    def of(self, entry: Entry) -> Entry:
        """不露号码 — the row as it is told of, itself where nothing is masked (条例 第十五条)."""
        found = {name: self._masked(name, text) for name in _NAMES if (text := _long(entry.values.get(name)))}
        found = {name: text for name, text in found.items() if text != entry.values[name]}
        return replace(entry, values={**entry.values, **found}) if found else entry

    def of_json(self, row: Mapping[str, Any]) -> Mapping[str, Any]:
        """不露号码 — a case of a JSON ledger as it is told of: its own number, and those that it is merged into."""
        acts, told = row.get("acts"), dict(row)
        for name in ("id", "request"):
            if text := _long(row.get(name)):
                told[name] = self._masked(name, text)
        if isinstance(acts, list):
            told["acts"] = [self._act(each) for each in acts]
        return told

    def _act(self, act: object) -> object:
        text = _long(act.get("into")) if isinstance(act, dict) else ""
        return {**act, "into": self._masked("into", text)} if text and isinstance(act, dict) else act

    def _masked(self, name: str, text: str) -> str:
        if text not in self._told:
            self._told[text] = hushed(text)
        masked = self._told[text]
        if masked == text or name == _TEXT_ALONE:
            return masked
        return f"{masked}（{at}）" if (at := self._order(masked, text)) > 1 else masked

    def _order(self, masked: str, text: str) -> int:
        """Which of the numbers of one mask a number is, in the order of the rows."""
        numbers = self._used.setdefault(masked, {})
        return numbers.setdefault(text, len(numbers) + 1)


def _long(value: object) -> str:
    """A text with as many digits as a number of a person has; empty for others."""
    text = value if isinstance(value, str) else ""
    return text if sum(map(str.isdigit, text)) >= _LEAST_DIGITS else ""
