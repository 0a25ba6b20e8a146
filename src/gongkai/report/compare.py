"""两份年报对照 — figure by figure on one level, section by section sentence by sentence (条例 第五十条)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from gongkai.report.comparable import UNKNOWN, Level, Reason, level_of, levelled
from gongkai.report.equations import UNREAD
from gongkai.report.figures import AnnualReport, State, Value
from gongkai.text.folding import squeeze

FORMAT = "gongkai.comparison/1"

_SENTENCE = re.compile(r"[^。；！？\n]+[。；！？]?")
_ALIKE = 0.5
_MOST_PAIRS = 2_500


@dataclass(frozen=True, slots=True)
class Change:
    """一项数据的变化 — one figure in both reports; `unknown_unit`: money of which one does not say the unit."""

    address: str
    old: Value
    new: Value
    old_state: State | None = None
    new_state: State | None = None
    unknown_unit: bool = False

    @property
    def is_certain(self) -> bool:
        """是否可靠 — whether both figures were read, so that their difference means something."""
        return not self.unknown_unit and UNREAD.isdisjoint({self.old_state, self.new_state})

    @property
    def difference(self) -> Value:
        """增减 — new less old; None where one is blank or not certain."""
        return self.new - self.old if self.is_certain and self.new is not None and self.old is not None else None


@dataclass(frozen=True, slots=True)
class Sentence:
    """一句话的变化 — as it was and as it is; None where it was not there, or is there no more."""

    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class SectionChange:
    """一个部分的变化 — headings of both (None: that report lacks the part), how many sentences stayed, the others."""

    number: int
    old: str | None
    new: str | None
    same: int
    changes: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """对照结果 — every figure that both reports have, why others cannot be compared, and the six parts (条例 第五十条).

    `summed`: the addresses of （六）其他处理 that one report prints in three rows and that were summed to compare them.
    """

    old: AnnualReport
    new: AnnualReport
    level: Level
    figures: tuple[Change, ...]
    summed: tuple[str, ...]
    sections: tuple[SectionChange, ...]

    @property
    def apart(self) -> Mapping[Reason, tuple[str, ...]]:
        """不可比的数据 — what the two editions do not count in the same way, by the reason why."""
        return self.level.apart((self.old, self.new))

    def to_json(self) -> dict[str, Any]:
        """交换格式 — the comparison as a JSON object of `gongkai.comparison/1`."""
        return {
            "format": FORMAT,
            "old": _head(self.old),
            "new": _head(self.new),
            "figures": [
                {
                    "address": change.address,
                    "old": plain(change.old),
                    "new": plain(change.new),
                    "difference": plain(change.difference),
                    "states": {
                        name: str(state)
                        for name, state in (("old", change.old_state), ("new", change.new_state))
                        if state is not None
                    },
                }
                for change in self.figures
            ],
            "summed": list(self.summed),
            "not_comparable": [
                {"figures": list(addresses), "reason": reason.template, "provision": reason.provision}
                for reason, addresses in self.apart.items()
            ],
            "sections": [
                {
                    "number": section.number,
                    "old": section.old,
                    "new": section.new,
                    "same": section.same,
                    "changes": [{"old": sentence.old, "new": sentence.new} for sentence in section.changes],
                }
                for section in self.sections
            ],
        }


def compare(old: AnnualReport, new: AnnualReport) -> Comparison:
    """两份年报对照 — every figure and every part of two reports, of any edition and shape (条例 第五十条)."""
    level = level_of([old, new])
    before, after = levelled(old, level), levelled(new, level)
    figures = tuple(
        Change(
            address,
            before.figures[address],
            after.figures[address],
            before.states.get(address),
            after.states.get(address),
            UNKNOWN in (before.units.get(address), after.units.get(address)),
        )
        for address in level.addresses
    )
    summed = tuple(a for a in level.addresses if (a in old.figures) is not (a in new.figures))
    return Comparison(old, new, level, figures, summed, tuple(_sections(old, new)))


def plain(value: Value) -> int | str | None:
    """交换格式的数 — counts as integers, money as a decimal string."""
    return value if value is None or isinstance(value, int) else format(value, "f")


def _head(report: AnnualReport) -> dict[str, object]:
    return {
        "source": report.source,
        "agency": report.agency,
        "year": report.year,
        "edition": str(report.edition),
        "title": report.title,
    }


def _sections(old: AnnualReport, new: AnnualReport) -> Iterator[SectionChange]:
    before, after = ({section.number: section for section in report.sections} for report in (old, new))
    for number in sorted({*before, *after}):
        was, now = before.get(number), after.get(number)
        same, changes = _sentences(was.text if was else "", now.text if now else "")
        yield SectionChange(number, was.heading if was else None, now.heading if now else None, same, tuple(changes))


def _sentences(old: str, new: str) -> tuple[int, list[Sentence]]:
    """How many sentences are in both, and the others in order; white space and ways of writing are no difference."""
    was, now = ([part for found in _SENTENCE.findall(text) if (part := found.strip())] for text in (old, new))
    matcher = SequenceMatcher(None, [squeeze(s) for s in was], [squeeze(s) for s in now], autojunk=False)
    same = sum(block.size for block in matcher.get_matching_blocks())
    changes = [
        change
        for kind, start, end, first, last in matcher.get_opcodes()
        if kind != "equal"
        for change in _paired(was[start:end], now[first:last])
    ]
    return same, changes


def _paired(was: Sequence[str], now: Sequence[str]) -> Iterator[Sentence]:
    """A sentence that was changed beside what it became, where they are alike; the rest as taken out and put in."""
    at = 0
    for sentence in was:
        found = None
        if len(was) * len(now) <= _MOST_PAIRS:
            found = next((n for n in range(at, len(now)) if _is_alike(sentence, now[n])), None)
        if found is None:
            yield Sentence(sentence, None)
            continue
        yield from (Sentence(None, new) for new in now[at:found])
        yield Sentence(sentence, now[found])
        at = found + 1
    yield from (Sentence(None, new) for new in now[at:])


def _is_alike(old: str, new: str) -> bool:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE
