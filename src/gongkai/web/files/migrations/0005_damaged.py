"""坏了的副本 — since when the bytes of a public copy are known to be lost or altered (条例 第六条)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """坏了的副本 — a time, none while they are whole."""

    dependencies = [("files", "0004_tries")]

    operations = [migrations.AddField("publiccopy", "damaged_at", models.DateTimeField(null=True, blank=True))]
