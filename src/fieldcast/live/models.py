"""Tables of the live room."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from fieldcast.kit.history import Done
from fieldcast.live.types import LONGEST_HOLD, MessageKind, SessionDeed, SessionState


class Session(models.Model):
    """A live session under one agreement version."""

    county = models.ForeignKey("accounts.County", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=60)
    organiser = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    cooperative = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    host = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="hosted_sessions"
    )
    # Agreements stands beside live, not below it: the number is kept without a foreign key, trade checks it.
    agreement_version_id = models.BigIntegerField()
    starts_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, default=SessionState.PLANNED.value)
    explaining_offer_id = models.BigIntegerField(null=True, blank=True)
    hold_seconds = models.PositiveIntegerField()
    public_benefit = models.BooleanField(default=False)
    cover = models.CharField(max_length=60, blank=True, default="")
    created_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    announced_at = models.DateTimeField(null=True, blank=True)  # those who follow the host were told

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in SessionState]),
                name="session_state_known",
            ),
            models.CheckConstraint(
                condition=models.Q(hold_seconds__gte=1, hold_seconds__lte=LONGEST_HOLD),
                name="session_hold_within_an_hour",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True) | models.Q(closed_at__gte=models.F("opened_at")),
                name="session_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state__in=[SessionState.PLANNED.value, SessionState.CANCELLED.value],
                    opened_at__isnull=True,
                    closed_at__isnull=True,
                )
                | models.Q(state=SessionState.LIVE.value, opened_at__isnull=False, closed_at__isnull=True)
                | models.Q(state=SessionState.ENDED.value, opened_at__isnull=False, closed_at__isnull=False),
                name="session_times_fit_its_state",
            ),
            models.UniqueConstraint(
                fields=["host"],
                condition=models.Q(state=SessionState.LIVE.value),
                name="host_live_once_at_a_time",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["county", "state", "starts_at"]),
            models.Index(fields=["county", "-starts_at"], name="session_of_county"),
            models.Index(fields=["host", "starts_at"]),
            models.Index(fields=["cooperative", "starts_at"]),
        ]

    def __str__(self) -> str:
        return self.title


class Follow(models.Model):
    """Somebody wants to be told: of every session of a host, or that one session begins. It goes when they do not.

    That a session was announced to those who follow its host is `Session.announced_at`.
    """

    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="+")
    host = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, null=True, related_name="+")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, null=True, related_name="+")
    since = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(host__isnull=False, session__isnull=True)
                | models.Q(host__isnull=True, session__isnull=False),
                name="follow_of_a_host_or_a_session",
            ),
            models.UniqueConstraint(fields=["person", "host"], name="host_followed_once"),
            models.UniqueConstraint(fields=["person", "session"], name="session_awaited_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.host_id or self.session_id}"


class SessionSource(models.Model):
    """Where a session's pictures come from: a kind of source and its key there.

    Planned while `from_at` is None. What has been shown is a fact: it gets its two times once, and nothing else of it
    changes (triggers). No two of one session at the same time (`one_source_at_a_time`, in the migration).
    """

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="sources")
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=60)
    from_at = models.DateTimeField(null=True, blank=True)
    to_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(to_at__isnull=True) | models.Q(to_at__gte=models.F("from_at")),
                name="source_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=models.Q(to_at__isnull=True) | models.Q(from_at__isnull=False),
                name="source_begins_before_it_ends",
            ),
            models.CheckConstraint(condition=~models.Q(kind="") & ~models.Q(key=""), name="source_is_named"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class SessionStep(Done):
    """One thing that was done with a session: by whom, when, and for an explanation which offer. Append-only.

    `offer_id` is a number without a foreign key, since trade stands above live; None ends an explanation.
    """

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="steps")
    deed = models.CharField(max_length=10, choices=[(deed.value, deed.value) for deed in SessionDeed])
    offer_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(deed__in=[deed.value for deed in SessionDeed]), name="session_deed_known"
            ),
            models.CheckConstraint(
                condition=models.Q(offer_id__isnull=True) | models.Q(deed=SessionDeed.EXPLAINED.value),
                name="only_an_explanation_names_an_offer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.deed}"


class Tally(models.Model):
    """Counters of a session, in a row of their own so that a like never waits for a sale."""

    session = models.OneToOneField(Session, on_delete=models.CASCADE, primary_key=True, related_name="tally")
    likes = models.BigIntegerField(default=0)
    shares = models.BigIntegerField(default=0)
    visits = models.BigIntegerField(default=0)
    peak_viewers = models.IntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.session_id}"


class Presence(models.Model):
    """How many viewers listen to a session in one web process, refreshed while it lives."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="presences")
    process = models.CharField(max_length=40)
    listeners = models.IntegerField()
    seen_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "process"], name="one_presence_a_process"),
            models.CheckConstraint(condition=models.Q(listeners__gte=0), name="presence_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.listeners}"


class Visit(models.Model):
    """Someone who is in a room or left it within half an hour, so that coming back is not another visit.

    `visitor` is a hash made for this session alone; the row goes when it is no longer needed to count.
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="visits")
    visitor = models.CharField(max_length=32)
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "visitor"], name="one_visit_of_a_visitor"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.visitor}"


class Message(models.Model):
    """A line of danmaku, a question or an answer."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="messages")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=[(value.value, value.value) for value in MessageKind])
    text = models.CharField(max_length=200)
    answers = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replies"
    )
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    hidden_why = models.CharField(max_length=100, blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind.value for kind in MessageKind]), name="message_kind_known"
            ),
            # The database checks it too, so that whatever writes, every answer names its question.
            models.CheckConstraint(
                condition=~models.Q(kind=MessageKind.ANSWER.value) | models.Q(answers__isnull=False),
                name="answer_names_its_question",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["session", "id"]),
            models.Index(fields=["session", "kind"]),
            # how fast someone writes is counted at every message
            models.Index(fields=["person", "at"]),
        ]

    def __str__(self) -> str:
        return self.text


class TranscriptLine(models.Model):
    """What the host said, with its times. Append-only by trigger: it is evidence."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="transcript")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    text = models.CharField(max_length=1000)
    source = models.CharField(max_length=20)  # the name of an engine, see `live.captions`
    recorded_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["session", "at"])]

    def __str__(self) -> str:
        return self.text[:40]
