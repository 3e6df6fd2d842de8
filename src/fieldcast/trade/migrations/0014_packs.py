"""What is sold is counted in packs, and called so; units are a lot's. The database renames the columns in its constraints
and triggers by itself: only Django is told of them anew, and two constraints that had the old word get a new name.
"""

from django.db import migrations, models
from django.db.models import F, Q

CONSTRAINTS = (
    ("offer", "offer_not_oversold", "offer_not_oversold", Q(packs__gte=F("held") + F("sold"))),
    (
        "offer",
        "offer_positive",
        "offer_positive",
        Q(pack_units__gt=0, price_fen__gt=0, packs__gt=0, per_buyer_limit__gt=0),
    ),
    ("orderline", "order_line_units_positive", "order_line_packs_positive", Q(packs__gt=0)),
    ("orderline", "order_line_total", "order_line_total", Q(total_fen=F("packs") * F("price_fen"))),
    ("reservation", "reservation_units_positive", "reservation_positive", Q(packs__gt=0, lot_units__gt=0)),
)


def _renamed(table: str, before: str, after: str) -> migrations.RunSQL:
    rename = f"ALTER TABLE {table} RENAME CONSTRAINT {{}} TO {{}}"
    return migrations.RunSQL(rename.format(before, after), rename.format(after, before))


class Migration(migrations.Migration):
    dependencies = [("trade", "0013_reservations_repeat")]

    operations = [
        *(
            migrations.RenameField(model_name=model, old_name="units", new_name="packs")
            for model in ("offer", "orderline", "reservation")
        ),
        *(
            migrations.AlterConstraint(
                model_name=model, name=before, constraint=models.CheckConstraint(condition=condition, name=after)
            )
            for model, before, after, condition in CONSTRAINTS
        ),
        *(
            _renamed(f"trade_{model}", before, after)
            for model, before, after, _condition in CONSTRAINTS
            if before != after
        ),
    ]
