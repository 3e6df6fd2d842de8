"""What went back to buyers of lines that were settled."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from fieldcast.kit import sql


class Migration(migrations.Migration):

    dependencies = [
        ('settlement', '0006_composed'),
        ('trade', '0026_refunds_of_settled'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('refund_reference', models.CharField(max_length=24)),
                ('run_key', models.CharField(max_length=40)),
                ('amount_fen', models.BigIntegerField()),
                ('borne_by', models.CharField(blank=True, default='', max_length=24)),
                ('why', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('order_line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trade.orderline')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0)), name='correction_of_something'), models.UniqueConstraint(fields=('order_line', 'refund_reference'), name='correction_once_a_refund')],
            },
        ),
        migrations.RunSQL(sql.immutable("settlement_correction"), sql.mutable("settlement_correction")),
    ]
