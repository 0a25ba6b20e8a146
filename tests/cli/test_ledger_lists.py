"""整张表的毛病 — what a list lacks or means otherwise is said once, with options to copy; no row is accused of it."""

from __future__ import annotations

import io
import json
import re
import shlex
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from gongkai.cli import run

TODAY = "2026-11-29"
HEADS = ["编号", "申请人类别", "收到日期", "答复日期", "办理结果"]
LATE = ["甲", "自然人", "2026-03-02", "2026-05-20"]
OPEN = ["乙", "自然人", "2026-03-02", None, None]


def office(path: Path, *rows: list[Any], merged: tuple[str, ...] = (), sheet: str = "台账") -> Path:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = sheet
    for row in rows:
        page.append(row)
    for each in merged:
        page.merge_cells(each)
    book.save(path)
    return path


def told(capsys: pytest.CaptureFixture[str], path: Path, *options: str) -> tuple[str, str]:
    run(["ledger", str(path), "--today", TODAY, *options])
    return capsys.readouterr()


def printed(capsys: pytest.CaptureFixture[str], path: Path, *options: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in told(capsys, path, "--json", *options)[0].splitlines()]


def offered(err: str) -> list[str]:
    """可以照抄的 — the options of a sentence, as a shell takes them."""
    (options,) = set(re.findall(r'--columns "[^"]*"(?: --columns "[^"]*")*', err))
    return shlex.split(options)


@pytest.mark.parametrize("head", ["处置结论", "处置\n结论", "结论（必填）"])
def test_an_unknown_head_of_results_is_said_once_and_its_option_works(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, head: str
) -> None:
    rows = [[*LATE, "予以公开"], ["丙", *LATE[1:], "部分公开"], OPEN]
    path = office(tmp_path / "台账.xlsx", [*HEADS[:4], head], *rows)
    out, err = told(capsys, path)
    assert err.count("\n") == 1
    assert "没有认出“办理结果”一栏" in err
    assert "甲没有计入" not in err
    assert "甲（没有计入表三）：期限到 2026-03-30，2026-05-20 才答复，迟了 34 个工作日" in out
    assert "乙：期限到 2026-03-30，还没有答复" in out
    assert "共 3 件，逾期没有答复的 1 件" in out
    assert "其中 2 件没有计入表三、表四" in out
    figures = printed(capsys, path, *offered(err))[-1]["figures"]
    assert figures["applications.granted.natural_person"] == 1
    assert figures["applications.partly_granted.natural_person"] == 1


def test_results_may_be_ticked_under_a_group_and_a_tick_that_is_not_certain_is_asked(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    over = [*HEADS[:4], "答复情况", None, None, None, None]
    under = [None, None, None, None, "予以公开", "部分公开", "不予公开", None, "其他"]
    third = [None, None, None, None, None, None, "国家秘密", "第三方权益", None]
    marks = [["√"], [None, 1], [None, None, "是"], [None, None, None, "✓"], [None, None, None, None, "√"]]
    rows = [[f"甲{at}", *LATE[1:], *mark] for at, mark in enumerate(marks)]
    merged = ("E1:I1", "G2:H2", *(f"{letter}1:{letter}3" for letter in "ABCD"))
    path = office(tmp_path / "台账.xlsx", over, under, third, *rows, merged=merged)
    *lines, last = printed(capsys, path)
    rows_of = {each["id"]: each["cell"] and each["cell"]["row"] for each in lines}
    assert rows_of == {
        "甲0": "granted",
        "甲1": "partly_granted",
        "甲2": "refused.state_secret",
        "甲3": "refused.third_party_rights",
        "甲4": None,
    }
    (asked,) = next(each for each in lines if each["id"] == "甲4")["refused"]
    assert (asked["row"], asked["column"]) == (8, "I")
    assert "撤回" in asked["reason"]
    assert last["figures"]["applications.refused.state_secret.natural_person"] == 1


def test_ticks_of_kinds_and_of_results_stand_side_by_side(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    kinds, results = ["自然人", "商业企业", "其他"], ["予以公开", "部分公开", "信息不存在", "其他"]
    path = office(
        tmp_path / "台账.xlsx",
        ["编号", *kinds, "收到日期", "答复日期", *results],
        ["甲", "√", None, None, "2026-03-02", "2026-03-20", None, "√", None, None],
        ["乙", None, None, 1, "2026-03-02", "2026-03-20", None, None, 1, None],
        ["丙", None, "是", None, "2026-03-02", "2026-03-20", None, None, None, "是"],
    )
    *lines, last = printed(capsys, path)
    assert {each["id"]: each["cell"] and [each["cell"]["row"], each["cell"]["column"]] for each in lines} == {
        "甲": ["partly_granted", "natural_person"],
        "乙": ["unable.not_held", "other_organizations"],
        "丙": None,
    }
    assert last["reading"]["heads"][0]["unused"] == []


@pytest.mark.parametrize("group", ["答复情况", "办理结果", "答复", "办理情况", "处理结果", "回复情况"])
@pytest.mark.parametrize(
    "under", [("时间", "结果"), ("答复日期", "办理结果"), ("答复时间", "处理结果"), ("日期", "答复类型")]
)
@pytest.mark.parametrize("is_merged", [True, False])
def test_a_group_over_day_and_result_is_read(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, group: str, under: tuple[str, str], is_merged: bool
) -> None:
    path = office(
        tmp_path / "台账.xlsx",
        [*HEADS[:3], group, None],
        [None, None, None, *under],
        [*LATE, "予以公开"],
        merged=("A1:A2", "B1:B2", "C1:C2", "D1:E1") if is_merged else (),
    )
    line, _ = printed(capsys, path)
    assert (line["answered_on"], line["cell"]["row"]) == ("2026-05-20", "granted")


def test_a_refusal_prints_options_that_work(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    heads = ["编号", "申请人类别", "收件那天", "答复日期", "办理结果"]
    path = office(tmp_path / "台账.xlsx", heads, [*LATE, "予以公开"])
    _, err = told(capsys, path)
    assert "没有认出“收到日期”这一栏" in err
    assert printed(capsys, path, *offered(err))[0]["received_on"] == "2026-03-02"


def test_two_heads_alike_are_given_by_their_letters(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = office(tmp_path / "台账.xlsx", [*HEADS, "办理结果"], [*LATE, "寄出", "予以公开"], [*OPEN, None])
    out, err = told(capsys, path)
    assert "E、F 列都像是“办理结果”" in err
    assert "甲没有计入" not in err
    assert "乙：期限到 2026-03-30" in out
    assert printed(capsys, path, "--columns", "办理结果=F列")[0]["cell"]["row"] == "granted"
    path = office(tmp_path / "台账.xlsx", [*HEADS, "收到日期"], [*LATE, "予以公开", "2026-04-02"])
    assert "写明是哪一列" in told(capsys, path)[1]
    assert printed(capsys, path, "--columns", "收到日期=F列")[0]["received_on"] == "2026-04-02"
    path = office(tmp_path / "台账.xlsx", HEADS, [*LATE, "予以公开"])
    assert "没有找到表头“K列”" in told(capsys, path, "--columns", "办理结果=K列")[1]


def test_a_column_of_which_no_cell_can_be_read_is_said_once(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    rows = [[f"甲{at}", *LATE[1:], word, "予以公开"] for at, word in enumerate(["寄出", "已寄", "张某签收"])]
    path = office(tmp_path / "台账.xlsx", [*HEADS, "公开属性"], *rows)
    out, err = told(capsys, path)
    assert err.count("\n") == 1
    assert "“办理结果”一栏的 3 格都读不出" in err
    assert "张某" not in out + err
    assert out.count("迟了 34 个工作日") == 3
    assert printed(capsys, path, *offered(err))[-1]["figures"]["applications.granted.natural_person"] == 3


def test_a_list_without_kinds_of_applicants_has_its_clocks(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    heads = ["序号", "申请人", "申请内容", "收到日期", "答复日期", "答复结果"]
    path = office(tmp_path / "台账.xlsx", heads, [1, "张某", "略", "2026-03-02", "2026-05-20", "公开"])
    out, err = told(capsys, path)
    assert "没有认出“申请人类别”一栏，各件不能计入表三，期限照算" in err
    assert "迟了 34 个工作日" in out
    other = ["序号", "承办人", "内容", "收到日期", "答复日期", "结果"]
    path = office(tmp_path / "台账.xlsx", other, [1, "张某", "略", "2026-03-02", "2026-05-20", "维持"])
    assert "没有认出“申请人类别”这一栏" in told(capsys, path)[1]


def test_rows_without_numbers_are_known_by_their_place(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = office(tmp_path / "台账.xlsx", HEADS[1:], [*LATE[1:], "予以公开"], [*LATE[1:], "予以公开"], OPEN[1:])
    out, err = told(capsys, path)
    assert out.count("没有写编号，各件用行号称呼") == 1
    assert err.splitlines() == [
        "#3：工作表“台账”第 3 行：和第 2 行各格都一样，没有编号，当作两件；是同一件的请删去一行"
    ]
    assert "#4：期限到 2026-03-30" in out
    *lines, last = printed(capsys, path)
    assert [each["id"] for each in lines] == ["#2", "#3", "#4"]
    assert last["figures"]["applications.granted.natural_person"] == 2


def test_a_period_of_correction_may_be_its_last_day(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    heads = ["编号", "申请人类别", "收到日期", "补正告知日期", "补正期限", "收到补正日期", *HEADS[3:]]
    days = ["2026-03-19", "2026年3月19日前", "10个工作日", "至2026-03-21", "尽快", "2026-03-01", "2026-02-30"]
    rows = [[f"甲{at}", "自然人", "2026-03-02", "2026-03-05", day] for at, day in enumerate(days)]
    back = ["乙", "自然人", "2026-03-02", "2026-03-05", "尽快", "2026-03-12"]
    path = office(tmp_path / "台账.xlsx", heads, *rows, back)
    lines = {each["id"]: each for each in printed(capsys, path)[:-1]}
    until = [lines[f"甲{at}"]["applicant_until"] for at in range(len(days))]
    # 19 March is the tenth working day after 5 March; 21 March is a Saturday.
    assert until == ["2026-03-19", "2026-03-19", "2026-03-19", "2026-03-23", "2026-03-19", "2026-03-19", "2026-03-19"]
    assert lines["乙"]["due_on"] == "2026-04-10"
    out, err = told(capsys, path)
    assert "补正期限 2026-03-21 是休息日，当作到下一个工作日 2026-03-23" in err
    assert err.count("补正期限没有读，等申请人到哪一天按 10 个工作日算") == 4
    assert "乙：期限到 2026-04-10，还没有答复，已经逾期" in out


def test_a_sum_or_a_channel_that_cannot_be_read_stops_itself_alone(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    heads = [*HEADS, "收费金额", "接收渠道"]
    rows = [[*LATE, "予以公开", "见发票", "电话"], ["丙", *LATE[1:], "予以公开", "¥100", "邮件"]]
    path = office(tmp_path / "台账.xlsx", heads, *rows)
    *lines, last = printed(capsys, path)
    # Who is told of a fee is waited for until it is paid: without these days nobody can tell.
    assert [each["late_workdays"] for each in lines] == [None, None]
    assert [each["column"] for each in lines[0]["refused"]] == ["F", "G", "F"]
    called = office(tmp_path / "渠道.xlsx", heads, [*LATE, "予以公开", 0, "电话"])
    assert printed(capsys, called)[0]["late_workdays"] == 34
    assert last["figures"]["applications.granted.natural_person"] == 2
    confirmed = office(tmp_path / "确认.xlsx", [*heads, "确认日期"], [*rows[1], "2026-03-05"])
    assert printed(capsys, confirmed)[0]["cell"] is None


@pytest.mark.parametrize("channel", ["当面提交", "邮寄", "信函", "网上", "电子邮件", "传真", "电话", None])
def test_without_a_day_of_confirmation_no_channel_moves_a_clock(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, channel: str | None
) -> None:
    path = office(tmp_path / "台账.xlsx", [*HEADS, "接收渠道"], [*OPEN, channel])
    (line, _) = printed(capsys, path)
    assert (line["received_on"], line["due_on"], line["marks"]) == ("2026-03-02", "2026-03-30", [])


def test_where_a_year_is_from_is_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    row = ["甲", "自然人", "3月2日", "3月20日", "予以公开"]
    named = office(tmp_path / "a.xlsx", HEADS, row, sheet="2026年")
    assert "2 处日期没有写年份，按工作表的名称里的 2026 年算" in told(capsys, named)[0]
    titled = office(tmp_path / "2025年.xlsx", ["示范局2026年台账"], HEADS, row)
    assert "按标题里的 2026 年算" in told(capsys, titled)[0]
    filed = tmp_path / "2026年台账.csv"
    filed.write_text("\n".join(",".join(each) for each in (HEADS, row)), encoding="utf-8")
    assert "按文件名里的 2026 年算" in told(capsys, filed)[0]
    assert printed(capsys, filed)[-1]["reading"]["years_from_titles"][0]["from"] == "file"


@pytest.mark.parametrize(
    ("head", "label"), [("申请时间", "收到日期"), ("受理日期", "收到日期"), ("办结日期", "答复日期")]
)
def test_a_head_that_may_mean_another_day_is_said(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, head: str, label: str
) -> None:
    heads = [head if each == label else each for each in HEADS]
    out, _ = told(capsys, office(tmp_path / "a.xlsx", heads, [*LATE, "予以公开"]))
    assert f"把“{head}”当作{label}" in out
    assert "把“" not in told(capsys, office(tmp_path / "b.xlsx", HEADS, [*LATE, "予以公开"]))[0]


def test_what_stands_beside_the_heads_is_named_and_not_shown(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = office(tmp_path / "a.xlsx", HEADS, [*LATE, "予以公开", None, "张某"], [*OPEN, "催办"], [*LATE, "予以公开"])
    out, _ = told(capsys, path)
    assert "工作表“台账”的 G 列没有表头，2 行写着字，没有读" in out
    assert "F 列没有表头，3 行写着字" in out
    assert "张某" not in out
    assert {"sheet": "台账", "column": "G", "rows": [2]} in printed(capsys, path)[-1]["reading"]["without_heads"]


def test_unknown_heads_are_asked_about_where_one_comes_near(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out, _ = told(capsys, office(tmp_path / "a.xlsx", [*HEADS, "承办科室人", "备注"], [*OPEN, "法规科", "急"]))
    assert "承办科室人（是否指“承办”？）" in out
    assert "备注（" not in out


def _without(data: bytes, part: str, change: Any) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = change(old.read(name)) if name.endswith(part) else old.read(name)
            if content is not None:
                new.writestr(name, content)
    return out.getvalue()


def test_a_broken_workbook_says_what_is_broken(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = office(tmp_path / "a.xlsx", HEADS, [*LATE, "予以公开"])
    whole = path.read_bytes()
    for data, said in (
        (whole[: len(whole) // 2], "就断了"),
        (_without(whole, "sheet1.xml", lambda content: content[:-40]), "有一张工作表坏了"),
        (_without(whole, "sheet1.xml", lambda content: None), "里面少了 1 张"),
        (_without(whole, "styles.xml", lambda content: content[:-40]), "格式坏了"),
    ):
        path.write_bytes(data)
        _, err = told(capsys, path)
        assert said in err
        assert "另存为新的 xlsx" in err


def test_a_sheet_without_days_of_answers_silences_no_other(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = office(tmp_path / "a.xlsx", HEADS, OPEN)
    book = openpyxl.load_workbook(path)
    book.create_sheet("新表").append(["编号", "申请人类别", "收到日期"])
    book["新表"].append(["丙", "自然人", "2026-03-02"])
    book.save(path)
    out, _ = told(capsys, path)
    assert "乙：期限到 2026-03-30，还没有答复，已经逾期" in out
    assert "丙：" not in out
    assert "共 2 件，逾期没有答复的 1 件" in out
    assert "其中 1 件在没有答复日期一栏的工作表里，不判断是否逾期：新表" in out


def test_hidden_columns_are_read_and_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = office(tmp_path / "a.xlsx", HEADS, [*LATE, "予以公开"])
    book = openpyxl.load_workbook(path)
    book["台账"].column_dimensions["D"].hidden = True
    book.save(path)
    assert "工作表“台账”的 D 列隐藏着，也读了" in told(capsys, path)[0]
    *_, last = printed(capsys, path)
    assert last["reading"]["columns_out_of_sight"] == [{"sheet": "台账", "columns": ["D"]}]


def test_other_between_the_kinds_and_the_results_closes_the_kinds(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    kinds = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
    path = office(
        tmp_path / "台账.xlsx",
        ["编号", "收到日期", "答复日期", *kinds, "予以公开", "部分公开", "不予公开"],
        ["甲", "2026-03-02", "2026-03-20", *[None] * 5, "√", "√", None, None],
        ["乙", "2026-03-02", "2026-03-20", "√", *[None] * 6, "√", None],
    )
    first, second, _ = printed(capsys, path)
    assert (first["cell"]["row"], first["cell"]["column"]) == ("granted", "other_organizations")
    assert (second["cell"]["row"], second["cell"]["column"]) == ("partly_granted", "natural_person")
