"""访问者 — from where somebody comes (GB/T 22239-2019)."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest

SIGNED_IN = "gongkai.session"
"""登录着的人 — under it the platform tells the server who is at work, in the environ of the request: the session and
the mark of the person; None where nobody is."""


def seen_at_work(request: HttpRequest, who: int | None) -> None:
    """是谁在办 — told to the server: the person in this session, or nobody any more."""
    request.META[SIGNED_IN] = (request.session.session_key, f"staff:{who}") if who else None


def address(request: HttpRequest) -> str | None:
    """对方的地址 — as the proxy tells it where the platform stands behind one, else as the connection has it."""
    return seen_address(request.META.get("REMOTE_ADDR", ""), request.headers.get("X-Forwarded-For", ""))


def seen_address(connected: str, forwarded: str) -> str | None:
    """对方的地址 — the nearest to us that is none of our proxies; None where nobody says one (GB/T 22239-2019)."""
    told = connected
    for further in reversed(forwarded.split(",")):
        if not is_proxy(told):
            break
        told = further.strip() or told
    found = _read(told)
    return str(found) if found else None


def is_proxy(address: str) -> bool:
    """自己的代理 — one of ours; a connection without an address comes through a socket of this machine."""
    if not settings.PROXIES or not address:
        return bool(settings.PROXIES)
    found = _read(address)
    return found is not None and any(found in network for network in settings.PROXIES)


def _read(address: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(address)
    except ValueError:
        return None
    return (found.ipv4_mapped if isinstance(found, IPv6Address) else None) or found
