"""接口一室 — what the room offers the house: its words for the journal, and of which of its tables the rows are sealed
there (条例 第四十五条)."""

from __future__ import annotations

from gongkai.web.api.models import Scope, Token
from gongkai.web.journal.rooms import Named, Numbers, Thing, Words
from gongkai.web.journal.sealed_rows import Kept


def _tokens(numbers: Numbers, _reader: object) -> dict[int, Named]:
    return {number: Named(name) for number, name in Token.objects.filter(id__in=numbers).values_list("id", "name")}


JOURNAL_WORDS = Words(
    acts={"api.make_token": "发放接口令牌", "api.revoke_token": "撤销接口令牌"},
    facts={"staff": "代表谁", "scopes": "权限", "days": "有效 {value} 天"},
    of_facts={"scopes": {str(scope): scope.label for scope in Scope}},
    refers={"staff": "bodies.staff"},
    things={"api.token": Thing("接口令牌", _tokens)},
    kinds={"token": "api.token"},
)
"""用语 — what is written down of tokens."""

kept_rows = (
    Kept(
        Token,
        "bodies.body",
        "body_id",
        "name",
        free={"used_at": "用一次变一次", "minute": "只管一分钟用几次", "calls": "只管一分钟用几次"},
    ),
)
not_kept = {"api.answer": "已给的答复，一周以后删除；办了的事本身有记录"}
"""不比对的表 — each with the reason (条例 第四十五条)."""
