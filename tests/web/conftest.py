"""平台的测试环境 — Django on a fresh data folder, set up when the first test of the platform asks for it."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.postgresql import another, postgresql

# Before any test: whoever imports the settings first, with or without Django, fixes the data folder of this process.
FOLDER = Path(tempfile.mkdtemp(prefix="gongkai-platform-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
os.environ.update({"GONGKAI_DATA": str(FOLDER), "DJANGO_SETTINGS_MODULE": "gongkai.web.settings"})
# All tests together are one visitor, who reads for longer than one may.
os.environ.setdefault("GONGKAI_DESK_MINUTES_AN_HOUR", "1000")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """再跑一遍 — on PostgreSQL only what asks for the database under test: the rest would be the same once more."""
    if os.environ.get("GONGKAI_TEST_DATABASE") != "postgresql":
        return
    here = Path(__file__).parent
    same = [item for item in items if here in item.path.parents and "database" not in getattr(item, "fixturenames", ())]
    items[:] = [item for item in items if item not in set(same)]
    config.hook.pytest_deselected(items=same)


@pytest.fixture(scope="session")
def database() -> Iterator[None]:
    """数据库 — the embedded one; with GONGKAI_TEST_DATABASE=postgresql the system's PostgreSQL, one for each worker."""
    if os.environ.get("GONGKAI_TEST_DATABASE") != "postgresql":
        yield
        return
    with postgresql() as url:
        os.environ["GONGKAI_DATABASE_URL"] = url
        yield


@pytest.fixture
def own_database(database: None) -> dict[str, str]:
    """自己的数据库 — of the kind under test, for a platform of its own: what is written there stays there."""
    del database
    url = os.environ.get("GONGKAI_DATABASE_URL")
    return {"GONGKAI_DATABASE_URL": another(url)} if url else {}


@pytest.fixture(scope="session")
def platform(database: None) -> Path:
    """平台 — settings, database and readers at work; its data folder."""
    del database
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    assert settings.DATA == FOLDER
    # Whoever imports the settings while tests are collected makes the second run one of the embedded database again.
    assert connection.vendor == ("postgresql" if "GONGKAI_DATABASE_URL" in os.environ else "sqlite")
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    settings.PASSWORD_HASHERS = ["tests.web.hashing.QuickHasher"]
    call_command("migrate", verbosity=0, interactive=False)
    from gongkai.web.annual import jobs

    jobs.start()
    return FOLDER


@pytest.fixture
def ground(platform: Path) -> Iterator[None]:
    """空地 — a database in which what a test writes is gone when it ends, and no page that was kept of another."""
    del platform
    from django.db import transaction

    from gongkai.web.portal.keeping import STORE
    from gongkai.web.portal.standing import WATCH

    # A database that is rolled back has lengths of chains that come again: to the watch nothing has happened since.
    WATCH.forget()
    STORE.forget()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    WATCH.forget()
    STORE.forget()


@pytest.fixture
def desk(platform: Path) -> Desk:
    """核对台 — one visitor's browser, without JavaScript."""
    del platform
    return Desk()


class Desk:
    """核对台 — what a visitor does: put files in, follow links, send forms."""

    def __init__(self) -> None:
        from django.test import Client

        self.client = Client()

    def check(self, *files: tuple[str, bytes], previous: tuple[tuple[str, bytes], ...] = ()) -> str:
        """核对 — the address of the batch, all of it read."""
        from django.conf import settings
        from django.core.files.uploadedfile import SimpleUploadedFile

        form = {"current": [SimpleUploadedFile(*file) for file in files]}
        if previous:
            form["previous"] = [SimpleUploadedFile(*file) for file in previous]
        answer = self.client.post("/check/", form)
        assert answer.status_code == 302, answer.content.decode()
        until = time.monotonic() + settings.DESK_FILE_SECONDS + 30
        while "progress" in (page := self.client.get(answer["Location"])).content.decode() and page.status_code == 200:
            assert time.monotonic() < until
            if 'id="progress"' not in page.content.decode():
                break
            time.sleep(0.1)
        return str(answer["Location"])

    def page(self, address: str) -> str:
        """网页 — what an address shows, links of leading elsewhere followed."""
        answer = self.client.get(address, follow=True)
        assert answer.status_code == 200, answer.content.decode()[:2000]
        return str(answer.content.decode())

    def file(self, address: str) -> bytes:
        """文件 — what an address gives to keep."""
        answer = self.client.get(address)
        assert answer.status_code == 200
        assert answer["Content-Disposition"].startswith("attachment")
        return b"".join(answer) if answer.streaming else bytes(answer.content)
