"""A line of the transcript may come from an engine with a longer name than the two there are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("live", "0004_sources")]

    operations = [
        migrations.AlterField(model_name="transcriptline", name="source", field=models.CharField(max_length=20)),
    ]
