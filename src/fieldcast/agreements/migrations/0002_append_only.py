"""What is written here stays as it was written: the database refuses changes."""

from django.db import migrations

from fieldcast.kit import sql


class Migration(migrations.Migration):
    dependencies = [("agreements", "0001_initial")]

    operations = [
        migrations.RunSQL(sql.immutable("agreements_agreementversion"), sql.mutable("agreements_agreementversion")),
        migrations.RunSQL(sql.immutable("agreements_consent"), sql.mutable("agreements_consent")),
    ]
