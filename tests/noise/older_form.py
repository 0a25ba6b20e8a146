"""旧统计表 — what looks like a report and is none that the two forms know.

The 指标统计表 of 2008 to 2018, blank or filled in, and the yearly report of a web site: reading must refuse them, not
find two hundred figures in them.
"""

from __future__ import annotations

from random import Random

from tests.documents import make

INDICATORS = (
    ("主动公开信息数", "条", "1"),
    ("其中：1.通过政府网站公开数", "条", "11"),
    ("2.通过政府公报公开数", "条", "12"),
    ("全文电子化的主动公开信息数", "条", "13"),
    ("收到申请总数", "条", "2"),
    ("其中：1.当面申请数", "条", "21"),
    ("2.传真申请数", "条", "22"),
    ("3.网上申请数", "条", "23"),
    ("4.信函申请数", "条", "24"),
    ("对申请的答复总数", "条", "3"),
    ("其中：1.同意公开答复数", "条", "31"),
    ("2.同意部分公开答复数", "条", "32"),
    ("3.否决公开答复总数", "条", "33"),
    ("4.非《条例》所指政府信息数", "条", "34"),
    ("5.信息不存在数", "条", "35"),
    ("行政复议数", "件", "4"),
    ("行政诉讼数", "件", "5"),
    ("行政申诉数", "件", "6"),
)


def indicators(random: Random, format_: str) -> bytes:
    """指标统计表 (2008–2018): 指标名称、计量单位、代码、本期、累计."""
    filled = random.random() < 0.5
    year = random.randint(2008, 2018)

    def count() -> str:
        return str(random.choice((0, random.randint(1, 999)))) if filled else ""

    table: list[list[make.Cell]] = [["指标名称", "计量单位", "代码", "本期", "累计"]]
    table += [[*row, count(), count()] for row in INDICATORS]
    return make.render(
        [
            f"{year}年政府信息公开情况统计表",
            "填报单位（盖章）：青石县人民政府",
            table,
            "单位负责人：　审核人：　填报人：",
        ],
        format_,
    )


def web_site(random: Random, format_: str) -> bytes:
    """政府网站工作年度报表: visits, letters and columns of a web site."""
    rows = (
        "独立用户访问总量",
        "网站总访问量",
        "信息发布总数",
        "解读材料数量",
        "收到留言数量",
        "办结留言数量",
        "注册用户数",
    )
    table: list[list[make.Cell]] = [["指标", "数量"], *([row, str(random.randint(0, 99999))] for row in rows)]
    year = random.randint(2018, 2025)
    return make.render(["政府网站工作年度报表", f"（{year}年度）", "填报单位：青石县人民政府办公室", table], format_)
