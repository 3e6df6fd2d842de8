"""What is written here stays as it was written: the database refuses changes."""

from django.db import migrations

from fieldcast.kit import sql


class Migration(migrations.Migration):
    dependencies = [("live", "0001_initial")]

    operations = [
        migrations.RunSQL(sql.immutable("live_transcriptline"), sql.mutable("live_transcriptline")),
    ]
