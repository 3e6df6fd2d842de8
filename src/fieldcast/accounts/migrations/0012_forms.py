"""Family farms, federations of cooperatives, and who is a member of one."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from fieldcast.kit import sql


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0011_companies'),
    ]

    operations = [
        migrations.CreateModel(
            name='FederationMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('member', models.BooleanField()),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name='organisation',
            name='form',
            field=models.CharField(blank=True, default='', max_length=12),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(('form', ''), models.Q(('form', 'family_farm'), ('kind', 'household')), models.Q(('form', 'federation'), ('kind', 'cooperative')), _connector='OR'), name='form_of_its_kind'),
        ),
        migrations.AddField(
            model_name='federationmember',
            name='by',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='federationmember',
            name='cooperative',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation'),
        ),
        migrations.AddField(
            model_name='federationmember',
            name='federation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation'),
        ),
        migrations.AddConstraint(
            model_name='federationmember',
            constraint=models.CheckConstraint(condition=models.Q(('federation', models.F('cooperative')), _negated=True), name='member_of_another'),
        ),
        migrations.RunSQL(sql.immutable("accounts_federationmember"), sql.mutable("accounts_federationmember")),
    ]
