"""Promises to cover what a price does not carry (append-only), and which lines are settled."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from fieldcast.kit import sql


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0003_cover'),
        ('catalog', '0002_append_only'),
        ('trade', '0005_forged_notices'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ShortfallCover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('price_fen', models.PositiveIntegerField()),
                ('packs', models.PositiveIntegerField()),
                ('shortfall_fen', models.BigIntegerField()),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name='orderline',
            name='settled_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name='orderline',
            index=models.Index(condition=models.Q(('settled_at__isnull', True)), fields=['order'], name='order_line_not_settled'),
        ),
        migrations.AddField(
            model_name='shortfallcover',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='shortfallcover',
            name='offer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='covers', to='trade.offer'),
        ),
        migrations.AddConstraint(
            model_name='shortfallcover',
            constraint=models.CheckConstraint(condition=models.Q(('shortfall_fen__gt', 0)), name='shortfall_cover_positive'),
        ),
        migrations.RunSQL(sql.immutable("trade_shortfallcover"), sql.mutable("trade_shortfallcover")),
    ]
