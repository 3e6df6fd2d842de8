"""A fund has a floor and asks a person below it; policies of quality insurance and the claims under them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from fieldcast.kit import sql


TABLES = (
    "settlement_fundfloor",
    "settlement_fundask",
    "settlement_fundanswer",
    "settlement_policy",
    "settlement_insuranceclaim",
    "settlement_insurancestep",
)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0011_companies'),
        ('agreements', '0010_bonds'),
        ('settlement', '0008_fast_payouts_and_banks'),
        ('trade', '0027_borne_and_returned'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FundAsk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('seller_id', models.BigIntegerField()),
                ('cause', models.CharField(max_length=6)),
                ('amounts', models.JSONField()),
                ('borne_by', models.CharField(blank=True, default='', max_length=24)),
                ('why', models.CharField(max_length=200)),
                ('need_fen', models.BigIntegerField()),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.county')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trade.order')),
                ('order_line', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trade.orderline')),
            ],
        ),
        migrations.CreateModel(
            name='FundAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('approved', models.BooleanField()),
                ('why', models.CharField(max_length=200)),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ask', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='answer', to='settlement.fundask')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='FundFloor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('floor_fen', models.BigIntegerField()),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('fund', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.fund')),
            ],
        ),
        migrations.CreateModel(
            name='InsuranceClaim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('refund_reference', models.CharField(max_length=24)),
                ('amount_fen', models.BigIntegerField()),
                ('decision_hash', models.CharField(max_length=64)),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('order_line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trade.orderline')),
            ],
        ),
        migrations.CreateModel(
            name='InsuranceStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('state', models.CharField(max_length=8)),
                ('amount_fen', models.BigIntegerField(default=0)),
                ('slip', models.CharField(blank=True, default='', max_length=40)),
                ('why', models.CharField(blank=True, default='', max_length=200)),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='settlement.insuranceclaim')),
            ],
        ),
        migrations.CreateModel(
            name='Policy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('number', models.CharField(max_length=40)),
                ('from_day', models.DateField()),
                ('to_day', models.DateField()),
                ('products', models.JSONField()),
                ('lots', models.JSONField()),
                ('per_unit_fen', models.BigIntegerField()),
                ('per_claim_fen', models.BigIntegerField()),
                ('premium_fen', models.BigIntegerField()),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.county')),
                ('fund', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.fund')),
                ('insurer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
        ),
        migrations.AddField(
            model_name='insuranceclaim',
            name='policy',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='settlement.policy'),
        ),
        migrations.AddConstraint(
            model_name='fundask',
            constraint=models.CheckConstraint(condition=models.Q(('need_fen__gt', 0)), name='fund_ask_of_something'),
        ),
        migrations.AddConstraint(
            model_name='fundask',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cause', 'borne'), ('order_line__isnull', False)), models.Q(('cause', 'refund'), ('order_line__isnull', True)), _connector='OR'), name='fund_ask_cause_known'),
        ),
        migrations.AddConstraint(
            model_name='fundfloor',
            constraint=models.CheckConstraint(condition=models.Q(('floor_fen__gte', 0)), name='fund_floor_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='insurancestep',
            constraint=models.UniqueConstraint(fields=('claim', 'state'), name='insurance_step_once'),
        ),
        migrations.AddConstraint(
            model_name='insurancestep',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['paid', 'refused'])), fields=('claim',), name='insurance_claim_ends_once'),
        ),
        migrations.AddConstraint(
            model_name='insurancestep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount_fen__gt', 0), ('state', 'paid')), models.Q(('amount_fen', 0), ('state__in', ['sent', 'refused'])), _connector='OR'), name='insurance_step_of_a_known_state'),
        ),
        migrations.AddConstraint(
            model_name='policy',
            constraint=models.UniqueConstraint(fields=('insurer', 'number'), name='policy_number_once_an_insurer'),
        ),
        migrations.AddConstraint(
            model_name='policy',
            constraint=models.CheckConstraint(condition=models.Q(('to_day__gte', models.F('from_day'))), name='policy_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='policy',
            constraint=models.CheckConstraint(condition=models.Q(('per_claim_fen__gt', 0), ('per_unit_fen__gt', 0), ('premium_fen__gte', 0)), name='policy_covers_something'),
        ),
        migrations.AddConstraint(
            model_name='insuranceclaim',
            constraint=models.UniqueConstraint(fields=('order_line', 'refund_reference'), name='refund_claimed_once'),
        ),
        migrations.AddConstraint(
            model_name='insuranceclaim',
            constraint=models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0)), name='insurance_claim_of_something'),
        ),
        *(migrations.RunSQL(sql.immutable(table), sql.mutable(table)) for table in TABLES),
    ]
