"""A plot is declared to grow products; those that there are grow what was picked from them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from fieldcast.kit import sql

TABLE = "catalog_plotcrop"
FROZEN = ("plot_id", "product_id", "perennial", "declared_by_id", "declared_at")
FILL = """
INSERT INTO catalog_plotcrop (plot_id, product_id, perennial, declared_at)
SELECT l.plot_id, l.product_id, p.category IN ('fruit', 'tea', 'egg'), min(l.created_at)
FROM catalog_lot l JOIN catalog_product p ON p.id = l.product_id
GROUP BY l.plot_id, l.product_id, p.category ORDER BY l.plot_id, l.product_id
"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0004_photos_and_papers"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            name="PlotCrop",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("perennial", models.BooleanField()),
                ("declared_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("declared_by", models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("ended_by", models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("plot", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="crops", to="catalog.plot")),
                ("product", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalog.product")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(("ended_at__isnull", True)), fields=("plot", "product"), name="crop_once_a_plot"),
                ],
            },
        ),
        migrations.RunSQL(
            f"{sql.frozen_columns(TABLE, *FROZEN)}{sql.written_once(TABLE, 'ended_at', 'ended_by_id')}",
            sql.without(TABLE, "frozen", "kept", "written_once"),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
