"""法律用语 — the words of the law are the rows and columns of the report (条例 第五十条; 年报格式 表三、表四)."""

from __future__ import annotations

from gongkai.law.terms import AnswerKind, ApplicantKind, Channel, Outcome, RemedyKind, RemedyOutcome
from gongkai.report.form import Edition, OtherHandling, form

FORM = form(Edition.E2021, OtherHandling.ROWS)


def test_outcomes_are_the_result_rows_of_the_form_with_its_labels() -> None:
    rows = {
        line.id: line.label.partition("（")[0].lstrip("0123456789.")
        for line in FORM.table("applications")
        if line.result
    }
    rows["granted"], rows["partly_granted"] = "予以公开", "部分公开"
    assert {outcome.value: outcome.label for outcome in Outcome} == rows


def test_applicants_are_the_columns_of_the_form() -> None:
    columns = {column.id: column.label for column in FORM.table("applications")[0].columns if column.id != "total"}
    assert {kind.value: kind.label for kind in ApplicantKind} == columns


def test_remedies_are_the_rows_and_columns_of_the_form() -> None:
    assert [kind.value for kind in RemedyKind] == [line.id for line in FORM.table("remedies")]
    assert [*(o.value for o in RemedyOutcome), "total"] == [c.id for c in FORM.table("remedies")[0].columns]


def test_every_outcome_has_an_answer_that_leads_to_it() -> None:
    assert {kind.outcome for kind in AnswerKind} == set(Outcome)


def test_only_submission_and_signed_mail_need_no_confirmation() -> None:
    assert [channel for channel in Channel if not channel.is_confirmed] == [Channel.IN_PERSON, Channel.MAIL]
