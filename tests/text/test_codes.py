"""编码校验 — which beginnings a bank card has, by its length, in full (GB/T 15694.1)."""

from __future__ import annotations

import pytest

from gongkai.text.codes import is_card_number

HEADS = ("62", "955", "9557", "9558", "9559", "601382")
CARDS = {(16, head) for head in ("3", "4", "5")} | {(length, head) for length in (16, 17, 18, 19) for head in HEADS}
BEGINNINGS = ("0", "1", "2", "3", "4", "5", "60", "601382", "61", "62", "63", "69", "7", "8", "90", "91", "95", "955",
              "9557", "9558", "9559", "96", "99")  # fmt: skip


def checked(beginning: str, length: int) -> str:
    """So long, with the check digit that is right."""
    body = beginning + "0" * (length - 1 - len(beginning))
    digits = [int(sign) for sign in reversed(body)]
    total = sum(sum(divmod(2 * digit, 10)) if place % 2 == 0 else digit for place, digit in enumerate(digits))
    return f"{body}{-total % 10}"


@pytest.mark.parametrize("length", range(14, 22))
@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_a_card_begins_as_cards_of_its_length_do(beginning: str, length: int) -> None:
    code = checked(beginning, length)
    assert is_card_number(code) == ((length, beginning) in CARDS)
    assert not is_card_number(code[:-1] + str((int(code[-1]) + 1) % 10))
