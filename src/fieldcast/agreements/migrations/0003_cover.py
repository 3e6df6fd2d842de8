"""What stands behind a cooperative's promises: funds, their limits, money against bank slips, draws. Append-only."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from fieldcast.kit import sql


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_append_only'),
        ('agreements', '0002_append_only'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Fund',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60)),
                ('name_en', models.CharField(blank=True, default='', max_length=80)),
                ('created_at', models.DateTimeField()),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.county')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Draw',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount_fen', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('transfer_client_id', models.CharField(max_length=80)),
                ('cooperative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('fund', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='draws', to='agreements.fund')),
            ],
        ),
        migrations.CreateModel(
            name='Backing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('limit_fen', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('seal', models.CharField(max_length=64)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('cooperative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('fund', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='backings', to='agreements.fund')),
            ],
        ),
        migrations.CreateModel(
            name='MoneyReceived',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=12)),
                ('party', models.CharField(max_length=40)),
                ('purpose', models.CharField(max_length=20)),
                ('amount_fen', models.BigIntegerField()),
                ('slip', models.CharField(max_length=40)),
                ('note', models.CharField(blank=True, default='', max_length=200)),
                ('at', models.DateTimeField()),
                ('transfer_client_id', models.CharField(max_length=80, unique=True)),
                ('seal', models.CharField(max_length=64)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('cooperative', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.county')),
                ('fund', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='money', to='agreements.fund')),
            ],
        ),
        migrations.AddConstraint(
            model_name='backing',
            constraint=models.UniqueConstraint(fields=('fund', 'cooperative', 'limit_fen', 'at'), name='backing_said_once'),
        ),
        migrations.AddConstraint(
            model_name='fund',
            constraint=models.UniqueConstraint(fields=('county', 'name'), name='fund_named_once_a_county'),
        ),
        migrations.AddIndex(
            model_name='draw',
            index=models.Index(fields=['cooperative', 'fund'], name='draw_of_cooperative'),
        ),
        migrations.AddConstraint(
            model_name='draw',
            constraint=models.UniqueConstraint(fields=('transfer_client_id', 'fund'), name='draw_once_a_transfer', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='draw',
            constraint=models.CheckConstraint(condition=models.Q(('amount_fen', 0), _negated=True), name='draw_not_zero'),
        ),
        migrations.AddConstraint(
            model_name='draw',
            constraint=models.CheckConstraint(condition=models.Q(('fund__isnull', False), ('amount_fen__gt', 0), _connector='OR'), name='deposit_is_drawn_not_repaid'),
        ),
        migrations.AddIndex(
            model_name='backing',
            index=models.Index(fields=['fund', 'cooperative', '-id'], name='backing_newest'),
        ),
        migrations.AddConstraint(
            model_name='backing',
            constraint=models.CheckConstraint(condition=models.Q(('limit_fen__gte', 0)), name='backing_not_negative'),
        ),
        migrations.AddIndex(
            model_name='moneyreceived',
            index=models.Index(fields=['county', '-id'], name='money_received_newest'),
        ),
        migrations.AddConstraint(
            model_name='moneyreceived',
            constraint=models.UniqueConstraint(fields=('county', 'slip'), name='bank_slip_used_once'),
        ),
        migrations.AddConstraint(
            model_name='moneyreceived',
            constraint=models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0)), name='money_received_positive'),
        ),
        migrations.AddConstraint(
            model_name='moneyreceived',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['deposit', 'fund_in', 'deposit_back'])), name='money_received_kind_known'),
        ),
        migrations.RunSQL(sql.immutable("agreements_fund"), sql.mutable("agreements_fund")),
        migrations.RunSQL(sql.immutable("agreements_backing"), sql.mutable("agreements_backing")),
        migrations.RunSQL(sql.immutable("agreements_moneyreceived"), sql.mutable("agreements_moneyreceived")),
        migrations.RunSQL(sql.immutable("agreements_draw"), sql.mutable("agreements_draw")),
    ]
