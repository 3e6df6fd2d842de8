"""What a decision lets one party bear is kept line by line; an exchange has its parcel, and what came back its end."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from fieldcast.kit import sql


TABLES = ("trade_bornerefund", "trade_replacementparcel", "trade_returnedgoods")
# What was decided before and is not settled: of orders of one line it is known which line lost it.
DECIDED = """
INSERT INTO trade_bornerefund (line_id, refund_id, role, amount_fen)
SELECT l.id, s.refund_id, CASE s.borne_by WHEN 'packer' THEN 'cooperative' ELSE s.borne_by END, s.amount_fen
FROM trade_refundrequeststep s JOIN trade_refundrequest r ON r.id = s.request_id
JOIN trade_refund b ON b.id = s.refund_id AND b.kind = 'after_sale'
JOIN trade_orderline l ON l.order_id = r.order_id AND l.settled_at IS NULL
WHERE s.borne_by <> '' AND s.amount_fen > 0
  AND (SELECT count(*) FROM trade_orderline o WHERE o.order_id = r.order_id) = 1;
SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0011_companies'),
        ('catalog', '0006_lots_sorted_out'),
        ('trade', '0026_refunds_of_settled'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BorneRefund',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(max_length=12)),
                ('amount_fen', models.PositiveIntegerField()),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='borne', to='trade.orderline')),
                ('refund', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='borne', to='trade.refund')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('line', 'refund'), name='line_borne_once_a_refund'), models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0)), name='borne_refund_of_something')],
            },
        ),
        migrations.CreateModel(
            name='ReplacementParcel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('tracking_number', models.CharField(max_length=40)),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('carrier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('request', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='parcel', to='trade.refundrequest')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('carrier', 'tracking_number'), name='replacement_tracking_once_a_carrier')],
            },
        ),
        migrations.CreateModel(
            name='ReturnedGoods',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('put_back', models.PositiveIntegerField()),
                ('written_off', models.PositiveIntegerField()),
                ('why', models.CharField(max_length=200)),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='returned', to='trade.orderline')),
                ('lot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.lot')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='returned', to='trade.refundrequest')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('request', 'line'), name='line_came_back_once_a_request'), models.CheckConstraint(condition=models.Q(('put_back__gt', 0), ('written_off__gt', 0), _connector='OR'), name='returned_goods_of_something')],
            },
        ),
        migrations.RunSQL(DECIDED, migrations.RunSQL.noop),
        *(migrations.RunSQL(sql.immutable(table), sql.mutable(table)) for table in TABLES),
    ]
