"""所提条件 — what a reader asks in an address; what is not known is refused with a sentence, never passed over.

Whoever saves an address that says `year=2025` must get 2025, or be told. Marks that other programs put behind a link
(`utm_source=…`, `from=singlemessage`) ask nothing: they are led to the address without them (条例 第二十四条).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from django.http import HttpRequest, QueryDict

LONGEST = 60
"""最长 — of any one value, in signs."""
_TRACES = re.compile(
    r"utm_\w+|from|isappinstalled|wechat_redirect|nsukey|clicktime|enterid|sessionid|scene|subscene|ascene|spm|share_\w+"
    r"|chksm|weixin\w*|tdsourcetag|hmsr|hmpl|hmcu|hmkw|hmci|bd_vid|gclid|fbclid|msclkid|yclid|mc_[ce]id|_t|_r",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Problem:
    """一处条件不对 — the parameter, and a sentence with its fields (条例 第二十四条)."""

    where: str
    template: str
    values: Mapping[str, object]

    @property
    def message(self) -> str:
        """说明 — the sentence in Chinese."""
        return self.template.format(**self.values)


Judge = Callable[[str, str], Problem | None]
"""判断 — what is wrong with a value of a name, None where nothing is."""


class AskError(Exception):
    """条件不对 — every problem of what was asked, answered with status 422 (条例 第二十四条)."""

    def __init__(self, problems: Collection[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("；".join(problem.message for problem in self.problems))


def wrong(where: str, template: str, **values: object) -> Problem:
    """一处条件不对 — what was given is cut to what a line can show."""
    return Problem(where, template, {name: str(value)[:LONGEST] for name, value in values.items()})


def asked(query: QueryDict, known: Collection[str], judge: Judge) -> dict[str, str]:
    """所提条件 — by name, blanks left out. Raises AskError with all that is wrong with the names and the values."""
    problems, found = [], {}
    for name, values in query.lists():
        given = [str(value) for value in values if value]
        if name not in known:
            problems.append(wrong(name, "“{name}”不是这里能用的条件", name=name))
        elif len(given) > 1:
            problems.append(wrong(name, "“{name}”给了 {count} 次，只能给一次", name=name, count=len(given)))
        elif given and len(given[0]) > LONGEST:
            problems.append(wrong(name, "“{name}”太长，最多 {count} 个字", name=name, count=LONGEST))
        elif given and (problem := judge(name, given[0])):
            problems.append(problem)
        elif given:
            found[name] = given[0]
    if problems:
        raise AskError(problems)
    return found


def without_traces(request: HttpRequest) -> str | None:
    """去掉尾巴的网址 — the address without the marks of other programs; None where there are none."""
    kept = QueryDict(mutable=True)
    for name, values in request.GET.lists():
        if not _TRACES.fullmatch(name):
            kept.setlist(name, values)
    if len(kept) == len(request.GET):
        return None
    return request.path + (f"?{kept.urlencode()}" if kept else "")
