"""A number in other digits (１９２…) was another person's: it is kept in 0 to 9, unless somebody signs in with that already."""

from django.db import migrations

from fieldcast.accounts.phones import normalise_phone
from fieldcast.kit.fields import blind_index


def rewrite(apps, schema_editor):
    person = apps.get_model("accounts", "Person")
    for row in person.objects.only("id", "phone").order_by("id").iterator(chunk_size=2000):
        if row.phone.isascii():
            continue
        try:
            phone = normalise_phone(row.phone)
        except ValueError:
            continue
        if not person.objects.filter(phone_hash=blind_index(phone)).exists():
            row.phone, row.phone_hash = phone, blind_index(phone)
            row.save(update_fields=["phone", "phone_hash"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_standing_changes")]

    operations = [migrations.RunPython(rewrite, migrations.RunPython.noop)]
