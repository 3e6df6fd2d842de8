"""Reads of the live room. Viewers are those connected now: a process that fell silent is not counted."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Now, TruncMonth

from fieldcast.kit.errors import NotFound
from fieldcast.kit.months import CHINA
from fieldcast.kit.pages import Page, paginate
from fieldcast.live import follows as of_followers
from fieldcast.live.contacts import without_contacts
from fieldcast.live.models import Message, Presence, Session, SessionSource, Tally, TranscriptLine
from fieldcast.live.types import (
    STILL_COMING,
    Counts,
    HiddenView,
    MessageKind,
    MessageView,
    SessionBrief,
    SessionState,
    SessionView,
    SourceView,
    Talk,
    TranscriptView,
)

PRESENCE_SECONDS = 12  # a process reports every few seconds; one silent for this long has gone
MOST_LINES = 2000
CLIP = "clip"  # the kind of source whose key a session's view calls its clip
# who follows whom is read in a file of its own
awaiting, awaits, unannounced = of_followers.awaiting, of_followers.awaits, of_followers.unannounced
followed_by, followers, follows = of_followers.followed_by, of_followers.followers, of_followers.follows
NO_COUNTS = Counts(viewers=0, peak_viewers=0, visits=0, likes=0, shares=0)
SHOWN_TO_ALL = (SessionState.LIVE.value, SessionState.ENDED.value)


def session(*, session_id: int) -> SessionView:
    """One session with its audience now. Raises `NotFound`."""
    row = _rows().filter(id=session_id).first()
    if row is None:
        raise NotFound("session")
    return _session_view(row)


def sessions_by_ids(*, ids: set[int]) -> dict[int, SessionView]:
    """Sessions by id."""
    return {row.pk: _session_view(row) for row in _rows().filter(id__in=ids)}


def session_brief(*, session_id: int) -> SessionBrief:
    """One session without joins, for checks while it sells. Raises `NotFound`."""
    row = Session.objects.filter(id=session_id).first()
    if row is None:
        raise NotFound("session")
    return brief_of(row)


def state_of(*, session_id: int) -> SessionState | None:
    """A session's state, or None when there is no such session."""
    state = Session.objects.filter(id=session_id).values_list("state", flat=True).first()
    return SessionState(state) if state else None


def source(*, session_id: int) -> SourceView | None:
    """Where a session's pictures come from, or will; None when it has none."""
    row = SessionSource.objects.filter(session_id=session_id).order_by("-id").first()
    return source_view(row) if row else None


def sources_on_air(*, kinds: Iterable[str]) -> tuple[SourceView, ...]:
    """What every live session shows that shows one of these kinds of source."""
    rows = SessionSource.objects.filter(from_at__isnull=False, to_at__isnull=True, kind__in=list(kinds))
    return tuple(source_view(row) for row in rows.order_by("session_id"))


def sessions(
    *,
    county_id: int,
    state: SessionState | None = None,
    host_id: int | None = None,
    cooperative_id: int | None = None,
    organisation_id: int | None = None,
    runs: Iterable[int] | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    page: int = 1,
    per_page: int = 24,
) -> Page[SessionView]:
    """Sessions of a county, the latest start first; `organisation_id` finds those it hosts, supplies or organises.

    `since` and `until` bound the planned start, `until` excluded. With `runs`, ids of organisations, a session that was
    cancelled, or whose plan is not announced yet, is found by those organisations alone.
    """
    rows = _rows().filter(county_id=county_id)
    if runs is not None:
        mine = set(runs)
        rows = rows.filter(
            Q(state__in=SHOWN_TO_ALL)
            | Q(state=SessionState.PLANNED.value, announced_at__isnull=False)
            | Q(host_id__in=mine)
            | Q(cooperative_id__in=mine)
            | Q(organiser_id__in=mine)
        )
    if state is not None:
        rows = rows.filter(state=state.value)
    if host_id is not None:
        rows = rows.filter(host_id=host_id)
    if cooperative_id is not None:
        rows = rows.filter(cooperative_id=cooperative_id)
    if organisation_id is not None:
        ids = Session.objects.filter(host_id=organisation_id).values("id")
        rows = rows.filter(
            id__in=ids.union(
                Session.objects.filter(cooperative_id=organisation_id).values("id"),
                Session.objects.filter(organiser_id=organisation_id).values("id"),
            )
        )
    if since is not None:
        rows = rows.filter(starts_at__gte=since)
    if until is not None:
        rows = rows.filter(starts_at__lt=until)
    return paginate(rows.order_by("-starts_at", "-id"), _session_views, page, per_page)


def live_now(*, county_id: int) -> tuple[SessionView, ...]:
    """Sessions that are live, the fullest room first."""
    rows = _rows().filter(county_id=county_id, state=SessionState.LIVE.value)
    return tuple(_session_views(rows.order_by("-viewers_now", "-opened_at")))


def coming(*, county_id: int, now: datetime, limit: int = 12) -> tuple[SessionView, ...]:
    """Planned sessions, the next first; one that is late to begin stays for three hours."""
    rows = _rows().filter(
        county_id=county_id, state=SessionState.PLANNED.value, starts_at__gte=now - STILL_COMING
    )
    return tuple(_session_views(rows.order_by("starts_at", "id")[:limit]))


def next_of_cooperatives(
    *, county_id: int, cooperative_ids: Iterable[int], now: datetime
) -> SessionView | None:
    """What is live now of these cooperatives, the first that began; else what they planned next (see `coming`)."""
    on_air = Q(state=SessionState.LIVE.value)
    soon = Q(state=SessionState.PLANNED.value, starts_at__gte=now - STILL_COMING)
    rows = _rows().filter(on_air | soon, county_id=county_id, cooperative_id__in=list(cooperative_ids))
    first = Case(When(on_air, then=0), default=1)
    row = rows.order_by(first, "starts_at", "id").first()
    return _session_view(row) if row else None


def plans_of_host(*, host_id: int, now: datetime, limit: int) -> tuple[SessionView, ...]:
    """What the host has planned, the next first."""
    rows = _rows().filter(host_id=host_id, state=SessionState.PLANNED.value, starts_at__gte=now)
    return tuple(_session_views(rows.order_by("starts_at", "id")[:limit]))


def sessions_held(*, agreement_version_id: int, since: datetime, until: datetime) -> int:
    """How many sessions planned under a version of an agreement ended in [since, until), after they had begun."""
    rows = Session.objects.filter(agreement_version_id=agreement_version_id, state=SessionState.ENDED.value)
    return rows.filter(closed_at__gte=since, closed_at__lt=until).count()


def months_held(*, agreement_version_ids: Iterable[int]) -> set[tuple[int, date]]:
    """Each version and month of the county in which a session planned under it ended."""
    return set(held_by_month(agreement_version_ids=agreement_version_ids))


def held_by_month(*, agreement_version_ids: Iterable[int]) -> dict[tuple[int, date], int]:
    """How many sessions planned under each version ended in each month of the county."""
    rows = Session.objects.filter(
        agreement_version_id__in=set(agreement_version_ids), state=SessionState.ENDED.value
    )
    ended = rows.annotate(month=TruncMonth("closed_at", tzinfo=CHINA)).order_by()
    counts = ended.values_list("agreement_version_id", "month").annotate(sessions=Count("id"))
    return {(version, month.astimezone(CHINA).date()): sessions for version, month, sessions in counts}


def on_air_of(*, host_id: int) -> SessionView | None:
    """The session a host is live in now; there is at most one."""
    row = _rows().filter(host_id=host_id, state=SessionState.LIVE.value).first()
    return _session_view(row) if row else None


def hosted(*, host_id: int) -> int:
    """How many sessions the host has held to the end."""
    return Session.objects.filter(host_id=host_id, state=SessionState.ENDED.value).count()


def near_in_time(
    *, host_id: int, starts_at: datetime, within: timedelta = timedelta(hours=2), but: int | None = None
) -> tuple[SessionView, ...]:
    """The host's other plans within `within` of `starts_at`: worth a warning, since two cannot be live at once."""
    rows = _rows().filter(
        host_id=host_id,
        state__in=[SessionState.PLANNED.value, SessionState.LIVE.value],
        starts_at__gt=starts_at - within,
        starts_at__lt=starts_at + within,
    )
    others = rows if but is None else rows.exclude(id=but)
    return tuple(_session_views(others.order_by("starts_at", "id")))


def counts(*, session_id: int) -> Counts:
    """What the audience did, and how many are connected now."""
    row = _rows().filter(id=session_id).first()
    return _counts(row) if row else NO_COUNTS


def viewers(*, session_ids: Iterable[int]) -> dict[int, int]:
    """Listeners connected now, over every process, by session; a session nobody listens to is absent."""
    rows = _present().filter(session_id__in=list(session_ids)).values_list("session_id")
    return dict(rows.annotate(total=Sum("listeners")).order_by())


def recent_messages(*, session_id: int, limit: int = 30) -> tuple[MessageView, ...]:
    """The latest lines of chat that are not hidden, the oldest of them first."""
    rows = _messages(session_id).order_by("-id")[: max(0, limit)]
    return tuple(reversed([message_view(row) for row in rows]))


def hidden_messages(*, session_id: int, limit: int = 200) -> tuple[HiddenView, ...]:
    """What was taken out of sight in a session, by whom and why, the latest first: for who runs or supervises it."""
    rows = Message.objects.filter(session_id=session_id, hidden_at__isnull=False)
    columns = ("person__display_name", "hidden_by__display_name", "text", "at", "hidden_at", "hidden_why")
    found = rows.order_by("-hidden_at", "-id").values_list("id", *columns)[:limit]
    return tuple(
        HiddenView(id=pk, name=name, text=text, at=at, hidden_at=hidden_at, hidden_by=by or "", why=why)
        for pk, name, by, text, at, hidden_at, why in found
    )


def message(*, message_id: int) -> MessageView:
    """One line of chat, hidden or not. Raises `NotFound`."""
    row = _with_answers(Message.objects.filter(id=message_id)).first()
    if row is None:
        raise NotFound("message")
    return message_view(row)


def session_of_message(*, message_id: int) -> int | None:
    """The session a line of chat was written in, or None when there is no such line."""
    return Message.objects.filter(id=message_id).values_list("session_id", flat=True).first()


def questions(*, session_id: int, answered: bool | None = None, limit: int = 200) -> tuple[MessageView, ...]:
    """Questions in the order they were asked: all, the answered or the open ones."""
    rows = _messages(session_id).filter(kind=MessageKind.QUESTION.value)
    if answered is not None:
        rows = rows.filter(is_answered=answered)
    return tuple(message_view(row) for row in rows.order_by("id")[:limit])


def talk(*, session_id: int) -> Talk:
    """How much was written, asked and left without an answer."""
    shown = Message.objects.filter(session_id=session_id, hidden_at__isnull=True)
    asked = shown.filter(kind=MessageKind.QUESTION.value)
    answers = Message.objects.filter(answers_id=OuterRef("pk"), hidden_at__isnull=True)
    return Talk(
        messages=shown.count(), questions=asked.count(), unanswered=asked.filter(~Exists(answers)).count()
    )


def transcript(*, session_id: int, limit: int = MOST_LINES) -> tuple[TranscriptView, ...]:
    """What the host said, in order; of a very long session the latest `limit` lines."""
    rows = TranscriptLine.objects.filter(session_id=session_id).order_by("-at", "-id")[:limit]
    return tuple(reversed([transcript_view(row) for row in rows]))


def brief_of(row: Session) -> SessionBrief:
    """A row as other rooms see it, without joins."""
    return SessionBrief(
        id=row.pk,
        county_id=row.county_id,
        title=row.title,
        organiser_id=row.organiser_id,
        cooperative_id=row.cooperative_id,
        host_id=row.host_id,
        agreement_version_id=row.agreement_version_id,
        state=SessionState(row.state),
        hold_seconds=row.hold_seconds,
    )


def message_view(row: Message) -> MessageView:
    """A line of chat as others see it: the writer's public name only, and no contact that was kept before its kind
    was known.
    """
    return MessageView(
        id=row.pk,
        session_id=row.session_id,
        person_id=row.person_id,
        name=row.person.display_name,
        kind=MessageKind(row.kind),
        text=without_contacts(row.text),
        answers=row.answers_id,
        answered=bool(getattr(row, "is_answered", False)),
        at=row.at,
    )


def transcript_view(row: TranscriptLine) -> TranscriptView:
    """A line of the transcript."""
    return TranscriptView(id=row.pk, at=row.at, ended_at=row.ended_at, text=row.text, source=row.source)


def source_view(row: SessionSource) -> SourceView:
    """A source as others see it."""
    return SourceView(
        session_id=row.session_id, kind=row.kind, key=row.key, from_at=row.from_at, to_at=row.to_at
    )


def _present() -> "QuerySet[Presence]":
    return Presence.objects.filter(seen_at__gt=Now() - timedelta(seconds=PRESENCE_SECONDS))


def _rows() -> "QuerySet[Any]":
    here = _present().filter(session_id=OuterRef("pk")).values("session_id").annotate(total=Sum("listeners"))
    films = SessionSource.objects.filter(session_id=OuterRef("pk"), kind=CLIP).order_by("-id").values("key")
    return Session.objects.select_related("host__village", "cooperative__village", "tally").annotate(
        viewers_now=Coalesce(Subquery(here.order_by().values("total")), 0, output_field=IntegerField()),
        clip=Coalesce(Subquery(films[:1]), Value(""), output_field=CharField()),
    )


def _messages(session_id: int) -> "QuerySet[Any]":
    return _with_answers(Message.objects.filter(session_id=session_id, hidden_at__isnull=True))


def _with_answers(rows: "QuerySet[Message]") -> "QuerySet[Any]":
    replies = Message.objects.filter(answers_id=OuterRef("pk"), hidden_at__isnull=True)
    # The writer's phone and name are encrypted: reading only the public name saves decrypting them for each line.
    columns = ("session_id", "kind", "text", "answers_id", "at", "person__display_name")
    return rows.select_related("person").only(*columns).annotate(is_answered=Exists(replies))


def _session_views(rows: "Sequence[Any] | QuerySet[Any]") -> list[SessionView]:
    return [_session_view(row) for row in rows]


def _session_view(row: Any) -> SessionView:
    village = row.cooperative.village or row.host.village
    return SessionView(
        id=row.pk,
        county_id=row.county_id,
        title=row.title,
        organiser_id=row.organiser_id,
        cooperative_id=row.cooperative_id,
        host_id=row.host_id,
        agreement_version_id=row.agreement_version_id,
        starts_at=row.starts_at,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        state=SessionState(row.state),
        explaining_offer_id=row.explaining_offer_id,
        hold_seconds=row.hold_seconds,
        public_benefit=row.public_benefit,
        cover=row.cover,
        clip=row.clip,
        host_name=row.host.name,
        host_name_en=row.host.name_en,
        host_picture=row.host.picture,
        cooperative_name=row.cooperative.name,
        cooperative_name_en=row.cooperative.name_en,
        village=village.name if village else "",
        village_en=village.name_en if village else "",
        counts=_counts(row),
    )


def _counts(row: Any) -> Counts:
    try:
        tally = row.tally
    except Tally.DoesNotExist:
        return NO_COUNTS
    return Counts(
        viewers=row.viewers_now,
        peak_viewers=tally.peak_viewers,
        visits=tally.visits,
        likes=tally.likes,
        shares=tally.shares,
    )
