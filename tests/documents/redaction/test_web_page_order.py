"""样式排的字 — a page that styles may order otherwise is not clean; one merely dressed is (条例 第十七条)."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from gongkai.documents.redaction import Inspection, inspect, masked
from tests.text import persons

NUMBER = persons.identity(random.Random("style"))
HEAD, BODY, TAIL = NUMBER[:6], NUMBER[6:14], NUMBER[14:]
MIXED = (BODY, HEAD, TAIL)


def page(inner: str, css: str = "") -> bytes:
    style = f"<style>{css}</style>" if css else ""
    return f"<!doctype html><meta charset=utf-8><title>公示</title>{style}<body>{inner}".encode()


def looked(data: bytes) -> Inspection:
    return inspect("公示.html", data, pictures=False)


def spans(*styles: str) -> str:
    return "".join(f"<span style='{style}'>{text}</span>" for style, text in zip(styles, MIXED, strict=True))


def digits(css: str) -> str:
    order = list(range(len(NUMBER)))
    random.Random(4).shuffle(order)
    return "".join(f"<i style='{css.format(at=at, px=9 * at)}'>{NUMBER[at]}</i>" for at in order)


ORDERED = {
    "order": page(f"<p style='display:flex'>{spans('order:2', 'order:1', 'order:3')}</p>"),
    "order by class": page(
        "".join(f"<b class=c{at}>{text}</b>" for at, text in zip((2, 1, 3), MIXED, strict=True)),
        "body{display:flex}.c1{order:1}.c2{order:2}.c3{order:3}",
    ),
    "order in a query": page(
        f"<p>{''.join(f'<b class=c{at}>{t}</b>' for at, t in zip((2, 1, 3), MIXED, strict=True))}",
        "@media (min-width:1px){p{display:flex}.c1{order:-1}}",
    ),
    "places": page(digits("position:absolute;left:{px}px;top:20px")),
    "places by the inset": page(digits("position:fixed;inset:0 auto auto {px}px")),
    "moved from where it stands": page(digits("position:relative;left:{px}px")),
    "transform": page(digits("display:inline-block;transform:translateX({px}px)")),
    "translate": page(digits("display:inline-block;translate:{px}px")),
    "vendor": page(digits("display:inline-block;-webkit-transform:translateX({px}px)")),
    "unknown property": page(digits("reading-place:{px}px")),
    "grid": page(f"<p style='display:grid'>{spans('grid-column:2', 'grid-column:1', 'grid-column:3')}</p>"),
    "grid areas": page(f"<p style='display:grid'>{spans('grid-area:b', 'grid-area:a', 'grid-area:c')}</p>"),
    "margins": page(f"<p>{spans('margin-left:90px', 'margin-left:-150px', 'margin-left:90px')}</p>"),
    "float left after a text": page(f"<p>{BODY}{TAIL}<b style='float:left'>{HEAD}</b></p>"),
    "upright writing": page(digits(""), "body{writing-mode:vertical-rl}"),
    "written before and after": page(f"<p>{BODY}</p>", f"p:before{{content:'{HEAD}'}}p:after{{content:'{TAIL}'}}"),
    "escaped": page(f"<p>{BODY}</p>", f"p:before{{c\\6fntent:'{HEAD}'}}p:after{{content:'{TAIL}'}}"),
    "attributes": page("".join(f"<b d={text}></b>" for text in (HEAD, BODY, TAIL)), "b:before{content:attr(d)}"),
    "counters": page("<p>甲</p>", f"p{{counter-reset:a {HEAD} b {BODY}}}p:before{{content:counter(a) counter(b)}}"),
    "marks of a list": page("<ul><li>甲</ul>", f"ul{{list-style-type:'{HEAD}'}}li:after{{content:'{BODY}'}}"),
    "signs of its own": page(
        "<p>甲乙丙丁</p>", "@font-face{font-family:z;src:url(data:font/woff;base64,AAAA)}p{font-family:z}"
    ),
    "rows of a table": page(
        "<table><tr style='display:table-footer-group'><td>0013<tr style='display:table-header-group'>"
        "<td>138<tr><td>8000</table><p>1380013"
    ),
    "foot before the rows": page(
        f"<table><tfoot><tr><td>{TAIL}</tfoot><tbody><tr><td>{HEAD}<tr><td>{BODY}</tbody></table>"
    ),
    "head below the rows": page(f"<table><tbody><tr><td>{BODY}{TAIL}</tbody><thead><tr><td>{HEAD}</thead></table>"),
    "caption below": page(f"<table><caption style='caption-side:bottom'>{BODY}{TAIL}</caption><tr><td>{HEAD}</table>"),
    "rule in a rule": page(
        f"<p class=x><b class=o>{BODY}{TAIL}</b><b>{HEAD}</b></p>", ".x{display:flex;& .o{order:2}}"
    ),
    "one attribute": page(f"<p title={HEAD}>{BODY}{TAIL}</p>", "p::before{content:attr(title)}"),
    "counters one by one": page(
        "".join(f"<b style='counter-reset:a {sign}'></b>" for sign in NUMBER[:17]), "b:before{content:counter(a)}"
    ),
    "counters of lists in lists": page(
        "<ol style='counter-reset:i 1379'><li>0138000</ol>", "li:before{content:counters(i,'.');counter-increment:i}"
    ),
    "a counter for each digit": page(
        "".join(f"<i class=n{digit}></i>" for digit in "13800138000"),
        "".join(f".n{digit}{{counter-reset:a {digit}}}" for digit in range(10)) + "i:before{content:counter(a)}",
    ),
    "a store of digits": page(
        "<svg><defs>"
        + "".join(f"<text id=d{digit}>{digit}</text>" for digit in range(10))
        + "</defs>"
        + "".join(f"<use href='#d{sign}' x={9 * at} y=20 />" for at, sign in enumerate(NUMBER[:17]))
        + "</svg>"
    ),
    "stays at the left": page(f"<p><b style='position:sticky;left:200px'>{BODY}{TAIL}</b><b>{HEAD}</b></p>"),
    "picture beside": page(f"{BODY}{TAIL}<table align=left><tr><td>{HEAD}</table>"),
    "line upon line": page(
        f"<div style='line-height:0'><p style='padding-left:200px'>{BODY}{TAIL}</p><p>{HEAD}</p></div>"
    ),
    "no height": page(f"<div style='height:0;padding-left:200px'>{BODY}{TAIL}</div><div>{HEAD}</div>"),
}
READ = {
    "table from the right": page(f"<table dir=rtl><tr><td>{TAIL}<td>{BODY}<td>{HEAD}</table>"),
    "table from the right by style": page(f"<table><tr><td>{TAIL}<td>{BODY}<td>{HEAD}</table>", "table{direction:rtl}"),
    "words from the right": page(f"<p dir=rtl>{TAIL} {BODY} {HEAD}</p>"),
    "below small signs": page("<ruby>" + "".join(f"{sign}<rt>甲</rt>" for sign in NUMBER) + "</ruby>"),
    "small signs": page("<ruby>" + "".join(f"甲<rt>{sign}</rt>" for sign in NUMBER) + "</ruby>"),
    "drawing": page(
        "<svg>" + "".join(f"<text x={9 * at} y=9>{NUMBER[at]}</text>" for at in reversed(range(18))) + "</svg>"
    ),
    "drawing, one under the other": page(
        "<svg>" + "".join(f"<text x=9 y={9 * at}>{NUMBER[at]}</text>" for at in reversed(range(18))) + "</svg>"
    ),
    "drawing, sign by sign": page(
        f"<svg><text y=9 x='{' '.join(str(9 * at) for at in range(17, -1, -1))}'>{NUMBER[::-1]}</text></svg>"
    ),
    "pictures": page("".join(f"<img src=a.gif alt={text}>" for text in (HEAD, BODY, TAIL))),
}
HONEST = {
    "dates at the right": page(
        "<ul>"
        + "".join(
            f"<li><a href=#>第{at}号通知</a><span style='float:right'>2023-05-{at:02}</span></li>"
            for at in range(10, 30)
        )
        + "</ul>"
    ),
    "pages to turn": page(
        "<ul>" + "".join(f"<li style='float:left'><a href=#>{at}</a></li>" for at in range(1, 20)) + "</ul>"
    ),
    "columns": page(
        "<div style='float:left;width:30%'><p>电话：0516-83800000</p></div><div style='float:right'>"
        "<table><tr><td>1200<td>3400<td>5600</table></div>",
        "*{margin:0;padding:0}",
    ),
    "a head that stays": page(
        "<div style='position:fixed;top:0'><p>索引号：01432100-0-2023-00012</p></div><p>正文</p>"
    ),
    "a menu that unfolds": page(
        "<ul><li style='position:relative'>公开<ul style='position:absolute;top:30px'>"
        "<li>2021<li>2022<li>2023</ul></ul>"
    ),
    "a table of figures": page(
        "<table style='margin:0 auto;border-collapse:collapse'><tr><td style='text-align:right'>"
        "12000<td>34500<td>67800</table>",
        "td{padding:2px;font:12px/1.5 SimSun}",
    ),
    "hanging": page("<p style='margin-left:-2em;text-indent:-2em'>1. 根据 2023 年 5 月 1 日的决定，共 12345 元。</p>"),
    "icons": page(
        "<i class=icon></i><p>1 2 3</p>",
        "@font-face{font-family:icons;src:url(a.woff)}.icon{font-family:icons}.icon:before{content:'\\e001'}",
    ),
    "a chart": page(
        "<svg>"
        + "".join(
            f"<text x={50 * at} y=99>{2013 + at}</text><text x=0 y={20 * at}>{100 * at}</text>" for at in range(9)
        )
        + "</svg>"
    ),
    "numbered heads": page(
        "<h2>总体情况</h2>", "body{counter-reset:h}h2{counter-increment:h}h2:before{content:counter(h)'.'}"
    ),
    "heads numbered in two steps": page(
        "<h1>总则</h1><h2>目的</h2>",
        "body{counter-reset:h 0 k}h1{counter-reset:k;counter-increment:h 1}h2:before{content:counter(h)'.'counter(k)}",
    ),
    "labels of a narrow table": page(
        "<table><tr><td data-l=数量>12<td data-l=金额>34</table>", "td:before{content:attr(data-l)}"
    ),
    "from the right": page("<div dir=rtl><table><tr><td>12000<td>34500<td>67800</table></div>"),
    "office words": page(
        "<p class=MsoNormal style='mso-pagination:widow-orphan;text-justify:inter-ideograph;"
        "mso-char-indent-count:2.0;text-indent:28pt'><span lang=EN-US style='mso-bidi-font-size:9pt'>"
        "2023</span>年收到申请<span lang=EN-US>12345678</span>件</p>"
    ),
}


@pytest.mark.parametrize("way", ORDERED)
def test_pieces_that_styles_may_order_are_told_as_not_read(way: str) -> None:
    assert looked(ORDERED[way]).unread


@pytest.mark.parametrize("way", ORDERED)
def test_a_copy_of_such_a_page_has_no_styles_and_shows_no_number(way: str) -> None:
    copy = masked("公示.html", ORDERED[way], pictures=False)
    assert not looked(copy).is_blocked
    assert NUMBER.encode() not in copy


@pytest.mark.parametrize("way", READ)
def test_an_order_that_is_known_is_read(way: str) -> None:
    found = looked(READ[way])
    assert not found.unread
    assert [hit.hit.kind for hit in found.hits if hit.hit.severity == "block"]
    copy = masked("公示.html", READ[way], pictures=False)
    assert not looked(copy).is_blocked
    assert NUMBER.encode() not in copy


@pytest.mark.parametrize("way", HONEST)
def test_pages_that_are_merely_dressed_are_clean(way: str) -> None:
    found = looked(HONEST[way])
    assert not found.unread
    assert not found.is_blocked


def test_signs_above_a_number_beside_another_leave_both_to_be_masked() -> None:
    above = "<ruby>138<rt>张</rt>0013<rt>三</rt>8000<rt>手</rt></ruby>"
    signs = "<mo>&#8290;</mo>"
    formula = f"<math><mn>138</mn>{signs}<mn>0013</mn>{signs}<mn>8000</mn></math>"
    for data in (page(formula + above), page(above + formula), page(f"<p>13900139000{above}")):
        assert looked(data).is_blocked
        assert not looked(masked("公示.html", data)).is_blocked


@pytest.mark.parametrize(
    "terms",
    [
        "<dt>身份证前段</dt><dd>{0}</dd><dt>后段</dt><dd>{1}</dd>",
        "<div><dt>前段<dd>{0}</div><div><dt>后段<dd>{1}</div>",
        "<dt>证件<dd>{0}<dd>{1}",
    ],
)
def test_a_number_over_terms_is_read_on(terms: str) -> None:
    data = page(f"<dl>{terms.format(NUMBER[:9], NUMBER[9:])}</dl>")
    assert looked(data).is_blocked
    copy = masked("公示.html", data)
    assert not looked(copy).is_blocked
    assert NUMBER[9:14].encode() not in copy


def test_figures_of_terms_are_figures() -> None:
    data = page("<dl><dt>新收<dd>138<dt>结转<dd>1013<dt>办结<dd>8000<dt>金额<dd>1380013<dt>人次<dd>8000</dl>")
    assert not looked(data).is_blocked


BESIDE = {
    "floats": ("", "float:left"),
    "a flexible box": ("display:flex", ""),
    "a grid": ("display:grid;grid-template-columns:1fr 1fr 1fr", ""),
    "boxes in a line": ("", "display:inline-block"),
    "columns": ("columns:3", ""),
    "a sheet that lies elsewhere": ("", ""),
}
MOVED = {
    "order": ("display:flex", ("order:3", "order:2", "order:1")),
    "a row from its end": ("display:flex;flex-direction:row-reverse", ("", "", "")),
    "the places of a grid": ("display:grid", ("grid-column:3", "grid-column:2", "grid-column:1")),
    "floats to the right": ("", ("float:right",) * 3),
    "a direction": ("display:flex;direction:rtl", ("", "", "")),
    "half a turn": ("transform:rotate(180deg)", ("", "", "")),
    "margins": ("", tuple(f"float:left;margin-left:{by}px" for by in (200, -300, -300))),
}
PARTS = [("138", "0013", "8000"), ("电话：138", "0013", "8000 张三"), ("110101", "19900307", "8515")]


def in_boxes(parts: Sequence[str], around: str, each: Sequence[str]) -> bytes:
    boxes = "".join(f"<div style='{style}'>{part}</div>" for style, part in zip(each, parts, strict=True))
    return page(f"<p>张三</p><div style='{around}'>{boxes}</div>")


@pytest.mark.parametrize("parts", PARTS)
@pytest.mark.parametrize("way", BESIDE)
def test_boxes_that_may_stand_side_by_side_are_read_as_a_row(way: str, parts: Sequence[str]) -> None:
    around, each = BESIDE[way]
    data = in_boxes(parts, around, [each] * 3)
    assert looked(data).is_blocked
    copy = masked("公示.html", data, pictures=False)
    assert not looked(copy).is_blocked
    assert parts[1].encode() not in copy


@pytest.mark.parametrize("parts", PARTS)
@pytest.mark.parametrize("way", MOVED)
def test_boxes_that_styles_put_in_another_order_are_told_as_not_read(way: str, parts: Sequence[str]) -> None:
    around, each = MOVED[way]
    assert looked(in_boxes(parts[::-1], around, each)).unread


@pytest.mark.parametrize("style", ["", "float:left", "display:inline-block"])
def test_boxes_of_figures_and_dates_are_no_number(style: str) -> None:
    each = ("第一季度 138", "2025", "8000 件", "更新于 2025-03-07", "0371", "浏览 138 次")
    found = looked(in_boxes(each, "display:flex", [style] * len(each)))
    assert not found.is_blocked
    assert not found.unread
