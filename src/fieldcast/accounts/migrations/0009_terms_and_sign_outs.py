"""Who agreed to the terms of use, and how often everything of somebody's was signed out; a testing station is a kind."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from fieldcast.kit import sql


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0008_digits_of_one_script'),
    ]

    operations = [
        migrations.AddField(
            model_name='person',
            name='sign_outs',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name='organisation',
            name='kind',
            field=models.CharField(choices=[('household', 'household'), ('cooperative', 'cooperative'), ('host', 'host'), ('carrier', 'carrier'), ('service_centre', 'service_centre'), ('testing_station', 'testing_station'), ('authority', 'authority')], max_length=20),
        ),
        migrations.CreateModel(
            name='TermsConsent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.CharField(max_length=20)),
                ('at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'version'), name='terms_agreed_once_a_version')],
            },
        ),
        migrations.RunSQL(sql.immutable("accounts_termsconsent"), sql.mutable("accounts_termsconsent")),
    ]
