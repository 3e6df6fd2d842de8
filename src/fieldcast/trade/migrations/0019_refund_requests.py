"""Buyers ask for money back: what they ask, each step of its way, their photos. Nothing of it is changed afterwards."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fieldcast.kit.fields
from fieldcast.kit import sql

STATES = ["asked", "given", "refused", "objected", "upheld", "dismissed", "withdrawn"]
WRONG = ["spoilt", "short_weight", "wrong_goods", "not_arrived", "other"]
MOVES = {
    "asked": ("given", "refused", "upheld", "dismissed", "withdrawn"),
    "given": ("objected",),
    "refused": ("objected",),
    "objected": ("upheld", "dismissed", "withdrawn"),
}
ASKED = ("order_id", "wrong", "packs", "asked_fen", "asked_at", "answer_until")


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0001_initial"),
        ("trade", "0018_sorted_into_lower_grades"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RefundRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("wrong", models.CharField(choices=[(one, one) for one in WRONG], max_length=14)),
                ("packs", models.PositiveIntegerField(null=True)),
                ("asked_fen", models.PositiveIntegerField()),
                ("state", models.CharField(default="asked", max_length=10)),
                ("asked_at", models.DateTimeField()),
                ("answer_until", models.DateTimeField()),
                ("open_until", models.DateTimeField(blank=True, null=True)),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="refund_requests",
                        to="trade.order",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", STATES)), name="refund_request_state_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("wrong__in", WRONG)), name="refund_request_wrong_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("asked_fen__gt", 0)), name="refund_request_of_something"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["asked", "objected"])),
                        fields=("order",),
                        name="one_request_waits_an_order",
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["asked", "objected"])),
                        fields=["answer_until"],
                        name="refund_request_waiting",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RefundRequestStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("state", models.CharField(max_length=10)),
                ("amount_fen", models.PositiveIntegerField(default=0)),
                ("words", fieldcast.kit.fields.EncryptedTextField(blank=True, default="")),
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
                (
                    "refund",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="trade.refund",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="trade.refundrequest",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("request", "state"), name="refund_request_step_once"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", STATES)), name="refund_request_step_state_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RefundRequestPhoto",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.keptfile"
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="photos",
                        to="trade.refundrequest",
                    ),
                ),
            ],
        ),
        migrations.RunSQL(
            sql.frozen_columns("trade_refundrequest", *ASKED)
            + sql.states("trade_refundrequest", first="asked", moves=MOVES),
            sql.thawed_columns("trade_refundrequest") + sql.without("trade_refundrequest", "begins", "moves"),
        ),
        migrations.RunSQL(sql.immutable("trade_refundrequeststep"), sql.mutable("trade_refundrequeststep")),
        migrations.RunSQL(sql.immutable("trade_refundrequestphoto"), sql.mutable("trade_refundrequestphoto")),
    ]
