"""字句核验 — years, the basis, the count of parts, numbers left out, a phrase turned round (条例 第五十条)."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence

from gongkai.report.checks.finding import Finding
from gongkai.report.checks.prose import QUOTE, Passage
from gongkai.report.checks.rules import rules
from gongkai.report.checks.structure import NEW_FORM_SINCE
from gongkai.report.figures import AnnualReport
from gongkai.text.folding import squeeze
from gongkai.text.numerals import parse_chinese

PARTS = 6
PROBLEMS, DECEMBER = 5, 12
# 国办公开办函〔2021〕30号, and the form before it.
BASES = (("2021", "30"), ("2019", "60"))
# What a list of the six parts calls each of them.
CALLED = ("总体|概述", "主动公开", "申请", "复议|诉讼", "问题", "其他")
# An enumeration that names fewer of the parts than this is no list of the parts.
FEWEST = 3

_DOUBLED = re.compile(
    r"(?<!\d)(?:20){2,}\d\d\s?年|(?<!\d)(20\d\d)\s?年?度?\s?\1\s?年|(?m:^)(20\d\d)[^\d\n]{2,30}\2\s?年[^\n]{0,20}报告$"
)
_PERIOD = re.compile(
    r"(20\d\d)\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日[^\d。\n]{1,8}(?:(20\d\d)\s?年\s?)?(\d{1,2})\s?月\s?(\d{1,2})\s?日"
)
_STATISTICS = re.compile(r"统计|期限|时限|数据")
_STALE = re.compile(
    r"(?:(?<=[。\n,;:、)])|^)\s{0,4}(20\d\d)\s?年度?\s?(?:,\s?)?(?=我|本|全|共|未|无|累计|认真|坚持|深入|严格|紧紧|积极|扎实)",
    re.MULTILINE,
)
# The first words of the first part: of whatever body, they are about the year of the report.
_OPENING = re.compile(r"^\s*(20\d\d)\s?年度?\s?(?:,\s?)?")
_PLANNED = re.compile(
    r"^\s*(?:[一二三四五六]是)?(20\d\d)\s?年度?\s?,?\s?(?:我\S{0,3}|本\S{0,3})?"
    r"(?:将(?:继续|进一步|重点|着力|从|努力|加强|加大|持续|不断|坚持|围绕|认真|做好|深入|严格)|计划|拟)"
)
_COMPARES = re.compile(r"同比|相比|较|以来|起,|要点|考核|将|计划|打算")
_OLD_BASIS = re.compile(r"[\[〔(]\s?2019\s?[\])〕]\s?60\s?号|年度报告格式\(试行\)")
_COUNT = re.compile(r"(?<!第)([一二三四五六七八九十]|\d{1,2})\s?(?:个)?(?:部分|项内容|方面(?:的)?内容)(?!之)")
_COMPOSED = re.compile(r"组成|包括|构成|分为|包含|内容")
_GONE = re.compile(
    r"(?:信息|申请|稿件|报道)(?:共|约)?\s*(?:[条篇宗]|件)(?=[,。;、)])|共计?\s*[条篇宗件](?=[,。;、)])"
    r"|(?:公开|收到|受理|办结|答复|申请|复议|诉讼|文件|咨询|建议|提案|许可|处罚|解读|发布)(?:共|约)?[ \u3000]+"
    r"(?:[条篇宗件份期次场个人]|万?元)(?=[,。;、)])|(?:收到|受理|办结|答复)(?:共|约)?(?:件|条)(?=[,。;、)])"
    r"|(?:培训|检查|督查|抽查|讲座|座谈|调研)(?:会|班)?\s*[次场](?=[,。;、)])|(?:参训|参会|参加|培训)(?:人员)?\s*人次(?=[,。;、)])"
    r"|(?:电\s?话|邮\s?编|邮\s?箱|传\s?真|地\s?址)\s?:\s?(?=[),;。])"
    # A percent sign, 个 or 人次 before a mark, and 达到万次 have lost their number; 各个 and 百分 have none.
    r"|(?<=[\u4e00-\u9fff])(?<![零〇一二两三四五六七八九十百千万亿点几数半])\s?%"
    r"|(?<=[\u4e00-\u9fff])(?<![个整各逐每几多这那哪某数单\d零一二两三四五六七八九十百千万亿半余])个(?=工作日[,。;]|百分点|[,。;、])"
    r"|(?:达到|为|共计?)万(?:人次|[次人元条])(?=[,。;])"
    r"|(?:举办|召开|举行|组织|开展)[^\d,。;走进到]{0,10}(?:会|讲座|活动|培训班?|宣讲)[场期](?=[,。;])"
    r"|(?:培训|接待|服务|覆盖)[^\d,。;万千百]{1,8}(?<![计数])人次(?=[,。;])"
    r"|(?:关切|热点|解读|诉求|新闻|消息|动态|公告|推文|图解|简报)[条篇期](?=[,。;、])"
    r"|文件件(?=[,。;、])|(?:建议|提案|许可|处罚|案)件、[^\d,。;、]{2,10}\d+件"
    r"|(?<![A-Za-z])[xX×_]{1,4}\s?(?:[条件份篇宗项期次]|万?元)(?![A-Za-z])"
)
_BASIS = re.compile(r"公开办函\s?[\[〔(]\s?(20\d\d)\s?[\])〕]\s?(\d+)\s?号")
_DATE = re.compile(r"(20\d\d)\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日")
# A paragraph of fewer characters may well be said twice.
LONG = 20
_LETTER = re.compile(r"(?m)^[^\s,。:()\d]{2,20}(?:政府|办公室|办公厅|局|委员会):$")
_INVERTED = re.compile(r"(?<!不)(?<!不予)公开(?:是|为|作为)例外")


def check_wording(report: AnnualReport, passages: Sequence[Passage]) -> Iterator[Finding]:
    """字句核验 — one finding for each rule and section, the first place quoted (条例 第五十条)."""
    for passage in passages:
        yield from _places(report, passage)
        yield from _twice(report, passage)
        yield from _dates(report, passage)
        if report.year is not None:
            yield from _years(report, passage, report.year)
        if passage.section == 0:
            yield from _preface(report, passage)


def _places(report: AnnualReport, passage: Passage) -> Iterator[Finding]:
    looked_for = {"year_doubled": _DOUBLED, "number_missing": _GONE, "principle": _INVERTED}
    if report.year is not None and report.year >= NEW_FORM_SINCE:
        looked_for["basis"] = _OLD_BASIS
    for rule, pattern in looked_for.items():
        match = pattern.search(passage.text)
        if match:
            sentence = next(s for s in passage.sentences if match.start() < s.start + len(s.text))
            quote = sentence.quote(end=match.end() - sentence.start)
            yield rules()[f"structure.{rule}"].finding(report, (), {"quote": quote})


def _twice(report: AnnualReport, passage: Passage) -> Iterator[Finding]:
    lines = [squeeze(line) for line in passage.printed.split("\n")]
    again = next((line for at, line in enumerate(lines) if len(line) >= LONG and line in lines[:at]), None)
    if again:
        values = {"section": passage.section, "quote": again[:QUOTE]}
        yield rules()["structure.paragraph_twice"].finding(report, (), values)


def _dates(report: AnnualReport, passage: Passage) -> Iterator[Finding]:
    for match in _DATE.finditer(passage.text):
        year, month, day = map(int, match.groups())
        if not (1 <= month <= DECEMBER and 1 <= day <= monthrange(year, month)[1]):
            values = {"quote": passage.quote(*match.span())}
            yield rules()["structure.date_impossible"].finding(report, (), values)


def _years(report: AnnualReport, passage: Passage, year: int) -> Iterator[Finding]:
    for match in _PERIOD.finditer(passage.text):
        before = passage.text[max(0, match.start() - 30) : match.start()]
        start, end = (match[1], match[2], match[3]), (match[4] or match[1], match[5], match[6])
        period = (str(year), "1", "1"), (str(year), "12", "31")
        if _STATISTICS.search(before) and (start, end) != period and match[0].count("月") == 2:
            values = {"quote": passage.quote(*match.span()), "year": year}
            yield rules()["structure.period"].finding(report, (), values)
    if passage.section == PROBLEMS:
        yield from _planned(report, passage, year)
    # Section five speaks of the year to come, the preface of laws and their years.
    if passage.section in (1, 3, 6):
        for sentence in passage.sentences:
            stale = _STALE.search(sentence.text)
            if stale is None and passage.section == 1 and sentence is passage.sentences[0]:
                stale = None if str(year) in sentence.text else _OPENING.match(sentence.text)
            if stale and int(stale[1]) != year and not _COMPARES.search(sentence.text):
                values = {"section": passage.section, "quote": sentence.quote(stale.start(), stale.end()), "year": year}
                yield rules()["structure.year_stale"].finding(report, (), values)
                break


def _planned(report: AnnualReport, passage: Passage, year: int) -> Iterator[Finding]:
    for sentence in passage.sentences:
        planned = _PLANNED.match(sentence.text)
        if planned and int(planned[1]) <= year:
            values = {"quote": sentence.quote(end=planned.end()), "year": year}
            yield rules()["structure.plan_year"].finding(report, (), values, found=int(planned[1]))


def _preface(report: AnnualReport, passage: Passage) -> Iterator[Finding]:
    letter = _LETTER.search(passage.text)
    if letter:
        yield rules()["structure.letter"].finding(report, (), {"quote": passage.quote(*letter.span())})
    basis = _BASIS.search(passage.text)
    if basis and "格式" in passage.text and (basis[1], basis[2]) not in BASES:
        yield rules()["structure.basis_number"].finding(report, (), {"quote": passage.quote(*basis.span())})
    for sentence in passage.sentences:
        stated = _COUNT.search(sentence.text) if _COMPOSED.search(sentence.text) else None
        if not stated:
            continue
        count = int(stated[1]) if stated[1].isdecimal() else parse_chinese(stated[1])
        listed = sentence.text[: stated.start()]
        missing = [n for n, called in enumerate(CALLED) if not re.search(called, listed)]
        if count != PARTS:
            values = {"quote": sentence.quote(end=stated.end())}
            yield rules()["structure.part_count"].finding(report, (), values, expected=PARTS, found=count)
        elif missing and PARTS - len(missing) >= FEWEST:
            named = "、".join(f"“{report.form.headings[n]}”" for n in missing)
            yield rules()["structure.part_list"].finding(report, (), {"sections": named})
        return
