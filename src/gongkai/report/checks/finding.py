"""核验发现 — one finding says everything about one fault: where, what was found, which rule, what to try."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from gongkai.report.figures import Place


class Severity(StrEnum):
    """轻重 — error 错误, warning 提醒, note 说明."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """核验发现 — one fault of one report (条例 第五十条).

    `template.format(**values)` is the message in Chinese; the command line translates the template. `figures`: the
    addresses concerned, the suspect first; `expected`, `found`: the two sides that differ; `folded`: the findings that
    are gone once this one is mended.
    """

    rule: str
    severity: Severity
    figures: tuple[str, ...]
    template: str
    provision: str
    values: Mapping[str, object] = field(default_factory=dict)
    expected: int | str | None = None
    found: int | str | None = None
    place: Place | None = None
    folded: tuple[Finding, ...] = ()

    @property
    def message(self) -> str:
        """说明 — the sentence for the clerk, in Chinese."""
        return self.template.format(**self.values)

    def to_json(self) -> dict[str, Any]:
        """交换格式 — the finding as interchange has it; `place` leaves out what does not apply, null where unknown."""
        place = {} if self.place is None else {k: v for k, v in asdict(self.place).items() if v is not None}
        told: dict[str, Any] = {
            "rule": self.rule,
            "severity": str(self.severity),
            "figures": list(self.figures),
            "expected": self.expected,
            "found": self.found,
            "message": self.message,
            "provision": self.provision,
            "place": place or None,
        }
        if self.folded:
            told["folded"] = [finding.to_json() for finding in self.folded]
        return told
