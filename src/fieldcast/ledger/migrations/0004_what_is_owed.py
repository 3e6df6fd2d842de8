"""What parties owe may go below zero, as advances may: `ledger_account_guarded` lets such an account be made."""

from django.db import migrations

GUARD = """
CREATE OR REPLACE FUNCTION ledger_guard_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.balance_fen = 0 AND NEW.held_fen = 0
       AND (NOT NEW.may_go_negative OR NEW.purpose = ANY ('{purposes}')) THEN RETURN NEW; END IF;
  ELSIF (NEW.id, NEW.county_id, NEW.party, NEW.purpose, NEW.may_go_negative)
        IS NOT DISTINCT FROM (OLD.id, OLD.county_id, OLD.party, OLD.purpose, OLD.may_go_negative)
        AND ((NEW.balance_fen = OLD.balance_fen AND NEW.held_fen = OLD.held_fen) OR pg_trigger_depth() > 1) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'account %/% moves through postings and holds alone', NEW.party, NEW.purpose
    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ledger_account_guarded';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_the_world_is_summed")]

    operations = [
        migrations.RunSQL(
            GUARD.replace("{purposes}", "{advance,debt,owed,world}"), GUARD.replace("{purposes}", "{advance,world}")
        ),
    ]
