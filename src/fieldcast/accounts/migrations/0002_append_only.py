"""What is written here stays as it was written: the database refuses changes."""

from django.db import migrations

from fieldcast.kit import sql


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.RunSQL(sql.immutable("accounts_personaldataread"), sql.mutable("accounts_personaldataread")),
    ]
