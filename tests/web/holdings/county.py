"""一件信息的经过 — what tests of the room share: a draft, and an item taken to a state by the people who may."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from gongkai.law.publishing import Act, State
from gongkai.law.roles import Role
from tests.web.cast import NOW, Cast, cast

if TYPE_CHECKING:
    from gongkai.web.holdings.draft import Draft
    from gongkai.web.holdings.models import Item

RECORD = {"way": "主动公开", "scope": "全文", "time": "审签后", "ground": "", "outcome": "open"}
CHECKS = ("lawful", "accurate", "may_disclose", "secrecy")


def draft(**changed: Any) -> Draft:
    """拟稿 — complete, with nothing for the guard to find."""
    from gongkai.web.holdings.draft import Draft

    given = {"title": "关于印发实施方案的通知", "column": "policies", "formed_on": date(2026, 11, 16)}
    return Draft(**{**given, "body_html": "<p>各有关单位：</p><p>现将方案印发给你们。</p>", **changed})


def agreed(item: Item) -> str:
    """与拟稿相符的结论 — what a secrecy review concludes that leaves the openness as it is."""
    openness = item.newest_version.metadata["openness"] if item.newest_version else "proactive"
    return "open" if openness == "proactive" else openness


class Office:
    """机关 — the people of one body at work; every act happens a minute after the one before."""

    def __init__(self, people: Cast | None = None) -> None:
        self.people = people or cast()
        self.now = NOW

    def tick(self) -> datetime:
        """过一分钟 — the time of the next act."""
        self.now += timedelta(minutes=1)
        return self.now

    def create(self, **changed: Any) -> Item:
        """新建 — an item of the department."""
        from gongkai.web.holdings import actions

        clerk = self.people.of(Role.CLERK)
        return actions.create(body=self.people.department, staff=clerk, draft=draft(**changed), now=self.tick())

    def take(self, item: Item, act: Act, role: Role | None = None) -> Item:
        """走一步 — by whoever holds the post for it, with all that it asks."""
        from gongkai.web.holdings import actions

        if act is Act.SUBMIT:
            return actions.submit(item=item, staff=self.people.of(role or Role.CLERK), now=self.tick())
        if act is Act.PUBLISH:
            office = self.people.of(role or Role.DISCLOSURE_OFFICE)
            return actions.publish(item=item, staff=office, now=self.tick())
        from gongkai.law.publishing import ROUTE

        post = next(each for _, passing, each in ROUTE if passing is act)
        return actions.pass_review(
            item=item,
            staff=self.people.of(role or post),
            act=act,
            now=self.tick(),
            opinion="同意",
            checks=(*CHECKS, "answer_seen"),
            record=RECORD | {"outcome": agreed(item)},
        )

    def bring(self, item: Item, state: State) -> Item:
        """办到 — a state on the straight way from draft to the public."""
        from gongkai.law.publishing import ROUTE
        from gongkai.web.holdings import actions

        # On a busy machine the guard has not read everything while the clerk waited.
        if item.newest_version and item.newest_version.files.filter(file__inspected_at=None).exists():
            actions.look_into_files(now=self.now)
        steps = {State.DRAFT: Act.SUBMIT, State.CLEARED: Act.PUBLISH} | {each: act for each, act, _ in ROUTE}
        while item.state is not state:
            item = self.take(item, steps[item.state])
        return item

    def seen(self, item: Item, **changed: Any) -> Item:
        """公众看得到的 — an item of any body, put before the public at one stroke."""
        shown = {"state": State.PUBLISHED, "public_version": item.newest_version, "published_at": self.tick()}
        type(item).objects.filter(id=item.id).update(**shown, **changed)
        item.refresh_from_db()
        return item
