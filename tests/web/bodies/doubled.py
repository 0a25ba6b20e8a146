"""重复的简称 — a program of its own: bodies with one short name, before the upgrade and after it; prints JSON."""

from __future__ import annotations

import json
import sys


def main() -> None:
    """升级 — from the state in which the database let short names stand twice."""
    import django

    django.setup()
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    executor.migrate([("bodies", "0003_unsent")])
    body = executor.loader.project_state([("bodies", "0003_unsent")]).apps.get_model("bodies", "Body")
    long = "x" * 40
    for slug, short in (("a", "县局"), ("b", "县局"), ("c", "甲"), (long, "县局"), ("d", "乙" * 40), ("e", "乙" * 40)):
        body.objects.create(slug=slug, name=f"全称 {slug}", short_name=short, level="department")
    MigrationExecutor(connection).migrate([("bodies", "0004_short_names")])
    sys.stdout.write(json.dumps({each.slug: each.short_name for each in body.objects.all()}))


if __name__ == "__main__":
    main()
