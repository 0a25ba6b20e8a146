"""编码校验 — numbers that carry a check digit: identity numbers, credit codes, organisation codes, bank cards.

Each takes the bare code, ASCII, without blanks.
"""

from __future__ import annotations

from datetime import date

_IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_IDENTITY_SIGNS = "10X98765432"
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
# The first two digits: provinces, and 台湾 香港 澳门.
_PROVINCES = frozenset(
    str(code)
    for codes in (
        range(11, 16),
        range(21, 24),
        range(31, 38),
        range(41, 47),
        range(50, 55),
        range(61, 66),
        (71, 81, 82),
    )
    for code in codes
) | {"83"}
_LUHN_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


def is_identity_number(code: str) -> bool:
    """公民身份号码 — eighteen signs with a province, a real day of birth and the right check sign (GB 11643-1999)."""
    return (
        len(code) == 18
        and code[:17].isdecimal()
        and identity_check_sign(code) == code[17].upper()
        and code[:2] in _PROVINCES
        and _is_day(code[6:14])
    )


def identity_check_sign(code: str) -> str:
    """身份号码校验码 — what the eighteenth sign must be for the first seventeen digits (GB 11643-1999)."""
    return _IDENTITY_SIGNS[sum(map(int.__mul__, map(int, code[:17]), _IDENTITY_WEIGHTS)) % 11]


def is_dated_identity(code: str) -> bool:
    """像身份号码 — the province and the day of birth are real, the check sign is not asked; 15 or 18 signs."""
    day = code[6:14] if len(code) == 18 else f"19{code[6:12]}"
    return len(code) in (15, 18) and code[:2] in _PROVINCES and _is_day(day)


def _is_day(text: str) -> bool:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:])).year >= 1800
    except ValueError:
        return False


def is_credit_code(code: str) -> bool:
    """统一社会信用代码 — eighteen signs, the last one right (GB 32100-2015)."""
    if len(code) != 18 or any(sign not in _CREDIT_ALPHABET for sign in code) or not code[2:8].isdecimal():
        return False
    total = sum(_CREDIT_ALPHABET.index(sign) * weight for sign, weight in zip(code, _CREDIT_WEIGHTS, strict=False))
    return _CREDIT_ALPHABET[-total % 31] == code[17]


def is_organisation_code(code: str) -> bool:
    """组织机构代码 — eight signs and a check sign, a hyphen between them or none (GB 11714-1997)."""
    code = code.replace("-", "")
    if len(code) != 9 or not (code.isascii() and code.isalnum() and code == code.upper()):
        return False
    total = sum(int(sign, 36) * weight for sign, weight in zip(code, _ORGANISATION_WEIGHTS, strict=False))
    return "0123456789X0"[11 - total % 11] == code[8]


def is_card_number(code: str) -> bool:
    """银行卡号 — sixteen to nineteen digits of a card's beginning whose check digit is right (GB/T 15694.1)."""
    if not code.isdecimal():
        return False
    begins = code.startswith(("62", "9558")) if len(code) != 16 else code[0] in "345" or code.startswith(("62", "9558"))
    return 16 <= len(code) <= 19 and begins and _passes_luhn(code)


def _passes_luhn(code: str) -> bool:
    digits = [int(digit) for digit in reversed(code)]
    return (sum(digits[::2]) + sum(_LUHN_DOUBLED[digit] for digit in digits[1::2])) % 10 == 0
