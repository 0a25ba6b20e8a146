"""开不了门 — why the platform cannot be served."""

from __future__ import annotations


class ServingError(Exception):
    """开不了门 — why the platform cannot be served, in one plain sentence (`template.format(**values)`)."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template, self.values = template, values
