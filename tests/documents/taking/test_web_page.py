"""取用网页 — what a browser shows comes so that its sense stands; the rest is said (条例 第十二条)."""

from __future__ import annotations

import pytest

from tests.documents.taking.taking_as import as_lines


@pytest.mark.parametrize(
    ("page", "shown", "said"),
    [
        ("<p>收费<del>500</del>600元</p>", ["收费600元"], {"struck": 1}),
        ("<style>.x{text-decoration:line-through}</style><p>甲<b class=x>乙</b>丙</p>", ["甲丙"], {"struck": 1}),
        ("<p>面积10<sup>3</sup>米、H<sub>2</sub>O</p>", ["面积10³米、H₂O"], {}),
        ("<p>甲<sup>注</sup></p>", ["甲^(注)"], {"raised": 1}),
        ("<p>款<sup>(注)</sup></p>", ["款^(注)"], {"raised": 1}),
        ("<table><tr><td>10<sup>2</sup><td>乙</table>", ["10²|乙"], {}),
        ("<ol start=3><li>甲<li><p>乙</p><li value=9>丙</ol>", ["3. 甲", "4. 乙", "9. 丙"], {}),
        ("<ol><li>甲<ol type=a><li>乙<li>丙</ol><li>丁</ol>", ["1. 甲", "a. 乙", "b. 丙", "2. 丁"], {}),
        ("<ol reversed><li>甲<li>乙</ol>", ["2. 甲", "1. 乙"], {}),
        ("<ol type=I><li>甲<li>乙</ol><ul><li>丙</ul>", ["I. 甲", "II. 乙", "丙"], {}),
        ("<ol style='list-style:none'><li>一、甲</ol>", ["一、甲"], {}),
        ("<ol style='list-style-type:cjk-ideographic'><li>甲</ol>", ["一、甲"], {}),
        ("<style>ol{list-style:none}</style><ol><li>甲</ol>", ["1. 甲"], {"numbering": 1}),
        ("<p>占<math><mfrac><mn>1</mn><mn>3</mn></mfrac></math>以上</p>", ["占 1/3 以上"], {}),
        ("<p>占<math><msup><mi>x</mi><mn>2</mn></msup></math></p>", ["占x²"], {}),
        ("<p>占<math><mtable><mtr/></mtable></math></p>", ["占"], {"formula": 1}),
        ("<p>看得见</p><p style='visibility:hidden'>藏着</p>", ["看得见"], {"hidden": 1}),
        ("<p>表<ruby>汉<rt>han</rt></ruby>字</p>", ["表汉字"], {"ruby": 1}),
        (
            "<table><tr><td>甲<td>乙<tr><td>丙<td>丁<table><tr><td>内<td>1</table>尾<tr><td>戊<td>己</table><p>后",
            ["甲|乙", "丙|丁尾", "戊|己", "内|1", "后"],
            {"nested": 1},
        ),
        ("<p>甲<select><option>乙<option selected>丙</select>", ["甲", "丙"], {}),
        ("<p><input type=checkbox checked>减免<input type=CHECKBOX>缓缴", ["☑减免☐缓缴"], {}),
        ("<table><tr><td>甲<td><input type=radio checked name=a>是<input type=radio name=a>否", ["甲|(●)是( )否"], {}),
        ("<p><input type=radio name=a checked>一<input type=radio name=a checked>二", ["( )一(●)二"], {}),
        ("<p>甲<input type=checkbox checked style='display:none'>乙<input type=hidden>", ["甲乙"], {}),
        ("<table><tr><td rowspan=0>甲<td>1<tr><td>2<tr><td>3</table>", ["甲|1", "2", "3"], {}),
        (
            "<style>p::after{content:'万元'} i:before{content:'\\e901'} b:after{content:''}</style><p>7",
            ["7"],
            {"written": 1},
        ),
        ("<p>78<span style='display:block'>90</span>11</p>", ["78", "90", "11"], {}),
        ("<p>12<label style='display:block'>34</label>", ["12", "34"], {}),
        ("<hgroup>12</hgroup>34<details><summary>56</summary>78</details>", ["12", "34", "56", "78"], {}),
        ("<style>.x{display:block}</style><p>1<foo class=x>2</foo>3", ["1", "2", "3"], {}),
        ("<p>1<foo>2</foo>3、甲<foo>乙</foo>丙<o:p>4</o:p>5", ["1 2 3、甲乙丙45"], {}),
        ("<div style='display:flex'><span>12</span><span>34</span></div>", ["12 34"], {}),
        ("<p><span style='display:table-cell'>12</span><b style='float:right'>34</b>", ["12 34"], {}),
        ("<p>7<span style='margin-left:3em'>8</span><b style='margin:0'>9</b><i>0", ["7 8 90"], {}),
        ("<link rel=stylesheet href=a.css><p>1<b class=a>2</b>万<b class=a>元</b>", ["1 2 万元"], {}),
        ("<p>甲<span style='display:block;visibility:hidden'>丙</span>乙</p>", ["甲乙"], {"hidden": 1}),
        ("<table><tr><td>1<span style='display:block'>2</span><td>3</table>", ["1\n2|3"], {}),
        ("<p>5<q>6</q>7<q>甲<q>乙</q></q>", ["5“6”7“甲‘乙’”"], {}),
        ("<p>共<bdo dir=rtl>123</bdo>元", ["共321元"], {"leftward": 1}),
        (
            "<style>b{unicode-bidi:bidi-override;direction:rtl}</style><p>甲<b>45<i>6</i>7</b>乙",
            ["甲7654乙"],
            {"leftward": 1},
        ),
        (
            "<div style='display:flex;flex-direction:row-reverse'><i>12</i><i>34</i></div>",
            ["12 34"],
            {"leftward": 1},
        ),
        ("<p dir=rtl>12 34<p>甲", ["12 34", "甲"], {"leftward": 1}),
        ("<style>p::before{content:attr(title)}</style><p title=5>6", ["6"], {"written": 1}),
        ("<table><tr><td>左<td><table><tr><td>内<td>1</table></table>", ["左", "内|1"], {}),
    ],
)
def test_a_page_comes_as_it_is_seen(page: str, shown: list[str], said: dict[str, int]) -> None:
    assert as_lines("甲.html", page.encode()) == (shown, said)
