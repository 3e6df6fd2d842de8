"""A payout says for good whom it paid, how much, for which statement and with which transfer; only its state goes on."""

from django.db import migrations, models

from fieldcast.kit import sql

FROZEN = ("county_id", "statement_id", "party", "amount_fen", "transfer_client_id", "sent_at")
MOVES = {"sent": ("confirmed", "returned"), "confirmed": ("returned",)}


class Migration(migrations.Migration):
    dependencies = [("settlement", "0003_note_settled")]

    operations = [
        migrations.AddConstraint(
            model_name="payout",
            constraint=models.CheckConstraint(
                condition=models.Q(state__in=["sent", "confirmed", "returned"]), name="payout_state_known"
            ),
        ),
        migrations.RunSQL(
            sql.frozen_columns("settlement_payout", *FROZEN) + sql.states("settlement_payout", first="sent", moves=MOVES),
            sql.thawed_columns("settlement_payout") + sql.without("settlement_payout", "begins", "moves"),
        ),
    ]
