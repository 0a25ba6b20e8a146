"""信息处理费 — what a request costs, by item or by page, tier by tier (条例 第四十二条; 收费办法 第三条至第五条)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from gongkai.law.errors import LawError
from gongkai.law.sources import Provision, read_data


class FeeBasis(StrEnum):
    """计收方式 — by item or by page; never both for one request (收费办法 第三条)."""

    ITEMS = "items"
    PAGES = "pages"


@dataclass(frozen=True, slots=True)
class FeePart:
    """一档 — the units from `first` to `last`, both included and counted from 1, at `price` 元 each (收费办法)."""

    first: int
    last: int
    price: int

    @property
    def units(self) -> int:
        """数量 — how many items or pages the tier charges (收费办法)."""
        return self.last - self.first + 1

    @property
    def amount(self) -> int:
        """金额 — what the tier costs, in 元 (收费办法)."""
        return self.units * self.price


@dataclass(frozen=True, slots=True)
class Fee:
    """信息处理费 — the tiers that a number of items or pages falls in (收费办法 第四条、第五条)."""

    basis: FeeBasis
    name: str
    unit: str
    units: int
    before: int
    parts: tuple[FeePart, ...]
    provision: Provision

    @property
    def amount(self) -> int:
        """金额 — the whole, in 元 (收费办法)."""
        return sum(part.amount for part in self.parts)


def item_fee(items: int, *, before: int = 0, on: date | None = None) -> Fee:
    """按件计收 — what `items` cost after `before` others of the applicant in the calendar month (收费办法 第四条).

    `on`: the day of receipt, which decides the standard in force. LawError for numbers that cannot be.
    """
    return _fee(FeeBasis.ITEMS, items, before, on)


def page_fee(pages: int, *, on: date | None = None) -> Fee:
    """按量计收 — what the pages of one request cost (收费办法 第五条). LawError for numbers that cannot be.

    A page is one side of A4 or smaller paper; the pages of each request are counted by themselves.
    """
    return _fee(FeeBasis.PAGES, pages, 0, on)


def _fee(basis: FeeBasis, units: int, before: int, on: date | None) -> Fee:
    standard = _standard(basis, on)
    if units < 0 or before < 0:
        raise LawError("{unit}数不能是负数", unit=standard["unit"])
    if units + before > standard["most"]:
        raise LawError(
            "一共 {units} {unit}，超过了 {most} {unit}，请核对数字",
            units=units + before,
            unit=standard["unit"],
            most=standard["most"],
        )
    parts = tuple(
        FeePart(max(tier.first, before + 1), min(tier.last, before + units), tier.price)
        for tier in _tiers(standard["tiers"], before + units)
        if tier.last > before
    )
    provision = Provision.parse(standard["provision"])
    return Fee(basis, standard["name"], standard["unit"], units, before, parts if units else (), provision)


def _standard(basis: FeeBasis, on: date | None) -> dict[str, Any]:
    known = [row for row in _standards() if row["basis"] == basis]
    in_force = [row for row in known if on is None or row["from"] <= on]
    if not in_force:
        raise LawError("信息处理费自 {from_on} 起收取，{day} 收到的申请不收", from_on=known[0]["from"], day=on)
    return in_force[-1]


def _tiers(tiers: list[dict[str, int]], last: int) -> Iterator[FeePart]:
    """The tiers from 1 up to the one that holds `last`; the open tier is cut into blocks of its width."""
    first = 1
    for tier in tiers:
        price, width = tier["price"], tier.get("width", last)
        while first <= last:
            end = tier.get("to", first + width - 1)
            yield FeePart(first, end, price)
            first, price = end + 1, price + tier.get("rise", 0)
            if "to" in tier:
                break


@cache
def _standards() -> tuple[dict[str, Any], ...]:
    return tuple(sorted(read_data("fees.toml")["standard"], key=lambda row: row["from"]))
