"""登录失败按登录名和地址计数 — tries of names and places, sign-ins counted by the hour, visits ended at once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """变更 — what was counted before is forgotten: nobody waits longer for it."""

    dependencies = [("bodies", "0001_initial")]

    operations = [
        migrations.DeleteModel(name="Tries"),
        migrations.CreateModel(
            name="Tries",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(blank=True, max_length=64)),
                ("place", models.CharField(blank=True, db_index=True, max_length=64)),
                ("level", models.FloatField(default=0)),
                ("last_at", models.DateTimeField(db_index=True)),
                ("until", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("name", "place"), name="bodies_tries_once")],
            },
        ),
        migrations.AddField("signin", "count", models.PositiveIntegerField(default=1)),
        migrations.AddField("signin", "told", models.PositiveIntegerField(default=1)),
        migrations.AddField("staff", "visits", models.PositiveIntegerField(default=0)),
    ]
