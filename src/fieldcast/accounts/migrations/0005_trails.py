"""Trails of memberships and addresses, begun with what stands when they are made; nobody becomes all-powerful later."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

from fieldcast.accounts.trails import DIGESTS, address_seal, membership_seal
from fieldcast.kit import sql


def begin(apps, schema_editor):
    """Write down what stands: from now on it follows from the trail."""
    now = timezone.now()
    Membership, MembershipChange = apps.get_model("accounts", "Membership"), apps.get_model("accounts", "MembershipChange")
    for person_id, organisation_id, role in Membership.objects.values_list("person_id", "organisation_id", "role"):
        entry = {"person_id": person_id, "organisation_id": organisation_id, "number": 1, "role": role, "by_id": None, "at": now}
        MembershipChange.objects.create(**entry, seal=membership_seal(**entry))
    AddressChange = apps.get_model("accounts", "AddressChange")
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(DIGESTS)
        for address_id, person_id, digest in cursor.fetchall():
            entry = {"address_id": address_id, "person_id": person_id, "number": 1, "digest": digest, "by_id": None, "at": now}
            AddressChange.objects.create(**entry, seal=address_seal(**entry))


SUPERUSER = """
CREATE TRIGGER accounts_person_frozen BEFORE UPDATE OF is_superuser ON accounts_person
  FOR EACH ROW WHEN (NEW.is_superuser AND NOT OLD.is_superuser) EXECUTE FUNCTION fieldcast_immutable()
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_limits")]

    operations = [
        migrations.CreateModel(
            name="MembershipChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("role", models.CharField(blank=True, max_length=10)),
                ("at", models.DateTimeField()),
                ("seal", models.CharField(max_length=64)),
                ("by", models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("organisation", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation")),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name="AddressChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address_id", models.BigIntegerField()),
                ("number", models.PositiveIntegerField()),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("at", models.DateTimeField()),
                ("seal", models.CharField(max_length=64)),
                ("by", models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("person", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddConstraint(
            model_name="membershipchange",
            constraint=models.UniqueConstraint(fields=("person", "organisation", "number"), name="membership_change_numbered_once"),
        ),
        migrations.AddConstraint(
            model_name="addresschange",
            constraint=models.UniqueConstraint(fields=("address_id", "number"), name="address_change_numbered_once"),
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
        migrations.RunSQL(sql.immutable("accounts_membershipchange"), sql.mutable("accounts_membershipchange")),
        migrations.RunSQL(sql.immutable("accounts_addresschange"), sql.mutable("accounts_addresschange")),
        migrations.RunSQL(SUPERUSER, "DROP TRIGGER accounts_person_frozen ON accounts_person"),
    ]
