"""A month of a version gets a sheet; what a party has no money for is a due, paid from its next payouts."""

import django.db.models.deletion
from django.db import migrations, models

from fieldcast.kit import sql

# The due is locked first, so that two parts written at once do not pass it together; as the owner, because the platform's
# user may not lock what it may never change.
WITHIN = """
CREATE FUNCTION settlement_due_within() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE due_fen bigint;
BEGIN
  SELECT amount_fen INTO due_fen FROM settlement_due WHERE id = NEW.due_id FOR NO KEY UPDATE;
  IF (SELECT coalesce(sum(amount_fen), 0) FROM settlement_duepart WHERE due_id = NEW.due_id) + NEW.amount_fen > due_fen THEN
    RAISE EXCEPTION 'more is paid of due % than it is', NEW.due_id USING ERRCODE = 'integrity_constraint_violation',
      CONSTRAINT = 'settlement_due_within';
  END IF;
  RETURN NEW;
END $$;
ALTER FUNCTION settlement_due_within() SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp;
REVOKE EXECUTE ON FUNCTION settlement_due_within() FROM PUBLIC;
CREATE TRIGGER settlement_due_within BEFORE INSERT ON settlement_duepart
  FOR EACH ROW EXECUTE FUNCTION settlement_due_within();
"""
NOT_WITHIN = """
DROP TRIGGER settlement_due_within ON settlement_duepart;
DROP FUNCTION settlement_due_within();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0011_companies'),
        ('agreements', '0009_composed'),
        ('live', '0009_chat_without_contacts'),
        ('settlement', '0005_statements_of_a_county'),
        ('trade', '0024_requests_answered_by_sending_again'),
    ]

    operations = [
        migrations.AddField(
            model_name='payout',
            name='seller_id',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AlterField(
            model_name='payout',
            name='statement',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='payout', to='settlement.statement'),
        ),
        migrations.AlterField(
            model_name='statement',
            name='role',
            field=models.CharField(max_length=24),
        ),
        migrations.AlterField(
            model_name='statement',
            name='session',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='live.session'),
        ),
        migrations.AlterField(
            model_name='statementline',
            name='order_line',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trade.orderline'),
        ),
        migrations.CreateModel(
            name='Due',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seller_id', models.BigIntegerField()),
                ('debtor', models.CharField(max_length=40)),
                ('creditor', models.CharField(max_length=40)),
                ('amount_fen', models.BigIntegerField()),
                ('cause', models.CharField(max_length=12)),
                ('reference', models.CharField(max_length=40)),
                ('most_bp', models.PositiveSmallIntegerField()),
                ('transfer_client_id', models.CharField(max_length=80)),
                ('at', models.DateTimeField()),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.county')),
            ],
        ),
        migrations.CreateModel(
            name='DuePart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount_fen', models.BigIntegerField()),
                ('seller_id', models.BigIntegerField()),
                ('transfer_client_id', models.CharField(max_length=80)),
                ('at', models.DateTimeField()),
                ('due', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='settlement.due')),
            ],
        ),
        migrations.CreateModel(
            name='PeriodSheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seller_id', models.BigIntegerField()),
                ('month', models.DateField()),
                ('facts', models.JSONField()),
                ('net_fen', models.BigIntegerField()),
                ('settled_at', models.DateTimeField()),
                ('agreement_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agreementversion')),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.county')),
            ],
        ),
        migrations.AddField(
            model_name='statement',
            name='sheet',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='settlement.periodsheet'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.UniqueConstraint(fields=('party', 'role', 'sheet'), name='one_statement_a_party_and_sheet'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('session__isnull', False), ('sheet__isnull', True)), models.Q(('session__isnull', True), ('sheet__isnull', False)), _connector='OR'), name='statement_of_a_session_or_a_sheet'),
        ),
        migrations.AddIndex(
            model_name='due',
            index=models.Index(fields=['debtor'], name='due_of_debtor'),
        ),
        migrations.AddIndex(
            model_name='due',
            index=models.Index(fields=['creditor'], name='due_of_creditor'),
        ),
        migrations.AddConstraint(
            model_name='due',
            constraint=models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0)), name='due_positive'),
        ),
        migrations.AddConstraint(
            model_name='due',
            constraint=models.CheckConstraint(condition=models.Q(('debtor', models.F('creditor')), _negated=True), name='due_to_somebody_else'),
        ),
        migrations.AddConstraint(
            model_name='due',
            constraint=models.CheckConstraint(condition=models.Q(('cause__in', ['sheet', 'refund'])), name='due_cause_known'),
        ),
        migrations.AddConstraint(
            model_name='due',
            constraint=models.CheckConstraint(condition=models.Q(('most_bp__gte', 1), ('most_bp__lte', 10000)), name='due_most_is_a_part'),
        ),
        migrations.AddConstraint(
            model_name='duepart',
            constraint=models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0)), name='due_part_positive'),
        ),
        migrations.AddConstraint(
            model_name='duepart',
            constraint=models.UniqueConstraint(fields=('due', 'transfer_client_id'), name='due_part_once_a_transfer'),
        ),
        migrations.AddConstraint(
            model_name='periodsheet',
            constraint=models.UniqueConstraint(fields=('agreement_version', 'month'), name='one_sheet_a_version_and_month'),
        ),
        migrations.AddConstraint(
            model_name='periodsheet',
            constraint=models.CheckConstraint(condition=models.Q(('month__day', 1)), name='sheet_of_a_month'),
        ),
        migrations.RunSQL(sql.immutable("settlement_periodsheet"), sql.mutable("settlement_periodsheet")),
        migrations.RunSQL(sql.immutable("settlement_due"), sql.mutable("settlement_due")),
        migrations.RunSQL(sql.immutable("settlement_duepart"), sql.mutable("settlement_duepart")),
        migrations.RunSQL(WITHIN, NOT_WITHIN),
    ]
