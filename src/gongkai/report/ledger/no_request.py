"""可能不算申请 — cells, parts and sheets that say that a row is no request, or goes elsewhere (条例 第二十七条).

Such a row counts as it stands; nobody calls it late before the office has said what it is.
"""

from __future__ import annotations

import re
from functools import lru_cache

from gongkai.documents.columns.values import says_nothing
from gongkai.report.ledger.doubts import is_no
from gongkai.text.folding import fold

_WORDS = re.compile(
    "非(?:依?申请|信息公开|政府信息)|(?:不是|不属于?|不算|不作为|不按)[^,。;]{0,8}申请|不(?:予|予以)?受理|未受理|转[办交送]|退[件回]|无效|误[登录填报]"
    "|测试件?|(?:举报|咨询|投诉|求助|信访)(?![局办科股处室中])"
)
_KIND_HEAD = re.compile("类[型别]|性质|分类|种类|属性")
_IS_HEAD = re.compile("(?:是否|有无|是不是).*(?:属于|属|为|系|申请|受理|有效|计入|统计|纳入|需要?[答回]复)")
_NOT_HEAD = re.compile("非申请|非依申请|无效|不予?受理|不计入?|不统计|转[办交送]|咨询|投诉|举报|信访")
_OF_PEOPLE = re.compile("申请人|电话|单位|部门|科室|日期|时间|答复|结果|意见|内容|备注|说明|渠道|来源|方式")


def asks_whether(head: str) -> bool:
    """问是不是申请 — whether a head asks that, as 是否属于申请 does (条例 第二十七条)."""
    return bool(_IS_HEAD.search(head)) and not _NOT_HEAD.search(head)


@lru_cache(maxsize=65_536)
def says_no_request(head: str, text: str) -> bool:
    """说不算申请 — by its kind, 信件类型 投诉, or by a question, 是否属于申请 否 (条例 第二十七条)."""
    said = fold(text).strip()
    if says_nothing(said):
        return False
    if asks_whether(head):
        return is_no(text)
    if head in ("工作表", "分段"):
        return bool(_WORDS.search(said))
    if _OF_PEOPLE.search(head):
        return False
    if _KIND_HEAD.search(head):
        return bool(_WORDS.search(said))
    return bool(_NOT_HEAD.search(head)) and not is_no(text)
