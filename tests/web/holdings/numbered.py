"""同时编号 — four processes that take index numbers at once, on a database of their own; a program that tells them."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

PROCESSES, EACH = 4, 5


def main() -> None:
    """同时编号 — the numbers that were taken, as JSON."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "gongkai.web.settings"
    (Path(os.environ["GONGKAI_DATA"]) / "desk" / "arriving").mkdir(parents=True)
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    from gongkai.web.holdings.models import Item
    from tests.web.holdings.county import Office

    office = Office()
    known = set(Item.objects.values_list("id", flat=True))
    connection.close()
    children = []
    for _ in range(PROCESSES):
        child = os.fork()
        if child == 0:
            for _ in range(EACH):
                office.create()
            os._exit(0)
        children.append(child)
    assert all(os.waitpid(child, 0)[1] == 0 for child in children)
    sys.stdout.write(json.dumps([item.index_number for item in Item.objects.exclude(id__in=known)]))


if __name__ == "__main__":
    main()
