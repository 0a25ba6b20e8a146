"""站点设置 — what a county writes is on its pages, what it leaves out is not, what it writes wrongly is said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def written(platform: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """设置文件 — read anew in every test."""
    del platform
    from django.conf import settings

    from gongkai.web.look.site import site

    monkeypatch.setattr(settings, "SITE_FILE", tmp_path / "site.toml")
    site.cache_clear()
    yield tmp_path / "site.toml"
    site.cache_clear()


def test_nothing_written_is_nothing_said(written: Path) -> None:
    from gongkai.web.look.site import Site, site

    assert site() == Site()
    assert site().called("某县").name == "某县"


def test_what_is_written_is_read(written: Path) -> None:
    from gongkai.web.look.site import site

    text = 'name = "甲县"\naddress = "https://www.jia.example"\ncode = "4199990001"\n[higher]\n"省" = "https://s.example/"\n'
    written.write_text(text, encoding="utf-8")
    assert (site().name, site().domain, site().higher) == ("甲县", "www.jia.example", (("省", "https://s.example/"),))
    assert site().called("乙县").name == "甲县"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name = ", "不是 TOML"),
        ('nmae = "甲县"', "nmae"),
        ("name = 3", "name"),
        ('code = "123"', "code"),
        ('address = "javascript:alert(1)"', "address"),
        ('report_error = "javascript:alert(1)"', "report_error"),
        ('[higher]\n"省" = "javascript:alert(1)"', "higher"),
        ("higher = 1", "higher"),
    ],
)
def test_what_is_written_wrongly_is_named(written: Path, text: str, said: str) -> None:
    from gongkai.web.look.site import SiteError, site

    written.write_text(text, encoding="utf-8")
    with pytest.raises(SiteError, match=said):
        site()
