"""树头 — what leaves the house of the public log: size, root, time, signed; checked by anybody (RFC 9162; RFC 8032).

Needs no Django: whoever has saved heads checks them with this module and `tree` alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from gongkai.web.journal.chaining import canonical, digest, shown

NOT_HEADS = "第 {line} 行不是存证的树头。请给从“公开存证”页下载的树头文件（heads.jsonl）。"


class HeadsError(Exception):
    """树头文件读不了 — where, as a template with its values."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template, self.values = template, values


@dataclass(frozen=True, slots=True)
class Head:
    """树头 — the root of the first `size` leaves at a time, and who signed it."""

    size: int
    root: str
    at: str
    key: str = ""
    signature: str = ""

    @property
    def said(self) -> bytes:
        """所签 — the bytes that are signed."""
        return canonical({"size": self.size, "root": self.root, "at": self.at})

    @property
    def is_signed(self) -> bool:
        """签名有效 — whether whoever holds the key said it."""
        try:
            key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(self.key))
            key.verify(bytes.fromhex(self.signature), self.said)
        except (InvalidSignature, TypeError, ValueError):
            return False
        return True

    @property
    def when(self) -> str:
        """签出的时间 — as people in China read it; as it stands, where it is none."""
        try:
            return shown(datetime.fromisoformat(self.at))
        except (TypeError, ValueError):
            return str(self.at)

    def to_json(self) -> dict[str, object]:
        """交换格式 — one line of heads.jsonl."""
        return asdict(self)


def stated(at: datetime) -> str:
    """时刻 — as heads and leaves state it: UTC, to the second."""
    return at.astimezone(UTC).isoformat(timespec="seconds")


def private_key(secret: str) -> Ed25519PrivateKey:
    """私钥 — derived from the secret of the platform, so that there is no second one to lose."""
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(digest("sha256", f"log heads\0{secret}".encode())))


def signed(size: int, root: bytes, at: datetime, key: Ed25519PrivateKey) -> Head:
    """签发 — a head."""
    plain = Head(size, root.hex(), stated(at))
    public = key.public_key().public_bytes_raw().hex()
    return Head(plain.size, plain.root, plain.at, public, key.sign(plain.said).hex())


def read(lines: Iterable[bytes]) -> Iterator[Head]:
    """读树头 — of a saved file, one a line. HeadsError where a line is none."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            head = Head(**{name: row[name] for name in Head.__slots__})
            if type(head.size) is not int or head.size < 0 or len(bytes.fromhex(head.root)) != 32:
                raise ValueError(head.size)
        except (KeyError, TypeError, ValueError, RecursionError):
            raise HeadsError(NOT_HEADS, line=number) from None
        yield head
