"""https、名字、地址 — what is believed of a request, and of whom (GB/T 22239-2019)."""

from __future__ import annotations

import http.client
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.test import override_settings

from tests.cli.command import gongkai
from tests.web.cast import client_of
from tests.web.serving import ready, serving

OURS = [ip_network("127.0.0.0/8"), ip_network("10.0.0.0/24")]


@pytest.mark.parametrize(("connected", "forwarded", "found"), [
    ("127.0.0.1", "203.0.113.7", "203.0.113.7"),
    ("127.0.0.1", "1.1.1.1, 203.0.113.7", "203.0.113.7"),
    ("127.0.0.1", "1.1.1.1, 203.0.113.7, 10.0.0.9", "203.0.113.7"),
    ("::ffff:127.0.0.1", "203.0.113.7", "203.0.113.7"),
    ("", "203.0.113.7", "203.0.113.7"),
    ("127.0.0.1", "127.0.0.1", "127.0.0.1"),
    ("127.0.0.1", "", "127.0.0.1"),
    ("127.0.0.1", "nonsense", None),
    ("198.51.100.7", "203.0.113.7", "198.51.100.7"),  # not our proxy: its word is not taken
    ("198.51.100.7", "127.0.0.1", "198.51.100.7"),
])  # fmt: skip
def test_which_address_is_taken(platform: Path, connected: str, forwarded: str, found: str | None) -> None:
    from gongkai.web.look.visitors import seen_address

    del platform
    with override_settings(PROXIES=OURS):
        assert seen_address(connected, forwarded) == found
    with override_settings(PROXIES=[]):
        assert seen_address("198.51.100.7", forwarded) == "198.51.100.7"
        assert seen_address("127.0.0.1", forwarded) == "127.0.0.1"


def test_names_are_those_that_somebody_has_written(tmp_path: Path) -> None:
    from gongkai.web.settings.hosts import THIS_MACHINE, hosts

    file = tmp_path / "site.toml"
    assert hosts([], file) == list(THIS_MACHINE)
    assert hosts(["a.example", "127.0.0.1", ""], file) == ["a.example", "127.0.0.1", "localhost", "[::1]"]
    for written, name in [('address = "https://www.jia.example:8443"', "www.jia.example"),
                          ('address = "http://[fd00::1]:80"', "[fd00::1]")]:  # fmt: skip
        file.write_text(written, encoding="utf-8")
        assert hosts([], file) == [name, *THIS_MACHINE]
    for broken in ("address = ", "address = 3", 'address = "http://["', "\0"):
        file.write_text(broken, encoding="utf-8")
        assert hosts([], file)[-3:] == list(THIS_MACHINE)


@pytest.mark.parametrize(("given", "said"), [({}, "设 GONGKAI_HOSTS"), ({"GONGKAI_HOSTS": "*"}, "不能写“*”")])
@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_nobody_is_let_in_from_elsewhere_without_a_name(
    tmp_path: Path, host: str, given: dict[str, str], said: str
) -> None:
    done = gongkai("serve", "--host", host, "--port", "0", GONGKAI_DATA=str(tmp_path), **given)
    assert done.returncode == 64
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_behind_https_nothing_goes_without(tmp_path: Path) -> None:
    with serving(ready(tmp_path), GONGKAI_HTTPS="1", GONGKAI_HOSTS="www.jia.example") as address:

        def asked(path: str, **headers: str) -> http.client.HTTPResponse:
            connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=120)
            connection.request("GET", path, headers={name.replace("_", "-"): told for name, told in headers.items()})
            return connection.getresponse()

        bare = asked("/sign-in/?next=/desk/", Host="www.jia.example")
        assert (bare.status, bare.headers["Location"]) == (301, "https://www.jia.example/sign-in/?next=/desk/")
        assert asked("/health/").status == 200
        safe = {"Host": "www.jia.example", "X_Forwarded_Proto": "https"}
        page = asked("/set-up/", **safe)
        assert page.status == 200
        assert page.headers["Strict-Transport-Security"] == "max-age=31536000"
        assert "Secure" in page.headers["Set-Cookie"]
        assert asked("/sitemap.xml", **{**safe, "Host": "evil.example"}).status == 400
        assert b"www.jia.example" in asked("/sitemap.xml", **safe).read()


def test_the_token_of_set_up_leaves_the_address_at_once(ground: None) -> None:
    from gongkai.web.bodies.actions.setting_up import token

    del ground
    client = client_of(None)
    answer = client.get("/set-up/", {"token": token()})
    assert answer["Location"] == "/set-up/"
    assert token() in client.get("/set-up/").content.decode()
    assert token() not in client_of(None).get("/set-up/").content.decode()


def test_guesses_of_the_token_are_slowed_for_their_address_alone(ground: None) -> None:
    from gongkai.web.bodies.actions.setting_up import token

    del ground
    for number in range(17):
        page = client_of(None).get("/set-up/", {"token": f"{number}"}, REMOTE_ADDR="198.51.100.7")
        assert page.status_code == 400
        assert ("请等 1 分钟再试" if number > 14 else "启用码不对") in page.content.decode(), number
    assert client_of(None).get("/set-up/", {"token": token()}, REMOTE_ADDR="198.51.100.7").status_code == 400
    assert client_of(None).get("/set-up/", {"token": token()}, REMOTE_ADDR="203.0.113.9").status_code == 302
