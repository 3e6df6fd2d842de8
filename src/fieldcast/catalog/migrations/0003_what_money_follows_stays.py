"""A sale's money follows its lot to plot, farm and household, and its terms name the product: none of these is moved."""

from django.db import migrations

from fieldcast.kit import sql

STAYS = {
    "catalog_farm": ("county_id", "household_id"),
    "catalog_plot": ("farm_id",),
    "catalog_lot": ("county_id", "cooperative_id"),
    "catalog_product": ("code", "unit"),
}


class Migration(migrations.Migration):
    dependencies = [("catalog", "0002_append_only")]

    operations = [
        migrations.RunSQL(sql.unchanging(table, *columns), f"DROP TRIGGER {table}_stays ON {table}")
        for table, columns in STAYS.items()
    ]
