"""Who takes part in an agreement is a row for each role. The three columns become rows; the next migration drops them."""

import django.db.models.deletion
from django.db import migrations, models

# In the order in which parties are read.
FILL = "".join(
    f"""
INSERT INTO agreements_agreementparty (agreement_id, role, organisation_id)
SELECT id, '{role}', {role}_id FROM agreements_agreement ORDER BY id;
"""
    for role in ("cooperative", "host", "carrier")
)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_append_only"), ("agreements", "0005_who_ended_it")]

    operations = [
        migrations.CreateModel(
            name="AgreementParty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(max_length=16)),
                ("agreement", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="parties", to="agreements.agreement", db_index=False)),
                ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation")),
            ],
            options={"ordering": ["id"]},
        ),
        migrations.AddConstraint(
            model_name="agreementparty",
            constraint=models.UniqueConstraint(fields=("agreement", "role"), name="one_party_a_role"),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
