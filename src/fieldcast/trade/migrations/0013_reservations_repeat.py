"""A reservation's offer, lot and buyer are those of its line and order, frozen and compared by a check. Their foreign keys
are the line's; three more at every order only kept the next buyer waiting.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def _repeated(to: str, related_name: str) -> models.ForeignKey:
    return models.ForeignKey(
        db_constraint=False,
        db_index=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name=related_name,
        to=to,
    )


class Migration(migrations.Migration):
    dependencies = [("trade", "0012_payment_attempts"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.AlterField(
            model_name="reservation", name="offer", field=_repeated("trade.offer", "reservations")
        ),
        migrations.AlterField(model_name="reservation", name="lot", field=_repeated("catalog.lot", "+")),
        migrations.AlterField(
            model_name="reservation", name="buyer", field=_repeated(settings.AUTH_USER_MODEL, "+")
        ),
    ]
