"""权限 — who may see what lies on the desk: the session that put it there, for an hour."""

from __future__ import annotations

import hmac
import secrets
from pathlib import Path

from django.contrib.sessions.backends.base import SessionBase

from gongkai.web.annual.keeping import Batch, every, find

_OWNER = "desk"


def owner(session: SessionBase) -> str:
    """本人 — the secret by which a session is known to its batches; made when first needed."""
    known = session.get(_OWNER)
    if not isinstance(known, str):
        known = session[_OWNER] = secrets.token_urlsafe(32)
    return known


def may_see(batch: Batch, session: SessionBase, now: float, seconds: float) -> bool:
    """可看 — whether a batch is this session's, and its hour not over."""
    known = session.get(_OWNER, "")
    return bool(known) and hmac.compare_digest(batch.owner, known) and now - batch.begun_at < seconds


def visible(desk: Path, key: str, session: SessionBase, now: float, seconds: float) -> Batch | None:
    """可看的一批 — the batch of a key, None where it is gone or another's: nobody learns which."""
    batch = find(desk, key)
    return batch if batch is not None and may_see(batch, session, now, seconds) else None


def own(desk: Path, session: SessionBase, now: float, seconds: float) -> list[Batch]:
    """自己的各批 — the batches of this session, newest first."""
    mine = (batch for batch in every(desk) if may_see(batch, session, now, seconds)) if _OWNER in session else ()
    return sorted(mine, key=lambda batch: -batch.begun_at)
