"""编码校验 — numbers that carry a check digit: identity numbers, credit codes, organisation codes, bank cards.

Each takes the bare code, ASCII, without blanks.
"""

from __future__ import annotations

from calendar import isleap, monthrange

# Weights are powers of two modulo 11 (ISO 7064, MOD 11-2): three digits at a time, each weighing twice the next.
_SUMS = {
    f"{number:0{length}}": number // 100 * 4 + number // 10 % 10 * 2 + number % 10
    for length in (2, 3)
    for number in range(10**length)
}
_WEIGHTS = tuple(pow(2, 17 - place, 11) for place in range(17))


def _weight(digits: str, first: int) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS[first:], strict=False))


# What years and days of birth weigh in their places.
_YEARS = {str(year): _weight(str(year), 6) for year in range(1900, 2100)}
_DAYS = {
    day: _weight(day, 10)
    for month in range(1, 13)
    for number in range(1, 1 + monthrange(2000, month)[1])
    for day in (f"{month:02}{number:02}",)
}
_IDENTITY_SIGNS: tuple[str, ...] = ("1", "0", "Xx", *"98765432")
_LEAP_DAY = "0229"
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
# 银联 62; the cards of earlier years, to which pensions are still paid.
_CARD_HEADS = (
    *("62", "955", "95100", "601382", "601428", "603708", "690755", "456351", "436742", "405512", "427020", "427030"),
    *("530990", "552599", "404119", "404120", "404121", "421349", "434061", "434062", "524094", "518710", "518718"),
)
_LUHN = bytes.maketrans(b"0123456789", bytes(range(10)))
_LUHN_DOUBLED = bytes.maketrans(b"0123456789", bytes((0, 2, 4, 6, 8, 1, 3, 5, 7, 9)))


def is_identity_number(code: str) -> bool:
    """公民身份号码 — eighteen signs with a province, a real day of birth and the right check sign (GB 11643-1999)."""
    return len(code) == 18 and code[:2] in _PROVINCES and _is_checked(code)


def is_residence_number(code: str) -> bool:
    """外国人永久居留身份证号 — eighteen digits beginning with 9, then as an identity number (国家移民管理局 2023)."""
    return len(code) == 18 and code[0] == "9" and code[1:3] in _PROVINCES and _is_checked(code)


def _is_checked(code: str) -> bool:
    try:
        # What stands in the tables is a day, but for one that not every year has.
        day = _YEARS[code[6:10]] + _DAYS[code[10:14]]
        total = 10 * _SUMS[code[:3]] + 4 * _SUMS[code[3:6]] + day + 2 * _SUMS[code[14:17]]
    except KeyError:
        return False
    is_right = code[17] in _IDENTITY_SIGNS[total % 11]
    return is_right and (code[10:14] != _LEAP_DAY or isleap(int(code[6:10])))


def is_hong_kong_identity(code: str) -> bool:
    """香港身份证号 — one or two letters, six digits and the check sign, without brackets (香港《人事登记规例》)."""
    letters = code[:-7]
    if len(letters) not in (1, 2) or not (letters.isascii() and letters.isalpha() and code[-7:-1].isdecimal()):
        return False
    values = (
        [36] * (2 - len(letters)) + [int(sign, 36) for sign in letters.upper()] + [int(sign) for sign in code[-7:-1]]
    )
    total = sum(value * weight for value, weight in zip(values, range(9, 1, -1), strict=True))
    return "0123456789A"[-total % 11] == code[-1].upper()


def identity_check_sign(code: str) -> str:
    """身份号码校验码 — what the eighteenth sign must be for the first seventeen digits (GB 11643-1999)."""
    total = 10 * _SUMS[code[:3]] + 4 * _SUMS[code[3:6]] + 6 * _SUMS[code[6:9]] + 9 * _SUMS[code[9:12]]
    return _IDENTITY_SIGNS[(total + 8 * _SUMS[code[12:15]] + 2 * _SUMS[code[15:17]]) % 11][0]


def is_dated_identity(code: str) -> bool:
    """像身份号码 — the province and the day of birth are real, the check sign is not asked; 15 or 18 signs."""
    day = code[6:14] if len(code) == 18 else f"19{code[6:12]}"
    return len(code) in (15, 18) and code[:2] in _PROVINCES and _is_day(day)


def _is_day(text: str) -> bool:
    return text[:2] in ("19", "20") and text[4:] in _DAYS and (text[4:] != _LEAP_DAY or isleap(int(text[:4])))


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
    begins = has_card_head(code) or (len(code) == 16 and code[0] in "345")
    return 16 <= len(code) <= 19 and begins and _passes_luhn(code)


def has_card_head(code: str) -> bool:
    """卡号开头 — whether digits begin as cards of banks of this country do, as few figures do (GB/T 15694.1)."""
    return code.startswith(_CARD_HEADS)


def is_checked_number(code: str) -> bool:
    """可能是银行卡号 — sixteen to nineteen digits whose check digit is right, however they begin: one in ten is so by
    chance (GB/T 15694.1)."""
    return code.isdecimal() and 16 <= len(code) <= 19 and _passes_luhn(code)


def _passes_luhn(code: str) -> bool:
    digits = code.encode()
    return (sum(digits[-1::-2].translate(_LUHN)) + sum(digits[-2::-2].translate(_LUHN_DOUBLED))) % 10 == 0
