"""文字校对 — every slip is told with what to write; what is right is left in peace (条例 第六条)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gongkai.text.hit import replaced
from gongkai.text.proofreading import (
    DictionaryError,
    Openness,
    Severity,
    Slip,
    dead_links,
    label,
    openness_note,
    proofread,
    read_dictionary,
)
from tests.conftest import RealReport

DAYS = st.dates(date(1990, 1, 1), date(2035, 12, 31))
WEEKDAYS = "一二三四五六日"
LEADERS = """
[[leader]]
name = "李某某"
titles = ["副县长", "县公安局局长"]
[[leader]]
name = "张某某"
titles = ["县长"]
[[wording]]
wrong = "行政服务大厅"
right = "政务服务大厅"
reason = "本县统一的叫法"
[[word]]
wrong = "云秀县"
right = "云岫县"
except = ["原云秀县"]
"""


def slips(text: str, **more: object) -> list[tuple[str, str, str | None]]:
    return [(hit.kind, hit.text, hit.mask) for hit in proofread(text, **more)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "kind", "found", "right"),
    [
        ("《关于印发》（云政办[2021]12号）", "document_number", "[2021]12号", "〔2021〕12号"),
        ("云政办（2021）12号", "document_number", "（2021）12号", "〔2021〕12号"),
        ("云政办〔2021〕第12号", "document_number", "〔2021〕第12号", "〔2021〕12号"),
        ("云政办〔2021〕012号", "document_number", "〔2021〕012号", "〔2021〕12号"),
        ("设备按装完毕", "word", "按装", "安装"),
        ("截止目前", "word", "截止目前", "截至目前"),
        ("做好的的工作", "repeated", "的的", "的"),
        ("贯彻落实贯彻落实会议精神", "repeated", "贯彻落实贯彻落实", "贯彻落实"),
        ("第一，，第二", "mark", "，，", "，"),
        ("完毕、。", "mark", "、。", "。"),
        ("依据《条例办理", "unpaired", "《", None),
        ("依据条例》办理", "unpaired", "》", None),
        ("他说“好。\n\n" + "".join(map(chr, range(0x5000, 0x5140))) + "。（附件）", "unpaired", "“", None),
        ("一、甲\n二、乙\n四、丁", "numbering", "四、", "三、"),
        ("（一）甲\n（一）乙", "numbering", None, None),
        ("九、甲\n十、乙\n十二、丙", "numbering", "十二、", "十一、"),
        ("1.甲\n3.乙", "numbering", "3.", "2."),
        ("2O25年", "letters", "2O25", "2025"),
        ("共20\uff125件", "digits", "20\uff125", "2025"),
        ("共收到50件，其中信函20件、网络25件", "sum", "50", None),
        ("12+30=43", "equation", "12+30=43", None),
        ("秘密★1年", "secrecy", "秘密★1年", None),
        ("2023年2月29日", "date", "2023年2月29日", None),
    ],
)
def test_a_slip_is_told_with_what_to_write(text: str, kind: str, found: str | None, right: str | None) -> None:
    if found is None:
        assert slips(text) == []
        return
    assert slips(text) == [(kind, found, right)]
    (hit,) = proofread(text)
    assert hit.message
    assert label(kind)


@pytest.mark.parametrize(
    "text",
    [
        "云政办〔2021〕12号、国令第711号",
        "（2021）豫0711行初5号行政判决书",
        "的的确确，一目了然，人人有责，等等",
        "1）其一；\n2）其二",
        "一、甲\n（一）子\n（二）丑\n二、乙\n（一）寅",
        "2026年11月25日（星期三）",
        "共收到50件，其中信函20件、网络30件",
        "O2O、CO2、A4、3D打印",
        "按装配图施工；之一但不限于",
        "省略……破折——号！",
        "12+30=42",
    ],
)
def test_what_is_right_is_left_in_peace(text: str) -> None:
    assert slips(text) == []


@given(DAYS, st.integers(0, 6))
def test_a_weekday_is_told_exactly_when_it_is_another(day: date, weekday: int) -> None:
    text = f"定于{day.year}年{day.month}月{day.day}日（星期{WEEKDAYS[weekday]}）召开"
    found = proofread(text)
    assert [hit.kind for hit in found] == ([] if weekday == day.weekday() else ["weekday"])
    assert proofread(replaced(text, found)) == []


@given(st.integers(1900, 2100), st.integers(0, 19), st.integers(0, 39))
def test_a_day_is_told_exactly_when_no_calendar_has_it(year: int, month: int, day: int) -> None:
    try:
        date(year, month, day)
        wanted = []
    except ValueError:
        wanted = ["date"]
    assert [hit.kind for hit in proofread(f"于{year}年{month}月{day}日")] == wanted


@given(DAYS, st.integers(-400, 400))
def test_a_text_is_not_signed_after_it_was_published(day: date, days: int) -> None:
    text = f"公示完毕。\n云岫县人民政府\n{day.year}年{day.month}月{day.day}日\n"
    found = [hit.kind for hit in proofread(text, published_on=day - timedelta(days))]
    assert found == (["signed_later"] if days > 0 else [])


@given(st.lists(st.integers(0, 10_000), min_size=2, max_size=6), st.integers(-3, 3))
def test_parts_come_to_the_whole(parts: list[int], off: int) -> None:
    total = sum(parts) + off
    assume(total >= 0)
    listed = "、".join(f"第{'甲乙丙丁戊己'[at]}类{part}件" for at, part in enumerate(parts))
    assert [hit.kind for hit in proofread(f"全年共办理{total}件，其中{listed}。")] == (["sum"] if off else [])


@given(st.lists(st.sampled_from("（）《》“”〔〕甲。"), max_size=30).map("".join))
def test_marks_are_told_exactly_when_they_do_not_pair(text: str) -> None:
    rest = text.replace("甲", "").replace("。", "")
    while (shorter := rest.replace("（）", "").replace("《》", "").replace("“”", "").replace("〔〕", "")) != rest:
        rest = shorter
    told = {hit.kind for hit in proofread(text)} - {"repeated", "mark"}
    assert told == ({"unpaired"} if rest else set())


@given(st.text(max_size=80))
def test_any_text_is_read_and_every_place_is_its_own(text: str) -> None:
    for hit in proofread(text, published_on=date(2026, 1, 1)):
        assert text[hit.start : hit.end] == hit.text
        assert hit.kind in set(Slip)
        assert hit.message


def test_an_office_brings_its_own_dictionary() -> None:
    own = read_dictionary(LEADERS)
    text = "县长李某某到行政服务大厅，副县长李某某、县长张某某到云秀县，原云秀县不变。张某某副县长。"
    assert slips(text, dictionaries=[own]) == [
        ("title", "李某某", None),
        ("wording", "行政服务大厅", "政务服务大厅"),
        ("word", "云秀县", "云岫县"),
        ("title", "张某某", None),
    ]
    assert {hit.severity for hit in proofread(text, dictionaries=[own]) if hit.kind == "title"} == {Severity.BLOCK}
    assert slips(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "[[word",
        "word = 3",
        '[[word]]\nwrong = ""\nright = "x"',
        '[[word]]\nwrong = "x"',
        '[[leader]]\nname="x"\ntitles=[1]',
    ],
)
def test_a_dictionary_at_fault_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(DictionaryError, match="词库"):
        read_dictionary(text)


@pytest.mark.parametrize(
    ("text", "openness"),
    [
        ("（此件公开发布）", Openness.PUBLIC),
        ("（此件主动公开）", Openness.PUBLIC),
        ("(此件依申请公开)", Openness.ON_REQUEST),
        ("（此件不予公开）", Openness.WITHHELD),
        ("（此件不公开发布）", Openness.WITHHELD),
        ("公开发布。", None),
    ],
)
def test_the_note_under_a_document_says_how_open_it_is(text: str, openness: Openness | None) -> None:
    note = openness_note(f"正文。\n{text}\n")
    assert (note and note.openness) == openness
    if note:
        assert f"正文。\n{text}\n"[note.start : note.end] == note.text == text


def test_links_are_asked_about_once_and_told_where_they_stand() -> None:
    page = "<a href='https://a.example/x'>一</a> <a href=\"https://a.example/x\">二</a> https://b.example/y。"
    asked: list[list[str]] = []

    def find_dead(addresses: list[str]) -> list[str]:
        asked.append(addresses)
        return ["https://a.example/x"]

    found = dead_links(page, find_dead)
    assert asked == [["https://a.example/x", "https://b.example/y"]]
    assert [page[hit.start : hit.end] for hit in found] == ["https://a.example/x"] * 2


def test_real_reports_are_nearly_left_in_peace(real_report: RealReport) -> None:
    if real_report.path.suffix != ".txt":
        pytest.skip("只看文本")
    text = real_report.path.read_text(encoding="utf-8")
    assert [hit for hit in proofread(text, published_on=date(2026, 1, 1)) if hit.severity is Severity.BLOCK] == []
    assert len(proofread(text, published_on=date(2026, 1, 1))) <= 3
