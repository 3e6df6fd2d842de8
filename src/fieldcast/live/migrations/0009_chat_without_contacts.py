"""Lines of chat written before phone numbers and chat ids were hidden: that they are not kept holds for these too."""

from django.db import migrations

from fieldcast.live.contacts import without_contacts

AT_ONCE = 2000


def hide_contacts(apps, schema_editor):
    """Rewrite what holds one. What it hid is nowhere else: it cannot be taken back."""
    Message = apps.get_model("live", "Message")
    changed = []
    for row in Message.objects.order_by("id").only("id", "text").iterator(AT_ONCE):
        hidden = without_contacts(row.text)
        if hidden != row.text:
            row.text = hidden
            changed.append(row)
    Message.objects.bulk_update(changed, ["text"], batch_size=AT_ONCE)


class Migration(migrations.Migration):
    dependencies = [("live", "0008_visits")]

    operations = [migrations.RunPython(hide_contacts, migrations.RunPython.noop)]
