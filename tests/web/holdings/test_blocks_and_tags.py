"""正文不丢字 — what looks like a tag is text, and every block of a page ends a line (条例 第十二条)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytestmark = pytest.mark.usefixtures("platform")

LIKE_TAGS = [
    *("<!-- 5", "<script>5", "<style>5", "<textarea>5", "<title>5", "<select>5", "<iframe>5", "<noscript>5"),
    *("<object>5", "<p>5<script>6", "<video>", "<del>5</del>6", '<div style="display:none">5</div>6', "</5>", "<?5?>"),
    *("<!5>", "<input value=5>", "<5", "<五>", '<p title="5', '<a href="5', "<plaintext>", "<svg>5", "</script>"),
]
OTHERS = ["div", "section", "h1", "h5", "h6", "article", "address", "fieldset", "figure", "dl", "pre", "center"]


@pytest.mark.parametrize("typed", LIKE_TAGS)
def test_a_line_that_is_only_like_a_tag_is_kept_as_it_was_typed(typed: str) -> None:
    from gongkai.web.holdings import markup
    from gongkai.web.holdings.rich_text import plain

    text = f"首行\n{typed}\n尾行金额100元\n\n末段200"
    html = markup.to_html(text)
    assert plain(html).splitlines() == ["首行", typed, "尾行金额100元", "末段200"]
    again = markup.to_text(html)
    assert again == text.replace("\n\n", "\n")
    assert markup.to_html(again) == html


@given(st.text(alphabet="<>/!?-= \"'p5divscrtable", max_size=24))
def test_nothing_before_or_after_a_line_is_lost(typed: str) -> None:
    from gongkai.web.holdings import markup
    from gongkai.web.holdings.rich_text import plain

    shown = plain(markup.to_html(f"首行\n<{typed}\n尾行100"))
    assert "首行" in shown
    assert "尾行100" in shown


@pytest.mark.parametrize("typed", ["<b>金额12</b>", "<div>金额12</div>", "<span>金额12</span>", "<p>金额12"])
def test_a_line_of_html_is_a_line(typed: str) -> None:
    from gongkai.web.holdings import markup
    from gongkai.web.holdings.rich_text import plain

    assert plain(markup.to_html(f"{typed}\n{typed}")).split() == ["金额12", "金额12"]


@pytest.mark.parametrize("tag", OTHERS)
def test_every_block_ends_a_paragraph_and_in_a_cell_a_line(tag: str) -> None:
    from gongkai.web.holdings.rich_text import clean, plain

    two = f"<{tag}>金额12</{tag}><{tag}>345元</{tag}>"
    for html in (two, f"<p>文</p>{two}", f"<{tag}>金额12</{tag}>345元", f"<div>{two}</div>", f"<b>{two}</b>"):
        kept = clean(html)
        assert plain(kept).split()[-2:] == ["金额12", "345元"]
        assert clean(kept) == kept
    in_cell = clean(f"<table><tr><td>{two}</td></tr></table>")
    assert plain(in_cell).split() == ["金额12", "345元"]
    assert clean(in_cell) == in_cell


def test_parts_of_a_block_stay_apart() -> None:
    from gongkai.web.holdings.rich_text import clean

    assert clean("<dl><dt>12<dd>34</dl>") == "<p>12</p><p>34</p>"
    assert clean("<figure>12<figcaption>34</figcaption></figure>") == "<p>12</p><p>34</p>"
    assert clean("<pre>12\n34 <b>5\n6</b></pre>") == "<p>12<br>34 <strong>5<br>6</strong></p>"
    assert clean("<blockquote><div>1</div>2</blockquote>") == "<blockquote><p>1</p><p>2</p></blockquote>"
    assert clean("<h1>题</h1><h6>目</h6>") == "<h2>题</h2><h4>目</h4>"


def test_numbers_of_lists_are_kept() -> None:
    from gongkai.web.holdings import markup
    from gongkai.web.holdings.rich_text import clean

    made = '<ol start="5" type="A" reversed=""><li>五</li><li value="9">九</li></ol>'
    assert clean(made) == made
    assert markup.to_html(markup.to_text(made)) == made
    assert clean('<ol start="x"><li value="1e9">五</li></ol>') == "<ol><li>五</li></ol>"


@pytest.mark.parametrize("typed", ["甲\u202e321乙", "甲\x1b[31m乙", "\u200b"])
def test_signs_that_would_change_the_text_by_being_left_out_are_refused_at_the_box(typed: str) -> None:
    from gongkai.web.holdings import one_line

    assert one_line.problem(typed, "body")
    assert one_line.problem("甲\n乙\t丙", "body") is None
