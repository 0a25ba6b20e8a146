"""机检没有办成的次数 — how often a file, or a copy, could not be looked into: it holds up no other (条例 第十七条)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """机检没有办成的次数 — of files and of copies."""

    dependencies = [("files", "0003_rules")]

    operations = [
        migrations.AddField("file", "tries", models.PositiveIntegerField(default=0)),
        migrations.AddField("publiccopy", "tries", models.PositiveIntegerField(default=0)),
    ]
