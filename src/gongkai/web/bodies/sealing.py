"""加密 — what leaves the server, or lies in its database, and is for the server alone to open (GB/T 22239-2019).

Each purpose has a key of its own, derived from the secret of the platform. What somebody changed is not opened.
"""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


def sealed(words: bytes, purpose: str) -> str:
    """加密 — of a purpose; fit for a form and a database."""
    return _cipher(purpose).encrypt(words).decode()


def opened(token: str, purpose: str, seconds: int | None = None) -> bytes | None:
    """解密 — None where it is not ours, was changed, is of another purpose or older than `seconds`."""
    try:
        return _cipher(purpose).decrypt(token.encode(), ttl=seconds)
    except InvalidToken:
        return None


def _cipher(purpose: str) -> Fernet:
    key = hashlib.sha256(f"{purpose}\0{settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
