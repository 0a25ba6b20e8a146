"""报送的正文 — what rich text cannot hold is refused with a sentence, never dropped in silence (条例 第十二条)."""

from __future__ import annotations

import pytest

from tests.web.api.conftest import DRAFT, System


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ('<p>10<span style="vertical-align:super">6</span>元</p>', "1 处字升高或者降低"),
        ('<p>10<span style="vertical-align: 4pt">6</span>元</p>', "1 处字升高或者降低"),
        ('<p>10<span style="position:relative;top:-4pt">6</span>元</p>', "1 处字升高或者降低"),
        ('<p>金额<span style="display:block">100</span><b style="display: flex">50户</b></p>', "2 处另起一行"),
        ('<p><bdo dir="rtl">123</bdo>元</p>', "1 处倒着排的字"),
        ('<p><span style="unicode-bidi:bidi-override;direction:rtl">123</span>元</p>', "1 处倒着排的字"),
        ("<p>12<bdi style='display:block'>34</bdi></p>", "看到的是“12”，存下来会成为“1234”"),
        ("<p>12<foo>34</foo></p>", "看到的是“12”"),
        ("<style>i{display:block}</style><p>12<i>34</i></p>", "看到的是“12”"),
        ("<div style='display:flex'><b>12</b><b>34</b></div>", "看到的是“12”"),
        ("<p>5<q>6</q></p>", "1 处引语"),
        ("<p>5<ruby>元<rt>6</rt></ruby></p>", "1 处注音"),
        ("<style>p::before{content:'5'}</style><p>6</p>", "1 处由样式写出来的字"),
        ("<p dir=rtl>12 34</p>", "1 处倒着排的字"),
        ("<style>b{unicode-bidi:bidi-override;direction:rtl}</style><p><b>12</b>", "1 处倒着排的字"),
        ("<p>a<!-- 5</p><p>尾</p>", "没有写完的注释"),
        ("<p>甲&#7;乙</p>", "U+0007"),
        ('<p>见图<img src="https://a.cn/1.png">下</p>', "1 幅图片"),
        ("<p>字</p><svg><text>100</text></svg>", "1 幅图片"),
        ("<p>占<math><mfrac><mn>3</mn><mn>4</mn></mfrac></math></p>", "1 个公式"),
        ("<p>字</p><textarea>100</textarea><select><option>甲</option></select>", "2 个表单的栏"),
        ('<p>字<input type="checkbox" checked>是</p>', "1 个表单的栏"),
        ('<p>字</p><video src="https://a.cn/1.mp4"></video>', "1 个别的内容"),
        ('<ol style="list-style-type:upper-alpha"><li>甲</ol>', "1 处列表的编号"),
        ("<p>甲&#8238;321乙</p>", "U+202E"),
        ("<p>甲\u202e321乙</p>", "U+202E"),
        ("<p>甲\x1b[31m乙</p>", "U+001B"),
        ("\u200b", "只有空白和看不见的字符"),
        ("<p>\u200b</p>", "没有看得见的字"),
        ("<p></p>", "没有看得见的字"),
    ],
)
def test_what_cannot_be_kept_is_refused(system: System, html: str, said: str) -> None:
    answer = system.call("POST", "/items", json={**DRAFT, "body_html": html})
    assert answer.status_code == 422, answer.content.decode()
    (problem,) = answer.json()["problems"]
    assert (problem["where"], said in problem["message"]) == ("body_html", True), problem["message"]


@pytest.mark.parametrize(
    "html",
    [
        "<p>面积10<sup>3</sup>米、H<sub>2</sub>O，1<b>2</b><span style='color:red'>3</span>4<!-- 注 --></p>",
        "<table><tr><td style='width:9em'>1,234.5<td rowspan=2>3<tr><td>4</table><p style='text-align:right'>8",
        "<ol start=5 type=a><li>12<li value=9>34</ol><ul><li>5</ul><h1>1</h1><h5>2</h5>3<br>4<hr>5",
        "<section><div><span lang=EN-US>12</span><o:p></o:p></div>34<dl><dt>5<dd>6</dl></section><pre>7\n8</pre>",
        "<div style='padding-left:2em'><p style='margin:0 9px'>12</p><p>34</p></div>",
    ],
)
def test_a_page_whose_figures_stay_is_taken(system: System, html: str) -> None:
    system.draft(body_html=html)


def test_figures_of_two_blocks_and_numbers_of_lists_are_kept(system: System) -> None:
    from gongkai.web.holdings.models import Version

    html = (
        '<div>全年发放100</div><div>50户受益</div><ol start="5"><li>五</li></ol><pre>一\n二</pre><input type="hidden">'
    )
    system.draft(body_html=html)
    kept = Version.objects.get()
    assert kept.body_html == '<p>全年发放100</p><p>50户受益</p><ol start="5"><li>五</li></ol><p>一<br>二</p>'
    system.draft(title="没有正文", body_html="")
