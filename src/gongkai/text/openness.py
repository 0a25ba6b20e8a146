"""文件自称的公开属性 — what a document says of its own openness, at its foot, in its title or its name (条例 第十三条).

    云岫县人民政府办公室
    2026年3月2日                 （此件删减后公开）       □主动公开 ☑依申请公开
    依申请公开

Only the document itself is meant: 依申请公开指南, a column of a catalogue and the rows of a report speak of openness.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from gongkai.text.mark_words import GAP, PROHIBITED, WORDS, any_of

Span = tuple[int, int]
"""从哪里到哪里 — where it stands in a folded text."""
_OPENS, _CLOSES = r"[(\[【〔{<]", r"[)\]】〕}>]"
_PAPER = r"[此本](?:文件?|件|信息|材料|资料|方案|报告|通知|页)"
_TO = r"(?:宜|予|对外|对社会|向社会|在网上|在互联网上?|主动){0,3}"
CLOSED = rf"(?:依申请公开|免予公开|(?:暂时?)?不{_TO}公开)"
"""不主动公开的 — how a document says that it is not for everybody."""
_TICK, _BOX = "[☑✓√■☒]", "[□☐○◯]"
_CHOICE = rf"(?:主动公开|{CLOSED}|删减后公开|部分公开)"
_KINDS = "方式|属性|类别|类型|形式|选项|选择|性质|范围|与否"
_WHOLE = r"(?:[ \t]*[^\w\n、,/和及]{0,3}$)"
_IN_A_LINE = re.compile(r"(?:[此本]文?件|本文)(?:依申请公开|不予?公开)(?![\u4e00-\u9fff])")
_EDGE_OF_LINE = r"[ \t]*[^\w\n]{0,4}"
_AT_FOOT = (
    re.compile(rf"(?m)^[ \t]*(?P<all>{_OPENS}{GAP}{CLOSED}(?:发布)?{GAP}{_CLOSES})[ \t。.;]*$"),
    # Of a paper itself: with whatever beside, in brackets that are the whole line.
    re.compile(
        rf"(?m)^[ \t]*(?P<all>{_OPENS}?{_PAPER}(?:[^\n。]{{0,10}}[,;])?{GAP}"
        rf"(?:{CLOSED}(?:发布)?|(?:删减|删节|删除|处理|遮盖|隐去)[^\n。]{{0,6}}后公开|部分(?:内容)?公开"
        rf"|不得?(?:上网|发布?互联网|上互联网)|(?:仅|只)?限?(?:供|于)?内部(?:使用|掌握|参考|传阅|阅读|发行)"
        rf"|(?:只|仅|限)?发至(?![^\n]{{0,20}}(?<![不非])(?:公开|登报))[^\n。]{{2,12}})[^\w\n]{{0,4}})$"
    ),
    re.compile(
        rf"(?m)(?P<all>公开(?<![^\s,(息\[【〔:;。]公开)(?:{_KINDS}){GAP}[:|\]】〕]{{1,2}}{GAP}{_TICK}?(?:{CLOSED}|依申请(?!公开)))"
        rf"(?={_WHOLE})"
    ),
    re.compile(
        rf"(?m)^{_EDGE_OF_LINE}(?P<all>(?:信息)?公开(?:属性|选项|选择|类[别型]|性质|[方形]式)[ \t]{{1,6}}{CLOSED})"
        rf"(?={_WHOLE})"
    ),
    re.compile(
        rf"(?m)^{_EDGE_OF_LINE}(?P<all>公开(?:{_KINDS}){GAP}[:|]{GAP}内部(?:公开|使用|文件|资料|掌握)?)[^\w\n]{{0,4}}$"
    ),
    re.compile(
        rf"(?m)^{_EDGE_OF_LINE}(?P<all>公开范围{GAP}[:|]{GAP}(?:仅?限?)(?:内部|本单位|本机关|机关|系统)内?部?[^\n。]{{0,6}})$"
    ),
    re.compile(
        rf"(?m)^{_EDGE_OF_LINE}(?P<all>(?:(?:是否|能否|可否|宜否)(?:主动|对外|宜|可以)?|主动|对外)公开"
        rf"{GAP}[:|]{GAP}(?:否|不(?:能|可|宜|予|公开)*)"
        rf"|公开与否{GAP}[:|]{GAP}[否不]|是否(?:主动|对外)?公开[ \t]{{1,6}}否)[^\w\n]{{0,4}}$"
    ),
    # Of two boxes, 是 and 否, the second is ticked, before its word or behind it.
    re.compile(
        rf"(?m)^{_EDGE_OF_LINE}(?P<all>(?:是否)?(?:主动|对外|予以|可以)?公开[ \t]{{0,6}}[:|]?[ \t]{{0,6}}(?:"
        rf"{_BOX}[ \t]*是[ \t]*{_TICK}[ \t]*否|{_TICK}[ \t]*否[ \t]*{_BOX}[ \t]*是"
        rf"|是[ \t]*{_BOX}[ \t]*否[ \t]*{_TICK}|否[ \t]*{_TICK}[ \t]*是[ \t]*{_BOX}))[^\w\n]{{0,4}}$"
    ),
    # A form of choices in which another box than 主动公开 is ticked, before its word or behind it.
    re.compile(
        rf"(?m)^(?=[^\n]*{_BOX})(?=[^\n]*主动公开)[^\n]{{0,20}}?(?:{_BOX}{GAP}{_CHOICE}[^\w\n]{{0,6}}?){{1,4}}"
        rf"(?P<all>{_TICK}{GAP}(?:{CLOSED}|删减后公开|部分公开))"
    ),
    re.compile(
        rf"(?m)^(?=[^\n]*{_BOX})[^\n□☐○◯☑✓√■☒]{{0,12}}?(?:主动公开[:]?{GAP}{_BOX})[^\w\n]{{0,6}}"
        rf"(?:{_CHOICE}[:]?{GAP}{_BOX}[^\w\n]{{0,6}})*(?P<all>(?:{CLOSED}|删减后公开|部分公开)[:]?{GAP}{_TICK})"
    ),
)
_SIGNAL = re.compile(
    r"公开[ \t]*[是否]|[请予不宜会外]公开|公开[方属类形选性范与]|公开[ ]?[:|□☐○◯☑✓√■☒]|后公开"
    "|[此本](?:文|件|信息|材料|资料|方案|报告|通知|页)"
)
_NOT_ONLINE = r"不(?:得|宜|予|在)?(?:上网|发网上|网上发布|网上公开|上互联网)"
_BARE = re.compile(rf"(?m)^[ \t]*(?P<all>{CLOSED}|内部(?:公开)?|{_NOT_ONLINE}|{any_of(WORDS['inside'])})[ \t。]*$")
_ALONE = re.compile(
    rf"(?m)^[ \t]*(?P<all>(?P<ticked>{_TICK})[ \t]*(?:{CLOSED}|内部公开)"
    rf"|(?:政府)?信息公开[ \t]*:[ \t]*{_TICK}?(?:{CLOSED}|依申请|内部|否))[ \t。]*$"
)
"""In the first or the last line of a document these need no day above: ☑不予公开, 信息公开：依申请公开."""
_BOXED = re.compile(rf"[ \t]*(?:{_BOX}|{_TICK})")
_FIRST = re.compile(rf"\s*(?P<all>{CLOSED}|内部公开|{_NOT_ONLINE})[ \t。]*\n")
_PAPERS = re.compile(
    r"[^\n]{2,30}文件|[^\n]{0,12}[〔\[(【]\d{4}[〕\])】][ \t]*\d{1,5}[ \t]*号"
    r"|[^\n]{0,30}关于[^\n]{2,60}的(?:通知|意见|请示|报告|批复|函|决定|通报|公告|方案|纪要|复函)"
)
"""What a paper begins with: the organ and 文件, its number, its title; below them stands whom it addresses."""
_ADDRESSED = re.compile(
    r"[^\n。:]{0,60}(?:乡|镇|街道|街道办事处|政府|[局委办厅部院会]|单位|部门|机构|公司|企业|学校|中心|同志|代表|委员|办公室)[^\n。:\w]{0,4}:"
)
_HEAD_LINES = 6
_DAY = re.compile(
    r"\s*(?:\d{4}|[〇零一二三四五六七八九]{4})年[\d〇一二三四五六七八九十]{1,3}月[\d〇一二三四五六七八九十]{1,3}日\s*"
)
_ORGAN = re.compile(
    r".*(?:委员会|人民政府|政府|办公室|委|办|局|厅|部|会|院|署|站|所|中心|公司|学校|大队|支队|街道|镇|乡)\s*"
)
_BELOW = re.compile(r"\s*(?:抄送|分送|主送|印发|.{2,30}(?:\d日|日)印发|附件|校对|共印|[-\s·0-9]*$)")
_ABOVE = 3
_LONGEST_TITLE = 80
_EDGE = rf"(?:{CLOSED}|依申请(?!公开)|内部|非公开|密件?|涉密件?|{any_of(WORDS['inside'])}|{PROHIBITED})"
_OF_A_NAME = re.compile(
    rf"^[^\w\n]{{0,3}}{_OPENS}{GAP}(?P<start>{_EDGE}){GAP}{_CLOSES}|{_OPENS}{GAP}(?P<end>{_EDGE}){GAP}{_CLOSES}[^\w\n]{{0,3}}$"
)
_DASHED = re.compile(rf"^(?P<start>{_EDGE})[-_ ]+(?=.)|(?<=.)[-_ ]+(?P<end>{_EDGE})$")
_ITS_PAPER = re.compile(
    r"(?:方案|通知|意见|请示|报告|纪要|批复|函|预案|计划|总结|汇报|材料|名单|决定|简报|讲话|稿|安排|要点)[^\w]*$"
)
_SUBJECT = re.compile(any_of(WORDS["of_openness"]))


def at_foot(text: str) -> Iterator[Span]:
    """文末 — （此件不公开）, a form that is ticked, the bare words below the day (条例 第十三条). `text`: folded."""
    for match in _IN_A_LINE.finditer(text):
        yield match.span()
    for start, end in _lines(text):
        for pattern in _AT_FOOT:
            for match in pattern.finditer(text, start, end):
                yield match.span("all")
    for match in _BARE.finditer(text):
        if _is_last(text, match.end()) and _is_signed(text, match.start()):
            yield match.span("all")
    for match in _ALONE.finditer(text):
        if _is_own_choice(text, match):
            yield match.span("all")


def at_head(text: str) -> Iterator[Span]:
    """首行 — 依申请公开 alone above a paper and whom it addresses, not above a list (条例 第十三条). `text`: folded."""
    match = _FIRST.match(text)
    if not match:
        return
    lines = (line.strip() for line in text[match.end() : match.end() + 600].split("\n"))
    for line in [line for line in lines if line][:_HEAD_LINES]:
        if _ADDRESSED.fullmatch(line):
            yield match.span("all")
            return
        if not _PAPERS.fullmatch(line):
            return


def _lines(text: str) -> Iterator[Span]:
    """Short lines that may be meant, each with the one below."""
    last = -1
    for match in _SIGNAL.finditer(text):
        if match.start() < last:
            continue
        start, end = text.rfind("\n", 0, match.start()) + 1, text.find("\n", match.end())
        last = len(text) if end < 0 else end
        if last - start <= _LONGEST_TITLE:
            below = text.find("\n", last + 1)
            yield start, len(text) if below < 0 else below


def in_title(text: str) -> Iterator[Span]:
    """标题里 — 某方案（依申请公开）, 某方案-内部: at an edge of the first line (条例 第十三条). `text`: folded."""
    line = text.lstrip().partition("\n")[0].rstrip()
    if not line or len(line) > _LONGEST_TITLE:
        return
    begin = text.index(line)
    for pattern in (_OF_A_NAME, _DASHED):
        for match in pattern.finditer(line):
            start, end = match.span(match.lastgroup or 0)
            rest = line[:start] + " " + line[end:]
            if not _SUBJECT.search(rest) and (pattern is _OF_A_NAME or _ITS_PAPER.search(rest.strip(" -_"))):
                yield begin + start, begin + end


def _is_own_choice(text: str, match: re.Match[str]) -> bool:
    """In the first or the last line, or one of several lines with boxes of which one is 主动公开."""
    above, below = text[: match.start()].rstrip().rsplit("\n", 6), text[match.end() :].lstrip().split("\n", 6)
    beside = [*takewhile(_BOXED.match, reversed(above[-6:])), *takewhile(_BOXED.match, below[:6])]
    if beside and match["ticked"]:
        return any("主动公开" in line for line in beside)
    return not text[: match.start()].strip() or _is_last(text, match.end())


def _is_last(text: str, end: int) -> bool:
    """Nothing but the note of printing stands below."""
    rest = text[end : end + 400].strip()
    return not rest or all(_BELOW.match(line) for line in rest.split("\n")[:1])


def _is_signed(text: str, start: int) -> bool:
    """Above it stand an organ and the day of the document."""
    lines = [line for line in text[max(0, start - 300) : start].split("\n") if line.strip()][-_ABOVE - 1 :]
    days = [at for at, line in enumerate(lines) if _DAY.fullmatch(line)]
    return bool(days and days[-1] and _ORGAN.fullmatch(lines[days[-1] - 1]))
