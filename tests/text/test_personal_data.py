"""个人信息 — what carries a check digit is always found, what is public is never held up (条例 第十五条)."""

from __future__ import annotations

import html
import random
import time
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gongkai.text.codes import is_card_number, is_credit_code, is_identity_number, is_organisation_code
from gongkai.text.personal_data import Severity, bare, find, find_in_grid, find_in_markup, label, replaced
from tests.conftest import shared_file
from tests.text import decoys, persons, spellings

PROSE = st.text("云岫县人民政府关于发放补贴的公示张三李四一〇No，。：；（）《》\n", max_size=20)


@given(PROSE, persons.planted(), PROSE)
@example("联系人", ("mobile", "138 0013 8000"), "。")
@example("联系人张三", ("mobile", "13800138000"), "一二三")
@example("", ("identity", "110105\n19491231\n002X"), "")
@example("序号1 ", ("identity", "11010519491231002x"), " 2022年")
@example("帐号", ("bank_card", "4111-1111-1111-1111"), "")
def test_a_planted_number_is_blocked_at_its_place_and_its_mask_is_clean(
    before: str, number: tuple[str, str], after: str
) -> None:
    kind, written = number
    if not written.translate(str.maketrans("", "", " -\r\n\u200bXx")).isdecimal():
        # 张三一三八〇… and No O138… are beyond reading, for people too.
        before, after = before.rstrip("三四一〇No"), after.lstrip("三四一〇No")
    text = before + written + after
    hits = [hit for hit in find(text) if hit.severity is Severity.BLOCK]
    assert [(hit.kind, hit.text) for hit in hits] == [(kind, written)]
    assert text[hits[0].start : hits[0].end] == written
    assert len(hits[0].mask or "") == len(written)
    assert not [hit for hit in find(replaced(text, hits)) if hit.severity is Severity.BLOCK]


AROUND = st.text("云岫县人民政府关于发放补贴的公示张李，。（）《》\n", max_size=12)
MAKERS = {"identity": persons.identity, "bank_card": persons.card, "mobile": persons.mobile}


@given(AROUND, persons.seeds, st.sampled_from(list(MAKERS)), st.sampled_from(list(spellings.SEPARATED)), AROUND)
@settings(max_examples=400)
def test_no_spelling_hides_a_number(before: str, seed: int, kind: str, name: str, after: str) -> None:
    number = MAKERS[kind](random.Random(seed))
    written = spellings.SEPARATED[name](number)
    text = before + written + after
    (hit,) = [hit for hit in find(text) if hit.severity is Severity.BLOCK]
    assert (hit.kind, bare(hit.text)) == (kind, number)
    assert hit.start >= len(before)
    assert hit.end <= len(before) + len(written)
    assert len(hit.mask or "") == len(hit.text)
    assert not [hit for hit in find(replaced(text, [hit])) if hit.severity is Severity.BLOCK]


@given(AROUND, persons.seeds, st.sampled_from(list(spellings.CHECKED)), AROUND)
@settings(max_examples=200)
def test_marks_of_lists_hide_no_identity_number(before: str, seed: int, name: str, after: str) -> None:
    number = persons.identity(random.Random(seed))
    hits = find(before + spellings.CHECKED[name](number) + after)
    assert [(hit.kind, bare(hit.text)) for hit in hits if hit.severity is Severity.BLOCK] == [("identity", number)]


@given(AROUND, persons.seeds, st.sampled_from(list(MAKERS)), st.sampled_from(list(spellings.ENCODED)), AROUND)
@settings(max_examples=200)
def test_no_encoding_hides_a_number(before: str, seed: int, kind: str, name: str, after: str) -> None:
    number = MAKERS[kind](random.Random(seed))
    written = spellings.ENCODED[name](number)
    text = f"{before} {written} {after}"
    (hit,) = [hit for hit in find(text) if hit.severity is Severity.BLOCK]
    assert hit.kind == kind
    assert hit.text in written
    assert len(hit.mask or "") == len(hit.text)
    assert not [hit for hit in find(replaced(text, [hit])) if hit.severity is Severity.BLOCK]


def test_what_offices_publish_is_never_blocked() -> None:
    sentences = decoys.sentences(11)
    assert len(set(sentences)) >= 300
    held = [(hit.kind, sentence) for sentence in sentences for hit in find(sentence) if hit.severity is Severity.BLOCK]
    assert held == []


@given(PROSE, persons.decoys(), PROSE)
def test_a_public_number_is_never_blocked(before: str, number: str, after: str) -> None:
    assert [hit for hit in find(before + number + after) if hit.severity is Severity.BLOCK] == []


@given(st.lists(st.one_of(persons.planted(), persons.decoys()), max_size=12), st.sampled_from("，\n\t、;|"))
@example([("bank_card", "62805451\r\n14240074578")], "，")
@example([("bank_card", "6258 0174 3248 3675"), "86,647,106.57"], "，")
@example([("bank_card", "62982428\r\n14708025289")], "、")
@example([("mobile", "15629\u200b3100\u200b00"), "2011-04-25 09:30:00"], ";")
@example(["2025-410721-17-03-167227", ("mobile", "13970\u200b6368\u200b24")], "，")
@example([("bank_card", "6242-0875-7390-1388"), "2020-04-06 09:30:00"], "\t")
@example([("bank_card", "6222-0212-3456-7890-128"), "17", ("bank_card", " ".join("6258017432483675")), "3"], "、")
def test_among_many_numbers_all_planted_and_only_those_are_found(
    numbers: list[tuple[str, str] | str], between: str
) -> None:
    written = [number if isinstance(number, str) else number[1] for number in numbers]
    hits = find(f" {between} ".join(written) if between != "\n" else "。\n".join(written))
    wanted = [(number[0], number[1]) for number in numbers if not isinstance(number, str)]
    assert [(hit.kind, hit.text) for hit in hits if hit.severity is Severity.BLOCK] == wanted


@given(st.text(max_size=60))
@example("13800138000" * 5)
@example("〇" * 40)
def test_any_text_is_searched_and_no_two_hits_overlap(text: str) -> None:
    hits = find(text)
    assert all(text[hit.start : hit.end] == hit.text for hit in hits)
    assert all(one.end <= other.start for one, other in pairwise(hits))
    assert all(hit.message and hit.text not in hit.message for hit in hits)
    masked = find(replaced(text, hits))
    assert not {hit.kind for hit in masked if hit.severity is Severity.BLOCK}


def _torn(number: str, rng: random.Random) -> str:
    """The number in markup: a tag or an entity anywhere in it."""
    pieces = []
    for sign in number:
        pieces.append(f"&#{ord(sign)};" if rng.random() < 0.2 else html.escape(sign))
        if rng.random() < 0.3:
            pieces.append(
                rng.choice(("<b>", "</b>", "<span style='font-size: 3px'>", "</span>", "<!-- 1 -->", "<i\nclass=x>"))
            )
    return "".join(pieces)


@given(persons.seeds)
@settings(max_examples=60)
def test_tags_and_entities_hide_nothing(seed: int) -> None:
    rng = random.Random(seed)
    number = persons.identity(rng)
    page = f"<p>证件号<em>{_torn(number, rng)}</em></p><table><tr><td>1</td><td>2</td></tr></table>"
    (hit,) = find_in_markup(page)
    assert hit.kind == "identity"
    masked = replaced(page, [hit])
    assert find_in_markup(masked) == []
    assert [tag for tag in ("<em>", "</em>", "<p>") if tag not in masked] == []
    assert number[4:14] not in html.unescape(masked)


@pytest.mark.parametrize(
    "printed",
    [
        "1101011990年03月07日8515",
        "110101 1990 年 03 月 07 日 8515",
        "110101（1990年03月07日）8515",
        "110101 1990年3月7日出生 8515",
        "110101，1990-3-7，8515",
        "110101出生1990.3.7，后四位8515",
        f"{persons.wide('110101')}（{persons.wide('1990')}年{persons.wide('3')}月{persons.wide('7')}日）8515",
        "515870300991101011",
        "110101&b=19900307&amp;c=8515",
        "".join(f"\\ud835\\udf{0xCE + int(digit):02x}" for digit in "110101199003078515"),
        "".join({"0": "\u041e", "1": "\u0406", "3": "\u0417"}.get(digit, digit) for digit in "110101199003078515"),
        "".join({"0": "\u03bf", "1": "\u03b9"}.get(digit, digit) for digit in "110101199003078515"),
    ],
)
def test_an_identity_number_in_another_dress_blocks(printed: str) -> None:
    hits = find(f"张三，{printed}，河湾镇")
    assert [(hit.kind, hit.severity, hit.text) for hit in hits] == [("identity", "block", printed)]


def test_what_a_page_shows_from_right_to_left_is_read_so() -> None:
    page = '<p><bdo dir="rtl">515870300991101011</bdo></p>'
    hits = find_in_markup(page)
    assert ("identity", "block") in [(hit.kind, hit.severity) for hit in hits]
    assert replaced(page, hits) == '<p><bdo dir="rtl">515***********1011</bdo></p>'


@pytest.mark.parametrize(
    "sign",
    [
        "1",
        "8",
        "一",
        "O",
        "S",
        " ",
        "\n",
        ",",
        "|",
        "*",
        "\u200b",
        "\u202e",
        "%31",
        "\\u0031",
        "&#49;",
        "=31",
        "MTEw",
        "\\",
        "1 ",
        "1\n",
        "138 ",
    ],
)
def test_no_input_is_dear(sign: str) -> None:
    def seconds(size: int) -> float:
        text = sign * (size // len(sign))
        begin = time.process_time()
        find(text)
        return time.process_time() - begin

    # Eight times the text, and far from sixty-four times the cost.
    assert seconds(200_000) < 24 * max(seconds(25_000), 0.01)


def test_cells_of_a_page_are_not_read_together() -> None:
    assert find_in_markup("<tr><td>138</td><td>0013</td><td>8000</td></tr>") == []


@pytest.mark.parametrize(
    ("text", "kind", "severity"),
    [
        ("护照E12345678", "passport", "block"),
        ("编码：E12345678", "passport", "warn"),
        ("车辆豫A·12D45", "plate", "warn"),
        ("报名邮箱zhang@example.com。", "email", "note"),
        ("住云岫县青山镇柳树村三组12号", "address", "warn"),
        ("住花园小区3栋2单元501室", "address", "warn"),
        ("证件410721800101123", "identity_unsure", "warn"),
        ("身份证号：110105194912310021", "identity_unsure", "warn"),
        ("1380013\n8000", "mobile_unsure", "warn"),
        ("+8613800138000", "mobile", "block"),
        ("凭证编号4111111111111111", "bank_card", "warn"),
        ("410725199003071239", "identity_unsure", "warn"),
        ("招标编号：ZB110101199003078515", "identity", "warn"),
        ("统一社会信用代码110101199003078515", "identity", "block"),
        ("身份证号：11010119900307851（末位见原件）", "identity", "block"),
        ("手机1380013800013900139000", "mobile", "block"),
        ("王某6222021234567890128" + "13800138000", "bank_card", "block"),
        ("王某 税号 110101199003078515", "identity", "block"),
        ("13812345678@139.com", "mobile", "block"),
        ("41072519900307106\u2169", "identity", "block"),
        ("410725/19900307/1238", "identity", "block"),
        ("110101199003078515@qq.com", "identity", "block"),
        ("zhang\uff20qq\uff0ecom", "email", "note"),
        ("永久居留身份证911033199003071239", "residence", "block"),
        ("911033199003071239", "residence", "block"),
        ("永久居留证FRA110078120199", "residence", "block"),
        ("810000199003070015", "identity", "block"),
        ("港澳居民来往内地通行证H12345678", "permit", "block"),
        ("台胞证：12345678", "permit", "block"),
        ("编码M12345678", "permit", "warn"),
        ("香港身份证A123456(3)", "hong_kong", "block"),
        ("A123456(3)", "hong_kong", "block"),
        ("澳门居民身份证 1234567(8)", "hong_kong", "block"),
        ("军官证：南字第1234567号", "officer", "block"),
        ("微信号：wxid_abc12345", "account", "warn"),
        ("微信：zhangsan_88", "account", "warn"),
        ("QQ：123456789", "account", "warn"),
        ("新乡县小冀镇文化路12号2单元301室", "address", "warn"),
        ("徐汇区漕溪路12弄5号302室", "address", "warn"),
        ("家住云岫县人民路12号", "address", "warn"),
        ("13800138000元", "mobile", None),
        ("$13800138000", "mobile", None),
        ("$138 0013 8000$", "mobile", "block"),
        ("手机13800138000元", "mobile", "block"),
        ("咨询电话：13800138000", "mobile", "warn"),
        ("联系电话：13800138000", "mobile", "block"),
        ("户名：云岫县财政局 账号：6222021234567890128", "bank_card", "warn"),
        ("62220212 34567890128", "bank_card", "block"),
        ("110101199&ZeroWidthSpace;003078515", "identity", "block"),
        ("户名：张某 账号：6222021234567890128", "bank_card", "block"),
        ("户名：云岫县财政局\n账号：03710000000000\n张某 6222021234567890128", "bank_card", "block"),
    ],
)
def test_what_only_looks_personal_is_left_to_a_person(text: str, kind: str, severity: str | None) -> None:
    assert [(hit.kind, hit.severity) for hit in find(text)] == ([(kind, severity)] if severity else [])
    assert label(kind)


CARD = "6222021234567890128"


@pytest.mark.parametrize(
    "text",
    [
        f"国库集中支付：张三 {CARD}",
        f"国库集中支付：张三 {CARD}，户名：云岫县财政局",
        f"收款单位：某某公司，实际收款人张三，卡号{CARD}",
        f"财政专户拨付到个人，户名张三，账号{CARD}",
        f"对公账户已注销，改打张三银行卡{CARD}",
        f"户名：张三超市有限公司 张三个人卡 {CARD}",
        f"非税收入退付 李四 {CARD}",
        f"对公账户退款至张三{CARD}",
        f"户名：云岫县民政局，付给张三{CARD}",
        f"户名：云岫县民政局 张三卡号{CARD}",
        f"对公账户：{CARD}（收款人：张三）",
        f"户名：王所 账号：{CARD}",
    ],
)
def test_an_account_of_a_person_beside_words_of_offices_blocks(text: str) -> None:
    assert [(hit.kind, hit.severity) for hit in find(text)] == [("bank_card", "block")]


@pytest.mark.parametrize(
    "text",
    [
        f"对公账户：{CARD}",
        f"财政专户 {CARD}",
        f"非税账户，开户行：农行云岫支行，账号：{CARD}",
        f"保证金账户：开户行 建设银行 账号 {CARD}",
        f"户名：云岫县水务公司（基本户），账号：{CARD}",
        f"请将保证金汇至账号{CARD}（户名：云岫县财政局）",
        f"公司名称：云岫建设有限公司\n地址：人民路1号\n账号：{CARD}",
        f"账户{CARD}开户行：农行云岫支行 户名：云岫县财政局",
    ],
)
def test_an_account_of_an_office_is_left_to_a_person(text: str) -> None:
    assert [(hit.kind, hit.severity) for hit in find(text)] == [("bank_card", "warn")]


@given(persons.seeds)
def test_a_telephone_from_its_end_is_told_where_the_words_say_so(seed: int) -> None:
    number = persons.mobile(random.Random(seed))[:-2] + "00"
    for said, severities in {"手机（倒着看）：": ["block"], "手机：": ["warn"], "电话：": ["warn"], "编号": []}.items():
        assert [hit.severity for hit in find(f"{said}{number[::-1]}")] == severities
    assert find("电话：03735551271") == []


def test_a_telephone_with_a_sign_a_line_blocks_where_it_stands_alone() -> None:
    for between in ("\n", " \n", "\r\n", "\n\n"):
        (one,) = find("手机\n" + between.join("13800138000") + "\n住东街")
        assert (one.kind, one.severity) == ("mobile", "block")
    assert find("7\n" + "\n".join("13800138000")) == []


@pytest.mark.parametrize(
    "text",
    [
        "电话：0373-5551234，传真 03735551235",
        "邮箱 xxgk@yunxiu.gov.cn",
        "统一社会信用代码914403001922038216",
        "云政办〔2021〕12号，共32户、3个小组",
        "114114240058778641-zcxzf-00004650",
        "地址：人民路12号行政中心3楼305室",
        "豫ICP备12345678号-1",
        "服务热线 12345、400-810-8888",
    ],
)
def test_what_offices_print_for_everybody_is_passed_over(text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "校验值 98f13708210194c7f13708210194c0aa",
        "b163e0a8-1380-0138-0002-885abcdeffff",
        "99f13708210194c7f13708210194c0aa98f13708210194c7f13708210194c0aa",
        "{16653503-691F-4D87-A75F-9AFAF8682662}",
    ],
)
def test_figures_of_a_digest_are_no_telephone(text: str) -> None:
    assert find(text) == []
    assert find("张某a13800138000b，平均 8528.15384615385")[0].severity is Severity.BLOCK


def test_a_narrow_cell_breaks_a_telephone_over_lines() -> None:
    for printed in ("1380013\n8000", "138\n00138000", "138\n0013\n8000"):
        (one,) = find_in_grid([["陈某", printed, "东风村"]])
        assert one.hit.severity is Severity.BLOCK
        assert [hit for hit in find(printed) if hit.severity is Severity.BLOCK] == []


def test_an_average_that_a_program_wrote_out_is_left_to_a_person() -> None:
    assert [hit.severity for hit in find("平均 8528.15384615385")] == [Severity.WARN]
    assert [hit.severity for hit in find("1.13800138000")] == [Severity.BLOCK]


def test_registered_numbers_are_allowed() -> None:
    text = "值班电话１３８ 0013 8000，另 13900139000"
    assert [hit.text for hit in find(text, allowed=["138-0013-8000"])] == ["13900139000"]
    assert find_in_grid([["手机"], ["13800138000"]], allowed=["13800138000"]) == []
    assert find("索引号 11010519491231002X/2021-00050", allowed=["11010519491231002X/2021-00050"]) == []


def test_columns_are_known_by_their_headers() -> None:
    grid = [
        ["2025年残疾人补贴发放表", "", "", "", "", ""],
        ["序号", "姓名", "残疾类别", "身份证号", "联系电话", "备注"],
        ["1", "张某", "肢体", "410721199001011234", "0373-5551234", "无"],
        ["2", "李某", "无", "410***********1234", "", "13800138000"],
    ]
    found = [(one.row, one.column, one.header, one.hit.kind) for one in find_in_grid(grid)]
    assert found == [
        (3, 3, "残疾类别", "health"),
        (3, 4, "身份证号", "identity"),
        (3, 5, "联系电话", "phone"),
        (4, 6, "备注", "mobile"),
    ]
    assert all(one.hit.severity is Severity.BLOCK for one in find_in_grid(grid))


def test_columns_that_count_or_name_offices_speak_of_nobody() -> None:
    assert find_in_grid([["残疾人数", "残疾人补贴金额"], ["12", "3400"]]) == []
    assert find_in_grid([["单位", "联系电话"], ["云岫县民政局", "0373-5551234"]]) == []
    assert find_in_grid([["单位", "病种"], ["云岫县医院", "流感"]]) == []


@pytest.mark.parametrize(
    ("check", "right", "wrong"),
    [
        (is_identity_number, "11010519491231002X", "110105194912310021"),
        (is_credit_code, "91350100M000100Y43", "91350100M000100Y4Z"),
        (is_credit_code, "11320000MB151840XJ", "11320000MB151840X1"),
        (is_organisation_code, "00001434-9", "000014340"),
        (is_card_number, "4111111111111111", "4111111111111112"),
    ],
)
def test_check_digits(check: object, right: str, wrong: str) -> None:
    assert callable(check)
    assert check(right)
    assert not check(wrong)


def test_real_reports_hold_nobody() -> None:
    for name in ("huangchuan-county-2021", "yanjin-county-office-2023", "xinxiang-county-office-2021"):
        text = shared_file(f"reports/{name}.txt").read_text(encoding="utf-8")
        assert find(text) == []


@pytest.mark.parametrize(
    ("text", "severities"),
    [
        ("5 138 1234 5678 7", "warn"),
        ("12 1707 982 1945 3", "warn"),
        ("1464  1149   996  20  0", "warn"),
        ("138 1234 5678", "block"),
        ("1 138 1234 5678\n2 139 1234 5678", "block block"),
        ("1 张三 138 1234 5678\n2 李四 139 1234 5678", "block block"),
        ("138 1234 5678 139 2222 3333 150 1111 2222", "block block block"),
        ("手机 5 138 1234 5678 7", "block"),
        ("138 0013 8000 9 10", "block"),
        ("5 138-1234-5678 7", "block"),
    ],
)
def test_figures_in_a_row_are_no_telephone_that_blocks(text: str, severities: str) -> None:
    assert [str(hit.severity) for hit in find(text)] == severities.split()


def test_a_row_of_single_figures_below_a_wrapped_one_is_no_telephone() -> None:
    """As a pdf gives the pieces of a row whose first figure was wrapped."""
    row = "\u2028".join(["1\r\n3", *"000301001"])
    assert not [hit for hit in find(row) if hit.severity is Severity.BLOCK]
    column = "\n".join("13800138000")
    assert [str(hit.severity) for hit in find(column)] == ["block"], "one a line, with nothing beside it"
