"""检查的规矩 — by which rules a file and a copy were seen; what was seen before counts as not seen (条例 第十七条)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """检查的规矩 — of files and of copies."""

    dependencies = [("files", "0002_quarantine")]

    operations = [
        migrations.AddField(
            "file", "rules", models.CharField(max_length=16, blank=True, default=""), preserve_default=False
        ),
        migrations.AddField("publiccopy", "inspection", models.JSONField(null=True, blank=True)),
        migrations.AddField(
            "publiccopy", "rules", models.CharField(max_length=16, blank=True, default=""), preserve_default=False
        ),
    ]
