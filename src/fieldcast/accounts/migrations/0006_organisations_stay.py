"""What an organisation is never changes: what its people may do, and what it is paid, follows from it."""

from django.db import migrations

from fieldcast.kit import sql


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_trails")]

    operations = [
        migrations.RunSQL(
            sql.unchanging("accounts_organisation", "county_id", "kind", "code"),
            "DROP TRIGGER accounts_organisation_stays ON accounts_organisation",
        ),
    ]
