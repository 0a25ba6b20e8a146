"""示范县 — what was written at once is what the procedure would have left: it verifies, it is lawful, it is public."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from gongkai.law.publishing import STEPS, Act, Need, State
from gongkai.law.scope import Validity
from gongkai.law.secrecy import Conclusion

NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
ITEMS = 400


@pytest.fixture(scope="module")
def county(platform: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """示范县 — built once for the tests of this module, smaller than people get it."""
    del platform
    from django.db import transaction
    from django.test import override_settings

    from gongkai.web.look.site import site
    from gongkai.web.portal.keeping import STORE
    from gongkai.web.portal.standing import WATCH
    from gongkai.web.sample.county import build

    WATCH.forget()
    STORE.forget()
    site.cache_clear()
    assert not site().code  # asked at the door, before there is a county
    with transaction.atomic(), override_settings(SITE_FILE=tmp_path_factory.mktemp("county") / "site.toml"):
        yield build(NOW, ITEMS)
        transaction.set_rollback(True)
    site.cache_clear()
    WATCH.forget()
    STORE.forget()


def test_the_journal_verifies_and_every_version_is_what_it_says(county: int) -> None:
    from gongkai.web.holdings.digests import is_intact
    from gongkai.web.holdings.models import Version
    from gongkai.web.journal.queries import verify

    assert county >= ITEMS
    assert verify() == []
    assert all(is_intact(version) for version in Version.objects.all())


def test_every_act_and_every_fact_that_it_writes_has_a_word_of_its_room(county: int) -> None:
    from gongkai.web.journal.models import Entry
    from gongkai.web.journal.rooms import of_act, words
    from gongkai.web.journal.sealed_rows import FACT

    del county
    entries = list(Entry.objects.values_list("act", "subject", "facts"))
    assert {act for act, _, _ in entries} - words().acts.keys() == set()
    kinds = {subject.partition(":")[0] for _, subject, _ in entries}
    assert kinds - words().things.keys() - words().subjects.keys() == set()
    told = {(act, name) for act, _, facts in entries for name in facts}
    known = words().facts.keys() & {"personal", "clock_corrected"} | {FACT}  # what the journal itself adds
    assert {(act, name) for act, name in told if name not in of_act(act).facts and name not in known} == set()


def test_every_step_was_lawful_and_nobody_took_two_in_a_row(county: int) -> None:
    from gongkai.web.bodies.permissions import roles
    from gongkai.web.holdings.models import Item

    for item in Item.objects.prefetch_related("reviews__by").select_related("body"):
        before, state = None, State.DRAFT
        for review in item.reviews.all():
            step = STEPS[review.act]
            assert review.from_state is state
            assert not step.sources or state in step.sources
            assert step.roles & roles(review.by, item.body)
            assert Need.ANOTHER_PERSON not in step.needs or review.by_id != before, (item.pk, review.act)
            assert review.at <= NOW
            before, state = review.by_id, review.to_state
        assert state is item.state


def test_there_is_something_in_every_state(county: int) -> None:
    from gongkai.web.holdings.models import Item, Review
    from gongkai.web.holdings.queries import split

    states = set(Item.objects.values_list("state", flat=True))
    assert states >= {*State} - {State.LEGAL_REVIEW, State.DISCARDED, State.STOPPED}
    assert Item.objects.filter(publish_at__gt=NOW, state=State.CLEARED).exists()
    assert Item.objects.filter(due_on__lt=NOW.date(), published_at=None, state__in=STEPS[Act.RETURN].sources).exists()
    assert Review.objects.filter(act=Act.RETURN).exists()
    standings = split(Item.objects.filter(is_normative=True, published_at__isnull=False), NOW.date()).counts
    assert min(standings[each] for each in (Validity.IN_FORCE, Validity.LAPSED, Validity.REPEALED)) > 0


def test_every_secrecy_review_agrees_with_what_became_of_the_item(county: int) -> None:
    from gongkai.web.holdings import concluded
    from gongkai.web.holdings.models import Item, Referral, Review

    found = Review.objects.filter(act=Act.PASS_SECRECY)
    assert {concluded.written(each) for each in found} >= {
        Conclusion.OPEN,
        Conclusion.OPEN_AFTER_CUTS,
        Conclusion.CLOSED,
    }
    decided = (State.PUBLISHED, State.ARCHIVED, State.CLEARED, State.HELD)
    for item in Item.objects.filter(state__in=decided).select_related("newest_version"):
        concluded.require_agreed(item, item.newest_version)
    assert Referral.objects.filter(item__state=State.AWAITING_SECRECY_AUTHORITY, ended_at=None).exists()
    assert not Item.objects.filter(state=State.POSTPONED, look_again_on=None).exists()


def test_what_waits_for_review_could_go_on(county: int) -> None:
    from gongkai.web.holdings.draft import Draft
    from gongkai.web.holdings.metadata import problems
    from gongkai.web.holdings.models import Item

    for item in Item.objects.filter(published_at=None).select_related("body", "newest_version"):
        found = problems(Draft.of(item.newest_version), body=item.body, item=item, has_files=False, today=NOW.date())
        assert found == ()


def test_the_guard_stops_the_one_that_hides_numbers(county: int) -> None:
    from gongkai.web.holdings.guarding import blocking
    from gongkai.web.holdings.models import ItemFile

    used = ItemFile.objects.get(copy=None)
    assert used.version.item.state is State.FIRST_REVIEW
    assert {each["file"] for each in blocking(used.version)} == {used.id}


def test_the_public_reads_it(county: int, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.test import Client

    from gongkai.web.holdings.models import Item, ItemFile
    from gongkai.web.look.site import site

    assert site().code
    reader: Any = Client()
    repealed = Item.objects.filter(repealed_on__lte=NOW.date()).exclude(public_version=None)[0]
    for address in ("/", "/info/", "/info/regulations/", "/bodies/", f"/items/{repealed.index_number}/"):
        assert reader.get(address).status_code == 200, address
    proof = reader.get(f"/items/{repealed.index_number}/proof/").content.decode()
    assert "本页与公开时一致" in proof
    gone = Item.objects.filter(withdrawn_at__isnull=False)[0]
    answer = reader.get(f"/items/{gone.index_number}/")
    assert answer.status_code == 410
    assert gone.withdrawn_reason
    assert gone.withdrawn_reason in answer.content.decode()
    shown = ItemFile.objects.exclude(copy=None).filter(version__public_item__isnull=False)[0]
    from gongkai.web.portal.article import Attachment

    assert shown.copy is not None
    answer = reader.get(Attachment(shown.title, shown.copy).address)
    assert answer.status_code == 200
    assert len(b"".join(answer.streaming_content)) == shown.copy.size


def test_a_platform_in_use_is_left_alone(county: int) -> None:
    from gongkai.web.sample.county import build

    with pytest.raises(ValueError, match="no place"):
        build(NOW)


def test_nobody_there_needs_a_code(county: int, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.test import override_settings

    from gongkai.web.bodies.models import Staff
    from gongkai.web.bodies.queries import needs_second_factor
    from gongkai.web.sample.people import SECOND_FACTOR, ask_no_code

    administrator = Staff.objects.get(username="shifan-audit-admin")
    monkeypatch.setenv(SECOND_FACTOR, "administrators")
    with override_settings(SECOND_FACTOR="administrators"):
        ask_no_code()
        assert needs_second_factor(administrator), "what was set stays"
        monkeypatch.delenv(SECOND_FACTOR)
        ask_no_code()
        assert not needs_second_factor(administrator)
