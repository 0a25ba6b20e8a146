"""公开主体的类别 — what kind of body a report is of, by the last words of its name (条例 第四条、第四十九条)."""

from __future__ import annotations

import re

from gongkai.law.annual_report import Publisher
from gongkai.text.folding import squeeze

_TOWNSHIP = re.compile(r"(?:乡|镇|街道)(?:人民政府|政府|办事处)?$")
_GOVERNMENT = re.compile(r"人民政府$|[省市县区州旗盟]$")
_DEPARTMENT = re.compile(r"[局委厅院处队所社]$|办公室$|委员会$|中心$|管委会$|联合会$")
# 立法法 第九十三条: rules are made by provinces, autonomous prefectures and cities with districts, by none below them.
_BELOW_CITIES = re.compile(r"[乡镇县旗]|街道|(?<!自治)区")
_BARE = re.compile(r"[省市县区州旗盟乡镇]$|街道$")


def publisher(agency: str | None) -> Publisher | None:
    """发布主体 — department, township or government; None where the name does not tell (条例 第四十九条)."""
    name = squeeze(agency or "")
    if _TOWNSHIP.search(name):
        return Publisher.TOWNSHIP
    if _GOVERNMENT.search(name):
        return Publisher.GOVERNMENT
    return Publisher.DEPARTMENT if _DEPARTMENT.search(name) else None


def may_make_regulations(agency: str | None) -> bool:
    """规章制定权 — False for bodies of counties, districts and townships; True where the name leaves it open."""
    return not _BELOW_CITIES.search(squeeze(agency or ""))


def is_place_alone(agency: str | None) -> bool:
    """只写地名 — a name such as 某县某乡, with neither 人民政府 nor 办事处 (年报格式：标题写机关名称)."""
    return bool(_BARE.search(squeeze(agency or "")))
