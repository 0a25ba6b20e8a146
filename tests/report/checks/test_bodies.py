"""公开主体的类别 — what names tell of a body, and what they leave open (条例 第四条、第四十九条)."""

from __future__ import annotations

import pytest

from gongkai.law.annual_report import Publisher
from gongkai.report.checks.bodies import is_place_alone, may_make_regulations, publisher


@pytest.mark.parametrize(
    ("agency", "body"),
    [
        ("青禾县人民政府", Publisher.GOVERNMENT),
        ("青禾市", Publisher.GOVERNMENT),
        ("广西壮族自治区人民政府", Publisher.GOVERNMENT),
        ("青禾县人民政府办公室", Publisher.DEPARTMENT),
        ("青禾县 水利局", Publisher.DEPARTMENT),
        ("青禾市城乡建设委员会", Publisher.DEPARTMENT),
        ("青禾县石桥镇人民政府", Publisher.TOWNSHIP),
        ("青禾区长山街道办事处", Publisher.TOWNSHIP),
        ("青禾供水公司", None),
        (None, None),
    ],
)
def test_the_last_words_of_a_name_tell_the_kind_of_body(agency: str | None, body: Publisher | None) -> None:
    assert publisher(agency) is body


@pytest.mark.parametrize(
    ("agency", "may"),
    [
        ("青禾市人民政府", True),
        ("广西壮族自治区人民政府", True),
        ("青禾市人民政府办公厅", True),
        ("青禾市长山区人民政府", False),
        ("青禾县水利局", False),
        ("石桥镇人民政府", False),
        (None, True),
    ],
)
def test_rules_are_made_above_the_county(agency: str | None, may: bool) -> None:
    assert may_make_regulations(agency) is may


@pytest.mark.parametrize(("agency", "alone"), [("青禾县石桥镇", True), ("青禾县石桥镇人民政府", False), (None, False)])
def test_a_place_is_no_body(agency: str | None, alone: bool) -> None:
    assert is_place_alone(agency) is alone
