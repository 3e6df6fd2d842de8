"""A sealed word by which a wrong or lost field key is known at start. Written once, like what it guards."""

from django.db import migrations, models

from fieldcast.kit import sql


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_append_only")]

    operations = [
        migrations.CreateModel(
            name="FieldKeySeal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.TextField()),
                ("fingerprint", models.CharField(max_length=16)),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="one_field_key_a_database")
                ],
            },
        ),
        migrations.RunSQL(sql.immutable("accounts_fieldkeyseal"), sql.mutable("accounts_fieldkeyseal")),
    ]
