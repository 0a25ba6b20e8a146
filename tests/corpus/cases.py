"""语料里的一例 — one noisy report of the generated corpus, from one seed, without the folder around it."""

from __future__ import annotations

from datetime import date
from random import Random

from tests.corpus import history
from tests.corpus.formats import QUICK
from tests.corpus.writing import on_paper
from tests.noise.noises import NOISES, compose
from tests.noise.printed import Printed

_MOST_NOISES = 3


def noisy(seed: int) -> Printed:
    """一例 — figures as bodies have them (most are 0), one to three noises, a quick format."""
    random = Random(f"corpus case:{seed}")
    year = random.randint(2019, 2025)
    blank = history.form_of(random, year)
    scale = random.choice(tuple(history.SIZES))
    before = history.year_of(random, blank, scale, None) if random.random() < 0.8 else None
    figures = history.year_of(random, blank, scale, before)
    formats = {name: share for name, share in QUICK.items() if name != "json"}
    format_ = random.choices(list(formats), list(formats.values()))[0]
    prose = {1: ("按要求做了公开工作。",), 5: ("还有不足。",), 6: ("无。",)}
    report = on_paper(blank, figures, "青川市安平县人民政府", year, prose, date(year + 1, 1, 20), format_)
    fitting = [name for name, noise in NOISES.items() if noise.fits(report)]
    return compose(report, random.sample(fitting, random.randint(1, _MOST_NOISES)), random.getrandbits(32))
