"""核对存证 — a page, a file and a proof hold as they were published, and not once anything changed (RFC 9162)."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from gongkai.web.journal import heads, tree
from gongkai.web.journal.chaining import canonical, digest
from gongkai.web.journal.proved import Proof
from tests.cli.command import gongkai
from tests.conftest import ROOT

FILE = "事项,数量\n甲,3\n".encode()
RECORD: dict[str, Any] = {
    "index": "A/2026-00004",
    "title": "关于清理 <沟渠> 的通知",
    "text": "各村：\n请在六月以前清理。\n共 12 处。",
    "files": [{"title": "清单", "name": "清单.csv", "algorithm": "sm3", "digest": digest("sm3", FILE)}],
}
KEY = heads.private_key("a secret of the tests")
SIZE, NUMBER = 11, 4


def leaves(count: int = SIZE) -> list[bytes]:
    told = {"act": "publish", "at": "2026-11-20T01:30:00+00:00", "index": "A/2026-00004"}
    mine = canonical({**told, "record": digest("sha256", canonical(RECORD)), "version": 1})
    return [mine if each == NUMBER else canonical({"act": "anchor", "n": each}) for each in range(count)]


def nodes(all_leaves: list[bytes]) -> Callable[[int, int], bytes]:
    def node(level: int, position: int) -> bytes:
        if level == 0:
            return tree.leaf_digest(all_leaves[position])
        return tree.joined(node(level - 1, 2 * position), node(level - 1, 2 * position + 1))

    return node


def head(size: int, all_leaves: list[bytes] | None = None) -> heads.Head:
    at = datetime(2026, 11, 20, 2, size % 60, tzinfo=UTC)
    return heads.signed(size, tree.root(size, nodes(all_leaves or leaves())), at, KEY)


def proof(size: int = SIZE) -> Proof:
    path = tuple(each.hex() for each in tree.inclusion(NUMBER, size, nodes(leaves())))
    where = "http://127.0.0.1:9/log/"
    return Proof(RECORD, NUMBER, leaves()[NUMBER].decode(), path, head(size), "http://127.0.0.1:9/items/x/", where)


PAGE = (
    "<!doctype html><html><head><title>x</title></head><body><nav>首页</nav><article>"
    '<h1>关于清理 &lt;沟渠&gt; 的通知</h1><div class="document-text"><p>各村：</p><p>请在<b>六月</b>以前清理。</p>'
    "<p>共 12 处。</p></div></article></body></html>"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "通知.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "通知.html.proof.json").write_text(json.dumps(proof().to_json()), encoding="utf-8")
    (tmp_path / "清单.csv").write_bytes(FILE)
    (tmp_path / "heads.jsonl").write_bytes(b"".join(canonical(head(n).to_json()) + b"\n" for n in (SIZE,)))
    return tmp_path


def test_what_was_published_is_proved(folder: Path) -> None:
    page = gongkai("prove", folder / "通知.html", "--heads", folder / "heads.jsonl")
    assert page.returncode == 0, page.stdout + page.stderr
    assert "与公开时一致：《关于清理 <沟渠> 的通知》" in page.stdout
    assert "索引号 A/2026-00004，存证第 5 条，2026-11-20 09:30" in page.stdout
    assert "和存下的 1 个树头比对过" in page.stdout
    file = gongkai("prove", folder / "清单.csv", "--proof", folder / "通知.html.proof.json")
    assert (file.returncode, "是公开时的附件" in file.stdout) == (0, True)
    assert "没有给以前存下的树头" in file.stdout
    alone = gongkai("prove", folder / "通知.html.proof.json", "--json")
    assert alone.returncode == 0
    assert json.loads(alone.stdout)["proved"] is True


def test_a_changed_page_or_file_is_not(folder: Path) -> None:
    (folder / "通知.html").write_text(PAGE.replace("12", "13"), encoding="utf-8")
    page = gongkai("prove", folder / "通知.html")
    assert page.returncode == 1
    assert "…月以前清理。共13处。… ≠ …月以前清理。共12处。…" in page.stdout
    (folder / "清单.csv").write_bytes(FILE + b" ")
    file = gongkai("prove", folder / "清单.csv", "--proof", folder / "通知.html.proof.json")
    assert (file.returncode, "不是公开时的附件" in file.stdout) == (1, True)


@pytest.mark.parametrize(("old", "new"), [
    ("<head>", "<head><style>@supports(display:none){.q{display:none}}</style>"),
    ("<head>", '<head><link rel="stylesheet" href="data:text/css,.q{display:none}">'),
    ("<article>", "<details><article>"), ("</article>", "</article><article>假的一篇</article>"),
    ("处。</p>", '处。<input value="每户另收 9000 元"></p>'), ("处。</p>", '处。<iframe srcdoc="作废"></iframe></p>'),
    ("处。</p>", '处。<img alt="" src="x.png"></p>'), ("处。</p>", "处。</p><script src=x></script>"),
    ("<p>共", '<p dir="rtl">共'), ("<p>共", "<bdo></bdo><p>共"), ("<p>共", '<p onclick="x()">共'),
])  # fmt: skip
def test_a_page_whose_looks_may_say_something_else_is_not_judged(old: str, new: str, folder: Path) -> None:
    assert old in PAGE
    (folder / "通知.html").write_text(PAGE.replace(old, new, 1), encoding="utf-8")
    page = gongkai("prove", folder / "通知.html")
    assert (page.returncode, "平台的页面没有的东西" in page.stderr) == (2, True), page.stdout + page.stderr


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<p>各村：</p>", "<p>以下都不执行：</p><p>各村：</p>"),
        ("处。</p>", "处。</p><p>另外，取消第一条。</p>"),
        ("处。</p>", "处。（已停止执行）</p>"),
        ("<p>各村：</p><p>请在<b>六月</b>以前清理。</p>", "<p>请在<b>六月</b>以前清理。</p><p>各村：</p>"),
        ("<p>各村：</p>", ""),
        ("的通知</h1>", "的通知（废止）</h1>"),
        ("<p>各村：</p>", '<p style="display:none">各村：</p>'),
        ("<p>共 12 处。</p>", "<p hidden>共 12 处。</p>"),
    ],
)
def test_a_page_with_more_less_or_another_order_is_not(old: str, new: str, folder: Path) -> None:
    assert PAGE.count(old) == 1
    (folder / "通知.html").write_text(PAGE.replace(old, new), encoding="utf-8")
    page = gongkai("prove", folder / "通知.html")
    assert (page.returncode, "和公开时的不一样" in page.stdout) == (1, True), page.stdout


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_an_honest_page_is_proved_in_whatever_encoding_it_was_saved(encoding: str, folder: Path) -> None:
    (folder / "通知.html").write_bytes(PAGE.replace("<p>", "\r\n <p>").encode(encoding))
    page = gongkai("prove", folder / "通知.html")
    assert page.returncode == 0, page.stdout + page.stderr
    assert "核对的是标题、正文；页上别的字" in page.stdout


def test_what_is_no_page_of_an_item_is_not_judged(folder: Path) -> None:
    (folder / "通知.html").write_text("<html><body><p>各村：</p></body></html>", encoding="utf-8")
    found = gongkai("prove", folder / "通知.html")
    assert (found.returncode, "没有认出标题和正文" in found.stderr) == (2, True), found.stderr


CHANGES: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "the record": (lambda row: row["record"].update(text="各村：\n请在七月以前清理。"), "证明里的内容与存证的摘要不符"),
    "the leaf": (lambda row: row.update(leaf=row["leaf"].replace("2026-11-20", "2026-11-19")), "证明连不到树头"),
    "the number": (lambda row: row.update(number=5), "证明连不到树头"),
    "the path": (lambda row: row["path"].pop(), "证明连不到树头"),
    "the root": (lambda row: row["head"].update(root="0" * 64), "树头的签名无效"),
    "the time": (lambda row: row["head"].update(at="2026-11-21T02:00:00+00:00"), "树头的签名无效"),
    "the signature": (lambda row: row["head"].update(signature="0" * 128), "树头的签名无效"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_changed_proof_is_named(what: str, folder: Path) -> None:
    change, said = CHANGES[what]
    row = json.loads((folder / "通知.html.proof.json").read_text(encoding="utf-8"))
    change(row)
    (folder / "p.json").write_text(json.dumps(row), encoding="utf-8")
    found = gongkai("prove", folder / "p.json")
    assert (found.returncode, said in found.stdout) == (1, True), found.stdout


def test_a_log_made_anew_does_not_fit_a_head_that_was_kept(folder: Path) -> None:
    forged = leaves()
    forged[2] = b"another"
    (folder / "heads.jsonl").write_bytes(canonical(head(SIZE, forged).to_json()) + b"\n")
    found = gongkai("prove", folder / "通知.html", "--heads", folder / "heads.jsonl")
    assert (found.returncode, "与存下的树头（2026-11-20 10:11，11 条）不符" in found.stdout) == (1, True), found.stdout


def test_a_head_of_another_size_needs_the_log(folder: Path) -> None:
    (folder / "heads.jsonl").write_bytes(canonical(head(7).to_json()) + b"\n")
    found = gongkai("prove", folder / "通知.html", "--heads", folder / "heads.jsonl")
    assert (found.returncode, "要连上 http://127.0.0.1:9/log/" in found.stderr) == (2, True), found.stderr


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("没有.html", None, "打不开"),
        ("孤.html", PAGE.encode(), "旁边没有存证证明（孤.html.proof.json）"),
        ("坏.json", b'{"kind": "gongkai.proof"}', "这不是存证证明"),
        ("坏.json", b'{"kind": "gongkai.proof", "format": 1, "head": null}', "还没有签出盖住它的树头"),
    ],
)
def test_what_cannot_be_read_is_said(name: str, data: bytes | None, said: str, tmp_path: Path) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    found = gongkai("prove", tmp_path / name)
    assert (found.returncode, said in found.stderr) == (2, True), found.stderr


def test_the_twenty_lines_of_the_documents_say_the_same(folder: Path) -> None:
    text = (ROOT / "docs" / "how-to" / "prove-a-page.md").read_text(encoding="utf-8")
    (script,) = re.findall(r"```python\n(.*?)```", text, re.S)
    good, bad = folder / "通知.html.proof.json", folder / "bad.json"
    said = subprocess.run([sys.executable, "-X", "utf8", "-c", script, good], capture_output=True, check=False)
    assert (said.returncode, head(SIZE).root in said.stdout.decode()) == (0, True), said.stderr.decode()
    for change, _ in list(CHANGES.values())[:5]:
        row = json.loads(good.read_text(encoding="utf-8"))
        change(row)
        bad.write_text(json.dumps(row), encoding="utf-8")
        assert subprocess.run([sys.executable, "-c", script, bad], capture_output=True, check=False).returncode
