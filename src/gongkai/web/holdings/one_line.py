"""一行里的字 — what a box of one line does not take, from the form and from the interface alike (条例 第十二条).

Signs that nobody sees and that change nothing are left out in silence (`shown_signs`). What would change the words by
being left out is said, and nothing is kept: a line end, a control byte, a sign that turns the direction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from gongkai.text.unseen import is_written
from gongkai.web.holdings.refusals import Problem

FIELDS = ("title", "document_number", "keywords", "source", "annotation", "topic", "audience")
"""一行的栏 — of a draft."""
LONG_FIELDS = ("summary", "ground_note", "body")
"""可以分行的栏 — in which a line may end."""
ONLY_UNSEEN = "这一栏里只有空白和看不见的字符，请重新打一遍；没有要写的，就空着。"
NO_TITLE = "这一栏里只有空白和看不见的字符，还没有标题，请重新打一遍。"
LINE_ENDS = "这一栏里有换行，只能写在一行里，请删去换行。"
TURNED = "这一栏里有改变文字方向的字符（看不见，U+{code}），读起来会和写的不一样，请删去，重新打一遍。"
CONTROL = "这一栏里有看不见的控制字符（U+{code}），请删去，重新打一遍。"
_LINE_END = re.compile("[\n\r\x0b\x0c\x85\u2028\u2029]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


def problem(text: str, field: str) -> tuple[str, dict[str, object]] | None:
    """不能收的 — a sentence and its fields; None where a text can be kept as it is read. `field`: of a draft."""
    if text and not is_written(text):
        return (NO_TITLE if field == "title" else ONLY_UNSEEN, {}) if not text.isspace() else None
    for pattern, template in ((_TURNING, TURNED), (_CONTROL, CONTROL)):
        if sign := pattern.search(text):
            return template, {"code": f"{ord(sign[0]):04X}"}
    if field not in (*LONG_FIELDS, "body_html") and _LINE_END.search(text.strip()):
        return LINE_ENDS, {}
    return None


def problems(told: Mapping[str, object]) -> Iterator[Problem]:
    """不能收的各栏 — of what was sent for a draft; a title of blanks alone is no title (条例 第十二条)."""
    for field in (*FIELDS, *LONG_FIELDS):
        text = str(told.get(field) or "")
        if why := problem(text, field):
            yield Problem(field, why[0], **why[1])
        elif field == "title" and text.isspace():
            yield Problem(field, NO_TITLE)
