"""写在别处的话 — another row, a note, a cell of contact is heard (条例 第三十三条)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_ledger_late import HEADS, office, told

LATE = ["自然人", "2026-03-02", "2026-04-20", "予以公开"]
IN_TIME = ["自然人", "2026-03-02", "2026-03-20", "予以公开"]


@pytest.mark.parametrize(
    "said",
    [
        *("4-6号均延期至2026-04-28", "延期20个工作日，3月20日告知；5、6号同", "延期20个工作日（含5号、6号）"),
        *("与5号、6号一并于3月28日当面答复", "第5件、第6件征求第三方意见中"),
    ],
)
def test_what_a_row_says_of_others_by_number_is_heard_for_them(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, said: str
) -> None:
    rows = [[at, *(LATE if at > 3 else IN_TIME), said if at == 4 else None] for at in range(1, 8)]
    out, err = told(capsys, office(tmp_path, *rows, heads=[*HEADS, "备注"]))
    for number in (5, 6):
        assert f"\n{number}：期限到" not in out
        assert f"{number}：第 {number + 1} 行" in err.replace("工作表“台账”", "").replace("工作表“Sheet”", "")
    assert "7：期限到 2026-03-30" in out


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("联系记录", "3月28日已当面答复申请人"),
        ("电话记录", "3月18日来电补充材料"),
        ("联系方式", "3月28日已电话答复"),
        ("承办人", "张某（3月20日补正后接办）"),
        ("承办部门", "规划股（征求县自然资源局意见）"),
        ("申请事项", "征地批复（3月20日修改）"),
    ],
)
def test_an_act_told_in_a_cell_of_contact_or_content_is_asked_about(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, head: str, said: str
) -> None:
    out, err = told(capsys, office(tmp_path, ["件1", *LATE, said], heads=[*HEADS, head]))
    assert "件1：期限到" not in out
    assert "看不出是否逾期" in err


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("联系电话", "0373-5551234"),
        ("申请内容", "2026年3月20日印发的征收补偿决定及答复意见"),
        ("承办人", "张某"),
        ("承办部门", "规划股（一楼）"),
    ],
)
def test_contacts_and_contents_alone_leave_lateness_as_it_is(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, head: str, said: str
) -> None:
    out, _ = told(capsys, office(tmp_path, ["件1", *LATE, said], heads=[*HEADS, head]))
    assert "期限到 2026-03-30，2026-04-20 才答复，迟了 14 个工作日" in out


@pytest.mark.parametrize(
    "note", ["答复日期为归档日期，实际答复均在期限内", "说明：答复日期均为归档日期", "各件答复均在法定期限内"]
)
def test_a_note_that_the_days_are_others_is_heard_for_every_late_row(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, note: str
) -> None:
    path = office(tmp_path, ["件1", *LATE], ["件2", *IN_TIME], [note, *[None] * 4])
    out, err = told(capsys, path)
    assert "件1：期限到" not in out
    assert "件1：" in err
    assert "件2：" not in err


def test_a_head_that_names_another_day_is_heard(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    heads = [head if head != "答复日期" else "答复日期（归档）" for head in HEADS]
    out, err = told(capsys, office(tmp_path, ["件1", *LATE], heads=heads))
    assert "件1：期限到" not in out
    assert "答复日期（归档）" in err
