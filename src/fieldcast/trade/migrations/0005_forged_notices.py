"""Forged notices move out from among the true ones, which stay for ever: the first of each hour are kept for a while
with what they said, the others are only counted. The database keeps even these until their time is over.
"""

from typing import ClassVar

from django.db import migrations, models

from fieldcast.kit import sql

KEPT = "90 days"

# True notices are never deleted, so what guards them steps aside for as long as the forged ones move.
OUT = """
ALTER TABLE trade_paymentnotice DISABLE TRIGGER trade_paymentnotice_immutable;
WITH gone AS (DELETE FROM trade_paymentnotice WHERE outcome = 'rejected' RETURNING *),
numbered AS (
  SELECT provider, left(reason, 40) AS reason, left(body, 500) AS body, received_at,
    date_trunc('hour', received_at) AS hour,
    row_number() OVER (PARTITION BY provider, date_trunc('hour', received_at) ORDER BY id) AS number
  FROM gone
),
kept AS (
  INSERT INTO trade_forgednotice (provider, reason, body, received_at)
  SELECT provider, reason, body, received_at FROM numbered WHERE number <= 100 ORDER BY received_at
)
INSERT INTO trade_noticecount (provider, outcome, reason, reference, hour, shard, count, first_at, last_at)
SELECT provider, 'rejected', reason, '', hour, 0, count(*), min(received_at), max(received_at)
FROM numbered WHERE number > 100 GROUP BY provider, reason, hour;
ALTER TABLE trade_paymentnotice ENABLE TRIGGER trade_paymentnotice_immutable;
"""
BACK = """
INSERT INTO trade_paymentnotice (provider, notice_id, event, reference, outcome, reason, body, received_at)
SELECT provider, '', '', '', 'rejected', reason, body, received_at FROM trade_forgednotice ORDER BY id;
"""

COUNTS = f"""
CREATE FUNCTION trade_noticecount_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.count > OLD.count AND NEW.last_at >= OLD.last_at AND NEW.first_at <= OLD.first_at
    AND (NEW.id, NEW.provider, NEW.outcome, NEW.reason, NEW.reference, NEW.hour, NEW.shard)
      = (OLD.id, OLD.provider, OLD.outcome, OLD.reason, OLD.reference, OLD.hour, OLD.shard) THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'DELETE' AND OLD.outcome = 'rejected' AND OLD.last_at <= now() - interval '{KEPT}' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION '% only counts on', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation',
    CONSTRAINT = 'trade_noticecount_guarded';
END $$;
CREATE TRIGGER trade_noticecount_guarded BEFORE UPDATE OR DELETE ON trade_noticecount
  FOR EACH ROW EXECUTE FUNCTION trade_noticecount_guard();
CREATE TRIGGER trade_noticecount_no_truncate BEFORE TRUNCATE ON trade_noticecount
  FOR EACH STATEMENT EXECUTE FUNCTION fieldcast_immutable();
-- a row that is counted on leaves room for its next version beside it
ALTER TABLE trade_noticecount SET (fillfactor = 50);
"""
UNCOUNTED = """
DROP TRIGGER trade_noticecount_guarded ON trade_noticecount;
DROP TRIGGER trade_noticecount_no_truncate ON trade_noticecount;
DROP FUNCTION trade_noticecount_guard();
"""
ANY = ["applied", "duplicate", "stale", "returned", "mismatched", "rejected"]
TRUE = [outcome for outcome in ANY if outcome != "rejected"]


def _known(outcomes: list[str]) -> models.CheckConstraint:
    return models.CheckConstraint(condition=models.Q(("outcome__in", outcomes)), name="notice_outcome_known")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("trade", "0004_book_payment")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="ForgedNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("provider", models.CharField(blank=True, default="", max_length=20)),
                ("reason", models.CharField(max_length=40)),
                ("body", models.TextField(blank=True, default="")),
                ("received_at", models.DateTimeField()),
            ],
            options={"indexes": [models.Index(fields=["provider", "received_at"], name="forged_by_provider")]},
        ),
        migrations.CreateModel(
            name="NoticeCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("provider", models.CharField(blank=True, default="", max_length=20)),
                ("outcome", models.CharField(max_length=10)),
                ("reason", models.CharField(blank=True, default="", max_length=40)),
                ("reference", models.CharField(blank=True, default="", max_length=40)),
                ("hour", models.DateTimeField()),
                ("shard", models.SmallIntegerField()),
                ("count", models.BigIntegerField()),
                ("first_at", models.DateTimeField()),
                ("last_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["reference"], name="notice_count_reference")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("provider", "outcome", "reason", "reference", "hour", "shard"),
                        name="notices_counted_in_their_hour",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["duplicate", "rejected"])), name="notice_count_outcome_known"
                    ),
                    models.CheckConstraint(condition=models.Q(("count__gte", 1)), name="notice_count_positive"),
                ],
            },
        ),
        migrations.RunSQL(OUT, BACK),
        migrations.RemoveConstraint(model_name="paymentnotice", name="notice_outcome_known"),
        migrations.AddConstraint(model_name="paymentnotice", constraint=_known(TRUE)),
        migrations.RunSQL(
            sql.immutable_until("trade_forgednotice", column="received_at", kept=KEPT),
            sql.mutable_again("trade_forgednotice"),
        ),
        migrations.RunSQL(COUNTS, UNCOUNTED),
    ]
