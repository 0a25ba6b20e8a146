"""保密部门的答复 — until when it holds (条例 第十七条第三款)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """答复的期限 — of a referral; earlier answers name none."""

    dependencies = [("holdings", "0005_withdrawal_grounds")]

    operations = [migrations.AddField("referral", "until", models.DateField(null=True, blank=True))]
