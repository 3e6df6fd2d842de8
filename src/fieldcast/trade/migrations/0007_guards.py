"""Orders, payments, refunds, parcels and reservations keep what they say: what was bought, paid and sent is written once,
states go only the way an order goes, nothing is deleted, and what was given back never shrinks.

A guard names itself after its table: `…_immutable` for what is frozen, kept or written once, `…_moves` for a state that
may not follow.
"""

from django.db import migrations, models

from fieldcast.kit import sql

ORDER = (
    "county_id", "number", "session_id", "buyer_id", "seller_id", "idempotency_key", "request_hash", "total_fen",
    "province", "delivery", "placed_at", "expires_at",
)  # fmt: skip
ORDER_MOVES = {
    "reserved": ("paid", "cancelled", "expired"),
    "paid": ("packed", "refunded"),
    "packed": ("shipped", "refunded"),
    "shipped": ("received",),
    "received": ("closed",),
}
# A provider may confirm a refund that it first refused, or that we never heard it had.
REFUND_MOVES = {
    "requested": ("sent", "failed", "succeeded"),
    "sent": ("requested", "failed", "succeeded"),
    "failed": ("requested", "succeeded"),
}
RESERVATION_MOVES = {"held": ("sold", "released"), "sold": ("released",)}
# When it was shipped stands on its parcel too, and the checks compare the two.
ORDER_TIMES = ("paid_at", "packed_at", "received_at", "closed_at", "ended_at")
GROWS = """
CREATE TRIGGER trade_orderline_refund_grows BEFORE UPDATE OF refunded_fen ON trade_orderline
  FOR EACH ROW WHEN (NEW.refunded_fen < OLD.refunded_fen) EXECUTE FUNCTION fieldcast_immutable()
"""


class Migration(migrations.Migration):
    dependencies = [("trade", "0006_cover")]

    operations = [
        migrations.AddConstraint(
            model_name="writeoff",
            constraint=models.CheckConstraint(condition=models.Q(units__gt=0), name="write_off_positive"),
        ),
        migrations.RunSQL(sql.frozen_columns("trade_order", *ORDER), sql.thawed_columns("trade_order")),
        migrations.RunSQL(
            sql.states("trade_order", first="reserved", moves=ORDER_MOVES) + sql.written_once("trade_order", *ORDER_TIMES),
            sql.without("trade_order", "begins", "moves", "written_once"),
        ),
        migrations.RunSQL(GROWS, "DROP TRIGGER trade_orderline_refund_grows ON trade_orderline"),
        migrations.RunSQL(
            sql.frozen_columns("trade_offer", "county_id", "session_id", "lot_id", "agreement_version_id", "pack_units"),
            sql.thawed_columns("trade_offer"),
        ),
        migrations.RunSQL(
            sql.frozen_columns("trade_payment", "order_id", "provider", "reference", "amount_fen", "started_at")
            + sql.written_once("trade_payment", "paid_at"),
            sql.thawed_columns("trade_payment") + sql.without("trade_payment", "written_once"),
        ),
        migrations.RunSQL(
            sql.frozen_columns(
                "trade_refund", "order_id", "payment_id", "reference", "amount_fen", "kind", "reason", "requested_by_id",
                "requested_at",
            )
            + sql.written_once("trade_refund", "done_at")
            + sql.states("trade_refund", first="requested", moves=REFUND_MOVES),
            sql.thawed_columns("trade_refund") + sql.without("trade_refund", "begins", "moves", "written_once"),
        ),
        migrations.RunSQL(
            sql.frozen_columns("trade_shipment", "order_id", "carrier_id", "tracking_number", "shipped_at")
            + sql.written_once("trade_shipment", "delivered_at"),
            sql.thawed_columns("trade_shipment") + sql.without("trade_shipment", "written_once"),
        ),
        migrations.RunSQL(
            sql.frozen_columns("trade_reservation", "line_id", "offer_id", "lot_id", "buyer_id", "units", "lot_units")
            + sql.states("trade_reservation", first="held", moves=RESERVATION_MOVES),
            sql.thawed_columns("trade_reservation") + sql.without("trade_reservation", "begins", "moves"),
        ),
        migrations.RunSQL(sql.kept("trade_lotstock"), sql.without("trade_lotstock", "kept")),
    ]
