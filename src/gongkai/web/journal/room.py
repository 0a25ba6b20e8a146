"""办理记录一室 — what the room offers the house: its own words (条例 第四十五条)."""

from __future__ import annotations

from gongkai.law.administration import Event
from gongkai.web.journal.chaining import CLOCK_CORRECTED
from gongkai.web.journal.rooms import Words
from gongkai.web.journal.rows_compared import STOCK, TABLES

COMPARED = ("各表的每一行（主体、人员、岗位、同意、信息、审核、附件等）是不是记录里封存的样子，有没有多出、少掉的",)
"""对照什么 — of every row that is sealed, in words."""
JOURNAL_WORDS = Words(
    acts={str(event): event.label for event in (Event.ERASE, Event.EXPORT_JOURNAL)} | {STOCK: "盘存各表各行"},
    facts={
        TABLES: "盘过的表",
        CLOCK_CORRECTED: "时钟改正以后的",
        "personal": "个人信息的校验值",
        "count": "{value} 条",
    },
    digests=frozenset({"personal"}),
    subjects={"journal.export": "全部办理记录", STOCK: "各表各行"},
    actors={"console": "命令行", "platform": "平台"},
)
"""用语 — what the journal itself writes down."""
