"""别的机关 — text that names another body as the one that reports: a copy that was not adapted (条例 第四十九条)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from gongkai.law.annual_report import Publisher
from gongkai.report.checks.bodies import publisher
from gongkai.report.checks.finding import Finding
from gongkai.report.checks.prose import Passage
from gongkai.report.checks.rules import rules
from gongkai.report.figures import AnnualReport
from gongkai.text.folding import squeeze

# Names of one place that share so much are ways of writing one name.
SAME = 0.8
PLACE = 2
LAST_LINES = 3
LAST_SECTION = 6

_NAME = r"[一-鿿]{2,22}?(?:人民政府办公室|人民政府|街道办事处|管理委员会|委员会|办公室|局)"
_REPORT = re.compile(rf"(?P<name>{_NAME}) ?20\d\d ?年?度? ?(?:政府)?信息公开(?:工作)?(?:年度)?报告")
_SUBJECT = re.compile(
    r"^\s*(?:20\d\d ?年度?,? ?)?(?P<name>[一-鿿]{2,20}?(?:局|委员会|人民政府办公室|街道办事处))"
    r"(?=20\d\d ?年|全年|本年度?|共|累计|高度重视|认真|坚持|严格|主动公开|及时|按照|深入|积极|扎实|持续|紧紧|围绕|全面"
    r"|切实|进一步|大力|始终|强化|聚焦)"
)
# Whoever compiles the report, and whom to ask about it.
_COMPILED = re.compile(
    rf"(?:本报告由|由)(?P<name>{_NAME})(?=按照|依照|根据|编制)|(?:请与|请联系|请向)(?P<asked>{_NAME})(?=联系|\(|,|咨询)"
)
_SIGNED = re.compile(rf"\s*(?P<name>{_NAME})\s*(?:20\d\d ?年 ?\d+ ?月 ?\d+ ?日)?\s*")
_BEFORE = re.compile(r"^(?:现将|特将|根据|按照|依照|由|本报告为|本报告系|公布|发布|向社会公布|以下是|及)+")
# “我局”, “市水利局” and the like may mean any body; bodies of the State and former ones report nothing here.
_OPEN = re.compile(r"^(?:省|市|县|区|州|国家|全国|上级|各)|国务院|党组|党委|原|我|本|该|度")


def check_other_bodies(report: AnnualReport, passages: Sequence[Passage]) -> Iterator[Finding]:
    """别的机关 — one finding, where the first other name stands; none where the report names no body."""
    agency = squeeze(report.agency or "")
    if publisher(agency) is None:
        return
    for passage in passages:
        for name, quote in _named(report, passage):
            if not _is_same(_BEFORE.sub("", name), agency):
                values = {"quote": quote, "found": _BEFORE.sub("", name), "agency": agency}
                yield rules()["structure.other_body"].finding(report, (), values)
                return


def _named(report: AnnualReport, passage: Passage) -> Iterator[tuple[str, str]]:
    """The bodies that a passage gives as the one whose report this is, each with its quotation."""
    patterns: tuple[re.Pattern[str], ...] = (_REPORT,)
    if not passage.section:
        patterns = (_REPORT, _COMPILED)
    elif publisher(report.agency) is not Publisher.GOVERNMENT:
        patterns = (_REPORT, _SUBJECT)
    for sentence in passage.sentences:
        for pattern in patterns:
            match = pattern.search(sentence.text) if pattern is not _REPORT or "报告" in sentence.text else None
            if match:
                name = "name" if match["name"] else "asked"
                yield match[name], sentence.quote(match.start(name), match.end(name))
    if passage.section == LAST_SECTION:
        for line in passage.text.strip().split("\n")[-LAST_LINES:]:
            signed = _SIGNED.fullmatch(line)
            if signed:
                yield signed["name"], signed["name"]


def _is_same(name: str, agency: str) -> bool:
    """Whether both may be names of one body, or of a government and its office."""
    if name in agency or agency in name or _OPEN.search(name):
        return True
    if _is_within(name, agency) or _is_within(agency, name):
        return True
    if publisher(agency) is not Publisher.DEPARTMENT and agency[:PLACE] in name:
        return True  # the report of a government may be signed by the department that wrote it
    return name[:PLACE] == agency[:PLACE] and SequenceMatcher(None, name, agency).ratio() >= SAME


def _is_within(short: str, long: str) -> bool:
    """Whether the characters of a short name stand in a long one in their order: 发改局, 发展和改革局."""
    rest = iter(long)
    return all(char in rest for char in short)
