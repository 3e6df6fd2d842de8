"""What is written here stays as it was written: the database refuses changes."""

from django.db import migrations

from fieldcast.kit import sql


class Migration(migrations.Migration):
    dependencies = [("settlement", "0001_initial")]

    operations = [
        migrations.RunSQL(sql.immutable("settlement_statement"), sql.mutable("settlement_statement")),
        migrations.RunSQL(sql.immutable("settlement_statementline"), sql.mutable("settlement_statementline")),
        migrations.RunSQL(sql.immutable("settlement_settledline"), sql.mutable("settlement_settledline")),
    ]
