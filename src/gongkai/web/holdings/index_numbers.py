"""索引号 — made by the template of a body; unique, immutable, never used twice, gaps allowed (条例 第十二条)."""

from __future__ import annotations

from django.db.models import F

from gongkai.web.bodies.index_template import LONGEST, rendered
from gongkai.web.bodies.models import Body
from gongkai.web.holdings.models import IndexCounter, Item
from gongkai.web.holdings.refusals import StepError

NO_NUMBER = "索引号编不出来：按{body}的写法编的号都用过了。请系统管理员改“索引号的写法”，填的不会丢。"
_MOST_TRIES = 2000


def next_index_number(body: Body, year: int) -> str:
    """取号 — the next number of a body in a year, inside the caller's transaction (条例 第十二条).

    The row of the counter is written first and read after, so that two clerks never get the same. What another body,
    or an older template, has used is passed over; StepError where nothing else comes.
    """
    counter, _ = IndexCounter.objects.get_or_create(body=body, year=year)
    before = ""
    for _ in range(_MOST_TRIES):
        IndexCounter.objects.filter(id=counter.id).update(last=F("last") + 1)
        counter.refresh_from_db()
        made = rendered(body, year, counter.last)
        if made == before or len(made) > LONGEST:
            break
        if not Item.objects.filter(index_number=made).exists():
            return made
        before = made
    raise StepError(NO_NUMBER, body=body.short_name)
