"""同一个整体 — two shares of one sentence are of one whole: 84.1% of 82 and 15.1% of 86 contradict (条例 第五十条)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from gongkai.report.checks.changes import same_share
from gongkai.report.checks.prose import Sentence
from gongkai.report.checks.wholes import mains
from gongkai.report.figures import AnnualReport
from gongkai.text.numerals import Numeral

PAIR = 2


class Share(NamedTuple):
    """占比 — a percentage, what is counted before it, the totals that it fits, and the only one that it can be of.

    `division`: whether it is one of the applicants or of the results of table three; `named`: how its whole is called.
    """

    sentence: Sentence
    percent: Numeral
    counted: Decimal
    fits: tuple[Decimal, ...]
    only: Decimal | None = None
    division: str = ""
    named: str = ""


def of_other_wholes(report: AnnualReport, shares: Sequence[Share]) -> Iterator[tuple[Share, Decimal]]:
    """别的整体的占比 — each share right only of another whole than the others of its sentence, and that whole."""
    likely = mains(report)
    for _, every in groupby(shares, key=lambda share: (share.sentence.start, share.division)):
        alike = [share for share in every if share.division and (share.fits or share.only is None)]
        fitting = [share for share in alike if share.fits]
        if len(alike) < PAIR or not fitting or not all(set(share.fits) <= set(likely) for share in alike):
            continue
        if len({share.named for share in alike if share.named}) > 1:
            continue
        # Applicants are those of what was received, results those of what was closed.
        order = likely if alike[0].division == "applicants" else likely[::-1]
        counted = sum(share.counted for share in alike)
        whole = max(order, key=lambda one: (sum(one in share.fits for share in alike), one == counted))
        wrong = [share for share in alike if not same_share(share.percent, share.counted / whole)]
        yield from ((share, whole) for share in wrong)
