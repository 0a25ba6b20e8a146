"""站点 — what a county says of its site: names, 网站标识码, filings; one file of the data folder (网站发展指引).

`site.toml` is written by whoever runs the platform. What is left out there is left out of every page.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from gongkai.text.toml_file import read_toml

_SHAPES = {
    "code": re.compile(r"\d{10}"),
    "postcode": re.compile(r"\d{6}"),
    "address": re.compile(r"https?://[^\s/]+"),
    "report_error": re.compile(r"https?://\S+"),
    "organ_mark": re.compile(r"https?://\S+"),
}


class SiteError(Exception):
    """站点设置有误 — where in `site.toml`, and what to write instead (`template.format(**values)`)."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template, self.values = template, values


@dataclass(frozen=True, slots=True)
class Site:
    """站点 — of one portal (网站发展指引). `address`: where the public reaches it; `code`: 网站标识码.

    `organ_mark`, `report_error`: where 党政机关网站标识 and 政府网站找错 lead. `higher`: governments above, and where.
    """

    name: str = ""
    address: str = ""
    code: str = ""
    icp: str = ""
    police: str = ""
    sponsor: str = ""
    undertaker: str = ""
    maintainer: str = ""
    place: str = ""
    postcode: str = ""
    telephone: str = ""
    hours: str = ""
    organ_mark: str = ""
    report_error: str = ""
    is_ipv6: bool = False
    higher: tuple[tuple[str, str], ...] = ()

    @property
    def domain(self) -> str:
        """域名 — of the address, for `SiteDomain`."""
        return self.address.partition("://")[2]

    def called(self, name: str) -> Site:
        """改称 — the site under a name, where it has none of its own."""
        return self if self.name else replace(self, name=name)


@cache
def site() -> Site:
    """站点 — as the file of the data folder has it, empty where there is none. SiteError where it cannot be read."""
    path: Path = settings.SITE_FILE
    if not path.exists():
        return Site()
    try:
        given = read_toml(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SiteError("{path} 不是 TOML 文件：{error}。请照文档里的样子改。", path=path.name, error=error) from None
    return Site(**{name: _read(path.name, name, value) for name, value in given.items()})


def _read(file: str, name: str, value: Any) -> Any:
    known = {field.name: field.default for field in fields(Site)}
    if name not in known:
        raise SiteError(
            "{file} 里的“{name}”不是站点设置。可以写的有：{known}", file=file, name=name, known="、".join(known)
        )
    if name == "higher":
        if not isinstance(value, dict) or not all(_fits("address", f"{each}".rstrip("/")) for each in value.values()):
            raise SiteError('{file} 里的 higher 要写成一行一个：名称 = "https://…"', file=file)
        return tuple(value.items())
    if type(value) is not type(known[name]) or not _fits(name, value):
        raise SiteError(
            "{file} 里的“{name}”写成了“{value}”，不合要求。请对照文档改正。", file=file, name=name, value=value
        )
    return value


def _fits(name: str, value: object) -> bool:
    return value == "" or name not in _SHAPES or bool(_SHAPES[name].fullmatch(str(value)))
