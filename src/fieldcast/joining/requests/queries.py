"""Reads of requests to join."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from django.db.models import Case, F, IntegerField, Prefetch, Q, QuerySet, Value, When

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import OrganisationRef
from fieldcast.joining.models import JoinRequest, JoinRequestPhoto, JoinRequestStep
from fieldcast.joining.requests.answerers import to_answer
from fieldcast.joining.requests.types import OPEN, JoinKind, JoinRequestView, JoinState, JoinStepView, Waiting
from fieldcast.kit.errors import NotFound
from fieldcast.kit.fields import blind_index
from fieldcast.kit.pages import Page, paginate
from fieldcast.kit.said import alike

ASKED = Q(state=JoinState.ASKED.value)


class JoinWhich(StrEnum):
    """Which requests a list shows. `late`: those the county may answer."""

    WAITING = "waiting"
    LATE = "late"
    MORE_ASKED = "more_asked"
    ENDED = "ended"


def join_request(*, request_id: int) -> JoinRequestView:
    """One request, answered or not. Raises `NotFound`."""
    found = _views(list(_with_all(JoinRequest.objects.filter(id=request_id))))
    if not found:
        raise NotFound("join request")
    return found[0]


def join_requests_of(*, person_id: int, limit: int = 20) -> tuple[JoinRequestView, ...]:
    """A person's own requests, the newest first."""
    rows = _with_all(JoinRequest.objects.filter(person_id=person_id)).order_by("-id")
    return tuple(_views(list(rows[:limit])))


def requests_to_answer(
    *,
    person_id: int,
    now: datetime,
    kind: JoinKind | None = None,
    which: JoinWhich | None = None,
    search: str = "",
    page: int = 1,
    per_page: int = 20,
) -> Page[JoinRequestView]:
    """Requests that a person answers, or their county does: those that wait first, the soonest due before others, then
    the newest. `search` looks in the names of those who ask, and finds the name that is asked for when it is whole.
    """
    rows = JoinRequest.objects.filter(to_answer(person_id=person_id))
    if kind is not None:
        rows = rows.filter(kind=kind.value)
    if which is not None:
        rows = rows.filter(_which(which, now))
    if words := search.strip().replace("\x00", ""):
        rows = rows.filter(Q(person__display_name__icontains=words) | Q(name_hash=blind_index(alike(words))))
    open_first = Case(
        When(ASKED, then=Value(0)),
        When(state=JoinState.MORE_ASKED.value, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    turn = Case(When(ASKED, then=F("id")), default=-F("id"))
    return paginate(_with_all(rows).order_by(open_first, "due_at", turn), _views, page, per_page)


def waiting_for(*, person_id: int, limit: int = 5) -> Waiting:
    """How many requests wait for an answer of this person, and the soonest due of them."""
    rows = JoinRequest.objects.filter(ASKED, to_answer(person_id=person_id))
    found = list(_with_all(rows).order_by("due_at", "id")[:limit])
    return Waiting(count=rows.count(), items=tuple(_views(found)))


def request_of_photo(*, file_id: int) -> JoinRequestView:
    """The request that a picture came with. Raises `NotFound`."""
    row = JoinRequestPhoto.objects.filter(file_id=file_id).first()
    if row is None:
        raise NotFound("photo")
    return join_request(request_id=row.request_id)


def _which(which: JoinWhich, now: datetime) -> Q:
    return {
        JoinWhich.WAITING: ASKED,
        JoinWhich.LATE: ASKED & Q(due_at__lte=now),
        JoinWhich.MORE_ASKED: Q(state=JoinState.MORE_ASKED.value),
        JoinWhich.ENDED: ~Q(state__in=[state.value for state in OPEN]),
    }[which]


def _with_all(rows: "QuerySet[JoinRequest]") -> "QuerySet[JoinRequest]":
    return rows.prefetch_related(
        Prefetch("steps", queryset=JoinRequestStep.objects.order_by("id")),
        Prefetch("photos", queryset=JoinRequestPhoto.objects.order_by("id")),
    )


def _views(rows: Sequence[JoinRequest]) -> list[JoinRequestView]:
    """Requests with their names, read for all of them at once."""
    people = {row.person_id for row in rows} | {
        step.by_id for row in rows for step in row.steps.all() if step.by_id is not None
    }
    names = accounts.display_names(person_ids=people)
    ids = {row.goes_to_id for row in rows} | {row.cooperative_id for row in rows if row.cooperative_id}
    places = accounts.organisations_by_ids(ids=ids)
    return [_view(row, names, places) for row in rows]


def _view(row: JoinRequest, names: dict[int, str], places: dict[int, OrganisationRef]) -> JoinRequestView:
    cooperative = places.get(row.cooperative_id or 0)
    goes_to = places[row.goes_to_id]
    return JoinRequestView(
        id=row.pk,
        county_id=row.county_id,
        person_id=row.person_id,
        person_name=names.get(row.person_id, ""),
        kind=JoinKind(row.kind),
        name=row.name,
        village=row.village,
        cooperative_id=row.cooperative_id,
        cooperative_name=cooperative.name if cooperative else "",
        cooperative_name_en=cooperative.name_en if cooperative else "",
        goes_to_id=row.goes_to_id,
        goes_to_name=goes_to.name,
        goes_to_name_en=goes_to.name_en,
        goes_to_kind=goes_to.kind,
        facts=row.facts,
        state=JoinState(row.state),
        asked_at=row.asked_at,
        due_at=row.due_at,
        organisation_id=row.organisation_id,
        steps=[_step(step, names) for step in row.steps.all()],
        photos=[one.file_id for one in row.photos.all()],
    )


def _step(row: JoinRequestStep, names: dict[int, str]) -> JoinStepView:
    return JoinStepView(
        state=JoinState(row.state),
        by_id=row.by_id,
        by_name=names.get(row.by_id or 0, ""),
        at=row.at,
        words=row.words,
        corrected=row.corrected,
    )
