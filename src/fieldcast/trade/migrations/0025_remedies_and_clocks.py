"""A request asks for a remedy, is granted when nobody answers, and is decided with one appeal; goods are exchanged out
of the lot's units; a county sets its line and its clocks. What was asked before is for money alone.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

from fieldcast.kit import sql

STATES = [
    "asked", "given", "granted", "refused", "sent_again", "exchanged", "agreed", "sent_back",
    "objected", "upheld", "dismissed", "appealed", "final", "withdrawn",
]  # fmt: skip
WAITING = ["asked", "agreed", "sent_back", "objected", "appealed"]
REMEDIES = ["refund_only", "return_and_refund", "exchange", "part"]
BEARERS = ["farmer", "packer", "carrier", "host", "platform"]
MOVES_BEFORE = {
    "asked": ("given", "refused", "upheld", "dismissed", "withdrawn", "sent_again"),
    "given": ("objected",),
    "refused": ("objected",),
    "sent_again": ("objected",),
    "objected": ("upheld", "dismissed", "withdrawn"),
}
MOVES = {
    **MOVES_BEFORE,
    "asked": (*MOVES_BEFORE["asked"], "granted", "exchanged", "agreed", "objected"),
    "agreed": ("sent_back", "withdrawn", "given"),
    "sent_back": ("given", "refused", "granted"),
    "exchanged": ("objected",),
    "upheld": ("appealed",),
    "dismissed": ("appealed",),
    "appealed": ("final",),
}
ASKED = ("remedy", "damaged_units", "all_units", "held_for")
KNOWN = {
    "refundrequest": "refund_request_state_known",
    "refundrequeststep": "refund_request_step_state_known",
}
DONE = [
    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
    ("at", models.DateTimeField()),
    (
        "by",
        models.ForeignKey(
            db_index=False,
            null=True,
            on_delete=django.db.models.deletion.PROTECT,
            related_name="+",
            to=settings.AUTH_USER_MODEL,
        ),
    ),
]
# Sellers were not told that their silence grants: they have two days from now.
DUE = """
UPDATE trade_refundrequest r SET due_at = CASE r.state
  WHEN 'asked' THEN greatest(r.answer_until, now() + interval '2 days')
  ELSE (SELECT s.at FROM trade_refundrequeststep s WHERE s.request_id = r.id AND s.state = 'objected')
       + interval '7 days' END
WHERE r.state IN ('asked', 'objected');
SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED
"""


def _moves(moves):
    table = "trade_refundrequest"
    return sql.without(table, "begins", "moves") + sql.states(table, first="asked", moves=moves)


def _to(model, name="+"):
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name=name, to=model)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_office"),
        ("catalog", "0006_lots_sorted_out"),
        ("trade", "0024_requests_answered_by_sending_again"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *(migrations.RemoveConstraint(model_name=model, name=name) for model, name in KNOWN.items()),
        migrations.RemoveConstraint("refundrequest", "one_request_waits_an_order"),
        migrations.RemoveIndex("refundrequest", "refund_request_waiting"),
        migrations.AddField("refundrequest", "damaged_units", models.PositiveIntegerField(null=True)),
        migrations.AddField("refundrequest", "all_units", models.PositiveIntegerField(null=True)),
        migrations.AddField("refundrequest", "due_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField(
            "refundrequest",
            "held_for",
            models.CharField(blank=True, db_default="", default="", max_length=5),
        ),
        migrations.AddField(
            "refundrequest",
            "remedy",
            models.CharField(
                choices=[(one, one) for one in REMEDIES],
                db_default="refund_only",
                default="refund_only",
                max_length=17,
            ),
        ),
        migrations.AddField(
            "refundrequeststep",
            "borne_by",
            models.CharField(blank=True, db_default="", default="", max_length=8),
        ),
        *(
            migrations.AddConstraint(
                model_name=model,
                constraint=models.CheckConstraint(condition=Q(("state__in", STATES)), name=name),
            )
            for model, name in KNOWN.items()
        ),
        migrations.AddConstraint(
            "refundrequest",
            models.UniqueConstraint(
                condition=Q(("state__in", WAITING)), fields=("order",), name="one_request_waits_an_order"
            ),
        ),
        migrations.AddIndex(
            "refundrequest",
            models.Index(
                condition=Q(("state__in", WAITING)), fields=["due_at"], name="refund_request_waiting"
            ),
        ),
        migrations.AddIndex("refundrequest", models.Index(fields=["asked_at"], name="refund_request_asked")),
        migrations.AddConstraint(
            "refundrequest",
            models.CheckConstraint(condition=Q(("remedy__in", REMEDIES)), name="refund_request_remedy_known"),
        ),
        migrations.AddConstraint(
            "refundrequest",
            models.CheckConstraint(
                condition=Q(("held_for__in", ["", "late", "many"])), name="refund_request_held_known"
            ),
        ),
        migrations.AddConstraint(
            "refundrequest",
            models.CheckConstraint(
                condition=Q(remedy="part", damaged_units__gt=0, all_units__gte=F("damaged_units"))
                | (~Q(remedy="part") & Q(damaged_units__isnull=True, all_units__isnull=True)),
                name="refund_request_part_of_units",
            ),
        ),
        migrations.AddConstraint(
            "refundrequeststep",
            models.CheckConstraint(
                condition=Q(borne_by="") | Q(borne_by__in=BEARERS, state__in=["upheld", "final"]),
                name="refund_request_step_borne_by_known",
            ),
        ),
        migrations.CreateModel(
            name="AfterSaleSetting",
            fields=[
                *DONE,
                ("county", _to("accounts.county")),
                ("phone", models.CharField(blank=True, default="", max_length=20)),
                ("words", models.CharField(blank=True, default="", max_length=200)),
                ("words_en", models.CharField(blank=True, default="", max_length=200)),
                ("damage_hours", models.PositiveIntegerField()),
                ("answer_hours", models.PositiveIntegerField()),
                ("decide_days", models.PositiveIntegerField()),
                ("most_requests", models.PositiveIntegerField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(damage_hours__range=(1, 720), answer_hours__range=(1, 240))
                        & Q(decide_days__range=(1, 60), most_requests__range=(1, 1000)),
                        name="after_sale_setting_in_bounds",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Replacement",
            fields=[
                *DONE,
                ("request", _to("trade.refundrequest", "replacements")),
                ("line", _to("trade.orderline", "replacements")),
                ("lot", _to("catalog.lot")),
                ("packs", models.PositiveIntegerField()),
                ("units", models.PositiveIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("request", "line"), name="line_replaced_once_a_request"),
                    models.CheckConstraint(
                        condition=Q(packs__gt=0, units__gt=0), name="replacement_of_something"
                    ),
                ],
            },
        ),
        migrations.RunSQL(_moves(MOVES), _moves(MOVES_BEFORE)),
        migrations.RunSQL(
            sql.unchanging("trade_refundrequest", *ASKED),
            "DROP TRIGGER trade_refundrequest_stays ON trade_refundrequest",
        ),
        *(
            migrations.RunSQL(sql.immutable(table), sql.mutable(table))
            for table in ("trade_aftersalesetting", "trade_replacement")
        ),
        migrations.RunSQL(DUE, migrations.RunSQL.noop),
    ]
