"""接口说明与实际 — whatever a program sends that knows the description, the answer is one that the description has."""

from __future__ import annotations

import io
from typing import Any

import pytest
import requests
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from requests.adapters import HTTPAdapter
from urllib3 import HTTPResponse

from tests.web.api.conftest import System
from tests.web.cast import Cast


class Here(HTTPAdapter):
    """Calls go to the platform in this process, in the transaction of the test."""

    def send(self, request: requests.PreparedRequest, **_: Any) -> requests.Response:  # type: ignore[override]
        """发送 — and the answer as from afar."""
        from django.test import Client

        headers = {name: str(value) for name, value in request.headers.items() if name.lower() != "content-length"}
        kind = headers.pop("Content-Type", "")
        body = request.body.encode() if isinstance(request.body, str) else request.body or b""
        answer = Client().generic(request.method or "GET", request.path_url, body, content_type=kind, headers=headers)
        raw = HTTPResponse(
            io.BytesIO(answer.content), answer.headers, answer.status_code, reason="", preload_content=False
        )
        return self.build_response(request, raw)


@pytest.fixture
def schema(people: Cast) -> Any:
    """The description, as the platform itself gives it."""
    schemathesis = pytest.importorskip("schemathesis")
    from django.test import Client

    return schemathesis.openapi.from_dict(Client().get("/api/v1/openapi.json").json())


def test_no_call_breaks_anything_and_every_answer_is_described(schema: Any, system: System, monkeypatch: Any) -> None:
    import schemathesis
    from django.conf import settings as platform
    from schemathesis.specs.openapi import checks as checking

    monkeypatch.setattr(platform, "API_CALLS_A_MINUTE", 10**6)
    item, session = system.draft()["id"], requests.Session()
    session.mount("http://testserver", Here())
    checks = [
        schemathesis.checks.not_a_server_error,
        checking.status_code_conformance,
        checking.content_type_conformance,
        checking.response_schema_conformance,
    ]
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) >= 8

    @given(st.data())
    @settings(
        max_examples=8 * len(operations),
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def call(data: st.DataObject) -> None:
        operation = data.draw(st.sampled_from(operations))
        case = data.draw(operation.as_strategy())
        if "number" in (case.path_parameters or {}) and data.draw(st.booleans()):
            case.path_parameters["number"] = item
        headers = {"Authorization": f"Bearer {system.secret}"}
        case.call_and_validate(base_url="http://testserver", session=session, headers=headers, checks=checks)

    call()
