"""公开主体 — invented governments, departments and townships, from one seed (条例 第四条)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from random import Random
from typing import NamedTuple

_CITIES = ("云岭市", "青川市", "白沙市", "临溪市", "安澜市", "松江源市", "望海市", "兰谷市")
_FIRST = "青白云松柳石清安永长东西南北金银龙凤鹤鹿桃杏梅竹芦苇沙泉溪河"
_LAST = "山水石泉溪河桥沟坪坝岭湾滩洲原林源阳阴安平宁庆丰盛昌和"
_DEPARTMENTS = (
    "发展和改革局",
    "教育局",
    "民政局",
    "司法局",
    "财政局",
    "人力资源和社会保障局",
    "自然资源和规划局",
    "住房和城乡建设局",
    "交通运输局",
    "水利局",
    "农业农村局",
    "卫生健康局",
    "应急管理局",
    "审计局",
    "市场监督管理局",
    "统计局",
    "医疗保障局",
    "城市管理局",
    "信访局",
    "文化和旅游局",
)


class Body(NamedTuple):
    """公开主体 — its full name, the name that it may also go by, and how large it is (a scale of the figures)."""

    name: str
    short: str
    scale: str


def bodies(random: Random) -> Iterator[Body]:
    """公开主体 — ever more of them: county after county, each with its departments and townships; no name twice."""
    taken: set[str] = set()
    for number in count():
        city = _CITIES[number % len(_CITIES)]
        place = _place(random, taken) + random.choice(("县", "区"))
        yield Body(f"{city}{place}人民政府", f"{place}人民政府", "county")
        for department in random.sample(_DEPARTMENTS, random.randint(8, len(_DEPARTMENTS))):
            yield Body(f"{place}{department}", f"{place}{department}", "department")
        for _ in range(random.randint(5, 14)):
            town = _place(random, taken)
            if random.random() < 0.2:
                yield Body(f"{place}{town}街道办事处", f"{place}{town}街道", "township")
            else:
                town += random.choice(("镇", "镇", "乡"))
                yield Body(f"{place}{town}人民政府", f"{place}{town}", "township")


def _place(random: Random, taken: set[str]) -> str:
    while True:
        name = random.choice(_FIRST) + random.choice(_LAST)
        if len(taken) > len(_FIRST) * len(_LAST) // 2:
            name += random.choice(_LAST)
        if name not in taken and name[0] != name[1]:
            taken.add(name)
            return name
