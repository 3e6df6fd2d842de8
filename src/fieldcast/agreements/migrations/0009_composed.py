"""More roles, the ceiling of the commission, and what is recorded under an agreement and counts in its month."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from fieldcast.kit import sql


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0011_companies'),
        ('agreements', '0008_consents_are_asked_on_the_desk'),
        ('catalog', '0006_lots_sorted_out'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ServiceAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('what', models.CharField(max_length=200)),
                ('points', models.PositiveIntegerField()),
                ('day', models.DateField()),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agreement')),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('served', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('server', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
        ),
        migrations.AlterField(
            model_name='agreementparty',
            name='role',
            field=models.CharField(max_length=24),
        ),
        migrations.CreateModel(
            name='Acceptance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('units', models.BigIntegerField()),
                ('day', models.DateField()),
                ('why', models.CharField(blank=True, default='', max_length=200)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agreement')),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('lot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.lot')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('units', 0), _negated=True), name='acceptance_of_something'), models.CheckConstraint(condition=models.Q(('units__gt', 0), models.Q(('why', ''), _negated=True), _connector='OR'), name='acceptance_back_says_why')],
            },
        ),
        migrations.CreateModel(
            name='CommissionCeiling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ceiling_bp', models.PositiveSmallIntegerField()),
                ('source', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.county')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('ceiling_bp__lte', 10000)), name='ceiling_is_a_part')],
            },
        ),
        migrations.CreateModel(
            name='ForceMajeure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('month', models.DateField()),
                ('why', models.CharField(max_length=200)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agreement')),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('agreement', 'month'), name='force_majeure_once_a_month'), models.CheckConstraint(condition=models.Q(('month__day', 1)), name='force_majeure_of_a_month')],
            },
        ),
        migrations.CreateModel(
            name='GradeWeight',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('grade', models.CharField(max_length=20)),
                ('weight', models.PositiveIntegerField()),
                ('since', models.DateField()),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agreement')),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('since__day', 1)), name='grade_weight_since_a_month')],
            },
        ),
        migrations.CreateModel(
            name='Holding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('asset', models.CharField(max_length=12)),
                ('shares', models.PositiveIntegerField()),
                ('since', models.DateField()),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agreement')),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('holder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('asset__in', ['land', 'capital', 'labour', 'technology'])), name='holding_asset_known'), models.CheckConstraint(condition=models.Q(('since__day', 1)), name='holding_since_a_month')],
            },
        ),
        migrations.CreateModel(
            name='Salvage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('amount_fen', models.BigIntegerField()),
                ('day', models.DateField()),
                ('what', models.CharField(max_length=200)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agreement')),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0)), name='salvage_brought_something')],
            },
        ),
        migrations.CreateModel(
            name='ServiceConfirmation',
            fields=[
                ('act', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='confirmation', serialize=False, to='agreements.serviceact')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddConstraint(
            model_name='serviceact',
            constraint=models.CheckConstraint(condition=models.Q(('points__gte', 1), ('points__lte', 1000)), name='service_has_points'),
        ),
        migrations.AddConstraint(
            model_name='serviceact',
            constraint=models.CheckConstraint(condition=models.Q(('server', models.F('served')), _negated=True), name='nobody_serves_themselves'),
        ),
        migrations.RunSQL(sql.immutable("agreements_acceptance"), sql.mutable("agreements_acceptance")),
        migrations.RunSQL(sql.immutable("agreements_serviceact"), sql.mutable("agreements_serviceact")),
        migrations.RunSQL(sql.immutable("agreements_serviceconfirmation"), sql.mutable("agreements_serviceconfirmation")),
        migrations.RunSQL(sql.immutable("agreements_holding"), sql.mutable("agreements_holding")),
        migrations.RunSQL(sql.immutable("agreements_gradeweight"), sql.mutable("agreements_gradeweight")),
        migrations.RunSQL(sql.immutable("agreements_forcemajeure"), sql.mutable("agreements_forcemajeure")),
        migrations.RunSQL(sql.immutable("agreements_salvage"), sql.mutable("agreements_salvage")),
        migrations.RunSQL(sql.immutable("agreements_commissionceiling"), sql.mutable("agreements_commissionceiling")),
    ]
