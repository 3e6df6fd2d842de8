"""Versions have a hash, consents may be by a signed sheet and accept what hurts, and agreements end by notice."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from fieldcast.agreements.marks import hash_of
from fieldcast.kit import sql

TABLE = "agreements_agreementversion"


def mark(apps, schema_editor):
    """Every version gets the hash that its terms had when they were written."""
    Version = apps.get_model("agreements", "AgreementVersion")
    Party = apps.get_model("agreements", "AgreementParty")
    for row in Version.objects.order_by("id"):
        named = Party.objects.filter(agreement_id=row.agreement_id).values_list("role", "organisation_id")
        row.sha256 = hash_of(agreement_id=row.agreement_id, number=row.number, parties=dict(named), terms=row.terms)
        row.save(update_fields=["sha256"])



class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0011_companies'),
        ('agreements', '0010_bonds'),
        ('files', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AcceptedConcern',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('clause', models.PositiveSmallIntegerField()),
                ('why', models.CharField(max_length=16)),
                ('sentence', models.CharField(max_length=600)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ends_on', models.DateField()),
                ('why', models.CharField(blank=True, default='', max_length=200)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name='agreementversion',
            name='sha256',
            field=models.CharField(default='', max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='consent',
            name='sheet',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.keptfile'),
        ),
        migrations.RunSQL(sql.mutable(TABLE), sql.immutable(TABLE)),
        migrations.RunPython(mark, migrations.RunPython.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED", migrations.RunSQL.noop),
        migrations.RunSQL(sql.immutable(TABLE), sql.mutable(TABLE)),
        migrations.AddConstraint(
            model_name='agreementversion',
            constraint=models.UniqueConstraint(fields=('sha256',), name='agreement_version_hash_once'),
        ),
        migrations.AddField(
            model_name='acceptedconcern',
            name='consent',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='accepted', to='agreements.consent'),
        ),
        migrations.AddField(
            model_name='notice',
            name='agreement',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='agreements.agreement'),
        ),
        migrations.AddField(
            model_name='notice',
            name='by',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='notice',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation'),
        ),
        migrations.AddConstraint(
            model_name='acceptedconcern',
            constraint=models.UniqueConstraint(fields=('consent', 'clause', 'why'), name='concern_accepted_once'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(fields=('agreement', 'organisation'), name='notice_once_a_party'),
        ),
        migrations.RunSQL(sql.immutable("agreements_acceptedconcern"), sql.mutable("agreements_acceptedconcern")),
        migrations.RunSQL(sql.immutable("agreements_notice"), sql.mutable("agreements_notice")),
    ]
