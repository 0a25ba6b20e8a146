"""晚了一步 — a form of which the item has moved on: what happened is said, what was typed is shown (条例 第十七条)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest

from gongkai.law.publishing import State
from gongkai.law.roles import Role
from tests.web.cast import NOW, client_of
from tests.web.holdings.county import Office, draft
from tests.web.holdings.test_pages import FORM

pytestmark = pytest.mark.usefixtures("ground")


def words(answer: Any) -> str:
    """页面的字 — of an answer that says that the step was not taken."""
    assert answer.status_code == 409
    return str(answer.content.decode())


def test_of_two_windows_the_second_is_told_what_the_first_did() -> None:
    office = Office()
    item = office.bring(office.create(), State.FIRST_REVIEW)
    reviewer = office.people.of(Role.FIRST_REVIEWER)
    client, address = client_of(reviewer), f"/desk/items/{item.id}/review/"
    sent = {"opinion": "同意公开", "edition": item.edition, "do": "pass"}
    assert client.post(address, sent).status_code == 302
    text = words(client.post(address, {**sent, "do": "return", "opinion": "退回"}))
    assert "已办：初审通过" in text
    assert "您 " in text
    assert "退回</textarea>" in text
    assert f'href="/desk/items/{item.id}/"' in text
    assert "两份的差别" not in text
    other = office.people.of(Role.SECOND_REVIEWER)
    assert f"{reviewer.name} " in words(client_of(other).post(address, sent))
    item.refresh_from_db()
    assert item.state is State.SECOND_REVIEW


@pytest.mark.parametrize("far", [State.CLEARED, State.PUBLISHED])
def test_also_where_there_is_nothing_to_review_any_more(far: State) -> None:
    office = Office()
    item = office.bring(office.create(), State.FINAL_REVIEW)
    edition = item.edition
    office.bring(item, far)
    client = client_of(office.people.of(Role.FINAL_REVIEWER))
    sent = {"opinion": "写好的意见", "edition": edition, "do": "pass"}
    text = words(client.post(f"/desk/items/{item.id}/review/", sent))
    assert "已办：终审通过" in text
    assert "写好的意见</textarea>" in text
    assert "机密" not in words(client.post(f"/desk/items/{item.id}/review/", {**sent, "opinion": "机密★10年 某某规划"}))


def test_a_step_that_came_too_late_says_so_and_keeps_its_reason() -> None:
    office = Office()
    item = office.bring(office.create(), State.PUBLISHED)
    client, address = client_of(office.people.of(Role.DISCLOSURE_OFFICE)), f"/desk/items/{item.id}/step/withdraw/"
    sent = {"ground": "inaccurate", "opinion": "发现不宜公开的内容", "edition": item.edition}
    first = client.post(address, sent)
    assert first.status_code == 302, first.content.decode()
    text = words(client.post(address, {**sent, "opinion": "发现不宜公开的内容，撤下核对"}))
    assert "已办：撤下" in text
    assert "发现不宜公开的内容，撤下核对</textarea>" in text


LASTING = {
    "withdraw": ({"ground": "inaccurate", "opinion": "内容有误"}, Role.DISCLOSURE_OFFICE, "已撤下"),
    "call_back": ({"ground": "inaccurate", "opinion": "内容有误", "day": "2026-11-20"}, Role.CLERK, "已登记"),
    "repeal": ({"opinion": "不再适用", "day": "2026-11-20"}, Role.DISCLOSURE_OFFICE, "已标注废止"),
    "unrepeal": ({"opinion": "标错了"}, Role.DISCLOSURE_OFFICE, "已撤销废止标注"),
    "ask_purge": ({}, Role.SECRECY_REVIEWER, "已停办"),
}
"""与草稿无关的步骤 — what the form sends, who takes it, what is said when it is done."""


@pytest.mark.parametrize("act", LASTING)
def test_who_saves_a_draft_does_not_hold_up_what_is_decided_of_what_people_see(act: str) -> None:
    from gongkai.web.holdings import actions

    office = Office()
    item = office.seen(office.create(), repealed_on=date(2026, 11, 18) if act == "unrepeal" else None)
    clerk = office.people.of(Role.CLERK)
    item = actions.amend(item=item, staff=clerk, now=office.tick())
    sent, role, said = LASTING[act]
    edition = item.edition
    for number in range(7):
        changed = draft(summary=f"改第 {number} 次")
        item = actions.edit(item=item, staff=clerk, draft=changed, edition=item.edition, now=office.tick())
    client, address = client_of(office.people.of(role)), f"/desk/items/{item.id}/step/{act}/"
    assert said in client.post(address, {**sent, "edition": edition}, follow=True).content.decode()
    assert "已经变了" in words(client.post(address, {**sent, "edition": edition}))


@pytest.mark.parametrize("edition", ["-1", "-" + "9" * 30, "9" * 30])
def test_an_edition_that_never_was_is_overtaken(edition: str) -> None:
    office = Office()
    item = office.seen(office.create())
    client, (sent, _, _) = client_of(office.people.of(Role.DISCLOSURE_OFFICE)), LASTING["withdraw"]
    words(client.post(f"/desk/items/{item.id}/step/withdraw/", {**sent, "edition": edition}))


def test_what_is_published_again_meanwhile_stops_whoever_withdraws() -> None:
    from gongkai.web.holdings import actions

    office = Office()
    item = actions.amend(item=office.seen(office.create()), staff=office.people.of(Role.CLERK), now=office.tick())
    edition = item.edition
    office.bring(item, State.PUBLISHED)
    client, (sent, _, _) = client_of(office.people.of(Role.DISCLOSURE_OFFICE)), LASTING["withdraw"]
    assert "已办：公开" in words(client.post(f"/desk/items/{item.id}/step/withdraw/", {**sent, "edition": edition}))


def test_a_time_is_cancelled_whatever_is_said_of_what_people_see() -> None:
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.refusals import ClashError

    office = Office()
    item = actions.amend(item=office.seen(office.create()), staff=office.people.of(Role.CLERK), now=office.tick())
    item = office.bring(item, State.CLEARED)
    director = office.people.of(Role.DISCLOSURE_OFFICE)
    who, later = {"item": item, "staff": director}, office.now + timedelta(days=2)
    edition = actions.schedule(publish_at=later, now=office.tick(), **who).edition
    actions.repeal(on=office.now.date(), reason="不再适用", now=office.tick(), **who)
    assert actions.unschedule(now=office.tick(), edition=edition, **who).publish_at is None
    actions.schedule(publish_at=later, now=office.tick(), **who)
    with pytest.raises(ClashError):
        actions.unschedule(now=office.tick(), edition=edition, **who)


def test_who_edits_while_a_reviewer_acts_is_told_of_the_review() -> None:
    office = Office()
    item = office.bring(office.create(), State.FIRST_REVIEW)
    edition = item.edition
    office.bring(item, State.SECOND_REVIEW)
    sent = {**FORM, "body": "改过的正文", "edition": edition, "do": "save"}
    text = words(client_of(office.people.of(Role.SECOND_REVIEWER)).post(f"/desk/items/{item.id}/edit/", sent))
    name = office.people.of(Role.FIRST_REVIEWER).name
    assert "已办：初审通过。您写的没有丢" in text
    assert name in text
    assert "改过的正文" in text


SAVED = {
    "title": ("改过的标题", "标题", "改过的标题"),
    "summary": ("概述", "内容概述", "概述"),
    "keywords": ("方案", "关键词", "方案"),
    "source": ("本机关办公室", "信息来源", "本机关办公室"),
    "annotation": ("（此件公开发布）", "附注", "（此件公开发布）"),
    "column": ("notices", "栏目", "通知公告"),
    "openness": ("on_request", "公开属性", "依申请公开"),
    "ground": ("internal_affairs", "不主动公开的理由", ""),
    "ground_note": ("内部人事安排", "理由的依据", "内部人事安排"),
    "genre": ("plan", "体裁", ""),
    "topic": ("国土资源、能源", "主题分类", "国土资源、能源"),
    "audience": ("企业", "服务对象", "企业"),
    "document_number": ("示建〔2026〕77号", "发文字号", "示建〔2026〕77号"),
    "is_normative": (True, "行政规范性文件", "是"),
    "formed_on": ("2026-11-02", "成文日期", "2026-11-02"),
    "effective_on": ("2026-12-03", "实施日期", "2026-12-03"),
    "expires_on": ("2028-12-04", "有效期至", "2028-12-04"),
    "office": (0, "拟稿机构", "政策法规科"),
    "joint_bodies": (("shifan-liulin",), "联合发文", "柳林镇"),
    "relations": ((("interprets", "B-2026-00009"),), "与另一件的关系", "解读 B-2026-00009"),
}  # fmt: skip
"""另一个人存的 — of each field: its value, its name on the form, its value in words."""


@pytest.mark.parametrize("name", SAVED)
def test_whatever_a_form_would_write_over_is_named_and_said_in_words(name: str) -> None:
    from dataclasses import fields

    from gongkai.law.scope import Genre, Ground, Openness
    from gongkai.web.bodies.models import Office as Division
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.draft import Draft

    assert {each.name for each in fields(Draft)} - {"body_html"} == set(SAVED)
    office = Office()
    item, clerk = office.create(), office.people.of(Role.CLERK)
    given, label, said = SAVED[name]
    if name == "office":
        given = Division.objects.create(body=office.people.department, name="政策法规科").id
    elif name.endswith("_on"):
        given = date.fromisoformat(str(given))
    kinds: dict[str, Any] = {"openness": Openness, "ground": Ground, "genre": Genre}
    if name in kinds:
        given = list(kinds[name])[1]
        said = given.label
    draft = Draft.of(item.newest_version).with_changes(**{name: given})
    actions.edit(item=item, staff=clerk, draft=draft, edition=item.edition, now=office.tick())
    text = words(client_of(clerk).post(f"/desk/items/{item.id}/edit/", {**FORM, "edition": item.edition, "do": "save"}))
    assert told(text, label, "ins") == said
    page = client_of(clerk).get(f"/desk/items/{item.id}/differences/").content.decode()
    assert told(page, label, "del") == said


def told(page: str, label: str, without: str) -> str:
    """What stands under the name of a field, without what went or came; there are no codes in it."""
    row = re.split("</p>|</li>", page.partition(f"<b>{label}</b>")[2])[0]
    return re.sub(rf"<{without}>.*?</{without}>|<span.*?</span>|<[^>]*>", "", row).strip()


def test_what_was_handed_over_stands_still_until_its_writer_takes_it_back() -> None:
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.models import Item
    from gongkai.web.holdings.refusals import StepError

    office = Office()
    item = office.bring(office.create(), State.FIRST_REVIEW)
    people, edition = office.people, item.edition
    clerk, page = client_of(people.of(Role.CLERK)), f"/desk/items/{item.id}/"
    for number in range(3):
        sent = {**FORM, "body": f"又改了一处 {number}", "edition": item.edition, "do": "save"}
        text = words(clerk.post(f"{page}edit/", sent))
        assert "正在审的不能改。要改，请先“撤回送审”" in text
        assert f"又改了一处 {number}" in text, "nothing that was typed is lost"
    assert "正在审的不能改" in clerk.get(f"{page}edit/").content.decode()
    reviewer = client_of(people.of(Role.FIRST_REVIEWER))
    assert reviewer.post(f"{page}review/", {"opinion": "同意", "edition": edition, "do": "pass"}).status_code == 302
    for state in (State.SECOND_REVIEW, State.FINAL_REVIEW, State.CLEARED):
        item = office.bring(Item.objects.get(id=item.id), state)
        for role, told in ((Role.CLERK, "请先“撤回送审”"), (Role.FIRST_REVIEWER, "请信息员“撤回送审”")):
            with pytest.raises(StepError, match=told):
                actions.edit(item=item, staff=people.of(role), draft=draft(title="改"), edition=item.edition, now=NOW)
    done = clerk.post(f"{page}step/recall/", {"edition": item.edition}, follow=True)
    assert "已撤回，现在是草稿" in done.content.decode()
    item.refresh_from_db()
    assert item.state is State.DRAFT
    assert clerk.post(f"{page}edit/", {**FORM, "edition": item.edition, "do": "submit"}).status_code == 302
    text = words(reviewer.post(f"{page}review/", {"opinion": "同意", "edition": edition, "do": "pass"}))
    assert "已办：撤回送审" in text


def test_whoever_reviews_now_may_put_the_words_right() -> None:
    from gongkai.web.holdings import actions

    office = Office()
    item = office.bring(office.create(), State.SECOND_REVIEW)
    reviewer = office.people.of(Role.SECOND_REVIEWER)
    changed = draft(title="改正一个字")
    item = actions.edit(item=item, staff=reviewer, draft=changed, edition=item.edition, now=office.tick())
    assert item.state is State.FIRST_REVIEW


def test_what_is_public_is_amended_and_not_taken_back_from_a_review() -> None:
    office = Office()
    item = office.bring(office.create(), State.PUBLISHED)
    clerk, page = client_of(office.people.of(Role.CLERK)), f"/desk/items/{item.id}/"
    text = clerk.get(f"{page}edit/").content.decode()
    assert "现在是“已公开”，不能直接改。已经公开的要改，请在它的页上用“修订”" in text
    assert "step/recall/" not in text
    assert f'href="{page}">回到这一件' in text
