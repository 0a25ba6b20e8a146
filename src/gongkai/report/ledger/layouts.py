"""台账的栏 — the columns of an office's ledger, of one act a row and of one case a row, and of its remedies (年报格式).

`layouts.toml` holds the names that offices give to columns and to what stands in them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from gongkai.documents.columns.layouts import Column, Kind, Layout
from gongkai.documents.columns.values import plain
from gongkai.law.requests.acts import ANSWERS, Partner, RequestAct
from gongkai.law.terms import AnswerKind, ApplicantKind, Channel, RemedyEnding, RemedyKind, Term

TERMS: Mapping[str, frozenset[Any] | type[Term]] = {
    "applicant": ApplicantKind,
    "channel": Channel,
    "answer": ANSWERS,
    "act": RequestAct,
    "with": Partner,
    "kind": RemedyKind,
    "ending": RemedyEnding,
}
_SAME = {"final_ending": "ending", "now_applicant": "applicant", "corrects": "act", "amount": "fee"}
"""同样的写法 — columns whose cells hold what those of another hold."""
_UNITS = {"fee": "money", "amount": "money", "year": "year"}
_APART = frozenset(each.value for each in ANSWERS if each.outcome.value.startswith(("refused.", "unable.")))
"""区分处理 — what is given in part and withheld in part counts as partly granted alone (年报格式 表三)."""
REMEDIES = "remedies"
ACTS = "acts"
_FIRST = {"requests": "received_on", REMEDIES: "filed_on"}


@cache
def layouts() -> tuple[Layout, ...]:
    """台账的种类 — requests one a row, requests one act a row, remedies (条例 第五十条)."""
    data = tomllib.loads((files(__package__) / "layouts.toml").read_text(encoding="utf-8"))
    names = ("requests", ACTS, REMEDIES)
    return tuple(
        Layout(
            name=name,
            columns=tuple(
                _column(key, said, data, _FIRST.get(name, "")) for key, said in data[name]["columns"].items()
            ),
            required=tuple(data[name]["required"]),
            key=data[name]["key"],
            groups=tuple(data[name]["groups"]),
            spare=tuple(data[name].get("spare", ())),
            forgiven={key: tuple(beside) for key, beside in data[name].get("forgiven", {}).items()},
            marks=tuple(data[name].get("marks", ())),
        )
        for name in names
    )


def words(name: str) -> Mapping[str, str]:
    """选项的写法 — of one column, as printed, each with its code; the first of a code is the usual one."""
    data = tomllib.loads((files(__package__) / "layouts.toml").read_text(encoding="utf-8"))
    return dict(data["words"].get(_SAME.get(name, name), {}))


@cache
def states() -> Mapping[str, str]:
    """办理状态的写法 — plain words that say `closed` or `open`; what else an office notes there decides nothing."""
    return {plain(word): value for word, value in words("state").items()}


def _column(name: str, said: Mapping[str, Any], data: Mapping[str, Any], first: str) -> Column:
    kind, held = Kind(said.get("kind", "text")), _SAME.get(name, name)
    units = data["units"][_UNITS.get(name, "workdays")] if kind is Kind.NUMBER else {}
    return Column(
        name=name,
        label=said["label"],
        kind=kind,
        synonyms=tuple(said.get("synonyms", ())),
        unsure=tuple(said.get("unsure", ())),
        basis=said.get("message", ""),
        groups=tuple(said.get("groups", ())),
        choices=_choices(held, data["words"].get(held, {})) if kind in (Kind.CHOICE, Kind.NUMBER) else {},
        fillers=frozenset(map(plain, data["fillers"].get(held, ()))),
        endings=data["endings"].get(held, {}),
        alike={each.value: each.outcome.value for each in ANSWERS} if held == "answer" else {},
        over={AnswerKind.PARTLY_GRANTED.value: _APART} if held == "answer" else {},
        generic={plain(word): frozenset(held) for word, held in data["generic"].get(held, {}).items()},
        units={plain(unit): Decimal(str(worth)) for unit, worth in units.items()},
        is_whole=name not in ("fee", "amount"),
        or_date=said.get("or_date", False),
        year_in="year" if kind is Kind.DATE else "",
        may_come=name == "until",
        or_holds=said.get("or_holds", ""),
        after=first if kind is Kind.DATE and name != first else "",
    )


def _choices(name: str, written: Mapping[str, str]) -> Mapping[str, str]:
    known = {plain(word): value for word, value in written.items()}
    for term in TERMS.get(name, ()):
        known.setdefault(plain(term.label), term.value)
        known.setdefault(plain(term.value), term.value)
    return known
