"""由程序填写的文字 — what Word puts on a page by itself is read with what stands beside it (条例 第十七条)."""

from __future__ import annotations

import random

import pytest

from gongkai.documents.redaction import inspect
from gongkai.text.hit import Severity
from tests.documents.redaction.test_word import holds, looked, masked
from tests.documents.redaction.word_made import Part, docx, p, row, run, story, table
from tests.text import persons

NUMBER = persons.identity(random.Random("counted"))
HEAD, BODY, TAIL = NUMBER[:6], NUMBER[6:14], NUMBER[14:]
MOBILE = "13800138000"
DATA = "<root xmlns='urn:x'><a>{}</a><b>{}</b></root>"


def field(code: str, result: str = "") -> str:
    return f"<w:fldSimple w:instr=' {code} '>{run(result) if result else ''}</w:fldSimple>"


def long_field(code: str, result: str) -> str:
    marks = [f"<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>" for kind in ("begin", "separate", "end")]
    return f"{marks[0]}<w:r><w:instrText> {code} </w:instrText></w:r>{marks[1]}{run(result)}{marks[2]}"


def art(text: str) -> str:
    return f"<w:r><w:pict><v:shape style='width:90pt'><v:textpath string='{text}'/></v:shape></w:pict></w:r>"


def bound(name: str, shown: str) -> str:
    path = f"w:prefixMappings=\"xmlns:ns0='urn:x'\" w:xpath='/ns0:root[1]/ns0:{name}[1]'"
    return f"<w:sdt><w:sdtPr><w:dataBinding {path}/></w:sdtPr><w:sdtContent>{run(shown)}</w:sdtContent></w:sdt>"


def with_data(body: str, *values: str) -> bytes:
    return docx(body, Part("item1.xml", DATA.format(*values), "customXml"))


def footer(inner: str, start: int) -> bytes:
    section = f"<w:sectPr><w:footerReference w:type='default' r:id='p1'/><w:pgNumType w:start='{start}'/></w:sectPr>"
    return docx(p(run("通知")) + section, Part("footer1.xml", story("ftr", inner), "footer"))


SMALL = "<w:r><w:ruby><w:rubyPr/><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:r>"
BACK = "<w:bidiVisual/>"
WAYS = {
    "signs of fields": docx(p(*(field(f"SYMBOL {ord(sign)} \\f Arial") for sign in NUMBER))),
    "signs of fields after a text": docx(p(run(HEAD + BODY), *(field(f"SYMBOL {ord(sign)}") for sign in TAIL))),
    "signs of fields over paragraphs": docx("".join(p(field(f"SYMBOL {ord(sign)}")) for sign in NUMBER)),
    "art in pieces": docx(p(art(HEAD), art(BODY), art(TAIL))),
    "art over paragraphs": docx(p(art(HEAD)) + p(art(BODY)) + p(art(TAIL))),
    "art after a text": docx(p(run(f"证号{HEAD}{BODY}"), art(TAIL))),
    "bound": with_data(p(bound("a", "待填"), bound("b", "待填")), HEAD, BODY + TAIL),
    "bound after a text": with_data(p(run(HEAD), bound("a", "待填"), run(TAIL)), BODY, "乙"),
    "bound in cells": with_data(table(row(p(bound("a", "甲")), p(bound("b", "乙")))), HEAD, BODY + TAIL),
    "page number": footer(p(run(f"电话{MOBILE[:7]}"), field("PAGE", "1")), int(MOBILE[7:])),
    "page number of a long field": footer(p(run(MOBILE[:7]), long_field("PAGE", "1")), int(MOBILE[7:])),
    "page number without result": footer(p(run(MOBILE[:7]), field("PAGE")), int(MOBILE[7:])),
    "the second page": footer(p(run(MOBILE[:7]), field("PAGE", "1")), int(MOBILE[7:]) - 1),
    "below small signs": docx(p(*(SMALL.format(run("甲"), run(sign)) for sign in NUMBER))),
    "small signs": docx(p(*(SMALL.format(run(sign), run("甲")) for sign in NUMBER))),
    "small signs in a cell": docx(table(row(p(*(SMALL.format(run("甲"), run(sign)) for sign in NUMBER))))),
    "words from the right": docx(p(run(f"{TAIL} {BODY} {HEAD}"), look="<w:bidi/>")),
    "table from the right": docx(table(row(p(run(TAIL)), p(run(BODY)), p(run(HEAD))), look=BACK)),
}
CLEAN = {
    "page numbers of a report": footer(p(run("第"), field("PAGE", "1"), run("页")), 101),
    "a year before a page": footer(p(run("2023-"), field("PAGE", "1")), 5),
    "a table of figures from the right": docx(table(row(p(run("1200")), p(run("3400")), p(run("560"))), look=BACK)),
    "readings above words": docx(p(SMALL.format(run("zhèng"), run("政")), SMALL.format(run("wù"), run("务")))),
    "a bound title": with_data(p(bound("a", "2023年报告")), "2023年报告", "乙"),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_number_that_word_completes_is_found_and_in_no_copy(way: str) -> None:
    found = looked(WAYS[way])
    assert found.is_blocked
    assert NUMBER not in str(found.to_json())
    copy = masked(WAYS[way])
    assert not holds(copy, NUMBER)
    assert not looked(copy).is_blocked


@pytest.mark.parametrize("way", CLEAN)
def test_what_word_counts_on_honest_pages_is_clean(way: str) -> None:
    found = looked(CLEAN[way])
    assert not found.is_blocked
    assert not [hit for hit in found.hits if hit.hit.severity != "note"]


def test_a_cell_that_goes_over_several_rows_is_read_in_each_of_them() -> None:
    first = row(p(run(HEAD)), p(run(BODY)), p(run("甲")), cell="<w:vMerge w:val='restart'/>")
    second = row(p(), p(), p(run(TAIL)), cell="<w:vMerge/>")
    data = docx(table(row(p(run("姓名"))), first, second))
    assert looked(data).is_blocked
    assert not holds(masked(data), NUMBER)
    assert not looked(masked(data)).is_blocked


@pytest.mark.parametrize("above", ["单位：元", "部门收支总表　（单位：万元）", "金额单位: 人民币元"])
def test_the_unit_above_a_table_stands_over_its_columns(above: str) -> None:
    rows = [["项目", "本年", "上年"], ["甲", "13800138000", "13900139000"], ["乙", "13700137000", "15800158000"]]
    made = table(*(row(*(p(run(text)) for text in line)) for line in rows))

    assert not looked(docx(p(run(above)) + made)).hits
    assert looked(docx(p(run("名单")) + made)).hits
    assert looked(docx(p(run(above)) + made + p(run("名单")) + made)).hits


def test_a_telephone_in_a_table_of_money_blocks() -> None:
    rows = [["姓名", "电话", "补助"], ["张三", MOBILE, "1200"], ["李四", "13900139000", "1300"]]
    made = table(*(row(*(p(run(text)) for text in line)) for line in rows))

    assert looked(docx(p(run("单位：元")) + made)).is_blocked


@pytest.mark.parametrize("level", ["机密", "绝密", "秘密", "机 密"])
def test_a_watermark_that_is_a_level_is_its_mark(level: str) -> None:
    """Word has it ready made, in one header for the first page and in another for the rest."""
    header = Part("header1.xml", story("hdr", p(art(level)) + p(art(level))), "header")
    section = "<w:sectPr><w:headerReference w:type='default' r:id='p1'/></w:sectPr>"
    data = docx("".join(p(run("通知")) for _ in range(80)) + section, header)
    hits = [found.hit for found in inspect("通知.docx", data, pictures=False).hits]
    assert "secrecy" in {hit.kind for hit in hits if hit.severity is Severity.BLOCK}
