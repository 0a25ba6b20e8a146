"""统一身份认证 — off unless configured; whom the county's server names comes in if the account is here, nobody else."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import pytest

from gongkai.law.roles import Role
from tests.web.serving import apart

ROOT = Path(__file__).parents[3]


class Server(BaseHTTPRequestHandler):
    """统一身份认证 — a server of OpenID Connect that knows one person a code."""

    def do_GET(self) -> None:
        base = f"http://{self.headers['Host']}"
        if self.path.startswith("/.well-known/"):
            self.answer({"issuer": base, "authorization_endpoint": f"{base}/authorize", "jwks_uri": f"{base}/keys",
                         "token_endpoint": f"{base}/token", "userinfo_endpoint": f"{base}/who"})  # fmt: skip
        else:
            name = self.headers["Authorization"].removeprefix("Bearer ")
            self.answer({"sub": f"id-{name}", "preferred_username": name})

    def do_POST(self) -> None:
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        assert sent["code_verifier"], "PKCE"
        self.answer({"access_token": sent["code"][0], "token_type": "Bearer"})

    def answer(self, told: dict[str, str]) -> None:
        body = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing: what it is asked is what the test looks at."""


@pytest.fixture
def server() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Server) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


@pytest.mark.usefixtures("ground")
def test_without_a_server_there_is_no_such_way() -> None:
    from tests.web.cast import cast, client_of

    cast()
    client = client_of(None)
    assert "统一身份认证" not in client.get("/sign-in/").content.decode()
    assert client.post("/sign-in/openid/county/login/").status_code == 404


def test_whom_the_server_names_comes_in_if_the_account_is_here(server: str, tmp_path: Path) -> None:
    """In a process of its own: what is installed is settled when Django starts."""
    (tmp_path / "desk" / "arriving").mkdir(parents=True)
    environ = apart(
        tmp_path,
        GONGKAI_OIDC_SERVER=server,
        GONGKAI_OIDC_CLIENT="gongkai",
        GONGKAI_OIDC_SECRET="s",
        GONGKAI_HOSTS="testserver",
    )
    program = "from tests.web.bodies.test_openid import walk; walk()"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environ, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr


def walk() -> None:
    """The whole way: to the server, back with a code, in or not."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import transaction

    call_command("migrate", verbosity=0, interactive=False)
    from gongkai.web.bodies.models import Staff
    from gongkai.web.journal.queries import of_subject, verify
    from tests.web.cast import cast, client_of

    with transaction.atomic():
        people = cast()
    staff = people.of(Role.CLERK)
    Staff.objects.filter(id=staff.id).update(password_changed_at=None)

    def arrive(code: str) -> tuple[object, str]:
        client = client_of(None)
        page = client.get("/sign-in/")
        assert "用统一身份认证登录" in page.content.decode()
        assert "form-action 'self' http://127.0.0.1" in page["Content-Security-Policy"]
        away = client.post("/sign-in/openid/county/login/", {"next": "/account/"})
        asked = parse_qs(urlparse(away["Location"]).query)
        back = {"code": code, "state": asked["state"][0]}
        shown = client.get("/sign-in/openid/county/login/callback/", back, follow=True)
        return client, shown.redirect_chain[-1][0] + shown.content.decode()

    _, shown = arrive(staff.username.upper())
    assert shown.startswith("/account/"), shown[:200]
    assert of_subject(f"bodies.staff:{staff.id}").get().facts["way"] == "openid"
    _, shown = arrive("nobody-here")
    assert shown.startswith("/sign-in/")
    assert "“nobody-here”在平台上没有账号" in shown
    Staff.objects.filter(id=staff.id).update(is_active=False)
    _, shown = arrive(staff.username)
    assert "没有账号，或者账号已停用" in shown
    forged = client_of(None).get(
        "/sign-in/openid/county/login/callback/", {"code": "x", "state": "forged"}, follow=True
    )
    assert "统一身份认证没有成功" in forged.content.decode()
    assert verify() == []
