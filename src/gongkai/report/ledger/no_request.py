"""可能不算申请 — cells, parts and sheets that say that a row is no request, or goes elsewhere (条例 第二十七条).

Such a row counts as it stands; nobody calls it late before the office has said what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from gongkai.documents.columns import Entry
from gongkai.documents.columns.values import says_nothing, shown
from gongkai.report.ledger import LedgerError
from gongkai.report.ledger.doubts import Doubt, called, is_no
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


_VOID = re.compile(
    "作废|误[录登填]|重复件|不属于?[^,。;；，]{0,6}申请|属于?(?:咨询|信访|投诉|举报|求助)(?!局|办|股|科)"
    "|(?:录入|登记|填写)(?:错误|重复)|(?:错误|重复)(?:录入|登记)|重录|已删除?|请忽略|测试件|试填|^测试.{0,4}$"
    "|(?:信访|咨询|投诉|举报|求助)(?:件|转办|转交|类)"
    "|不(?:应|再|得|能|予)?(?:计入|作为|算|列入|纳入|统计)[^,。;；，]{0,12}(?:申请|年报|统计|总数|件数|数)|不计入|不统计"
    r"|(?:已|在|由)(?:经)?(?:计入|纳入|列入|在)?[^,。;；，]{0,6}(?:20\d\d年?|上年|去年|上一?年度)"
    "[^,。;；，]{0,8}(?:年报|统计|计入|计过|上报)"
)
"""不该计的话 — in remarks, states, parts and notes: void, no request, counted in another year's report."""
_OF_MATTER = "(?:信访|咨询|投诉|举报|求助)"
_SAYS_SO: Mapping[str, re.Pattern[str]] = {
    "petition": re.compile(
        f"(?:[属系作]于?|按|为|转为?)?(?:{_OF_MATTER}、?)+(?:件|转办|转交|类|事项|处理|办理|渠道|途径|局|办)*"
        "|转[办交送]|不(?:是|属于?|作为)[^,。;；，]{0,10}申请|非[^,。;；，]{0,8}申请"
    ),
    "repeated": re.compile("重复(?:申请|提交|来件)?件?"),
    "withdraw": re.compile("撤[回件销]|申请(?:已|人)?(?:取消|作废)"),
    "merge": re.compile("(?:并入|合并|并案|重复)(?:申请|登记|办理|处理)?件?"),
    "cease": re.compile("终止|撤[回件销]"),
}
"""结果已经说了 — by an answer, the words that say no more than the result itself; what is left may say more."""
_NOT_COUNTED = "“{head}”写着“{said}”，可能不计入本年的表三；不计的请删去这一行"
_REMARK_HEAD = re.compile("备注|说明|状态|情况|批注|进展|进度|经过|分段|工作表|^$")
_OTHER_LIST = re.compile(
    "复议|诉讼|应诉|热线|12345|许可|审批|信箱|留言|来电|来访|信访|投诉|咨询|建议|提案|处罚|便民|求助"
)
"""别的清单 — names of sheets and parts that hold no requests."""
_OF_REQUESTS = re.compile("依?申请公开|政府信息公开|信息公开申请")
_HEADING = re.compile("[（(]?[一二三四五六七八九十]+[）)、]")
_NO_STARTS = re.compile("[不无非未否]")


@lru_cache(maxsize=65_536)
def says_not_counted(head: str, text: str) -> bool:
    """说不计入 — whether a cell says that its row is void, no request, or another year's (年报格式 表三)."""
    said = fold(text).strip()
    if says_nothing(said):
        return False
    if asks_whether(head) and _NO_STARTS.match(said):
        return True
    if head in ("工作表", "分段") and _OTHER_LIST.search(_OF_REQUESTS.sub("", said)):
        return not _OF_REQUESTS.search(said)
    return says_no_request(head, text) or bool(_REMARK_HEAD.search(head) and _VOID.search(said))


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


def not_counted(entry: Entry, cells: Iterable[tuple[int, str, str]]) -> Iterator[Doubt]:
    """可能不计入的 — the first cell of a row that says so, of each its column, head and words (年报格式 表三)."""
    result = _SAYS_SO.get(str(entry.values.get("answer")))
    state = str(entry.values.get("state") or "")
    known = [(entry.columns["state"], "办理状态", state)] if state else []
    for column, head, text in (*known, *cells):
        # A heading among the rows is that of its part, not a note of all.
        if head == "说明" and _HEADING.match(text):
            continue
        if _says_more(head, text, result) if result else says_not_counted(head, text):
            yield Doubt(column, LedgerError(_NOT_COUNTED, head=called(head), said=shown(text)), "counted")
            return


def _says_more(head: str, text: str, result: re.Pattern[str]) -> bool:
    """Whether a remark says that its row is void besides the result that it has."""
    return bool(_REMARK_HEAD.search(head) and _VOID.search(result.sub("", fold(text).strip())))
