"""造号码 — personal numbers and numbers that only look like them, and the ways in which offices write them.

`planted` numbers carry a right check digit, so that a guard has no excuse; `decoys` are what public documents hold.
Nobody's number is copied: all are made from a seed or by hypothesis.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

from hypothesis import strategies as st

from gongkai.text.codes import identity_check_sign, is_card_number, is_credit_code, is_identity_number

PROVINCES = ("11", "13", "31", "41", "44", "51", "65")
_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def identity(rng: random.Random) -> str:
    """造身份证号 — with a real day and the right check sign."""
    day = date(1930, 1, 1) + timedelta(rng.randrange(32_000))
    body = f"{rng.choice(PROVINCES)}{rng.randrange(10_000):04}{day:%Y%m%d}{rng.randrange(1000):03}"
    return body + identity_check_sign(body)


def card(rng: random.Random) -> str:
    """造银行卡号 — sixteen or nineteen digits, the last one right."""
    body = "62" + "".join(rng.choices("0123456789", k=rng.choice((13, 16))))
    return next(body + last for last in "0123456789" if is_card_number(body + last))


def mobile(rng: random.Random) -> str:
    """造手机号."""
    return f"1{rng.choice('3456789')}{rng.randrange(10**9):09}"


def credit_code(rng: random.Random) -> str:
    """造统一社会信用代码 — often of digits alone, so that it looks like an identity number."""
    signs = "0123456789" if rng.random() < 0.7 else _CREDIT
    while True:
        body = f"{rng.choice(('11', '12', '91', '92'))}41{rng.randrange(10_000):04}{''.join(rng.choices(signs, k=9))}"
        for last in _CREDIT:
            if is_credit_code(body + last) and not is_identity_number(body + last):
                return body + last


def decoy(rng: random.Random) -> str:
    """造公开的号码 — what looks like a personal number and is none."""
    broken = identity(rng)
    landline = f"0{rng.choice(('371', '373', '10'))}-{rng.randrange(2 * 10**6, 9 * 10**6)}{rng.choice(('', '8'))}"
    return rng.choice(
        (
            credit_code(rng),
            f"{credit_code(rng)}/{rng.randrange(2008, 2027)}-{rng.randrange(10**5):05}",
            landline,
            f"{rng.randrange(2008, 2027)}-{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02} 09:30:00",
            f"{rng.randrange(10**8):,}.{rng.randrange(100):02}",
            broken[:-1] + ("1" if broken[-1] != "1" else "2"),
            f"〔{rng.randrange(2008, 2027)}〕{rng.randrange(1, 600)}号",
            f"豫公网安备{rng.randrange(10**13, 10**14)}号",
            f"{rng.randrange(2016, 2027)}-410721-{rng.randrange(10, 99)}-03-{rng.randrange(10**6):06}",
            " ".join(str(rng.randrange(10)) for _ in range(rng.choice((7, 8, 10, 12, 13, 15, 19)))),
            " ".join(str(rng.randrange(2010, 2027)) for _ in range(5)),
            f"{rng.randrange(10**24, 10**25)}",
        )
    )


def _plain(number: str) -> str:
    return number


def wide(number: str) -> str:
    """全角 — the number in full-width signs."""
    return "".join(chr(ord(sign) + 0xFEE0) for sign in number)


def _in_fours(number: str) -> str:
    if len(number) == 11:
        return f"{number[:3]} {number[3:7]} {number[7:]}"
    return " ".join(number[at : at + 4] for at in range(0, len(number), 4))


def _by_birthday(number: str) -> str:
    if len(number) == 18:
        return f"{number[:6]}-{number[6:14]}-{number[14:]}"
    return _in_fours(number).replace(" ", "-")


def _with_unseen(number: str) -> str:
    return "\u200b".join((number[:5], number[5:9], number[9:]))


def _chinese(number: str) -> str:
    return number.translate(str.maketrans("0123456789", "〇一二三四五六七八九"))


def _circle_for_zero(number: str) -> str:
    return number.replace("0", "O", 3).replace("1", "l", 1)


def _in_words(number: str) -> str:
    return number.translate({ord("0") + value: 0x1D7D8 + value for value in range(10)})


WRITINGS: tuple[Callable[[str], str], ...] = (
    _plain,
    wide,
    _in_fours,
    _by_birthday,
    _with_unseen,
    _chinese,
    _circle_for_zero,
    _in_words,
)
"""How a number may be written so that a person still reads it."""


def _one_by_one(number: str) -> str:
    return " ".join(number)


def _wrapped(number: str) -> str:
    return f"{number[:8]}\r\n{number[8:]}"


seeds = st.integers(0, 2**32)


@st.composite
def planted(draw: st.DrawFn) -> tuple[str, str]:
    """埋下的号码 — the kind that must be found, and the number as written."""
    rng = random.Random(draw(seeds))
    kind, make = draw(st.sampled_from((("identity", identity), ("bank_card", card), ("mobile", mobile))))
    # Telephone numbers are too like other figures to be blocked over the end of a line.
    writings = WRITINGS if kind == "mobile" else (*WRITINGS, _wrapped, _one_by_one)
    return kind, draw(st.sampled_from(writings))(make(rng))


@st.composite
def decoys(draw: st.DrawFn) -> str:
    """公开的号码 — one of them."""
    return decoy(random.Random(draw(seeds)))
