"""发文字号 — used once in a body: who types one that is taken is told by what, and loses nothing (条例 第十二条)."""

from __future__ import annotations

import pytest

from gongkai.law.publishing import State
from gongkai.law.roles import Role
from tests.web.cast import client_of
from tests.web.holdings.county import Office, draft
from tests.web.holdings.test_pages import FORM

pytestmark = pytest.mark.usefixtures("ground")
NUMBER = "示建〔2026〕9号"


@pytest.mark.parametrize(
    "typed",
    [
        "示建[2026]9号",
        "示建(2026)9号",
        "示建（2026）9号",
        "示建【2026】 9 号",
        "示建\uff3b\uff12\uff10\uff12\uff16\uff3d9号",
        NUMBER,
    ],
)
def test_whichever_brackets_are_typed_it_is_one_number(typed: str) -> None:
    assert draft(document_number=typed).document_number == NUMBER


@pytest.mark.parametrize("do", ["save", "submit"])
def test_a_number_that_is_taken_is_a_sentence_with_a_link_and_the_words_stay(do: str) -> None:
    from gongkai.web.holdings.models import Item

    office = Office()
    first = office.create(document_number=NUMBER)
    client = client_of(office.people.of(Role.CLERK))
    sent = FORM | {"document_number": "示建(2026)9号", "title": "第二件的标题", "body": "第二件的正文", "do": do}
    answer = client.post("/desk/items/new/", sent)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert f"{NUMBER} 已经用在 {first.index_number} 上" in page
    assert f'href="/desk/items/{first.id}/"' in page
    assert "第二件的标题" in page
    assert "第二件的正文" in page
    assert Item.objects.exclude(id=first.id).get().document_number == ""
    other = office.create(title="另一件")
    edited = client.post(f"/desk/items/{other.id}/edit/", sent | {"edition": other.edition})
    assert edited.status_code == 400
    assert f"已经用在 {first.index_number} 上" in edited.content.decode()


def test_the_same_form_sent_twice_with_a_number_is_one_item() -> None:
    from gongkai.web.holdings.models import Item

    client = client_of(Office().people.of(Role.CLERK))
    sent = FORM | {"document_number": NUMBER, "once": "a" * 32, "do": "save"}
    assert [client.post("/desk/items/new/", sent).status_code for _ in range(2)] == [302, 302]
    assert Item.objects.count() == 1


def test_of_two_who_write_a_number_at_once_the_second_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was asked beforehand found nothing: the other was saved in between."""
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.actions import drafting
    from gongkai.web.holdings.refusals import DraftError

    office = Office()
    first, second = office.create(document_number=NUMBER), office.create(title="乙")
    monkeypatch.setattr(drafting, "require_fitting", lambda *_, **__: None)
    with pytest.raises(DraftError) as refused:
        office.create(document_number=NUMBER)
    assert first.index_number in refused.value.problems[0].message
    clerk = office.people.of(Role.CLERK)
    changed = draft(title="乙", document_number=NUMBER)
    with pytest.raises(DraftError):
        actions.edit(item=second, staff=clerk, draft=changed, edition=second.edition, now=office.tick())


def test_a_revision_whose_number_was_taken_meanwhile_stays_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    from gongkai.web.holdings import actions, document_numbers
    from gongkai.web.holdings.models import Item
    from gongkai.web.holdings.refusals import DraftError

    office = Office()
    item = office.bring(office.create(document_number="示建〔2026〕8号"), State.PUBLISHED)
    clerk = office.people.of(Role.CLERK)
    item = actions.amend(item=item, staff=clerk, now=office.tick())
    changed = draft(document_number=NUMBER)
    item = actions.edit(item=item, staff=clerk, draft=changed, edition=item.edition, now=office.tick())
    item = office.bring(item, State.CLEARED)
    office.create(title="乙", document_number=NUMBER)
    real, asked = document_numbers.taken, []
    monkeypatch.setattr(
        document_numbers, "taken", lambda *given: (asked.append(given), real(*given) if len(asked) > 1 else ())[1]
    )
    with pytest.raises(DraftError, match="1 处"):
        actions.publish(item=item, staff=office.people.of(Role.DISCLOSURE_OFFICE), now=office.tick())
    assert Item.objects.get(id=item.id).state is State.CLEARED


@pytest.mark.parametrize("typed", ["示建〔2026〕第9号", "示建〔2026〕0009号", "示建(2026)9", "示建〔2026〕第09"])
def test_a_number_in_another_spelling_is_the_same_number(typed: str) -> None:
    office = Office()
    first = office.create(document_number=NUMBER)
    client = client_of(office.people.of(Role.CLERK))
    for number in (typed, "示建〔2026〕19号", "示建〔2025〕9号", "示办〔2026〕9号"):
        answer = client.post("/desk/items/new/", FORM | {"document_number": number, "do": "save"})
        page = answer.content.decode()
        assert answer.status_code == (400 if number == typed else 302), page
        if number == typed:
            assert f"和 {NUMBER} 是同一个文号，已经用在 {first.index_number} 上" in page
            assert f'href="/desk/items/{first.id}/"' in page
