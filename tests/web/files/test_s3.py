"""S3 — the same rooms on a store elsewhere: a server that speaks the protocol, on a free port."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.web.files.conftest import NOW, People, copied, received


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a store with one bucket."""
    pytest.importorskip("moto.server")
    import boto3
    from moto.server import ThreadedMotoServer

    from tests.web.serving import free_port

    running = ThreadedMotoServer(ip_address="127.0.0.1", port=free_port(), verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    address = f"http://{host}:{port}"
    keys = {"aws_access_key_id": "k", "aws_secret_access_key": "s", "region_name": "us-east-1"}
    boto3.client("s3", endpoint_url=address, **keys).create_bucket(Bucket="gongkai")
    yield address
    running.stop()


@pytest.fixture
def elsewhere(people: People, server: str) -> Iterator[People]:
    """People whose files are kept there, as the environment would say it."""
    from django.conf import settings
    from django.test import override_settings

    from gongkai.web.files import storing
    from gongkai.web.given import Given
    from gongkai.web.settings.file_store import kept_files

    said = {
        "GONGKAI_S3_BUCKET": "gongkai",
        "GONGKAI_S3_ENDPOINT": server,
        "GONGKAI_S3_REGION": "us-east-1",
        "GONGKAI_S3_KEY": "k",
        "GONGKAI_S3_SECRET": "s",
        "GONGKAI_S3_PREFIX": "files",
    }

    kept = {**settings.STORAGES, "files": kept_files(Given(said), settings.FILES_FOLDER)}
    with override_settings(STORAGES=kept):
        yield people
        for month in storing.months():
            for name in storing.names(month):
                storing.remove(name)


def test_files_are_kept_served_and_swept_there(elsewhere: People) -> None:
    from django.conf import settings
    from django.test import Client
    from django.utils import timezone

    from gongkai.web.files import storing
    from gongkai.web.files.actions import publish_copy
    from gongkai.web.files.arriving import arriving
    from gongkai.web.files.queries import address
    from gongkai.web.files.sweeping import Swept, sweep

    data = bytes(range(256)) * 10_000
    copy = copied(received(elsewhere, data=b"a,b\n"), data)
    assert not [path for path in settings.FILES_FOLDER.rglob("*") if path.is_file()], "nothing stays here"
    publish_copy(copy=copy, staff=elsewhere.clerk, now=NOW)
    where = address(copy)
    answer: Any = Client().get(where)
    assert b"".join(answer) == data
    part: Any = Client().get(where, headers={"Range": "bytes=1000-1999"})
    assert b"".join(part) == data[1000:2000]
    orphan = storing.new_name(NOW)
    with arriving() as path:
        path.write_bytes(b"orphan")
        storing.put(path, orphan)
    later = timezone.now() + timedelta(days=2)
    assert sweep(later) == Swept(1, 0)
    storing.remove(copy.storage_name)
    assert Client().get(where).status_code == 503
    assert sweep(later) == Swept(0, 1)


def test_the_guard_reads_what_lies_there(elsewhere: People) -> None:
    from gongkai.web.files.actions import inspect_file

    text = "身份证号 110101199003074514\n".encode()
    file = received(elsewhere, "名单.txt", text)
    assert inspect_file(file=file, now=NOW)["blocked"]


def test_a_store_that_is_away_is_said_and_nothing_is_kept(people: People) -> None:
    """A folder that cannot be written and a store that cannot be reached are the administrator's to mend."""
    from django.conf import settings
    from django.test import override_settings

    from gongkai.web.files.actions import receive
    from gongkai.web.files.models import File
    from gongkai.web.given import Given
    from gongkai.web.settings.file_store import kept_files

    said = {
        "GONGKAI_S3_BUCKET": "bucket",
        "GONGKAI_S3_ENDPOINT": "http://127.0.0.1:1",
        "GONGKAI_S3_KEY": "k",
        "GONGKAI_S3_SECRET": "s",
        "GONGKAI_S3_REGION": "us-east-1",
    }

    kept = {**settings.STORAGES, "files": kept_files(Given(said), settings.FILES_FOLDER)}
    with override_settings(STORAGES=kept), pytest.raises(Exception, match=r"127\.0\.0\.1"):
        receive(body=people.body, staff=people.clerk, name="a.csv", stream=io.BytesIO(b"a,b\n"), now=NOW)
    assert not File.objects.exists()
    assert not [path for path in settings.FILES_FOLDER.rglob("*") if path.is_file()]
