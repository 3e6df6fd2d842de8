"""The columns of an agreement's parties go, now that each is a row; the rows are as unchangeable as the columns were.

Nobody joins an agreement that has terms, and terms are of an agreement that names its parties.
"""

import django.db.models.deletion
from django.db import migrations, models

from fieldcast.kit import sql

OLD = ("county_id", "cooperative_id", "host_id", "carrier_id", "created_at")
ROLES = ("cooperative", "host", "carrier")
BACK = "".join(
    f"""
UPDATE agreements_agreement a SET {role}_id = p.organisation_id
FROM agreements_agreementparty p WHERE p.agreement_id = a.id AND p.role = '{role}';
"""
    for role in ROLES
) + "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED;"
NAMED = """
CREATE FUNCTION agreements_judge_parties() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'agreements_agreementparty' THEN
    IF EXISTS (SELECT 1 FROM agreements_agreementversion v WHERE v.agreement_id = NEW.agreement_id) THEN
      RAISE EXCEPTION 'nobody joins an agreement that has terms' USING ERRCODE = 'integrity_constraint_violation',
        CONSTRAINT = 'agreements_agreementparty_joins';
    END IF;
  ELSIF (SELECT count(*) FROM agreements_agreementparty p WHERE p.agreement_id = NEW.agreement_id
         AND p.role IN ('cooperative', 'host', 'carrier')) < 3 THEN
    RAISE EXCEPTION 'terms without parties' USING ERRCODE = 'integrity_constraint_violation',
      CONSTRAINT = 'agreements_agreementversion_named';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER agreements_agreementparty_joins BEFORE INSERT ON agreements_agreementparty
  FOR EACH ROW EXECUTE FUNCTION agreements_judge_parties();
CREATE TRIGGER agreements_agreementversion_named BEFORE INSERT ON agreements_agreementversion
  FOR EACH ROW EXECUTE FUNCTION agreements_judge_parties();
"""
UNNAMED = """
DROP TRIGGER agreements_agreementversion_named ON agreements_agreementversion;
DROP TRIGGER agreements_agreementparty_joins ON agreements_agreementparty;
DROP FUNCTION agreements_judge_parties();
"""




def column(**options):
    """A party's column, as it was."""
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation", **options
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_append_only"), ("agreements", "0006_parties")]

    operations = [
        migrations.RunSQL(sql.thawed_columns("agreements_agreement"), sql.frozen_columns("agreements_agreement", *OLD)),
        *(migrations.AlterField("agreement", role, column(null=True)) for role in ROLES),
        migrations.RunSQL(migrations.RunSQL.noop, BACK),
        *(migrations.RemoveField("agreement", role) for role in ROLES),
        migrations.RunSQL(
            sql.frozen_columns("agreements_agreement", "county_id", "created_at"),
            sql.thawed_columns("agreements_agreement"),
        ),
        migrations.RunSQL(sql.immutable("agreements_agreementparty"), sql.mutable("agreements_agreementparty")),
        migrations.RunSQL(NAMED, UNNAMED),
    ]
