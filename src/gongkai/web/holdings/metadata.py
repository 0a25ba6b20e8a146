"""元数据核对 — what is missing or contradicts itself in a draft, field by field (条例 第十二条、第十三条)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from gongkai.law.scope import Ground, Openness
from gongkai.text.unseen import is_written
from gongkai.web.bodies.models import Body
from gongkai.web.holdings import circles, document_numbers, secrets
from gongkai.web.holdings.draft import Draft
from gongkai.web.holdings.models import Column, ColumnKind, Item
from gongkai.web.holdings.refusals import Problem
from gongkai.web.holdings.rich_text import plain

DOCUMENT_NUMBER = re.compile(r"[\u4e00-\u9fa5]{1,12}〔(?:19|20)\d{2}〕[1-9]\d*号")
"""发文字号 — 机关代字、六角括号里的年份、不编虚位的序号 (公文格式)."""
ANNOTATION = re.compile(r"[（(]\s*此件(主动公开|公开发布|公开|依申请公开|不公开发布|不予公开|不公开)\s*[）)]")
"""附注 — what a document says of its own openness (公文格式)."""
MEANT = {
    "主动公开": Openness.PROACTIVE,
    "公开发布": Openness.PROACTIVE,
    "公开": Openness.PROACTIVE,
    "依申请公开": Openness.ON_REQUEST,
    "不公开发布": Openness.CLOSED,
    "不予公开": Openness.CLOSED,
    "不公开": Openness.CLOSED,
}
NOTHING_WRITTEN = "标题、正文、附件都还空着。请先写上标题，或者有正文、附件中的一样，再保存"
LENGTHS = {
    "title": 200,
    "summary": 500,
    "keywords": 200,
    "source": 80,
    "annotation": 60,
    "ground_note": 300,
    "topic": 40,
    "audience": 40,
    "document_number": 40,
}
"""字数 — the most that a field may hold."""
MOST_BODY = 500_000
MOST_LINES, MOST_CELLS, MOST_MARKS = 10_000, 10_000, 5_000
"""A page with more is read by nobody on a phone, and takes seconds to look into."""
MANY_SIGNS = "正文有 {count} 字（含格式），最多 {most} 字，请把长的部分改作附件"
MANY_MARKS = "正文里加重和链接有 {count} 处，最多 {most} 处，请只在要紧的地方用"
MANY_LINES = "正文有 {count} 行，最多 {most} 行，请把长的部分改作附件"
MANY_CELLS = "正文里的表格有 {count} 格，最多 {most} 格，请把长表格改作附件（xlsx 最好）"
_MARK = re.compile(r"<(?:strong|em|su[bp]|a)[\s>]", re.IGNORECASE)
_CELL = re.compile(r"<t[dh][\s>]", re.IGNORECASE)
_LINE = re.compile(r"</(?:p|li|tr|h[1-6]|blockquote)>|<br", re.IGNORECASE)


def problems(
    draft: Draft, *, body: Body, item: Item | None, has_files: bool, today: date, decided: bool = False
) -> tuple[Problem, ...]:
    """全部问题 — of a draft that is to be reviewed or published; none: nothing stands against it (条例 第十二条).

    `decided`: its openness was decided in the secrecy review, so the note in the document decides nothing.
    """
    return (
        *lengths(draft),
        *_content(draft, has_files),
        *_place(draft),
        *_dates(draft, today),
        *_number(draft, body, item),
        *_openness(draft, item),
        *(() if decided and draft.openness is not Openness.PROACTIVE else _annotation(draft)),
        *_relations(draft, body, item),
    )


def lengths(draft: Draft) -> Iterator[Problem]:
    """太长的 — what could not even be kept."""
    for field, most in LENGTHS.items():
        if len(given := getattr(draft, field)) > most:
            yield Problem(field, "这一栏写了 {count} 字，最多 {most} 字，请删短一些", count=len(given), most=most)
    html = draft.body_html
    for template, most, count in (
        (MANY_SIGNS, MOST_BODY, len(html)),
        (MANY_CELLS, MOST_CELLS, len(_CELL.findall(html))),
        (MANY_LINES, MOST_LINES, len(_LINE.findall(html))),
        (MANY_MARKS, MOST_MARKS, len(_MARK.findall(html))),
    ):
        if count > most:
            yield Problem("body_html", template, count=count, most=most)
            return


def emptiness(draft: Draft) -> tuple[Problem, ...]:
    """什么也没写 — of a new draft without files: an index number is not given to an empty form (条例 第十二条)."""
    if secrets.is_secret(draft) or is_written(draft.title) or plain(draft.body_html).strip():
        return ()
    return (Problem("title", NOTHING_WRITTEN),)


def contradictions(draft: Draft, today: date) -> tuple[Problem, ...]:
    """自相矛盾的 — days in the wrong order, openness without its ground: wrong in a draft already (条例 第十三条)."""
    return (*_dates(draft, today), *_openness(draft, None))


def annotated(text: str) -> Openness | None:
    """附注说的公开属性 — of the last one that a text holds (公文格式); None where it says nothing."""
    found = ANNOTATION.findall(text)
    return MEANT[found[-1]] if found else None


def _content(draft: Draft, has_files: bool) -> Iterator[Problem]:
    if not secrets.is_secret(draft) and not is_written(draft.title):
        yield Problem("title", "还没有标题，请写上信息的名称（条例第十二条）")
    if not secrets.is_secret(draft) and not plain(draft.body_html).strip() and not has_files:
        yield Problem("body_html", "正文和附件至少要有一样")


def _place(draft: Draft) -> Iterator[Problem]:
    column = Column.objects.filter(slug=draft.column, is_active=True).first()
    if column is None:
        yield Problem("column", "还没有选栏目，请选它要公开在哪里")
    elif column.kind == ColumnKind.BRANCH:
        yield Problem("column", "“{column}”下面还分栏目，请选到最下一级", column=column.name)


def _dates(draft: Draft, today: date) -> Iterator[Problem]:
    if draft.formed_on > today:
        yield Problem("formed_on", "成文日期是 {day}，还没有到。请核对年份", day=draft.formed_on)
    if draft.effective_on and draft.effective_on < draft.formed_on:
        yield Problem("effective_on", "实施日期早于成文日期 {day}，请核对", day=draft.formed_on)
    if draft.expires_on and draft.expires_on < (draft.effective_on or draft.formed_on):
        yield Problem("expires_on", "有效期在实施以前就到了，请核对两个日期")


def _number(draft: Draft, body: Body, item: Item | None) -> Iterator[Problem]:
    number = draft.document_number
    if draft.is_normative and not number:
        yield Problem("document_number", "规范性文件要有发文字号")
    if not number:
        return
    if not DOCUMENT_NUMBER.fullmatch(number):
        yield Problem(
            "document_number", "发文字号要写成“示政〔2026〕8号”的样子：六角括号，不加“第”，序号前不补零（公文格式）"
        )
    yield from document_numbers.taken(body, number, item)


def _openness(draft: Draft, item: Item | None) -> Iterator[Problem]:
    if draft.openness is not Openness.PROACTIVE:
        if draft.ground is None:
            yield Problem("ground", "不主动公开的，要选一条法定理由（条例第十三条至第十六条）")
        elif draft.ground is Ground.PROHIBITED_BY_LAW and not draft.ground_note.strip():
            yield Problem("ground_note", "请写明是哪部法律、行政法规的哪一条禁止公开（条例第十四条）")
        elif secrets.is_secret(draft) and not draft.ground_note.strip():
            yield Problem("ground_note", secrets.NO_BASIS)
        if item and item.public_version_id:
            yield Problem("openness", "这一件正在公开。要改成不公开，请先撤下，说明理由")


def _annotation(draft: Draft) -> Iterator[Problem]:
    said = annotated(draft.annotation) or annotated(plain(draft.body_html))
    if said and said is not draft.openness:
        yield Problem(
            "openness",
            "附注写的是“{said}”，公开属性选的是“{chosen}”，两处要一致（条例第十三条）",
            said=said.label,
            chosen=draft.openness.label,
        )


def _relations(draft: Draft, body: Body, item: Item | None) -> Iterator[Problem]:
    for kind, number in draft.relations:
        if why := circles.against(draft, kind, number, body, item):
            yield Problem("relations", why[0], **why[1])
