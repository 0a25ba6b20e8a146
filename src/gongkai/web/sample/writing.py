"""示范县的信息 — drafts of every kind of column, their words from the data, their numbers from chance."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from typing import Any

from gongkai.law.scope import Genre, Ground, Openness
from gongkai.web.bodies.models import Level
from gongkai.web.holdings.draft import Draft
from gongkai.web.holdings.models import ColumnKind
from gongkai.web.sample.people import Home
from gongkai.web.sample.words import data

_BY_KIND = {ColumnKind.NEWS: "news", ColumnKind.DATA: "data", ColumnKind.POLICY: "policy"}
_TRIAL_YEARS, _USUAL_YEARS = 2, 5
_PLACES = tuple(row["short"] for row in data("bodies")["body"] if row["level"] == Level.TOWNSHIP)


@dataclass(frozen=True, slots=True)
class Written:
    """一件拟稿 — whose it is, and the draft. `work`: what its attachments are named after."""

    home: Home
    draft: Draft
    work: str


def regulation(home: Home, subject: str, form: str, number: int, on: date, chance: random.Random) -> Written:
    """规范性文件 — with chapters and articles, a number, a term (条例 第二十条第（一）项)."""
    words = data("words")["regulation"]
    years = _TRIAL_YEARS if "试行" in form else _USUAL_YEARS
    effective = on + timedelta(days=30)
    fields = {
        "subject": subject,
        "form": form,
        "short": "细则" if "细则" in form else "规定" if "规定" in form else "办法",
        "count": str(chance.randint(20, 90)),
        "days": str(chance.choice((5, 10, 15, 20))),
        "effective": _said(effective),
        "term": "两年" if years == _TRIAL_YEARS else "五年",
    }
    html = [
        f"<p>{words['addressed']}</p>",
        f"<p>{words['opening'].format(**fields)}</p>",
        f'<p class="right">{home.body.name}</p><p class="right">{_said(on)}</p>',
        f"<p>{words['annotation']}</p><h2>示范县{subject}{form}</h2>",
    ]
    article = 0
    for heading, articles in words["chapters"]:
        html.append(f"<h3>{heading}</h3>")
        for text in articles:
            article += 1
            html.append(f"<p>第{_NUMERALS[article]}条　{text.format(**fields)}</p>")
    draft = Draft(
        title=f"{home.body.name}关于印发示范县{subject}{form}的通知",
        column="regulations",
        formed_on=on,
        body_html="".join(html),
        keywords=subject,
        source=home.body.name,
        annotation=words["annotation"],
        topic=chance.choice(home.works)[2] if chance.random() < 0.3 else chance.choice(_topics()),
        audience="社会公众",
        document_number=f"{home.body.number_prefix}〔{on.year}〕{number}号",
        is_normative=True,
        effective_on=effective,
        expires_on=effective.replace(year=effective.year + years) - timedelta(days=1),
        office=home.office.pk,
    )
    return Written(home, draft, subject)


def interpretation(home: Home, subject: str, form: str, place: int, on: date, chance: random.Random) -> Written:
    """解读 — of a normative document; which, its relation says (条例 第二十条)."""
    words = data("words")["interpretation"]
    fields = {"subject": subject, "form": form, "days": str(chance.choice((5, 10, 15)))}
    html = "".join(f"<h3>{head}</h3><p>{text.format(**fields)}</p>" for head, text in words["paragraphs"])
    title = words["titles"][place % len(words["titles"])].format(**fields)
    return Written(home, _draft(home, title, "interpretations", on, html, Genre.INTERPRETATION, chance), subject)


def ordinary(home: Home, kinds: dict[str, ColumnKind], on: date, chance: random.Random, number: int = 0) -> Written:
    """日常信息 — of one of the works of a body, as its column asks (条例 第二十条、第二十一条).

    `number`: of the document, where it is one that has a number.
    """
    work, column, topic = chance.choice(home.works)
    roll = chance.random()
    if roll < 0.12:
        column = "news"
    elif roll < 0.2:
        column = "policies"
    elif roll < 0.3:
        column = "notices"
    pattern = chance.choice(data("words")[_BY_KIND.get(kinds[column], "notice")])
    fields = _fields(home, work, on, chance)
    paragraphs = [f"<p>{text.format(**fields)}</p>" for text in pattern["paragraphs"]]
    html = "".join([*paragraphs, _table(pattern.get("table", ()), chance), _signed(home, on)])
    genre = Genre(pattern.get("genre", "news"))
    draft = _draft(home, pattern["title"].format(**fields), column, on, html, genre, chance, topic=topic)
    if kinds[column] is ColumnKind.POLICY and number:
        draft = draft.with_changes(document_number=f"{home.body.number_prefix}〔{on.year}〕{number}号")
    return Written(home, draft, work)


def fixed(homes: list[Home], start: date, chance: random.Random) -> Iterator[Written]:
    """固定内容 — 指南, 制度, 机构职能, 年报 (条例 第十二条、第四十九条)."""
    words, county = data("words")["static"], homes[0]
    guide = f"<p>{words['guide']}</p>"
    yield Written(county, _draft(county, "示范县政府信息公开指南", "guide", start, guide, Genre.OTHER, chance), "指南")
    for place, title in enumerate(words["systems"]):
        on = start + timedelta(days=30 * place)
        draft = _draft(county, f"示范县{title}", "systems", on, f"<p>{title}。</p>", Genre.NOTICE, chance)
        yield Written(county, draft, title)
    for home in homes:
        html = f"<p>{words['functions'].format(body=home.body.name)}</p>"
        title = f"{home.body.name}机构职能"
        yield Written(home, _draft(home, title, "functions", start, html, Genre.OTHER, chance), "机构职能")


def report(home: Home, year: int, on: date, chance: random.Random) -> Written:
    """年报 — that of a body for a year (条例 第四十九条)."""
    title = f"{home.body.name}{year}年政府信息公开工作年度报告"
    html = "".join(f"<h3>{head}</h3><p>{year}年，{home.body.name}{text}</p>" for head, text in _REPORT)
    return Written(home, _draft(home, title, "annual-reports", on, html, Genre.REPORT, chance), "年报")


def closed(written: Written) -> Written:
    """不主动公开的 — the same item, with its ground (条例 第十六条)."""
    kept = written.draft.with_changes(
        openness=Openness.CLOSED, ground=Ground.INTERNAL_AFFAIRS, ground_note=data("words")["opinions"]["held"]
    )
    return Written(written.home, kept, written.work)


def _draft(
    home: Home, title: str, column: str, on: date, html: str, genre: Genre, chance: random.Random, topic: str = ""
) -> Draft:
    return Draft(
        title=title,
        column=column,
        formed_on=on,
        body_html=html,
        source=home.body.name,
        genre=genre,
        topic=topic or chance.choice(home.works)[2],
        audience="社会公众",
        office=home.office.pk,
    )


def _fields(home: Home, work: str, on: date, chance: random.Random) -> dict[str, Any]:
    return {
        "body": home.body.short_name,
        "work": work,
        "year": on.year,
        "month": on.month,
        "quarter": (on.month + 2) // 3,
        "count": chance.randint(3, 180),
        "days": chance.randint(5, 30),
    }


def _table(heads: tuple[str, ...], chance: random.Random) -> str:
    if not heads:
        return ""
    rows = "".join(
        f"<tr><td>{escape(place)}</td><td>{(done := chance.randint(3, 90))}</td><td>{done}</td></tr>"
        for place in _PLACES
    )
    return (
        f"<table><thead><tr>{''.join(f'<th>{head}</th>' for head in heads)}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _signed(home: Home, on: date) -> str:
    return f'<p class="right">{home.body.name}</p><p class="right">{_said(on)}</p>'


def _said(on: date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"


def _topics() -> list[str]:
    return [topic for row in data("bodies")["body"] for _, _, topic in row["works"]]


_NUMERALS = " 一二三四五六七八九十"
_REPORT = tuple((head, text) for head, text in data("words")["report"])
