"""设置 — whatever makes no sense is said before the door opens, all of it at once, never a secret (GB/T 22239-2019)."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from tests.cli.command import gongkai
from tests.web.serving import free_port

SOURCE = Path(__file__).parents[2] / "src/gongkai/web/settings"
HOW_TO = Path(__file__).parents[2] / "docs/how-to"
NAME = re.compile(r"GONGKAI_[A-Z0-9_]*[A-Z0-9]")

NONSENSE = {
    "GONGKAI_DATABASE_URL": ("mysql://a:geheim@b/c", "sqlite:///x.db", "postgresql://a:geheim@b:port/c", "postgresql://h",
                             "nonsense"),
    "GONGKAI_SECRET": ("geheim",),
    "GONGKAI_HOSTS": ("http://example.cn", "a b", "example.cn:8000", "a,,b c", "-.cn", "1.2.3.4/8"),
    "GONGKAI_PROXIES": ("nonsense", "10.0.0.0/99", "10.0.0.1,nonsense"),
    "GONGKAI_HTTPS": ("ja", "2", "是"),
    "GONGKAI_CLOCK_IS_RIGHT": ("perhaps",),
    "GONGKAI_DIGEST": ("md5", "SM3"),
    "GONGKAI_SECOND_FACTOR": ("everybody",),
    "GONGKAI_TIME_ZONE": ("Asia/Nowhere", "8"),
    "GONGKAI_ADDRESS": ("example.cn", "ftp://example.cn", "https://", "https://a b"),
    "GONGKAI_EMAIL_URL": ("nonsense", "http://mail.example.cn", "smtp+tls://", "smtp://a:geheim@b:port"),
    "GONGKAI_EMAIL_FROM": ("nobody", "a@b\nBcc: c@d"),
    "GONGKAI_CLAMD": ("nonsense", "127.0.0.1", "host:port"),
    "GONGKAI_S3_BUCKET": ("a b", "/"),
    "GONGKAI_S3_ENDPOINT": ("s3.example.cn",),
    "GONGKAI_S3_REGION": ("a b",),
    "GONGKAI_S3_PREFIX": ("../up", "a b"),
    "GONGKAI_OIDC_SERVER": ("id.example.cn",),
    "GONGKAI_OIDC_ORIGIN": ("id.example.cn",),
    "GONGKAI_OIDC_SECOND_FACTOR": ("everywhere",),
    "GONGKAI_OIDC_NAME": ("a\nb",),
    "GONGKAI_OIDC_CLIENT": ("a\nb",),
}  # fmt: skip
"""没有道理的 — of the settings that are no numbers."""
NUMBERS = ("nonsense", "-1", "1e400", "nan", "十", "1.5.2", str(10**16))
TAKES_ANY = {"GONGKAI_DATA", "GONGKAI_S3_KEY", "GONGKAI_S3_SECRET", "GONGKAI_OIDC_SECRET"}
"""什么都可以的 — a folder, which is tried; secrets of others."""
ELSEWHERE = {"GONGKAI_LANG", "GONGKAI_SOFFICE", "GONGKAI_DEBUG", "GONGKAI_NICE"}
"""别处的 — of the command line and of reading files."""


def names() -> set[str]:
    """每一个设置 — those that the settings read."""
    return {name for path in SOURCE.glob("*.py") for name in NAME.findall(path.read_text(encoding="utf-8"))} - {
        "GONGKAI_S3"
    }


def load(monkeypatch: pytest.MonkeyPatch, folder: Path, **given: str) -> dict[str, object]:
    for name in names():
        monkeypatch.delenv(name, raising=False)
    for name, value in {"GONGKAI_DATA": str(folder), **given}.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(str(SOURCE / "__init__.py"))


def refused(monkeypatch: pytest.MonkeyPatch, folder: Path, **given: str) -> list[str]:
    from gongkai.web.given import SettingsError

    try:
        load(monkeypatch, folder, **given)
    except SettingsError as error:
        return [str(each) for each in error.errors]
    return []


def test_nothing_given_or_given_empty_is_the_usual(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    usual = load(monkeypatch, tmp_path)
    empty = load(monkeypatch, tmp_path, **{name: " " for name in names() - {"GONGKAI_DATA"}})
    upper = {name for name in usual if name.isupper() and not name.startswith("_")}
    assert {name: usual[name] for name in upper} == {name: empty[name] for name in upper}


@pytest.mark.parametrize("name", sorted(names() - TAKES_ANY))
def test_nonsense_is_said_by_the_name_of_the_setting(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    taken = [
        value
        for value in NONSENSE.get(name, NUMBERS)
        if not any(name in said for said in _told(monkeypatch, tmp_path, name, value))
    ]
    assert taken == []


def _told(monkeypatch: pytest.MonkeyPatch, folder: Path, name: str, value: str) -> list[str]:
    said = refused(monkeypatch, folder, **{name: value})
    assert not any("geheim" in each or "\n" in each for each in said)
    return said


def test_everything_wrong_is_said_at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    wrong = {name: values[0] for name, values in NONSENSE.items()}
    said = refused(monkeypatch, tmp_path, **wrong)
    assert len(said) >= len(wrong)
    assert all(any(name in each for each in said) for name in wrong)


def test_what_goes_together_is_asked_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    said = refused(monkeypatch, tmp_path, GONGKAI_OIDC_SERVER="https://id.example.cn")
    assert [NAME.findall(each)[0] for each in said] == ["GONGKAI_OIDC_CLIENT", "GONGKAI_OIDC_SECRET"]
    assert "GONGKAI_S3_SECRET" in refused(monkeypatch, tmp_path, GONGKAI_S3_BUCKET="files", GONGKAI_S3_KEY="k")[0]


def test_every_setting_that_the_papers_name_is_read() -> None:
    told = {name for path in HOW_TO.glob("*.md") for name in NAME.findall(path.read_text(encoding="utf-8"))}
    assert told - names() - ELSEWHERE == set()


@pytest.mark.parametrize("command", [("serve",), ("journal", "verify"), ("unlock", "--all")])
def test_a_command_says_it_in_sentences_and_ends(tmp_path: Path, command: tuple[str, ...]) -> None:
    done = gongkai(*command, GONGKAI_DATA=str(tmp_path), GONGKAI_VISIT_HOURS="immer", GONGKAI_PROXIES="nonsense")
    assert done.returncode == 64, done
    assert "Traceback" not in done.stderr
    for name, given in (("GONGKAI_VISIT_HOURS", "immer"), ("GONGKAI_PROXIES", "nonsense")):
        assert any(name in line and given in line for line in done.stderr.splitlines()), done.stderr


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("--port", "0"), "1 到 65535"),
        (("--port", "65536"), "1 到 65535"),
        (("--port", "-1"), "1 到 65535"),
        (("--port", "http"), "http"),
        (("--host", "203.0.113.7"), "没有 203.0.113.7"),
        (("--host", "no such host"), "没有 no such host"),
    ],
)
def test_a_door_that_cannot_be_opened_is_said(tmp_path: Path, given: tuple[str, ...], told: str) -> None:
    others = () if "--port" in given else ("--port", str(free_port()))
    done = gongkai("serve", *given, *others, GONGKAI_DATA=str(tmp_path))
    assert (done.returncode, told in done.stderr, "Traceback" in done.stderr) == (64, True, False), done.stderr


def test_proxies_that_are_named_are_believed_without_https_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert load(monkeypatch, tmp_path)["PROXIES"] == []
    assert len(load(monkeypatch, tmp_path, GONGKAI_HTTPS="1")["PROXIES"]) == 2  # type: ignore[arg-type]
    named = load(monkeypatch, tmp_path, GONGKAI_PROXIES="10.1.2.3,10.2.0.0/16")["PROXIES"]
    assert [str(each) for each in named] == ["10.1.2.3/32", "10.2.0.0/16"]  # type: ignore[attr-defined]
