"""Functions of the database live in `trade/sql`, one a file, and are applied from there after every `migrate`.

Nothing to do on the way here: what stands is replaced in one step once everything is migrated. On the way back the
functions are again those of the migrations that made them.
"""

from importlib import import_module

from django.db import migrations

_PLACING = import_module("fieldcast.trade.migrations.0003_place_order")
_BOOKING = import_module("fieldcast.trade.migrations.0004_book_payment")
BACK = [
    "DROP FUNCTION trade_order_answer",
    "DROP FUNCTION trade_place_order",
    "DROP FUNCTION trade_book_payment",
    _PLACING.ANSWER,
    _PLACING.PLACE,
    _BOOKING.BOOK,
]


class Migration(migrations.Migration):
    dependencies = [("trade", "0008_offer_changes")]

    operations = [migrations.RunSQL(migrations.RunSQL.noop, BACK)]
