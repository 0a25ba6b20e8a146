"""公开前检查 — `gongkai guard FILE...`: what must not become public in a file; a copy to publish (条例 第十五条)."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path

from rich.padding import Padding
from rich.text import Text

from gongkai.cli.arguments import UsageError
from gongkai.cli.console import Console
from gongkai.cli.reports import ATTENTION, FINE, UNREADABLE
from gongkai.cli.saving import save
from gongkai.cli.screen import Prose, ruled
from gongkai.documents.document import DocumentError
from gongkai.documents.opening import content
from gongkai.documents.redaction import GUARD_LIMITS, Inspection, Layer, Place, inspect, masked
from gongkai.documents.redaction.looking import HIDDEN, Looked, Noticed, hushed, label, look
from gongkai.documents.signature import recognise
from gongkai.documents.writing.manuscript import WritingError
from gongkai.text.hit import Severity

EXAMPLES = """示例
  gongkai guard 名单.xlsx                         公开以前看一遍
  gongkai guard 名单.xlsx --copy 名单（公开）.xlsx  写出隐去后的副本
  gongkai guard 附件/* --json                     一行一份 JSON，可交给别的程序

没有阻断、全部看过退出 0；有阻断的、有没看的或没有写出副本退出 1；有文件读不了退出 2。
说明和位置里不出现找到的号码；JSON 里的 source 照命令行所写。"""

FILES = "要公开的文件：docx xlsx csv html md txt pdf 图片，或其 zip；旧格式只查不写；- 是标准输入"
SIGNS = {Severity.BLOCK: "✗", Severity.WARN: "!", Severity.NOTE: "·"}
STYLES = {Severity.BLOCK: "red bold", Severity.WARN: "yellow bold", Severity.NOTE: "cyan"}
WORDS = {Severity.BLOCK: "阻断", Severity.WARN: "警告", Severity.NOTE: "提示"}
COUNTS = {Severity.BLOCK: "{count} 处阻断", Severity.WARN: "{count} 处警告", Severity.NOTE: "{count} 处提示"}

TEXTS = ("txt", "csv", "md", "json", "tsv", "markdown", "jsonl")
SUFFIXES = {
    **{kind: (kind, *(other for other in TEXTS if other != kind)) for kind in TEXTS},
    "html": ("html", "htm", "shtml", "xhtml"),
    "jpg": ("jpg", "jpeg", "jfif"),
    "tiff": ("tif", "tiff"),
    **{kind: (kind,) for kind in ("docx", "xlsx", "pdf", "zip", "png", "gif", "bmp")},
    "picture": ("webp",),
}
"""Of each kind of copy how its name may end, the usual way first."""
OTHERS = (
    "doc",
    "docm",
    "xls",
    "xlsm",
    "ppt",
    "pptx",
    "wps",
    "et",
    "rtf",
    "odt",
    "ods",
    "ofd",
    "svg",
    "xml",
    "mht",
    "exe",
)
KNOWN = {suffix for suffixes in SUFFIXES.values() for suffix in suffixes}.union(OTHERS)


def suffix_of(name: str) -> str:
    """后缀 — of a file name, without the dot."""
    return Path(name).suffix.lower().removeprefix(".")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """参数 — files, how the findings are printed, and where the copy of a single file goes."""
    parser.epilog = EXAMPLES
    parser.add_argument("files", nargs="+", metavar="FILE", help=FILES)
    parser.add_argument("--json", action="store_true", help="一行一份 JSON")
    parser.add_argument("--copy", metavar="OUT", help="写出可以公开的副本：只有看得见的，号码已经隐去；一次一个文件")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """公开前检查 — 0, 1 where something blocks, was not read or no copy was given, 2 where a file cannot be read."""
    if arguments.copy is not None:
        _check_copy(arguments.files, arguments.copy)
    status = FINE
    for source in console.progress(arguments.files):
        status = max(status, _one(source, arguments, console))
    return status


def _check_copy(files: list[str], out: str) -> None:
    if len(files) > 1:
        raise UsageError("--copy 一次只能给一个文件，这里有 {count} 个。", count=len(files))
    if Path(out).exists() and Path(files[0]).exists() and Path(out).samefile(files[0]):
        raise UsageError("{out} 就是原件，写上去原件就没有了。请换一个文件名。", out=hushed(out))


def _one(source: str, arguments: argparse.Namespace, console: Console) -> int:
    try:
        data = content(source, GUARD_LIMITS)
    except DocumentError as error:
        return _refuse(error, source, arguments, console)
    inspection = inspect(source, data)
    if not inspection.is_opened:
        return _refuse(inspection.unread[0], source, arguments, console)
    looked = look({}, files={source: inspection})
    status = ATTENTION if looked.is_blocked else FINE
    copied, kind = None, ""
    if arguments.copy is not None:
        try:
            copied, kind = _copy(source, data, inspection.format, arguments.copy, console)
        except WritingError as error:
            console.error("{reason}", reason=_said(error.template, error.values, console))
            status = UNREADABLE
        else:
            status = status if copied else ATTENTION
    if arguments.json:
        console.json(to_json(source, looked, console) | {"copied": copied})
    else:
        _draw(source, inspection, looked, console, is_copied=arguments.copy is not None)
        if copied:
            console.say("隐去后的副本写在 {out}。请再看一遍，再公开。", out=hushed(copied))
            if (given := suffix_of(copied)) not in SUFFIXES.get(kind, (kind,)) and given != suffix_of(source):
                console.say("副本是 {suffix} 文件，文件名的后缀也请照此。", suffix=kind)
    return status


def _copy(source: str, data: bytes, given: str, out: str, console: Console) -> tuple[str | None, str]:
    """Where the copy was written and what it is; None, with the reason said, where there is none.

    WritingError: no place to write, or a name of a file of another kind, which no program would open.
    """
    try:
        copy = masked(source, data)
    except DocumentError as error:
        console.error("没有写出副本。{reason}", reason=_reason(error, source, console))
        return None, given
    kind = recognise(source, copy, "", GUARD_LIMITS) or given
    fits, suffix = SUFFIXES.get(kind, (kind,)), suffix_of(out)
    if suffix not in fits and suffix in KNOWN:
        raise WritingError("没有写出副本：副本是 {kind} 文件，文件名请以 .{suffix} 结尾。", kind=kind, suffix=fits[0])
    save(out, copy)
    return out, kind


def _refuse(error: DocumentError, source: str, arguments: argparse.Namespace, console: Console) -> int:
    """A file that cannot be read: one sentence, no number in it; `source` in JSON is what was typed."""
    reason = _said(error.template, error.values, console)
    if arguments.json:
        console.json({"source": source, "error": reason})
    console.error("{reason}", reason=reason)
    return UNREADABLE


def to_json(source: str, looked: Looked, console: Console) -> dict[str, object]:
    """交换格式 — one line of `gongkai guard --json`, without `copied`; the worst first (interchange)."""
    hits: list[dict[str, str]] = [
        {
            "kind": str(noticed.hit.kind),
            "severity": str(noticed.hit.severity),
            "place": _place(noticed, source, console),
            "masked": hushed(noticed.hit.mask or ""),
        }
        for noticed in looked.worst_first
    ]
    hits += [
        {"kind": more.kind, "severity": "note", "place": _said(*more.sentence, console), "masked": ""}
        for more in looked.more
    ]
    unread = [
        {"place": _file(one.error.source, source), "reason": _reason(one.error, source, console)}
        for one in looked.unread
    ]
    return {"source": source, "hits": hits, "unread": unread}


def _said(template: str, values: Mapping[str, object], console: Console) -> str:
    """A sentence in the language of this run, whatever stands in its values without a number of a person."""
    hidden = {name: hushed(value) if isinstance(value, str) else value for name, value in values.items()}
    return hushed(console.text(template, **hidden))


def _reason(error: DocumentError, source: str, console: Console) -> str:
    """Why a part was not read; the file is named without its folders."""
    short = {"file": _file(str(error.values["file"]), source)} if "file" in error.values else {}
    return _said(error.template, {**error.values, **short}, console)


def _file(inner: str, source: str) -> str:
    return hushed(inner.removeprefix(f"{source}/") if inner != source else Path(source).name)


def _place(noticed: Noticed, source: str, console: Console) -> str:
    place: Place = noticed.place
    told = _said(*place.sentence, console)
    within = place.member and place.layer is not Layer.NAME
    return f"{_file(place.member, source)}{console.translate('：')}{told}" if within else told


def _draw(source: str, inspection: Inspection, looked: Looked, console: Console, *, is_copied: bool) -> None:
    """A table, the worst first; then what was not read, what a copy loses, and what to do."""
    blocked = looked.is_blocked
    sign, style = ("✗", "red bold") if blocked else ("✓", "green bold")
    console.show(Text(console.name(hushed(source)), style="bold"))
    console.show(Text(f"{sign} {_verdict(looked, console)}", style=style))
    if looked.hits:
        table = ruled()
        for head in ("轻重", "种类", "位置", "隐去后或说明"):
            table.add_column(Text(console.translate(head)), overflow="fold")
        for noticed in looked.worst_first:
            hit = noticed.hit
            word = f"{SIGNS[hit.severity]} {console.translate(WORDS[hit.severity])}"
            is_hidden = hit.kind == HIDDEN
            told = _said(hit.template, hit.values, console) if is_hidden else hushed(hit.mask or "")
            kind, where = console.translate(label(hit.kind)), _place(noticed, source, console)
            table.add_row(Text(word, style=STYLES[hit.severity]), Prose(kind), Prose(where), Prose(told))
        console.show(Padding(table, (0, 0, 0, 2)))
    for line in _notes(source, inspection, looked, console):
        console.show(Padding(Prose(line), (0, 0, 0, 2)))
    if not is_copied and (advice := _advice(source, looked, console)):
        console.show(Padding(Prose(advice), (0, 0, 0, 2)))
    console.say()


def _verdict(looked: Looked, console: Console) -> str:
    counted = [
        console.text(template, count=count)
        for severity, template in COUNTS.items()
        if (count := sum(noticed.hit.severity is severity for noticed in looked.hits))
    ]
    if looked.unread:
        counted.append(console.text("{count} 处没有看", count=len(looked.unread)))
    if looked.is_blocked:
        return console.text("照原样还不能公开：{listed}", listed=console.listed(counted))
    if counted:
        return console.text("没有阻断，另有 {listed}", listed=console.listed(counted))
    return console.translate("没有找到不能公开的内容")


def _notes(source: str, inspection: Inspection, looked: Looked, console: Console) -> Iterator[str]:
    """What cannot stand in the table; each kind of hit is explained once, the worst first."""
    colon = console.translate("：")
    for more in looked.more:
        yield f"{console.translate(label(more.kind))}{colon}{_said(*more.sentence, console)}"
    for one in looked.unread:
        yield f"{console.translate('没有看')}{colon}{_reason(one.error, source, console)}"
    for sentence in inspection.lost:
        yield f"{console.translate('副本里不会有')}{colon}{_said(*sentence, console)}"
    told = {HIDDEN}
    for noticed in looked.worst_first:
        hit = noticed.hit
        if hit.kind not in told:
            told.add(hit.kind)
            yield f"{console.translate(label(hit.kind))}{colon}{_said(hit.template, hit.values, console)}"


def _advice(source: str, looked: Looked, console: Console) -> str:
    """What to do, for those who did not ask for a copy yet."""
    if looked.is_blocked:
        return console.text(
            "怎么办：写出隐去后的副本，看过再公开：gongkai guard {file} --copy OUT；没有看的请人工看一遍。",
            file=hushed(source),
        )
    return console.translate("怎么办：逐处看一眼；看不见的内容，副本里都不带。") if looked.hits else ""
