"""文本、Markdown、JSON 的副本 — what is printed is kept, what is not is read and left out (条例 第十五条)."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.documents.redaction import inspect, json_loose, masked, public_copy
from tests.conftest import REPORTS, shared_file

IDENTITY = "110101199003078515"
HEAD, BODY, TAIL = IDENTITY[:6], IDENTITY[6:14], IDENTITY[14:]
ESCAPED = "".join(f"\\u{ord(sign):04x}" for sign in IDENTITY)
PERCENT = "".join(f"%{ord(sign):x}" for sign in IDENTITY)
TEXTS = {
    "zero width.txt": "\u200b".join(IDENTITY),
    "backwards.txt": f"甲\u202e{IDENTITY[::-1]}\u202c乙",
    "tags.txt": "\U000e0041".join(IDENTITY),
    "lines.txt": f"甲{HEAD}{BODY}\n{TAIL}乙",
    "cells.txt": f"序号\t甲\t乙\t丙\n1\t{HEAD}\t{BODY}\t{TAIL}\n",
    "value.json": f'{{"a": "{IDENTITY}"}}',
    "number.json": f'{{"a": {IDENTITY}}}',
    "escapes.json": f'{{"a": "{ESCAPED}"}}',
    "key.json": f'{{"{IDENTITY}": 1}}',
    "escaped key.json": f'{{"{ESCAPED}": [1]}}',
    "list.json": json.dumps([HEAD, BODY, TAIL]),
    "digits.json": json.dumps([int(sign) for sign in IDENTITY]),
    "signs.json": json.dumps(list(IDENTITY)),
    "deep.json": json.dumps({"a": [[{"b": [{"c": IDENTITY}]}]]}),
    "objects.json": json.dumps(
        [{"姓名": "张某", "证件": IDENTITY}, {"姓名": "李某", "证件": "无"}], ensure_ascii=False
    ),
    "parts of an object.json": json.dumps({"qh": HEAD, "csrq": BODY, "wh": TAIL}),
    "parts and a name.json": json.dumps({"qh": 110101, "name": "张三", "day": "1990-03-07", "wh": 8515}),
    "parts and a name under labels.json": json.dumps(
        {"身份证前": IDENTITY[:12], "姓名": "张三", "后六位": IDENTITY[12:]}
    ),
    "tabs.txt": f"姓名\t证件\t住址\n张三\t{IDENTITY[:12]}\t东街\n\t{IDENTITY[12:]}\t三组\n",
    "strokes.txt": f"|姓名|证件|住址|\n|张三|{IDENTITY[:12]}|东街|\n||{IDENTITY[12:]}|三组|\n",
    "columns.txt": f"姓名  证件          住址\n张三  {IDENTITY[:12]}  东街\n      {IDENTITY[12:]}        三组\n",
    "page.txt": f"证件{IDENTITY[:9]}\n\n— 1 —\n\n{IDENTITY[9:]}\n",
    "twice.json": f'{{"a": "{IDENTITY}", "a": 2}}',
    "text.md": f"正文{IDENTITY}",
    "bold.md": f"**{HEAD}**{BODY}*{TAIL}*",
    "escaped.md": f"{HEAD}\\-{BODY}\\-{TAIL}",
    "comment.md": f"甲<!-- {IDENTITY} -->",
    "front matter.md": f"---\nid: {IDENTITY}\n---\n甲",
    "address.md": f"[甲](https://www.gov.cn/{IDENTITY})",
    "percent.md": f"[甲](https://www.gov.cn/{PERCENT})",
    "title.md": f'[甲](https://www.gov.cn/ "{IDENTITY}")',
    "link words.md": f"[{HEAD}{BODY}](https://a.cn/)[{TAIL}](https://b.cn/)",
    "reference.md": f"[甲][r]\n\n[r]: https://www.gov.cn/{IDENTITY}\n",
    "reference title.md": f'[甲][r]\n\n[r]: https://www.gov.cn/ "{IDENTITY}"\n',
    "unused reference.md": f"甲\n\n[//]: # ({IDENTITY})\n",
    "picture.md": f"![甲](a{IDENTITY}.png)",
    "fence.md": f"```text {IDENTITY}\n甲\n```\n",
    "hidden.md": f"甲<span hidden>{IDENTITY}</span>",
    "hidden class.md": f"<style>.x{{display:none}}</style>甲<b class=x>{IDENTITY}</b>",
    "script.md": f"甲<script>a='{HEAD}'+'{BODY}{TAIL}'</script>",
    "attribute.md": f"<div data-x='{IDENTITY}'>甲</div>",
    "instruction.md": f"甲<?x {IDENTITY}?>",
    "table.md": f"| 甲 | 乙 | 丙 |\n| --- | --- | --- |\n| {HEAD} | {BODY} | {TAIL} |\n",
    **{
        f"torn by {at}.md": f"证件{IDENTITY[:9]}{mark}{IDENTITY[9:]}\n\n[r]: https://www.gov.cn/\n\n[^1]: 注\n"
        for at, mark in enumerate(
            (
                *("[][r]", "![][r]", "[^1]", "[甲][r]", "[1][r]", "[^1][^1]", " [注][r] ", "[](https://www.gov.cn/)"),
                *("![注](a.png)", "[注](https://www.gov.cn/)", "**[r]**", "^[注]", "[1]", "[][s]", "[注][]", "![r]"),
            )
        )
    },
    "torn in a table.md": f"| 甲 | 乙 |\n| --- | --- |\n| 证件{HEAD}[^1]{BODY}[1][r]{TAIL} | 二 |\n\n[r]: /a\n",
    "power.json": f'{{"a": {IDENTITY[0]}.{IDENTITY[1:]}e17}}',
    "powers.json": f'[{{"身份证": {IDENTITY}.00E+0}}, {{"身份证": {IDENTITY}00e-2}}]',
    "torn by what is hidden.md": f"{HEAD}<i hidden>99</i>{BODY}{TAIL}",
}


def test_a_telephone_in_values_of_an_object_with_a_name_between_blocks() -> None:
    data = json.dumps({"手机前七位": "1380013", "姓名": "张三", "手机后四位": "8000"}, ensure_ascii=False).encode()
    assert [(hit.hit.kind, hit.hit.text) for hit in inspect("a.json", data).hits] == [
        ("mobile", "1380013"),
        ("mobile", "8000"),
    ]
    one = json.dumps({"姓名": "张三", "残疾类别": "肢体"}, ensure_ascii=False).encode()
    assert [found.hit.kind for found in inspect("a.json", one).hits] == ["health"]


@pytest.mark.parametrize("number", ["1.3800138e10", "13800138E3", "1.3800138000E+10", "1380013800000e-2"])
def test_a_telephone_written_with_a_power_of_ten_blocks_and_is_not_in_the_copy(number: str) -> None:
    data = f'{{"tel": {number}, "list": [{{"手机": {number}}}]}}'.encode()
    assert inspect("a.json", data).is_blocked
    copy = masked("a.json", data).decode()
    assert number not in copy
    assert copy.count("138****8000") == 2


def test_numbers_with_a_power_of_ten_stay_as_they_are_written() -> None:
    data = '{\n  "a": 1.5e3,\n  "b": 1E999999999,\n  "c": 2e-7\n}\n'
    assert public_copy("a.json", data.encode()).decode() == data


@pytest.mark.parametrize(
    "text",
    [
        "共138件[^1]，00138000元\n",
        "见[2023](https://www.gov.cn/a)[1](https://www.gov.cn/b)[2](https://www.gov.cn/c)\n",
        "第1[^1]2[^2]3[^3]号\n\n[^1]: 甲\n",
    ],
)
def test_notes_and_links_beside_figures_stay_as_they_are(text: str) -> None:
    assert public_copy("a.md", text.encode()).decode() == text


@pytest.mark.parametrize("name", TEXTS)
def test_it_blocks_and_the_copy_holds_it_nowhere(name: str) -> None:
    data = TEXTS[name].encode()
    assert inspect(name, data).is_blocked
    copy = masked(name, data)
    text = copy.decode()
    for number in (IDENTITY, IDENTITY[::-1], ESCAPED, PERCENT):
        assert number not in text
    assert IDENTITY not in "".join(sign for sign in text if sign.isdigit())
    assert masked(name, copy) == copy


UNSEEN = [
    "comment.md",
    "front matter.md",
    "title.md",
    "reference title.md",
    "unused reference.md",
    "fence.md",
    "hidden.md",
]


@pytest.mark.parametrize(
    "name", [*UNSEEN, "hidden.md", "hidden class.md", "attribute.md", "instruction.md", "picture.md"]
)
def test_what_is_not_shown_is_not_carried_over_unmasked_either(name: str) -> None:
    assert "王小虎" not in public_copy(name, TEXTS[name].replace(IDENTITY, "王小虎").encode()).decode()


@pytest.mark.parametrize("text", [f'{{"a": "{ESCAPED}",}}', f"a = '{ESCAPED}'", f"地址 https://a.cn/{PERCENT}"])
def test_what_only_a_program_reads_blocks_and_is_masked(text: str) -> None:
    assert inspect("a.txt", text.encode()).is_blocked
    copy = masked("a.txt", text.encode()).decode()
    assert ESCAPED not in copy
    assert PERCENT not in copy


def test_what_markdown_shows_stays_as_it_is_written() -> None:
    text = (
        "# 标题\n\n正文 a < b & c，&lt;p&gt; <b>粗</b> [甲](https://www.gov.cn/a) <https://a.cn/x> `<i>&amp;</i>`\n\n"
        "```python\nx = '<b>1</b>' & 2\n```\n\n| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |\n\n- [ ] 项\n\n[^1]: 脚注\n"
        "<table><tr><td colspan=2>丙</td></tr></table>\n"
    )
    assert public_copy("a.md", text.encode()).decode() == text


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(0, 99) | st.text('甲乙"\\\n{}[],:', max_size=6),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("甲乙丙", max_size=3), inner, max_size=4),
    max_leaves=20,
)


@settings(max_examples=200)
@given(st.lists(_VALUES, max_size=4) | st.dictionaries(st.text("甲乙", max_size=2), _VALUES, max_size=4))
def test_values_without_personal_data_stay_the_values_they_are(value: object) -> None:
    copy = public_copy("a.json", json.dumps(value).encode())
    assert json.loads(copy) == value
    assert public_copy("a.json", copy) == copy


@settings(max_examples=200)
@given(st.text("甲乙 \t\r\n|<&*_`#[]()!-~0123", max_size=60))
def test_texts_without_personal_data_stay_as_they_are(text: str) -> None:
    for name in ("a.txt", "a.md"):
        copy = public_copy(name, f"甲{text}".encode()).decode()
        assert public_copy(name, copy.encode()).decode() == copy
        if name == "a.txt":
            assert copy == f"甲{text}"


@pytest.mark.parametrize("report", [report for report in REPORTS if report.endswith((".md", ".txt"))])
def test_real_texts_keep_every_sign(report: str) -> None:
    text = shared_file(report).read_bytes()
    name = report.rpartition("/")[2]
    assert public_copy(name, text).decode() == text.decode().removeprefix("\ufeff")


OFFICE = "13800138000"


@pytest.mark.parametrize(
    "text",
    [
        f"---\nmobile: {OFFICE}\n---\n举报电话：{OFFICE}\n",
        f"举报电话：{OFFICE}\n\n```{OFFICE}\nx\n```\n",
        f"举报电话：{OFFICE}\n\n<!-- 张三 {OFFICE} -->\n",
    ],
)
def test_a_warning_hides_no_block_of_the_same_number(text: str) -> None:
    assert {str(one.hit.severity) for one in inspect("a.md", text.encode()).hits} == {"warn", "block"}


@pytest.mark.parametrize(
    "text",
    [f"---\ntel: {OFFICE}\n---\n正文\n", f"正文\n\n[a]: http://a.cn/{OFFICE}\n", f"---\na: {OFFICE}, {OFFICE}\n---\n"],
)
def test_a_number_beyond_what_is_shown_is_told_once(text: str) -> None:
    assert [one.hit.kind for one in inspect("a.md", text.encode()).hits] == ["mobile"]


@pytest.mark.parametrize("name", ["a.md", "a.txt", "a.html", "a.json"])
@pytest.mark.parametrize(("header", "severities"), [("预算数（元）", []), ("金额", ["warn"]), ("联系电话", ["block"])])
def test_money_below_its_head_is_the_same_in_every_format(name: str, header: str, severities: list[str]) -> None:
    rows = f"<tr><td>项目<td>{header}</tr><tr><td>路<td>18598214320</tr>"
    text = {
        "a.md": f"| 项目 | {header} |\n|---|---|\n| 路 | 18598214320 |\n",
        "a.txt": f"项目\t{header}\n路\t18598214320\n",
        "a.html": f"<table>{rows}</table>",
        "a.json": f'[{{"项目": "路", "{header}": "18598214320"}}]',
    }[name]
    assert [str(one.hit.severity) for one in inspect(name, text.encode()).hits] == severities


LOOSE = {
    "notes": '{\n // 名单\n "a": ["%s", /* 续 */ "%s", "%s"]\n}',
    "a comma at the end": '{"rows": [{"a": "%s", "b": "%s", "c": "%s"},],}',
    "single quotes": "{'前': '%s', '中': '%s', '末': '%s'}",
    "names without quotes": "{head: '%s', body: '%s', tail: '%s'}",
    "lines": '{"a": "%s"}\n{"a": "%s"}\n{"a": "%s"}\n',
    "one behind the other": '{"a": "%s"} {"a": "%s"}{"a": "%s"}',
    "values in lines": '"%s"\n"%s"\n"%s"\n',
    "a call": 'callback({"a": ["%s", "%s", "%s"]});',
    "a name": 'var list = {"a": ["%s", "%s", "%s"]};',
}


@pytest.mark.parametrize("parts", [(HEAD, BODY, TAIL), ("138", "0013", "8000")])
@pytest.mark.parametrize("way", LOOSE)
def test_json_as_people_and_programs_write_it_is_read_as_values(way: str, parts: tuple[str, ...]) -> None:
    data = (LOOSE[way] % parts).encode()
    assert inspect("a.json", data).is_blocked
    copy = masked("a.json", data)
    assert parts[1].encode() not in copy
    assert not inspect("a.json", copy).is_blocked
    assert all(json.loads(line) for line in copy.decode().splitlines()) if way == "lines" else True


def test_numbers_of_programs_are_read_as_people_do() -> None:
    for number in ("+13800138000", "0x3368d6510", "13800138000.", "1.3800138e10"):
        assert inspect("a.json", f"{{tel: {number},}}".encode()).is_blocked, number


def test_notes_of_a_json_text_are_told_and_not_carried_over() -> None:
    data = b'{"a": 1, // 13800138000\n}'
    found = inspect("a.json", data)
    assert found.is_blocked
    assert [loss.values for loss in found.lost] == [{"count": 1}]
    assert json.loads(masked("a.json", data)) == {"a": 1}


@pytest.mark.parametrize("text", ['{"a": "110101" "b": "8515"}', '{"a": ["110101", "19', '[{"a": 1}, 表'])
def test_a_json_text_that_breaks_off_is_told_as_not_read(text: str) -> None:
    assert inspect("a.json", text.encode()).unread
    assert not inspect("a.txt", text.encode()).unread


@pytest.mark.parametrize("text", ["[2023]5号文件", "[公告]停水", "{}", "[1] 注\n[2] 注", "list = none (", " "])
def test_a_text_that_only_begins_like_json_is_a_text(text: str) -> None:
    assert not inspect("a.txt", text.encode()).unread
    assert masked("a.txt", text.encode()).decode().strip() == text.strip()


@given(
    st.recursive(
        st.text() | st.integers() | st.booleans() | st.none(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_what_is_json_is_read_alike_when_it_is_read_loosely(value: object) -> None:
    strict = json.dumps({"a": value})
    assert json_loose._Loose(strict).read().values == json_loose.read(strict).values
