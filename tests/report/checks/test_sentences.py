"""写法 — of many ways to write numbers the wrong ones are told and the right ones are not accused (条例 第五十条)."""

from __future__ import annotations

import pytest

from gongkai.report.checks import Finding, Severity
from tests.report.checks.sentences import Said, sentences
from tests.report.checks.test_narrative import told

ALL = tuple(dict.fromkeys(sentences()))
RIGHT = [said for said in ALL if said.is_right]
WRONG = [said for said in ALL if not said.is_right]
ENOUGH, KINDS, SHARE = 400, 60, 0.95


def accused(said: Said) -> list[Finding]:
    """What is said of the numbers, notes aside."""
    return [f for f in told(said.text) if f.rule.startswith("narrative.") and f.severity is not Severity.NOTE]


def test_there_are_sentences_enough() -> None:
    assert len(ALL) >= ENOUGH
    assert len({said.kind for said in ALL}) >= KINDS


@pytest.mark.parametrize("kind", sorted({said.kind for said in RIGHT}))
def test_a_right_sentence_is_not_accused(kind: str) -> None:
    assert [(said.text, accused(said)) for said in RIGHT if said.kind == kind and accused(said)] == []


def test_wrong_sentences_are_told() -> None:
    missed = [said.text for said in WRONG if not accused(said)]
    assert len(missed) <= (1 - SHARE) * len(WRONG), missed


def test_a_sentence_is_told_once() -> None:
    assert [said.text for said in WRONG if len(accused(said)) > 1] == []
