"""公开前检查 — `gongkai guard` as people and programs run it; no number is shown in what it says (interchange)."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from gongkai.cli import run
from tests.cli.command import gongkai, objects

IDENTITY = "110101199003078515"
LIST = f"姓名,身份证号\n张某,{IDENTITY}\n".encode()


def put(folder: Path, name: str, data: bytes) -> Path:
    """放一个文件 — with these bytes."""
    path = folder / name
    path.write_bytes(data)
    return path


def test_json_is_what_the_interchange_says(tmp_path: Path) -> None:
    page = f"<html><body><!-- 草稿 --><p>联系人，a{IDENTITY[:3]}@qq.com</p></body></html>".encode()
    paths = [
        put(tmp_path, "名单.csv", LIST),
        put(tmp_path, "说明.html", page),
        put(tmp_path, "好.txt", "公示。".encode()),
    ]
    done = gongkai("guard", *paths, "--json")
    first, second, third = objects(done.stdout)
    assert done.returncode == 1
    assert set(first) == {"source", "hits", "unread", "copied"}
    assert first["source"] == str(paths[0])
    assert first["hits"] == [
        {
            "kind": "identity",
            "severity": "block",
            "place": "表“1”第 2 行第 2 列（身份证号）",
            "masked": "110***********8515",
        }
    ]
    assert (first["unread"], first["copied"]) == ([], None)
    assert [(hit["kind"], hit["severity"]) for hit in second["hits"]] == [("hidden", "warn"), ("email", "note")]
    assert third["hits"] == []


@pytest.mark.parametrize(
    ("data", "status"), [("公示。".encode(), 0), (b"<p>a</p><!-- b -->", 0), (LIST, 1), (b"PK\x03\x04 no zip", 2)]
)
def test_exit_statuses(data: bytes, status: int, tmp_path: Path) -> None:
    assert run(["guard", str(put(tmp_path, "文件", data))]) == status


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_that_is_said_shows_a_number(language: str, tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(f"张某{IDENTITY}.csv", LIST)
        archive.writestr(f"张某{IDENTITY}.bin", bytes(range(256)) * 9)
    page = f"<meta name='author' content='{IDENTITY}'><p title='{IDENTITY}'>{IDENTITY}</p>".encode()
    paths = [
        put(tmp_path, f"{IDENTITY}.zip", out.getvalue()),
        put(tmp_path, f"{IDENTITY}.html", page),
        put(tmp_path, f"{IDENTITY}.docx", b"PK\x03\x04 no zip"),
        tmp_path / f"没有{IDENTITY}.txt",
    ]
    table = gongkai("guard", *paths, "--lang", language)
    assert IDENTITY not in table.stdout + table.stderr
    lines = gongkai("guard", *paths, "--json", "--lang", language)
    assert IDENTITY not in lines.stderr
    assert [IDENTITY in str({**line, "source": ""}) for line in objects(lines.stdout)] == [False] * 4
    assert [line["source"] for line in objects(lines.stdout)] == list(map(str, paths))
    copied = gongkai("guard", paths[1], "--copy", tmp_path / f"副本{IDENTITY}.html", "--lang", language)
    assert IDENTITY not in copied.stdout + copied.stderr


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    paths = [put(tmp_path, "坏.docx", b"PK\x03\x04"), tmp_path / "没有.txt", tmp_path, put(tmp_path, "名单.csv", LIST)]
    done = gongkai("guard", *paths, "--json")
    assert done.returncode == 2
    assert ["error" in line for line in objects(done.stdout)] == [True, True, True, False]
    assert len(done.stderr.splitlines()) == 3


def test_a_copy_is_written_whole_and_the_exit_is_that_of_the_original(tmp_path: Path) -> None:
    path, out = put(tmp_path, "名单.csv", LIST), tmp_path / "公开.csv"
    done = gongkai("guard", path, "--copy", out, "--json")
    assert done.returncode == 1
    assert objects(done.stdout)[0]["copied"] == str(out)
    assert IDENTITY not in out.read_text(encoding="utf-8-sig")
    assert run(["guard", str(out)]) == 0
    assert path.read_bytes() == LIST
    assert {one.name for one in tmp_path.iterdir()} == {"名单.csv", "公开.csv"}


def test_where_no_copy_is_given_the_command_does_not_end_well(tmp_path: Path) -> None:
    """Whether it could not be made, or something was left in it: no file is there for who publishes it."""
    path, out = put(tmp_path, "旧.rtf", rb"{\rtf1 hello}"), tmp_path / "公开.rtf"
    assert gongkai("guard", path).returncode == 0
    done = gongkai("guard", path, "--copy", out, "--json")
    assert (done.returncode, objects(done.stdout)[0]["copied"]) == (1, None)
    assert not out.exists()


def test_who_asked_for_a_copy_is_not_told_to_ask_for_one(tmp_path: Path) -> None:
    path, secret = put(tmp_path, "名单.csv", LIST), put(tmp_path, "密.txt", "机密★1年\n通知".encode())
    assert "--copy" in gongkai("guard", path).stdout
    told = gongkai("guard", path, "--copy", tmp_path / "公开").stdout
    assert "怎么办" not in told
    assert "副本是 csv 文件" in told
    assert "怎么办" not in gongkai("guard", secret, "--copy", tmp_path / "公开.txt").stdout


@pytest.mark.parametrize("out", ["公开.docx", "公开.PDF", "公开.html", "公开.xls"])
def test_a_copy_has_the_ending_of_what_it_is(out: str, tmp_path: Path) -> None:
    path = put(tmp_path, "名单.pdf", LIST)
    done = gongkai("guard", path, "--copy", tmp_path / out)
    assert done.returncode == 2
    assert "没有写出副本" in done.stderr
    assert ".txt 结尾" in done.stderr
    assert not (tmp_path / out).exists()
    assert gongkai("guard", path, "--copy", tmp_path / "公开.csv").returncode == 1
    assert (tmp_path / "公开.csv").exists()


@pytest.mark.parametrize("begin", [b"MZ", b"\x7fELF"])
def test_a_program_is_told_to_be_of_no_known_format(begin: bytes, tmp_path: Path) -> None:
    for rest in (bytes(100), b"\x90\0\3\0" + bytes(range(256)) * 40):
        path, out = put(tmp_path, "程序.exe", begin + rest), tmp_path / "公开.exe"
        done = gongkai("guard", path, "--copy", out)
        assert done.returncode == 2
        assert "看不出这是什么格式" in done.stderr
        assert not out.exists()


def test_a_text_may_begin_like_a_program(tmp_path: Path) -> None:
    assert run(["guard", str(put(tmp_path, "车.txt", b"MZ 1"))]) == 0


def test_where_no_copy_can_be_made_nothing_is_written_and_the_reason_is_said(tmp_path: Path) -> None:
    path, out = put(tmp_path, "密.txt", "机密★1年\n通知".encode()), tmp_path / "公开.txt"
    done = gongkai("guard", path, "--copy", out, "--json")
    assert done.returncode == 1
    assert objects(done.stdout)[0]["copied"] is None
    assert done.stderr.startswith("没有写出副本。")
    assert not out.exists()


def test_a_copy_does_not_go_over_its_source_nor_is_it_of_many(tmp_path: Path) -> None:
    path = put(tmp_path, "名单.csv", LIST)
    assert run(["guard", str(path), "--copy", str(path)]) == 64
    assert run(["guard", str(path), str(path), "--copy", str(tmp_path / "a.csv")]) == 64
    assert run(["guard"]) == 64
    assert run(["guard", str(path), "--copy", str(tmp_path / "没有" / "a.csv")]) == 2
    assert path.read_bytes() == LIST


def test_standard_input_is_read(tmp_path: Path) -> None:
    done = gongkai("guard", "-", "--json", stdin=LIST)
    assert done.returncode == 1
    assert objects(done.stdout)[0]["source"] == "-"


def test_what_is_not_listed_is_counted(tmp_path: Path) -> None:
    rows = "".join(f"云岫县青石镇桃花村{at % 9 + 1}组{at % 40 + 1}号\n" for at in range(501))
    path = put(tmp_path, "住址.txt", f"{rows}{IDENTITY}".encode())
    (line,) = objects(gongkai("guard", path, "--json").stdout)
    assert line["hits"][0]["kind"] == "identity"
    assert line["hits"][-1] == {
        "kind": "address",
        "severity": "note",
        "place": "同一种的还有 301 处，没有逐一列出",
        "masked": "",
    }
    assert "同一种的还有 301 处" in gongkai("guard", path).stdout
