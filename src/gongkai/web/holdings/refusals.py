"""不能办的理由 — why a step of the procedure is not taken now, and what to try (条例 第十七条)."""

from __future__ import annotations

from typing import Self

from gongkai.web.holdings.models import Item, Version


class StepError(Exception):
    """不能这样办 — one sentence with named fields (`template.format(**values)`) (条例 第十七条).

    `fields`: the boxes of the form in which something is wrong, by their names there.
    """

    fields: tuple[str, ...] = ()

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template, self.values = template, values

    def at(self, *fields: str) -> Self:
        """错在哪几栏 — the same refusal, which now says where."""
        self.fields = fields
        return self


class ClashError(StepError):
    """已经变了 — somebody acted first; `version` is what stands there now, nothing was changed (条例 第十七条)."""

    def __init__(self, version: Version | None) -> None:
        super().__init__("这一件刚才已经变了，这次的没有办。请看现在到了哪一步，核对后再办。")
        self.version = version


class MadeBeforeError(StepError):
    """已经新建 — the same form was sent before; `item` is what it made (条例 第十二条)."""

    def __init__(self, item: Item) -> None:
        super().__init__("这一份刚才已经保存了，没有再建一件。")
        self.item = item


class DraftError(StepError):
    """填写不全 — every problem of a draft at once, each at its field (条例 第十二条)."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("还有 {count} 处要改，改好再送。", count=len(problems))
        self.problems = problems

    @property
    def fields_wrong(self) -> set[str]:
        """哪几栏不对 — of the draft, by their names there."""
        return {each.field for each in self.problems}


class Problem:
    """一处问题 — the field, and the sentence with its fields (条例 第十二条)."""

    def __init__(self, field: str, template: str, **values: object) -> None:
        self.field, self.template, self.values = field, template, values

    @property
    def message(self) -> str:
        """说明 — the sentence in Chinese."""
        return self.template.format(**self.values)

    def __repr__(self) -> str:
        return f"{self.field}: {self.message}"
