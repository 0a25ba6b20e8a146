"""噪声年报 — one noisy report from one seed, and what its reading got wrong without saying so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random
from typing import NamedTuple

from gongkai.documents.document import DocumentError
from gongkai.documents.opening import open_documents
from gongkai.report.equations import Balance, evaluate
from gongkai.report.figures import AnnualReport, State, Value
from gongkai.report.form import form
from gongkai.report.reading import read_document
from tests.noise.balanced import SCALES, SHAPES, balanced
from tests.noise.noises import NOISES, compose, headings, labels, numbers, structure, tables
from tests.noise.printed import Fate, Printed
from tests.noise.printing import printed
from tests.noise.rendering import FORMATS, GRIDS, LOOSE, render, source

MODULES = (numbers, labels, tables, structure, headings)
_MARKED = (State.DOUBTFUL, State.ABSENT)
_MOST_NOISES = 6
_IN_OTHER_SHAPES = ("proactive.", "applications.other_handling")


class Fault(NamedTuple):
    """暗错 — a figure that is wrong and not marked. `state`: what the reading said of it; `note`: what is wrong."""

    address: str
    expected: Value
    found: Value
    state: str
    note: str


@dataclass(frozen=True, slots=True)
class Case:
    """一例 — everything about a noisy report follows from these."""

    seed: int
    format: str
    noises: tuple[str, ...]
    scale: str | None = None

    def build(self) -> Printed:
        """成稿 — the report with its noises."""
        random = Random(f"case:{self.seed}")
        blank = form(*random.choice(SHAPES))
        scale = random.choice(tuple(SCALES))
        figures = balanced(random, blank, self.scale or scale)
        return compose(printed(random, blank, figures, self.format), self.noises, self.seed)

    @property
    def command(self) -> str:
        """重现 — the command that shows this case again."""
        noises = "".join(f" --noise {name}" for name in self.noises)
        return f"python -m tests.noise --seed {self.seed} --format {self.format}{noises}"


def drawn(seed: int) -> Case:
    """抽一例 — a format and a composition of noises that occur in it, from one seed."""
    random = Random(f"drawn:{seed}")
    format_ = random.choice(FORMATS)
    fitting = [name for name, noise in NOISES.items() if format_ in noise.formats]
    return Case(seed, format_, tuple(random.sample(fitting, random.randint(1, _MOST_NOISES))))


def read(report: Printed) -> AnnualReport:
    """读回 — the report as it is read from the bytes of its file. DocumentError where it is refused."""
    (document,) = open_documents(source(report), render(report))
    if isinstance(document, DocumentError):
        raise document
    return read_document(document)


def faults(report: Printed, found: AnnualReport) -> list[Fault]:
    """暗错 — every figure that is wrong and not marked: the worst defect that reading can have.

    No second sum stands over a figure of 表四: where its only sum was torn it is read as printed, and the check
    names it.
    """
    broken = [verdict.equation for verdict in evaluate(found) if verdict.balance is Balance.BROKEN]
    told = {address for equation in broken for address in (*equation.left, *equation.right)}
    unmarked = [a for a in report.form.addresses if not (a in told and a.startswith("remedies."))]
    wrong = [fault for address in unmarked if (fault := _fault(report, found, address))]
    foreign = [address for address in found.figures if address not in report.figures]
    for address in foreign:
        value, state = found.figures[address], found.states.get(address)
        if value is not None and state not in _MARKED:
            wrong.append(Fault(address, None, value, str(state or "plain"), "not on this form"))
    return wrong


def _fault(report: Printed, found: AnnualReport, address: str) -> Fault | None:
    expected, fate = report.figures[address], report.fates.get(address)
    if address not in found.figures:
        is_told = fate is Fate.GONE or _is_unread(found, address)
        return None if is_told else Fault(address, expected, None, "missing", "not in the report")
    value, state = found.figures[address], found.states.get(address)
    if state in _MARKED or (state is State.BLANK and value is None):
        return None
    if value != expected:
        return Fault(address, expected, value, str(state or "plain"), "wrong")
    if fate is Fate.BLANK and state is None and report.format in GRIDS:
        return Fault(address, expected, value, "plain", "blank read as a figure")
    return None


def _is_unread(found: AnnualReport, address: str) -> bool:
    """Whether the report has other figures in the place of this one, and says that it read none of them: the form was
    not told, or the shape of （六）."""
    place = next((prefix for prefix in _IN_OTHER_SHAPES if address.startswith(prefix)), None)
    others = [found.states.get(other) for other in found.figures if place and other.startswith(place)]
    return bool(others) and all(state is State.ABSENT for state in others)


def silent(case: Case) -> list[Fault]:
    """暗错 — those of one case; none where the report is refused."""
    report = case.build()
    try:
        return faults(report, read(report))
    except DocumentError:
        return []


def minimal(case: Case) -> Case:
    """最小的例 — the case with every noise left out that its silent errors do not need."""
    for name in case.noises:
        smaller = replace(case, noises=tuple(other for other in case.noises if other != name))
        if silent(smaller):
            case = smaller
    return case


def useful(report: Printed, found: AnnualReport) -> float:
    """有用的份额 — of the figures that the paper shows, how many are right and not in doubt; a blank as a blank.

    In lines of text an empty cell leaves no trace: what is blank there is not shown.
    """
    hidden = (Fate.GONE, Fate.BLANK) if report.format in LOOSE else (Fate.GONE,)
    shown = [address for address in report.form.addresses if report.fates.get(address) not in hidden]
    good = sum(_is_useful(report, found, address) for address in shown)
    return good / len(shown) if shown else 1.0


def _is_useful(report: Printed, found: AnnualReport, address: str) -> bool:
    value, state = found.figures.get(address), found.states.get(address)
    if report.fates.get(address) is Fate.BLANK and state is State.BLANK:
        return True
    return value == report.figures[address] and state in (None, State.INFERRED)


def alone(name: str, count: int, start: int = 0) -> list[Case]:
    """单独一种 — `count` cases in which one noise alone is heard, one format after another; ValueError if none."""
    formats = sorted(NOISES[name].formats)
    return [_heard(name, formats[(start + index) % len(formats)], start + index) for index in range(count)]


def _heard(name: str, format_: str, seed: int) -> Case:
    for attempt in range(100):
        case = Case(seed + 1000 * attempt, format_, (name,))
        if case.build().did:
            return case
    raise ValueError(f"{name} is never heard in {format_}")
