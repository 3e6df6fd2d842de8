"""Paid orders that wait to be sent are found without looking through all that a county ever paid for."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("trade", "0015_misfits_are_asked_about")]

    operations = [
        migrations.AddIndex(
            model_name="order",
            index=models.Index(
                condition=models.Q(state__in=["paid", "packed"]),
                fields=["county", "paid_at"],
                name="order_waiting_to_be_sent",
            ),
        ),
    ]
