"""A county's newest statements are found without sorting all it ever issued."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("settlement", "0004_payouts_kept")]

    operations = [
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(fields=["county", "-issued_at"], name="statement_of_county"),
        ),
    ]
