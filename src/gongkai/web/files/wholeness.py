"""原样 — whether the bytes of a file still are what was kept: asked before anything is made public or given out.

Bytes are read once for each state of the store; what has not been touched since is not read again (条例 第六条).
"""

from __future__ import annotations

import logging
from enum import Enum
from functools import lru_cache

from gongkai.web.files import storing
from gongkai.web.files.arriving import CHUNK_BYTES
from gongkai.web.files.kinds import FileError
from gongkai.web.files.models import File, PublicCopy
from gongkai.web.journal.chaining import new

NOT_WHOLE = (
    "{file}：附件的内容和收下、审核的时候不一样，或者找不到了，不能公开。请退回，重新上传一份；"
    "也请告诉系统管理员，看看存放附件的地方"
)
_log = logging.getLogger(__name__)


class Condition(Enum):
    """内容的状况 — of a file or a copy as its bytes lie in the store (条例 第六条)."""

    WHOLE = "whole"
    ALTERED = "altered"
    LOST = "lost"


def condition(kept: File | PublicCopy) -> Condition:
    """内容的状况 — told in the log where it is not whole (条例 第六条)."""
    try:
        state = storing.state(kept.storage_name)
        is_whole = _is_whole(kept.storage_name, kept.algorithm, kept.digest, state)
    except FileNotFoundError:
        found = Condition.LOST
    else:
        found = Condition.WHOLE if is_whole else Condition.ALTERED
    if found is not Condition.WHOLE:
        _log.error("the bytes of %s:%s are %s: %s", type(kept).__name__, kept.pk, found.value, kept.storage_name)
    return found


def require_whole(kept: File | PublicCopy) -> None:
    """要原样 — FileError for a file or a copy whose bytes are lost or altered (条例 第六条)."""
    if condition(kept) is not Condition.WHOLE:
        raise FileError(NOT_WHOLE, file=kept.name)


@lru_cache(maxsize=65_536)
def _is_whole(name: str, algorithm: str, digest: str, state: object) -> bool:  # noqa: ARG001 — a key
    found = new(algorithm)
    with storing.opened(name) as stream:
        while chunk := stream.read(CHUNK_BYTES):
            found.update(chunk)
    return found.hexdigest() == digest
