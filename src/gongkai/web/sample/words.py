"""示范县的文字 — everything that is said there is data (`data/*.toml`); here it is only read and filled in."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def data(name: str) -> dict[str, Any]:
    """示范县的数据 — one of the TOML files."""
    return tomllib.loads((files("gongkai.web.sample") / "data" / f"{name}.toml").read_text(encoding="utf-8"))


def binary(name: str) -> bytes:
    """示范县的文件 — one that was made once and is taken as it is."""
    return (files("gongkai.web.sample") / "data" / name).read_bytes()
