"""What is written here stays as it was written: the database refuses changes."""

from django.db import migrations

from fieldcast.kit import sql


class Migration(migrations.Migration):
    dependencies = [("catalog", "0001_initial")]

    operations = [
        migrations.RunSQL(sql.frozen_columns("catalog_lot", "quantity", "plot_id", "product_id", "code", "harvested_on"), sql.thawed_columns("catalog_lot")),
    ]
