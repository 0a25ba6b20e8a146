"""看不见的字符 — what nobody sees in typed words is not kept, so that nothing goes out in it (条例 第十七条)."""

from __future__ import annotations

from typing import Any

import pytest

from gongkai.law.publishing import State
from gongkai.law.roles import Role
from gongkai.law.withdrawal import WithdrawalGround
from gongkai.text.unseen import UNSEEN
from tests.web.holdings.county import Office
from tests.web.holdings.test_guarding import public_pages

pytestmark = pytest.mark.usefixtures("ground")
NUMBER = "110101199003078515"
WAYS = {
    "tags": "".join(chr(0xE0030 + int(digit)) for digit in NUMBER),
    "variation selectors": "".join(chr(0xE0100 + int(digit)) for digit in NUMBER),
    "zero width bits": "".join("\u200b\u200c"[int(bit)] for bit in f"{int(NUMBER):b}"),
    "entities": "".join(f"&#{0xE0030 + int(digit)};" for digit in NUMBER),
    "every sign": UNSEEN,
}
TYPED = ("title", "summary", "keywords", "source", "annotation")


def unseen(text: str) -> set[str]:
    """Those in a text, but for the mark with which the list as csv begins."""
    return set(text.replace("\ufeff", "", 1)) & set(UNSEEN)


@pytest.mark.parametrize("way", WAYS)
def test_no_sign_that_nobody_sees_is_kept_or_public(way: str) -> None:
    from gongkai.web.holdings import actions

    office, planted = Office(), WAYS[way]
    typed = "" if way == "entities" else planted
    given = {name: f"甲{typed}乙" for name in TYPED} | {"body_html": f"<p>甲{planted}乙</p>"}
    item: Any = office.create(**given)
    assert item.newest_version.body_text.strip() == "甲乙"
    item = office.bring(item, State.PUBLISHED)
    assert not unseen(public_pages(item))
    chief = office.people.of(Role.DISCLOSURE_OFFICE)
    ground = next(each for each in WithdrawalGround if not each.has_period)
    reason = f"内容有误{typed}"
    item = actions.withdraw(item=item, staff=chief, ground=ground, reason=reason, now=office.tick())
    assert not unseen(public_pages(item))
    assert item.withdrawn_reason == "内容有误"


def test_a_reason_of_nothing_seen_is_no_reason() -> None:
    from gongkai.web.holdings.actions.taking import require_reason
    from gongkai.web.holdings.refusals import StepError

    with pytest.raises(StepError):
        require_reason(f" {WAYS['tags']}\u200b ")
