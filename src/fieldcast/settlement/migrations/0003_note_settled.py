"""Tell trade which lines were settled before trade was told."""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def note_settled(apps, schema_editor):
    lines = apps.get_model("trade", "OrderLine")
    settled = apps.get_model("settlement", "SettledLine")
    at = settled.objects.filter(order_line_id=OuterRef("pk")).values("settled_at")[:1]
    rows = lines.objects.filter(settled_at__isnull=True, pk__in=settled.objects.values("order_line_id"))
    rows.update(settled_at=Subquery(at))


class Migration(migrations.Migration):
    dependencies = [("settlement", "0002_append_only"), ("trade", "0006_cover")]

    operations = [migrations.RunPython(note_settled, migrations.RunPython.noop)]
