"""压缩包 — every byte of a zip is looked at, one bad member stops nobody, a copy has what is listed (条例 第十五条)."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable

import pytest

from gongkai.documents.document import DocumentError
from gongkai.documents.redaction import inspect, masked, public_copy
from gongkai.text.hit import Severity

IDENTITY = "110101199003078515"
GOOD = "公示。".encode()


def packed(*members: tuple[str, bytes], comment: bytes = b"") -> bytes:
    """打包 — members by name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
        archive.comment = comment
    return out.getvalue()


def with_info(change: Callable[[zipfile.ZipInfo], None]) -> bytes:
    """打包 — one member whose entry is changed."""
    out, info = io.BytesIO(), zipfile.ZipInfo("甲.txt")
    change(info)
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(info, GOOD)
    return out.getvalue()


def twice() -> bytes:
    """同名 — two members of one name."""
    with pytest.warns(UserWarning, match="Duplicate"):
        return packed(("甲.txt", IDENTITY.encode()), ("甲.txt", GOOD))


FILE = packed(("甲.txt", GOOD))
EXTRA = b"\xfe\xca" + len(IDENTITY).to_bytes(2, "little") + IDENTITY.encode()
WAYS: dict[str, Callable[[], bytes]] = {
    "member": lambda: packed(("甲.csv", f"序号,说明\n1,{IDENTITY}\n".encode())),
    "name": lambda: packed((f"{IDENTITY}.txt", GOOD)),
    "folder": lambda: packed((f"{IDENTITY}/甲.txt", GOOD)),
    "comment": lambda: packed(("甲.txt", GOOD), comment=IDENTITY.encode()),
    "member comment": lambda: with_info(lambda info: setattr(info, "comment", IDENTITY.encode())),
    "extra field": lambda: with_info(lambda info: setattr(info, "extra", EXTRA)),
    "behind": lambda: FILE + IDENTITY.encode("utf-16-le"),
    "behind, packed": lambda: FILE + zlib.compress(IDENTITY.encode()),
    "desktop store": lambda: packed((".DS_Store", IDENTITY.encode("utf-16-be")), ("甲.txt", GOOD)),
    "resource fork": lambda: packed(("__MACOSX/._甲.txt", IDENTITY.encode()), ("甲.txt", GOOD)),
    "thumbnails": lambda: packed(("Thumbs.db", zlib.compress(IDENTITY.encode())), ("甲.txt", GOOD)),
    "of one name": twice,
    "nested": lambda: packed(("内.zip", packed(("更内.zip", packed(("甲.txt", IDENTITY.encode())))))),
    "nested comment": lambda: packed(("内.zip", packed(("甲.txt", GOOD), comment=IDENTITY.encode()))),
}


@pytest.mark.parametrize("way", WAYS)
def test_it_blocks_and_the_copy_holds_it_nowhere(way: str) -> None:
    data = WAYS[way]()
    assert inspect("全部.zip", data).is_blocked
    copy = masked("全部.zip", data)
    assert IDENTITY not in everything(copy)
    assert "公示" in everything(copy) or way in ("member", "nested")
    assert masked("全部.zip", copy) == copy
    if way not in ("member", "name", "folder", "nested", "of one name"):
        assert IDENTITY not in everything(public_copy("全部.zip", data))


def everything(data: bytes) -> str:
    """全部内容 — every byte of a zip, its members unpacked, zips in it too."""
    texts = [data.decode("latin-1"), data.decode("utf-16-le", "replace"), data.decode("utf-16-be", "replace")]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        texts += archive.namelist()
        for info in archive.infolist():
            member = archive.read(info)
            texts.append(everything(member) if member.startswith(b"PK") else member.decode("utf-8", "replace"))
    return "\n".join(texts)


def test_one_bad_member_does_not_hide_the_others() -> None:
    data = packed(
        ("坏.docx", b"PK\x03\x04"),
        ("杂.bin", bytes(range(256)) * 9),
        ("甲.txt", IDENTITY.encode()),
        ("乙.txt", b"13800138000"),
    )
    seen = inspect("全部.zip", data)
    assert [found.hit.text for found in seen.hits if found.hit.severity is Severity.BLOCK] == [IDENTITY, "13800138000"]
    assert len(seen.unread) == 2
    with pytest.raises(DocumentError):
        masked("全部.zip", data)


def test_what_lies_deeper_than_three_is_said() -> None:
    data = packed(("甲.txt", IDENTITY.encode()))
    for _ in range(3):
        data = packed(("内.zip", data))
    seen = inspect("全部.zip", data)
    assert seen.unread
    assert seen.is_blocked


def test_names_lead_nowhere() -> None:
    names = [
        "c:/w.txt",
        "/etc/a.txt",
        "../../b.txt",
        "a/../c.txt",
        "d\\e.txt",
        "f:g.txt",
        "h\u202etxt.exe",
        "C:\\i.txt",
    ]
    copy = public_copy("全部.zip", packed(*((name, GOOD) for name in names)))
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        written = archive.namelist()
    assert written == ["w.txt", "etc/a.txt", "b.txt", "a/c.txt", "d/e.txt", "f_g.txt", "htxt.exe", "i.txt"]


def test_members_that_fall_on_one_name_are_all_kept() -> None:
    names = ["甲/一.txt", "c:/甲/一.txt", f"{IDENTITY}.txt"]
    copy = masked("全部.zip", packed(*((name, GOOD) for name in names)))
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        assert archive.namelist()[:2] == ["甲/一.txt", "甲/2-一.txt"]
        assert len({name.lower() for name in archive.namelist()}) == 3


def test_packed_bytes_are_no_text_whatever_they_are_called() -> None:
    # They could be signs of GB18030.
    data = zlib.compress(b"6268-8980-5764-4399-869")
    assert inspect("全部.zip", packed(("0000.dat", data))).is_blocked
    assert inspect("说明.txt", data).unread


def test_hidden_members_are_told() -> None:
    seen = inspect("全部.zip", packed((".DS_Store", b"\0\0Bud1"), ("甲.txt", GOOD)))
    assert [str(thing.sentence) for thing in seen.hidden] == ["压缩包里看不见的文件 1 个"]
    assert not seen.is_blocked


def test_a_folder_that_no_file_manager_shows_and_a_link_are_hidden() -> None:
    link = zipfile.ZipInfo("文件")
    link.external_attr = 0o120777 << 16
    data = io.BytesIO(packed((".git/config", IDENTITY.encode()), ("甲.txt", GOOD)))
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr(link, f"/home/{IDENTITY}")
    assert inspect("全部.zip", data.getvalue()).is_blocked
    with zipfile.ZipFile(io.BytesIO(public_copy("全部.zip", data.getvalue()))) as archive:
        assert archive.namelist() == ["甲.txt"]


def test_bytes_before_an_archive_make_it_something_else() -> None:
    assert inspect("全部.zip", IDENTITY.encode() + FILE).is_blocked
    with pytest.raises(DocumentError):
        masked("全部.zip", IDENTITY.encode() + FILE)


@pytest.mark.parametrize(
    "names",
    [
        ["110101/19900307/8515.txt"],
        ["1/1/0/1/0/1/1/9/9/0/0/3/0/7/8/5/1/5.txt"],
        ["张三/110101/名单/19900307/表/8515.txt"],
        ["110101.txt", "19900307.txt", "8515.txt"],
        ["名单/110101.txt", "名单/19900307.txt", "名单/8515.txt"],
    ],
)
def test_a_number_over_folders_and_files_is_masked(names: list[str]) -> None:
    data = packed(*((name, GOOD) for name in names))
    assert inspect("全部.zip", data).is_blocked
    with zipfile.ZipFile(io.BytesIO(masked("全部.zip", data))) as archive:
        written = archive.namelist()
    assert "110101199003078515" not in "".join(filter(str.isdigit, "".join(written)))
    assert all(name.endswith(".txt") for name in written)


def test_a_mark_in_the_name_of_a_member_is_refused_in_its_own_words() -> None:
    with pytest.raises(DocumentError, match="文件名"):
        masked("全部.zip", packed(("机密★1年.txt", GOOD)))
