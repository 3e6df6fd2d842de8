"""Requests that were taken once."""

from typing import ClassVar

import fieldcast.kit.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar = []

    operations: ClassVar = [
        migrations.CreateModel(
            name="Claim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person_id", models.BigIntegerField()),
                ("key", models.CharField(max_length=64)),
                ("asked", models.CharField(max_length=64)),
                ("led_to", fieldcast.kit.fields.EncryptedTextField(blank=True, default="")),
                ("until", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.UniqueConstraint(fields=("person_id", "key"), name="claim_taken_once"),
        ),
    ]
