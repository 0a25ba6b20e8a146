"""说法 — what a finding says in the language of the page: where, what was found, what to try (条例 第五十条)."""

from __future__ import annotations

from gongkai.report.checks import Finding
from gongkai.report.figures import AnnualReport, Place
from gongkai.report.naming import names
from gongkai.web.look.language import say, value

STOP = "。"
_PRINTED = (("page", "第 {number} 页"), ("table", "第 {number} 张表"), ("row", "第 {number} 行"))
_LINE = "文字第 {number} 行"


def sentences(finding: Finding) -> tuple[str, str]:
    """两句 — the fault and the advice; together they are the message."""
    stop = say(STOP)
    values = {name: value(given) for name, given in finding.values.items()}
    fault, _, advice = say(finding.template, {}).partition(stop)
    return fault.format(**values) + stop.rstrip() * bool(advice), advice.format(**values)


def cited(report: AnnualReport, finding: Finding) -> str:
    """依据 — the provision of a finding; the catalogue knows it with the form's document number left open."""
    document = report.form.document
    return say(finding.provision.replace(document, "{document}"), document=document)


def cell_of(report: AnnualReport, finding: Finding) -> tuple[str, str] | None:
    """哪一格 — row and column of the cell that a finding is about; None where it is about many cells, or none."""
    known = names(report.form)
    first = next((address for address in finding.figures if address in known), None)
    if first is None or (len(finding.figures) > 1 and finding.rule.startswith("reading.")):
        return None
    return known[first].row, known[first].column


def where(report: AnnualReport, finding: Finding) -> str:
    """位置 — the cell as the form names it, and under it where the source prints it."""
    cell = cell_of(report, finding)
    printed = printed_at(finding.place) if cell or not finding.figures else ""
    return "\n".join(filter(None, ("，".join(map(str, map(value, cell))) if cell else "", printed)))


def printed_at(place: Place | None) -> str:
    """出处 — 第 4 页第 2 张表第 14 行, as far as it is known."""
    if place is None:
        return ""
    said = [say(template, number=at) for name, template in _PRINTED if (at := getattr(place, name)) is not None]
    if place.row is None and place.line is not None:
        said.append(say(_LINE, number=place.line))
    return "".join(said)
