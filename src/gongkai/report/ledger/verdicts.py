"""机关自己怎么说 — whether a cell itself says that an answer was late, or in time (条例 第三十三条)."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from gongkai.documents.columns.values import plain, says_nothing
from gongkai.law.requests.course import Course
from gongkai.report.ledger.doubts import is_no
from gongkai.text.folding import fold

LATE_HEAD = re.compile("逾期|超期|超时|超限|延误|迟延|超(?:出|过)了?(?:法定|规定|办理|答复)*[期时]限")
_IN_TIME_HEAD = re.compile("按[期时]|如期|及时|准时|(?:期限|时限|期|时间|工作日)内")
_OF_APPLICANT = re.compile("补正|缴|付款|第三方|征求|征询|说明理由")
"""别人的期限 — heads of the periods of others than the office."""
_TO_COME = re.compile("提醒|预警|预计|风险|督办|临期|后果")
LEFT_HEAD = re.compile("剩余|余下|还剩|倒计时")
"""剩几天 — of a row that is answered it goes on counting, and says nothing."""
_BELOW_NOUGHT = re.compile(r"(?:-|负)\s*[1-9]\d*(?:\.0+)?\s*(?:个?工作日|天|日)?")

_WORDS = "(?:逾期|超期|超时|延误|迟延|拖延|超(?:出|过)?了?(?:法定|规定|办理|答复)*[期时]限)"
_ON_TIME = (
    r"(?:按(?:规定)?[期时]限?|如期|及时|准时"
    r"|在?(?:法定|规定|答复|办理)*(?:[期时]限|时间)(?:以?内)?|在?\d+个?工作日(?:以?内))"
)
_NOT_ON_TIME = (
    rf"(?:未|没有?|未能|没能|未曾)于?{_ON_TIME}(?:内|地)?(?:予以|给予|作出|做出|进行|依法|书面)*(?:答|办|回复|完[成结])"
)
"""没有按期答复 — the office's own word, without any of the words of lateness."""
_SHORT = (
    r"(?:[晚迟]|超(?:过|出)?)(?:期限|时限|答复|回复|办结|作出|送达|寄出|了)*\s*(?:约|近)?"
    r"(?:\d+|[一二两三四五六七八九十]+)\s*个?(?:工作日|天|日|周|星期|月)"
)
"""晚几天 — 晚3天, 迟三个工作日, 超5天."""
_LATE = re.compile(f"{_WORDS}|{_SHORT}|[晚迟]了|红[灯牌]|迟(?:复|答|办)|{_NOT_ON_TIME}")
_ASKED = re.compile(f"是否{_WORDS}[:：]?|{_WORDS}[:：](?=[否无没未])")
_NOT_YET = re.compile(
    rf"(?:未|没有?|不|无|非|避免|防止|以免|如果?|若|即将|将要?|可能|临近|快要?|或|提醒)[^,。;，；、]{{0,4}}?{_WORDS}"
    rf"|(?:不存在|避免|防止|以免|如果?|若|凡)[^,。;，；、]{{0,4}}?{_NOT_ON_TIME}|{_NOT_ON_TIME}(?:的|将|者|则)"
    rf"|(?:未|没有?|不|无|最|至|如果?|若|凡|可能|将)[^,。;，；、]{{0,4}}?{_SHORT}"
    rf"|{_WORDS}(?:否|的?(?:视为|视同|不再|将|后|前|者|则|风险|预警|提醒)|[:：]?(?:0|无|没有)(?!\d))"
)
"""还没有的事 — no lateness, or one that may come: 未逾期, 逾期将通报."""
_OF_OTHERS = re.compile(
    rf"{_WORDS}(?:仍|也|还)?(?:不|未|没有?)[^,。;，；]{{0,4}}?(?:补|缴|交|说明|提供|反馈|回函)"
    rf"|(?:补正|缴费|缴款|第三方|权利人|申请人)[^,。;，；]{{0,6}}?(?:{_WORDS}|{_SHORT}|{_NOT_ON_TIME})"
    rf"|{_SHORT}[^,。;，；]{{0,4}}?(?:补正|缴费|缴款|反馈|回函|领取|来取)"
)
_PUNCTUAL = re.compile(
    r"(?:否|未|没有?|不|无|非|正常|按[期时]|如期|及时|准时|提前|在?(?:法定|规定)?[期时]限?内|合规|达标|绿[灯牌]"
    r"|[×✗✘]|-\d|(?:n|no|false)$)"
)
_IN_TIME = re.compile(
    rf"(?:答复|办结|回复)[^,。;，；]{{0,4}}在(?:法定|规定)?[期时]限(?:以?内)|(?:未|没有?|无|不存在){_WORDS}|(?:按[期时]|如期|准时|(?:法定|规定)[期时]限内)(?:答复|办结|办理|回复)"
)
_NO_CAUSE = re.compile("原因|理由|说明|备注")
_WHOLLY = re.compile(
    r"(?:均|已|都)?(?:按(?:规定)?[期时]限?|及时|准时|如期|[未不没]有?超(?:过|出)?[期时]限?|符合(?:法定|规定)?[期时]限(?:要求)?"
    r"|在?(?:法定|规定|答复|办理)*[期时]限(?:以?内)(?:答复|办结|办理|完成)?)"
)
_WITHIN = re.compile(r"在?(?:法定|规定)?\d+个?工作日(?:以?内)(?:答复|办结|办理|完成)?")
_PERIOD_HEAD = re.compile("期限|时限")
_AS_USUAL = re.compile("备注|说明|[期时]限|时效|情况|状态")
_OF_OTHERS_PERIOD = re.compile("补正|缴|付款|第三方|权利人|征求|征询|会商|说明理由|延|展期|中止")
"""别的期限 — heads of periods that say that something moved the office's own."""
FIRST_PERIOD = 20
"""一个期限的工作日 — of the first period, and the most that it is extended by (条例 第三十三条)."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def is_stricter(head: str, period: date | int, course: Course) -> bool:
    """承诺时限 — whether the office's own period is shorter than the law's, so that it excuses nobody (第三十三条)."""
    received, due_on = course.received_on, course.in_time_until
    if received is None or due_on is None or _OF_OTHERS_PERIOD.search(head) or not _PERIOD_HEAD.search(head):
        return False
    return received < period < due_on if isinstance(period, date) else period < FIRST_PERIOD


@lru_cache(maxsize=65_536)
def says_late(head: str, text: str) -> bool:
    """说晚了 — whether a cell says that the office was late: 超期天数 14, 是否按期 否 (条例 第三十三条)."""
    said = fold(text).strip()
    if says_nothing(said) or _OF_APPLICANT.search(head):
        return False
    if LEFT_HEAD.search(head):
        return bool(_BELOW_NOUGHT.fullmatch(said))
    if _IN_TIME_HEAD.search(head) and not LATE_HEAD.search(head):
        return is_no(text) or _says_so(said)
    if LATE_HEAD.search(head) and not _TO_COME.search(head):
        is_nought = _NUMBER.fullmatch(said) and not float(said)
        return not (is_no(text) or is_nought or _PUNCTUAL.match(said.lower()) or _is_of_others(said))
    return _says_so(said)


_NO_LATENESS = re.compile(
    r"晚(?:上|间|饭|会|报|宴|点名)|[今昨当夜傍早][日天]?晚|[最至不][晚迟]|[晚迟]于|(?:未|没有?|不|无|非|避免|防止)[^,。;，；、]{0,6}?[晚迟超]"
    r"|超(?:链接|市|载|标|限|高|大|生|声|级|额|编|面积|范围|文本|前)"
    r"|超(?:过|出)?(?:本|其|申请|职|范|受理|公开|查询|规划|红线)|超过?\s*\d+\s*(?:页|件|份|张|字|兆|mb?|元|人|米|平)"
)
"""别的晚、超 — words with these signs that say nothing of lateness: 晚上, 超市, 最迟."""
_LATE_SIGN = re.compile("[晚迟超]")


def may_say_late(text: str) -> bool:
    """也许说晚了 — whether a remark has a sign of lateness in words that are not known (条例 第三十三条)."""
    said = _NO_LATENESS.sub("", _without_others(fold(text).lower()))
    return bool(_LATE_SIGN.search(said))


def says_in_time(head: str, text: str) -> bool:
    """说没有晚 — whether a cell says that the office was in time: 是否逾期 否, 未逾期 (条例 第三十三条)."""
    said = fold(text).strip()
    if says_none_late(head, text):
        return True
    if _OF_APPLICANT.search(head) or _TO_COME.search(head) or says_nothing(said):
        return False
    if LATE_HEAD.search(head):
        return is_no(text) or bool(_PUNCTUAL.match(said.lower()))
    if _IN_TIME_HEAD.search(head) and (plain(said) in ("是", "√", "y", "yes", "1") or _PUNCTUAL.match(said)):
        return not is_no(text)
    return _says_wholly(head, said) or (bool(_IN_TIME.search(said)) and not _says_so(said))


def says_none_late(head: str, text: str) -> bool:
    """写着无 — whether a column of lateness says that there is none: 有无超期 无 (条例 第三十三条)."""
    is_of_office = LATE_HEAD.search(head) and not (_OF_APPLICANT.search(head) or _TO_COME.search(head))
    return bool(is_of_office and not _NO_CAUSE.search(head)) and plain(text) in ("无", "没有", "暂无", "不存在")


def _says_wholly(head: str, said: str) -> bool:
    """Whether a cell says nothing but that it was in time. Under a head of periods 20个工作日内 is the period."""
    if _WITHIN.fullmatch(said):
        return not _PERIOD_HEAD.search(head)
    return bool(_WHOLLY.fullmatch(said)) or (said in ("正常", "绿灯") and bool(_AS_USUAL.search(head)))


def _says_so(said: str) -> bool:
    return bool(_LATE.search(_without_others(said)))


def _is_of_others(said: str) -> bool:
    return bool(_OF_OTHERS.search(said)) and not _says_so(said)


def _without_others(said: str) -> str:
    return _OF_OTHERS.sub("", _NOT_YET.sub("", _ASKED.sub("", said)))
