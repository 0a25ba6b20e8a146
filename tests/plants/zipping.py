"""压缩包 — written header by header, so that everything in it can be wrong or hold something (条例 第十五条)."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tests.plants.planting import Place, Sight

_EXTRA = 0x4741


@dataclass(slots=True)
class Member:
    """成员 — `data`, and what else its two headers can hold."""

    name: str
    data: bytes
    local_name: str = ""
    local_extra: bytes = b""
    extra: bytes = b""
    comment: bytes = b""
    before: bytes = b""
    behind: bytes = b""
    """After the end of the compressed stream, inside the member."""
    listed: bool = True
    stored: bool = False
    is_final: bool = False
    """Nothing may write its data anew."""


@dataclass(slots=True)
class Container:
    """包 — members in order, and what stands before, behind and in its comment."""

    members: list[Member] = field(default_factory=list)
    prefix: bytes = b""
    suffix: bytes = b""
    comment: bytes = b""

    @classmethod
    def opened(cls, data: bytes) -> Container:
        """打开."""
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return cls([Member(info.filename, archive.read(info)) for info in archive.infolist() if not info.is_dir()])

    def member(self, name: str) -> Member:
        """成员 — by name."""
        return next(member for member in self.members if member.name == name)

    def written(self) -> bytes:
        """写出."""
        out, listed = bytearray(self.prefix), bytearray()
        count = 0
        for member in self.members:
            out += member.before
            at = len(out)
            packed = zlib.compressobj(6, zlib.DEFLATED, -15)
            body = member.data if member.stored else packed.compress(member.data) + packed.flush()
            body += member.behind
            head = struct.pack(
                "<HHHHHLLL",
                20,
                0x800,
                0 if member.stored else 8,
                0,
                0x21,
                zlib.crc32(member.data),
                len(body),
                len(member.data),
            )
            name, local = member.name.encode(), (member.local_name or member.name).encode()
            out += b"PK\3\4" + head + struct.pack("<HH", len(local), len(member.local_extra)) + local
            out += member.local_extra + body
            if member.listed:
                count += 1
                lengths = struct.pack(
                    "<HHHHHLL", len(name), len(member.extra), len(member.comment), 0, 0, 0, at - len(self.prefix)
                )
                listed += b"PK\1\2" + struct.pack("<H", 20) + head + lengths + name + member.extra + member.comment
        end = struct.pack("<HHHHLLH", 0, 0, count, count, len(listed), len(out) - len(self.prefix), len(self.comment))
        return bytes(out) + bytes(listed) + b"PK\5\6" + end + self.comment + self.suffix


def container_places(container: Container, inside: str) -> Iterator[Place]:
    """包里的每一处 — names, comments, extra fields, gaps, members that nothing lists; `inside`: a folder of parts."""

    def adding(name: str, made: Callable[[str], bytes], **more: object) -> Callable[[str], None]:
        def write(text: str) -> None:
            container.members.append(Member(name, made(text), **more))  # type: ignore[arg-type]

        return write

    def naming(pattern: str) -> Callable[[str], None]:
        return lambda text: container.members.append(Member(pattern.format(text), b"<a/>"))

    for pattern in (f"{inside}/{{}}.xml", f"{inside}/media/{{}}.bin", "{}", "{}/a.txt", f"{inside}/{{}}.png"):
        yield Place("zip member name", pattern, naming(pattern))
    for at, member in enumerate(list(container.members)):
        if at < 4:
            yield Place("zip member comment", f"#{at}", _setting(member, "comment"))
            yield Place("zip extra field", f"central #{at}", _extra(member, "extra"))
            yield Place("zip extra field", f"local #{at}", _extra(member, "local_extra"))
            yield Place("zip gap", f"before #{at}", _setting(member, "before"))
            yield Place("zip gap", f"in the data of #{at}", _setting(member, "behind"))
    yield Place("zip comment", "of the archive", _setting(container, "comment"))
    yield Place("zip ends", "behind the end", _setting(container, "suffix"))
    yield Place("zip ends", "before the start", _setting(container, "prefix"))
    for kind, made in BINARY.items():
        for name in (f"{inside}/stray.bin", f"{inside}/media/stray.dat", "stray.txt", "[trash]/0000.dat"):
            yield Place("stray part", f"{kind} {name}", adding(name, made))
        yield Place("unlisted member", kind, adding(f"{inside}/unlisted.bin", made, listed=False))
    for name, made in TEXTS.items():
        yield Place("stray part", name, adding(f"{inside}/{name}", made))
    first = max(container.members, key=lambda member: len(member.data)).name
    yield Place("second member of one name", "first of two", _doubled(container, first, ahead=True), Sight.EITHER)
    yield Place("second member of one name", "last of two", _doubled(container, first, ahead=False), Sight.EITHER)


def _setting(thing: object, field_: str) -> Callable[[str], None]:
    return lambda text: setattr(thing, field_, getattr(thing, field_) + text.encode())


def _extra(member: Member, field_: str) -> Callable[[str], None]:
    def write(text: str) -> None:
        setattr(member, field_, struct.pack("<HH", _EXTRA, len(text.encode())) + text.encode())

    return write


def _doubled(container: Container, name: str, *, ahead: bool) -> Callable[[str], None]:
    def write(text: str) -> None:
        at = next(at for at, member in enumerate(container.members) if member.name == name)
        data = container.members[at].data
        close = data.rfind(b"</")
        copy = Member(name, data[:close] + f"<!--{text}-->".encode() + data[close:], is_final=True)
        container.members.insert(at if ahead else at + 1, copy)

    return write


def zipped(name: str, data: bytes) -> bytes:
    """压成包."""
    return Container([Member(name, data)]).written()


BINARY: dict[str, Callable[[str], bytes]] = {
    "utf-8": lambda text: b"\1\2\0" + text.encode() + b"\0\xff",
    "utf-16": lambda text: b"\1\2\0\0" + text.encode("utf-16-le") + b"\0\0\xff\xff",
    "utf-16 big": lambda text: b"\1\2\0\0" + text.encode("utf-16-be") + b"\0\0\xff\xff",
    "gb18030": lambda text: b"\1\2\0" + text.encode("gb18030") + b"\0\xff",
    "zlib": lambda text: zlib.compress(text.encode()),
    "zip": lambda text: zipped("名单.txt", text.encode()),
}
TEXTS: dict[str, Callable[[str], bytes]] = {
    "stray.xml": lambda text: f"<a>{text}</a>".encode(),
    "stray.html": lambda text: f"<p>{text}</p>".encode(),
    "stray.csv": lambda text: f"姓名,证件号\n张某,{text}\n".encode(),
    "stray.json": lambda text: f'{{"证件号": "{text}"}}'.encode(),
    "stray.rtf": lambda text: (
        "{\\rtf1 " + "".join(f"\\u{ord(sign)}?" for sign in text if ord(sign) < 32768) + "}"
    ).encode(),
}
