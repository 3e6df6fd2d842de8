"""How a file's columns were named is kept by what is wanted: one column of a file may be read for two things."""

from django.db import migrations

TURN = """
UPDATE trade_importbatch SET column_map =
  (SELECT jsonb_object_agg(pair.value, pair.key) FROM jsonb_each_text(column_map) AS pair)
WHERE column_map <> '{}'::jsonb
"""


class Migration(migrations.Migration):

    dependencies = [
        ("outside", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(TURN, TURN),
    ]
