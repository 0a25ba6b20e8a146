"""核验发现 — one finding says everything about one fault: where, what was found, which rule, what to try (interchange)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from gongkai.report.figures import Place


class Severity(StrEnum):
    """轻重 — error 错误, warning 提醒, note 说明."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """核验发现 — one fault of one report (条例 第五十条). `template.format(**values)` is the message in Chinese; the command line
    translates the template. `figures`: the addresses concerned; `expected`, `found`: the two sides that differ."""

    rule: str
    severity: Severity
    figures: tuple[str, ...]
    template: str
    provision: str
    values: Mapping[str, object] = field(default_factory=dict)
    expected: int | str | None = None
    found: int | str | None = None
    place: Place | None = None

    @property
    def message(self) -> str:
        """说明 — the sentence for the clerk, in Chinese."""
        return self.template.format(**self.values)
