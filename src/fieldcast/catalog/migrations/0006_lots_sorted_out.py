"""What is sorted out of a lot may be a lot of its own, of a lower grade; where it was picked is not changed afterwards."""

import django.db.models.deletion
from django.db import migrations, models

from fieldcast.kit import sql

TABLE = "catalog_lot"
BEFORE = sql.unchanging(TABLE, "county_id", "cooperative_id")
AFTER = sql.unchanging(TABLE, "county_id", "cooperative_id", "origin_id")
DROP = f"DROP TRIGGER {TABLE}_stays ON {TABLE};"


class Migration(migrations.Migration):
    dependencies = [("catalog", "0005_plots_say_what_they_grow")]

    operations = [
        migrations.AddField(
            model_name="lot",
            name="origin",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="catalog.lot"),
        ),
        migrations.RunSQL(f"{DROP}{AFTER}", f"{DROP}{BEFORE}"),
    ]
