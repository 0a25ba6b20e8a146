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
import tomllib
from collections.abc import Iterator, Sequence
from importlib.resources import files
from itertools import chain
from typing import NamedTuple

from gongkai.text.folding import fold, fold_with_map
from gongkai.text.hit import Hit, Severity

KIND = "secrecy"
"""种类 — of every hit of this module."""
FOOT = "foot"
"""文末 — of a mark that tells openness, not secrecy."""
FIRST_LINES = 40
FIRST_SIGNS = 1500
"""首页 — 密级 with a level is a stamp up to here."""

_DATA = tomllib.loads((files("gongkai.text") / "data" / "secrecy.toml").read_text(encoding="utf-8"))
_WORDS = _DATA["words"]
# Marks are printed wide, or from top to bottom.
_GAP = r"[ \t\n]{0,6}"


def _spaced(word: str) -> str:
    return _GAP.join(map(re.escape, word))


def _any(words: list[str]) -> str:
    return "|".join(_spaced(word) for word in sorted(words, key=len, reverse=True))


_STAR, _WEAK = (f"[{re.escape(_WORDS[name])}]" for name in ("stars", "weak"))
_LEVEL_WORDS = ["绝密", "机密", "秘密"]
_LEVEL = f"(?P<level>{_any(_LEVEL_WORDS)})(?:{_GAP}级)?"
_COUNT = rf"(?:\d{{1,3}}|(?:[〇零一二三四五六七八九十百两]{_GAP}){{1,4}})"
_PERIOD = (
    rf"(?:{_COUNT}{_GAP}(?:年|个{_GAP}月|月|天|日)|长{_GAP}期|永{_GAP}久"
    rf"|[至到]?{_GAP}\d{{4}}{_GAP}年(?:{_GAP}\d{{1,2}}{_GAP}月(?:{_GAP}\d{{1,2}}{_GAP}日)?)?{_GAP}[前止]?"
    r"|(?:解密|公开|公布|启用|发布)之?前)"
)
# Not on into a word: 机密★10年来.
_ENDS = r"(?=[^\u4e00-\u9fff]|\Z)"
_ASIDE = r"[^\w\n]{0,20}"
_HEADED = (
    rf"{_any(_WORDS['beside'])}|份{_GAP}号{_GAP}:?{_GAP}\d{{1,7}}|(?:[№#]|No\.?){_GAP}\d{{1,7}}|0\d{{1,6}}|\d{{6}}"
    r"|[\u4e00-\u9fff]{1,12}[\[(〔【]\d{4}[\])〕】]\d{1,5}号?|签发人:?\s{0,2}[\u4e00-\u9fff]{2,4}|等级:?"
    rf"|第\d{{1,7}}[号份]|(?:共|印数?|共印|印发|印制){_GAP}:?{_GAP}\d{{1,5}}份|编号{_GAP}:?{_GAP}\d{{1,7}}|{_any(_WORDS['kept'])}"
)
"""页首的别的标志 — urgency, number of the copy or the paper, who signed: what a level stands beside."""
_BESIDE = rf"(?:{_HEADED}|\d{{1,7}})"
_URGENCY = re.compile(_HEADED)
_STARRED = re.compile(
    rf"(?P<quote>[\"'])?{_LEVEL}{_GAP}(?:{_BESIDE}{_GAP})?(?:{_STAR}{_GAP}(?:(?P<period>{_PERIOD})|(?P<ends>{_ENDS}))?|{_WEAK}{_GAP}(?P<weak>{_PERIOD}))"
)
# What goes on with 的 or with another level speaks of levels; boxes are a form from which one is chosen.
_LABELLED = re.compile(
    rf"(?:{_any(_WORDS['labels'])})(?:标[志识注])?{_GAP}(?:(?P<verb>[为是])|[:|\]】)]{{0,2}}){_GAP}(?:[(\[【〔☑✓√■☒|\"'_]|{_STAR})?{_GAP}{_LEVEL}"
    rf"(?!{_GAP}(?:级?的|[和或与、,/|□☐○◯]|[绝机秘]{_GAP}密))(?:{_GAP}(?:{_STAR}|{_WEAK})?{_GAP}{_PERIOD})?"
)
# A form in which one box is ticked, before its word or behind it: 密级：□绝密 ☑机密, 密级：绝密□ 机密√.
_TICK, _BOX, _BETWEEN = "[☑✓√■☒●]", "[□☐○◯]", r"[ \t\n,、/|]{0,4}"
_OF_LEVELS = rf"(?:{_any(_WORDS['labels'])}){_GAP}[:|]?{_GAP}"
_TICKED = re.compile(
    rf"{_OF_LEVELS}(?:{_BOX}{_GAP}[\u4e00-\u9fff]{{1,6}}{_BETWEEN}){{0,5}}{_TICK}{_GAP}{_LEVEL}"
    rf"|{_OF_LEVELS}(?:[\u4e00-\u9fff]{{1,6}}{_GAP}{_BOX}{_BETWEEN}){{0,5}}(?:{_any(_LEVEL_WORDS)}){_GAP}级?{_GAP}{_TICK}"
)
_HEAD = re.compile(rf"(?:文件|信息|保密)?(?:{_any(_WORDS['labels'])})(?:标[志识注])?")
_LEVEL_ALONE = re.compile(rf"{_LEVEL}(?:{_GAP}(?:{_STAR}|{_WEAK})?{_GAP}{_PERIOD})?")
_ALONE = re.compile(rf"(?m)^{_ASIDE}(?P<all>{_LEVEL}[^\w\n]{{0,6}}(?P<period>{_PERIOD})?){_ASIDE}$")
# The line of the marks of a first page: 000012 机密 特急, 示政电〔2026〕3号 秘密.
_URGENT = re.compile(
    rf"(?m)^{_ASIDE}(?:{_BESIDE}{_ASIDE}){{0,3}}(?P<all>{_LEVEL}件?)(?:{_ASIDE}{_BESIDE}){{0,3}}{_ASIDE}$"
)
_TIMED = re.compile(rf"{_LEVEL}[^\w\n]{{0,4}}(?:保密期限:?)?[^\w\n]{{0,4}}{_PERIOD}{_ENDS}")
# In a title, a first line, a file's name: 【机密】某方案, 某方案（内部资料）, 机密-某方案.
_OPENS, _CLOSES = "[(\\[【〔<《]", "[)\\]】〕>》]"
_WITHIN = rf"{_OPENS}{_GAP}(?:{_any(_LEVEL_WORDS)}|{_any(_WORDS['inside'])}|内部){_GAP}(?:级|件)?{_GAP}{_CLOSES}"
_BRACKETED = re.compile(
    rf"(?m)^{_ASIDE}(?P<start>{_WITHIN})|(?P<end>{_WITHIN}){_ASIDE}$|^{_ASIDE}(?P<dash>(?:{_any(_LEVEL_WORDS)}){_GAP}[-—_:])"
)
_PAPERS = _any(_WORDS["papers"])
# A level, or a paper of one, that no letter and no quote touches: 会议材料 秘密, 机密资料, 涉密件.
_PARTED = re.compile(
    rf"(?<![^\W\d_])(?<![\"'])(?:{_any([*_LEVEL_WORDS, '涉密'])}){_GAP}级?{_GAP}(?:{_PAPERS})?(?![^\W\d_])(?![\"'])"
)
_SENTENCE = re.compile(rf"[。;?!]|[非不]涉密|[与和及、]{_GAP}\Z|{_any(_WORDS['spoken'])}")
_GOES_ON = re.compile(rf"[^\w\n]*(?:[是的指分和与及等属为]|{_any(_WORDS['spoken'])})")
_TWO_LETTERS = re.compile(r"[^\W\d_]{2}")
_LONGEST_LINE = 36
_CLOSED = "(?:依申请公开|免予公开|不予公开|不公开|不宜公开|不对外公开)"
# What a document says of its own openness at its foot (公文格式).
_FOOT = (
    re.compile(r"(?P<all>[此本]件依申请公开)"),
    re.compile(rf"(?m)^[ \t]*(?P<all>[(\[【〔]{_GAP}{_CLOSED}{_GAP}[)\]】〕])[ \t]*$"),
    re.compile(
        rf"(?m)(?P<all>公开(?<![^\s,(息]公开)(?:方式|属性|类别|类型|形式|选项|性质|范围|与否){_GAP}[:|]{_GAP}[☑✓√■]?{_CLOSED})"
        r"(?=[ \t]*[^\w\n、,/和及]{0,3}$)"
    ),
    re.compile(
        rf"(?m)^[^\w\n]{{0,4}}(?P<all>(?:(?:是否|能否|可否|宜否)(?:主动|对外|宜|可以)?|主动|对外)公开{_GAP}[:|]{_GAP}[否不])[^\w\n]{{0,4}}$"
    ),
)
_MENTIONS = (
    re.compile(r"[本此该](?:文件?|件|材料|资料|方案|报告)[^。\n非不未无]{0,3}涉密(?=[^\w]|\Z)"),
    re.compile(rf"(?:{_any(_WORDS['labels'])}){_GAP}[:|]{_GAP}内部"),
    re.compile(rf"(?:{_any(_WORDS['inside'])})[^\w\n]{{0,4}}\n?[^\w\n]{{0,4}}(?:{_any(_WORDS['kept'])})"),
    re.compile(rf"(?m)^{_ASIDE}(?P<all>{_any(_WORDS['alone'])}){_ASIDE}(?:第?\d{{1,6}}号?{_ASIDE})?$"),
    re.compile(_any(_WORDS["said"])),
    re.compile(rf"保密期限{_GAP}:{_GAP}{_PERIOD}"),
    re.compile(rf"(?:核心|普通){_GAP}商{_GAP}密{_GAP}(?:{_STAR}|{_WEAK})"),
    re.compile(
        r"[本此该](?:文件?|件|通知|材料|资料|方案|报告|函|纪要|批复|请示)[^。\n非不]{0,8}(?:属于?|[为系是]|列为|定为|确定为)"
        r"[^。\n非不]{0,4}(?:绝密|机密|国家秘密|秘密|涉密)级?(?:国家秘密|文件|事项|资料|材料|件)?(?=[^\w的]|\Z)"
    ),
)
# Every mark above has one of these signs; a text without them is not folded.
_CANDIDATE = re.compile(
    "[密內内保阅閱用會会仅僅上外件\u2e80-\u2fdf\uf900-\ufaff]|[否请請不予宜]公[开開]|公[开開][方属屬類类形选選性范範]|[是能可宜]否|公[开開].{0,3}:?：?[否不]"
)
_NO_LEVEL = re.compile(f"(?:{_any(_WORDS['not_levels'])}){_GAP}$")
_EXPLAINED = re.compile("|".join(_WORDS["explained"]))
_EXPLAINED_AFTER = re.compile(r"[^。\n\w]{0,3}(?:字样|标志|标识|形式|样式|格式|[的等])")
_REACH = 24
_LEVELS = 3


class _Mark(NamedTuple):
    start: int
    end: int
    stamped: bool
    said: str = "mentioned"


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
    said = _DATA["stamped" if stamped else name]
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
    for match in _TIMED.finditer(text):
        if not _NO_LEVEL.search(text, max(0, match.start() - _REACH), match.start()):
            yield _Mark(*match.span(), False)
    for pattern in _FOOT:
        for match in pattern.finditer(text):
            yield _Mark(*match.span("all"), False, FOOT)
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
