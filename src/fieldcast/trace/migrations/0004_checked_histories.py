"""How far each lot's history was computed again; the sweep fills it from the first events on."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("catalog", "0001_initial"),
        ("trace", "0003_stopped_and_resumed"),
    ]

    operations = [
        migrations.CreateModel(
            name="CheckedHistory",
            fields=[
                (
                    "lot",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="catalog.lot",
                    ),
                ),
                (
                    "county",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.county"
                    ),
                ),
                ("sequence", models.PositiveIntegerField()),
                ("hash", models.CharField(blank=True, default="", max_length=64)),
                ("broken_at", models.PositiveIntegerField(null=True)),
                ("checked_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("broken_at__isnull", False)),
                        fields=["county"],
                        name="broken_history_of_county",
                    )
                ]
            },
        ),
    ]
