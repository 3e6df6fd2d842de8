"""Whose agreement it is never changes: shares follow its parties. A change of partners is another agreement."""

from django.db import migrations

from fieldcast.kit import sql

PARTIES = ("county_id", "cooperative_id", "host_id", "carrier_id", "created_at")


class Migration(migrations.Migration):
    dependencies = [("agreements", "0003_cover")]

    operations = [
        migrations.RunSQL(
            sql.frozen_columns("agreements_agreement", *PARTIES), sql.thawed_columns("agreements_agreement")
        ),
    ]
