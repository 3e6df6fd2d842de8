"""Where a session's pictures come from is a row of its own. What stands keeps its clip: shown from when its session opened
until it ended, or still planned. One source at a time is a constraint; what was shown is a fact.
"""

import django.db.models.deletion
from django.db import migrations, models

from fieldcast.kit import sql

TELL = """
INSERT INTO live_sessionsource (session_id, kind, key, from_at, to_at)
SELECT id, 'clip', clip, opened_at, closed_at FROM live_session WHERE clip <> '' ORDER BY id
"""
UNTELL = """
UPDATE live_session SET clip = source.key FROM (
  SELECT DISTINCT ON (session_id) session_id, key FROM live_sessionsource WHERE kind = 'clip'
  ORDER BY session_id, id DESC
) source WHERE source.session_id = live_session.id
"""
# two ranges: equality of whole numbers has no operator class here without an extension
ONE_AT_A_TIME = """
ALTER TABLE live_sessionsource ADD CONSTRAINT one_source_at_a_time EXCLUDE USING gist (
  int8range(session_id, session_id, '[]') WITH &&, tstzrange(from_at, to_at) WITH &&
)
"""
FACTS = """
CREATE TRIGGER live_sessionsource_frozen BEFORE UPDATE OF session_id, kind, key ON live_sessionsource
  FOR EACH ROW WHEN (OLD.from_at IS NOT NULL) EXECUTE FUNCTION fieldcast_immutable();
CREATE TRIGGER live_sessionsource_kept BEFORE DELETE ON live_sessionsource
  FOR EACH ROW WHEN (OLD.from_at IS NOT NULL) EXECUTE FUNCTION fieldcast_immutable();
"""


class Migration(migrations.Migration):
    dependencies = [("live", "0003_who_and_when")]

    operations = [
        migrations.CreateModel(
            name="SessionSource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("key", models.CharField(max_length=60)),
                ("from_at", models.DateTimeField(blank=True, null=True)),
                ("to_at", models.DateTimeField(blank=True, null=True)),
                ("session", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="sources", to="live.session")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("to_at__isnull", True), ("to_at__gte", models.F("from_at")), _connector="OR"), name="source_ends_after_it_begins"),
                    models.CheckConstraint(condition=models.Q(("to_at__isnull", True), ("from_at__isnull", False), _connector="OR"), name="source_begins_before_it_ends"),
                    models.CheckConstraint(condition=models.Q(models.Q(("kind", ""), _negated=True), models.Q(("key", ""), _negated=True)), name="source_is_named"),
                ],
            },
        ),
        migrations.RunSQL(TELL, UNTELL),
        migrations.RunSQL(ONE_AT_A_TIME, "ALTER TABLE live_sessionsource DROP CONSTRAINT one_source_at_a_time"),
        migrations.RunSQL(
            f"{FACTS}{sql.written_once('live_sessionsource', 'from_at', 'to_at')}",
            sql.without("live_sessionsource", "frozen", "kept", "written_once"),
        ),
        migrations.RemoveField(model_name="session", name="clip"),
    ]
