"""Money may go back after a line was settled, too."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('trade', '0025_remedies_and_clocks'),
    ]

    operations = [
        migrations.AlterField(
            model_name='refund',
            name='kind',
            field=models.CharField(choices=[('before_shipment', 'before_shipment'), ('after_sale', 'after_sale'), ('late_payment', 'late_payment'), ('settled', 'settled')], max_length=16),
        ),
    ]
