"""台账里看不出的 — what a ledger leaves out is said with its cell: nobody is found in time or late by a guess."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from gongkai.cli import run
from tests.cli.test_ledger_late import lines, office, told

CONSULTED = [
    "编号",
    "申请人类别",
    "收到日期",
    "征求第三方意见日期",
    "第三方收到日期",
    "第三方意见日期",
    "答复日期",
    "办理结果",
]
ACTS = ["编号", "申请人类别", "办理行为", "日期", "接收渠道", "从哪一件分出", "转送机关"]
ACTS += ["更正哪个行为", "原来登记在", "更正后日期", "更正后申请人类别", "事由", "合理期限至"]
REMEDIES = ["案号", "救济类别", "起诉日期", "结案方式", "结案日期", "上诉日期", "二审结果", "二审日期"]


def test_a_consultation_without_an_end_leaves_it_open_whether_the_answer_was_late(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = office(
        tmp_path,
        ["甲", "自然人", "2026-03-02", "2026-03-09", None, None, "2026-09-20", "予以公开"],
        ["乙", "自然人", "2026-03-02", "2026-03-09", None, None, "2026-03-30", "予以公开"],
        ["丙", "自然人", "2026-03-02", "2026-03-09", "2026-03-10", None, "2026-09-20", "予以公开"],
        heads=CONSULTED,
    )
    assert "甲：征求意见没有写对方收到日期、意见日期，这一段没有扣除，看不出" in told(capsys, path)[0]
    unknown, in_time, late, _ = lines(capsys, path)
    assert (unknown["late_workdays"], unknown["marks"]) == (None, ["lateness_unknown"])
    assert (in_time["late_workdays"], in_time["marks"]) == (0, [])
    assert late["late_workdays"] > 0
    row = ["甲", "自然人", "2026-03-02", "2026-03-09", None, None, "2026-09-20", "予以公开"]
    assert run(["ledger", str(office(tmp_path, row, heads=CONSULTED))]) == 1


def test_days_of_a_consultation_the_wrong_way_round_are_named_with_both(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = office(
        tmp_path,
        ["甲", "自然人", "2026-03-02", "2026-03-19", "2026-03-10", "2026-03-09", "2026-09-20", "予以公开"],
        heads=CONSULTED,
    )
    out, err = told(capsys, path)
    assert "第 2 行 E 列：对方收到日期 2026-03-10 早于发函日期 2026-03-19" in err
    assert "第 2 行 F 列：意见日期 2026-03-09 早于发函日期 2026-03-19" in err
    assert "没有编号为" not in err
    assert "迟了" not in out


@pytest.mark.parametrize("head", ["是否延期", "是否补正", "是否征求第三方意见"])
def test_a_yes_without_its_day_accuses_nobody(capsys: pytest.CaptureFixture[str], tmp_path: Path, head: str) -> None:
    rows = [["甲", "自然人", "2026-03-02", "2026-04-20", "予以公开", said] for said in ("是", "否")]
    rows[1][0] = "乙"
    path = office(tmp_path, *rows, heads=["编号", "申请人类别", "收到日期", "答复日期", "办理结果", head])
    out, err = told(capsys, path)
    assert f"甲：工作表“台账”第 2 行 F 列：“{head}”一栏写着“是”，没有写日期，看不出是否逾期" in err
    assert "甲：期限到" not in out
    assert "乙：期限到 2026-03-30，2026-04-20 才答复" in out
    assert [each["late_workdays"] for each in lines(capsys, path)[:2]] == [None, 14]


def test_a_row_is_a_repeat_only_if_all_its_cells_say_so(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    row = ["1", "自然人", "2026-03-02", "2026-03-20", "予以公开"]
    heads = ["编号", "申请人类别", "收到日期", "答复日期", "办理结果", "申请内容"]
    out, err = told(capsys, office(tmp_path, [*row, "预算"], [*row, "规划"], heads=heads))
    assert "第 3 行 A 列：编号 1 在第 2 行已经用过，两行不一样" in err
    assert "重复，只计一次" not in out
    out, err = told(capsys, office(tmp_path, [*row, "预算"], [*row, "预算"], heads=heads, name="同.xlsx"))
    assert "重复，只计一次" in out
    assert not err


def test_what_is_seen_last_is_how_many_and_the_worst(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    late = [[f"逾{n:02}", "自然人", f"2026-0{n % 5 + 3}-{n % 9 + 10}", None, None] for n in range(40)]
    fine = [[f"在{n:03}", "自然人", "2026-11-20", None, None] for n in range(260)]
    wrong = ["错1", "自然人", "2026-13-01", None, None]
    out, _ = told(capsys, office(tmp_path, *fine, *late, wrong))
    last = out.splitlines()[-24:]
    assert "共 300 件，逾期没有答复的 40 件。" in last
    (worst,) = (line for line in last if line.startswith("逾期最久的："))
    days = [int(each) for each in re.findall(r"(\d+) 个工作日", worst)]
    assert len(days) == 5
    assert days == sorted(days, reverse=True)
    assert days[0] == max(int(each) for each in re.findall(r"已经逾期 (\d+) 个工作日", out))
    assert any("没有计入表三、表四" in line for line in last)


def test_acts_that_need_another_body_or_another_day_have_columns(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    nothing = [None] * 2
    path = office(
        tmp_path,
        ["甲", "公民", "登记", "2026-03-02", "当面"],
        ["甲", None, "补正告知", "2026-03-04"],
        ["甲", None, "补正", "2026-04-13"],
        ["甲", None, "更正登记", "2026-04-14", None, *nothing, "登记", "2026-03-02", "2026-02-27", None, "登记有误"],
        ["甲", None, "更正登记", "2026-04-14", None, *nothing, None, None, None, "企业", "登记有误"],
        ["乙", "公民", "从另一件分出", "2026-03-09", None, "甲"],
        ["乙", None, "经申请人同意转送其他机关", "2026-03-10", None, None, "另一个局"],
        ["丙", "公民", "登记", "2026-11-02", "当面"],
        ["丙", None, "要求说明理由", "2026-11-03"],
        ["丙", None, "确定延迟答复的合理期限", "2026-11-10", *[None] * 8, "2027-02-01"],
        heads=ACTS,
    )
    out, err = told(capsys, path)
    assert not err
    assert "申请人可能逾期才补正，请核对告知书（工作表“台账”第 4 行 D 列）" in out
    first, second, third, _ = lines(capsys, path)
    assert first["received_on"] == "2026-02-27"
    assert second["cell"]["row"] == "unable.not_held"
    assert third["due_on"] == "2027-02-01"


@pytest.mark.parametrize(("instance", "column"), [("first", "upheld"), ("last", "corrected")])
def test_two_instances_count_by_the_setting(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, instance: str, column: str
) -> None:
    path = office(
        tmp_path,
        ["诉1", "直接起诉", "2026-01-05", "维持", "2026-06-20", "2026-07-02", "撤销", "2026-09-20"],
        ["诉2", "直接起诉", "2026-01-05", "维持", "2026-06-20", "2026-08-02", "撤销", "2026-09-20"],
        ["诉3", "复议", "2015-01-05", "维持", "2015-03-20", None, None, None],
        heads=REMEDIES,
    )
    (last,) = lines(capsys, path, "--set", f"second_instance={instance}", "--year", "2026")
    figures = last["figures"]
    assert figures[f"remedies.litigation_direct.{column}"] == (2 if instance == "first" else 1)
    assert figures["remedies.reconsideration.total"] == 0
    assert [(each["id"], each["row"], each["column"]) for each in last["refused"]] == [("诉2", 3, "F"), ("诉2", 3, "H")]
    assert "诉2：上诉（2026-08-02）不成立" in told(capsys, path)[1]


def test_a_day_to_come_has_not_happened_in_json_either(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    acts = [{"act": "register", "on": "2026-09-10"}, {"act": "deliver", "on": "2026-12-20", "answer": "granted"}]
    path = tmp_path / "台账.json"
    data = {"format": "gongkai.ledger/1", "requests": [{"id": "甲", "applicant": "business", "acts": acts}]}
    path.write_text(json.dumps(data), encoding="utf-8")
    out, err = told(capsys, path)
    assert "甲：送达答复（2026-12-20）不成立：2026-12-20 在 2026-11-29 以后，还没有发生" in err
    assert "甲：期限到 2026-10-14，还没有答复" in out
    assert lines(capsys, path)[0]["cell"] is None
