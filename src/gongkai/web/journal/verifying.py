"""核验并记下结果 — for the pages: everything at once, one finding a line, worst first (条例 第四十五条)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from gongkai.law.terms import Term
from gongkai.web.journal.chaining import Break
from gongkai.web.journal.console import told_twice
from gongkai.web.journal.log_checks import log_breaks
from gongkai.web.journal.models import Chain, Verification
from gongkai.web.journal.queries import verify
from gongkai.web.journal.rooms import rooms

MOST_KEPT = 10_000
"""最多记多少处 — of the findings of one verification; that there were more is said."""
RESULTS_KEPT = 20


class Weight(Term):
    """轻重 — of a finding, worst first (条例 第四十五条)."""

    JOURNAL = "journal", "记录被动过", "条例 第四十五条"
    PUBLIC = "public", "公众看到的不对", "条例 第四十五条"
    KEPT = "kept", "与记录不符", "条例 第四十五条"


@dataclass(frozen=True, slots=True)
class Finding:
    """一处 — how bad it is, in which chain and at which entry, as a sentence: `template` and its values."""

    weight: Weight
    chain: str
    number: int | None
    template: str
    values: dict[str, Any]

    def __str__(self) -> str:
        return self.template.format(**self.values)


def verify_and_keep(*, chains: Collection[str], by: str, is_whole: bool) -> Verification:
    """核验 — of these chains; `is_whole`: also the public log and what the rooms keep, for who verifies for all (条例
    第四十五条)."""
    begun = timezone.now()
    breaks: list[tuple[Weight, Break]] = [(Weight.JOURNAL, each) for each in verify(chains)]
    if is_whole:
        breaks += [(Weight.JOURNAL, each) for each in log_breaks()]
        seen = {template for room in rooms() for template in getattr(room, "SEEN_BY_PUBLIC", ())}
        breaks += [(Weight.PUBLIC if each.template in seen else Weight.KEPT, each) for each in told_twice()]
    order = list(Weight)
    breaks.sort(key=lambda told: order.index(told[0]))
    lengths = Chain.objects.filter(code__in=chains).values_list("length", flat=True)
    made = Verification.objects.create(
        begun_at=begun, ended_at=timezone.now(), by=by, chains=sorted(chains), is_whole=is_whole,
        entries=sum(lengths), found=len(breaks), findings=[_kept(*told) for told in breaks[:MOST_KEPT]],
    )  # fmt: skip
    _forget()
    return made


def latest(chains: Collection[str]) -> Verification | None:
    """最近的核验 — that covers all of these chains (条例 第四十五条)."""
    wanted = set(chains)
    kept = Verification.objects.order_by("-id").defer("findings")[:RESULTS_KEPT]
    return next((each for each in kept if wanted <= set(each.chains)), None)


def findings(kept: Verification, chains: Collection[str]) -> list[Finding]:
    """各处 — those of these chains; what belongs to none is shown to whoever may read all that was verified."""
    is_all = set(kept.chains) <= set(chains)
    found = [_finding(each) for each in kept.findings]
    return [each for each in found if each.chain in chains or (is_all and not each.chain)]


def _kept(weight: Weight, told: Break) -> dict[str, object]:
    values = {name: value if isinstance(value, int) else str(value) for name, value in told.values.items()}
    return {"weight": str(weight), "chain": told.chain, "number": told.number, "template": told.template,
        "values": values}  # fmt: skip


def _finding(told: dict[str, Any]) -> Finding:
    return Finding(Weight(told["weight"]), told["chain"], told["number"], told["template"], told["values"])


def _forget() -> None:
    old: Iterable[int] = Verification.objects.order_by("-id").values_list("id", flat=True)[RESULTS_KEPT:]
    Verification.objects.filter(id__in=list(old)).delete()


def by_weight(told: Iterable[Finding]) -> list[tuple[Weight, int]]:
    """按轻重 — how many findings of each weight, those of which there are none left out."""
    counted = [each.weight for each in told]
    return [(weight, counted.count(weight)) for weight in Weight if weight in counted]
