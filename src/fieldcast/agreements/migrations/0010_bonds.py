"""What parties leave behind agreements: guarantee letters, penalties, what is kept of payouts. Append-only."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from fieldcast.kit import sql


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0010_office'),
        ('agreements', '0009_composed'),
        ('files', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BondKept',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount_fen', models.BigIntegerField()),
                ('reference', models.CharField(max_length=40)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='GuaranteeLetter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('bank', models.CharField(max_length=60)),
                ('number', models.CharField(max_length=40)),
                ('amount_fen', models.BigIntegerField()),
                ('valid_until', models.DateField()),
                ('at', models.DateTimeField()),
                ('seal', models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='LetterCall',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount_fen', models.BigIntegerField()),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Penalty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('clause', models.PositiveSmallIntegerField()),
                ('decision', models.CharField(max_length=40)),
                ('amount_fen', models.BigIntegerField()),
                ('cash_fen', models.BigIntegerField()),
                ('why', models.CharField(max_length=300)),
                ('at', models.DateTimeField()),
                ('seal', models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='PenaltyPaid',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_wallet', models.BooleanField()),
                ('amount_fen', models.BigIntegerField()),
                ('reference', models.CharField(max_length=40)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='moneyreceived',
            name='money_received_kind_known',
        ),
        migrations.AddField(
            model_name='moneyreceived',
            name='organisation',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation'),
        ),
        migrations.AddConstraint(
            model_name='moneyreceived',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['deposit', 'fund_in', 'deposit_back', 'bond', 'bond_back', 'letter_paid'])), name='money_received_kind_known'),
        ),
        migrations.AddField(
            model_name='bondkept',
            name='agreement',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agreement'),
        ),
        migrations.AddField(
            model_name='bondkept',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation'),
        ),
        migrations.AddField(
            model_name='guaranteeletter',
            name='agreement',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agreement'),
        ),
        migrations.AddField(
            model_name='guaranteeletter',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='guaranteeletter',
            name='file',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.keptfile'),
        ),
        migrations.AddField(
            model_name='guaranteeletter',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation'),
        ),
        migrations.AddField(
            model_name='lettercall',
            name='letter',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='agreements.guaranteeletter'),
        ),
        migrations.AddField(
            model_name='penalty',
            name='agreement',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agreement'),
        ),
        migrations.AddField(
            model_name='penalty',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='penalty',
            name='payer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation'),
        ),
        migrations.AddField(
            model_name='penalty',
            name='receiver',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation'),
        ),
        migrations.AddField(
            model_name='penalty',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agreementversion'),
        ),
        migrations.AddField(
            model_name='lettercall',
            name='penalty',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='agreements.penalty'),
        ),
        migrations.AddField(
            model_name='penaltypaid',
            name='call',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='paid', to='agreements.lettercall'),
        ),
        migrations.AddField(
            model_name='penaltypaid',
            name='penalty',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='paid', to='agreements.penalty'),
        ),
        migrations.AddIndex(
            model_name='bondkept',
            index=models.Index(fields=['reference'], name='bond_kept_of_payout'),
        ),
        migrations.AddIndex(
            model_name='penaltypaid',
            index=models.Index(fields=['reference'], name='penalty_paid_of_payout'),
        ),
        migrations.AddConstraint(
            model_name='bondkept',
            constraint=models.UniqueConstraint(fields=('agreement', 'organisation', 'reference'), name='bond_kept_once_a_payout'),
        ),
        migrations.AddConstraint(
            model_name='bondkept',
            constraint=models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0)), name='bond_kept_positive'),
        ),
        migrations.AddIndex(
            model_name='guaranteeletter',
            index=models.Index(fields=['valid_until'], name='guarantee_letter_ends'),
        ),
        migrations.AddConstraint(
            model_name='guaranteeletter',
            constraint=models.UniqueConstraint(fields=('bank', 'number'), name='guarantee_letter_once'),
        ),
        migrations.AddConstraint(
            model_name='guaranteeletter',
            constraint=models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0)), name='guarantee_letter_positive'),
        ),
        migrations.AddConstraint(
            model_name='penalty',
            constraint=models.UniqueConstraint(fields=('agreement', 'clause', 'decision'), name='penalty_once_a_decision_and_clause'),
        ),
        migrations.AddConstraint(
            model_name='penalty',
            constraint=models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0), ('cash_fen__gte', 0), ('cash_fen__lte', models.F('amount_fen'))), name='penalty_sums_possible'),
        ),
        migrations.AddConstraint(
            model_name='penalty',
            constraint=models.CheckConstraint(condition=models.Q(('payer', models.F('receiver')), _negated=True), name='penalty_of_two'),
        ),
        migrations.AddConstraint(
            model_name='lettercall',
            constraint=models.UniqueConstraint(fields=('letter', 'penalty'), name='letter_called_once_a_penalty'),
        ),
        migrations.AddConstraint(
            model_name='lettercall',
            constraint=models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0)), name='letter_call_positive'),
        ),
        migrations.AddConstraint(
            model_name='penaltypaid',
            constraint=models.UniqueConstraint(fields=('penalty', 'call', 'reference'), name='penalty_paid_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='penaltypaid',
            constraint=models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0)), name='penalty_paid_positive'),
        ),
        migrations.RunSQL(sql.immutable("agreements_guaranteeletter"), sql.mutable("agreements_guaranteeletter")),
        migrations.RunSQL(sql.immutable("agreements_penalty"), sql.mutable("agreements_penalty")),
        migrations.RunSQL(sql.immutable("agreements_lettercall"), sql.mutable("agreements_lettercall")),
        migrations.RunSQL(sql.immutable("agreements_penaltypaid"), sql.mutable("agreements_penaltypaid")),
        migrations.RunSQL(sql.immutable("agreements_bondkept"), sql.mutable("agreements_bondkept")),
    ]
