"""Buyers and sellers write to each other, about an order or a lot. What was written is never changed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fieldcast.kit.fields
from fieldcast.kit import sql

WHOSE = ("county_id", "buyer_id", "seller_id", "order_id", "lot_id", "begun_at")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_digits_of_one_script"),
        ("catalog", "0006_lots_sorted_out"),
        ("files", "0001_initial"),
        ("trade", "0020_seal_of_public_benefit"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Conversation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("begun_at", models.DateTimeField()),
                ("last_at", models.DateTimeField()),
                ("asked", models.PositiveIntegerField(default=0)),
                ("waiting_since", models.DateTimeField(null=True)),
                ("answer_until", models.DateTimeField(null=True)),
                (
                    "buyer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "county",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.county"
                    ),
                ),
                (
                    "lot",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.lot",
                    ),
                ),
                (
                    "order",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conversation",
                        to="trade.order",
                    ),
                ),
                (
                    "seller",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "side",
                    models.CharField(
                        choices=[
                            ("buyer", "buyer"),
                            ("seller", "seller"),
                            ("county", "county"),
                            ("let_be", "let_be"),
                        ],
                        max_length=6,
                    ),
                ),
                ("words", fieldcast.kit.fields.EncryptedTextField()),
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
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="trade.conversation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LetterPhoto",
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
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="photos", to="trade.letter"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                fields=["seller", "waiting_since", "-last_at"], name="conversations_of_seller"
            ),
        ),
        migrations.AddConstraint(
            model_name="conversation",
            constraint=models.UniqueConstraint(
                fields=("buyer", "lot"), name="one_conversation_a_buyer_and_lot"
            ),
        ),
        migrations.AddConstraint(
            model_name="conversation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lot__isnull", False), ("order__isnull", True)),
                    models.Q(("lot__isnull", True), ("order__isnull", False)),
                    _connector="OR",
                ),
                name="conversation_about_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="conversation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer_until__isnull", True), ("waiting_since__isnull", True)),
                    models.Q(
                        ("answer_until__gt", models.F("waiting_since")),
                        ("answer_until__isnull", False),
                        ("asked__gt", 0),
                        ("waiting_since__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="conversation_waits_until",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(("side__in", ["buyer", "seller", "county", "let_be"])),
                name="letter_side_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(("by__isnull", False)), name="letter_by_somebody"
            ),
        ),
        migrations.RunSQL(
            sql.frozen_columns("trade_conversation", *WHOSE), sql.thawed_columns("trade_conversation")
        ),
        migrations.RunSQL(sql.immutable("trade_letter"), sql.mutable("trade_letter")),
        migrations.RunSQL(sql.immutable("trade_letterphoto"), sql.mutable("trade_letterphoto")),
    ]
