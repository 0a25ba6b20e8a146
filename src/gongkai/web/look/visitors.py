"""访问者 — from where somebody comes (GB/T 22239-2019)."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def address(request: HttpRequest) -> str | None:
    """对方的地址 — as the proxy tells it where the platform stands behind one, else as the connection has it."""
    return seen_address(request.META.get("REMOTE_ADDR", ""), request.headers.get("X-Forwarded-For", ""))


def seen_address(connected: str, forwarded: str) -> str | None:
    """对方的地址 — of what the connection says and what a proxy says; None where neither is one."""
    told = connected
    if settings.SECURE_PROXY_SSL_HEADER and forwarded:
        told = forwarded.rpartition(",")[2].strip()
    try:
        return str(ipaddress.ip_address(told))
    except ValueError:
        return None
