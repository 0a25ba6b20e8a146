"""可能影响期限的话 — cells that no clock is counted by and that may tell of what moves one (条例 第三十三条).

An office keeps 是否延期, 备注 and the like in columns of its own. Unless such a cell plainly says no, or the act that
it speaks of has its day, nobody can tell whether the row is late.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from gongkai.documents.columns import Entry
from gongkai.documents.columns.values import plain, says_nothing, shown
from gongkai.report.ledger import LedgerError
from gongkai.report.ledger.layouts import states
from gongkai.text.folding import fold
from gongkai.text.quoted import Listed

ANOTHER_DAY = re.compile(
    "答复(?:日期|时间)一?栏?(?:[^,。;，；]{0,6}(?:为|是|填|系|指)[^,。;，；]{0,6}|[(（][^)）]{0,6})(?:归档|登记|录入|办结|印发|打印|存档|移交)"
)
"""答复日期是别的一天 — words that say that the days of the answers are those of filing: 答复日期为归档日期."""
_CLOCKS = (
    (
        r"延期|延长|展期|顺延|延时|延后|延办|(?<!拖)延(?:[至到]|\d)|再用\d|宽限",
        frozenset({"extend"}),
        Listed(("延期告知日期", "延长工作日")),
    ),
    ("补正", frozenset({"corrected"}), Listed(("补正告知日期", "收到补正日期"))),
    (
        "征求|征询|第三方|会商",
        frozenset({"consult"}),
        Listed(("征求第三方意见日期", "第三方收到日期", "第三方意见日期")),
    ),
    ("收费|缴费|缴款|处理费|费用", frozenset({"fee_notice"}), Listed(("收费通知日期", "缴费日期"))),
    (f"中止|暂停|恢复|扣除|合理期限|延迟答复|{ANOTHER_DAY.pattern}", frozenset[str](), Listed()),
)
"""影响期限的事 — words, the act whose day settles what they say, and the columns of that day."""
_ENDED = re.compile(
    "作废|撤回|撤件|撤销申请|注销|取消|并入|并案|合并|重复登记|重复录入|转办|转交|转送|转[^,。;；，]{0,10}(?:局|委|办|厅|所|中心|部门|街道|镇|乡)|移送|销号|^测试.{0,4}$|测试件|试填"
)
_AGAIN = re.compile("第[二三2-9]|再次|二次|两次")
CONTENT = re.compile("内容|事项|所需|名称|标题|题名|用途|姓名|地址|联系|电话|描述|摘要")
"""申请内容的表头 — heads of what is asked for, and by whom: their words speak of no clock (条例 第二十九条)."""
_OF_THE_OFFICE = re.compile("备注|说明|答复|办理|处理|经过|进展")
_NO = re.compile(
    r"(?:否|无|未|不|没|没有|零|n|no|none|false|不涉及|不适用|不存在|[×✗✘]|0(?:\.0+)?(?:个?工作日|天|日|次|件|元)?)"
)
_DENIED = re.compile(
    r"(?:(?:未|不|没有?|未曾|尚未|未予|不予)(?:再|作|做|予以?|进行|申请|办理|需要?)*(?:延期|延长|展期|顺延|中止|暂停|扣除|征求|征询|收费)"
    r"|(?:无|无需|无须|不需要?|不用|没有)(?:延期|延长|展期|顺延|补正|中止|暂停|扣除|征求|征询|第三方|收费|缴费))"
    r"(?:答复|期限|意见|第三方意见|情况|费用|申请|材料)?"
)
_YES = frozenset({"是", "有", "√", "y", "yes", "已延期", "已补正", "已征求"})

_OVER = frozenset({"deliver", "withdraw", "cease", "merge", "lapse_correction", "lapse_payment"})
OUR_HEADS = frozenset({"工作表", "分段", "说明", "批注", "编号", "办理状态", "申请人类别", "办理结果"})
"""不是文件里的表头 — what we call the words of a sheet, a part, a note, a comment; translated as our words are."""
_SAID_OF = frozenset({"applicant", "answer"})
"""读不出、不影响期限的栏 — their words may speak of the clock all the same: 予以公开（延期）."""
_OWN = {"id": "编号", "state": "办理状态"}

_NOT_ASKED = LedgerError("写了补正期限，没有写补正告知日期，看不出是否逾期，请补上")
_UNDATED = "“{head}”一栏写着“{said}”，没有写日期，看不出是否逾期，请补上"
_MAY_MOVE = "“{head}”一栏写着“{said}”，可能影响期限，看不出是否逾期；请把日期写在这几栏：{columns}"
_MAY_COUNT = "“{head}”一栏写着“{said}”，可能影响期限，看不出是否逾期，请核对"
_MAY_BE_OVER = "“{head}”一栏写着“{said}”，可能已经办完或者不再办理，看不出是否逾期；请写答复日期和办理结果"
_STATE = "“{head}”写着“{said}”，看不懂，看不出是否逾期，请写已办结、未办结，或者写在日期的栏里"
_WAITING = {
    "correction_asked_on": (
        "ask_correction",
        "corrected",
        LedgerError("写了补正告知日期、答复日期，没有写收到补正日期，看不出答复是否逾期，请补上"),
    ),
    "fee_noticed_on": (
        "fee_notice",
        "paid",
        LedgerError("写了收费通知日期、答复日期，没有写缴费日期，看不出答复是否逾期，请补上"),
    ),
}
"""等申请人的事 — by the column of its beginning, its act, the act that ends it, and what is said without that."""
_FEE = LedgerError("写了收费金额，没有写收费通知日期、缴费日期，看不出是否逾期，请补上")


class Doubt(NamedTuple):
    """看不出的一格 — its column from 1, and why nobody can tell whether the row is late; `aside`: the column whose
    value holds all the same, so that it leaves lateness as it is (条例 第三十三条)."""

    column: int
    error: LedgerError
    aside: str = ""


def doubts(entry: Entry, values: Mapping[str, object], told: Collection[str]) -> Iterator[Doubt]:
    """看不出是否逾期的格 — of one row. `told`: the acts of its request that have their day (条例 第三十三条)."""
    is_over = bool(values.get("answered_on")) or not _OVER.isdisjoint(told)
    heads = {column: head for head, column in entry.unused.items()}
    for column, text in entry.beside.items():
        head = heads.get(column, "")
        if not says_nothing(text) and (error := _beside(head, text, told, is_over=is_over)):
            yield Doubt(column, error)
    for column, text in entry.remarks.items():
        if error := _spoken("批注", text, told, is_over=is_over, by_head=False):
            yield Doubt(column, error)
    for name, head in _OWN.items():
        text = str(values.get(name) or "")
        if name in entry.columns and text and (error := _spoken(head, text, told, is_over=is_over, by_head=False)):
            yield Doubt(entry.columns[name], error)
        elif name == "state" and text and not is_over and plain(text) not in states():
            yield Doubt(entry.columns[name], LedgerError(_STATE, head=head, said=shown(text)))
    for wrong in entry.wrong:
        text = str(wrong.values.get("found") or "") if wrong.name in _SAID_OF else ""
        if text and (error := _spoken(wrong.label, text, told, is_over=is_over, by_head=False)):
            yield Doubt(wrong.place.column, error)
    yield from _unended(entry, values, told, is_over=is_over)


def _unended(entry: Entry, values: Mapping[str, object], told: Collection[str], *, is_over: bool) -> Iterator[Doubt]:
    """Cells of known columns that lack the day beside them which their clock hangs on."""
    if values.get("into") and not is_over:
        yield Doubt(entry.columns["into"], LedgerError(_MAY_BE_OVER, head="并入编号", said=shown(str(values["into"]))))
    for asked, (act, end, error) in _WAITING.items():
        if asked in entry.columns and "deliver" in told and act in told and end not in told:
            yield Doubt(entry.columns[asked], error)
    if values.get("correction_workdays") and "ask_correction" not in told and "correction_workdays" in entry.columns:
        yield Doubt(entry.columns["correction_workdays"], _NOT_ASKED)
    is_charged = bool(values.get("fee")) or any(wrong.name == "fee" for wrong in entry.wrong)
    if is_charged and "fee_notice" not in told:
        yield Doubt(entry.columns["fee"], _FEE)


def _beside(head: str, text: str, told: Collection[str], *, is_over: bool) -> LedgerError | None:
    """A cell under a head that nobody knows, or under none: by its head, else by its own words."""
    if error := _spoken(head, text, told, is_over=is_over, by_head=True):
        return error
    if CONTENT.search(head) and not _OF_THE_OFFICE.search(head):
        return None
    return _spoken(head, text, told, is_over=is_over, by_head=False)


def spoken(head: str, text: str, told: Collection[str], *, is_over: bool) -> LedgerError | None:
    """话里说的 — why words that stand outside of the cells of a row leave its lateness open (条例 第三十三条)."""
    return _spoken(head, text, told, is_over=is_over, by_head=False)


def _spoken(head: str, text: str, told: Collection[str], *, is_over: bool, by_head: bool) -> LedgerError | None:
    said = {"head": called(head), "said": shown(text)}
    left = _DENIED.sub("", fold(text))
    if by_head and (is_no(text) or not plain(left)):
        return None
    looked_at = head if by_head else left
    is_again = bool(_AGAIN.search(head + text))
    for words, settled, columns in _CLOCKS:
        if not re.search(words, looked_at):
            continue
        # One who is asked for a correction is waited for: while nothing is answered, no clock runs.
        is_awaited = "corrected" in settled and not is_over and "ask_correction" in told
        if not is_again and (is_awaited or not settled.isdisjoint(told)):
            continue
        if by_head and columns and plain(text) in _YES:
            return LedgerError(_UNDATED, **said)
        return LedgerError(_MAY_MOVE, columns=columns, **said) if columns else LedgerError(_MAY_COUNT, **said)
    if not is_over and _ENDED.search(looked_at):
        return LedgerError(_MAY_BE_OVER, **said)
    return None


def called(head: str) -> str:
    """表头怎么叫 — as the file has it; what has no head of the file is called by our own word (条例 第三十三条)."""
    return head if head in OUR_HEADS else shown(head) if head else "—"


def is_no(text: str) -> bool:
    """明说没有 — whether a cell says no, and nothing else (条例 第三十三条)."""
    boxes = re.sub(r"[□☐○][^□☐○☑√✓■●]*", "", fold(text))
    words = boxes.strip().strip("☑√✓■● ()。.，,")
    return bool(_NO.fullmatch(words.lower())) or bool(words and says_nothing(words))


def is_denied(text: str) -> bool:
    """说没有这件事 — whether a cell says that what moves a clock was not done, and nothing else (条例 第三十三条)."""
    return not plain(_DENIED.sub("", fold(text)))
