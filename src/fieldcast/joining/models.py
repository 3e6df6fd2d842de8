"""Tables of joining: requests with their steps and photos, invitations with theirs."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from fieldcast.accounts.types import Role
from fieldcast.joining.invitations.types import InvitationState
from fieldcast.joining.requests.types import OPEN, JoinKind, JoinState
from fieldcast.kit.fields import EncryptedJSONField, EncryptedTextField
from fieldcast.kit.history import Done

STATES = [state.value for state in JoinState]
WAITING = InvitationState.WAITING.value


class JoinRequest(models.Model):
    """Somebody asks to farm, sell, host or carry. What is asked, and of whom, never changes (triggers).

    `name_hash` finds a name that is typed whole. `due_at` is until when `goes_to` answers, None while nobody has to.
    """

    county = models.ForeignKey("accounts.County", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in JoinKind])
    name = EncryptedTextField()
    name_hash = models.CharField(max_length=64)
    village = EncryptedTextField(blank=True, default="")
    cooperative = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    goes_to = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    facts = EncryptedJSONField(default=dict)
    state = models.CharField(max_length=10, default=JoinState.ASKED.value)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="join_request_state_known"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in JoinKind]), name="join_request_kind_known"
            ),
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(state__in=[state.value for state in OPEN]),
                name="one_join_request_waits",
            ),
            models.CheckConstraint(
                condition=Q(state=JoinState.ACCEPTED.value, organisation__isnull=False)
                | (~Q(state=JoinState.ACCEPTED.value) & Q(organisation__isnull=True)),
                name="join_request_becomes_something",
            ),
            models.CheckConstraint(
                condition=Q(state=JoinState.ASKED.value, due_at__isnull=False)
                | (~Q(state=JoinState.ASKED.value) & Q(due_at__isnull=True)),
                name="join_request_due_while_asked",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["goes_to", "state"], name="join_request_of_whom")]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class JoinRequestStep(Done):
    """A state that a request came to, by whom, when and with which words. Append-only.

    `corrected` is the name and village it was accepted under where they differ from what was asked.
    """

    request = models.ForeignKey(JoinRequest, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=10)
    words = EncryptedTextField(blank=True, default="")
    corrected = EncryptedTextField(blank=True, default="")

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="join_step_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=[JoinState.DECLINED.value, JoinState.MORE_ASKED.value]) | ~Q(words=""),
                name="join_step_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.state}"


class JoinRequestPhoto(models.Model):
    """A picture that came with a request, kept by files. Append-only."""

    request = models.ForeignKey(JoinRequest, on_delete=models.PROTECT, related_name="photos")
    file = models.OneToOneField("files.KeptFile", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.request_id}: {self.file_id}"


class Invitation(models.Model):
    """A phone number is invited to an organisation with a role. The number is kept until it ends, its hash and last
    four digits after that. What was invited to, by whom and until when never changes (triggers).
    """

    county = models.ForeignKey("accounts.County", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=[(role.value, role.value) for role in Role])
    phone = EncryptedTextField(blank=True, default="")
    phone_hash = models.CharField(max_length=64, db_index=True)
    tail = models.CharField(max_length=4)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, default=WAITING)
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in InvitationState]),
                name="invitation_state_known",
            ),
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in Role]), name="invitation_role_known"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("invited_at")), name="invitation_stands_for_a_while"
            ),
            models.CheckConstraint(
                condition=(Q(state=WAITING, ended_at__isnull=True) & ~Q(phone=""))
                | (~Q(state=WAITING) & Q(ended_at__isnull=False, phone="")),
                name="invitation_keeps_no_number",
            ),
            models.UniqueConstraint(
                fields=["organisation", "phone_hash"],
                condition=Q(state=WAITING),
                name="one_invitation_a_number",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["expires_at"], condition=Q(state=WAITING), name="invitation_to_end")
        ]

    def __str__(self) -> str:
        return f"{self.role}@{self.organisation_id}: {self.state}"


class InvitationStep(Done):
    """A state that an invitation came to, by whom and when. Append-only."""

    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=10)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in InvitationState]),
                name="invitation_step_state_known",
            ),
            models.UniqueConstraint(fields=["invitation", "state"], name="invitation_step_once"),
        ]

    def __str__(self) -> str:
        return f"{self.invitation_id} {self.state}"
