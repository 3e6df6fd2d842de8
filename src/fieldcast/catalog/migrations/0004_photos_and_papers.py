"""Photos and papers of a lot; nothing about one changes but that it is withdrawn, once."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from fieldcast.kit import sql

TABLE = "catalog_lotfile"
FROZEN = ("lot_id", "file_id", "kind", "public", "added_by_id", "added_at")


class Migration(migrations.Migration):

    dependencies = [
        ("catalog", "0003_what_money_follows_stays"),
        ("files", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LotFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("photo", "photo"), ("sheet", "sheet"), ("document", "document")], max_length=10)),
                ("public", models.BooleanField()),
                ("added_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("added_by", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("file", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.keptfile")),
                ("lot", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="files", to="catalog.lot")),
                ("withdrawn_by", models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("kind__in", ["photo", "sheet", "document"])), name="lot_file_kind_known"),
                    models.CheckConstraint(condition=models.Q(("public", False), ("kind", "photo"), _connector="OR"), name="lot_papers_are_not_public"),
                    models.CheckConstraint(condition=models.Q(models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)), models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)), _connector="OR"), name="lot_file_withdrawn_by_someone"),
                ],
            },
        ),
        migrations.RunSQL(
            f"{sql.frozen_columns(TABLE, *FROZEN)}{sql.written_once(TABLE, 'withdrawn_at', 'withdrawn_by_id')}",
            sql.without(TABLE, "frozen", "kept", "written_once"),
        ),
    ]
