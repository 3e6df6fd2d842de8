"""What is sorted out of a lot leaves its stock in the same step: it is lost, or becomes a lot of a lower grade."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0006_lots_sorted_out"),
        ("trade", "0017_orders_given_back_together"),
    ]

    operations = [
        migrations.AddField(
            model_name="writeoff",
            name="into",
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalog.lot"),
        ),
        migrations.AddField(model_name="lotstock", name="moved", field=models.IntegerField(default=0)),
        migrations.AddConstraint(
            model_name="lotstock",
            constraint=models.CheckConstraint(
                condition=models.Q(moved__gte=0, moved__lte=models.F("written_off")), name="stock_moved_is_written_off"
            ),
        ),
    ]
