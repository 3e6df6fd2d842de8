"""What is written here stays as it was written: the database refuses changes."""

from django.db import migrations

from fieldcast.kit import sql


class Migration(migrations.Migration):
    dependencies = [("supervision", "0001_initial")]

    operations = [
        migrations.RunSQL(sql.immutable("supervision_salesreport"), sql.mutable("supervision_salesreport")),
    ]
