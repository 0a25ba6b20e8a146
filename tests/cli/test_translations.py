"""译文 — everything that is said can be said in English, with the same fields and no character left over."""

from __future__ import annotations

import importlib.util
import re
import sys
from types import ModuleType

import pytest

from gongkai.cli import run
from gongkai.cli.check import message, provision
from gongkai.cli.console import Console
from gongkai.cli.labels import translated
from gongkai.law.sources import Provision
from gongkai.report.checks import check
from gongkai.report.figures import State
from gongkai.report.form import Edition, OtherHandling, form
from gongkai.report.naming import cells
from tests.conftest import ROOT
from tests.report.balanced import changed, report_of

HAN = re.compile("[\u3000-\u9fff\uff00-\uffef]")
ENGLISH, CHINESE = Console("en"), Console("zh")


@pytest.fixture(scope="module")
def translations() -> ModuleType:
    spec = importlib.util.spec_from_file_location("translations", ROOT / "tools" / "translations.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["translations"] = module
    spec.loader.exec_module(module)
    return module


def test_every_sentence_has_an_english_one_with_the_same_fields(translations: ModuleType) -> None:
    assert list(translations.faults()) == []


def test_sentences_are_found_where_people_are_spoken_to(translations: ModuleType) -> None:
    found = translations.sentences()
    for sentence in (
        "没有“{name}”这个命令。",  # the command line
        "{file}：没有这个文件。请看看文件名和路径有没有写对",  # an error of documents
        "年报数据里没有 figures",  # an error without fields
        "{starts}：{day}，当日不计",  # a step of the law
        "（一）予以公开",  # a label of the form
    ):
        assert sentence in found
    assert not any(re.search(r"\\d|\[\^", sentence) for sentence in found)


@pytest.mark.parametrize("edition", list(Edition))
@pytest.mark.parametrize("step", [1, 3, 7, 22])
def test_the_names_of_any_cells_are_wholly_translated(edition: Edition, step: int) -> None:
    of = form(edition, OtherHandling.ROW)
    for start in range(0, len(of.addresses), 5):
        named = cells(of, of.addresses[start : start + 8 * step : step])
        assert not HAN.search(str(translated(named, ENGLISH)))
        assert translated(named, CHINESE) == named


def test_the_name_of_a_body_is_not_translated_in_part() -> None:
    assert translated("某县行政许可服务局", ENGLISH) == "某县行政许可服务局"


def test_findings_are_wholly_translated_and_the_same_in_chinese() -> None:
    new = report_of(form(Edition.E2021), {})
    states = {"applications.granted.total": State.ABSENT, "proactive.licensing.decisions": State.DOUBTFUL}
    for report in (
        changed(new, {"applications.granted.business": 2, "remedies.reconsideration.total": 3}),
        changed(new, {"applications.received.total": 2, "applications.refused.state_secret.total": -1}),
        changed(new, dict.fromkeys(new.figures)),
        type(new)(**{**{f: getattr(new, f) for f in new.__slots__}, "states": states}),
    ):
        findings = check(report, previous=[])
        assert findings
        for finding in findings:
            assert not HAN.search(ENGLISH.joined(message(finding, ENGLISH)))
            assert not HAN.search(provision(finding, report, ENGLISH).replace(report.form.document, ""))
            assert CHINESE.joined(message(finding, CHINESE)) == finding.message
            assert provision(finding, report, CHINESE) == finding.provision


@pytest.mark.parametrize(
    "words",
    [
        ["reply", "--received", "2025-09-20", "--extended", "--consulted", "2025-09-25", "2025-12-30"],
        ["reply", "--received", "2027-01-20", "--channel", "fax"],
        ["correction", "--received", "2025-09-20", "--channel", "letter"],
        ["third-party", "--received", "2024-02-01"],
        ["payment", "--received", "2023-09-20"],
        ["disclosure", "--received", "2022-04-20"],
        ["reply", "--received", "2012-04-20"],
        ["reply", "--received", "2025-04-20", "--corrected", "2025-04-01"],
        ["disclosure", "--received", "2022-04-20", "--extended"],
        ["reply", "--received", "2020-06-01", "--paid", "2020-06-10"],
        ["reply", "--received", "2026-03-02", "--correction-asked", "2026-03-05", "--fee-noticed", "2026-03-06"],
        ["reply", "--received", "2026-03-02", "--correction-asked", "2026-03-05", "--corrected", "2026-03-25"],
        ["reply", "--received", "2026-03-02", "--fee-noticed", "2026-04-10", "--paid", "2026-06-10"],
        ["reply", "--received", "2026-03-02", "--consulted", "co-maker", "2026-03-09", "2026-03-11", "-"],
        ["reply", "--received", "2026-03-02", "--consulted", "third-party", "2026-03-09", "-", "-"],
        ["reply", "--received", "2026-03-02", "--channel", "pigeon"],
        ["reply", "--received", "2026-03-02", "--consulted", "somebody", "2026-03-09", "-", "-"],
        ["reply", "--received", "2026-03-02", "--consulted", "third-party", "2026-03-09"],
        *([clock, "--received", "2026-03-02"] for clock in ("co-maker", "withdrawal", "report")),
    ],
)
def test_deadlines_are_counted_in_english_too(
    words: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "300")  # document numbers stay whole, and Chinese
    run(["deadline", *words, "--lang", "en"])
    said = "".join(capsys.readouterr())
    assert said
    assert not HAN.search(re.sub(r"国办发明电〔\d+〕\d+号|国务院令第\d+号", "", said))


def test_provisions_are_cited_as_each_language_does() -> None:
    article = Provision("条例", 31, item=2)
    assert CHINESE.cite(article) == "条例 第三十一条第（二）项"
    assert ENGLISH.cite(article) == "Regulations, Art. 31(2)"
    assert ENGLISH.cite(Provision("收费办法", 33, 3)) == "Fee Measures, Art. 33(3)"
