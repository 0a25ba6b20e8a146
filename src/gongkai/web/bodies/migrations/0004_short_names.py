"""简称不重 — no two bodies under one short name (条例 第四条)."""

from typing import Any

from django.db import migrations, models

MOST = 40


def tell_apart(apps: Any, _: Any) -> None:
    """分开 — of several with one short name the first keeps it; the others add the code of their addresses."""
    bodies = apps.get_model("bodies", "Body").objects
    taken: set[str] = set()
    for body in bodies.order_by("order", "id"):
        short = body.short_name
        if short in taken:
            short = f"{short[: MOST - len(body.slug) - 2]}（{body.slug}）" if len(body.slug) < MOST - 2 else body.slug
            bodies.filter(id=body.id).update(short_name=short)
        taken.add(short)


class Migration(migrations.Migration):
    """变更 — the names are told apart before the database asks for it."""

    dependencies = [("bodies", "0003_unsent")]

    operations = [
        migrations.RunPython(tell_apart, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(model_name="body", name="short_name", field=models.CharField(max_length=40, unique=True)),
    ]
