"""What administrators do is kept: rights as a sealed trail, begun with what stands, and every deed with its reason."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

from fieldcast.accounts.trails import rights_seal
from fieldcast.kit import sql


def begin(apps, schema_editor):
    """Write down who is not as everyone begins: from now on it follows from the trail."""
    now = timezone.now()
    Person, RightsChange = apps.get_model("accounts", "Person"), apps.get_model("accounts", "RightsChange")
    unlike = models.Q(is_active=False) | models.Q(is_staff=True) | models.Q(is_superuser=True)
    rows = Person.objects.filter(unlike).order_by("id").values_list("id", "is_active", "is_staff", "is_superuser")
    for person_id, is_active, is_staff, is_superuser in rows:
        entry = {"person_id": person_id, "number": 1, "is_active": is_active, "is_staff": is_staff, "is_superuser": is_superuser, "by_id": None, "at": now}
        RightsChange.objects.create(**entry, seal=rights_seal(**entry))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0009_terms_and_sign_outs")]

    operations = [
        migrations.CreateModel(
            name="RightsChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("is_active", models.BooleanField()),
                ("is_staff", models.BooleanField()),
                ("is_superuser", models.BooleanField()),
                ("at", models.DateTimeField()),
                ("seal", models.CharField(max_length=64)),
                ("by", models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name="OfficeDeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=24)),
                ("before", models.CharField(blank=True, default="", max_length=200)),
                ("after", models.CharField(blank=True, default="", max_length=200)),
                ("reason", models.CharField(blank=True, default="", max_length=200)),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("county", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.county")),
                ("organisation", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation")),
                ("person", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddConstraint(
            model_name="rightschange",
            constraint=models.UniqueConstraint(fields=("person", "number"), name="rights_change_numbered_once"),
        ),
        migrations.AddIndex(
            model_name="officedeed",
            index=models.Index(fields=["county", "-at"], name="office_deeds_of_a_county"),
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
        migrations.RunSQL(sql.immutable("accounts_rightschange"), sql.mutable("accounts_rightschange")),
        migrations.RunSQL(sql.immutable("accounts_officedeed"), sql.mutable("accounts_officedeed")),
    ]
