"""测速用的县 — the sample county ten times over: twenty thousand items, in the database of the settings."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime

import django

TIMES = 10
_BATCH = 500


def main() -> None:
    """建县 — then every item again under other numbers; prints one published id, index number and column."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks._portal_settings"
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import transaction  # noqa: PLC0415

    from gongkai.web.holdings.models import Item, Version  # noqa: PLC0415
    from gongkai.web.sample.county import build  # noqa: PLC0415

    call_command("migrate", verbosity=0, interactive=False)
    build(datetime.now(UTC))
    originals = list(Item.objects.select_related("newest_version"))
    with transaction.atomic():
        for time in range(1, TIMES):
            items, versions = [], []
            for original in originals:
                version = original.newest_version
                item = Item(**{field.attname: getattr(original, field.attname) for field in Item._meta.fields})
                item.pk, item.newest_version_id, item.public_version_id = None, None, None
                item.index_number, item.document_number = f"{original.index_number}-{time}", ""
                copy = Version(**{field.attname: getattr(version, field.attname) for field in Version._meta.fields})
                copy.pk = None
                items.append(item)
                versions.append(copy)
            Item.objects.bulk_create(items, batch_size=_BATCH)
            for item, version in zip(items, versions, strict=True):
                version.item = item
            Version.objects.bulk_create(versions, batch_size=_BATCH)
        with_versions()
    sys.stdout.write(f"{Item.objects.count()}\n")


def with_versions() -> None:
    """版本 — each item shows its own."""
    from django.db.models import OuterRef, Subquery  # noqa: PLC0415

    from gongkai.web.holdings.models import Item, Version  # noqa: PLC0415

    own = Version.objects.filter(item=OuterRef("pk")).values("pk")
    Item.objects.filter(newest_version=None).update(newest_version=Subquery(own))
    public = Item.objects.filter(public_version=None, published_at__isnull=False, withdrawn_at=None)
    public.update(public_version=Subquery(own))


if __name__ == "__main__":
    main()
