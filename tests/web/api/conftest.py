"""接口的测试 — a system of the department, its token, and calls as it sends them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any

import pytest

from gongkai.law.roles import Role
from tests.web.cast import Cast, cast

KEYS = count(1)
DRAFT = {
    "title": "关于做好春季植树工作的通知",
    "column": "policies",
    "formed_on": "2026-11-16",
    "body_html": "<p>各有关单位：</p><p>请做好春季植树工作。</p>",
}


@dataclass
class System:
    """别的系统 — with a token; every write under a key of its own unless one is named."""

    people: Cast
    token: Any
    secret: str
    sent: list[Any] = field(default_factory=list)

    def call(self, method: str, path: str, **given: Any) -> Any:
        """调用 — as JSON, unless a form is given."""
        from django.test import Client

        headers = {"Authorization": f"Bearer {self.secret}", **given.pop("headers", {})}
        if method == "POST":
            headers.setdefault("Idempotency-Key", f"key-{next(KEYS)}")
        if "form" in given:
            return Client().generic(method, f"/api/v1{path}", *_multipart(given["form"]), headers=headers)
        content = json.dumps(given["json"]) if "json" in given else ""
        return Client().generic(method, f"/api/v1{path}", content, content_type="application/json", headers=headers)

    def draft(self, **changed: Any) -> dict[str, Any]:
        """报送 — a draft; its status."""
        answer = self.call("POST", "/items", json={**DRAFT, **changed})
        assert answer.status_code == 201, answer.content.decode()
        return dict(answer.json())


def _multipart(form: dict[str, Any]) -> tuple[bytes, str]:
    from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

    return encode_multipart(BOUNDARY, form), MULTIPART_CONTENT


def system_of(people: Cast, *scopes: Any, body: Any = None) -> System:
    """别的系统 — let in for a body, the department unless another is named."""
    from gongkai.web.api.actions import make_token
    from gongkai.web.api.models import Scope, Token

    home = body or people.department
    token, secret = make_token(
        body=home,
        staff=people.of(Role.SECURITY_ADMIN),
        acts_as=people.of(Role.CLERK, home),
        name=f"县政府办公室 OA {Token.objects.count() + 1}",  # a name is in use once
        scopes=scopes or list(Scope),
        days=30,
        now=datetime.now(UTC),
    )
    return System(people, token, secret)


@pytest.fixture
def people(ground: None) -> Iterator[Cast]:
    """一班人 — gone after the test, with the files that it kept."""
    from django.conf import settings

    yield cast()
    shutil.rmtree(settings.FILES_FOLDER, ignore_errors=True)


@pytest.fixture
def system(people: Cast) -> System:
    """别的系统 — with a token for everything."""
    return system_of(people)
