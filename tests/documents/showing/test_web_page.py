"""网页给人看什么 — every way in which a page hides words, with its reason; everything else is seen (条例 第十七条)."""

from __future__ import annotations

import pytest
from lxml import html

from gongkai.documents.showing import How, Why
from gongkai.documents.showing.web_page import Page, runs


def told(page: str, how: How = How.SEEN) -> str:
    """读出 — the words of a page that are seen so, lines parted by a stroke."""
    return (
        "".join(run.text for run in runs(html.document_fromstring(page)) if run.how is how)
        .strip("\n")
        .replace("\n", "|")
    )


def reason(page: str) -> Why | None:
    """为什么看不见 — the reason for the first word that is hidden."""
    return next((run.why for run in runs(html.document_fromstring(page)) if run.how is How.HIDDEN), None)


@pytest.mark.parametrize(
    ("style", "why"),
    [
        ("display:none", Why.STYLE),
        ("DISPLAY : NONE !important", Why.STYLE),
        ("dis\\70lay:none", Why.STYLE),
        ("visibility:hidden", Why.STYLE),
        ("visibility:collapse", Why.STYLE),
        ("content-visibility:hidden", Why.STYLE),
        ("font-size:0", Why.SIZE),
        ("font-size:0.4px", Why.SIZE),
        ("font:0/0 a", Why.SIZE),
        ("font-size:1%", Why.SIZE),
        ("width:0;overflow:hidden", Why.SIZE),
        ("max-height:0;overflow:hidden", Why.SIZE),
        ("position:absolute;clip:rect(0 0 0 0)", Why.SIZE),
        ("clip-path:inset(100%)", Why.SIZE),
        ("transform:scale(0)", Why.SIZE),
        ("opacity:0", Why.COLOUR),
        ("opacity:.01", Why.COLOUR),
        ("filter:opacity(0%)", Why.COLOUR),
        ("color:white", Why.COLOUR),
        ("color:#fefefe", Why.COLOUR),
        ("color:transparent", Why.COLOUR),
        ("color:rgba(0,0,0,0)", Why.COLOUR),
        ("color:rgb(0 0 0 / 0%)", Why.COLOUR),
        ("color:hsl(0,0%,100%)", Why.COLOUR),
        ("-webkit-text-fill-color:transparent", Why.COLOUR),
        ("background:#000;color:rgb(0,0,0)", Why.COLOUR),
        ("position:absolute;left:-9999px", Why.OFF_PAGE),
        ("position:fixed;top:-200em", Why.OFF_PAGE),
        ("text-indent:-9999px", Why.OFF_PAGE),
        ("margin-left:-5000px", Why.OFF_PAGE),
        ("transform:translateX(-9999px)", Why.OFF_PAGE),
    ],
)
def test_each_declaration_hides_by_itself_and_by_a_rule(style: str, why: Why) -> None:
    assert (told(f"<p>甲<span style='{style}'>乙</span>丙</p>"), reason(f"<p style='{style}'>乙</p>")) == ("甲丙", why)
    for selector in ("span", ".a", "#b", "p > span.a", "[data-x=y]", "p span:first-child", "body *:not(p)"):
        page = f"<style>{selector}{{{style}}}</style><p>甲<span class='c a' id=b data-x=y>乙</span>丙</p>"
        assert told(page) == "甲丙", selector


@pytest.mark.parametrize(
    "style",
    [
        *("display:block", "color:black", "color:#333", "background:#000;color:#fff", "color:white;background:navy"),
        *("opacity:.5", "font-size:12px", "font-size:80%", "font:12px/1.5 SimSun", "overflow:hidden;height:20px"),
        *("color:white;background:url(a.png)", "text-indent:2em", "text-indent:-21pt", "margin-left:-10px"),
        *("position:relative;left:-5px", "width:0", "height:1px", "color:inherit", "font-size:large"),
    ],
)
def test_what_is_shown_is_seen(style: str) -> None:
    assert told(f"<p>甲<span style='{style}'>乙</span>丙</p>") == "甲乙丙"


@pytest.mark.parametrize(
    ("page", "seen"),
    [
        ("<p hidden>甲</p>乙", "乙"),
        ("<template>甲</template><noscript>乙</noscript><p>丙</p>", "丙"),
        ("<dialog>甲</dialog><dialog open>乙</dialog>", "乙"),
        ("<details><summary>甲</summary>乙</details>", "甲|乙"),
        ("<table><tr style='display:none'><td>甲</td></tr><tr><td>乙</td></tr></table>", "乙"),
        ("<style>tr:nth-child(2n+1){display:none}</style><table><tr><td>甲<tr><td>乙<tr><td>丙</table>", "乙"),
        ("<div style='visibility:hidden'>甲<b style='visibility:visible'>乙</b></div>", "乙"),
        ("<div style='display:none'>甲<b style='display:block;visibility:visible'>乙</b></div>", ""),
        ("<div style='font-size:0'>甲<b style='font-size:12px'>乙</b></div>", "乙"),
        ("<div style='height:0;overflow:hidden'>甲<b style='font-size:12px'>乙</b></div>", ""),
        ("<div style='color:white'>甲<b style='color:red'>乙</b></div>", "乙"),
        ("<body bgcolor=black text=white>甲<font color=#000000>乙</font></body>", "甲"),
        ("<style>a:hover span{display:none}</style><a><span>甲</span></a>", "甲"),
        ("<style>@media print{p{display:none}}</style><p>甲</p>", "甲"),
        ("<style>.a{display:none} p.a{display:block}</style><p class=a>甲</p>", "甲"),
        ("<style>.a{display:none!important}</style><p class=a style='display:block'>甲</p>", ""),
        ("<input value=甲><input type=hidden value=乙><input placeholder=丙><textarea>丁</textarea>", "甲丙|丁"),
        ("<select><option>甲<option label=乙></select><input type=password value=丙>", "甲|乙"),
        ("<svg><title>甲</title><text>乙</text><desc>丙</desc></svg>", "乙"),
        ("<p>甲\n   <b> 乙</b>\n</p><pre>丙\n 丁</pre>", "甲 乙|丙| 丁"),
        ("<p>甲\u200b\u00ad乙\u3164丙\U000e0041</p>", "甲乙丙"),
        ("<bdo dir=rtl>321<b>654</b></bdo>", "456123"),
        ("<p style='unicode-bidi:bidi-override;direction:rtl'>321<br>654</p>", "123|456"),
        ("<p>甲\u202e321\u202c乙</p>", "甲123乙"),
    ],
)
def test_what_a_reader_sees(page: str, seen: str) -> None:
    assert told(page) == seen


def test_words_are_struck_or_raised() -> None:
    page = "<p>一<s>二</s><span style='text-decoration:line-through'>三</span>四<sup>五</sup></p>"
    assert [told(page, how) for how in (How.SEEN, How.STRUCK, How.RAISED)] == ["一四", "二三", "五"]


def test_a_rule_that_may_or_may_not_be_met_leaves_its_words_in_doubt() -> None:
    page = Page(
        html.document_fromstring("<style>@media (max-width:9in){.a{display:none}}</style><p>甲<b class=a>乙</b></p>")
    )
    assert [(spot.run.text, spot.doubtful) for block in page.blocks for spot in block.spots] == [
        ("甲", False),
        ("乙", True),
    ]


@pytest.mark.parametrize(
    "css",
    ["{", "}", "a{", "@media{", "a{b:c", "/*", "a{content:'", "@import 'x';", "p>{}", ",,{display:none}", "a" * 9_999],
)
def test_a_torn_style_sheet_hides_nothing_and_stops_nobody(css: str) -> None:
    assert told(f"<style>{css}</style><p>甲</p>") == "甲"


def test_long_selectors_over_deep_pages_cost_little() -> None:
    deep = "<div>" * 200 + "甲" + "</div>" * 200
    css = "div " * 40 + "> span > b{display:none}" + "div ~ " * 30 + "p{display:none}"
    assert told(f"<style>{css}</style>{deep}") == "甲"
