"""Companies and associations take part: they own brands, serve technically, stand behind hosts, insure, invest."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0010_office'),
    ]

    operations = [
        migrations.AlterField(
            model_name='organisation',
            name='kind',
            field=models.CharField(choices=[('household', 'household'), ('cooperative', 'cooperative'), ('host', 'host'), ('carrier', 'carrier'), ('service_centre', 'service_centre'), ('testing_station', 'testing_station'), ('authority', 'authority'), ('company', 'company')], max_length=20),
        ),
    ]
