"""不给办的理由 — what a caller is told: a status, a code for its program, a sentence for its people."""

from __future__ import annotations


class CallError(Exception):
    """调用不成 — `status` and `code`, and one sentence (`template.format(**values)`) (条例 第八条)."""

    def __init__(self, status: int, code: str, template: str, **values: object) -> None:
        super().__init__(template.format(**values))
        self.status, self.code, self.template, self.values = status, code, template, values
