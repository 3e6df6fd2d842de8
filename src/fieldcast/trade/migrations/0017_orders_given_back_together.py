"""Every order of a stopped lot that was not sent is given back in one go, which is written down and may take a while."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from fieldcast.kit import sql

TABLE = "trade_giveback"


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0004_photos_and_papers"),
        ("trade", "0016_waiting_to_be_sent"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="GiveBack",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("orders", models.PositiveIntegerField()),
                ("reason", models.CharField(blank=True, default="", max_length=200)),
                ("finished_at", models.DateTimeField(null=True)),
                ("by", models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("lot", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalog.lot")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(("finished_at__isnull", True)), fields=("lot",), name="lot_given_back_once_at_a_time"),
                ],
            },
        ),
        migrations.RunSQL(
            f"{sql.frozen_columns(TABLE, 'lot_id', 'orders', 'reason', 'by_id', 'at')}{sql.written_once(TABLE, 'finished_at')}",
            sql.without(TABLE, "frozen", "kept", "written_once"),
        ),
    ]
