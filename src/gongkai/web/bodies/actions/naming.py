"""名称 — of bodies, offices, persons and systems: shown as they are kept, no two bodies under one (条例 第四条)."""

from __future__ import annotations

import re

from gongkai.documents.showing.signs import shown_name
from gongkai.text.unseen import is_written
from gongkai.web.bodies.models import Body
from gongkai.web.bodies.names import folded
from gongkai.web.bodies.permissions import Refused

NO_NAME = "还没有写{what}。"
NOT_WRITTEN = "“{what}”里只有看不见的字符，请重新打一遍。"
TURNED = "“{what}”里有改变文字方向的字符（看不见，U+{code}），读起来会和写的不一样，请删去，重新打一遍。"
NAMED_SO = "“{name}”已经是{body}的全称或者简称了，请换一个：全称和简称都不能和别的主体相同。"
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def turning(text: str) -> str:
    """改变方向的字符 — the number of the first one in a text, or empty (条例 第四条)."""
    sign = _TURNING.search(text)
    return f"{ord(sign[0]):04X}" if sign else ""


def require_written(what: str, name: str) -> str:
    """写了字的名称 — as it is shown; Refused where nothing of it is, or a sign turns its direction (条例 第四条)."""
    shown = shown_name(name)
    if not is_written(shown):
        raise Refused(NOT_WRITTEN if name.strip() else NO_NAME, what=what)
    if code := turning(name):
        raise Refused(TURNED, what=what, code=code)
    return shown


def other_named(name: str, own: int | None) -> Body | None:
    """同名的主体 — another body than `own` with this name or short name, however it is typed (条例 第四条)."""
    key = folded(name)
    others = Body.objects.exclude(id=own) if own else Body.objects.all()
    return next((each for each in others if key in (folded(each.name), folded(each.short_name))), None)


def require_own_names(told: dict[str, object], own: int | None = None) -> None:
    """不重名 — Refused where a body is named as another one is; waits for whoever names one now (条例 第四条)."""
    Body.objects.select_for_update().filter(parent=None).first()
    for field in ("name", "short_name"):
        name = str(told.get(field) or "")
        if name and (other := other_named(name, own)):
            raise Refused(NAMED_SO, name=name, body=other.name)
