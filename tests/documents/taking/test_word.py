"""取用 Word 文档 — what a page shows comes so that its sense stands; the rest is said (条例 第十二条)."""

from __future__ import annotations

import pytest

from gongkai.documents.document import Document
from gongkai.documents.opening import open_documents
from gongkai.documents.taking import taken
from gongkai.documents.taking.left_out import left_out
from gongkai.documents.word_numbering import list_number
from tests.documents.redaction.word_made import WHITE, Part, box, docx, field, p, row, run, story, styles, table
from tests.documents.taking.taking_as import as_lines

UP, LOW = ('<w:vertAlign w:val="superscript"/>', '<w:vertAlign w:val="subscript"/>')


def sign(font: str, code: str) -> str:
    """插入的符号."""
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


def formula(inner: str) -> str:
    """公式."""
    return f"<m:oMath>{inner}</m:oMath>"


def part(name: str, words: str) -> str:
    """公式的一部分."""
    return f"<m:{name}><m:r><m:t>{words}</m:t></m:r></m:{name}>"


THIRD = formula(f"<m:f>{part('num', '1')}{part('den', '3')}</m:f>")


@pytest.mark.parametrize(
    ("body", "shown", "said"),
    [
        (p(run("拨付"), run("500", "<w:strike/>"), run("600万元")), "拨付600万元", {"struck": 1}),
        (p(run("面积10"), run("3", UP), run("平方米")), "面积10³平方米", {}),
        (p(run("10"), run("-", UP), run("12", UP), run("、H"), run("2", LOW), run("O")), "10⁻¹²、H₂O", {}),
        (p(run("甲"), run("注", UP), run("、X"), run("ab", LOW)), "甲^(注)、X_(ab)", {"raised": 2}),
        (p(run("第"), run("(乙)", UP), run("款X"), run("(c)", LOW)), "第^(乙)款X_(c)", {"raised": 2}),
        (p(run("10"), run("3", '<w:position w:val="8"/>'), run("米")), "10³米", {}),
        (p(run("据统计"), run("[1]", UP)), "据统计[1]", {}),
        (p(run("同意"), sign("Wingdings 2", "F052"), run("否"), sign("Wingdings", "F0A8")), "同意☑否☐", {}),
        (p(run("R", '<w:rFonts w:ascii="Wingdings 2" w:hAnsi="Wingdings 2"/>'), run("同意")), "☑同意", {}),
        (p(run("不"), sign("Symbol", "F0B3"), run("3"), sign("Wingdings", "F04A")), "不≥3", {"symbol": 1}),
        (p(run("占"), THIRD, run("以上")), "占 1/3 以上", {}),
        (p(run("为2"), THIRD, run("倍")), "为2 1/3 倍", {}),
        (p(run("占"), field(r"EQ \f(1,3)", None), run("以上")), "占 1/3 以上", {}),
        (p(run("圈"), field(r"eq \o\ac(○,1)", None)), "圈①", {}),
        (p(run("框"), field(r"EQ \x(1)", None)), "框", {"formula": 1}),
        (p(run("看得见"), run("白字", WHITE)), "看得见", {"hidden": 1}),
        (p(f'<w:bdo w:val="rtl">{run("123")}</w:bdo>', run("元")), "123元", {"leftward": 1}),
        (p(run("12", "<w:rtl/>"), run("元", '<w:rtl w:val="0"/>')), "12元", {"leftward": 1}),
        (f"<w:p><w:pPr><w:bidi/></w:pPr>{run('12 34')}</w:p>", "12 34", {"leftward": 1}),
        (p(run("12"), '<w:r><w:ptab w:alignment="left"/></w:r>', run("34")), "12\t34", {}),
    ],
)
def test_a_line_comes_as_it_is_seen(body: str, shown: str, said: dict[str, int]) -> None:
    assert as_lines("甲.docx", docx(body)) == ([shown], said)


@pytest.mark.parametrize(
    ("inner", "shown", "said"),
    [
        (f"<m:sSup>{part('e', 'x')}{part('sup', '2')}</m:sSup>", "x²", {}),
        (f"<m:sSub>{part('e', 'a')}{part('sub', '1')}</m:sSub>", "a₁", {}),
        (f"<m:rad><m:deg/>{part('e', 'x+1')}</m:rad>", "√(x+1)", {}),
        (f"<m:f>{part('num', 'a+b')}{part('den', '2')}</m:f>", "(a+b)/2", {}),
        (f"<m:d>{part('e', 'x')}</m:d>", "(x)", {}),
        (f"<m:nary>{part('sub', 'i')}{part('sup', 'n')}{part('e', 'x')}</m:nary>", "inx", {"formula": 1}),
    ],
)
def test_a_formula_is_written_in_one_line_or_said(inner: str, shown: str, said: dict[str, int]) -> None:
    assert as_lines("甲.docx", docx(p(formula(inner)))) == ([shown], said)


def level(at: int, form: str, pattern: str, start: int = 1, more: str = "") -> str:
    """一级编号."""
    return (
        f"<w:lvl w:ilvl='{at}'><w:start w:val='{start}'/><w:numFmt w:val='{form}'/>{more}"
        f"<w:lvlText w:val='{pattern}'/></w:lvl>"
    )


def listed(levels: str, *items: str, more: str = "") -> bytes:
    """有编号的文档."""
    lists = (
        f"<w:abstractNum w:abstractNumId='0'>{levels}</w:abstractNum>"
        f"<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>{more}"
    )
    return docx("".join(items), Part("numbering.xml", story("numbering", lists), "numbering"), styles(""))


def item(words: str, depth: int = 0, number: int = 1, look: str = "") -> str:
    """一项."""
    return p(run(words, look), look=f"<w:numPr><w:ilvl w:val='{depth}'/><w:numId w:val='{number}'/></w:numPr>")


def test_numbers_of_lists_are_written_in_their_form_and_count_as_word_counts() -> None:
    again = (
        "<w:num w:numId='2'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='1'/>"
        "</w:lvlOverride></w:num>"
    )
    made = listed(
        level(0, "lowerLetter", "%1", 3) + level(1, "decimal", "%1.%2"),
        *(item("2026年"), item(""), item("乙"), item("内", 1), item("再来", 0, 2), item("藏", 0, 1, WHITE), item("完")),
        more=again,
    )
    lines, said = as_lines("甲.docx", made)
    assert lines[:4] == ["c 2026年", "e 乙", "e.1 内", "a 再来"]
    assert said == {"hidden": 1}
    assert as_lines("乙.docx", listed(level(0, "ganada", "%1."), item("甲"))) == (["1.甲"], {"numbering": 1})
    assert as_lines("丙.docx", listed(level(0, "bullet", "•"), item("甲"))) == (["甲"], {})


@pytest.mark.parametrize(
    ("count", "form", "written"),
    [
        (28, "lowerLetter", "bb"),
        (4, "upperRoman", "IV"),
        (1994, "lowerRoman", "mcmxciv"),
        (12, "chineseCounting", "十二"),
        (120, "chineseCountingThousand", "一百二十"),
        (11, "decimalEnclosedCircle", "⑪"),
        (3, "ideographTraditional", "丙"),
        (7, "decimalZero", "07"),
        (3, "chineseLegalSimplified", "叁"),
        (1, "thaiLetters", None),
    ],
)
def test_a_number_has_the_form_of_its_list(count: int, form: str, written: str | None) -> None:
    assert list_number(count, form) == written


def test_hidden_rows_do_not_come_and_words_in_boxes_do() -> None:
    rows = (row(p(run("甲")), p(run("乙"))), row(p(run("藏")), p(run("行")), look="<w:hidden/>"))
    lines, said = as_lines("甲.docx", docx(p(run("框外"), box(p(run("框里"), run("2", UP)))) + table(*rows)))
    assert lines == ["框外", "框里²", "甲|乙"]
    assert set(said) == {"hidden"}


def test_a_table_within_a_table_follows_it() -> None:
    inner = table(row(p(run("内")), p(run("1"))))
    outer = table(
        row(p(run("甲")), p(run("乙"))), row(p(run("丙")), p(run("丁")) + inner), row(p(run("戊")), p(run("己")))
    )
    assert as_lines("甲.docx", docx(outer)) == (["甲|乙", "丙|丁", "戊|己", "内|1"], {"nested": 1})


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        ("<w:gridBefore w:val='1'/>", ["项目|去年|今年", "|7|8", "共|7|8"]),
        ("<w:gridAfter w:val='1'/>", ["项目|去年|今年", "7|8|", "共|7|8"]),
    ],
)
def test_a_row_that_leaves_a_place_free_keeps_its_figures_under_their_heads(place: str, shown: list[str]) -> None:
    rows = ("项目", "去年", "今年"), ("7", "8"), ("共", "7", "8")
    looks = ("", place, "")
    made = table(*(row(*(p(run(text)) for text in texts), look=look) for texts, look in zip(rows, looks, strict=True)))
    assert as_lines("甲.docx", docx(made)) == (shown, {})


def test_a_place_that_a_cell_from_above_covers_is_not_free() -> None:
    tall = "<w:tc><w:tcPr><w:vMerge w:val='{}'/></w:tcPr>{}</w:tc>"
    rows = (
        f"<w:tr>{tall.format('restart', p(run('高')))}<w:tc>{p(run('1'))}</w:tc><w:tc>{p(run('2'))}</w:tc></w:tr>",
        f"<w:tr><w:trPr/>{tall.format('continue', p())}<w:tc>{p(run('3'))}</w:tc></w:tr>",
    )
    assert as_lines("甲.docx", docx(table(*rows)))[0] == ["高|1|2", "3|"]


def test_changes_that_nobody_accepted_come_as_accepted_and_are_said() -> None:
    gone, come = "<w:del w:id='1'><w:r><w:delText>{}</w:delText></w:r></w:del>", "<w:ins w:id='2'>{}</w:ins>"
    body = p(run("拨付"), gone.format("七"), come.format(run("八")), run("万元"))
    assert as_lines("甲.docx", docx(body)) == (["拨付八万元"], {"revised": 2})
    rows = (row(p(run("甲")), p(run("1"))), row(p(run("乙")), p(run("2")), look="<w:del w:id='3'/>"))
    lines, said = as_lines("甲.docx", docx(table(*rows)))
    assert lines == ["甲|1"]
    assert set(said) == {"revised"}


def test_art_of_letters_is_said_as_such() -> None:
    art = '<w:r><w:pict><v:shape style="width:90pt"><v:textpath string="共888元"/></v:shape></w:pict></w:r>'
    data = docx(p(run("一段"), art))
    opened = next(open_documents("甲.docx", data))
    assert isinstance(opened, Document)
    said = [each.template.format(**each.values) for each in left_out("甲.docx", taken("甲.docx", data, opened))]
    assert said == ["艺术字、文字水印 1 处"]
