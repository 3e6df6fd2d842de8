"""A lot's sale is stopped and resumed by records of their own."""

from django.db import migrations, models

KINDS = [
    "planted",
    "treated",
    "harvested",
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
    dependencies = [("trace", "0002_append_only")]

    operations = [
        migrations.AlterField(
            model_name="lotevent",
            name="kind",
            field=models.CharField(choices=[(kind, kind) for kind in KINDS], max_length=16),
        ),
    ]
