"""分页 — which page of how many, and the numbers to show (条例 第二十四条)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongkai.web.portal.asking import AskError, wrong


@dataclass(frozen=True, slots=True)
class Pager:
    """分页 — page `number` of `count` items, `size` a page; the pages around it, 0 for a gap."""

    number: int
    count: int
    size: int

    @classmethod
    def of(cls, given: str, count: int, size: int) -> Pager:
        """读页码 — from an address; behind the last page it is the last. Raises AskError if it is no page number."""
        if given and not re.fullmatch("[1-9][0-9]{0,6}", given):
            raise AskError([wrong("page", "页码要写成 1、2、3 这样的数")])
        return cls(min(int(given or 1), max(1, -(-count // size))), count, size)

    @property
    def pages(self) -> int:
        """页数 — at least one."""
        return max(1, -(-self.count // self.size))

    @property
    def start(self) -> int:
        """起点 — how many items come before this page."""
        return (self.number - 1) * self.size

    @property
    def before(self) -> int:
        """上一页 — 0 where there is none."""
        return self.number - 1

    @property
    def after(self) -> int:
        """下一页 — 0 where there is none."""
        return self.number + 1 if self.number < self.pages else 0

    @property
    def shown(self) -> list[int]:
        """页码 — the first, the last, those around this one; 0 for a gap."""
        near = sorted({1, self.pages, *(n for n in range(self.number - 2, self.number + 3) if 1 <= n <= self.pages)})
        found: list[int] = []
        for number in near:
            if found and number - found[-1] > 1:
                found.append(0)
            found.append(number)
        return found
