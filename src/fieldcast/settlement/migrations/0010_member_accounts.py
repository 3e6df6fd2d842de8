"""What cooperatives wrote into their members' accounts: contributions and parts of the reserve."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from fieldcast.kit import sql


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0011_companies'),
        ('settlement', '0009_funds_and_insurance'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='MemberEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=12)),
                ('amount_fen', models.BigIntegerField()),
                ('day', models.DateField()),
                ('why', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('cooperative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('amount_fen', 0), _negated=True), name='member_entry_of_something'), models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='member_entry_says_why'), models.CheckConstraint(condition=models.Q(('kind__in', ['contribution', 'reserve'])), name='member_entry_kind_known'), models.CheckConstraint(condition=models.Q(('cooperative', models.F('member')), _negated=True), name='member_entry_of_somebody_else')],
            },
        ),
        migrations.RunSQL(sql.immutable("settlement_memberentry"), sql.mutable("settlement_memberentry")),
    ]
