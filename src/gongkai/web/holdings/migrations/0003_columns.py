"""铺设栏目 — an installation begins with the columns of the law (条例 第二十条、第二十一条)."""

from typing import Any

from django.db import migrations

from gongkai.web.holdings.column_tree import lay_out


def _lay_out(apps: Any, _schema_editor: object) -> None:
    lay_out(apps.get_model("holdings", "Column"))


class Migration(migrations.Migration):
    dependencies = [("holdings", "0002_relations")]

    operations = [migrations.RunPython(_lay_out, migrations.RunPython.noop)]
