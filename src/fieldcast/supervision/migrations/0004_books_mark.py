"""Up to where the books were read and found right; append-only."""

import django.db.models.deletion
from django.db import migrations, models

from fieldcast.kit import sql


class Migration(migrations.Migration):
    dependencies = [("supervision", "0003_packs")]

    operations = [
        migrations.CreateModel(
            name="BooksMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("read", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                ("seal", models.CharField(max_length=64, unique=True)),
                (
                    "before",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="after",
                        to="supervision.booksmark",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["before"], nulls_distinct=False, name="one_books_mark_follows_another"
                    )
                ],
            },
        ),
        migrations.RunSQL(sql.immutable("supervision_booksmark"), sql.mutable("supervision_booksmark")),
    ]
