"""附件的用语 — what the journal says of files and their copies, in words (条例 第四十五条)."""

from __future__ import annotations

from gongkai.web.files.models import CopyKind, File, PublicCopy, ScanState
from gongkai.web.journal.rooms import Named, Numbers, Thing, Words


def files_named(numbers: Numbers, _reader: object) -> dict[int, Named]:
    """附件的名称 — under which the public is given its copy; of others none, a name may hold a person (条例
    第十五条)."""
    given = PublicCopy.objects.filter(file__in=numbers, published_at__isnull=False).order_by("id")
    names = {number: Named(name) for number, name in given.values_list("file_id", "name")}
    known = File.objects.filter(id__in=numbers).values_list("id", flat=True)
    return {number: names.get(number, Named("")) for number in known}


JOURNAL_WORDS = Words(
    acts={
        "files.receive": "收下附件",
        "files.inspect": "机检附件",
        "files.copy": "制作公开副本",
        "files.scan": "查毒",
        "files.open": "打开原件",
        "files.publish": "公开附件",
        "files.unpublish": "撤下附件",
        "files.quarantine": "隔离附件",
        "files.release": "解除隔离",
        "files.purge": "销毁附件",
        "files.ask_purge": "请求销毁附件",
    },
    facts={
        "from": "原来",
        "to": "现在",
        "kind": "种类",
        "size": "{value} 字节",
        "algorithm": "校验算法",
        "digest": "内容的校验值",
        "scan": "查毒",
        "copy": "第 {value} 号副本",
        "copies": "连同 {value} 个副本",
        "hits": "机检命中 {value} 处",
        "hidden": "隐藏内容 {value} 处",
        "unread": "没有看到的 {value} 处",
    },
    codes={
        **{str(term): term.label for kind in (ScanState, CopyKind) for term in kind},
        "sm3": "SM3",
        "sha256": "SHA-256",
    },
    digests=frozenset({"digest", "algorithm"}),
    things={"files.file": Thing("附件", files_named)},
)
"""用语 — what is written down of files."""
