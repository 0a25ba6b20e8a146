"""总数与分项核验 — a total in prose and the parts listed under it: 582 条，其中 540、36、6 (条例 第五十条).

A list after 其中 may be partial, and what went out on several channels is counted on each: only a list that claims
more than its total, and has no such excuse, is a warning. A list any beginning of which adds up is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate, combinations, islice

from gongkai.report.checks.finding import Finding
from gongkai.report.checks.prose import Passage, Sentence
from gongkai.report.checks.rules import rules
from gongkai.report.figures import AnnualReport
from gongkai.report.naming import addition
from gongkai.text.numerals import Numeral

# What is counted, and by which name units that mean the same are compared.
UNITS = {
    **{unit: unit for unit in "件条份宗起篇项个次期场部户家名位批例则张本册页人处"},
    **{"件次": "件", "条次": "条", "场次": "场", "批次": "批", "人次": "人次", "元": "元"},
}
# So many persons came so many times: what is added up may be called either.
PERSONS = ("人", "人次")
# A sum this many times its total counts most things more than once: channels, not a slip of the pen.
MANIFOLD = Decimal("1.5")
# A sum that falls short by less than this share of the total is worth a note; by more, the list is plainly partial.
NEARLY = Decimal("0.1")
# From this many parts on a list is expected to be whole.
WHOLE = 3
# So many lists, at most, are looked for in one sentence.
MOST = 12

_MARK = re.compile(
    r"其中|分别(?:为|是)|具体(?:为|是)|分为|包括|(?<=[条件份宗起篇项次期场]):|(?<=\()(?:包?含|包括)|(?<=[条件份宗起篇项次期场][,;:])一是|(?<=[件条份元]),(?=按[件量][计收])"
)
_WITHIN = re.compile(r"其中|分别|包括")
_ALL = re.compile(r"分别|分为")
_SUMMED = re.compile(
    r"(?:共计|合计|总计|[两三四五六七八九\d]个?(?:平台|渠道|栏目|账号|类|项|者|部分|方面|级|种)(?:信息|事项)?(?:一共|总共|共|计|合起来|加起来|相加)|合起来|加起来|相加|[两三四五]年(?:累计|合计|共计?))"
    r"(?=\s?\d)"
)
# 160 人、142 人，累计培训 302 人次: behind parts joined by 、 what was done with them stands before the sum.
_DONE = re.compile(r"(?:累计|一共|共)(?P<verb>[^\d,、;:()。]{0,4})(?=\d)")
_DONE_WITH = re.compile(r"培训|参训|参加|受训|到会|服务|接待")
_OVER_YEARS = re.compile(r"以来|历年|年来|[两二三四五六]年|上线|开通|建成")
_STOP = re.compile(r"同时|此外|另外|另有|全年|累计|合计|共计|同比|较|上年|去年|办结|答复|其中")
# What was left over from last year is counted with this year's.
_LEFT_OVER = re.compile(r"(?:上一?年度?|去年)[^\d,;]{0,2}(?:结转|遗留|转来|转入|延续)")
_CHANNEL = re.compile(
    r"网|微信|微博|公众号|抖音|媒体|平台|公开栏|公示栏|公报|广播|电视|报纸|报刊|渠道|客户端|客户端|电子屏|手册"
)
_APPLICANTS = re.compile(r"自然人.*法人|公民.*法人")
# 按件、按量 are the two ways in which fees are counted (收费办法); the groups below are those of tables three and four.
_WHOLE_GROUPS = tuple(
    tuple(map(re.compile, group))
    for group in (
        ("按件", "按量"),
        ("不掌握|不存在", "另行制作", "补正"),
        ("信访", "重复申请", "出版物", "反复申请", "确认|出具"),
        ("(?<!不)予以公开|同意公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他"),
        ("维持", "纠正|纠错", "其他", "未审结|正在审理"),
        ("未经(?:行政)?复议|直接起诉", "复议后"),
    )
)
_MORE = re.compile(r"(?:多|少|增加|减少|增|减|上升|下降)了?\s?$")
# 220 人和 180 人: nothing else stands between the two.
_AND = re.compile(r"(?<=^[人件条份篇场期个项])[和与及]")
_SEPARATOR = re.compile(r"[、,;]|以及|[及和与]")
# 分别为 3、4、5 条: the unit stands behind the last of them.
_BARE = re.compile(r"\s?[、和,及]")


@dataclass(frozen=True, slots=True)
class Listed:
    """总数与分项 — a total, the other numbers before the list, the parts and their words.

    `divided`: the list names every kind of one division.
    """

    total: Numeral
    others: tuple[Decimal, ...]
    parts: tuple[Numeral, ...]
    firm: int
    words: str
    whole: bool
    summed: bool = False
    divided: bool = False


def check_lists(report: AnnualReport, passage: Passage) -> Iterator[Finding]:
    """总数与分项核验 — one finding for each list that cannot be right, or may be incomplete (条例 第五十条)."""
    before: Sentence | None = None
    for sentence in passage.sentences:
        for mark in islice(_MARK.finditer(sentence.text), MOST):
            listed = _after(sentence, mark, before)
            if listed and len(listed.parts) > 1:
                yield from _judged(report, sentence, listed)
        for mark in islice(_SUMMED.finditer(sentence.text), MOST):
            listed = _summed(sentence, mark)
            if listed and len(listed.parts) > 1:
                yield from _judged(report, sentence, listed)
        for mark in islice(_DONE.finditer(sentence.text), MOST):
            listed = _summed(sentence, mark) if _is_of_persons(sentence, mark) else None
            if listed and len(listed.parts) > 1:
                yield from _judged(report, sentence, listed)
        before = sentence


def _is_of_persons(sentence: Sentence, mark: re.Match[str]) -> bool:
    """Whether persons are added up, and with them only what was done with them before."""
    verb, before = _DONE_WITH.search(mark["verb"]), sentence.text[: mark.start()]
    if _OVER_YEARS.search(before) or (mark["verb"] and not verb) or before.endswith(("、", "和")):
        return False
    total = next((n for n in sentence.numerals if n.start >= mark.end()), None)
    return total is not None and unit_of(total) in PERSONS and (verb is None or bool(_DONE_WITH.search(before)))


def unit_of(numeral: Numeral) -> str | None:
    """计量单位 — the unit that a count is compared by; None for dates, money, percentages."""
    return None if numeral.percent else UNITS.get(numeral.unit or "")


def _is_alike(one: Numeral, other: Numeral) -> bool:
    units = unit_of(one), unit_of(other)
    return units[0] == units[1] or set(units) == set(PERSONS)


def _after(sentence: Sentence, mark: re.Match[str], before: Sentence | None) -> Listed | None:
    depth = sentence.depths
    level = depth[mark.start()]
    if "含" in mark[0] and _WITHIN.search(sentence.text, 0, mark.start()):
        return None  # a part of a list may hold things that are counted more than once
    head = [n for n in sentence.numerals if n.end <= mark.start() and depth[n.start] <= level]
    if mark.start() <= 1 and before is not None:
        outer = before.depths
        head = [n for n in before.numerals if outer[n.start] == 0]
    counted = [n for n in head if unit_of(n)]
    if not counted:
        return None
    end = next((at for at in range(mark.end(), len(depth)) if depth[at] < level), len(depth))
    total, (parts, firm) = counted[-1], _parts(sentence, mark.end(), end, level, counted[-1])
    if not parts and len(counted) > 1 and unit_of(counted[-2]) != unit_of(total):
        # 收取 1500 元，涉及申请 3 件，其中按件 900 元: the parts are of what is counted as they are.
        total, (parts, firm) = counted[-2], _parts(sentence, mark.end(), end, level, counted[-2])
    if total.approximate:
        return None
    words = sentence.text[mark.end() : end]
    divided = _is_whole_group(words)
    whole = bool(_ALL.match(mark[0]) or _APPLICANTS.search(words) or divided)
    others = tuple(n.value for n in counted[:-1] if unit_of(n) == unit_of(total))
    return Listed(total, others, parts, firm, words, whole, divided=divided)


def _is_whole_group(words: str) -> bool:
    """Whether a list names every kind of one division, so that nothing is left out of it."""
    return any(all(kind.search(words) for kind in group) for group in _WHOLE_GROUPS)


def _parts(sentence: Sentence, start: int, end: int, level: int, total: Numeral) -> tuple[tuple[Numeral, ...], int]:
    """The parts up to a word that ends the list, and how many of them stand before a semicolon that may end it."""
    text, depth = sentence.text, sentence.depths
    parts: list[Numeral] = []
    firm, at = 0, start
    for numeral in sentence.numerals:
        if numeral.start < start or numeral.end > end or depth[numeral.start] != level:
            continue
        # What stands in brackets inside the list divides one of its parts.
        between = "".join(
            char for char, deep in zip(text[at : numeral.start], depth[at:], strict=False) if deep <= level
        )
        if parts and _STOP.search(between):
            break
        is_bare = numeral.unit is None and not numeral.percent and bool(_BARE.match(text, numeral.end))
        if not (is_bare or _is_alike(numeral, total)) or (parts and not _SEPARATOR.search(between)):
            continue
        if numeral.approximate or _MORE.search(between):
            return (), 0  # 多 9 件、少 2 件 are no parts of what there is
        if len(parts) > 1 and not firm and ";" in between and ";" not in text[parts[0].end : parts[1].start]:
            firm = len(parts)
        parts.append(numeral)
        at = numeral.end
    return tuple(parts), firm or len(parts)


def _summed(sentence: Sentence, mark: re.Match[str]) -> Listed | None:
    """Parts joined by 、 or by commas throughout before 共计 or 合计; any other list before a sum may be of other
    things, and so may a list of commas any end of which adds up."""
    total = next((n for n in sentence.numerals if n.start >= mark.end()), None)
    if total is None or not unit_of(total) or total.approximate:
        return None
    parts: list[Numeral] = []
    at, joint = mark.start(), ""
    # 两项合计: how many there are of them is none of them.
    listed = [n for n in sentence.numerals if n.end <= mark.start() and n.end + len(n.unit or "") < mark.start()]
    for numeral in reversed(listed):
        between = sentence.text[numeral.end : at]
        here = next((sign for sign in "、," if sign in _AND.sub("、", between)), "")
        if not _is_alike(numeral, total) and not here and not any(stop in between for stop in ";:(。"):
            continue  # 21 个乡镇收到 153 件: of whom the next part is
        joint = joint or (here if parts else "")
        if not _is_alike(numeral, total) or numeral.approximate or (parts and (not here or here != joint)):
            break
        if any(stop in between for stop in ";:(") or (joint == "," and _STOP.search(_LEFT_OVER.sub("", between))):
            break
        parts.insert(0, numeral)
        at = numeral.start
    if total.value in accumulate(part.value for part in reversed(parts)):
        return None
    # Who came to several sessions is counted in each.
    comes_again = unit_of(total) == "人次" and total.value >= MANIFOLD * sum(part.value for part in parts)
    if comes_again and {unit_of(part) for part in parts} == {"人"}:
        return None
    words = sentence.text[at : mark.start()]
    return Listed(total, (), tuple(parts), len(parts), words, whole=True, summed=True)


def _judged(report: AnnualReport, sentence: Sentence, listed: Listed) -> Iterator[Finding]:
    values = [part.value for part in listed.parts]
    total = listed.total.value
    wanted = {total, *listed.others, *(sum(pair) for pair in combinations((total, *listed.others), 2))}
    # Who writes 共计 behind a list has added up all of it; after 其中 other things may follow the parts.
    if not wanted.isdisjoint([sum(values)] if listed.summed else accumulate(values)):
        return
    rule = _verdict(total, values, listed)
    if rule is None:
        return
    written = addition(int(value) if value == int(value) else value for value in values)
    quote = sentence.quote(0, max(listed.parts[-1].end, listed.total.end))
    yield rules()[rule].finding(
        report,
        (),
        {"section": sentence.passage.section, "quote": quote, "total": format(total, "f"), "parts": written},
        expected=sum(values, Decimal()),
        found=total,
    )


def _verdict(total: Decimal, values: Sequence[Decimal], listed: Listed) -> str | None:
    firm, every = sum(values[: listed.firm]), sum(values)
    if max(values) > total:
        return "narrative.sum"
    if firm > total:
        overlaps = len(_CHANNEL.findall(listed.words)) > 1 or every >= MANIFOLD * total or every - total in values
        return "narrative.sum_overlap" if overlaps and not (listed.summed or listed.divided) else "narrative.sum"
    if every > total:
        return "narrative.sum_overlap"
    if listed.whole:
        return "narrative.sum"
    return "narrative.sum_partial" if len(values) >= WHOLE and total - every <= NEARLY * total else None
