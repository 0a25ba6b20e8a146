"""核对台结果页测速 — the result page of a text file against its floor: a bare view of as many cells, and one check.

Then what two hundred files at once take, from the post to the table of all.
"""

from __future__ import annotations

import os
import tempfile
import time

import django
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client
from django.urls import path

from benchmarks._measure import SAMPLES, least, line
from gongkai.documents.document import Document
from gongkai.documents.opening import open_documents
from gongkai.report.checks import check
from gongkai.report.reading import read_document
from gongkai.web.annual import jobs, queries

SAMPLE = SAMPLES / "forestry-bureau-2022.txt"
ASKED = 3.0
FILES = 200
SECONDS_ASKED = 60.0
CELLS = (
    "{% for cell in cells %}<td id='{{ cell.id }}' class='{{ cell.look }}'>{{ cell.text }}</td>{% endfor %}{{ rest }}"
)


def main() -> None:
    """测速 — prints both ratios."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"GONGKAI_DATA": folder, "GONGKAI_HOSTS": "testserver"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "gongkai.web.settings"
        django.setup()
        call_command("migrate", verbosity=0, interactive=False)
        jobs.start()
        client = Client()
        address = f"{_posted(client, 1)}1-1/3/"
        _add_floor(client.get(address).content.decode())

        def opened() -> None:
            queries.forget()  # as if nobody had looked before: the result is loaded and checked again
            client.get(address)

        floor, ours = least([lambda: client.get("/bare/"), opened])
        line("result page of a text file / bare view of its cells + check", ours / floor, ASKED)
        begun = time.monotonic()
        _posted(client, FILES)
        line(f"seconds for {FILES} files, from the post to the table", time.monotonic() - begun, SECONDS_ASKED)


def _posted(client: Client, count: int) -> str:
    """The address of a batch of the sample, all of it read."""
    files = [SimpleUploadedFile(f"{n}.txt", SAMPLE.read_bytes()) for n in range(count)]
    address = str(client.post("/check/", {"current": files})["Location"])
    while 'id="progress"' in client.get(address).content.decode():
        time.sleep(0.05)
    return address


def _add_floor(page: str) -> None:
    from gongkai.web import urls  # noqa: PLC0415 — the rooms behind it want the settings

    opened = next(open_documents(str(SAMPLE)))
    if not isinstance(opened, Document):
        raise opened
    report = read_document(opened)
    template = engines["django"].from_string(CELLS)
    cells = [{"id": n, "look": "zero", "text": "0"} for n in range(page.count("<td") + page.count("<th"))]
    rest = "x" * (len(page) - 40 * len(cells))

    def bare(request: HttpRequest) -> HttpResponse:
        check(report)
        return HttpResponse(template.render({"cells": cells, "rest": rest}, request))

    urls.urlpatterns.append(path("bare/", bare))
