"""一张表单一件 — a form that is sent twice creates one item (条例 第十二条)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """一张表单一件 — what was created before, or by another system, has none."""

    dependencies = [("holdings", "0006_answers")]

    operations = [
        migrations.AddField("item", "once", models.CharField(max_length=32, null=True, blank=True, unique=True))
    ]
