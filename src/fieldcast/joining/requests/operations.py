"""Writes of requests to join: asked, asked more about, told more, accepted, declined, taken back.

Every write locks the request, looks again and leaves a step; one that has ended is never answered a second time.
"""

import math
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from fieldcast.accounts import limits
from fieldcast.accounts import queries as accounts
from fieldcast.accounts.access import allowed, require, require_now
from fieldcast.accounts.office.problems import IsBlocked
from fieldcast.accounts.types import OrganisationKind, OrganisationRef, SignedIn, Standing
from fieldcast.files import operations as files_operations
from fieldcast.files import sent
from fieldcast.files.sent import DrawnPhoto, Photo
from fieldcast.files.types import FileKind, Retention
from fieldcast.joining.models import JoinRequest, JoinRequestPhoto, JoinRequestStep
from fieldcast.joining.requests import told
from fieldcast.joining.requests.answerers import who_answers
from fieldcast.joining.requests.becoming import Corrected, become, cooperative_of, may_become
from fieldcast.joining.requests.problems import (
    ConsentMissing,
    JoinAnswered,
    JoinWaits,
    JoinWordsMissing,
    LicencePhotoMissing,
    NoCounty,
    NothingWanted,
    NotSaid,
    OfOtherCounty,
    OrganisationSuspended,
    TooLong,
    TooManyJoinPhotos,
    TooManyJoinRequests,
)
from fieldcast.joining.requests.queries import join_request
from fieldcast.joining.requests.types import (
    CHOOSES,
    MOST_LETTERS,
    MOST_PHOTOS,
    NAME_LETTERS,
    OPEN,
    PLACED,
    VILLAGE_LETTERS,
    JoinKind,
    JoinRequestView,
    JoinState,
)
from fieldcast.joining.requests.wanted import check_facts
from fieldcast.kit.errors import NotFound
from fieldcast.kit.fields import blind_index
from fieldcast.kit.said import alike, said


def draw_photos(*, by: SignedIn, photos: Sequence[Photo]) -> tuple[DrawnPhoto, ...]:
    """Pictures as they will be kept with a request, before any transaction: see `files.sent.draw`.

    Raises `TooManyJoinPhotos`, and what that raises.
    """
    if len(photos) > MOST_PHOTOS:
        raise TooManyJoinPhotos(most=MOST_PHOTOS)
    return sent.draw(photos, by=by, kind=FileKind.DOCUMENT)


def ask_to_join(
    *,
    by: SignedIn,
    kind: JoinKind,
    name: str,
    consent: bool,
    now: datetime,
    village: str = "",
    cooperative_id: int | None = None,
    facts: Mapping[str, str] | None = None,
    photos: Sequence[DrawnPhoto] = (),
) -> JoinRequestView:
    """Ask to farm, sell, host or carry; `facts` as `wanted.WANTED` says, `photos` by `draw_photos`.

    Raises `NoCounty`, `AlreadyThat`, `JoinWaits`, `TooManyJoinRequests`, `CooperativeUnknown`, and for what is
    missing or unclear `NotSaid`, `TooLong`, `AreaUnclear`, `LicenceUnclear`, `LicencePhotoMissing`,
    `TooManyJoinPhotos` and `ConsentMissing`.
    """
    if by.county_id is None:
        raise NoCounty
    plain_name = _line(name, "name", NAME_LETTERS)
    plain_village = _line(village, "village", VILLAGE_LETTERS) if kind in PLACED else ""
    plain_facts = check_facts(kind, facts or {})
    _check_photos(kind, photos)
    if not consent:
        raise ConsentMissing
    named = cooperative_id if kind in CHOOSES else None
    cooperative = cooperative_of(county_id=by.county_id, cooperative_id=named)
    may_become(by=by, kind=kind, cooperative=cooperative)
    goes_to = who_answers(county_id=by.county_id, kind=kind, cooperative=cooperative, person_id=by.pk)
    _check_standing(goes_to)
    with transaction.atomic():
        row = _new(
            by,
            now,
            kind=kind.value,
            name=plain_name,
            name_hash=blind_index(alike(plain_name)),
            village=plain_village,
            cooperative_id=named,
            goes_to_id=goes_to.id,
            facts=plain_facts,
        )
        _spend(by, now)
        _step(row, JoinState.ASKED, by=by, now=now)
        _keep(row, photos, by=by, now=now)
        row.due_at = told.asked(row, goes_to, turn=1, by=by, now=now)
        row.save(update_fields=["due_at"])
    return join_request(request_id=row.pk)


def accept_to_join(
    *,
    by: SignedIn,
    request_id: int,
    now: datetime,
    name: str = "",
    village: str = "",
    cooperative_id: int | None = None,
    new_village: bool = False,
    words: str = "",
) -> JoinRequestView:
    """Take them in: organisation, role and farm at once. What is corrected of name and village is written down.

    A cooperative that answers takes its households in itself; others may name one. Raises `NotFound` for strangers,
    `JoinAnswered`, `IsBlocked`, `OfOtherCounty`, and what `becoming.become` raises.
    """
    with transaction.atomic():
        row, goes_to = _locked_to_answer(by, request_id, now)
        _check_standing(goes_to)
        person = accounts.account(person_id=row.person_id)
        if not person.is_active:
            raise IsBlocked(name=person.display_name)
        if person.county_id != row.county_id:
            raise OfOtherCounty(name=person.display_name)
        kind = JoinKind(row.kind)
        plain_name = _line(name or row.name, "name", NAME_LETTERS)
        plain_village = _line(village or row.village, "village", VILLAGE_LETTERS) if kind in PLACED else ""
        how = Corrected(
            name=plain_name,
            village=plain_village,
            cooperative_id=_cooperative(row, goes_to, cooperative_id),
            new_village=new_village,
        )
        row.organisation_id = become(row, how, by=by, now=now).id
        corrected = [new for new, old in ((plain_name, row.name), (plain_village, row.village)) if new != old]
        turn = _turn(row)
        _step(
            row,
            JoinState.ACCEPTED,
            by=by,
            now=now,
            words=_plain(words) if said(words) else "",
            corrected=" · ".join(corrected),
        )
        told.answered(row, goes_to, turn=turn, by=by, words=told.ANSWERED, now=now)
        told.taken(row, goes_to, now=now)
    return join_request(request_id=row.pk)


def decline_to_join(*, by: SignedIn, request_id: int, words: str, now: datetime) -> JoinRequestView:
    """Say why not. Raises `NotFound` for strangers, `JoinAnswered`, `JoinWordsMissing`."""
    plain = _plain(words)
    with transaction.atomic():
        row, goes_to = _locked_to_answer(by, request_id, now)
        turn = _turn(row)
        _step(row, JoinState.DECLINED, by=by, now=now, words=plain)
        told.answered(row, goes_to, turn=turn, by=by, words=told.ANSWERED, now=now)
        told.declined(row, goes_to, now=now)
    return join_request(request_id=row.pk)


def ask_for_more(*, by: SignedIn, request_id: int, words: str, now: datetime) -> JoinRequestView:
    """Say what is not clear: it waits for whoever asks. Raises `NotFound`, `JoinAnswered`, `JoinWordsMissing`."""
    plain = _plain(words)
    with transaction.atomic():
        row, goes_to = _locked_to_answer(by, request_id, now)
        if row.state == JoinState.MORE_ASKED.value:
            raise JoinAnswered(who=_who_was_last(row))
        turn = _turn(row)
        _step(row, JoinState.MORE_ASKED, by=by, now=now, words=plain)
        told.answered(row, goes_to, turn=turn, by=by, words=told.MORE, now=now)
        told.more_asked(row, goes_to, turn=turn, by=by, now=now)
    return join_request(request_id=row.pk)


def tell_more(
    *, by: SignedIn, request_id: int, words: str, now: datetime, photos: Sequence[DrawnPhoto] = ()
) -> JoinRequestView:
    """Answer what more was asked: those who answer have their days anew.

    Raises `NotFound` for anyone else's request, `NothingWanted`, `JoinWordsMissing`, `TooManyJoinPhotos`.
    """
    plain = _plain(words)
    with transaction.atomic():
        row = _locked(request_id)
        require(by, "joining.change_own_request", join_request(request_id=row.pk))
        if row.state != JoinState.MORE_ASKED.value:
            raise NothingWanted
        if row.photos.count() + len(photos) > 2 * MOST_PHOTOS:
            raise TooManyJoinPhotos(most=MOST_PHOTOS)
        goes_to = accounts.organisation(organisation_id=row.goes_to_id)
        turn = _turn(row)
        told.answered(row, goes_to, turn=turn, by=by, words=told.TOLD, now=now)
        row.due_at = told.asked(row, goes_to, turn=turn + 1, by=by, now=now)
        _step(row, JoinState.ASKED, by=by, now=now, words=plain)
        _keep(row, photos, by=by, now=now)
    return join_request(request_id=row.pk)


def withdraw_request(*, by: SignedIn, request_id: int, now: datetime) -> JoinRequestView:
    """Take one's own request back. Raises `NotFound` for anyone else's, `JoinAnswered`."""
    with transaction.atomic():
        row = _locked(request_id)
        require(by, "joining.change_own_request", join_request(request_id=row.pk))
        _check_open(row)
        goes_to = accounts.organisation(organisation_id=row.goes_to_id)
        turn = _turn(row)
        _step(row, JoinState.WITHDRAWN, by=by, now=now)
        told.answered(row, goes_to, turn=turn, by=by, words=told.TAKEN_BACK, now=now)
    return join_request(request_id=row.pk)


def _spend(by: SignedIn, now: datetime) -> None:
    """Also what is taken back counts: it was read, and its photos are kept. What is refused here counts for nothing."""
    spent = limits.spend(rate=limits.JOIN_REQUESTS, who=f"person {by.pk}", now=now)
    if not spent.granted:
        hours = math.ceil(spent.wait(now) / 3600)
        raise TooManyJoinRequests(most=limits.JOIN_REQUESTS.most, hours=hours)


def _new(by: SignedIn, now: datetime, **what: object) -> JoinRequest:
    """Raises `JoinWaits` where one of the kind is open."""
    try:
        with transaction.atomic():
            return JoinRequest.objects.create(
                county_id=by.county_id,
                person_id=by.pk,
                state=JoinState.ASKED.value,
                asked_at=now,
                due_at=now,
                **what,
            )
    except IntegrityError as error:
        raise JoinWaits from error


def _locked(request_id: int) -> JoinRequest:
    row = JoinRequest.objects.select_for_update(no_key=True).filter(id=request_id).first()
    if row is None:
        raise NotFound("join request")
    return row


def _locked_to_answer(by: SignedIn, request_id: int, now: datetime) -> tuple[JoinRequest, OrganisationRef]:
    """The request for those who are asked, and once it is late for the county.

    Raises `NotFound` for strangers, `JoinAnswered` where somebody was first or the county may not yet.
    """
    row = _locked(request_id)
    view = join_request(request_id=row.pk)
    require_now(by, "joining.see_request", view)
    if not allowed(by, "joining.answer_request", view):
        require(by, "joining.answer_late_request", view)
        if view.open and not view.late(now):
            raise NotFound("join request")
    _check_open(row)
    return row, accounts.organisation(organisation_id=row.goes_to_id)


def _check_open(row: JoinRequest) -> None:
    if row.state not in {state.value for state in OPEN}:
        raise JoinAnswered(who=_who_was_last(row))


def _who_was_last(row: JoinRequest) -> str:
    by_id = row.steps.order_by("-id").values_list("by_id", flat=True).first()
    return accounts.person_ref(person_id=by_id).display_name if by_id is not None else ""


def _check_standing(goes_to: OrganisationRef) -> None:
    if goes_to.standing == Standing.SUSPENDED:
        raise OrganisationSuspended(name=goes_to.name)


def _cooperative(row: JoinRequest, goes_to: OrganisationRef, named: int | None) -> int | None:
    """A cooperative takes in for itself, unless the county answers for it; a host's wish stays a wish."""
    if row.kind != JoinKind.FARMER.value:
        return None
    return goes_to.id if goes_to.kind == OrganisationKind.COOPERATIVE else named or row.cooperative_id


def _turn(row: JoinRequest) -> int:
    """How often it was asked: once, and again each time more was told."""
    return row.steps.filter(state=JoinState.ASKED.value).count()


def _step(
    row: JoinRequest,
    state: JoinState,
    *,
    by: SignedIn,
    now: datetime,
    words: str = "",
    corrected: str = "",
) -> None:
    row.state = state.value
    if state != JoinState.ASKED:
        row.due_at = None
    row.save(update_fields=["state", "due_at", "organisation"])
    JoinRequestStep.objects.create(
        request=row, state=state.value, by_id=by.pk, at=now, words=words, corrected=corrected
    )


def _keep(row: JoinRequest, photos: Sequence[DrawnPhoto], *, by: SignedIn, now: datetime) -> None:
    different = {photo.drawn.sha256: photo for photo in photos}
    kept = [
        files_operations.keep_drawn(
            by=by,
            county_id=row.county_id,
            organisation_id=None,
            kind=FileKind.DOCUMENT,
            retention=Retention.TRADE,
            name=photo.name,
            drawn=photo.drawn,
            now=now,
        )
        for photo in different.values()
    ]
    JoinRequestPhoto.objects.bulk_create(JoinRequestPhoto(request=row, file_id=one.id) for one in kept)


def _check_photos(kind: JoinKind, photos: Sequence[object]) -> None:
    if len(photos) > MOST_PHOTOS:
        raise TooManyJoinPhotos(most=MOST_PHOTOS)
    if kind == JoinKind.SELLER and not photos:
        raise LicencePhotoMissing


def _line(text: str, field: str, most: int) -> str:
    plain = said(text)
    if not plain:
        raise NotSaid(field=field)
    if len(plain) > most:
        raise TooLong(field=field, most=most)
    return plain


def _plain(words: str) -> str:
    plain = said(words)
    if not plain or len(plain) > MOST_LETTERS:
        raise JoinWordsMissing(most=MOST_LETTERS)
    return plain
