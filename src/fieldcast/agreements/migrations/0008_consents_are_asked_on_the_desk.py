"""Parties that had not agreed to the terms in force are asked on the desk, as those of new terms are."""

from django.db import migrations
from django.utils import timezone

from fieldcast.desk.working_days import due_after, working_day_before

WORKING_DAYS = 5


def ask(apps, schema_editor):
    named = {name: apps.get_model("agreements", name) for name in ("Agreement", "AgreementVersion", "AgreementParty", "Consent")}
    Item, ItemStep = apps.get_model("desk", "Item"), apps.get_model("desk", "ItemStep")
    now = timezone.now()
    due = due_after(now, working_days=WORKING_DAYS)
    for agreement in named["Agreement"].objects.filter(ended_at__isnull=True):
        version = named["AgreementVersion"].objects.filter(agreement=agreement).order_by("-number").first()
        if version is None:
            continue
        parties = dict(named["AgreementParty"].objects.filter(agreement=agreement).values_list("role", "organisation_id"))
        agreed = set(named["Consent"].objects.filter(version=version).values_list("organisation_id", flat=True))
        for party in sorted(set(parties.values()) - agreed):
            others = party != parties["cooperative"]
            item = Item.objects.create(
                county_id=agreement.county_id,
                kind="consent",
                subject=f"{version.pk}:{party}",
                facts={"name": agreement.name, "n": version.number},
                organisation_id=party,
                role="manager",
                escalates_to_id=parties["cooperative"] if others else None,
                escalates_to_role="manager" if others else "",
                due_at=due.at,
                by_weekdays=due.by_weekdays,
                remind_at=max(now, working_day_before(due.at)),
                opened_at=now,
                state="waiting",
            )
            ItemStep.objects.create(item=item, deed="opened", at=now)


class Migration(migrations.Migration):

    dependencies = [
        ("agreements", "0007_parties_are_rows"),
        ("desk", "0001_initial"),
    ]

    operations = [migrations.RunPython(ask, migrations.RunPython.noop)]
