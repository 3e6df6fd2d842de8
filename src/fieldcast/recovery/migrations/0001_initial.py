"""Codes for new passwords, what ended them, wrong tries: none of it is ever changed."""

import django.db.models.deletion
import fieldcast.kit.fields
from django.conf import settings
from django.db import migrations, models

from fieldcast.kit import sql

KEPT = ("recovery_resetcode", "recovery_codeend", "recovery_wrongtry")


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0009_terms_and_sign_outs'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CodeAsk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('phone', fieldcast.kit.fields.EncryptedTextField()),
                ('asked_at', models.DateTimeField()),
                ('not_before', models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name='ResetCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('looked_at', models.CharField(blank=True, choices=[('id_card', 'id_card'), ('household_book', 'household_book'), ('known', 'known')], default='', max_length=20)),
                ('witnesses', fieldcast.kit.fields.EncryptedTextField(blank=True, default='')),
                ('why', fieldcast.kit.fields.EncryptedTextField(blank=True, default='')),
                ('code_hash', models.CharField(max_length=64)),
                ('until', models.DateTimeField()),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('centre', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='CodeEnd',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('how', models.CharField(choices=[('used', 'used'), ('replaced', 'replaced'), ('tries', 'tries')], max_length=10)),
                ('at', models.DateTimeField()),
                ('code', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='end', to='recovery.resetcode')),
            ],
        ),
        migrations.CreateModel(
            name='WrongTry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('code', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tries', to='recovery.resetcode')),
            ],
        ),
        migrations.AddConstraint(
            model_name='resetcode',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('by__isnull', False), ('centre__isnull', False), ('looked_at__in', ['id_card', 'household_book', 'known']), models.Q(('why', ''), _negated=True)), models.Q(('by__isnull', True), ('centre__isnull', True), ('looked_at', ''), ('why', ''), ('witnesses', '')), _connector='OR'), name='code_made_or_sent'),
        ),
        migrations.AddConstraint(
            model_name='resetcode',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('looked_at', 'known'), _negated=True), models.Q(('witnesses', ''), _negated=True), _connector='OR'), name='code_of_someone_known_names_two'),
        ),
        migrations.AddConstraint(
            model_name='resetcode',
            constraint=models.CheckConstraint(condition=models.Q(('until__gt', models.F('at'))), name='code_ends_later'),
        ),
        migrations.AddConstraint(
            model_name='codeend',
            constraint=models.CheckConstraint(condition=models.Q(('how__in', ['used', 'replaced', 'tries'])), name='code_end_known'),
        ),
        *(migrations.RunSQL(sql.immutable(table), sql.mutable(table)) for table in KEPT),
    ]
