"""Counts of what is limited, addresses someone signed in from, and the cache that page processes share."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# As Django's `createcachetable` makes it, but unlogged, as the counts are: nothing in them outlives a crash.
CACHE = """
CREATE UNLOGGED TABLE accounts_cache (
  cache_key varchar(255) PRIMARY KEY,
  value text NOT NULL,
  expires timestamp with time zone NOT NULL
);
CREATE INDEX accounts_cache_expires ON accounts_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_field_key_seal")]

    operations = [
        migrations.CreateModel(
            name="Limit",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("until", models.DateTimeField(db_index=True)),
                ("used", models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="FamiliarAddress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address_hash", models.CharField(max_length=64)),
                ("seen_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="familiar_addresses",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "address_hash"), name="familiar_address_once_a_person"
                    )
                ]
            },
        ),
        migrations.RunSQL("ALTER TABLE accounts_limit SET UNLOGGED", "ALTER TABLE accounts_limit SET LOGGED"),
        migrations.RunSQL(CACHE, "DROP TABLE accounts_cache"),
    ]
