"""正文的定律 — nothing runs, nothing is lost, marks stand where the words are (条例 第十二条)."""

from __future__ import annotations

import re
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytestmark = pytest.mark.usefixtures("platform")

WORDS = st.text(alphabet="公开通知一二3aB<>&\"'*[]|#-=>\\ 　", max_size=12)
TAGS = [
    "p",
    "h2",
    "h3",
    "ul",
    "li",
    "table",
    "tr",
    "td",
    "th",
    "strong",
    "em",
    "br",
    "a",
    "div",
    "b",
    "script",
    "img",
    "svg",
]
ATTRIBUTES = [
    'onclick="x"',
    'href="javascript:alert(1)"',
    'href="https://a.cn/?a=1"',
    'class="right"',
    'colspan="3"',
    'style="x"',
]


@st.composite
def html(draw: st.DrawFn) -> str:
    """Tags that open and close as they like, with what people and attackers put in them."""
    out = []
    for _ in range(draw(st.integers(0, 25))):
        tag = draw(st.sampled_from(TAGS))
        attribute = draw(st.sampled_from(["", *ATTRIBUTES]))
        out.append(
            draw(st.sampled_from([f"<{tag} {attribute}>", f"</{tag}>", draw(WORDS), f"<{tag}>{draw(WORDS)}</{tag}>"]))
        )
    return "".join(out)


@given(html())
def test_what_is_kept_runs_nothing_and_is_kept_again_as_it_is(text: str) -> None:
    from gongkai.web.holdings.rich_text import TAGS as ALLOWED
    from gongkai.web.holdings.rich_text import clean, events

    kept = clean(text)
    assert clean(kept) == kept
    for event in events(kept):
        assert not event.tag or event.tag in ALLOWED
        for name, value in event.attributes:
            assert name in {"href", "rel", "colspan", "rowspan", "scope", "class"}
            assert name != "href" or not value.lower().lstrip().startswith(("javascript", "data", "vbscript"))


@given(html())
def test_what_was_typed_can_be_typed_again(text: str) -> None:
    from gongkai.web.holdings import markup
    from gongkai.web.holdings.rich_text import clean, plain

    kept = clean(text)
    typed = markup.to_text(kept)
    again = markup.to_html(typed)
    # Blanks that a page shows as one may become one; a wide one is a sign and stays.
    assert re.sub(r"[ \t\n]", "", plain(again)) == re.sub(r"[ \t\n]", "", plain(kept))


def test_a_wide_blank_is_a_sign_and_never_turns_a_line_into_html() -> None:
    from gongkai.web.holdings import markup

    for typed in ("\u3000\u3000各村民委员会要做好防火工作。", "第一条\u3000总则", "姓\u3000\u3000名：", "姓  名：甲"):
        html = markup.to_html(typed)
        assert markup.to_text(html) == typed
        assert markup.to_html(markup.to_text(html)) == html


@pytest.mark.parametrize(
    "typed",
    [
        r"请到共享盘 \\10.1.2.3\公开\通知.docx 下载，或者 D:\文件\_新\*表*.xlsx、C:\Users\[甲]\a.txt",
        r"公式 \alpha \(x\)，a_b，*号*，[1,2]，a ** b，\#，-\-",
        r"\\10.1.2.3\公开",
        r"D:\**\通知",
        "D:\\",
    ],
)
def test_a_backslash_is_a_sign_like_others(typed: str) -> None:
    """Paths of files and formulas are published as they were typed, and come back to the box so."""
    from gongkai.web.holdings import markup
    from gongkai.web.holdings.rich_text import plain

    html = markup.to_html(typed)
    assert plain(html).strip() == typed
    assert markup.to_text(html) == typed


@given(st.text(alphabet="甲a1*[]()\\|#-=>< _", max_size=20))
def test_what_is_no_mark_is_never_taken_away(typed: str) -> None:
    from gongkai.web.holdings import markup
    from gongkai.web.holdings.rich_text import plain

    words = plain(markup.to_html(f"甲{typed}"))
    is_marked = re.search(r"\*\*.+\*\*|\[[^\]\[]+\]\([^()\s]+\)", typed)
    assert is_marked or words.strip() == f"甲{typed}".strip()


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (r"\**不加重**", "**不加重**"),
        (r"\[甲](https://a.cn/)", "[甲](https://a.cn/)"),
        (r"\\[甲](https://a.cn/)", "\\甲"),
        (r"\# 一", "# 一"),
        (r"\\- 二", r"\- 二"),
        (r"\| 三", "| 三"),
    ],
)
def test_a_backslash_before_a_mark_takes_it_as_it_is(typed: str, shown: str) -> None:
    from gongkai.web.holdings import markup
    from gongkai.web.holdings.rich_text import plain

    html = markup.to_html(typed)
    assert plain(html).strip() == shown
    assert markup.to_html(markup.to_text(html)) == html


def test_a_table_is_typed_in_rows_whatever_parts_it_has() -> None:
    from gongkai.web.holdings import markup

    head, row = "<tr><th>项目</th><th>户数</th></tr>", "<tr><td>甲|乙\\</td><td>3</td></tr>"
    made = f"<table><thead>{head}</thead><tbody>{row}</tbody></table>"
    for kept in (made, f"<table><tbody>{head}{row}</tbody></table>", f"<table>{head}{row}</table>"):
        typed = markup.to_text(kept)
        assert typed.splitlines()[0] == "|= 项目 |= 户数 |"
        assert markup.to_html(typed) == made


def test_a_line_of_signs_that_nobody_sees_is_blank() -> None:
    from gongkai.web.holdings import markup

    assert markup.to_html("\u200b\n甲\n\ufeff") == "<p>甲</p>"


@given(st.lists(WORDS, max_size=6))
def test_a_line_that_begins_like_a_sign_can_be_a_plain_paragraph(lines: list[str]) -> None:
    from html import escape

    from gongkai.web.holdings import markup
    from gongkai.web.holdings.rich_text import clean

    kept = clean("".join(f"<p>{escape(' '.join(line.split()))}</p>" for line in lines if line.strip(" 　")))
    assert markup.to_html(markup.to_text(kept)) == kept


@given(html(), st.data())
def test_marks_add_nothing_to_the_words(text: str, data: st.DataObject) -> None:
    from gongkai.web.holdings.rich_text import Mark, clean, events, marked, plain

    kept = clean(text)
    words = plain(kept)
    places = sorted(data.draw(st.sets(st.integers(0, len(words)), max_size=6)))
    marks = [
        Mark(start, end, n, "error") for n, (start, end) in enumerate(zip(places[::2], places[1::2], strict=False), 1)
    ]
    shown = marked(kept, marks)
    without = re.sub(r'<a class="disc error" href="#hit-\d+">\d+</a>', "", shown)
    assert plain(without) == words
    inside = "".join(event.text for event in events(re.sub(r"<mark[^>]*>|</mark>", "", without)) if not event.tag)
    assert inside == "".join(event.text for event in events(kept) if not event.tag)


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "&lt;b&gt;", "a & b"])
def test_words_inside_a_mark_stay_words(words: str) -> None:
    """Before, within and after it: what looks like a tag is shown as it was written."""
    from gongkai.web.holdings.rich_text import Mark, clean, marked, plain

    kept = clean(f"<p>{escape(words)}甲{escape(words)}乙{escape(words)}</p>")
    text, start = plain(kept), len(words) + 1
    for mark in (Mark(start, start + len(words), 1, "error"), Mark(start - 3, start + 4, 1, "error")):
        shown = marked(kept, [mark])
        assert not re.search(r"<(?!/?(?:p|mark|a)\b)", shown)
        assert plain(re.sub(r'<a class="disc error" href="#hit-1">1</a>', "", shown)) == text


@given(st.lists(WORDS, max_size=8), st.lists(WORDS, max_size=8))
def test_differences_hold_both_texts(old: list[str], new: list[str]) -> None:
    from gongkai.web.holdings.differences import compare

    old, new = [each for each in old if each.strip()], [each for each in new if each.strip()]
    lines = compare(old, new)
    before = ["".join(part.text for part in line.parts if part.change != "added") for line in lines]
    after = ["".join(part.text for part in line.parts if part.change != "removed") for line in lines]
    assert [each for each in before if each] == old
    assert [each for each in after if each] == new


def test_a_change_of_one_number_is_shown_as_that() -> None:
    from gongkai.web.holdings.differences import words

    assert [(part.change, part.text) for part in words("补助 1200 元", "补助 1500 元")] == [
        ("same", "补助 "),
        ("removed", "1200"),
        ("added", "1500"),
        ("same", " 元"),
    ]


def test_nesting_beyond_reason_becomes_paragraphs() -> None:
    from gongkai.web.holdings.rich_text import clean

    assert clean("<ul><li>" * 200 + "甲") == "<p>甲</p>"


def test_a_merged_table_of_a_file_stays_merged() -> None:
    from gongkai.documents.document import Cell, Grid, Paragraph, Row
    from gongkai.web.holdings import markup
    from gongkai.web.holdings.rich_text import from_blocks

    grid = Grid((Row.of([Cell("合计", 1, 2), Cell("<5>", 3)]), Row.of([Cell("甲", 1), Cell("乙", 2), Cell("5", 3)])), 1)
    made = from_blocks([Paragraph("名单"), grid])
    assert '<td colspan="2">合计</td><td>&lt;5&gt;</td>' in made
    assert markup.to_html(markup.to_text(made)) == made
