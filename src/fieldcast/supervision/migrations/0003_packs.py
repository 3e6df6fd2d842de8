"""A host reports packs: units are a lot's."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("supervision", "0002_append_only")]

    operations = [migrations.RenameField(model_name="salesreport", old_name="units", new_name="packs")]
