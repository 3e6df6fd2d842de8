"""Every state an order came to is a row with who, when and why. Filled as far as the orders themselves know: who packed,
shipped or received was never kept, nor was what somebody said when an order went back.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from fieldcast.kit import sql

STATES = ["reserved", "paid", "packed", "shipped", "received", "closed", "cancelled", "expired", "refunded"]
FILL = """
INSERT INTO trade_orderstep (order_id, state, by_id, at, why)
SELECT o.id, step.state, step.by_id, step.at, step.why
FROM trade_order o
LEFT JOIN LATERAL (
  SELECT r.requested_by_id FROM trade_refund r WHERE r.order_id = o.id AND r.kind = 'before_shipment' ORDER BY r.id LIMIT 1
) back ON true
CROSS JOIN LATERAL (VALUES
  (0, 'reserved', o.buyer_id, o.placed_at, ''),
  (1, 'paid', NULL, o.paid_at, ''),
  (2, 'packed', NULL, o.packed_at, ''),
  (3, 'shipped', NULL, o.shipped_at, ''),
  (4, 'received', NULL, o.received_at, ''),
  (5, 'closed', NULL, o.closed_at, ''),
  (6, o.state, CASE o.state WHEN 'cancelled' THEN o.buyer_id WHEN 'refunded' THEN back.requested_by_id END, o.ended_at,
    o.end_reason)
) AS step (number, state, by_id, at, why)
WHERE step.at IS NOT NULL
ORDER BY o.id, step.number
"""


class Migration(migrations.Migration):
    dependencies = [("trade", "0010_outside_moves_out"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            name="OrderStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("state", models.CharField(max_length=10)),
                ("why", models.CharField(blank=True, default="", max_length=200)),
                ("by", models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("order", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="trade.order")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("order", "state"), name="order_step_once"),
                    models.CheckConstraint(condition=models.Q(("state__in", STATES)), name="order_step_state_known"),
                ],
            },
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(sql.immutable("trade_orderstep"), sql.mutable("trade_orderstep")),
    ]
