"""Whether a session is for the public's benefit follows the terms it sells under; so far some said it themselves."""

from django.db import migrations

FOLLOW = """
UPDATE live_session AS session
SET public_benefit = coalesce((version.terms ->> 'public_benefit')::boolean, false)
FROM agreements_agreementversion AS version
WHERE version.id = session.agreement_version_id
  AND session.public_benefit <> coalesce((version.terms ->> 'public_benefit')::boolean, false)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("trade", "0019_refund_requests"),
        ("live", "0008_visits"),
        ("agreements", "0008_consents_are_asked_on_the_desk"),
    ]

    operations = [migrations.RunSQL(FOLLOW, migrations.RunSQL.noop)]
