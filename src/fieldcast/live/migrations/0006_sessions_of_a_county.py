"""A county's latest sessions are found without sorting all it ever held."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("live", "0005_engines")]

    operations = [
        migrations.AddIndex(
            model_name="session",
            index=models.Index(fields=["county", "-starts_at"], name="session_of_county"),
        ),
    ]
