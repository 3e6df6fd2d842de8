"""What is done with a session is a row with who and when; so is who hid a line, and why. What stands is told as far as its
columns know it: nobody's name but the planner's, and of explanations only the one that is being given.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from fieldcast.kit import sql

TELL = """
INSERT INTO live_sessionstep (session_id, deed, offer_id, by_id, at)
SELECT id, 'planned', NULL::bigint, created_by_id, created_at FROM live_session
UNION ALL SELECT id, 'opened', NULL, NULL, opened_at FROM live_session WHERE opened_at IS NOT NULL
UNION ALL SELECT id, 'explained', explaining_offer_id, NULL, opened_at FROM live_session WHERE explaining_offer_id IS NOT NULL
UNION ALL SELECT id, 'ended', NULL, NULL, closed_at FROM live_session WHERE closed_at IS NOT NULL
ORDER BY 1, 5
"""


class Migration(migrations.Migration):
    dependencies = [("live", "0002_append_only"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            name="SessionStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("deed", models.CharField(choices=[("planned", "planned"), ("changed", "changed"), ("opened", "opened"), ("explained", "explained"), ("ended", "ended"), ("cancelled", "cancelled")], max_length=10)),
                ("offer_id", models.BigIntegerField(blank=True, null=True)),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("session", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="live.session")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("deed__in", ["planned", "changed", "opened", "explained", "ended", "cancelled"])), name="session_deed_known"),
                    models.CheckConstraint(condition=models.Q(("offer_id__isnull", True), ("deed", "explained"), _connector="OR"), name="only_an_explanation_names_an_offer"),
                ],
            },
        ),
        migrations.AddField(
            model_name="message",
            name="hidden_by",
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(model_name="message", name="hidden_why", field=models.CharField(blank=True, default="", max_length=100)),
        migrations.RunSQL(TELL, migrations.RunSQL.noop),
        migrations.RunSQL(sql.immutable("live_sessionstep"), sql.mutable("live_sessionstep")),
    ]
