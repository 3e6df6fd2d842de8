"""Conversations can be closed, with who, when and why as a letter; their buyers may then write to the county."""

from django.db import migrations, models

SIDES = ["buyer", "seller", "county", "let_be", "closed", "ended", "appeal", "reply"]


class Migration(migrations.Migration):
    dependencies = [("trade", "0022_parcels_are_carried")]

    operations = [
        migrations.AddField("conversation", "closed_at", models.DateTimeField(null=True)),
        migrations.AddField("conversation", "appealed_at", models.DateTimeField(null=True)),
        migrations.AlterField(
            "letter", "side", models.CharField(choices=[(side, side) for side in SIDES], max_length=6)
        ),
        migrations.RemoveConstraint("letter", "letter_side_known"),
        migrations.AddConstraint(
            "letter",
            models.CheckConstraint(condition=models.Q(("side__in", SIDES)), name="letter_side_known"),
        ),
        migrations.AddConstraint(
            "conversation",
            models.CheckConstraint(
                condition=models.Q(("appealed_at__isnull", True), ("closed_at__isnull", True))
                | models.Q(("closed_at__isnull", False), ("waiting_since__isnull", True)),
                name="conversation_closed_waits_for_nobody",
            ),
        ),
    ]
