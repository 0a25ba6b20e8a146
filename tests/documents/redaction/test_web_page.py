"""网页的副本 — made of what is seen: no number and no hidden word survives, no seen word is lost (条例 第十五条)."""

from __future__ import annotations

import base64
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from PIL import Image

from gongkai.documents.redaction import inspect, masked, public_copy
from tests.conftest import REPORTS, shared_file

IDENTITY = "110101199003078515"
HEAD, BODY, TAIL = IDENTITY[:6], IDENTITY[6:14], IDENTITY[14:]
ESCAPED = "".join(f"\\u00{ord(sign):x}" for sign in IDENTITY)
STYLED = "".join(f"\\{ord(sign):06x}" for sign in IDENTITY)
ITALIC = "".join(f"<i>{sign}</i>" for sign in IDENTITY[::-1])
WAYS = {
    "text": f"<p>{IDENTITY}</p>",
    "spans": f"<p>{HEAD}<b>{BODY}</b><i>{TAIL}</i></p>",
    "hidden span between": f"<p>{HEAD}<span style='display:none'>99</span>{BODY}<i hidden>7</i>{TAIL}</p>",
    "hidden class between": f"<style>.x{{font-size:0}}</style><p>{HEAD}<b class=x>99</b>{BODY}{TAIL}</p>",
    "half hidden": f"<p>{HEAD}<span style='color:#fff'>{BODY}</span>{TAIL}</p>",
    "perhaps hidden between": f"<style>@media (min-width:1px){{.x{{display:none}}}}</style>"
    f"<p>{HEAD}<b class=x>99</b>{BODY}{TAIL}</p>",
    "paragraphs": f"<p>{HEAD}</p><p>{BODY}{TAIL}</p>",
    "lines": f"<p>{HEAD}{BODY}<br>{TAIL}</p>",
    "hidden paragraph between": f"<p>{HEAD}</p><p hidden>甲</p><p>{BODY}{TAIL}</p>",
    "bdo": f"<bdo dir=rtl>{IDENTITY[::-1]}</bdo>",
    "bdo of spans": f"<bdo dir=rtl>{IDENTITY[:8:-1]}<b>{IDENTITY[8::-1]}</b></bdo>",
    "from the last piece to the first": f"<p style='flex-flow:row-reverse'>{ITALIC}</p>",
    "halves, the last first": f"<p>甲<i style='float:right'>{BODY}{TAIL}</i><i style='float:right'>{HEAD}</i>",
    "tables in cells": f"<table><tr>{''.join(f'<td><table><tr><td>{sign}</table>' for sign in IDENTITY)}</table>",
    "pictures of digits": "".join(f"<img src={sign}.gif alt={sign}>" for sign in "13800138000"),
    "override sign": f"<p>\u202e{IDENTITY[::-1]}\u202c</p>",
    "entities": f"<p>{''.join(f'&#{ord(sign)};' for sign in IDENTITY)}</p>",
    "unseen signs": f"<p>{chr(0x200B).join(IDENTITY)}</p>",
    "hidden": f"<div style='display:none'>{IDENTITY}</div>",
    "template": f"<template><p>{IDENTITY}</p></template>",
    "noscript": f"<noscript>{IDENTITY}</noscript>",
    "comment": f"<!-- {IDENTITY} --><p>甲</p>",
    "torn comment": f"<!--[if IE]><p>{HEAD}<b>{BODY}</b>{TAIL}</p><![endif]--><p>甲</p>",
    "comment before the page": f"<!-- {IDENTITY} --><!doctype html><html><body>甲</body></html>",
    "comment after the page": f"<html><body>甲</body></html><!-- {IDENTITY} -->",
    "instruction": f"<?x {IDENTITY}?><p>甲</p>",
    "script": f"<script>var a='{IDENTITY}'</script><p>甲</p>",
    "script of pieces": f"<script>var a='{HEAD}'+'{BODY}' + \"{TAIL}\"</script><p>甲</p>",
    "script escapes": f"<script>var a='{ESCAPED}'</script><p>甲</p>",
    "style": f"<style>p::after{{content:'{IDENTITY}'}}</style><p>甲</p>",
    "style of pieces": f"<style>p::after{{content:'{HEAD}' '{BODY}{TAIL}'}}</style><p>甲</p>",
    "style escapes": f"<style>p::after{{content:'{STYLED}'}}</style><p>甲</p>",
    "json": f'<script type=\'application/ld+json\'>{{"id":"{IDENTITY}"}}</script><p>甲</p>',
    "title": f"<title>{IDENTITY}</title><p>甲</p>",
    "tooltip": f"<p title='{IDENTITY}'>甲</p>",
    "own attribute": f"<p data-x='{IDENTITY}'>甲</p>",
    "torn attributes": f"<p data-x='{HEAD}' data-y='{BODY}{TAIL}'>甲</p>",
    "class": f"<p class='a{IDENTITY}'>甲</p>",
    "alt": f"<img src=a.png alt='{IDENTITY}'>",
    "address": f"<a href='https://www.gov.cn/{IDENTITY}'>甲</a>",
    "telephone": "<a href='tel:13800138000'>甲</a>",
    "input": f"<input value='{IDENTITY}'>",
    "hidden input": f"<input type=hidden value='{IDENTITY}'>",
    "textarea": f"<textarea>{IDENTITY}</textarea>",
    "option": f"<select><option value=1>甲<option>{IDENTITY}</select>",
    "option value": f"<select><option value={IDENTITY}>甲</select>",
    "meta": f"<meta name=keywords content='{IDENTITY}'><p>甲</p>",
    "frame": f"<iframe srcdoc='&lt;p&gt;{HEAD}&lt;b&gt;{BODY}{TAIL}&lt;/b&gt;'></iframe><p>甲</p>",
    "object": f"<object data=a>{IDENTITY}</object><p>甲</p>",
    "drawing": f"<svg><text>{IDENTITY}</text></svg>",
    "drawing title": f"<svg><title>{IDENTITY}</title></svg><p>甲</p>",
    "cell": f"<table><tr><td>{IDENTITY}</td></tr></table>",
    "table caption": f"<table><caption>{IDENTITY}</caption><tr><td>甲</td></tr></table>",
    "between cells": f"<table><tr>{IDENTITY}<td>甲</td></tr></table>",
    "hidden row": f"<table><tr hidden><td>{IDENTITY}</td></tr><tr><td>甲</td></tr></table>",
    "unknown element": f"<x-y z='{IDENTITY}'>甲</x-y>",
    "declared entity": f"<!DOCTYPE html [<!ENTITY a '{IDENTITY}'>]><p>甲</p>",
    "unfinished tag": f"<p>甲</p><a {IDENTITY}",
}


@pytest.mark.parametrize("way", WAYS)
def test_it_blocks_and_the_copy_holds_it_nowhere(way: str) -> None:
    page = f"<html><body>{WAYS[way]}</body></html>".encode() if "page" not in way else WAYS[way].encode()
    assert inspect("a.html", page).is_blocked
    copy = masked("a.html", page).decode()
    text = "".join(html.document_fromstring(copy).itertext())
    for number in (IDENTITY, IDENTITY[::-1], "13800138000"):
        assert number not in copy
        assert number not in text.replace("\n", "")
    assert masked("a.html", copy.encode()).decode() == copy


HIDDEN = [
    way for way in WAYS if way.startswith(("hidden", "template", "noscript", "comment", "script", "style", "meta"))
]


@pytest.mark.parametrize(
    "way", [*HIDDEN, "tooltip", "own attribute", "class", "option value", "frame", "declared entity"]
)
def test_what_is_hidden_is_not_carried_over_unmasked_either(way: str) -> None:
    name = "王小虎家里"
    page = f"<html><body>{WAYS[way].replace(IDENTITY, name).replace(ESCAPED, name)}</body></html>".encode()
    assert name not in public_copy("a.html", page).decode()


def test_what_is_lost_is_said() -> None:
    page = (
        b"<svg><text>a</text></svg><iframe src=b></iframe><input value=c><img src=d.png alt=e><video></video><p>f</p>"
    )
    said = [str(sentence) for sentence in inspect("a.html", page).lost]
    assert said == [
        "内嵌的网页、音频、视频和程序画的图 2 处",
        "矢量图 1 幅，只留下其中的文字",
        "表单的输入框和按钮 1 个，只留下其中的文字",
        "网页以外的图片 1 幅，只留下说明",
    ]
    assert inspect("a.html", public_copy("a.html", page)).lost == ()


def test_a_copy_keeps_the_form_of_a_page() -> None:
    out = io.BytesIO()
    Image.new("RGB", (4, 3), "red").save(out, "PNG")
    source = base64.b64encode(out.getvalue()).decode()
    page = (
        "<h1 align=center>公告</h1><p style='text-align:right'>甲<span style='font-weight:bold'>乙</span></p>"
        "<ol start=3><li>丙</li></ol>"
        "<table><tr><th colspan=2>丁</th></tr><tr><td rowspan=2>戊</td><td>己</td></tr></table>"
        f"<img src='data:image/png;base64,{source}' alt=章 width=40><a href='https://www.gov.cn/a?b=c'>庚</a><hr>"
    )
    root = html.document_fromstring(public_copy("a.html", page.encode()))
    assert root.find(".//h1").get("align") == "center"
    assert [one.text for one in root.iter("b")] == ["乙"]
    assert root.find(".//ol").get("start") == "3"
    assert (root.find(".//th").get("colspan"), root.find(".//td").get("rowspan")) == ("2", "2")
    assert root.find(".//a").get("href") == "https://www.gov.cn/a?b=c"
    image = root.find(".//img")
    assert (image.get("alt"), image.get("width")) == ("章", "40")
    assert image.get("src").startswith("data:image/png;base64,")


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "tel:1", "mailto:a@b.cn", "/a", "#a", "ftp://a.cn", "https://a:b@c.cn/", "data:,a"],
)
def test_only_clean_addresses_of_the_web_are_kept(address: str) -> None:
    copy = public_copy("a.html", f"<p><a href='{address}'>甲</a></p>".encode()).decode()
    assert "<a" not in copy
    assert "甲" in copy


_TEXT = st.text("甲乙丙丁 \n<&0123", max_size=8)
_BLOCKS = [
    "p",
    "div",
    "table",
    "tr",
    "td",
    "th",
    "ul",
    "li",
    "ol",
    "br",
    "h2",
    "pre",
    "section",
    "form",
    "center",
    "dl",
]
_TAGS = st.sampled_from([*_BLOCKS, "dt", "dd", "blockquote", "caption", "tbody", "span", "b", "i", "font", "a"])
_TREES = st.recursive(_TEXT, lambda inner: st.tuples(_TAGS, st.lists(inner, max_size=4)), max_leaves=30)


def written(tree: str | tuple[str, list[object]]) -> str:
    """写成网页 — a tree of tags and texts."""
    if isinstance(tree, str):
        return tree.replace("&", "&amp;").replace("<", "&lt;")
    tag, inner = tree
    return f"<{tag}>{''.join(map(written, inner))}</{tag}>"  # type: ignore[arg-type]


def shown(page: bytes) -> str:
    """看得见的字 — by the parser alone, blanks aside."""
    body = html.document_fromstring(page.decode()).find("body")
    return "".join("".join(body.itertext()).split())


@settings(max_examples=300)
@given(_TREES)
def test_every_word_of_any_page_stays_in_its_order_and_a_copy_of_a_copy_is_the_same(
    tree: str | tuple[str, list[object]],
) -> None:
    page = f"<html><body>{written(tree)}</body></html>".encode()
    copy = public_copy("a.html", page)
    assert shown(copy) == shown(page)
    assert public_copy("a.html", copy) == copy


@pytest.mark.parametrize("report", [report for report in REPORTS if report.endswith(".html")])
def test_real_pages_keep_every_sign_and_cell(report: str) -> None:
    page = shared_file(report).read_bytes()
    copy = public_copy("a.html", page)
    old, new = html.document_fromstring(page.decode()), html.document_fromstring(copy.decode())
    for root in (old, new):
        for program in [*root.iter("script", "style", "title")]:
            program.drop_tree()
    assert "".join("".join(new.find("body").itertext()).split()) == "".join(
        "".join(old.find("body").itertext()).split()
    )
    assert sum(1 for _ in new.iter("td", "th")) == sum(1 for _ in old.iter("td", "th"))
