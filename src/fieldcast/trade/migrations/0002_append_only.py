"""What is written here stays as it was written: the database refuses changes."""

from django.db import migrations

from fieldcast.kit import sql


class Migration(migrations.Migration):
    dependencies = [("trade", "0001_initial")]

    operations = [
        migrations.RunSQL(sql.immutable("trade_paymentnotice"), sql.mutable("trade_paymentnotice")),
        migrations.RunSQL(sql.immutable("trade_writeoff"), sql.mutable("trade_writeoff")),
        migrations.RunSQL(sql.frozen_columns("trade_orderline", "order_id", "offer_id", "lot_id", "agreement_version_id", "units", "pack_units", "price_fen", "total_fen"), sql.thawed_columns("trade_orderline")),
    ]
