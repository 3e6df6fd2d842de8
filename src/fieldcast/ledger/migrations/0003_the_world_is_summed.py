"""An account is one of a county, a party and a purpose; an account of the world outside keeps no balance.

Every payment of a county has `outside:<provider>` on one side. As long as that account kept a balance, every payment
waited for the one before it until it was committed. It may always go below zero, so nobody asks for its balance before
money moves: it is the sum of its postings, read by reports and checks alone. What was posted on it before stays where
it is, on the account of the county that made it.

- `ledger_account_once`: one account a county, party and purpose;
- `ledger_account_world_is_summed`: an account of the world keeps neither balance nor held amount.
"""

from django.db import migrations, models
from django.db.models import Q

APPLY = """
CREATE OR REPLACE FUNCTION ledger_apply_postings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM written w JOIN ledger_transfer t ON t.id = w.transfer_id WHERE t.opened_in <> txid_current()
  ) THEN
    RAISE EXCEPTION 'a finished transfer takes no more postings'
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ledger_posting_late';
  END IF;
  UPDATE ledger_account a SET balance_fen = a.balance_fen + moved.fen
  FROM (SELECT account_id, sum(amount_fen)::bigint AS fen FROM written GROUP BY account_id) moved
  WHERE a.id = moved.account_id{kept};
  RETURN NULL;
END $$;
"""
# Replaced, a function forgets what was laid on it: as in the migration before this one.
LEAST = """
ALTER FUNCTION ledger_apply_postings() SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp;
REVOKE EXECUTE ON FUNCTION ledger_apply_postings() FROM PUBLIC;
"""
# The guard lets balances move through postings alone; here the owner moves them, once.
BALANCES = """
ALTER TABLE ledger_account DISABLE TRIGGER ledger_account_guarded;
UPDATE ledger_account SET balance_fen = {fen} WHERE purpose = 'world';
ALTER TABLE ledger_account ENABLE TRIGGER ledger_account_guarded;
"""
SUM = "coalesce((SELECT sum(amount_fen) FROM ledger_posting WHERE account_id = ledger_account.id), 0)"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_least_privilege")]

    operations = [
        migrations.RemoveConstraint(model_name="account", name="ledger_account_once"),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.UniqueConstraint(
                fields=["party", "purpose", "county_id"], name="ledger_account_once"
            ),
        ),
        migrations.RunSQL(
            APPLY.format(kept=" AND a.purpose <> 'world'") + LEAST, APPLY.format(kept="") + LEAST
        ),
        migrations.RunSQL(BALANCES.format(fen=0), BALANCES.format(fen=SUM)),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=~Q(purpose="world") | Q(balance_fen=0, held_fen=0),
                name="ledger_account_world_is_summed",
            ),
        ),
    ]
