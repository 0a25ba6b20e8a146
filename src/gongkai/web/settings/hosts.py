"""平台叫什么 — the names under which it answers: those of the environment, of `site.toml`, and of this machine.

No other name is taken from a request, so that no link of feeds, sitemaps and QR codes follows one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from urllib.parse import urlsplit

from gongkai.text.toml_file import read_toml

_LABEL = r"[0-9A-Za-z_](?:[-0-9A-Za-z_]{0,61}[0-9A-Za-z_])?"
_NAME = re.compile(rf"\.?{_LABEL}(?:\.{_LABEL})*")
THIS_MACHINE = ("localhost", "127.0.0.1", "[::1]")


def hosts(given: Sequence[str], site_file: Path) -> list[str]:
    """名字 — those given, that of the site's address, those of this machine, each once."""
    return list(dict.fromkeys([*filter(None, given), *_of_site(site_file), *THIS_MACHINE]))


def named(given: str) -> str:
    """一个名字 — a domain, or an address of four parts or in brackets. ValueError where it is neither."""
    if given != "*" and not _NAME.fullmatch(given):  # that it is not every name, the door says
        ip_address(given.removeprefix("[").removesuffix("]"))
        return given if given.startswith("[") else f"[{given}]"
    return given


def network(given: str) -> IPv4Network | IPv6Network:
    """一处反向代理 — an address or a network. ValueError where it is neither."""
    return ip_network(given, strict=False)


def _of_site(site_file: Path) -> list[str]:
    """What cannot be read here is said at the door, by `look.site`."""
    try:
        address = read_toml(site_file.read_text(encoding="utf-8")).get("address")
        host = urlsplit(str(address or "")).hostname
    except (OSError, ValueError):
        return []
    return [f"[{host}]" if ":" in host else host] if host else []
