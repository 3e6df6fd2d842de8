"""Kept files; nothing about one changes but that it ends, once."""

import django.db.models.deletion
import fieldcast.kit.fields
from django.conf import settings
from django.db import migrations, models

from fieldcast.kit import sql

TABLE = "files_keptfile"
FROZEN = (
    "county_id", "organisation_id", "handed_in_by_id", "kind", "name", "stored", "size", "width", "height", "sha256",
    "fingerprint", "taken", "retention", "handed_in_at", "keep_until",
)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0007_standing_changes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='KeptFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('photo', 'photo'), ('sheet', 'sheet'), ('document', 'document')], max_length=10)),
                ('name', models.CharField(blank=True, max_length=90)),
                ('stored', models.CharField(max_length=32, unique=True)),
                ('size', models.PositiveIntegerField()),
                ('width', models.PositiveIntegerField()),
                ('height', models.PositiveIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('fingerprint', models.BigIntegerField(blank=True, null=True)),
                ('taken', fieldcast.kit.fields.EncryptedJSONField(default=dict)),
                ('retention', models.CharField(choices=[('draft', 'draft'), ('trade', 'trade'), ('household', 'household')], max_length=10)),
                ('handed_in_at', models.DateTimeField()),
                ('keep_until', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.county')),
                ('handed_in_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['county', 'sha256'], name='files_keptf_county__89f73d_idx'), models.Index(condition=models.Q(('ended_at__isnull', True)), fields=['keep_until'], name='file_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['photo', 'sheet', 'document'])), name='file_kind_known'), models.CheckConstraint(condition=models.Q(('retention__in', ['draft', 'trade', 'household'])), name='file_retention_known'), models.CheckConstraint(condition=models.Q(('height__gt', 0), ('size__gt', 0), ('width__gt', 0)), name='file_is_of_something'), models.CheckConstraint(condition=models.Q(('keep_until__gt', models.F('handed_in_at'))), name='file_is_kept_for_a_while')],
            },
        ),
        migrations.RunSQL(
            f"{sql.frozen_columns(TABLE, *FROZEN)}{sql.written_once(TABLE, 'ended_at')}",
            sql.without(TABLE, "frozen", "kept", "written_once"),
        ),
    ]
