"""A packed parcel has a carrier and a way: whose it is to fetch, where it is, each step. What was packed or sent before
has its place at once, with the carrier it was sent with or the one of its terms.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fieldcast.kit.fields
from fieldcast.kit import sql

STATES = ["to_fetch", "on_the_way", "delivered", "undelivered", "goes_back", "brought_back"]
STEPS = ["chosen", "fetched", "passed", "delivered", "undelivered", "again", "brought_back"]
MOVES = {
    "to_fetch": ("on_the_way",),
    "on_the_way": ("delivered", "undelivered"),
    "undelivered": ("on_the_way", "delivered", "goes_back"),
    "goes_back": ("brought_back",),
}
AT_ONCE = 1000
PLACES = {"packed": "to_fetch", "shipped": "on_the_way", "received": "delivered", "closed": "delivered"}


def give_places(apps, schema_editor):
    """Each parcel of before: packed ones to the carrier of their terms, the others to the one that has or had them."""
    Order, OrderLine = apps.get_model("trade", "Order"), apps.get_model("trade", "OrderLine")
    Carrying, Shipment = apps.get_model("trade", "Carrying"), apps.get_model("trade", "Shipment")
    Version = apps.get_model("agreements", "AgreementVersion")
    Party = apps.get_model("agreements", "AgreementParty")
    orders = Order.objects.filter(state__in=PLACES).order_by("id")
    carriers = dict(Shipment.objects.values_list("order_id", "carrier_id"))
    packed = orders.filter(state="packed").values("id")
    agreed = dict(Party.objects.filter(role="carrier").values_list("agreement_id", "organisation_id"))
    versions = dict(Version.objects.values_list("id", "agreement_id"))
    lines = OrderLine.objects.filter(order_id__in=packed).order_by("-id")
    for order_id, version_id in lines.values_list("order_id", "agreement_version_id"):
        carriers[order_id] = agreed[versions[version_id]]
    columns = ("id", "state", "packed_at", "shipped_at", "received_at")
    Carrying.objects.bulk_create(
        (
            Carrying(
                order_id=order_id,
                carrier_id=carriers[order_id],
                state=PLACES[state],
                changed_at=received_at or shipped_at or packed_at,
            )
            for order_id, state, packed_at, shipped_at, received_at in orders.values_list(*columns)
        ),
        batch_size=AT_ONCE,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("agreements", "0007_parties_are_rows"),
        ("trade", "0021_letters"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Carrying",
            fields=[
                (
                    "order",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="carrying",
                        serialize=False,
                        to="trade.order",
                    ),
                ),
                ("state", models.CharField(default="to_fetch", max_length=12)),
                ("changed_at", models.DateTimeField()),
                (
                    "carrier",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", STATES)), name="carrying_state_known"
                    ),
                ],
                "indexes": [
                    models.Index(fields=["carrier", "state", "changed_at"], name="carrying_of_carrier"),
                ],
            },
        ),
        migrations.CreateModel(
            name="CarryingStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("step", models.CharField(max_length=12)),
                ("noted_at", models.DateTimeField()),
                ("boxes", models.PositiveIntegerField(null=True)),
                ("detail", models.CharField(blank=True, default="", max_length=10)),
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
                    "carrier",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "carrying",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="trade.carrying",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("step__in", STEPS)), name="carrying_step_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("at__lte", models.F("noted_at"))), name="carrying_step_not_ahead"
                    ),
                ],
            },
        ),
        migrations.RunPython(give_places, migrations.RunPython.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED", migrations.RunSQL.noop),
        migrations.RunSQL(
            sql.frozen_columns("trade_carrying", "order_id")
            + sql.states("trade_carrying", first="to_fetch", moves=MOVES),
            sql.thawed_columns("trade_carrying") + sql.without("trade_carrying", "begins", "moves"),
        ),
        migrations.RunSQL(sql.immutable("trade_carryingstep"), sql.mutable("trade_carryingstep")),
    ]
