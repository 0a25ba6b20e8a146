"""填过没有提交的按人留着 — under the person, not under the session."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """变更 — what sessions held before is not carried over: it lived for a day at most."""

    dependencies = [("bodies", "0002_tries")]

    operations = [
        migrations.CreateModel(
            name="Unsent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.CharField(max_length=64)),
                ("words", models.TextField()),
                ("kept_at", models.DateTimeField(db_index=True)),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="unsent",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("staff", "place"), name="bodies_unsent_once")],
            },
        ),
    ]
