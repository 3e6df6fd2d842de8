"""Orders from outside in a room of their own. Their tables stay as and where they are, with the names they had in trade;
only Django's own account of them moves: whose model it is, and with it permissions and what was noted in the admin.
"""

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


WHOSE = """
UPDATE django_content_type SET app_label = '{now}'
WHERE app_label = '{before}' AND model IN ('importbatch', 'outsideorder', 'outsideorderrevision')
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0007_standing_changes'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('trade', '0010_outside_moves_out'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='ImportBatch',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('channel', models.CharField(max_length=20)),
                        ('file_name', models.CharField(max_length=200)),
                        ('sha256', models.CharField(max_length=64)),
                        ('column_map', models.JSONField(default=dict)),
                        ('rows', models.PositiveIntegerField()),
                        ('inserted', models.PositiveIntegerField()),
                        ('updated', models.PositiveIntegerField()),
                        ('unchanged', models.PositiveIntegerField()),
                        ('older', models.PositiveIntegerField(default=0)),
                        ('created_at', models.DateTimeField()),
                        ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.county')),
                        ('imported_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ],
                    options={
                        'db_table': 'trade_importbatch',
                    },
                ),
                migrations.CreateModel(
                    name='OutsideOrder',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('channel', models.CharField(max_length=20)),
                        ('outside_number', models.CharField(max_length=64)),
                        ('amount_fen', models.BigIntegerField()),
                        ('paid_fen', models.BigIntegerField()),
                        ('refund_fen', models.BigIntegerField(null=True)),
                        ('province', models.CharField(blank=True, default='', max_length=20)),
                        ('city', models.CharField(blank=True, default='', max_length=40)),
                        ('product_title', models.CharField(blank=True, default='', max_length=200)),
                        ('quantity', models.PositiveIntegerField(null=True)),
                        ('created_at', models.DateTimeField()),
                        ('paid_at', models.DateTimeField(null=True)),
                        ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='outside.importbatch')),
                        ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.county')),
                        ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ],
                    options={
                        'db_table': 'trade_outsideorder',
                    },
                ),
                migrations.CreateModel(
                    name='OutsideOrderRevision',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('amount_fen', models.BigIntegerField()),
                        ('paid_fen', models.BigIntegerField()),
                        ('refund_fen', models.BigIntegerField(null=True)),
                        ('paid_at', models.DateTimeField(null=True)),
                        ('replaced_at', models.DateTimeField()),
                        ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='outside.importbatch')),
                        ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='outside.outsideorder')),
                        ('replaced_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='outside.importbatch')),
                    ],
                    options={
                        'db_table': 'trade_outsideorderrevision',
                    },
                ),
                migrations.AddIndex(
                    model_name='importbatch',
                    index=models.Index(fields=['county', '-created_at'], name='trade_impor_county__525817_idx'),
                ),
                migrations.AddIndex(
                    model_name='importbatch',
                    index=models.Index(fields=['sha256'], name='import_batch_by_content'),
                ),
                migrations.AddConstraint(
                    model_name='importbatch',
                    constraint=models.CheckConstraint(condition=models.Q(('rows', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('inserted'), '+', models.F('updated')), '+', models.F('unchanged')), '+', models.F('older')))), name='import_batch_every_row_counted'),
                ),
                migrations.AddIndex(
                    model_name='outsideorder',
                    index=models.Index(fields=['county', 'created_at'], name='trade_outsi_county__a23a13_idx'),
                ),
                migrations.AddConstraint(
                    model_name='outsideorder',
                    constraint=models.UniqueConstraint(fields=('county', 'channel', 'outside_number'), name='outside_order_once'),
                ),
                migrations.AddConstraint(
                    model_name='outsideorder',
                    constraint=models.CheckConstraint(condition=models.Q(('amount_fen__gte', 0), ('paid_fen__gte', 0), models.Q(('refund_fen__isnull', True), ('refund_fen__gte', 0), _connector='OR')), name='outside_order_not_negative'),
                ),
                migrations.AddConstraint(
                    model_name='outsideorder',
                    constraint=models.CheckConstraint(condition=models.Q(('paid_fen__lte', models.F('amount_fen'))), name='outside_order_paid_within_amount'),
                ),
                migrations.AddConstraint(
                    model_name='outsideorder',
                    constraint=models.CheckConstraint(condition=models.Q(('refund_fen__isnull', True), ('refund_fen__lte', models.F('paid_fen')), _connector='OR'), name='outside_order_refund_within_paid'),
                ),
                migrations.AddConstraint(
                    model_name='outsideorder',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('paid_at__isnull', True), ('paid_fen', 0), ('refund_fen', 0), ('refund_fen__isnull', False)), models.Q(('paid_at__gte', models.F('created_at')), ('paid_at__isnull', False)), _connector='OR'), name='outside_order_paid_at_a_time'),
                ),
                migrations.AddConstraint(
                    model_name='outsideorder',
                    constraint=models.CheckConstraint(condition=models.Q(('quantity__isnull', True), ('quantity__gte', 1), _connector='OR'), name='outside_order_quantity_positive'),
                ),
            ],
        ),
        migrations.RunSQL(WHOSE.format(before="trade", now="outside"), WHOSE.format(before="outside", now="trade")),
    ]
