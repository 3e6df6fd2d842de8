"""Long chains, votes of members, and what is known of selling alone. All append-only."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from fieldcast.kit import sql


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0011_companies'),
        ('agreements', '0011_signing'),
        ('catalog', '0006_lots_sorted_out'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Ballot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.CharField(max_length=200)),
                ('weighty', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
                ('closes_at', models.DateTimeField()),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('cooperative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('version', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agreementversion')),
            ],
        ),
        migrations.CreateModel(
            name='BallotVoter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('votes', models.PositiveSmallIntegerField(default=1)),
                ('ballot', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='roll', to='agreements.ballot')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='BallotCast',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('choice', models.CharField(max_length=8)),
                ('minutes', models.CharField(blank=True, default='', max_length=200)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('voter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='said', to='agreements.ballotvoter')),
            ],
        ),
        migrations.CreateModel(
            name='LongChain',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('units', models.PositiveIntegerField()),
                ('consumer_fen', models.BigIntegerField(null=True)),
                ('consumer_source', models.CharField(blank=True, default='', max_length=200)),
                ('consumer_day', models.DateField(null=True)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.county')),
                ('product', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.product')),
            ],
        ),
        migrations.CreateModel(
            name='ChainStage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=40)),
                ('fen', models.BigIntegerField(null=True)),
                ('added_bp', models.PositiveIntegerField(null=True)),
                ('source', models.CharField(blank=True, default='', max_length=200)),
                ('day', models.DateField(null=True)),
                ('chain', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='stages', to='agreements.longchain')),
            ],
            options={
                'ordering': ['place'],
            },
        ),
        migrations.CreateModel(
            name='MembersRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('votes_first', models.BooleanField()),
                ('why', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('cooperative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='AloneFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('parcel_minutes', models.PositiveIntegerField(null=True)),
                ('request_minutes', models.PositiveIntegerField(null=True)),
                ('gain_fen', models.BigIntegerField(null=True)),
                ('detection_bp', models.PositiveIntegerField(null=True)),
                ('detection_alone_bp', models.PositiveIntegerField(null=True)),
                ('penalty_alone_fen', models.BigIntegerField(null=True)),
                ('source', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('cooperative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('gain_fen__isnull', True), ('gain_fen__gt', 0), _connector='OR'), models.Q(('penalty_alone_fen__isnull', True), ('penalty_alone_fen__gte', 0), _connector='OR'), models.Q(('detection_bp__isnull', True), ('detection_bp__lte', 10000), _connector='OR'), models.Q(('detection_alone_bp__isnull', True), ('detection_alone_bp__lte', 10000), _connector='OR')), name='alone_figures_in_range')],
            },
        ),
        migrations.CreateModel(
            name='BallotEnd',
            fields=[
                ('ballot', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='end', serialize=False, to='agreements.ballot')),
                ('outcome', models.CharField(max_length=10)),
                ('at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('outcome__in', ['passed', 'rejected', 'too_few'])), name='ballot_came_out')],
            },
        ),
        migrations.CreateModel(
            name='BallotWithdrawal',
            fields=[
                ('ballot', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='withdrawal', serialize=False, to='agreements.ballot')),
                ('why', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('at'))), name='ballot_ends_after_it_began'),
        ),
        migrations.AddConstraint(
            model_name='ballotvoter',
            constraint=models.UniqueConstraint(fields=('ballot', 'household'), name='one_place_on_the_roll'),
        ),
        migrations.AddConstraint(
            model_name='ballotvoter',
            constraint=models.CheckConstraint(condition=models.Q(('votes__gte', 1)), name='everyone_has_a_vote'),
        ),
        migrations.AddConstraint(
            model_name='ballotcast',
            constraint=models.CheckConstraint(condition=models.Q(('choice__in', ['yes', 'no', 'abstain'])), name='ballot_choice_known'),
        ),
        migrations.AddConstraint(
            model_name='longchain',
            constraint=models.CheckConstraint(condition=models.Q(('units__gte', 1)), name='chain_of_some_units'),
        ),
        migrations.AddConstraint(
            model_name='longchain',
            constraint=models.CheckConstraint(condition=models.Q(('consumer_fen__isnull', True), models.Q(('consumer_day__isnull', False), ('consumer_fen__gt', 0)), _connector='OR'), name='chain_consumer_pays'),
        ),
        migrations.AddConstraint(
            model_name='chainstage',
            constraint=models.UniqueConstraint(fields=('chain', 'place'), name='one_stage_a_place'),
        ),
        migrations.AddConstraint(
            model_name='chainstage',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('added_bp__isnull', True), ('fen__isnull', True)), models.Q(models.Q(models.Q(('added_bp__isnull', True), ('fen__gte', 0)), models.Q(('added_bp__gte', 0), ('fen__isnull', True)), _connector='OR'), ('day__isnull', False), models.Q(('source', ''), _negated=True)), _connector='OR'), name='stage_says_one_figure_and_whence'),
        ),
        migrations.RunSQL(sql.immutable("agreements_longchain"), sql.mutable("agreements_longchain")),
        migrations.RunSQL(sql.immutable("agreements_chainstage"), sql.mutable("agreements_chainstage")),
        migrations.RunSQL(sql.immutable("agreements_ballot"), sql.mutable("agreements_ballot")),
        migrations.RunSQL(sql.immutable("agreements_ballotvoter"), sql.mutable("agreements_ballotvoter")),
        migrations.RunSQL(sql.immutable("agreements_ballotcast"), sql.mutable("agreements_ballotcast")),
        migrations.RunSQL(sql.immutable("agreements_ballotwithdrawal"), sql.mutable("agreements_ballotwithdrawal")),
        migrations.RunSQL(sql.immutable("agreements_ballotend"), sql.mutable("agreements_ballotend")),
        migrations.RunSQL(sql.immutable("agreements_membersrule"), sql.mutable("agreements_membersrule")),
        migrations.RunSQL(sql.immutable("agreements_alonefigure"), sql.mutable("agreements_alonefigure")),
    ]
