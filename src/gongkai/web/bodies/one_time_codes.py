"""动态口令 — codes of six digits, new every thirty seconds, and recovery codes (RFC 6238; GB/T 22239-2019 双因素)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from datetime import datetime
from urllib.parse import quote, urlencode

from django.utils.crypto import salted_hmac

from gongkai.web.bodies import sealing

PERIOD_SECONDS = 30
DIGITS = 6
# A telephone's clock may be off by half a minute.
DRIFT = 1
RECOVERY_CODES = 10
_SECRET_BYTES = 20
_PURPOSE = "gongkai.second-factor"


def new_secret() -> str:
    """新密钥 — in base32, as telephones take it."""
    return base64.b32encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def code(secret: str, counter: int) -> str:
    """口令 — of a secret at a count of periods (RFC 4226)."""
    made = hmac.new(base64.b32decode(secret), counter.to_bytes(8), hashlib.sha1).digest()
    start = made[-1] & 0xF
    return str((int.from_bytes(made[start : start + 4]) & 0x7FFFFFFF) % 10**DIGITS).zfill(DIGITS)


def matching(secret: str, given: str, now: datetime) -> int | None:
    """相符的一期 — the count of the period whose code was given, None where none of about now is."""
    current = int(now.timestamp()) // PERIOD_SECONDS
    typed = "".join(given.split()).encode()
    found = None
    for counter in range(current - DRIFT, current + DRIFT + 1):
        if hmac.compare_digest(code(secret, counter).encode(), typed):
            found = counter
    return found


def address(secret: str, username: str, issuer: str) -> str:
    """扫码地址 — what the picture says to the telephone."""
    asked = urlencode({"secret": secret, "issuer": issuer}, quote_via=quote)
    return f"otpauth://totp/{quote(issuer)}:{quote(username)}?{asked}"


def sealed(secret: str) -> str:
    """加密 — a secret as the database keeps it: enciphered with the secret of the platform."""
    return sealing.sealed(secret.encode(), _PURPOSE)


def opened(kept: str) -> str | None:
    """解密 — the secret that the database keeps; None where the platform's own secret is another now."""
    found = sealing.opened(kept, _PURPOSE)
    return None if found is None else found.decode()


def recovery_codes() -> list[str]:
    """备用码 — ten of them, of fifty random bits each."""
    made = (base64.b32encode(secrets.token_bytes(7)).decode().lower()[:10] for _ in range(RECOVERY_CODES))
    return [f"{each[:5]}-{each[5:]}" for each in made]


def recovery_digest(given: str) -> str:
    """备用码摘要 — what is kept of a recovery code; blanks, dashes and capital letters aside."""
    plain = "".join(character for character in given.lower() if character.isalnum())
    return salted_hmac("gongkai.recovery", plain, algorithm="sha256").hexdigest()
