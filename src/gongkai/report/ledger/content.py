"""申请内容的栏 — cells of what is asked for, or of whom to reach; they speak of days only where an act is told there.

A clerk writes into whatever cell has room: 联系记录 3月28日已当面答复, 规划股（征求意见）.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.report.ledger.days import days_in_text
from gongkai.report.ledger.doubts import CONTENT, spoken
from gongkai.report.ledger.no_request import says_no_request
from gongkai.report.ledger.several import maybe_several
from gongkai.report.ledger.verdicts import LATE_HEAD, LEFT_HEAD
from gongkai.text.folding import fold

_OTHER = re.compile("承办|经办|科室|部门|责任|单位|签名|类型|类别|方式|形式|渠道|来源|主题|页数|份数|申请人|文号|剩余")
"""别的事的表头 — heads whose cells say nothing of days, unless a day stands in them."""
_NEVER = re.compile(
    "内容|事项|姓名|名称|联系|电话|手机|地址|证件|身份证|邮箱|邮编|标题|题名|用途|描述|摘要|序号|编号|号码|^申请人$"
)
"""Heads whose cells may hold days of another matter: of the documents that are asked for."""
IN_BRACKETS = re.compile(r"[(\[【]([^()\[\]【】]{1,20})[)\]】]")
_TO_REACH = re.compile("联系|电话|手机|来源|渠道|承办|经办|部门|方式")
"""和谁、怎样联系 — heads under which a clerk notes what was done by telephone."""
_ACT = re.compile(
    "答复|回复|补正|补充|领取|来取|取走|征求|征询|意见|会办|会商|修改|变更|告知|签收|延|送达|寄|提供|同意|说明"
)
_OF_TIME = re.compile("备注|说明|经过|进展|情况|日期|时间|期限|时限|日$|反馈|补充|调整|变更")
"""Of an applicant's name nothing is read; of the day when an applicant confirmed something all is."""
TAKEN_HEAD = re.compile("领取|签收|取件|取走|妥投")
"""领取签名 — what is signed for was given, also where the head speaks of a person."""
_OF_ANSWER = re.compile("(?:答复|告知|回复)书?的?(?:文号|编号|书号|名称)")


def is_of_content(head: str, text: str) -> bool:
    """说的是申请内容 — whether a cell speaks of what is asked for or of whom to reach, and of nothing that was done."""
    if says_no_request(head, text) or maybe_several(head, text) or TAKEN_HEAD.search(head):
        return False
    if _OF_ANSWER.search(head) or _OF_TIME.search(head) or LATE_HEAD.search(head) or LEFT_HEAD.search(head):
        return False
    if _TO_REACH.search(head) and _tells(text):
        return False
    return bool(CONTENT.search(head) or _NEVER.search(head) or (_OTHER.search(head) and not days_in_text(text)))


def said_within(head: str, text: str) -> Iterator[str]:
    """括号里说的 — what the brackets in such a cell say of the clock: （已同意延期）, （3月20日补正）."""
    if _OF_TIME.search(head):
        return
    for part in IN_BRACKETS.findall(fold(text)):
        if spoken(head, part, (), is_over=False) or _tells(part):
            yield part


def _tells(text: str) -> bool:
    """Whether a text tells of an act with its day."""
    return days_in_text(text) and bool(_ACT.search(text))
