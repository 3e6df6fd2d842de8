"""Ways in: requests and invitations, of which only the state moves, their steps and photos, which nobody changes."""

import django.db.models.deletion
import fieldcast.kit.fields
from django.conf import settings
from django.db import migrations, models

from fieldcast.kit import sql

REQUEST, STEP, PHOTO = "joining_joinrequest", "joining_joinrequeststep", "joining_joinrequestphoto"
INVITATION, INVITED = "joining_invitation", "joining_invitationstep"
ASKED = (
    "county_id", "person_id", "kind", "name", "name_hash", "village", "cooperative_id", "goes_to_id", "facts", "asked_at",
)
SENT = ("county_id", "organisation_id", "role", "phone_hash", "tail", "by_id", "invited_at", "expires_at")
ENDS = ("accepted", "declined", "withdrawn")
MOVES = {"asked": ("more_asked", *ENDS), "more_asked": ("asked", *ENDS)}
GUARDS = (
    f"{sql.frozen_columns(REQUEST, *ASKED)}{sql.written_once(REQUEST, 'organisation_id')}"
    f"{sql.states(REQUEST, first='asked', moves=MOVES)}{sql.immutable(STEP)}{sql.immutable(PHOTO)}"
    f"{sql.frozen_columns(INVITATION, *SENT)}{sql.written_once(INVITATION, 'ended_at', 'answered_by_id')}"
    f"{sql.states(INVITATION, first='waiting', moves={'waiting': (*ENDS, 'expired')})}{sql.immutable(INVITED)}"
)
BACK = (
    f"{sql.mutable(INVITED)}{sql.without(INVITATION, 'frozen', 'kept', 'written_once', 'begins', 'moves')}"
    f"{sql.mutable(PHOTO)}{sql.mutable(STEP)}"
    f"{sql.without(REQUEST, 'frozen', 'kept', 'written_once', 'begins', 'moves')}"
)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0008_digits_of_one_script'),
        ('files', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('owner', 'owner'), ('manager', 'manager'), ('staff', 'staff')], max_length=10)),
                ('phone', fieldcast.kit.fields.EncryptedTextField(blank=True, default='')),
                ('phone_hash', models.CharField(db_index=True, max_length=64)),
                ('tail', models.CharField(max_length=4)),
                ('state', models.CharField(default='waiting', max_length=10)),
                ('invited_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.county')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='InvitationStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('state', models.CharField(max_length=10)),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('invitation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='joining.invitation')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='JoinRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('farmer', 'farmer'), ('seller', 'seller'), ('host', 'host'), ('carrier', 'carrier')], max_length=10)),
                ('name', fieldcast.kit.fields.EncryptedTextField()),
                ('name_hash', models.CharField(max_length=64)),
                ('village', fieldcast.kit.fields.EncryptedTextField(blank=True, default='')),
                ('facts', fieldcast.kit.fields.EncryptedJSONField(default=dict)),
                ('state', models.CharField(default='asked', max_length=10)),
                ('asked_at', models.DateTimeField()),
                ('due_at', models.DateTimeField(blank=True, null=True)),
                ('cooperative', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.county')),
                ('goes_to', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='JoinRequestPhoto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.keptfile')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='joining.joinrequest')),
            ],
        ),
        migrations.CreateModel(
            name='JoinRequestStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('state', models.CharField(max_length=10)),
                ('words', fieldcast.kit.fields.EncryptedTextField(blank=True, default='')),
                ('corrected', fieldcast.kit.fields.EncryptedTextField(blank=True, default='')),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='joining.joinrequest')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.AddIndex(
            model_name='invitation',
            index=models.Index(condition=models.Q(('state', 'waiting')), fields=['expires_at'], name='invitation_to_end'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'accepted', 'declined', 'withdrawn', 'expired'])), name='invitation_state_known'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['owner', 'manager', 'staff'])), name='invitation_role_known'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('invited_at'))), name='invitation_stands_for_a_while'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('state', 'waiting'), models.Q(('phone', ''), _negated=True)), models.Q(models.Q(('state', 'waiting'), _negated=True), ('ended_at__isnull', False), ('phone', '')), _connector='OR'), name='invitation_keeps_no_number'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('organisation', 'phone_hash'), name='one_invitation_a_number'),
        ),
        migrations.AddConstraint(
            model_name='invitationstep',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'accepted', 'declined', 'withdrawn', 'expired'])), name='invitation_step_state_known'),
        ),
        migrations.AddConstraint(
            model_name='invitationstep',
            constraint=models.UniqueConstraint(fields=('invitation', 'state'), name='invitation_step_once'),
        ),
        migrations.AddIndex(
            model_name='joinrequest',
            index=models.Index(fields=['goes_to', 'state'], name='join_request_of_whom'),
        ),
        migrations.AddConstraint(
            model_name='joinrequest',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'more_asked', 'accepted', 'declined', 'withdrawn'])), name='join_request_state_known'),
        ),
        migrations.AddConstraint(
            model_name='joinrequest',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['farmer', 'seller', 'host', 'carrier'])), name='join_request_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='joinrequest',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['asked', 'more_asked'])), fields=('person', 'kind'), name='one_join_request_waits'),
        ),
        migrations.AddConstraint(
            model_name='joinrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('organisation__isnull', False), ('state', 'accepted')), models.Q(models.Q(('state', 'accepted'), _negated=True), ('organisation__isnull', True)), _connector='OR'), name='join_request_becomes_something'),
        ),
        migrations.AddConstraint(
            model_name='joinrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('due_at__isnull', False), ('state', 'asked')), models.Q(models.Q(('state', 'asked'), _negated=True), ('due_at__isnull', True)), _connector='OR'), name='join_request_due_while_asked'),
        ),
        migrations.AddConstraint(
            model_name='joinrequeststep',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'more_asked', 'accepted', 'declined', 'withdrawn'])), name='join_step_state_known'),
        ),
        migrations.AddConstraint(
            model_name='joinrequeststep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['declined', 'more_asked']), _negated=True), models.Q(('words', ''), _negated=True), _connector='OR'), name='join_step_says_why'),
        ),
        migrations.RunSQL(GUARDS, BACK),
    ]
