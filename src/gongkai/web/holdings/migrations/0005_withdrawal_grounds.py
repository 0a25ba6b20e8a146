"""撤下的事由 — on what ground an item was called back and withdrawn (条例 第六条)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """撤下的事由 — of items; what was withdrawn before has none, and its page shows the reason alone."""

    dependencies = [("holdings", "0004_stubs")]

    operations = [
        migrations.AddField(
            "item", name, models.CharField(max_length=40, blank=True, default=""), preserve_default=False
        )
        for name in ("call_back_ground", "withdrawn_ground")
    ]
