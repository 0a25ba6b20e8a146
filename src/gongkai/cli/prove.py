"""核对存证 — `gongkai prove FILE|URL`: whether what was downloaded is what was published, by the public log (条例
第二十三条; RFC 9162). Offline where a proof file lies beside it.
"""

from __future__ import annotations

import argparse
import html
import json
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.cli import prove_later
from gongkai.cli.console import Console
from gongkai.documents.article import article, foreign, is_page
from gongkai.documents.document import DocumentError

if TYPE_CHECKING:
    from gongkai.web.journal.heads import Head
    from gongkai.web.journal.proved import Proof

EXAMPLES = """示例
  gongkai prove 通知.html                         网页存在本机，证明 通知.html.proof.json 在旁边
  gongkai prove 清单.xlsx --proof 通知.proof.json    下载的附件
  gongkai prove 通知.html --heads heads.jsonl     和以前存下的树头比对
  gongkai prove 通知.html --now                   连上公开存证，看这一稿后来修订、撤下没有
  gongkai prove https://zwgk.example.gov.cn/items/…/   直接核对网上的一页

证明从信息页的“核验本页未被改动”下载，树头从“公开存证”页下载，越早存下越有用。
与存证一致退出 0；不一致或者不在存证里退出 1；读不了退出 2。"""

PROVED, WRONG, UNREADABLE = 0, 1, 2
BESIDE = ".proof.json"
MOST_BYTES = 200 * 2**20
_SECONDS = 30
_LINK = re.compile('<link rel="describedby"[^>]*? href="([^"]+)"')

NO_PROOF = "{file}：旁边没有存证证明（{beside}）。请从信息页的“核验”下载，或者用 --proof 指明。"
NOT_OPENED = "{file}：打不开（{reason}）。"
NOT_FETCHED = "{address}：取不到（{reason}）。"
NOT_LINKED = "{address}：网页里没有存证证明的地址。请给信息页的网址，或者用 --proof 指明证明。"
TOO_LARGE = "{file}：太大了，没有核对。"
NO_ARTICLE = (
    "{file}：网页里没有认出标题和正文。请用浏览器另存为“网页，全部”（html）或者“网页，单个文件”（mhtml）再核对；"
    "PDF、截图不能核对。"
)
STRANGE = (
    "{file}：页上有平台的页面没有的东西（{what}），看到的可能不是页上写的，没有核对。"
    "请从信息页重新存一次（关掉浏览器的插件），或者直接给网址。"
)
NOT_SHOWN = "网页的标题或者正文和公开时的不一样（网页 ≠ 公开时）：{place}"
NO_LONGER = "这个网址上没有公开时的标题和正文了"
NOT_AS_TOLD = "网页上的{label}和公开时的不一样：{found} ≠ {told}"
BESIDES = (
    "  核对的是标题、正文{facts}；页上别的字（别的目录项目、导航、样式加上的、盖在上面的）没有核对，"
    "公开的时间以上面存证的为准。"
)
NO_FACTS = "  网页上没有认出目录项目的表（索引号、成文日期、发布日期），一项也没有核对。"
SAVED_OTHERWISE = (
    "{file}：和公开的附件都不一样，没有核对：打印成 PDF 的、存成文本或者图片的网页认不出原来的字。"
    "核对网页，请用浏览器另存为“网页，全部”（html）或者“网页，单个文件”（mhtml），或者直接给网址；"
    "核对附件，请从信息页重新下载。"
)
NOT_THIS_FILE = "{file} 不是公开时的附件：这一件公开的附件里没有内容和它一样的"
NO_OTHER_HEAD = "存下的树头（{at}，{size} 条）没有能比对的：要连上 {address} 取只增证明"


_TEXTS = frozenset([".txt", ".text", ".md"])
_PRINTS = _TEXTS | {".pdf", ".png", ".jpg", ".jpeg", ".webp", ".webarchive", ".docx"}
_PRINTERS = (b"Skia/PDF", b"Quartz PDFContext", b"Mozilla Firefox", b"Microsoft: Print To PDF")
"""浏览器打印的 — how PDFs that browsers print say what made them."""


class _UnreadError(Exception):
    """What cannot be read, as a template with its values."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template)
        self.template, self.values = template, values


@dataclass(slots=True)
class _Found:
    """What was found: sentences that are against it, what it is, and with which saved heads it was compared."""

    wrong: list[tuple[str, dict[str, object]]] = field(default_factory=list)
    what: str = ""
    compared: int = 0
    facts: tuple[str, ...] = ()
    later: prove_later.Since | None = None
    is_asked: bool = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """参数 — what was downloaded, its proof, heads that were kept."""
    parser.epilog = EXAMPLES
    parser.add_argument("file", metavar="FILE|URL", help="存下的网页、附件、存证证明，或者信息页的网址")
    parser.add_argument("--proof", metavar="PROOF", help="存证证明；不写的找旁边的 FILE.proof.json")
    parser.add_argument("--heads", metavar="HEADS", help="以前存下的树头（heads.jsonl）")
    parser.add_argument("--now", action="store_true", help="连上公开存证，看这一稿后来修订、撤下没有")
    parser.add_argument("--json", action="store_true", help="打印 JSON")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """核对存证 — 0 where all holds, 1 where it is not the same or not in the log, 2 where it cannot be read."""
    from gongkai.web.journal.heads import HeadsError
    from gongkai.web.journal.proved import ProofError

    try:
        data, proof = _given(arguments)
        found = _compare(arguments, data, proof)
        _look_later(arguments, proof, found)
    except (_UnreadError, ProofError, HeadsError) as error:
        console.error(error.template, **error.values)
        return UNREADABLE
    return _tell(found, proof, arguments, console)


def _given(arguments: argparse.Namespace) -> tuple[bytes, Proof]:
    """The bytes that are to be proved, and the proof; of a proof alone both are the same."""
    from gongkai.web.journal.proved import read

    name = arguments.file
    data = _fetched(name) if _is_address(name) else _opened(name)
    if arguments.proof:
        given = arguments.proof
        return data, read(_fetched(given) if _is_address(given) else _opened(given))
    if _is_proof(data):
        return data, read(data)
    if _is_address(name):
        return data, read(_fetched(_linked(name, data)))
    beside = Path(name + BESIDE)
    if not beside.exists():
        raise _UnreadError(NO_PROOF, file=name, beside=beside.name)
    return data, read(_opened(str(beside)))


def _compare(arguments: argparse.Namespace, data: bytes, proof: Proof) -> _Found:
    found = _Found([(each, {}) for each in proof.faults()])
    if _is_proof(data):
        found.what = "proof"
    elif proof.names(_digests(data)) is None and _is_page(arguments.file, data):
        found.what = "page"
        _compare_page(arguments.file, data, proof, found)
    else:
        found.what = "file"
        if proof.names(_digests(data)) is None:
            if _is_printed(arguments.file, data, proof):
                raise _UnreadError(SAVED_OTHERWISE, file=arguments.file)
            found.wrong.append((NOT_THIS_FILE, {"file": arguments.file}))
    if arguments.heads:
        _compare_heads(arguments, proof, found)
    return found


def _compare_page(name: str, data: bytes, proof: Proof, found: _Found) -> None:
    from gongkai.web.journal.proved import FACTS

    try:
        shown = article(name, data)
        strange = foreign(name, data)
    except DocumentError:
        raise _UnreadError(NO_ARTICLE, file=name) from None
    if shown is None and not _is_address(name):
        raise _UnreadError(NO_ARTICLE, file=name)
    if shown is None:
        found.wrong.append((NO_LONGER, {}))
        return
    if place := proof.differs(shown.title, shown.text):
        found.wrong.append((NOT_SHOWN, {"place": place}))
    elif strange:
        raise _UnreadError(STRANGE, file=name, what=strange)
    # Of the body its page is known, not what it is called: nobody is told that its name was compared.
    named = {each for each, _ in shown.facts} - {"body"}
    found.facts = tuple(label for each, label in FACTS.items() if each in named)
    for each, said, told in proof.differing(shown.facts):
        found.wrong.append((NOT_AS_TOLD, {"label": FACTS[each], "found": said, "told": told}))


def _is_printed(name: str, data: bytes, proof: Proof) -> bool:
    """Whether a file may be the page itself, printed or saved as what it cannot be told from."""
    suffix = Path(name.partition("?")[0]).suffix.lower()
    attached = {Path(str(each.get("name", ""))).suffix.lower() for each in proof.record.get("files", [])}
    if suffix not in _PRINTS:
        return False
    is_title_in = str(proof.record.get("title", "")).encode() in data and suffix in _TEXTS
    return suffix not in attached or is_title_in or any(mark in data for mark in _PRINTERS)


def _compare_heads(arguments: argparse.Namespace, proof: Proof, found: _Found) -> None:
    from gongkai.web.journal.heads import read
    from gongkai.web.journal.proved import compared

    saved = list(read(_opened(arguments.heads).splitlines()))
    # One head under a path says of all before it what they say of one another; the smallest and the largest suffice.
    ends = [min(saved, key=lambda each: each.size), max(saved, key=lambda each: each.size)] if saved else []
    same = [head for head in saved if head.size == proof.head.size]
    chosen = same or list(dict.fromkeys(ends))
    grown = {head.size: list(_path(proof, head)) for head in chosen if 0 < head.size != proof.head.size}
    found.compared = len(chosen)
    found.wrong += [(why, {"at": head.when, "size": head.size}) for why, head in compared(proof, chosen, grown)]


def _look_later(arguments: argparse.Namespace, proof: Proof, found: _Found) -> None:
    """What became of the version since: asked where the page itself was fetched, or `--now` is said."""
    found.is_asked = arguments.now or _is_address(arguments.file)
    if found.is_asked:
        try:
            found.later = prove_later.since(proof, _fetched)
        except (_UnreadError, AttributeError, KeyError, TypeError, ValueError):
            found.later = None


def _path(proof: Proof, head: Head) -> Iterator[str]:
    """The path that proves growth, from where the log is published."""
    first, second = sorted((head.size, proof.head.size))
    address = urllib.parse.urljoin(proof.log, f"consistency.json?first={first}&second={second}")
    try:
        row = json.loads(_fetched(address))
        path = row["path"]
        bytes.fromhex("".join(path))
    except (_UnreadError, KeyError, TypeError, ValueError):
        raise _UnreadError(NO_OTHER_HEAD, at=head.when, size=head.size, address=proof.log) from None
    yield from path


def _tell(found: _Found, proof: Proof, arguments: argparse.Namespace, console: Console) -> int:
    wrong = [console.text(template, **values) for template, values in found.wrong]
    head, record = proof.head, proof.record
    if arguments.json:
        console.json(
            {
                "file": arguments.file,
                "proved": not wrong,
                "wrong": wrong,
                "index": record.get("index"),
                "title": record.get("title"),
                "published_at": proof.told.get("at"),
                "head": head.to_json(),
                "compared_heads": found.compared,
                "later": [asdict(each) for each in found.later.leaves] if found.later else None,
            }
        )
        return WRONG if wrong else PROVED
    for said in wrong:
        console.say("✗ {what}", what=said)
    if not wrong:
        console.say(_PROVED[found.what], file=arguments.file, title=record.get("title", ""))
    console.say("  索引号 {index}，存证第 {number} 条，{at}", index=record.get("index", ""), number=proof.number + 1,
        at=_shown(str(proof.told.get("at", ""))))  # fmt: skip
    console.say("  树头 {root}（{size} 条，{at} 签出）", root=head.root, size=head.size, at=head.when)
    _say_later(found, proof, console)
    if found.what == "page":
        console.say(BESIDES, facts="".join(f"、{console.text(each)}" for each in found.facts))
        if not found.facts:
            console.say(NO_FACTS)
    if found.compared:
        console.say("  和存下的 {count} 个树头比对过", count=found.compared)
    elif not wrong:
        console.say("  没有给以前存下的树头，只能证明和平台这个树头一致；请把树头存下来，以后用 --heads 比对。")
    return WRONG if wrong else PROVED


def _say_later(found: _Found, proof: Proof, console: Console) -> None:
    if found.later is not None:
        prove_later.say(proof, found.later, _shown, console)
    else:
        template = prove_later.NOT_SEEN if found.is_asked else prove_later.NOT_ASKED
        console.say(template, at=_shown(str(proof.told.get("at", ""))), address=proof.log)


_PROVED = {
    "page": "✓ {file} 与公开时一致：《{title}》",
    "file": "✓ {file} 是公开时的附件：《{title}》",
    "proof": "✓ 证明成立：《{title}》的内容在存证里",
}


def _shown(at: str) -> str:
    from gongkai.web.journal.chaining import shown

    try:
        return shown(datetime.fromisoformat(at))
    except ValueError:
        return at


def _is_address(name: str) -> bool:
    return name.startswith(("http://", "https://"))


def _is_proof(data: bytes) -> bool:
    return data[:1] == b"{" and b'"gongkai.proof"' in data


def _is_page(name: str, data: bytes) -> bool:
    try:
        return is_page(name, data)
    except DocumentError:
        return False


def _opened(name: str) -> bytes:
    try:
        with Path(name).open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise _UnreadError(NOT_OPENED, file=name, reason=error.strerror) from None
    if len(data) > MOST_BYTES:
        raise _UnreadError(TOO_LARGE, file=name)
    return data


def _fetched(address: str) -> bytes:
    if not _is_address(address):
        raise _UnreadError(NOT_FETCHED, address=address, reason="http, https")
    try:
        with urllib.request.urlopen(address, timeout=_SECONDS) as answer:  # noqa: S310 — looked at above
            data: bytes = answer.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise _UnreadError(NOT_FETCHED, address=address, reason=str(reason)[:120]) from None
    if len(data) > MOST_BYTES:
        raise _UnreadError(TOO_LARGE, file=address)
    return data


def _linked(address: str, data: bytes) -> str:
    """Where a page says that its proof is."""
    found = _LINK.search(data.decode("utf-8", "replace"))
    if found is None:
        raise _UnreadError(NOT_LINKED, address=address)
    return urllib.parse.urljoin(address, html.unescape(found[1]))


def _digests(data: bytes) -> dict[str, str]:
    from gongkai.web.journal.chaining import ALGORITHMS, digest

    return {algorithm: digest(algorithm, data) for algorithm in ALGORITHMS}
