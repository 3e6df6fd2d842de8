"""A lot that was sorted out of another one begins with a record of its own."""

from django.db import migrations, models

KINDS = [
    "planted",
    "treated",
    "harvested",
    "split",
    "graded",
    "inspected",
    "stored",
    "offered",
    "packed",
    "shipped",
    "received",
    "written_off",
    "stopped",
    "resumed",
    "corrected",
]


class Migration(migrations.Migration):
    dependencies = [("trace", "0004_checked_histories")]

    operations = [
        migrations.AlterField(
            model_name="lotevent",
            name="kind",
            field=models.CharField(choices=[(kind, kind) for kind in KINDS], max_length=16),
        ),
    ]
