"""Orders from outside are no longer trade's: the next step takes them into `outside`, and nothing happens to the tables."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("trade", "0009_functions_in_files")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel("OutsideOrderRevision"),
                migrations.DeleteModel("OutsideOrder"),
                migrations.DeleteModel("ImportBatch"),
            ]
        )
    ]
