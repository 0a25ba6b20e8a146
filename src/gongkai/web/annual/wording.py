"""说法 — a finding's sentence in two: what was found, and what to try, in the language of the page (条例 第五十条)."""

from __future__ import annotations

from gongkai.report.checks import Finding
from gongkai.web.look.language import say, value

STOP = "。"


def sentences(finding: Finding) -> tuple[str, str]:
    """两句 — the fault and the advice; together they are the message."""
    stop = say(STOP)
    values = {name: value(given) for name, given in finding.values.items()}
    fault, _, advice = say(finding.template, {}).partition(stop)
    return fault.format(**values) + stop.rstrip() * bool(advice), advice.format(**values)


def cited(finding: Finding) -> str:
    """依据 — the provision of a finding, in the language of the page."""
    return say(finding.provision)
