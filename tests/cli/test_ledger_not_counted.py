"""不该计的一行 — rows that are void, no request or of another year, and the same request twice (年报格式 表三)."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.cli.test_ledger_late import HEADS, lines, office, told

IN_TIME = ["自然人", "2026-03-02", "2026-03-20", "予以公开"]
OPEN = ["自然人", "2026-03-02", None, None]
SAYS_SO = [
    *(("信件类型", said) for said in ("咨询", "投诉", "信访")),
    *(("状态", said) for said in ("作废", "已作废")),
    *(("是否计入年报", said) for said in ("否", "不计入")),
    *(("是否依申请公开", said) for said in ("否", "不是")),
    ("是否有效", "无效"),
    ("办理类型", "信访转办"),
    *(
        ("备注", said)
        for said in (
            *("信访件，不作为依申请公开统计", "已计入2025年年报", "登记重复，作废", "录入错误，请忽略", "已删除"),
            *("不计入年报", "已在上年年报中统计", "测试", "误登", "不属于政府信息公开申请，已告知申请人"),
            *("属咨询，已电话解答", "重复件，与6号相同", "不属于依申请公开"),
        )
    ),
]


@pytest.mark.parametrize(("head", "said"), SAYS_SO)
@pytest.mark.parametrize("row", [IN_TIME, OPEN])
def test_a_row_that_may_not_count_is_asked_about_and_is_called_late_by_nobody(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, head: str, said: str, row: list[str | None]
) -> None:
    path = office(tmp_path, ["件1", *row, said], ["件2", *IN_TIME, None], heads=[*HEADS, head])
    out, err = told(capsys, path)
    assert err.count("请删去这一行") == 1 or err.count("看不出是否逾期") == 1
    assert "件1：" in err
    assert "件2：" not in err
    assert "件1：期限到" not in out
    assert lines(capsys, path)[-1]["figures"]["applications.received.total"] == 2


@pytest.mark.parametrize("said", ["已电话告知", "信访局转来", "申请人领取", "寄送", "已归档", "按规定统计", "无"])
def test_other_remarks_ask_nothing_of_a_row_in_time(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, said: str
) -> None:
    _, err = told(capsys, office(tmp_path, ["件1", *IN_TIME, said], heads=[*HEADS, "备注"]))
    assert err == ""


def test_a_petition_that_was_answered_as_one_is_a_request(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    row = ["件1", "自然人", "2026-03-02", "2026-03-20", "信访举报投诉类申请", "信访件"]
    _, err = told(capsys, office(tmp_path, row, heads=[*HEADS, "备注"]))
    assert err == ""


def test_parts_of_a_sheet_speak_for_their_own_rows_alone(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = office(
        tmp_path,
        ["一、办结件", *[None] * 4],
        ["件1", *IN_TIME],
        ["二、作废件", *[None] * 4],
        ["件2", *IN_TIME],
    )
    _, err = told(capsys, path)
    assert "件1：" not in err
    assert "件2：" in err
    assert err.count("请删去这一行") == 1


def two_sheets(tmp_path: Path, first: list[list[object]], second: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in (("2025年", first), ("2026年", second)):
        sheet = book.create_sheet(name)
        sheet.append(["序号", "申请人", "申请内容", *HEADS[1:]])
        for number, row in enumerate(rows, 1):
            sheet.append([number, *row])
    path = tmp_path / "台账.xlsx"
    book.save(path)
    return path


CARRIED = ["甲某", "征地批文", "自然人", "2025-12-22", "2026-01-14", "予以公开"]
OLD = ["乙某", "预算", "自然人", "2025-10-20", "2025-11-04", "予以公开"]
NEW = ["丙某", "决算", "自然人", "2026-03-02", "2026-03-20", "予以公开"]


def test_a_request_answered_in_two_sheets_counts_once(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = two_sheets(tmp_path, [OLD, CARRIED], [CARRIED, NEW])
    _, err = told(capsys, path, "--year", "2026")
    assert "2026年-1没有计入" in err
    assert "和工作表“2025年”第 3 行像是同一件，没有再计一次" in err
    last = lines(capsys, path, "--year", "2026")[-1]["figures"]
    assert (last["applications.carried_in.total"], last["applications.granted.natural_person"]) == (1, 2)


@pytest.mark.parametrize("other", [{0: "丁某"}, {1: "别的批文"}, {4: "2026-01-15"}, {5: "部分公开"}])
def test_requests_that_differ_in_anything_count_both(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, other: dict[int, str]
) -> None:
    changed = [other.get(at, said) for at, said in enumerate(CARRIED)]
    path = two_sheets(tmp_path, [OLD, CARRIED], [changed, NEW])
    assert lines(capsys, path, "--year", "2026")[-1]["figures"]["applications.carried_in.total"] == 2


def test_a_request_answered_in_the_other_file_is_called_late_by_nobody(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    row, same = ["2025-8", "自然人", "2025-12-22"], ["2025-9", "自然人", "2025-12-23", "2026-01-14", "予以公开"]
    old = office(tmp_path, [*row, None, None], same, name="去年.xlsx")
    new = office(tmp_path, [*row, "2026-01-14", "予以公开"], same, name="今年.xlsx")
    alone, _ = told(capsys, old, "--year", "2026")
    assert "2025-8：期限到 2026-01-20，还没有答复" in alone
    out, err = told(capsys, old, new, "--year", "2026")
    assert "2025-8：期限到" not in out
    assert "今年.xlsx”里同一编号的一件 2026-01-14 已经答复，像是同一件，看不出是否逾期" in err
    assert "有 2 件的编号和收到日期几个台账里都有" in out
    assert "2 个台账共 4 件，逾期没有答复的 0 件" in out


@pytest.mark.parametrize(("number", "is_asked"), [("2026-001", True), ("2026001", True), ("2025-001", False)])
def test_a_year_that_slipped_in_january_is_asked_about(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, number: str, is_asked: bool
) -> None:
    path = office(tmp_path, [number, "自然人", "2025-01-05", "2026-01-20", "予以公开"])
    out, err = told(capsys, path, "--year", "2026")
    assert (f"“编号”写着“{number}”，收到日期却是 2025-01-05，可能写错了年份" in err) is is_asked
    assert ("才答复，迟了" in out) is not is_asked


@pytest.mark.parametrize(
    "said",
    [
        *("实收日期2026-02-20", "EMS 2.24签收", "2月24日县政府办转来", "2月24日到局", "2月24日送到办公室"),
        *("未在规定时间答复", "4月2日电邮发申请人", "首次答复有误，4月3日重新作出答复"),
    ],
)
def test_a_remark_by_which_it_is_late_is_said(capsys: pytest.CaptureFixture[str], tmp_path: Path, said: str) -> None:
    row = ["件1", "自然人", "2026-03-02", "2026-03-27", "予以公开", said]
    out, err = told(capsys, office(tmp_path, row, heads=[*HEADS, "备注"]))
    assert f"“备注”写着“{said}”" in err
    assert "才答复，迟了" not in out


@pytest.mark.parametrize(
    "said", ["4月10日电话回访，满意", "4月8日归档", "2月10日房屋被征收", "公示至4月20日", "2月20日印发的通知"]
)
def test_a_remark_of_other_days_asks_nothing(capsys: pytest.CaptureFixture[str], tmp_path: Path, said: str) -> None:
    row = ["件1", "自然人", "2026-03-02", "2026-03-27", "予以公开", said]
    assert told(capsys, office(tmp_path, row, heads=[*HEADS, "备注"]))[1] == ""


@pytest.mark.parametrize("name", ["行政复议", "复议应诉", "12345热线", "行政许可", "局长信箱", "信访件", "领导留言"])
@pytest.mark.parametrize("answered", ["2026-03-20", "2026-05-20"])
def test_a_sheet_of_another_matter_is_asked_about_and_accuses_nobody(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str, answered: str
) -> None:
    book = openpyxl.Workbook()
    book.active.title = "依申请公开"
    for title in ("依申请公开", name):
        sheet = book[title] if title in book.sheetnames else book.create_sheet(title)
        sheet.append(HEADS)
        sheet.append([f"{title}1", "自然人", "2026-03-02", "2026-03-20" if title != name else answered, "予以公开"])
    path = tmp_path / "台账.xlsx"
    book.save(path)
    out, err = told(capsys, path)
    assert f"“工作表”写着“{name}”" in err
    assert f"{name}1：期限到" not in out
    assert "依申请公开1" not in err


@pytest.mark.parametrize("name", ["依申请公开", "信访局依申请公开", "政府信息公开申请（行政许可科）", "一季度"])
def test_a_sheet_of_requests_is_one_whoever_keeps_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str
) -> None:
    book = openpyxl.Workbook()
    book.active.title = name
    for row in (HEADS, ["件1", *IN_TIME]):
        book.active.append(row)
    path = tmp_path / "台账.xlsx"
    book.save(path)
    assert told(capsys, path)[1] == ""


def test_no_ledger_is_written_over(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    from gongkai.cli import run

    path = office(tmp_path, ["件1", *IN_TIME])
    held = path.read_bytes()
    assert run(["ledger", str(path), "-o", str(path)]) == 64
    assert "草稿不能写在台账上" in capsys.readouterr().err
    assert run(["ledger", "--blank", str(path)]) == 64
    assert "已经有了，没有写" in capsys.readouterr().err
    assert path.read_bytes() == held


@pytest.mark.parametrize("year", ["-1", "10000", "99999999999"])
def test_a_year_that_no_calendar_has_is_a_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, year: str
) -> None:
    from gongkai.cli import run

    assert run(["ledger", str(office(tmp_path, ["件1", *IN_TIME])), f"--year={year}"]) == 64
    assert "1949 到 2099" in capsys.readouterr().err


def test_a_day_beyond_all_calendars_is_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    from gongkai.cli import run

    assert run(["deadline", "reply", "--received", "2026-03-02", "--today", "2100-01-01"]) == 64
    assert "太晚" in capsys.readouterr().err
