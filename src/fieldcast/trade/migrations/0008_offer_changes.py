"""Every price and number of packs an offer had, and its end, is a row with who and when. What stands begins as it is now:
what it was before was never kept.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from fieldcast.kit import sql

TELL = """
INSERT INTO trade_offerchange (offer_id, what, before, after, by_id, at)
SELECT o.id, w.what, NULL::bigint, CASE w.what WHEN 'price' THEN o.price_fen ELSE o.units END, NULL::bigint, s.created_at
FROM trade_offer o JOIN live_session s ON s.id = o.session_id CROSS JOIN (VALUES ('price'), ('packs')) w(what)
UNION ALL
SELECT o.id, 'closed', NULL, NULL, NULL, coalesce(s.closed_at, s.created_at)
FROM trade_offer o JOIN live_session s ON s.id = o.session_id WHERE o.state = 'closed'
"""


class Migration(migrations.Migration):
    dependencies = [
        ("trade", "0007_guards"), ("live", "0002_append_only"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)
    ]

    operations = [
        migrations.CreateModel(
            name="OfferChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(choices=[("price", "price"), ("packs", "packs"), ("closed", "closed")], max_length=6)),
                ("before", models.BigIntegerField(blank=True, null=True)),
                ("after", models.BigIntegerField(blank=True, null=True)),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("offer", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="trade.offer")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("what__in", ["price", "packs", "closed"])), name="offer_change_known"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("after__isnull", True), ("what", "closed")),
                            models.Q(models.Q(("what", "closed"), _negated=True), ("after__isnull", False)),
                            _connector="OR",
                        ),
                        name="offer_change_says_what_it_became",
                    ),
                ],
            },
        ),
        migrations.RunSQL(TELL, migrations.RunSQL.noop),
        migrations.RunSQL(sql.immutable("trade_offerchange"), sql.mutable("trade_offerchange")),
    ]
