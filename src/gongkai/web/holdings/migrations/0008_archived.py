"""归档的是哪一版 — what was published after it was archived is not archived (条例 第二十五条)."""

from django.db import migrations, models
from django.db.models import Exists, OuterRef


def forget(apps, schema_editor):  # type: ignore[no-untyped-def]
    """去掉旧的归档时间 — where the public sees a version of which no snapshot was kept."""
    del schema_editor
    kept = apps.get_model("holdings", "Snapshot").objects.filter(version=OuterRef("public_version"))
    later = apps.get_model("holdings", "Item").objects.filter(archived_at__isnull=False, public_version__isnull=False)
    later.exclude(state="archived").exclude(Exists(kept)).update(archived_at=None)


class Migration(migrations.Migration):
    """归档的是哪一版 — from now on publishing clears it."""

    dependencies = [("holdings", "0007_once")]

    operations = [
        migrations.RunPython(forget, migrations.RunPython.noop),
        migrations.AddIndex("review", models.Index(fields=["act", "at"], name="holdings_review_act_at")),
        migrations.AddIndex("review", models.Index(fields=["at", "id"], name="holdings_review_at")),
    ]
