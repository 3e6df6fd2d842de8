"""Where payouts go, and who let a fund pay below its floor, is sealed with the key that is not in the database."""

from typing import Any

from django.db import migrations, models

from fieldcast.kit import sql
from fieldcast.kit.fields import seal

TABLES = ("settlement_bankaccount", "settlement_fundanswer")


def seal_all(apps: Any, schema_editor: Any) -> None:
    """Rows that were written before are taken as they are."""
    from datetime import UTC

    for row in apps.get_model("settlement", "BankAccount").objects.all():
        at = row.at.astimezone(UTC).isoformat()
        said = (row.organisation_id, row.holder, row.bank, row.number, row.number_end, row.by_id, at)
        row.seal = seal(f"settlement.account:{said}")
        row.save(update_fields=["seal"])
    for row in apps.get_model("settlement", "FundAnswer").objects.all():
        said = (row.ask_id, row.approved, row.why, row.by_id, row.at.astimezone(UTC).isoformat())
        row.seal = seal(f"settlement.fund_answer:{said}")
        row.save(update_fields=["seal"])


class Migration(migrations.Migration):

    dependencies = [('settlement', '0010_member_accounts')]

    operations = [
        *(migrations.RunSQL(sql.mutable(table), sql.immutable(table)) for table in TABLES),
        migrations.AddField(
            model_name='bankaccount', name='seal', field=models.CharField(default='', max_length=64), preserve_default=False
        ),
        migrations.AddField(
            model_name='fundanswer', name='seal', field=models.CharField(default='', max_length=64), preserve_default=False
        ),
        migrations.RunPython(seal_all, migrations.RunPython.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED", migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name='bankaccount',
            constraint=models.UniqueConstraint(fields=('organisation', 'seal'), name='account_named_once'),
        ),
        *(migrations.RunSQL(sql.immutable(table), sql.mutable(table)) for table in TABLES),
    ]
