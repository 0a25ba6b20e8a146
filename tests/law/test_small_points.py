"""细处 — small points of the law that were found wrong once, one test each: m1 to m5 and m8 to m11 (条例)."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.cli import run
from gongkai.cli.deadline import CLOCKS
from gongkai.law.annual_report import Publisher, report_due
from gongkai.law.errors import LawError
from gongkai.law.fees import page_fee
from gongkai.law.publishing import PROCEDURE as PUBLISHING
from gongkai.law.publishing import Act as PublishingAct
from gongkai.law.publishing import State
from gongkai.law.requests.courses import courses
from gongkai.law.requests.rows import day_from, request_from
from gongkai.law.requests.settings import CHOICES, Settings
from gongkai.law.sources import Provision, sources
from gongkai.law.terms import RemedyEnding
from gongkai.law.time_limits import Clock, start_not_counted
from gongkai.law.workdays import Calendar
from gongkai.report.form import Edition, OtherHandling, form

CALENDAR = Calendar.load()


def printed(capsys: pytest.CaptureFixture[str], line: str) -> str:
    run(line.split())
    return "".join(capsys.readouterr())


def test_m1_a_fee_before_there_were_fees_is_warned_of_in_the_reply_too(capsys: pytest.CaptureFixture[str]) -> None:
    for clock in ("reply --received 2020-06-01 --paid 2020-06-10", "payment --received 2020-06-10"):
        assert "2021-01-01" in printed(capsys, f"deadline {clock} --json"), clock
    assert "2021-01-01" not in printed(capsys, "deadline reply --received 2021-06-01 --paid 2021-06-10 --json")


def test_m2_the_end_of_the_last_announced_year_is_not_final_where_new_year_may_move_it() -> None:
    known = Calendar(tuple(each for each in CALENDAR.years if each.year <= 2024))
    for on, is_provisional in ((date(2024, 11, 26), False), (date(2024, 11, 27), True)):
        rows = [{"act": "register", "on": on, "channel": "in_person"}]
        found = courses([request_from({"id": "1", "applicant": "research", "acts": rows})], known, Settings.of())[0]
        assert found.due_on
        assert (found.due_on > known.final_until) == found.provisional == is_provisional


def test_m3_the_command_offers_every_clock_but_the_extension_which_belongs_to_the_reply() -> None:
    assert set(CLOCKS) == set(Clock) - {Clock.EXTENSION}


def test_m4_reports_up_to_2018_fell_due_on_the_last_of_march_for_all() -> None:
    for publisher in Publisher:
        due = report_due(2018, publisher)
        assert (due.due_on, due.provision) == (date(2019, 3, 31), Provision("2007年条例", 31))
    assert report_due(2019, Publisher.DEPARTMENT).due_on == date(2020, 1, 31)


def test_m5_the_fifth_heading_of_2019_may_stand_in_the_words_of_the_regulations() -> None:
    assert "政府信息公开工作存在的主要问题及改进情况" in form(Edition.E2019, OtherHandling.ROW).other_headings
    assert "政府信息公开工作存在的主要问题及改进情况" not in form(Edition.E2021, OtherHandling.ROWS).other_headings


def test_m8_what_is_held_back_can_be_looked_at_again_and_what_is_archived_can_be_amended() -> None:
    leaves = {act for act, step in PUBLISHING.steps.items() if State.HELD in step.sources}
    assert {PublishingAct.REASSESS, PublishingAct.CHANGE_OPENNESS, PublishingAct.AMEND} <= leaves
    assert PUBLISHING.is_timely(PublishingAct.AMEND, State.ARCHIVED)


def test_m9_articles_are_those_that_say_it() -> None:
    assert {PublishingAct.ARCHIVE.provision, State.ARCHIVED.provision} == {Provision("条例", 45)}
    assert {PublishingAct.WITHDRAW.provision.source, State.WITHDRAWN.provision.source} == {"条例"}
    assert start_not_counted(date(2021, 1, 1)) == Provision("民法典", 201)
    assert start_not_counted(date(2020, 12, 31)) == Provision("民法总则", 201)
    # As they stand in the texts of the two laws.
    assert {ending.value: str(ending.provision) for ending in RemedyEnding} == {
        "upheld": "行政复议法 第六十八条",
        "claims_dismissed": "行政复议法 第六十九条",
        "quashed": "行政复议法 第六十四条第一款",
        "varied": "行政复议法 第六十三条第一款",
        "ordered_to_perform": "行政复议法 第六十六条",
        "declared_unlawful": "行政复议法 第六十五条",
        "application_rejected": "行政复议法 第三十三条",
        "suit_rejected": "行政诉讼法 第五十一条第二款",
        "withdrawn": "行政复议法 第四十一条第（一）项",
        "mediated": "行政复议法 第七十三条第一款",
        "terminated": "行政复议法 第四十一条",
    }


def test_what_was_not_read_is_marked_and_can_be_set_otherwise() -> None:
    assert {source.short: source.unread for source in sources().values() if source.unread} == {
        "收费办法": (6, 7, 8, 9, 10)
    }
    assert {"payment_restarts_reply", "late_fee_notice_restarts"} <= set(CHOICES)


def test_m10_a_merged_request_counts_in_the_row_of_its_host_unless_set_otherwise() -> None:
    came = {"act": "register", "on": "2026-03-02", "channel": "in_person"}
    guest = [came, {"act": "merge", "on": "2026-03-03", "into": "B"}]
    host = [came, {"act": "deliver", "on": "2026-03-10", "answer": "not_existing"}]
    both = [
        request_from({"id": name, "applicant": "other_organizations", "acts": acts})
        for name, acts in (("A", guest), ("B", host))
    ]
    for merge, row in (("host", "unable.not_held"), ("other", "other_handling.other")):
        cell = courses(both, CALENDAR, Settings.of({"merge": merge}))[0].cell
        assert cell
        assert cell.row == row


def test_m11_a_page_is_said_to_be_a_side_of_a4_and_the_day_of_receipt_decides(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert "一面 A4" in printed(capsys, "fee pages 250")
    assert "2021-01-01" in printed(capsys, "fee pages 250 --on 2020-12-31")
    assert page_fee(250, on=date(2021, 1, 1)).amount == 4700


@pytest.mark.parametrize("ring", ["AB", "ABC", "A"])
def test_of_a_circle_of_mergers_the_one_that_closes_it_is_refused_with_its_reason(ring: str) -> None:
    requests = [
        request_from(
            {
                "id": name,
                "applicant": "natural_person",
                "acts": [
                    {"act": "register", "on": "2026-03-02", "channel": "in_person"},
                    {"act": "merge", "on": f"2026-03-1{at}", "into": ring[(at + 1) % len(ring)]},
                ],
            }
        )
        for at, name in enumerate(ring)
    ]
    refused = [
        (each.id, no.template.format(**no.values))
        for each in courses(requests, CALENDAR, Settings())
        for no in each.refused
    ]
    said = f"“A”已经并入“{ring[-1]}”（直接或者经过别的件），不能再并回去" if len(ring) > 1 else "“A”不能并入自己"
    assert [(number, sentence.startswith(said)) for number, sentence in refused] == [(ring[-1], True)]


@pytest.mark.parametrize("written", [20260302, "20260302", "2026-W10-1", "2026-3-2", "2026-03-02 ", None, True])
def test_a_day_is_written_in_one_way(written: object) -> None:
    assert day_from("2026-03-02") == day_from(date(2026, 3, 2)) == date(2026, 3, 2)
    with pytest.raises(LawError, match="不是日期"):
        day_from(written)
