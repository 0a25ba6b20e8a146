"""法律计算的提示 — why something cannot be computed, in one sentence that teaches (`template.format(**values)`)."""

from __future__ import annotations


class LawError(ValueError):
    """无法依法计算 — an input that the law or the calendar has no answer for. The message is Chinese; the command line
    translates the literal `template`."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template, self.values = template, values


class DataError(LawError):
    """数据文件有误 — a file of holidays that cannot be read or contradicts itself."""
