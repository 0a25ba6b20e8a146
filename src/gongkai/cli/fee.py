"""算费用 — `gongkai fee`: the 信息处理费 for items or pages (条例 第四十二条; 收费办法 第四条、第五条)."""

from __future__ import annotations

import argparse

from gongkai.cli.arguments import UsageError
from gongkai.cli.asked import day
from gongkai.cli.console import Console
from gongkai.law.errors import LawError
from gongkai.law.fees import Fee, FeeBasis, item_fee, page_fee

EXAMPLES = """示例
  gongkai fee items 12                 同一申请人一个自然月内申请 12 件
  gongkai fee items 5 --before 28      当月已有 28 件，再加 5 件收多少
  gongkai fee pages 250                一件申请要 250 页
  gongkai fee pages 250 --on 2021-03-05    这一天收到的申请

每件申请只能按件或者按量选一种，不能重复计收（收费办法 第三条）。一页指一面 A4 或者更小的纸，每件申请单独数。"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """参数 — by item or by page, how many, and how many came before in the month (收费办法 第四条)."""
    parser.epilog = EXAMPLES
    parser.add_argument(
        "basis",
        choices=[basis.value for basis in FeeBasis],
        help="items 按件（一个自然月内累计），pages 按量（一件申请）",
    )
    parser.add_argument("units", type=int, metavar="N", help="件数或者页数")
    parser.add_argument("--before", type=int, metavar="M", help="同一申请人当月在此以前的件数")
    parser.add_argument("--on", type=day, metavar="DATE", help="收到申请的日期，决定当时的标准；不写的按现行标准")
    parser.add_argument("--json", action="store_true", help="打印 JSON")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """算费用 — print the fee and its tiers; always 0, for nothing is read."""
    try:
        if arguments.basis == FeeBasis.ITEMS:
            fee = item_fee(arguments.units, before=arguments.before or 0, on=arguments.on)
        elif arguments.before is not None:
            raise UsageError("--before 只用于按件计收；按量计收每件申请单独算。")
        else:
            fee = page_fee(arguments.units, on=arguments.on)
    except LawError as error:
        raise UsageError(error.template, "", **error.values) from None
    if arguments.json:
        console.json(to_json(fee))
    else:
        _show(fee, console)
    return 0


def to_json(fee: Fee) -> dict[str, object]:
    """费用的 JSON — the whole amount in 元, and each tier (收费办法 第四条、第五条)."""
    row: dict[str, object] = {"basis": fee.basis.value, "units": fee.units}
    if fee.basis is FeeBasis.ITEMS:
        row["before"] = fee.before
    parts = [
        {"first": part.first, "last": part.last, "units": part.units, "price": part.price, "amount": part.amount}
        for part in fee.parts
    ]
    return {**row, "amount": fee.amount, "steps": [{**part, "provision": str(fee.provision)} for part in parts]}


def _show(fee: Fee, console: Console) -> None:
    console.say("信息处理费：{amount} 元（{name}）", amount=f"{fee.amount:,}", name=fee.name)
    console.say()
    rows = [
        (
            console.text("第 {first} 至 {last} {unit}", first=part.first, last=part.last, unit=fee.unit),
            console.text("{units} {unit}", units=part.units, unit=fee.unit),
            console.text("× {price} 元", price=f"{part.price:,}"),
            console.text("= {amount} 元", amount=f"{part.amount:,}"),
        )
        for part in fee.parts
    ]
    console.table(rows, right=(0, 1, 2, 3), indent=2)
    console.say("  {provision}，超额累进；每件申请只按一种标准计收（收费办法 第三条）。", provision=fee.provision)
    if fee.basis is FeeBasis.PAGES:
        console.say("  一页指一面 A4 或者更小的纸，每件申请单独数。")
    if fee.before:
        console.say("  当月在此以前已有 {before} 件，从第 {first} 件起算。", before=fee.before, first=fee.before + 1)
