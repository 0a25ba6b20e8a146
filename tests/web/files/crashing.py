"""中断 — a process that dies at its n-th touch of disk or database, for every n: run as a program of its own.

Prints one line for each death: what was there before, what is there after. `work` is one of WORKS.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from typing import Any

_TRIES = 20
_TOUCHES = {"open", "os.rename", "os.remove", "os.mkdir", "os.link", "os.truncate"}


def dies_at(number: int) -> None:
    """死期 — ends this process at its n-th touch."""
    from django.db import connection

    left, mine = [number], os.getpid()

    def touched(*_: Any) -> None:
        if os.getpid() != mine:  # a process that this one started lives its own life
            return
        left[0] -= 1
        if left[0] < 0:
            os._exit(9)

    def wrapper(execute: Callable[..., Any], *arguments: Any) -> Any:
        touched()
        done = execute(*arguments)
        touched()
        return done

    sys.addaudithook(lambda event, _: touched() if event in _TOUCHES else None)
    connection.execute_wrappers.append(wrapper)


def upload(people: Any) -> None:
    """上传 — one file of the clerk's."""
    from gongkai.web.files.actions import receive

    receive(body=people.body, staff=people.clerk, name="a.csv", stream=io.BytesIO(b"a,b\n" * 100), now=_now())


def publish(people: Any) -> None:
    """公开 — the copy that is there."""
    from gongkai.web.files.actions import publish_copy
    from gongkai.web.files.models import PublicCopy

    publish_copy(copy=PublicCopy.objects.earliest("id"), staff=people.clerk, now=_now())


def mask(people: Any) -> None:
    """遮盖 — a copy of the file that is there."""
    from gongkai.web.files.actions import make_public_copy
    from gongkai.web.files.models import CopyKind, File

    file = File.objects.earliest("id")
    make_public_copy(file=file, kind=CopyKind.MASKED, decisions=None, staff=people.clerk, now=_now())


WORKS = {"upload": upload, "publish": publish, "mask": mask}


def _now() -> Any:
    from django.utils import timezone

    return timezone.now()


def main(name: str) -> None:
    """逐处中断 — until a process lives through it."""
    import django

    django.setup()
    from datetime import timedelta

    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0, interactive=False)
    from gongkai.web.files.models import File, PublicCopy
    from gongkai.web.files.sweeping import sweep
    from gongkai.web.journal.queries import verify
    from tests.web.files.conftest import copied, people_here, received

    people = people_here()
    copy = copied(received(people), b"a,b\n")
    WORKS[name](people)  # what is loaded late is loaded now
    PublicCopy.objects.filter(pk=copy.pk).update(published_at=None)
    number, status = 0, 9
    while status == 9:
        connection.close()
        child = os.fork()
        if child == 0:
            dies_at(number)
            WORKS[name](people)
            os._exit(0)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        number += 1
        rows = File.objects.count() + PublicCopy.objects.count()
        rows += PublicCopy.objects.filter(published_at__isnull=False).count()
        swept = sweep(_now() + timedelta(days=2))
        # A reader that the dead process had started may be writing still, until it sees that it is alone.
        again = next((0 for _ in range(_TRIES) if not sweep(_now() + timedelta(days=2)).removed), 1)
        print(rows, swept.removed, swept.missing, again, len(verify()), status)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1])
