import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from fieldcast.kit import sql

MESSAGE = "inbox_message"
FROZEN = ("id", "to_id", "county_id", "kind", "facts", "link", "once_key", "due", "created_at")


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0007_standing_changes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('facts', models.JSONField()),
                ('link', models.CharField(max_length=200)),
                ('once_key', models.CharField(max_length=100)),
                ('due', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField()),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('county', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.county')),
                ('to', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Sending',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('way', models.CharField(max_length=20)),
                ('not_before', models.DateTimeField(db_index=True)),
                ('message', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='sendings', to='inbox.message')),
            ],
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(fields=['to', '-id'], name='message_of_person'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('read_at__isnull', True)), fields=['to'], name='message_unread'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('read_at__isnull', False)), fields=['read_at'], name='message_read'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(fields=('to', 'once_key'), name='message_sent_once'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('link__regex', '^/[a-z0-9]')), name='message_link_is_ours'),
        ),
        migrations.AddConstraint(
            model_name='sending',
            constraint=models.UniqueConstraint(fields=('message', 'way'), name='message_goes_a_way_once'),
        ),
        migrations.RunSQL(
            sql.unchanging(MESSAGE, *FROZEN)
            + sql.written_once(MESSAGE, "read_at")
            + sql.kept_until(MESSAGE, column="read_at", kept="90 days"),
            sql.without(MESSAGE, "stays", "written_once", "kept"),
        ),
    ]
