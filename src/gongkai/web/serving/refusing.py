"""开不了门 — why the platform cannot be served."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class ServingError(Exception):
    """开不了门 — why the platform cannot be served, in one plain sentence (`template.format(**values)`)."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template, self.values = template, values


def refused(errors: Sequence[Any]) -> ServingError:
    """几处一起说 — the sentences of several errors as one, a line each, still to be translated."""
    first, *others = errors
    said = ServingError(first.template, **first.values)
    return ServingError("{first}\n{others}", first=said, others=refused(others)) if others else said
