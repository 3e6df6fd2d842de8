"""The desk: items, of which only holder and state move, and their steps, which nobody changes."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from fieldcast.kit import sql

ITEM, STEP = "desk_item", "desk_itemstep"
FROZEN = (
    "county_id", "kind", "subject", "facts", "organisation_id", "role", "escalates_to_id", "escalates_to_role", "due_at",
    "by_weekdays", "remind_at", "opened_at",
)
GUARDS = (
    f"{sql.frozen_columns(ITEM, *FROZEN)}{sql.written_once(ITEM, 'reminded_at', 'escalated_at', 'ended_at')}"
    f"{sql.states(ITEM, first='waiting', moves={'waiting': ('done', 'withdrawn')})}{sql.immutable(STEP)}"
)
BACK = f"{sql.mutable(STEP)}{sql.without(ITEM, 'frozen', 'kept', 'written_once', 'begins', 'moves')}"


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0007_standing_changes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Item',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=30)),
                ('subject', models.CharField(max_length=80)),
                ('facts', models.JSONField(default=dict)),
                ('role', models.CharField(blank=True, choices=[('owner', 'owner'), ('manager', 'manager'), ('staff', 'staff')], default='', max_length=10)),
                ('escalates_to_role', models.CharField(blank=True, choices=[('owner', 'owner'), ('manager', 'manager'), ('staff', 'staff')], default='', max_length=10)),
                ('due_at', models.DateTimeField()),
                ('by_weekdays', models.BooleanField()),
                ('remind_at', models.DateTimeField()),
                ('opened_at', models.DateTimeField()),
                ('reminded_at', models.DateTimeField(blank=True, null=True)),
                ('escalated_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('done', 'done'), ('withdrawn', 'withdrawn')], max_length=10)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.county')),
                ('escalates_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('offered_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='ItemStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('deed', models.CharField(choices=[('opened', 'opened'), ('handed_over', 'handed_over'), ('accepted', 'accepted'), ('declined', 'declined'), ('reminded', 'reminded'), ('escalated', 'escalated'), ('done', 'done'), ('withdrawn', 'withdrawn')], max_length=12)),
                ('why', models.CharField(blank=True, default='', max_length=300)),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='desk.item')),
                ('to', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.AddIndex(
            model_name='item',
            index=models.Index(condition=models.Q(('reminded_at__isnull', True), ('state', 'waiting')), fields=['remind_at'], name='item_to_remind'),
        ),
        migrations.AddIndex(
            model_name='item',
            index=models.Index(condition=models.Q(('escalated_at__isnull', True), ('state', 'waiting')), fields=['due_at'], name='item_to_escalate'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.UniqueConstraint(fields=('kind', 'subject'), name='one_item_a_matter'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'done', 'withdrawn'])), name='item_state_known'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('organisation__isnull', False), models.Q(('role', ''), _negated=True)), models.Q(('organisation__isnull', True), ('person__isnull', False), ('role', '')), _connector='OR'), name='item_is_somebodys'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('escalates_to__isnull', False), models.Q(('escalates_to_role', ''), _negated=True)), models.Q(('escalated_at__isnull', True), ('escalates_to__isnull', True), ('escalates_to_role', '')), _connector='OR'), name='item_escalates_to_a_role'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.CheckConstraint(condition=models.Q(('due_at__gt', models.F('opened_at')), ('remind_at__lte', models.F('due_at'))), name='item_due_after_it_is_opened'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('ended_at__isnull', False), ('offered_to__isnull', True)), _connector='OR'), name='item_ends_once_answered'),
        ),
        migrations.AddConstraint(
            model_name='itemstep',
            constraint=models.CheckConstraint(condition=models.Q(('deed__in', ['opened', 'handed_over', 'accepted', 'declined', 'reminded', 'escalated', 'done', 'withdrawn'])), name='item_deed_known'),
        ),
        migrations.AddConstraint(
            model_name='itemstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('deed__in', ['handed_over', 'accepted']), _negated=True), models.Q(('by__isnull', False), ('to__isnull', False)), _connector='OR'), name='hand_over_has_two_people'),
        ),
        migrations.AddConstraint(
            model_name='itemstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('deed__in', ['done', 'withdrawn', 'declined']), _negated=True), models.Q(('why', ''), _negated=True), _connector='OR'), name='item_ends_with_words'),
        ),
        migrations.AddConstraint(
            model_name='itemstep',
            constraint=models.UniqueConstraint(condition=models.Q(('deed__in', ['opened', 'reminded', 'escalated', 'done', 'withdrawn'])), fields=('item', 'deed'), name='item_step_once'),
        ),
        migrations.RunSQL(GUARDS, BACK),
    ]
