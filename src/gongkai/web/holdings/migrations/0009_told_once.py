"""只说一次 — what was told before stands under the key under which it would be told again (条例 第四十七条)."""

from django.db import migrations, models

_KEYS = {
    "{day} 到有效期，当天标为失效。要继续有效的，请在此前修订。": "expires",
    "{day} 应重新评估是否仍不公开。": "assess",
    "暂缓公开到 {day}，请恢复保密审查。": "again",
}


def key(apps, schema_editor):  # type: ignore[no-untyped-def]
    """补上记号 — of the first notice of each; what was told twice stays without one."""
    del schema_editor
    notices = apps.get_model("holdings", "Notice").objects
    given = set()
    for each in notices.filter(template__in=_KEYS, item__isnull=False).order_by("id").iterator():
        once = f"{_KEYS[each.template]}:{each.item_id}:{each.values.get('day', '')}"
        if (each.to_id, once) not in given:
            given.add((each.to_id, once))
            notices.filter(id=each.id).update(once=once)


class Migration(migrations.Migration):
    """只说一次 — and one digest a person and day."""

    dependencies = [("holdings", "0008_archived")]

    operations = [
        migrations.AddField("notice", "once", models.CharField(max_length=100, null=True, blank=True)),
        migrations.RunPython(key, migrations.RunPython.noop),
        migrations.AddConstraint("notice", models.UniqueConstraint(fields=["to", "once"], name="holdings_notice_once")),
        migrations.CreateModel(
            name="Digest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("to", models.ForeignKey(on_delete=models.CASCADE, related_name="+", to="bodies.staff")),
            ],
        ),
        migrations.AddConstraint("digest", models.UniqueConstraint(fields=["to", "day"], name="holdings_digest_once")),
    ]
