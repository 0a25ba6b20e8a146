"""小字和划去的字 — a mark of a note, or a struck run, tears no number (条例 第十五条)."""

from __future__ import annotations

import datetime
import io
import random
import re
from collections.abc import Callable

import pytest
import xlsxwriter

from gongkai.documents.redaction import inspect, masked
from tests.documents.redaction.test_word import everything
from tests.documents.redaction.word_made import LIST, LISTED, Part, docx, p, row, run, story, table
from tests.text import persons

Made = tuple[str, bytes]


def page(mark: str) -> Callable[[str, str, str], Made]:
    return lambda said, one, two: ("名单.html", f"<meta charset=utf-8><p>{said}{one}{mark}{two}</p>".encode())


def in_cell(mark: str) -> Callable[[str, str, str], Made]:
    def made(said: str, one: str, two: str) -> Made:
        rows = f"<tr><td>姓名<td>{said}<tr><td>张三<td>{one}{mark}{two}"
        return "名单.html", f"<meta charset=utf-8><table>{rows}</table>".encode()

    return made


def small(text: str, kind: str) -> str:
    return f"<w:r><w:rPr>{kind}</w:rPr><w:t>{text}</w:t></w:r>"


RAISED, STRUCK = "<w:vertAlign w:val='superscript'/>", "<w:strike/>"


def word(text: str, kind: str) -> Callable[[str, str, str], Made]:
    return lambda said, one, two: ("名单.docx", docx(p(run(said + one) + small(text, kind) + run(two))))


def word_table(text: str, kind: str) -> Callable[[str, str, str], Made]:
    def made(said: str, one: str, two: str) -> Made:
        torn = p(run(one) + small(text, kind) + run(two))
        return "名单.docx", docx(table(row(p(run(said))), row(torn)))

    return made


def sheet(text: str, **look: object) -> Callable[[str, str, str], Made]:
    def made(said: str, one: str, two: str) -> Made:
        out = io.BytesIO()
        with xlsxwriter.Workbook(out) as book:
            made = book.add_worksheet()
            made.write(0, 0, said)
            made.write_rich_string(1, 0, *filter(None, (one, book.add_format(look), text, two)))
        return "名单.xlsx", out.getvalue()

    return made


WAYS = {
    "raised figure": page("<sup>1</sup>"),
    "raised mark": page("<sup>[1]</sup>"),
    "raised sign": page("<sup>①</sup>"),
    "raised word": page("<sup>注</sup>"),
    "raised by style": page("<span style='vertical-align:super'>2</span>"),
    "link to a note": page("<a href='#n1'>[1]</a>"),
    "struck": page("<s>1</s>"),
    "deleted": page("<del>00</del>"),
    "raised and struck": page("<sup>1</sup><s>9</s>"),
    "in a cell": in_cell("<sup>[1]</sup>"),
    "raised in Word": word("[1]", RAISED),
    "struck in Word": word("99", STRUCK),
    "struck twice in Word": word("99", "<w:dstrike/>"),
    "in a table of Word": word_table("①", RAISED),
    "struck in a sheet": sheet("99", font_strikeout=True),
    "raised in a sheet": sheet("[1]", font_script=1),
}


def words(name: str, copy: bytes) -> str:
    return (copy if name.endswith("html") else everything(copy)).decode("utf-8", "replace")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", ["identity", "mobile"])
def test_a_mark_inside_a_number_does_not_hide_it(way: str, kind: str) -> None:
    rng = random.Random(way + kind)
    number = persons.identity(rng) if kind == "identity" else persons.mobile(rng)
    said, at = ("证件", rng.randint(6, 15)) if kind == "identity" else ("手机", rng.randint(4, 8))
    name, data = WAYS[way](said, number[:at], number[at:])
    found = inspect(name, data)
    assert kind in {str(one.hit.kind) for one in found.hits if one.hit.severity == "block"}
    copy = masked(name, data)
    assert not inspect(name, copy).is_blocked
    middle = slice(6, 14) if kind == "identity" else slice(3, 7)
    pieces = [number[middle.start : at], number[max(at, middle.start) : middle.stop]]
    assert not any(piece in words(name, copy) for piece in pieces if len(piece) > 3)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", ["identity", "mobile", "card"])
@pytest.mark.parametrize("is_before", [True, False])
def test_a_mark_at_the_end_of_a_number_does_not_hide_it(way: str, kind: str, is_before: bool) -> None:
    rng = random.Random(way + kind)
    number = {"identity": persons.identity, "mobile": persons.mobile, "card": persons.card}[kind](rng)
    name, data = WAYS[way]("名单", *(("", number) if is_before else (number, "")))
    assert inspect(name, data).is_blocked
    copy = masked(name, data)
    assert not inspect(name, copy).is_blocked
    assert number not in words(name, copy)


@pytest.mark.parametrize("text", ["面积 1380<sup>2</sup> 0138000 元", "13<sup>8</sup>0013<s>1</s>8000 吨"])
def test_figures_that_a_raised_sign_parts_are_no_telephone(text: str) -> None:
    assert not inspect("统计.html", f"<meta charset=utf-8><p>{text}</p>".encode()).is_blocked


ALONE = {
    "struck": page("<s>9</s>"),
    "struck in Word": word("9", STRUCK),
    "raised in Word": word("1", RAISED),
    "struck in a sheet": sheet("99", font_strikeout=True),
}


@pytest.mark.parametrize("way", ALONE)
def test_a_telephone_without_a_label_is_told_where_its_digits_follow_each_other(way: str) -> None:
    name, data = ALONE[way]("名单", "1380013800", "0")
    assert "mobile" in {str(one.hit.kind) for one in inspect(name, data).hits if one.hit.severity == "block"}
    assert not inspect(name, masked(name, data)).is_blocked


@pytest.mark.parametrize("struck", ["~~77~~", "<s>77</s>", "<del>77</del>", "<strike>77</strike>"])
@pytest.mark.parametrize("number", ["13800138000", "110101199003078515"])
@pytest.mark.parametrize("at", [3, 6, 10])
def test_what_markdown_strikes_tears_no_number(struck: str, number: str, at: int) -> None:
    data = f"王某 {number[:at]}{struck}{number[at:]}\n".encode()
    assert inspect("名单.md", data).is_blocked
    copy = masked("名单.md", data)
    assert not inspect("名单.md", copy).is_blocked
    assert number[6:14] not in "".join(re.findall(r"\d", re.sub(r"~~.*?~~|<(\w+)>.*?</\1>", "", copy.decode())))


MARKED = {
    "raised": page("<sup>1</sup>"),
    "raised link": page("<sup><a href='#f1'>1</a></sup>"),
    "struck": page("<s>1</s>"),
    "spans": page("</span><span>2026年1月"),
    "in a cell": in_cell("<sup>1</sup>"),
    "Word": word("1", RAISED),
    "cell of Word": word_table("1", RAISED),
    "sheet": sheet("1", font_script=1),
}


@pytest.mark.parametrize("way", MARKED)
@pytest.mark.parametrize("kind", ["identity", "mobile"])
def test_a_mark_beside_a_number_does_not_hide_it(way: str, kind: str) -> None:
    rng = random.Random(way + kind)
    number = persons.identity(rng) if kind == "identity" else persons.mobile(rng)
    name, data = MARKED[way]("张三 ", number, "。")
    found = [str(one.hit.kind) for one in inspect(name, data).hits if one.hit.severity == "block"]
    assert found == [kind]
    copy = masked(name, data)
    assert not inspect(name, copy).is_blocked
    assert number[6:14] not in words(name, copy)


def test_two_numbers_without_a_space_between_their_tags_are_masked() -> None:
    data = b"<p><span>13800138000</span><span>13900139000</span></p>"
    hits = inspect("名单.html", data).hits
    assert [found.place.paragraph for found in hits if found.hit.severity == "block"] == [1, 1]
    assert not inspect("名单.html", masked("名单.html", data)).is_blocked


def test_drawings_side_by_side_are_masked_each_by_itself() -> None:
    signs = "".join(f"<text x={at * 10} y=20>{sign}</text>" for at, sign in enumerate("110101199003078515"))
    data = f"<svg><text x=0>138</text><text x=30>0013</text><text x=70>8000</text></svg><svg>{signs}</svg>".encode()
    copy = masked("图.html", data)
    assert not inspect("图.html", copy).is_blocked


def printed(**parts: str) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        made = book.add_worksheet()
        made.write(0, 0, "甲")
        made.set_header(parts.get("header", ""))
        made.set_footer(parts.get("footer", ""))
    return out.getvalue()


@pytest.mark.parametrize(
    "code",
    [
        '&C138&"黑体"0013&B8&14 000',
        "&C138&KFF00000013&U8000",
        "&C1380013800&P",
        "&C138001380&P",
        "&C1380013&P+7999",
        "&L张三电话1380&R0138000",
        "&L138&C0013&R8000",
    ],
)
@pytest.mark.parametrize("part", ["header", "footer"])
def test_a_header_is_read_as_pages_print_it(part: str, code: str) -> None:
    data = printed(**{part: code})
    assert inspect("表.xlsx", data).is_blocked
    assert not inspect("表.xlsx", masked("表.xlsx", data)).is_blocked


def test_a_header_without_a_number_stays() -> None:
    data = printed(header="&L2026年&C第 &P 页，共 &N 页&R138号")
    assert not inspect("表.xlsx", data).is_blocked
    assert "第 &amp;P 页，共 &amp;N 页" in words("表.xlsx", masked("表.xlsx", data))


@pytest.mark.parametrize(
    "items",
    [
        "<ol start=1380><li>0138000 张三</ol>",
        "<ol start=138><li>0013 8000</ol>",
        "<ol start=1379><li>甲<li>0138000</ol>",
        "<ol reversed start=1381><li>甲<li>0138000</ol>",
        "<ul style='list-style:decimal inside'><li value=138001380>00 张三</ul>",
        "<ol><li value=1380><b>0138</b>000</ol>",
        "<ol><li value=110101199>003078515</ol>",
        "<ol start=110101><li>199003078515</ol>",
        "<ol><li value=110101><li value=19900307><li value=8515></ol>",
        "<ol start=138><li><ol start=8013><li>8000</ol></ol>",
        "<ol start=110101><li><p><ol start=1990><li>03078515</ol></ol>",
    ],
)
def test_the_number_of_an_item_goes_on_in_its_words(items: str) -> None:
    data = f"<!doctype html><meta charset=utf-8>{items}".encode()
    assert inspect("名单.html", data).is_blocked
    copy = masked("名单.html", data).decode()
    assert "start=" not in copy
    assert "value=" not in copy
    assert not inspect("名单.html", copy.encode()).is_blocked


@pytest.mark.parametrize(
    "text",
    [
        "1380. 0138000\n",
        "1380) 0138000\n",
        "# 名单\n\n1380. 0138000\n1381. 无\n",
        "1379. 无\n\n   又一段\n7. 0138000\n",
        "138. 8013. 8000\n",
        "110101. 199003078515\n",
    ],
)
def test_the_number_of_an_item_of_markdown_goes_on_too(text: str) -> None:
    assert inspect("名单.md", text.encode()).is_blocked
    copy = masked("名单.md", text.encode())
    assert not inspect("名单.md", copy).is_blocked


def test_items_of_markdown_that_say_figures_stay() -> None:
    for text in ("1. 2023 年新收\n2. 2024 年结转\n", "2024. 13800000\n", "1. 3800138000 元\n"):
        assert masked("年报.md", text.encode()).decode() == text


@pytest.mark.parametrize(("start", "text"), [(1380, "0138000"), (138, "0013 8000"), (110101, "199003078515")])
@pytest.mark.parametrize("pattern", ["%1.", "（%1）", "%1"])
def test_the_number_of_a_list_in_word_goes_on_whatever_follows_it(start: int, text: str, pattern: str) -> None:
    numbering = Part("numbering.xml", story("numbering", LIST.format(start=start, text=pattern)), "numbering")
    data = docx(p(run(text), look=LISTED), numbering)
    assert inspect("名单.docx", data).is_blocked
    assert not inspect("名单.docx", masked("名单.docx", data)).is_blocked


def test_lists_that_are_counted_stay() -> None:
    items = "".join(f"<li>{number} 号楼" for number in range(80000000, 80000160))
    data = f"<meta charset=utf-8><ol>{items}</ol><ol start=3><li>甲</ol>".encode()
    assert not inspect("名单.html", data).is_blocked
    assert 'start="3"' in masked("名单.html", data).decode()


DAYS = ["yyyy-m-d", "yyyy/m/d", 'yyyy"年"m"月"d"日"', "mm-dd-yy", "d-mmm-yy", "m/d/yyyy", '[DBNum1]yyyy"年"m"月"d"日"']


@pytest.mark.parametrize("code", DAYS)
def test_a_day_between_the_halves_is_a_birthday(code: str) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        made = book.add_worksheet()
        made.write_row(0, 0, ["姓名", "区划", "出生日期", "顺序码"])
        made.write_row(1, 0, ["张三", 110101])
        made.write_datetime(1, 2, datetime.date(1990, 3, 7), book.add_format({"num_format": code}))
        made.write(1, 3, 8515)
    assert inspect("名单.xlsx", out.getvalue()).is_blocked
    copy = masked("名单.xlsx", out.getvalue())
    assert "110101" not in words("名单.xlsx", copy)
    assert "1990" not in words("名单.xlsx", copy)


@pytest.mark.parametrize("day", ["1990年3月7日", "1990-3-7", "1990/3/7", "1990.3.7", "1990年03月07日"])
def test_so_it_is_in_a_csv(day: str) -> None:
    data = f"姓名,证件前六位,出生年月日,后四位\n张三,110101,{day},8515\n".encode()
    assert inspect("名单.csv", data).is_blocked
    copy = masked("名单.csv", data).decode("utf-8-sig")
    assert "110101" not in copy
    assert day not in copy


@pytest.mark.parametrize("day", ["{}年{}月{}日", "{}-{:02d}-{:02d}", "{}{:02d}{:02d}"])
def test_days_of_a_long_table_make_no_number_that_blocks(day: str) -> None:
    rows = (
        f"{100000 + at * 37},{day.format(2000 + at % 20, at % 12 + 1, at % 27 + 1)},{1000 + at}" for at in range(900)
    )
    data = "\n".join(["编码,签订日期,序号", *rows]).encode()
    assert not inspect("台账.csv", data).is_blocked


def test_so_do_days_of_a_sheet() -> None:
    out, rng = io.BytesIO(), random.Random(1)
    with xlsxwriter.Workbook(out) as book:
        made, look = book.add_worksheet(), book.add_format({"num_format": "mm-dd-yy"})
        made.write_row(0, 0, ["编码", "签订日期", "数量"])
        for at in range(1, 400):
            made.write_row(at, 0, [rng.randint(110000, 659999), "", rng.randint(1000, 9999)])
            made.write(at, 1, rng.randint(30000, 45000), look)
    assert not inspect("台账.xlsx", out.getvalue()).is_blocked
