"""平台叫什么 — the names under which it answers: those of the environment, of `site.toml`, and of this machine.

No other name is taken from a request, so that no link of feeds, sitemaps and QR codes follows one.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import urlsplit

THIS_MACHINE = ("localhost", "127.0.0.1", "[::1]")


def hosts(given: Sequence[str], site_file: Path) -> list[str]:
    """名字 — those given, that of the site's address, those of this machine, each once."""
    return list(dict.fromkeys([*filter(None, given), *_of_site(site_file), *THIS_MACHINE]))


def proxies(given: Sequence[str]) -> list[IPv4Network | IPv6Network]:
    """反向代理 — the networks whose word on where a request came from is believed."""
    return [ip_network(each.strip(), strict=False) for each in given if each.strip()]


def _of_site(site_file: Path) -> list[str]:
    """What cannot be read here is said at the door, by `look.site`."""
    try:
        address = tomllib.loads(site_file.read_text(encoding="utf-8")).get("address")
        host = urlsplit(str(address or "")).hostname
    except (OSError, ValueError):
        return []
    return [f"[{host}]" if ":" in host else host] if host else []
