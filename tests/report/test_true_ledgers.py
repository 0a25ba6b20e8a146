"""真台账 — who is late is told or asked about, who is called late is; both tables are right (条例 第三十三条)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gongkai.cli import run
from tests.report.true_ledgers import TODAY, figures, ledger


@pytest.mark.parametrize("seed", range(60))
def test_lateness_is_neither_silent_nor_false(capsys: pytest.CaptureFixture[str], tmp_path: Path, seed: int) -> None:
    path = tmp_path / "台账.xlsx"
    cases, drawn = ledger(seed, path)
    status = run(["ledger", str(path), "--today", TODAY.isoformat(), "--year", "2026", "--json"])
    *lines, last = map(json.loads, capsys.readouterr().out.splitlines())
    told = {line["id"]: line for line in lines}
    called_late = {each.number for each in cases if told[each.number]["late_workdays"]}
    asked_about = {each.number for each in cases if told[each.number]["refused"]}
    assert called_late <= {each.number for each in cases if each.is_late}
    assert {each.number for each in cases if each.is_late is not False} <= called_late | asked_about
    assert not asked_about & {each.number for each in cases if each.is_late is False}
    assert all(told[each.number]["due_on"] == each.due.isoformat() for each in cases)
    assert {address: value for address, value in last["figures"].items() if value} == figures(cases, drawn)
    assert status == 1 or not called_late | asked_about
