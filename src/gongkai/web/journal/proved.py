"""存证证明 — a file that proves what went out, and how it is checked; needs no Django (条例 第二十三条; RFC 9162).

A proof holds what was published, the leaf of the log that names its digest, the path from the leaf to the root, and
the signed head with that root.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from gongkai.web.journal import tree
from gongkai.web.journal.chaining import canonical, digest, shown
from gongkai.web.journal.heads import Head

KIND, FORMAT = "gongkai.proof", 1
_BEFORE, _AFTER = 8, 24
_URUMQI = timedelta(hours=6)
FACTS = {
    "index": "索引号", "document_number": "发文字号", "formed_on": "成文日期", "published_at": "发布日期",
    "body": "发布机构",
}  # fmt: skip
"""目录项目 — what a page says of a document beside its text, and is compared (条例 第二十三条)."""
NOT_A_PROOF = "这不是存证证明。请给从信息页的“核验”下载的文件（proof.json）。"
NO_HEAD = "刚公开，还没有签出盖住它的树头。请过十来分钟再取一次证明。"
WRONG_RECORD = "证明里的内容与存证的摘要不符：内容被改过"
WRONG_ROOT = "证明连不到树头：这一条不在存证里，或者证明被改过"
UNSIGNED = "树头的签名无效：不是平台签的，或者被改过"
OTHER_HEAD = "与存下的树头（{at}，{size} 条）不符：存证被改过，或者证明出自另一份存证"
OTHER_KEY = "签树头的不是存下的树头那一把钥匙（{at}）：请向机关核实"


class ProofError(Exception):
    """证明读不了 — why, as a template with its values."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template, self.values = template, values


@dataclass(frozen=True, slots=True)
class Proof:
    """存证证明 — as it was downloaded."""

    record: Mapping[str, Any]
    number: int
    leaf: str
    path: tuple[str, ...]
    head: Head
    address: str
    log: str

    def to_json(self) -> dict[str, object]:
        """交换格式 — the file."""
        return {
            "kind": KIND,
            "format": FORMAT,
            "record": self.record,
            "number": self.number,
            "leaf": self.leaf,
            "path": list(self.path),
            "head": self.head.to_json(),
            "address": self.address,
            "log": self.log,
        }

    @property
    def told(self) -> Mapping[str, Any]:
        """所存 — what the leaf says."""
        return dict(json.loads(self.leaf))

    def faults(self) -> list[str]:
        """不成立的地方 — by itself: the record, the path to the root, the signature; none where it holds."""
        found = []
        if digest("sha256", canonical(dict(self.record))) != self.told.get("record"):
            found.append(WRONG_RECORD)
        path = [bytes.fromhex(each) for each in self.path]
        root = tree.root_of_leaf(tree.leaf_digest(self.leaf.encode()), self.number, self.head.size, path)
        if root is None or root.hex() != self.head.root:
            found.append(WRONG_ROOT)
        if not self.head.is_signed:
            found.append(UNSIGNED)
        return found

    def differs(self, title: str, text: str) -> str:
        """页上的出入 — the first place at which title or text of a page is not what was published; blanks aside."""
        for found, wanted in ((title, self.record.get("title")), (text, self.record.get("text"))):
            shown, kept = (_letters(each) for each in (found, str(wanted or "")))
            if shown != kept:
                at = next((n for n, (a, b) in enumerate(zip(shown, kept, strict=False)) if a != b), None)
                at = min(len(shown), len(kept)) if at is None else at
                start = max(at - _BEFORE, 0)
                return f"…{shown[start : at + _AFTER]}… ≠ …{kept[start : at + _AFTER]}…"
        return ""

    def differing(self, facts: Iterable[tuple[str, str]]) -> list[tuple[str, str, str]]:
        """目录项目的出入 — of what a page says of the document: name, as it says, as it was published; what the proof
        does not tell is no difference."""
        told = self._facts()
        pairs = [(name, _letters(found).strip("—-"), _letters(told[name])) for name, found in facts if name in told]
        return [(name, found, kept) for name, found, kept in pairs if found not in (kept, self._elsewhere(name))]

    def _elsewhere(self, name: str) -> str | None:
        """The day by the other clock of the country, by which a platform in the west may go."""
        at = self.record.get("published_at")
        is_day = name == "published_at" and at
        return (datetime.fromisoformat(str(at)) + _URUMQI).date().isoformat() if is_day else None

    def _facts(self) -> dict[str, str]:
        """As a page says them: days of Beijing; the body as its page is addressed."""
        told = {name: str(self.record.get(name) or "") for name in FACTS if name in self.record}
        if told.get("published_at"):
            told["published_at"] = shown(datetime.fromisoformat(told["published_at"]))[:10]
        entry = self.told.get("entry")
        return {**told, "body": str(entry[0])} if isinstance(entry, list) and entry else told

    def names(self, sealed: Mapping[str, str]) -> Mapping[str, Any] | None:
        """是哪个附件 — by the digests of its bytes, by algorithm; None where it is none of them."""
        files = self.record.get("files", [])
        return next((each for each in files if sealed.get(each.get("algorithm")) == each.get("digest")), None)


def _letters(text: str) -> str:
    """Without blanks, raised signs as they lie on the line: a page may show either."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def read(data: bytes) -> Proof:
    """读证明 — ProofError where it is none, or no head covers it yet."""
    try:
        row = json.loads(data)
        if row["kind"] != KIND or row["format"] != FORMAT:
            raise ValueError(row["kind"])
        if row["head"] is None:
            raise ProofError(NO_HEAD)
        head = Head(**{name: row["head"][name] for name in Head.__slots__})
        made = Proof(row["record"], row["number"], row["leaf"], tuple(row["path"]), head, row["address"], row["log"])
        _require_shapes(made)
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError):
        raise ProofError(NOT_A_PROOF) from None
    return made


def compared(proof: Proof, saved: Iterable[Head], grown: Mapping[int, Iterable[str]]) -> list[tuple[str, Head]]:
    """与存下的树头的出入 — templates, each with the head that does not fit. `grown`: by the size of a saved head, the
    path that proves that the smaller tree is the beginning of the larger."""
    found = []
    for head in saved:
        old, new = sorted((head, proof.head), key=lambda each: each.size)
        path = [bytes.fromhex(each) for each in grown.get(head.size, ())]
        if not head.is_signed or not tree.grew(
            old.size, new.size, bytes.fromhex(old.root), bytes.fromhex(new.root), path
        ):
            found.append((OTHER_HEAD, head))
        elif head.key != proof.head.key:
            found.append((OTHER_KEY, head))
    return found


def _require_shapes(made: Proof) -> None:
    texts = (made.leaf, made.address, made.log, made.head.root, made.head.at, made.head.key, made.head.signature)
    if type(made.number) is not int or type(made.head.size) is not int or not all(type(each) is str for each in texts):
        raise TypeError
    canonical(dict(made.record))
    bytes.fromhex("".join(made.path) + made.head.root)
    if not isinstance(made.told, dict) or not all(isinstance(each, dict) for each in made.record.get("files", [])):
        raise TypeError
