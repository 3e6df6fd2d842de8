"""The book's tables, and the guards that make its rules hold whoever writes.

Each guard raises with the name of a constraint, so that a test and a sentence for the user can tell it apart:

- `ledger_transfer_balanced`: at commit, a transfer has at least two postings and they sum to zero;
- `ledger_posting_late`: postings are written in the transaction that opened their transfer, so a finished transfer
  cannot grow;
- `ledger_transfer_immutable`, `ledger_posting_immutable`: neither is changed, deleted or truncated;
- `ledger_account_guarded`: balance and held amount move through postings and holds alone, the rest of an account never;
- `ledger_hold_guarded`: a hold is released once, and nothing else about it changes;
- `ledger_account_immutable`, `ledger_hold_immutable`: accounts and holds are not deleted or truncated;
- `ledger_account_not_overdrawn` and the other CHECK constraints of the models.
"""

import django.db.models.deletion
from django.db import migrations, models

from fieldcast.kit.sql import immutable, mutable

GUARDS = """
-- Hot accounts are updated by every payment: room on the page keeps those updates off the indexes.
ALTER TABLE ledger_account SET (fillfactor = 50);

CREATE FUNCTION ledger_check_transfer() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE sides bigint; total numeric;
BEGIN
  SELECT count(*), coalesce(sum(amount_fen), 0) INTO sides, total FROM ledger_posting WHERE transfer_id = NEW.id;
  IF sides < 2 OR total <> 0 THEN
    RAISE EXCEPTION 'transfer % has % postings that sum to % fen', NEW.client_id, sides, total
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ledger_transfer_balanced';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ledger_transfer_balanced AFTER INSERT ON ledger_transfer
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_check_transfer();

CREATE FUNCTION ledger_apply_postings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM written w JOIN ledger_transfer t ON t.id = w.transfer_id WHERE t.opened_in <> txid_current()
  ) THEN
    RAISE EXCEPTION 'a finished transfer takes no more postings'
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ledger_posting_late';
  END IF;
  UPDATE ledger_account a SET balance_fen = a.balance_fen + moved.fen
  FROM (SELECT account_id, sum(amount_fen)::bigint AS fen FROM written GROUP BY account_id) moved
  WHERE a.id = moved.account_id;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_posting_applied AFTER INSERT ON ledger_posting
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION ledger_apply_postings();

CREATE FUNCTION ledger_guard_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.account_id, NEW.amount_fen, NEW.client_id, NEW.reason, NEW.created_at)
     IS DISTINCT FROM (OLD.id, OLD.account_id, OLD.amount_fen, OLD.client_id, OLD.reason, OLD.created_at)
     OR (OLD.released_at IS NOT NULL AND NEW.released_at IS DISTINCT FROM OLD.released_at)
     OR (OLD.captured_by_id IS NOT NULL AND NEW.captured_by_id IS DISTINCT FROM OLD.captured_by_id) THEN
    RAISE EXCEPTION 'hold % is released once and never changed', OLD.client_id
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ledger_hold_guarded';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ledger_hold_guarded BEFORE UPDATE ON ledger_hold
  FOR EACH ROW EXECUTE FUNCTION ledger_guard_hold();

CREATE FUNCTION ledger_apply_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.released_at IS NULL THEN
      UPDATE ledger_account SET held_fen = held_fen + NEW.amount_fen WHERE id = NEW.account_id;
    END IF;
  ELSIF OLD.released_at IS NULL AND NEW.released_at IS NOT NULL THEN
    UPDATE ledger_account SET held_fen = held_fen - NEW.amount_fen WHERE id = NEW.account_id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_hold_applied AFTER INSERT OR UPDATE ON ledger_hold
  FOR EACH ROW EXECUTE FUNCTION ledger_apply_hold();

-- The two functions above write from within a trigger; anyone else writes at depth one.
CREATE FUNCTION ledger_guard_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.balance_fen = 0 AND NEW.held_fen = 0 THEN RETURN NEW; END IF;
  ELSIF (NEW.id, NEW.county_id, NEW.party, NEW.purpose, NEW.may_go_negative)
        IS NOT DISTINCT FROM (OLD.id, OLD.county_id, OLD.party, OLD.purpose, OLD.may_go_negative)
        AND ((NEW.balance_fen = OLD.balance_fen AND NEW.held_fen = OLD.held_fen) OR pg_trigger_depth() > 1) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'account %/% moves through postings and holds alone', NEW.party, NEW.purpose
    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ledger_account_guarded';
END $$;
CREATE TRIGGER ledger_account_guarded BEFORE INSERT OR UPDATE ON ledger_account
  FOR EACH ROW EXECUTE FUNCTION ledger_guard_account();

CREATE TRIGGER ledger_account_kept BEFORE DELETE ON ledger_account
  FOR EACH ROW EXECUTE FUNCTION fieldcast_immutable();
CREATE TRIGGER ledger_account_no_truncate BEFORE TRUNCATE ON ledger_account
  FOR EACH STATEMENT EXECUTE FUNCTION fieldcast_immutable();
CREATE TRIGGER ledger_hold_kept BEFORE DELETE ON ledger_hold
  FOR EACH ROW EXECUTE FUNCTION fieldcast_immutable();
CREATE TRIGGER ledger_hold_no_truncate BEFORE TRUNCATE ON ledger_hold
  FOR EACH STATEMENT EXECUTE FUNCTION fieldcast_immutable();
"""
UNGUARD = """
DROP TRIGGER ledger_hold_no_truncate ON ledger_hold;
DROP TRIGGER ledger_hold_kept ON ledger_hold;
DROP TRIGGER ledger_account_no_truncate ON ledger_account;
DROP TRIGGER ledger_account_kept ON ledger_account;
DROP TRIGGER ledger_account_guarded ON ledger_account;
DROP FUNCTION ledger_guard_account();
DROP TRIGGER ledger_hold_applied ON ledger_hold;
DROP FUNCTION ledger_apply_hold();
DROP TRIGGER ledger_hold_guarded ON ledger_hold;
DROP FUNCTION ledger_guard_hold();
DROP TRIGGER ledger_posting_applied ON ledger_posting;
DROP FUNCTION ledger_apply_postings();
DROP TRIGGER ledger_transfer_balanced ON ledger_transfer;
DROP FUNCTION ledger_check_transfer();
ALTER TABLE ledger_account RESET (fillfactor);
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('county_id', models.BigIntegerField()),
                ('party', models.CharField(max_length=64)),
                ('purpose', models.CharField(max_length=20)),
                ('may_go_negative', models.BooleanField(default=False)),
                ('balance_fen', models.BigIntegerField(db_default=0, default=0)),
                ('held_fen', models.BigIntegerField(db_default=0, default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('party', 'purpose'), name='ledger_account_once'), models.CheckConstraint(condition=models.Q(('may_go_negative', True), ('balance_fen__gte', models.F('held_fen')), _connector='OR'), name='ledger_account_not_overdrawn'), models.CheckConstraint(condition=models.Q(('held_fen__gte', 0)), name='ledger_account_held_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='Transfer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('client_id', models.CharField(max_length=80, unique=True)),
                ('kind', models.CharField(max_length=32)),
                ('memo', models.CharField(blank=True, default='', max_length=200)),
                ('reference', models.CharField(blank=True, default='', max_length=80)),
                ('created_at', models.DateTimeField()),
                ('opened_in', models.BigIntegerField(db_default=models.Func(function='txid_current', output_field=models.BigIntegerField()), editable=False)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('reference', ''), _negated=True), fields=['reference'], name='ledger_transfer_reference')],
            },
        ),
        migrations.CreateModel(
            name='Posting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount_fen', models.BigIntegerField()),
                ('account', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='ledger.account')),
                ('transfer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='ledger.transfer')),
            ],
            options={
                'indexes': [models.Index(fields=['account', '-id'], name='ledger_posting_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount_fen', 0), _negated=True), name='ledger_posting_not_zero')],
            },
        ),
        migrations.CreateModel(
            name='Hold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount_fen', models.BigIntegerField()),
                ('client_id', models.CharField(max_length=80, unique=True)),
                ('reason', models.CharField(blank=True, default='', max_length=200)),
                ('created_at', models.DateTimeField()),
                ('released_at', models.DateTimeField(blank=True, null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holds', to='ledger.account')),
                ('captured_by', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='hold', to='ledger.transfer')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0)), name='ledger_hold_positive'), models.CheckConstraint(condition=models.Q(('captured_by', None), ('released_at__isnull', False), _connector='OR'), name='ledger_hold_captured_is_released')],
            },
        ),
        migrations.RunSQL(immutable("ledger_transfer"), mutable("ledger_transfer")),
        migrations.RunSQL(immutable("ledger_posting"), mutable("ledger_posting")),
        migrations.RunSQL(GUARDS, UNGUARD),
    ]
