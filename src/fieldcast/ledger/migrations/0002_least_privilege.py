"""The book under a user who does not own it, and no way to add to a transfer that was already judged.

- `ledger_posting_balanced`: the balance of a transfer is looked at once more for each posting, at commit. Without it
  `SET CONSTRAINTS ALL IMMEDIATE` judges the transfer early, and a posting written after it was judged by nobody.
- The two functions that move balances and held amounts run as the owner of the tables, since the platform's own user
  may not write those columns at all. Nobody else may call them: hung on a temporary table of one's own, they would
  move any balance.
- `ledger_account_guarded`: a new account may go below zero only where its purpose (`NEGATIVE_PURPOSES`) allows it.
"""

from django.db import migrations

GUARDS = """
CREATE FUNCTION ledger_check_posting() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE sides bigint; total numeric;
BEGIN
  SELECT count(*), coalesce(sum(amount_fen), 0) INTO sides, total
  FROM ledger_posting WHERE transfer_id = NEW.transfer_id;
  IF sides < 2 OR total <> 0 THEN
    RAISE EXCEPTION 'transfer number % has % postings that sum to % fen', NEW.transfer_id, sides, total
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ledger_transfer_balanced';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ledger_posting_balanced AFTER INSERT ON ledger_posting
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_check_posting();

CREATE OR REPLACE FUNCTION ledger_guard_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.balance_fen = 0 AND NEW.held_fen = 0
       AND (NOT NEW.may_go_negative OR NEW.purpose = ANY ('{advance,world}')) THEN RETURN NEW; END IF;
  ELSIF (NEW.id, NEW.county_id, NEW.party, NEW.purpose, NEW.may_go_negative)
        IS NOT DISTINCT FROM (OLD.id, OLD.county_id, OLD.party, OLD.purpose, OLD.may_go_negative)
        AND ((NEW.balance_fen = OLD.balance_fen AND NEW.held_fen = OLD.held_fen) OR pg_trigger_depth() > 1) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'account %/% moves through postings and holds alone', NEW.party, NEW.purpose
    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ledger_account_guarded';
END $$;

ALTER FUNCTION ledger_apply_postings() SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION ledger_apply_hold() SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp;
REVOKE EXECUTE ON FUNCTION ledger_apply_postings() FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION ledger_apply_hold() FROM PUBLIC;
"""
UNGUARD = """
CREATE OR REPLACE FUNCTION ledger_guard_account() RETURNS trigger LANGUAGE plpgsql AS $$
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
GRANT EXECUTE ON FUNCTION ledger_apply_hold() TO PUBLIC;
GRANT EXECUTE ON FUNCTION ledger_apply_postings() TO PUBLIC;
ALTER FUNCTION ledger_apply_hold() SECURITY INVOKER RESET search_path;
ALTER FUNCTION ledger_apply_postings() SECURITY INVOKER RESET search_path;
DROP TRIGGER ledger_posting_balanced ON ledger_posting;
DROP FUNCTION ledger_check_posting();
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [
        migrations.RunSQL(GUARDS, UNGUARD),
    ]
