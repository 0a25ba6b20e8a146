"""登录名的折叠 — one spelling of a name for signing in, however it is typed (GB/T 22239-2019 身份鉴别)."""

from __future__ import annotations

import re
import unicodedata

from django.utils.crypto import salted_hmac

_MARKS = frozenset("-_.")
_LETTERS = re.compile("[a-z0-9\u3400-\u4dbf\u4e00-\u9fff]")


def folded(name: str) -> str:
    """折叠 — full width, capital letters, blanks and marks that nobody sees make no other name."""
    once = unicodedata.normalize("NFKC", name).casefold()
    return unicodedata.normalize("NFKC", "".join(c for c in once if unicodedata.category(c)[0] not in "CZ"))


def tries_key(name: str) -> str:
    """名的键 — by which tries with a name are counted; the name cannot be read from it."""
    return salted_hmac("gongkai.tries", folded(name), algorithm="sha256").hexdigest()


def place_key(place: str) -> str:
    """地方的键 — by which tries from an address or a browser are counted; neither can be read from it."""
    return salted_hmac("gongkai.places", place, algorithm="sha256").hexdigest()


def fits(username: str) -> bool:
    """合不合适 — a folded name that may be one to sign in with: a to z, digits, 汉字, a few marks; 2 to 40 signs.

    Letters of other scripts look like these and are not: two persons would seem to have one name.
    """
    letters = [bool(_LETTERS.fullmatch(sign)) for sign in username]
    is_known = all(is_letter or sign in _MARKS for sign, is_letter in zip(username, letters, strict=True))
    return 2 <= len(username) <= 40 and any(letters) and is_known
