"""统一身份认证 — off unless configured; who bound an account comes in by the other side's number, never by a name."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlparse

import jwt
import pytest

from gongkai.law.roles import Role
from tests.web.serving import apart

if TYPE_CHECKING:
    from django.test import Client

ROOT = Path(__file__).parents[3]


class Server(BaseHTTPRequestHandler):
    """统一身份认证 — a server of OpenID Connect; a code says whom it means: `sub|sub that it tells besides|name`."""

    def do_GET(self) -> None:
        base = f"http://{self.headers['Host']}"
        if self.path.startswith("/.well-known/"):
            self.answer({"issuer": base, "authorization_endpoint": f"{base}/authorize", "jwks_uri": f"{base}/keys",
                         "token_endpoint": f"{base}/token", "userinfo_endpoint": f"{base}/who"})  # fmt: skip
        else:
            _, sub, name = self.headers["Authorization"].removeprefix("Bearer ").split("|")
            self.answer({"sub": sub, "preferred_username": name, "email": f"{name}@shifan.example"})

    def do_POST(self) -> None:
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        assert sent["code_verifier"], "PKCE"
        said = {"iss": f"http://{self.headers['Host']}", "aud": "gongkai", "exp": int(time.time()) + 300}
        sub = sent["code"][0].split("|")[0]
        token = {"id_token": jwt.encode(said | {"sub": sub}, "k" * 32, "HS256")} if sub else {}
        self.answer({"access_token": sent["code"][0], "token_type": "Bearer", **token})

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


@pytest.mark.parametrize("where", ["here", "there"])
def test_who_is_bound_comes_in_and_nobody_by_a_name(server: str, tmp_path: Path, where: str) -> None:
    """In a process of its own: what is installed is settled when Django starts."""
    (tmp_path / "desk" / "arriving").mkdir(parents=True)
    environ = apart(
        tmp_path,
        GONGKAI_OIDC_SERVER=server,
        GONGKAI_OIDC_CLIENT="gongkai",
        GONGKAI_OIDC_SECRET="s",
        GONGKAI_OIDC_SECOND_FACTOR=where,
        GONGKAI_SECOND_FACTOR="administrators",
        GONGKAI_HOSTS="testserver",
    )
    program = f"from tests.web.bodies.test_openid import walk; walk({where!r})"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environ, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr


CALLBACK = "/sign-in/openid/county/login/callback/"


def arrive(client: Client, code: str, **sent: str) -> str:
    """To the server and back with a code; the address of the page at the end, and the page."""
    away = client.post("/sign-in/openid/county/login/", {"next": "/account/", **sent})
    asked = parse_qs(urlparse(away["Location"]).query)
    shown = client.get(CALLBACK, {"code": code, "state": asked["state"][0]}, follow=True)
    return str(shown.redirect_chain[-1][0] + shown.content.decode())


def walk(where: str) -> None:
    """The whole way: bound by whoever is signed in, in by the number of the other side, never by a name."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import transaction
    from django.utils import timezone

    call_command("migrate", verbosity=0, interactive=False)
    from gongkai.web.bodies.actions import reset_password
    from gongkai.web.bodies.models import OpenidBinding, Staff
    from gongkai.web.journal.queries import of_subject, verify
    from tests.web.bodies.test_second_factor import code_of, enrolled
    from tests.web.cast import NOW, cast, client_of

    with transaction.atomic():
        people = cast()
    staff, other = people.of(Role.CLERK), people.of(Role.FIRST_REVIEWER)
    page = client_of(None).get("/sign-in/")
    assert "用统一身份认证登录" in page.content.decode()
    assert "form-action 'self' http://127.0.0.1" in page["Content-Security-Policy"]
    name = staff.username
    for code in (f"7|7|{name}", f"{name}|{name}|{name}"):
        shown = arrive(client_of(None), code)
        assert shown.startswith("/sign-in/")
        assert f"“{name}”还没有绑定平台的账号" in shown
    inside = client_of(staff)
    assert "绑定统一身份认证" in inside.get("/account/").content.decode()
    arrive(inside, "7|7|wang")  # signed in already, and did not ask to be bound
    assert not OpenidBinding.objects.exists()
    assert "没有说清是谁" in arrive(inside, "7|8|wang", process="connect")
    assert "没有说清是谁" in arrive(inside, "|7|wang", process="connect")
    for count in (191, 255):
        long = "7" * count
        assert "还没有绑定" in arrive(client_of(None), f"{long}|{long}|wang")
    for long in ("7" * 256, "7" * 20_000):
        said = f"编号（sub）有 {len(long)} 个字，最长只能 255 个字"
        assert said in arrive(client_of(None), f"{long}|{long}|wang")
        assert said in arrive(inside, f"{long}|{long}|wang", process="connect")
    assert "没有说清是谁" in arrive(client_of(None), "7\0|7\0|wang")
    assert "没有说清是谁" in arrive(client_of(None), "||wang")
    assert not OpenidBinding.objects.exists()
    assert "已绑定统一身份认证里的“wang”" in arrive(inside, "7|7|wang", process="connect")
    assert "已经绑定了平台上的另一个账号" in arrive(client_of(other), "7|7|wang", process="connect")
    assert "已经绑定了统一身份认证里的另一个人" in arrive(inside, "9|9|wang", process="connect")
    assert OpenidBinding.objects.get().subject == "7"
    Staff.objects.filter(id=staff.id).update(password_changed_at=None)
    assert arrive(client_of(None), "7|7|renamed").startswith("/account/")
    assert of_subject(f"bodies.staff:{staff.id}").order_by("-id")[0].facts["way"] == "openid"
    assert "没有说清是谁" in arrive(client_of(None), "7|8|wang")
    assert "还没有绑定" in arrive(client_of(None), "8|8|wang")
    OpenidBinding.objects.update(issuer="https://elsewhere.example.cn")
    assert "还没有绑定" in arrive(client_of(None), "7|7|wang")
    OpenidBinding.objects.update(issuer=f"http://{urlparse(server_of()).netloc}")
    Staff.objects.filter(id=staff.id).update(is_active=False)
    assert "账号已停用" in arrive(client_of(None), "7|7|wang")
    Staff.objects.filter(id=staff.id).update(is_active=True, password_changed_at=NOW)
    inside = client_of(Staff.objects.get(id=staff.id))
    assert "已解除绑定" in inside.post("/account/unbind/", follow=True).content.decode()
    assert "还没有绑定" in arrive(client_of(None), "7|7|wang")
    arrive(inside, "7|7|wang", process="connect")
    with transaction.atomic():
        reset_password(by=people.of(Role.SYSTEM_ADMIN), staff=staff, now=timezone.now())
    assert not OpenidBinding.objects.exists()
    acts = set(of_subject(f"bodies.staff:{staff.id}").values_list("act", flat=True))
    assert {"bind_openid", "unbind_openid"} <= acts
    security = people.of(Role.SECURITY_ADMIN)
    enrolled(security, timezone.now() - timedelta(minutes=5))
    arrive(client_of(security), "5|5|li", process="connect")
    coming = client_of(None)
    shown = arrive(coming, "5|5|li")
    assert shown.startswith("/sign-in/code/" if where == "here" else "/account/")
    if where == "here":
        assert coming.get("/account/").status_code == 302
        assert coming.post("/sign-in/code/", {"code": code_of(security)})["Location"] == "/desk/bodies/"
    forged = client_of(None).get(CALLBACK, {"code": "x", "state": "forged"}, follow=True)
    assert "统一身份认证没有成功" in forged.content.decode()
    assert verify() == []


def server_of() -> str:
    from django.conf import settings

    return str(settings.OPENID_SERVER)
