"""Fast payouts with each day's reserve, and the way to the bank: accounts, batches, what came of each payout."""

import django.db.models.deletion
import fieldcast.kit.fields
from django.conf import settings
from django.db import migrations, models

from fieldcast.kit import sql

ADDED_TO = (
    "settlement_reserve",
    "settlement_earlyline",
    "settlement_bankaccount",
    "settlement_payoutbatch",
    "settlement_payoutorder",
    "settlement_payoutresult",
)
FROZEN = ("county_id", "statement_id", "party", "amount_fen", "transfer_client_id", "sent_at")
FROZEN_NOW = (*FROZEN, "seller_id", "again_of_id")

class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0011_companies'),
        ('settlement', '0007_corrections'),
        ('trade', '0026_refunds_of_settled'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BankAccount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('holder', fieldcast.kit.fields.EncryptedTextField()),
                ('bank', models.CharField(max_length=60)),
                ('number', fieldcast.kit.fields.EncryptedTextField()),
                ('number_end', models.CharField(max_length=4)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='EarlyLine',
            fields=[
                ('order_line', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='trade.orderline')),
                ('reserve_bp', models.PositiveSmallIntegerField()),
                ('net_fen', models.BigIntegerField()),
                ('run_key', models.CharField(max_length=40)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='PayoutBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=24, unique=True)),
                ('way', models.CharField(max_length=16)),
                ('payouts', models.PositiveIntegerField()),
                ('total_fen', models.BigIntegerField()),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='PayoutOrder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='PayoutResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(max_length=10)),
                ('reason', models.CharField(blank=True, default='', max_length=100)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Reserve',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seller_id', models.BigIntegerField()),
                ('day', models.DateField()),
                ('lines', models.PositiveIntegerField()),
                ('refunded', models.PositiveIntegerField()),
                ('county_lines', models.PositiveIntegerField()),
                ('county_refunded', models.PositiveIntegerField()),
                ('prior_lines', models.PositiveSmallIntegerField()),
                ('share_bp', models.PositiveSmallIntegerField()),
                ('formula', models.CharField(max_length=24)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='due',
            name='due_cause_known',
        ),
        migrations.AddField(
            model_name='due',
            name='order_line',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trade.orderline'),
        ),
        migrations.AddField(
            model_name='payout',
            name='again_of',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='again', to='settlement.payout'),
        ),
        migrations.AddConstraint(
            model_name='due',
            constraint=models.CheckConstraint(condition=models.Q(('cause__in', ['sheet', 'refund', 'early'])), name='due_cause_known'),
        ),
        migrations.AddConstraint(
            model_name='due',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cause', 'early'), ('order_line__isnull', False)), models.Q(models.Q(('cause', 'early'), _negated=True), ('order_line__isnull', True)), _connector='OR'), name='due_early_of_a_line'),
        ),
        migrations.AddField(
            model_name='bankaccount',
            name='by',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='bankaccount',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation'),
        ),
        migrations.AddField(
            model_name='payoutbatch',
            name='by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='payoutbatch',
            name='county',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.county'),
        ),
        migrations.AddField(
            model_name='payoutorder',
            name='account',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='settlement.bankaccount'),
        ),
        migrations.AddField(
            model_name='payoutorder',
            name='batch',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='settlement.payoutbatch'),
        ),
        migrations.AddField(
            model_name='payoutorder',
            name='payout',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='ordered', to='settlement.payout'),
        ),
        migrations.AddField(
            model_name='payoutresult',
            name='by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='payoutresult',
            name='payout',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='results', to='settlement.payout'),
        ),
        migrations.AddField(
            model_name='reserve',
            name='county',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.county'),
        ),
        migrations.AddField(
            model_name='earlyline',
            name='reserve',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='settlement.reserve'),
        ),
        migrations.AddConstraint(
            model_name='payoutbatch',
            constraint=models.CheckConstraint(condition=models.Q(('payouts__gt', 0), ('total_fen__gt', 0)), name='batch_of_something'),
        ),
        migrations.AddConstraint(
            model_name='payoutorder',
            constraint=models.UniqueConstraint(fields=('batch', 'place'), name='payout_order_place_once'),
        ),
        migrations.AddConstraint(
            model_name='payoutresult',
            constraint=models.UniqueConstraint(fields=('payout', 'state'), name='payout_result_once'),
        ),
        migrations.AddConstraint(
            model_name='payoutresult',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['confirmed', 'returned'])), name='payout_result_known'),
        ),
        migrations.AddConstraint(
            model_name='reserve',
            constraint=models.UniqueConstraint(fields=('seller_id', 'day'), name='reserve_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='reserve',
            constraint=models.CheckConstraint(condition=models.Q(('county_refunded__lte', models.F('county_lines')), ('refunded__lte', models.F('lines'))), name='reserve_of_its_lines'),
        ),
        migrations.AddConstraint(
            model_name='reserve',
            constraint=models.CheckConstraint(condition=models.Q(('share_bp__lte', 10000)), name='reserve_is_a_part'),
        ),
        migrations.AddConstraint(
            model_name='earlyline',
            constraint=models.CheckConstraint(condition=models.Q(('reserve_bp__lte', 10000)), name='early_line_keeps_a_part'),
        ),
        *(migrations.RunSQL(sql.immutable(table), sql.mutable(table)) for table in ADDED_TO),
        migrations.RunSQL(
            sql.thawed_columns("settlement_payout") + sql.frozen_columns("settlement_payout", *FROZEN_NOW),
            sql.thawed_columns("settlement_payout") + sql.frozen_columns("settlement_payout", *FROZEN),
        ),
    ]
