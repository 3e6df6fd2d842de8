"""Who changed an organisation's standing, when and why, is a row."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from fieldcast.kit import sql


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_organisations_stay")]

    operations = [
        migrations.CreateModel(
            name="StandingChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("before", models.CharField(max_length=10)),
                ("after", models.CharField(max_length=10)),
                ("reason", models.CharField(blank=True, default="", max_length=200)),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="standing_changes", to="accounts.organisation")),
            ],
        ),
        migrations.RunSQL(sql.immutable("accounts_standingchange"), sql.mutable("accounts_standingchange")),
    ]
