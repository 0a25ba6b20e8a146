"""压缩包底稿 — files of every format inside archives, and what an archive holds beside them (条例 第十五条)."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import replace

from tests.plants import sheet, word, written
from tests.plants.planting import Base, Place, Sight
from tests.plants.zipping import BINARY, TEXTS, Container, Member, container_places, zipped


class Parcel(Base):
    """压缩包 — three small files, and what is put beside them."""

    name = "附件.zip"

    def __init__(self) -> None:
        self.container = Container(
            [
                Member("说明.txt", "关于公开的说明\n".encode()),
                Member("名录/项目.csv", "项目,数量\n受理,120\n".encode()),
                Member("通知.html", "<!doctype html><meta charset=utf-8><title>通知</title><p>通知</p>".encode()),
            ]
        )

    def places(self) -> Iterator[Place]:
        """每一处."""
        for name, sight in _NAMES.items():
            for kind, build in (*TEXTS.items(), ("stray.txt", str.encode)):
                if name.endswith(kind.rpartition(".")[2]) or "." not in name.rpartition("/")[2][1:]:
                    yield Place("zip member", f"{name} as {kind}", self._adding(name, build), sight)
        for name in (".DS_Store", "__MACOSX/._说明.txt", "Thumbs.db", "desktop.ini", "~$通知.docx", ".git/config"):
            for kind, build in BINARY.items():
                yield Place("zip hidden member", f"{name} {kind}", self._adding(name, build))
        for depth in range(1, 6):
            yield Place("zip nested", f"depth {depth}", self._adding("内.zip", _nested(depth)), Sight.SEEN)
        for name, pack in _PACKED.items():
            yield Place("zip other archive", name, self._adding(name, pack), Sight.SEEN)
        for name in ("{}.txt", "{}/a.txt", "名单/{}.csv", "../{}.txt", "c:/{}.txt", "/{}.txt", "a\\{}.txt"):
            yield Place("zip member name", name, self._naming(name), Sight.EITHER)
        for place in container_places(self.container, "名录"):
            if place.kind == "stray part":  # in a parcel it is a file like others
                yield replace(place, sight=Sight.EITHER)
            elif place.kind != "zip member name":
                yield place

    def _adding(self, name: str, build: Callable[[str], bytes]) -> Callable[[str], None]:
        def write(text: str) -> None:
            folder = f"{len(self.container.members)}/" if not name.startswith(("_", ".")) else ""
            self.container.members.append(Member(folder + name, build(text)))

        return write

    def _naming(self, name: str) -> Callable[[str], None]:
        return lambda text: self.container.members.append(Member(name.format(text), b"a\n"))

    def save(self) -> bytes:
        """写出."""
        return self.container.written()


class Wrapped(Base):
    """包里的文件 — another base inside an archive."""

    name = "附件.zip"

    def __init__(self, inner: Base, depth: int) -> None:
        self._inner, self._depth = inner, depth

    def places(self) -> Iterator[Place]:
        """每一处 — of the inner file."""
        return self._inner.places()

    def save(self) -> bytes:
        """写出."""
        data, name = self._inner.save(), self._inner.name
        for _ in range(self._depth):
            data, name = zipped(name, data), "内.zip"
        return data


def _nested(depth: int) -> Callable[[str], bytes]:
    def build(text: str) -> bytes:
        data, name = f"号码：{text}\n".encode(), "名单.txt"
        for _ in range(depth):
            data, name = zipped(name, data), "内.zip"
        return data

    return build


def _tar(text: str) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        info = tarfile.TarInfo("名单.txt")
        info.size = len(text.encode())
        archive.addfile(info, io.BytesIO(text.encode()))
    return out.getvalue()


_NAMES = {
    "说明.txt": Sight.SEEN,
    "名单.csv": Sight.SEEN,
    "页.html": Sight.SEEN,
    "数.json": Sight.SEEN,
    "文.rtf": Sight.SEEN,
    "README": Sight.SEEN,
    "x.bin": Sight.SEEN,
}
_PACKED: dict[str, Callable[[str], bytes]] = {
    "a.gz": lambda text: gzip.compress(text.encode(), mtime=0),
    "a.bz2": lambda text: bz2.compress(text.encode()),
    "a.xz": lambda text: lzma.compress(text.encode()),
    "a.tar": _tar,
    "a.tar.gz": lambda text: gzip.compress(_tar(text), mtime=0),
    "a.7z": lambda text: b"7z\xbc\xaf\x27\x1c" + lzma.compress(text.encode()),
    "a.rar": lambda text: b"Rar!\x1a\x07\0" + text.encode(),
}

BASES: dict[str, Callable[[], Base]] = {
    "zip by hand": Parcel,
    "zip of docx": lambda: Wrapped(word.BASES["docx by hand"](), 1),
    "zip of xlsx": lambda: Wrapped(sheet.BASES["xlsx by openpyxl"](), 2),
    "zip of html": lambda: Wrapped(written.BASES["html by hand"](), 1),
}
