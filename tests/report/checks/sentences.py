"""写法 — what reports say in numbers, each kind right and wrong, in several wordings and sizes (条例 第五十条).

`{a}` to `{d}` are parts, `{s}` their sum, `{p}` a share in percent, `{w}` a number that is wrong for the right one.
Kinds about the tables speak of `FILLED` of test_narrative.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

VARIANTS = 4
OPENINGS = ("全年", "本年度", "2024年", "一年来")


class Said(NamedTuple):
    """一句话 — its kind, the sentence, and whether it is right."""

    kind: str
    text: str
    is_right: bool


# Kind: the sentence; `{x}` is where a right sentence has the first of `right`, a wrong one the second.
SUMS = {
    "总数在前": "{o}公开信息{x}条，其中政务要闻{a}条、公告{b}条、文件{c}条。",
    "总数在后": "{o}网站发布{a}条，公众号发布{b}条，公开栏发布{c}条，共计{x}条。",
    "总数在后，合计": "{o}要闻{a}条、公告{b}条、文件{c}条，合计{x}条。",
    "几个平台共": "{o}网站{a}条、公众号{b}条，两个平台共{x}条。",
    "括号里": "{o}发布信息{x}条（含要闻{a}条、公告{b}条、文件{c}条）。",
    "括号里其中": "{o}发布信息{x}条（其中要闻{a}条，公告{b}条，文件{c}条）。",
    "分别为": "{o}解读政策{x}件，图解、视频、问答分别为{a}件、{b}件、{c}件。",
    "分为": "{o}主动公开信息{x}条，分为要闻{a}条、公告{b}条、文件{c}条。",
    "包括": "{o}办理建议{x}件，包括城建类{a}件、教育类{b}件、卫生类{c}件。",
    "以及": "{o}公开信息{x}条，其中要闻{a}条、公告{b}条以及文件{c}条。",
    "和": "{o}公开信息{x}条，分别为要闻{a}条、公告{b}条和文件{c}条。",
    "以其他结尾": "{o}公开信息{x}条，其中要闻{a}条、公告{b}条、其他{c}条。",
    "以其他信息结尾": "{o}公开信息{x}条，其中要闻{a}条，公告{b}条，其他信息{c}条。",
    "另起一句": "{o}公开信息{x}条。其中要闻{a}条、公告{b}条、文件{c}条。",
    "另起一段": "{o}公开信息{x}条。\n其中：要闻{a}条，公告{b}条，文件{c}条。",
    "冒号": "{o}公开信息{x}条：要闻{a}条，公告{b}条，文件{c}条。",
    "四项": "{o}公开信息{x}条，其中要闻{a}条、公告{b}条、文件{c}条、解读{d}条。",
    "自然人法人": "{o}办理提案{x}件，其中自然人{a}件，法人{b}件。",
    "件与件次": "{o}接待查阅{x}件次，其中窗口{a}件、档案馆{b}件、图书馆{c}件。",
    "期": "{o}编发简报{x}期，其中专刊{a}期、增刊{b}期、普刊{c}期。",
    "场次": "{o}举办活动{x}场次，其中发布会{a}场、开放日{b}场、宣讲{c}场。",
    "嵌套": "{o}公开信息{x}条，其中要闻{a}条（其中图片{a2}条、文字{a1}条）、公告{b}条、文件{c}条。",
    "万元": "{o}公开采购项目金额{x}万元，其中货物{a}万元、工程{b}万元、服务{c}万元。",
    "一是二是": "{o}发布解读{x}篇，一是图解{a}篇，二是视频{b}篇，三是问答{c}篇。",
    "顿号无单位": "{o}公开信息{x}条，要闻、公告、文件分别为{a}、{b}、{c}条。",
}
RATES = {
    "采用率": "{o}报送信息{s}条，采用{a}条，采用率{x}%。",
    "占": "{o}收到建议{s}件，其中网上提出{a}件，占{x}%。",
    "占比": "{o}办理事项{s}件，网上办理{a}件，占比{x}%。",
    "占总数的": "{o}发布信息{s}条，其中民生信息{a}条，占总数的{x}%。",
    "办结率": "{o}受理来信{s}件，办结{a}件，办结率{x}%。",
    "满意率": "{o}收到评价{s}件，满意{a}件，满意率{x}%。",
    "公开率": "{o}形成文件{s}件，公开{a}件，公开率{x}%。",
    "百分之": "{o}报送信息{s}条，采用{a}条，采用率为百分之{x}。",
    "比例": "{o}形成文件{s}件，主动公开{a}件，公开比例达到{x}%。",
    "括号占": "{o}发布信息{s}条，民生信息{a}条（占{x}%）。",
}
GROWTH = {
    "增长": ("{o}公开信息{s}条，比上年的{a}条增长{x}%。", "%"),
    "同比": ("{o}公开信息{s}条，上年{a}条，同比增长{x}%。", "%"),
    "由…增加到": ("{o}公开信息由去年的{a}条增加到{s}条，增长{x}%。", "%"),
    "增加几条": ("{o}公开信息{s}条，比上年的{a}条增加{x}条。", "-"),
    "多了几条": ("{o}公开信息{s}条，上年为{a}条，增加{x}条。", "-"),
    "几倍": ("{o}公开信息{t}条，是上年{a}条的{x}倍。", "x"),
}
# What the tables of FILLED say, and the sentence with the number left open.
TABLES = {
    "收到": ("{o}共收到政府信息公开申请{x}件。", 26),
    "办结": ("{o}办结政府信息公开申请{x}件。", 25),
    "结转下年": ("{o}收到政府信息公开申请26件，结转下年度{x}件。", 4),
    "上年结转": ("{o}收到政府信息公开申请26件，上年结转{x}件。", 3),
    "予以公开": ("{o}办理政府信息公开申请，予以公开{x}件。", 10),
    "部分公开": ("{o}办理政府信息公开申请，部分公开{x}件。", 2),
    "不予公开": ("{o}办理政府信息公开申请，不予公开{x}件。", 3),
    "无法提供": ("{o}办理政府信息公开申请，无法提供{x}件。", 7),
    "不掌握": ("{o}办理政府信息公开申请，本机关不掌握相关信息{x}件。", 6),
    "需要另行制作": ("{o}办理政府信息公开申请，没有现成信息需要另行制作{x}件。", 1),
    "国家秘密": ("{o}答复政府信息公开申请，属于国家秘密不予公开{x}件。", 1),
    "过程性信息": ("{o}答复政府信息公开申请，属于过程性信息不予公开{x}件。", 2),
    "信访类": ("{o}答复政府信息公开申请，信访举报投诉类申请{x}件。", 2),
    "自然人": ("{o}收到政府信息公开申请26件，其中自然人申请{x}件。", 20),
    "企业": ("{o}收到政府信息公开申请26件，其中商业企业申请{x}件。", 6),
    "法人": ("{o}收到政府信息公开申请26件，其中法人或其他组织{x}件。", 6),
    "复议": ("{o}因政府信息公开被申请行政复议{x}件。", 5),
    "复议维持": ("{o}因政府信息公开被申请行政复议5件，维持{x}件。", 3),
    "复议纠正": ("{o}因政府信息公开被申请行政复议5件，被纠正{x}件。", 1),
    "复议未审结": ("{o}因政府信息公开被申请行政复议5件，尚未审结{x}件。", 1),
    "诉讼": ("{o}因政府信息公开被提起行政诉讼{x}件。", 3),
    "诉讼维持": ("{o}因政府信息公开被提起行政诉讼3件，判决维持{x}件。", 3),
    "规范性文件制发": ("{o}制发行政规范性文件{x}件。", 6),
    "规范性文件废止": ("{o}废止行政规范性文件{x}件。", 2),
    "规范性文件现行有效": ("{o}清理以后，现行有效的行政规范性文件{x}件。", 30),
}
# Right, though a careless reader would say otherwise.
RIGHT = {
    "整体大于表，其中相等": "{o}因各类事项被申请行政复议32件，其中因政府信息公开引发的5件。",
    "诉讼整体大于表": "{o}行政诉讼18件，其中政府信息公开类3件。",
    "累计受理，含往年": "近三年累计受理政府信息公开申请326件，其中2023年47件。",
    "未收到某一类": "{o}未收到商标类政府信息公开申请。",
    "只列一部分": "{o}公开信息582条，其中疫苗接种信息12条、灌溉信息9条。",
    "各渠道重复": "{o}公开信息306条，其中网站306条、公众号306条。",
    "上半年": "上半年收到政府信息公开申请9件，全年26件。",
    "满意度不写分子": "{o}回访128件，群众满意率99.2%。",
    "小数的万元": "{o}公开采购金额12.345678万元。",
    "结果是别的复议的": "{o}办理行政复议案件40件，维持20件；其中信息公开类5件，维持3件。",
    "均维持的是诉讼": "{o}行政诉讼3件，其中未经复议直接起诉1件，复议后起诉2件，均维持。",
    "两审": "{o}收到行政诉讼案件3件，一审维持3件，二审维持2件。",
    "增减与别的数": "{o}发布政策解读32篇，访问量是上年的3倍。",
    "占全县的": "{o}公开信息500条，其中本级300条，占全县公开总数的12%。",
    "约数": "{o}发放手册2000余册，其中社区1200余册、学校900余册。",
}


def sentences() -> Iterator[Said]:
    """写法 — every kind, right and wrong, VARIANTS times."""
    for variant in range(VARIANTS):
        random = Random(variant)
        opening = OPENINGS[variant]
        for kind, template in SUMS.items():
            yield from _sum(kind, template, opening, random)
        for kind, template in RATES.items():
            part = random.randint(20, 90)
            whole = part + random.randint(11, 150)
            right = f"{part / whole * 100:.1f}"
            wrong = f"{part / whole * 100 + random.choice((3.7, 5.2, -4.4)):.1f}"
            yield from _both(kind, template, {"o": opening, "a": part, "s": whole}, right, wrong)
        for kind, (template, way) in GROWTH.items():
            before = random.randint(40, 200)
            more = random.randint(11, 90)
            right = {"%": f"{more / before * 100:.1f}", "-": str(more), "x": "3"}[way]
            wrong = {"%": f"{more / before * 100 + 6.3:.1f}", "-": str(more + 4), "x": "5"}[way]
            numbers = {"o": opening, "a": before, "s": before + more, "t": before * 3}
            yield from _both(kind, template, numbers, right, wrong)
        for kind, (template, count) in TABLES.items():
            yield from _both(kind, template, {"o": opening}, str(count), str(count + 11 + variant))
        for kind, template in RIGHT.items():
            yield Said(kind, template.format(o=opening), True)


def _sum(kind: str, template: str, opening: str, random: Random) -> Iterator[Said]:
    a, b, c, d = (random.randint(11, 400) for _ in range(4))
    used = a + b + ("{c}" in template) * c + ("{d}" in template) * d
    inner = random.randint(1, a - 1)
    numbers = {"o": opening, "a": a, "b": b, "c": c, "d": d, "a1": inner, "a2": a - inner}
    # An excess of just one of the parts may be a part of another part: that is a note (test_narrative.py).
    wrong = used - (3, 1, 10, 7)[random.randrange(4)]
    yield from _both(kind, template, numbers, str(used), str(wrong))


def _both(kind: str, template: str, numbers: dict[str, object], right: str, wrong: str) -> Iterator[Said]:
    yield Said(kind, template.format(x=right, **numbers), True)
    yield Said(kind, template.format(x=wrong, **numbers), False)
