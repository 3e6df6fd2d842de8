"""Notices that did not fit before they were asked about on the desk are asked about now, as new ones are."""

from django.db import migrations
from django.utils import timezone

from fieldcast.desk.working_days import due_after, working_day_before

WORKING_DAYS = 2


def ask(apps, schema_editor):
    county, organisation = apps.get_model("accounts", "County"), apps.get_model("accounts", "Organisation")
    Item, ItemStep = apps.get_model("desk", "Item"), apps.get_model("desk", "ItemStep")
    payment, refund = apps.get_model("trade", "Payment"), apps.get_model("trade", "Refund")
    own = county.objects.order_by("id").values_list("id", flat=True).first()
    now = timezone.now()
    due = due_after(now, working_days=WORKING_DAYS)
    for notice in apps.get_model("trade", "PaymentNotice").objects.filter(outcome="mismatched").order_by("id"):
        paid = payment.objects.filter(reference=notice.reference, provider=notice.provider)
        returned = refund.objects.filter(reference=notice.reference, payment__provider=notice.provider)
        counties = [rows.values_list("order__county_id", flat=True).first() for rows in (paid, returned)]
        county_id = next((one for one in counties if one is not None), own)
        authority = organisation.objects.filter(county_id=county_id, kind="authority").order_by("code").first()
        if authority is None:
            continue
        item = Item.objects.create(
            county_id=county_id,
            kind="notice_misfit",
            subject=str(notice.pk),
            facts={"about": notice.reference or notice.provider},
            organisation_id=authority.pk,
            role="staff",
            escalates_to_id=authority.pk,
            escalates_to_role="owner",
            due_at=due.at,
            by_weekdays=due.by_weekdays,
            remind_at=max(now, working_day_before(due.at)),
            opened_at=now,
            state="waiting",
        )
        ItemStep.objects.create(item=item, deed="opened", at=now)


class Migration(migrations.Migration):

    dependencies = [
        ("trade", "0014_packs"),
        ("accounts", "0007_standing_changes"),
        ("desk", "0001_initial"),
    ]

    operations = [migrations.RunPython(ask, migrations.RunPython.noop)]
