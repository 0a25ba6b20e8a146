"""没有交上的字 — whatever was typed is shown to be copied, however short; codes are not (条例 第十二条)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.web.look.leftover import LEFT_OUT, worth_copying

CHINESE = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=30)


@given(before=st.text("abc 012-〔", max_size=5), word=CHINESE)
def test_whatever_has_a_chinese_character_was_typed(before: str, word: str) -> None:
    assert worth_copying([("title", [before + word])]) == [before + word]


@pytest.mark.parametrize("text", ["乙乙五锁", "概", "a b", "please publish", "someone@example.cn"])
def test_what_was_typed_is_shown(text: str) -> None:
    assert worth_copying([("summary", [text])]) == [text]
    assert worth_copying([(name, [text]) for name in LEFT_OUT]) == []


@pytest.mark.parametrize("code", ["", " ", "policies", "2026-11-25", "2026-11-25T09:00", "12", "0371-65900000"])
def test_codes_and_days_are_not(code: str) -> None:
    assert worth_copying([("column", [code])]) == []
    assert worth_copying([("number", [code])], is_text=True) == ([code] if code.strip() else [])
