"""密级标志 — marks of state secrets and of what is for inside use, in any text (条例 第十四条、第十七条).

    stamps("机密★1年\n云岫县人民政府文件")       -> [Hit(kind="secrecy", values={"stamped": True, …})]
    mentions("内部资料，注意保存")               -> [Hit(kind="secrecy", values={"stamped": False, …})]
    find(text)                                 -> both, left to right, none overlapping another

A stamp is the mark as it is printed on a document: 级别★期限, or 密级：级别 where the text begins. A text with one is
not taken in. A mention is any other mark that 保密审查 has to look at, among them a mark that a sentence explains. A
text about secrecy (绝密、机密、秘密三级, 属于国家秘密, 商业秘密) has neither. Spacing, full-width signs, traditional
script, lookalikes of the star and signs that nobody sees make no difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from gongkai.text.folding import fold, fold_with_map
from gongkai.text.hit import Hit, Severity
from gongkai.text.mark_words import DATA, GAP, PROHIBITED, WORDS, any_of
from gongkai.text.openness import at_foot, at_head, in_title

KIND = "secrecy"
"""种类 — of every hit of this module."""
FOOT = "foot"
"""文末 — of a mark that tells openness, not secrecy."""
FIRST_LINES = 40
FIRST_SIGNS = 1500
"""首页 — 密级 with a level is a stamp up to here."""

_STAR, _WEAK = (f"[{re.escape(WORDS[name])}]" for name in ("stars", "weak"))
_LEVEL_WORDS = ["绝密", "机密", "秘密"]
_LEVEL = f"(?P<level>{any_of(_LEVEL_WORDS)})(?:{GAP}级)?"
_COUNT = rf"(?:\d{{1,3}}|(?:[〇零一二三四五六七八九十百两]{GAP}){{1,4}})"
_PERIOD = (
    rf"(?:{_COUNT}{GAP}(?:年|个{GAP}月|月|天|日)|长{GAP}期|永{GAP}久"
    rf"|[至到]?{GAP}\d{{4}}{GAP}年(?:{GAP}\d{{1,2}}{GAP}月(?:{GAP}\d{{1,2}}{GAP}日)?)?{GAP}[前止]?"
    r"|(?:解密|公开|公布|启用|发布)之?前)"
)
# Not on into a word: 机密★10年来.
_ENDS = r"(?=[^\u4e00-\u9fff]|\Z)"
_ASIDE = r"[^\w\n]{0,20}"
_HEADED = (
    rf"{any_of(WORDS['beside'])}|份{GAP}号{GAP}:?{GAP}\d{{1,7}}|(?:[№#]|No\.?){GAP}\d{{1,7}}|0\d{{1,6}}|\d{{6}}"
    r"|[\u4e00-\u9fff]{1,12}[\[(〔【]\d{4}[\])〕】]\d{1,5}号?|签发人:?\s{0,2}[\u4e00-\u9fff]{2,4}|等级:?"
    rf"|第\d{{1,7}}[号份]|(?:共|印数?|共印|印发|印制){GAP}:?{GAP}\d{{1,5}}份|编号{GAP}:?{GAP}\d{{1,7}}|{any_of(WORDS['kept'])}"
)
"""页首的别的标志 — urgency, number of the copy or the paper, who signed: what a level stands beside."""
_BESIDE = rf"(?:{_HEADED}|\d{{1,7}})"
_URGENCY = re.compile(_HEADED)
_STARRED = re.compile(
    rf"(?P<quote>[\"'])?{_LEVEL}{GAP}(?:{_BESIDE}{GAP})?(?:{_STAR}{GAP}(?:(?P<period>{_PERIOD})|(?P<ends>{_ENDS}))?|{_WEAK}{GAP}(?P<weak>{_PERIOD}))"
)
# What goes on with 的 or with another level speaks of levels; boxes are a form from which one is chosen.
_LABELLED = re.compile(
    rf"(?:{any_of(WORDS['labels'])})(?:标[志识注])?{GAP}(?:(?P<verb>[为是])|[:|\]】)]{{0,2}}){GAP}(?:[(\[【〔☑✓√■☒|\"'_]|{_STAR})?{GAP}{_LEVEL}"
    rf"(?!{GAP}(?:级?的|[和或与、,/|□☐○◯]|[绝机秘]{GAP}密))(?:{GAP}(?:{_STAR}|{_WEAK})?{GAP}{_PERIOD})?"
)
# A form in which one box is ticked, before its word or behind it: 密级：□绝密 ☑机密, 密级：绝密□ 机密√.
_TICK, _BOX, _BETWEEN = "[☑✓√■☒●]", "[□☐○◯]", r"[ \t\n,、/|]{0,4}"
_OF_LEVELS = rf"(?:{any_of(WORDS['labels'])}){GAP}[:|]?{GAP}"
_TICKED = re.compile(
    rf"{_OF_LEVELS}(?:{_BOX}{GAP}[\u4e00-\u9fff]{{1,6}}{_BETWEEN}){{0,5}}{_TICK}{GAP}{_LEVEL}"
    rf"|{_OF_LEVELS}(?:[\u4e00-\u9fff]{{1,6}}{GAP}{_BOX}{_BETWEEN}){{0,5}}(?:{any_of(_LEVEL_WORDS)}){GAP}级?{GAP}{_TICK}"
)
_HEAD = re.compile(rf"(?:文件|信息|保密)?(?:{any_of(WORDS['labels'])})(?:标[志识注])?")
_LEVEL_ALONE = re.compile(rf"{_LEVEL}(?:{GAP}(?:{_STAR}|{_WEAK})?{GAP}{_PERIOD})?")
_ALONE = re.compile(rf"(?m)^{_ASIDE}(?P<all>{_LEVEL}[^\w\n]{{0,6}}(?P<period>{_PERIOD})?){_ASIDE}$")
# The line of the marks of a first page: 000012 机密 特急, 示政电〔2026〕3号 秘密.
_URGENT = re.compile(
    rf"(?m)^{_ASIDE}(?:{_BESIDE}{_ASIDE}){{0,3}}(?P<all>{_LEVEL}件?)(?:{_ASIDE}{_BESIDE}){{0,3}}{_ASIDE}$"
)
# Alone in a line of a first page, by whatever way round: 机·密, 密级：机, 一级机密, 云岫县人民政府机密文件, SECRET.
_GRADE = "(?:[\u2160-\u2163IVXABC一二三四甲乙丙特]{1,3}[级等类]|内部|军事|党内|核心|最高|高度|绝对)"
_ORGAN = "(?:委员会|政府|办公室|委|办|局|厅|部|会|院|署)"
_CAUTION = (
    "(?:仅|只|仅?限|仅?供){1,2}于?(?:内部|领导|本单位|本机关|本系统|系统内|机关内|单位内)(?:人员|同志|部)?"
    "(?:使用|传阅|参考|掌握|阅读|参阅)"
)
_OTHERWISE = re.compile(
    rf"(?m)^{_ASIDE}(?P<all>[绝机秘](?:[^\w\n]|_){{1,4}}密(?:{GAP}级)?(?:{GAP}{_STAR}{GAP}(?:{_PERIOD})?)?"
    rf"|(?:{any_of(WORDS['labels'])}){GAP}[:|\]】]{{1,2}}{GAP}(?:[绝机秘]|[JMjm]{{2}}|国家秘密|工作秘密|(?:普通|核心)?商密|核心秘密|[一二三四特]级)"
    rf"|{_GRADE}{GAP}(?:{any_of(_LEVEL_WORDS)})|(?:国家|公司|企业){GAP}(?:绝密|机密)|核心秘密"
    rf"|[\u4e00-\u9fff]{{2,20}}{_ORGAN}(?:{any_of(_LEVEL_WORDS)})(?:文件|电报|公文|通报|会议纪要|简报)"
    rf"|[请本此]?件?按照?(?:{any_of([*_LEVEL_WORDS, '密', '涉密', '内部'])})级?(?:文?件|资料|材料)?"
    r"(?:管理|处理|保管|办理|传阅|对待)"
    rf"|保密期限?(?:{GAP}[:为|]{GAP}|[ \t]{{1,6}}){_PERIOD}|密{GAP}{_STAR}(?:{GAP}{_PERIOD})?|{_CAUTION}"
    rf"|(?:{any_of(_LEVEL_WORDS)})级国家秘密|(?:普通|核心)商密|警务秘密|不宜公开|[\u4e00-\u9fff]{{1,6}}(?<!国)密(?:发|电|函|办)?[〔(\[]\d{{4}}[〕)\]]\d{{1,5}}号"
    r"|(?:请勿|不得|严禁|禁止|切勿)(?:复印|翻印|摘抄|抄录|扩散|传抄|外借)"
    rf"|(?:TOP SECRET|SECRET|(?:STRICTLY )?CONFIDENTIAL|Top Secret)){_ASIDE}$"
)
# Numbers of the copies beside a level: 机密 1/30, 秘密 第 3 份 共 30 份.
_COPIES = re.compile(
    rf"(?m)^{_ASIDE}(?P<all>{_LEVEL}(?:件|文件)?){_ASIDE}(?:第?[ ]?\d{{1,6}}[ ]?/[ ]?(?:共[ ]?)?\d{{1,6}}"
    rf"|第[ ]\d{{1,6}}[ ]?[份号]|第\d{{1,6}}[ ][份号]|共[ ]?\d{{1,5}}[ ]?份)[^\n]{{0,16}}$"
)
_LONE = re.compile(r"\A[^\w\n]{0,8}(?P<all>密)[^\w\n]{0,8}\n(?!\s*封)")
_INITIALS = re.compile(rf"(?<![A-Za-z])(?:[绝机秘][Mm]|[JjMm][Mm密]){GAP}{_STAR}{GAP}{_PERIOD}{_ENDS}")
_TIMED = re.compile(rf"{_LEVEL}(?![ \t]*\n\s*\d{{4}})[^\w\n]{{0,4}}(?:保密期限:?)?[^\w\n]{{0,4}}{_PERIOD}{_ENDS}")
# In a title, a first line, a file's name: 【机密】某方案, 某方案（内部资料）, 机密-某方案.
_OPENS, _CLOSES = "[(\\[【〔<《]", "[)\\]】〕>》]"
_WITHIN = rf"{_OPENS}{GAP}(?:{any_of(_LEVEL_WORDS)}|{any_of(WORDS['inside'])}|内部){GAP}(?:级|件)?{GAP}{_CLOSES}"
_BRACKETED = re.compile(
    rf"(?m)^{_ASIDE}(?P<start>{_WITHIN})|(?P<end>{_WITHIN}){_ASIDE}$|^{_ASIDE}(?P<dash>(?:{any_of(_LEVEL_WORDS)}){GAP}[-—_:])"
)
_PAPERS = any_of(WORDS["papers"])
# A level, or a paper of one, that no letter and no quote touches: 会议材料 秘密, 机密资料, 涉密件.
_PARTED = re.compile(
    rf"(?<![^\W\d_])(?<![\"'])(?:{any_of([*_LEVEL_WORDS, '涉密'])}){GAP}级?{GAP}(?:{_PAPERS})?(?![^\W\d_])(?![\"'])"
)
_SENTENCE = re.compile(rf"[。;?!]|[非不]涉密|[与和及、]{GAP}\Z|{any_of(WORDS['spoken'])}")
_GOES_ON = re.compile(rf"[^\w\n]*(?:[是的指分和与及等属为]|{any_of(WORDS['spoken'])})")
_TWO_LETTERS = re.compile(r"[^\W\d_]{2}")
_LONGEST_LINE = 36
_MENTIONS = (
    re.compile(r"[本此该](?:文件?|件|材料|资料|方案|报告)[^。\n非不未无]{0,3}涉密(?=[^\w]|\Z)"),
    re.compile(rf"(?:{any_of(WORDS['labels'])}){GAP}[:|]{GAP}内部"),
    re.compile(
        rf"(?:{any_of(WORDS['inside'])})[^\w\n]{{0,4}}\n?[^\w\n]{{0,4}}(?:{any_of(WORDS['kept'])}|{PROHIBITED})"
    ),
    re.compile(rf"(?m)^{_ASIDE}(?P<all>{any_of(WORDS['alone'])}){_ASIDE}(?:第?\d{{1,6}}号?{_ASIDE})?$"),
    re.compile(any_of(WORDS["said"])),
    re.compile(r"(?<![根基由据])[本此](?:文件|件|材料|资料)(?:绝密|机密|秘密)级?(?=[^\w]|\Z)"),
    re.compile(rf"保密期限{GAP}:{GAP}{_PERIOD}"),
    re.compile(rf"(?:核心|普通){GAP}商{GAP}密{GAP}(?:{_STAR}|{_WEAK})"),
    re.compile(
        r"[本此该](?:文件?|件|通知|材料|资料|方案|报告|函|纪要|批复|请示)[^。\n非不]{0,8}(?:属于?|[为系是]|列为|定为|确定为)"
        r"[^。\n非不]{0,4}(?:绝密|机密|国家秘密|秘密|涉密)级?(?:国家秘密|文件|事项|资料|材料|件)?(?=[^\w的]|\Z)"
    ),
)
# Every mark above has one of these signs; a text without them is not folded.
_CANDIDATE = re.compile(
    "[密內内保阅閱用會会仅僅上外件\u2e80-\u2fdf\uf900-\ufaff]|[否请請不予宜得非]公[开開]|依申[请請]|SECRET|Secret|CONFID|[印抄借]|[Mm].?[★☆]|公[开開][方属屬類类形选選性范範]|[是能可宜]否|公[开開].{0,3}:?：?[否不]|公[开開].{0,8}否"
)
_NO_LEVEL = re.compile(f"(?:{any_of(WORDS['not_levels'])}){GAP}$")
_EXPLAINED = re.compile("|".join(WORDS["explained"]))
_EXPLAINED_AFTER = re.compile(r"[^。\n\w]{0,3}(?:字样|标志|标识|形式|样式|格式|[的等])")
_REACH = 24
_LEVELS = 3


class _Mark(NamedTuple):
    start: int
    end: int
    stamped: bool
    said: str = "mentioned"


def may_bear(text: str) -> bool:
    """可能有标志 — a quick look: whether a text has a sign of any mark at all (条例 第十四条)."""
    return not text.isascii() and _CANDIDATE.search(text) is not None


def find(text: str, *, opening: bool = True) -> list[Hit]:
    """密级标志 — stamps and mentions, left to right (条例 第十四条). `opening`: the text is where a document begins."""
    if not _CANDIDATE.search(text):
        return []
    folded, places = fold_with_map(text)
    kept: list[_Mark] = []
    for mark in sorted(_marks(folded, opening), key=lambda mark: (mark.start, -mark.end)):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
        elif mark.stamped and not kept[-1].stamped:
            kept[-1] = mark
    return [_hit(text, places[mark.start], places[mark.end - 1] + 1, mark.stamped, mark.said) for mark in kept]


def stamps(text: str, *, opening: bool = True) -> list[Hit]:
    """盖的密级标志 — 机密★1年, 密级：秘密 on a first page: a text with one is not taken in (条例 第十四条)."""
    return [hit for hit in find(text, opening=opening) if hit.values["stamped"]]


def mentions(text: str, *, opening: bool = True) -> list[Hit]:
    """要经保密审查的字样 — every other mark: 内部资料 注意保存, one that is explained (条例 第十七条)."""
    return [hit for hit in find(text, opening=opening) if not hit.values["stamped"]]


def below(head: str, texts: Sequence[str]) -> Iterator[tuple[int, Hit]]:
    """密级一栏 — levels below a head of levels, each with its place; the three alone are a legend (条例 第十四条)."""
    if not _HEAD.fullmatch("".join(fold(head).split())):
        return
    levels = [(at, text) for at, text in enumerate(texts) if _LEVEL_ALONE.fullmatch(fold(text).strip())]
    if len(levels) == _LEVELS and len({text.strip() for _, text in levels}) == _LEVELS:
        return
    for at, text in levels:
        yield at, _hit(text, 0, len(text), False)


def is_of_openness(hit: Hit) -> bool:
    """文末写的公开属性 — whether a mark is what a document says of its own openness: 此件依申请公开 (条例 第十三条)."""
    return bool(hit.values.get("openness"))


def _hit(text: str, start: int, end: int, stamped: bool, name: str = "mentioned") -> Hit:
    said = DATA["stamped" if stamped else name]
    found = text[start:end]
    values: dict[str, object] = {"found": " ".join(found.split()), "stamped": stamped}
    if name == FOOT:
        values["openness"] = True
    return Hit(KIND, Severity(said["severity"]), start, end, found, None, said["message"], said["provision"], values)


def _marks(text: str, opening: bool) -> Iterator[_Mark]:
    first = _first_page(text) if opening else 0
    yield from _starred(text)
    for match in chain(_LABELLED.finditer(text), _TICKED.finditer(text)):
        yield _Mark(*match.span(), match.start() < first and not match.groupdict().get("verb"))
    yield from _on_first_page(text, first)
    for match in _INITIALS.finditer(text):
        yield _Mark(*match.span(), False)
    for match in _TIMED.finditer(text):
        if not _NO_LEVEL.search(text, max(0, match.start() - _REACH), match.start()):
            yield _Mark(*match.span(), False)
    for span in chain(at_foot(text), in_title(text) if opening else (), at_head(text) if opening else ()):
        yield _Mark(*span, False, FOOT)
    for pattern in _MENTIONS:
        for match in pattern.finditer(text):
            yield _Mark(*match.span("all" if "all" in pattern.groupindex else 0), False)


def _on_first_page(text: str, first: int) -> Iterator[_Mark]:
    """A level alone in its line, in brackets at an edge of one, or beside the other marks of a first page."""
    for match in _ALONE.finditer(text):
        if (match["period"] or match.start() < first) and not _is_listed(text, match):
            yield _Mark(*match.span("all"), bool(match["period"]) and match.start() < first)
    for match in _BRACKETED.finditer(text, 0, first):
        if not _is_listed(text, match):
            yield _Mark(*match.span(match.lastgroup or 0), False)
    for match in chain(*(each.finditer(text, 0, first) for each in (_OTHERWISE, _COPIES, _LONE))):
        if not _is_listed(text, match):
            yield _Mark(*match.span("all"), False)
    yield from _parted(text, first)
    for match in _URGENT.finditer(text, 0, first):
        if _URGENCY.search(text, *match.span()) and not _is_listed(text, match):
            yield _Mark(*match.span("all"), True)


def _parted(text: str, first: int) -> Iterator[_Mark]:
    """A level that stands apart in a short line, whatever is beside it, unless the line speaks of levels."""
    for match in _PARTED.finditer(text, 0, first):
        start = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.end()) % (len(text) + 1)
        line, rest = text[start:end], text[start : match.start()] + "\n" + text[match.end() : end]
        is_short = "\n" not in match[0].strip() and len("".join(line.split())) <= _LONGEST_LINE
        is_alone = "".join(match[0].split()) not in _LEVEL_WORDS and not re.search(r"\w", rest)
        if not is_short or _is_listed(text, match) or not (is_alone or _TWO_LETTERS.search(rest)):
            continue
        if not (_SENTENCE.search(rest) or _GOES_ON.match(text, match.end(), end)):
            yield _Mark(match.start(), match.end(), False)


def _starred(text: str) -> Iterator[_Mark]:
    for match in _STARRED.finditer(text):
        timed = bool(match["period"] or match["weak"])
        if _NO_LEVEL.search(text, max(0, match.start("level") - _REACH), match.start("level")):
            if timed:
                yield _Mark(match.start("level"), match.end(), False)
        else:
            sure = timed or match["ends"] is not None
            yield _Mark(match.start("level"), match.end(), sure and not _is_explained(text, match))


def _first_page(text: str) -> int:
    end = -1
    for _ in range(FIRST_LINES):
        end = text.find("\n", end + 1, FIRST_SIGNS)
        if end < 0:
            return FIRST_SIGNS
    return end


def _is_explained(text: str, match: re.Match[str]) -> bool:
    """In quotes, or in a clause that says what marks look like."""
    start = match.start("level")
    clause = text[max(0, start - _REACH) : start]
    clause = clause[max(clause.rfind("。"), clause.rfind("\n")) + 1 :]
    return bool(match["quote"] or _EXPLAINED.search(clause) or _EXPLAINED_AFTER.match(text, match.end()))


def _is_listed(text: str, match: re.Match[str]) -> bool:
    """Levels one below the other are the rows of a table."""
    around = text[max(0, match.start() - 12) : match.start()] + text[match.end() : match.end() + 12]
    return any(level in around for level in ("绝密", "机密", "秘密"))
