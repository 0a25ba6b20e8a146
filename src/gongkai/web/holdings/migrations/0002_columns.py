"""铺设栏目 — an installation begins with the columns of the law (条例 第二十条、第二十一条)."""

from django.db import migrations

from gongkai.web.holdings.column_tree import lay_out


def _lay_out(apps, schema_editor):
    lay_out(apps.get_model("holdings", "Column"))


class Migration(migrations.Migration):
    dependencies = [("holdings", "0001_initial")]

    operations = [migrations.RunPython(_lay_out, migrations.RunPython.noop)]
