"""死在半路 — one step of an item in a process that ends at its n-th statement, on a database of its own.

Run as a program: `killed.py` prepares an item, then forks once for every statement of every step, kills the child
there, and tells what it finds as JSON.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

MOST_STATEMENTS = 400
REFUSED = 3


def main() -> None:
    """逐句杀 — for each of the steps, from the state before it to the state after it."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "gongkai.web.settings"
    (Path(os.environ["GONGKAI_DATA"]) / "desk" / "arriving").mkdir(parents=True)
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from gongkai.law.publishing import Act, State
    from gongkai.law.roles import Role
    from gongkai.law.withdrawal import WithdrawalGround
    from gongkai.web.holdings import actions
    from tests.web.holdings.county import Office, draft
    from tests.web.holdings.test_masking import attached, name_list

    office = Office()
    clerk, director = office.people.of(Role.CLERK), office.people.of(Role.DISCLOSURE_OFFICE)
    item = office.create()
    told = [
        _killed(
            "edit",
            item,
            lambda: actions.edit(item=_now(item), staff=clerk, draft=draft(summary="新"), edition=2, now=office.now),
        ),
        _killed("submit", item, lambda: actions.submit(item=_now(item), staff=clerk, now=office.now)),
    ]
    item = attached_item = office.bring(attached(office, office.create(), name_list()), State.FINAL_REVIEW)
    final = office.people.of(Role.FINAL_REVIEWER)
    used = item.newest_version.files.get()
    told.append(
        _killed(
            "mask", item, lambda: actions.use_masked_copy(item=_now(item), staff=final, item_file=used, now=office.now)
        )
    )
    told.append(_killed("final", item, lambda: office.take(_now(attached_item), Act.PASS_FINAL)))
    told.append(_killed("publish", item, lambda: office.take(_now(attached_item), Act.PUBLISH)))
    ground = {"ground": WithdrawalGround.INACCURATE}
    told.append({"step": "number", "numbers": _numbered(office)})
    told.append(
        _killed(
            "withdraw",
            item,
            lambda: actions.withdraw(item=_now(item), **ground, staff=director, reason="有误", now=office.now),
        )
    )
    sys.stdout.write(json.dumps(told))


def _numbered(office: Any) -> list[str]:
    """Index numbers that four processes took at once."""
    from django.db import connection

    from gongkai.web.holdings.models import Item

    known = set(Item.objects.values_list("id", flat=True))
    connection.close()
    children = []
    for _ in range(4):
        child = os.fork()
        if child == 0:
            for _ in range(5):
                office.create()
            os._exit(0)
        children.append(child)
    assert all(os.waitpid(child, 0)[1] == 0 for child in children)
    return [item.index_number for item in Item.objects.exclude(id__in=known)]


def _now(item: Any) -> Any:
    from gongkai.web.holdings.models import Item

    return Item.objects.get(id=item.id)


def _killed(name: str, item: Any, step: Callable[[], object]) -> dict[str, Any]:
    """What was found after each death, until one child lived to the end."""
    from django.db import connection

    found: list[Any] = []
    before = _standing(item)
    for place in range(MOST_STATEMENTS):
        connection.close()
        child = os.fork()
        if child == 0:
            _die_at(place, step)
        _, status = os.waitpid(child, 0)
        found.append(_standing(item))
        code = os.waitstatus_to_exitcode(status)
        if code == REFUSED:
            break
        if code == 0:
            return {"step": name, "statements": place, "before": before, "found": found}
    return {"step": name, "statements": -1, "before": before, "found": found}


def _die_at(place: int, step: Callable[[], object]) -> None:
    from django.db import connection

    left = place

    def hook(execute: Any, *arguments: Any) -> Any:
        nonlocal left
        if left == 0:
            os._exit(9)
        left -= 1
        return execute(*arguments)

    try:
        with connection.execute_wrapper(hook):
            step()
    except BaseException:
        import traceback

        traceback.print_exc()
        os._exit(REFUSED)
    os._exit(0)


def _standing(item: Any) -> list[Any]:
    """What is there: the item as it stands, and whether everything still hangs together."""
    from gongkai.web.files.models import PublicCopy
    from gongkai.web.holdings.digests import is_intact
    from gongkai.web.holdings.models import ItemFile, Version
    from gongkai.web.journal.models import Entry
    from gongkai.web.journal.queries import verify

    now = _now(item)
    entries = Entry.objects.filter(subject=f"holdings.item:{item.id}").count()
    reviews = now.reviews.count()
    served = set(PublicCopy.objects.exclude(published_at=None).values_list("id", flat=True))
    shown = set(ItemFile.objects.filter(version__public_item__isnull=False).values_list("copy", flat=True))
    whole = [
        verify() == [],
        entries == reviews,
        served <= shown,
        all(is_intact(each) for each in Version.objects.filter(item=item)),
        Version.objects.filter(item=item).count() == now.newest_version.number,
    ]
    return [
        now.state.value,
        now.edition,
        now.newest_version.number,
        now.public_version_id is not None,
        reviews,
        all(whole),
        whole,
    ]


if __name__ == "__main__":
    main()
