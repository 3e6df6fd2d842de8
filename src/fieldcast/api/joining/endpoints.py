"""Ways in: requests to join with their answers, and invitations by phone number. Photos are sent on the pages."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Status

from fieldcast.api.fields import PageNumber, PathId
from fieldcast.api.joining.schemas import (
    InvitationAnswerIn,
    InvitationIn,
    InvitationOut,
    JoinAnswer,
    JoinAnswerIn,
    JoinRequestIn,
    JoinRequestOut,
    MoreIn,
)
from fieldcast.api.once import once
from fieldcast.api.pages import PageOut, page_of
from fieldcast.api.problems import RESPONSES
from fieldcast.api.request import person_of
from fieldcast.joining import operations as joining_operations
from fieldcast.joining import queries as joining
from fieldcast.joining.queries import JoinWhich
from fieldcast.joining.types import JoinKind

router = Router(tags=["joining"])


@router.get("/me/join-requests", response={200: list[JoinRequestOut], **RESPONSES}, summary="My requests")
def list_my_join_requests(request: HttpRequest) -> Any:
    """What I asked to become here and how it stands, the newest first."""
    return [JoinRequestOut.of(one) for one in joining.join_requests_of(person_id=person_of(request).pk)]


@router.post("/me/join-requests", response={201: JoinRequestOut, **RESPONSES}, summary="Ask to join")
@once
def ask_to_join(request: HttpRequest, body: JoinRequestIn) -> Any:
    """Ask to farm, host or carry; answered within five working days. One of a kind waits at a time."""
    with transaction.atomic():
        made = joining_operations.ask_to_join(by=person_of(request), **body.dict(), now=timezone.now())
    return Status(201, JoinRequestOut.of(made))


@router.post(
    "/join-requests/{join_id}/withdraw", response={200: JoinRequestOut, **RESPONSES}, summary="Take it back"
)
@once
def withdraw_join_request(request: HttpRequest, join_id: PathId) -> Any:
    """Take my own request back."""
    with transaction.atomic():
        return JoinRequestOut.of(
            joining_operations.withdraw_request(by=person_of(request), request_id=join_id, now=timezone.now())
        )


@router.post(
    "/join-requests/{join_id}/more", response={200: JoinRequestOut, **RESPONSES}, summary="Tell more"
)
@once
def tell_more(request: HttpRequest, join_id: PathId, body: MoreIn) -> Any:
    """Answer what more was asked about my own request: it goes on."""
    with transaction.atomic():
        return JoinRequestOut.of(
            joining_operations.tell_more(
                by=person_of(request), request_id=join_id, words=body.words, now=timezone.now()
            )
        )


@router.get("/join-requests", response={200: PageOut[JoinRequestOut], **RESPONSES}, summary="Requests to me")
def list_join_requests(
    request: HttpRequest,
    kind: JoinKind | None = None,
    which: JoinWhich | None = None,
    page: PageNumber = 1,
) -> Any:
    """Requests that I answer, or my county: those that wait first, the soonest due before others. Else none."""
    found = joining.requests_to_answer(
        person_id=person_of(request).pk, now=timezone.now(), kind=kind, which=which, page=page
    )
    return {**page_of(found), "items": [JoinRequestOut.of(one) for one in found.items]}


@router.post(
    "/join-requests/{join_id}/answer", response={200: JoinRequestOut, **RESPONSES}, summary="Answer a request"
)
@once
def answer_join_request(request: HttpRequest, join_id: PathId, body: JoinAnswerIn) -> Any:
    """Take them in, ask for more, or decline with words: those it goes to, and the county once it is late."""
    by, now = person_of(request), timezone.now()
    with transaction.atomic():
        if body.do == JoinAnswer.ACCEPT:
            corrected = body.dict(exclude={"do"})
            made = joining_operations.accept_to_join(by=by, request_id=join_id, now=now, **corrected)
        elif body.do == JoinAnswer.MORE:
            made = joining_operations.ask_for_more(by=by, request_id=join_id, words=body.words, now=now)
        else:
            made = joining_operations.decline_to_join(by=by, request_id=join_id, words=body.words, now=now)
        return JoinRequestOut.of(made)


@router.get("/me/invitations", response={200: list[InvitationOut], **RESPONSES}, summary="Invitations to me")
def list_my_invitations(request: HttpRequest) -> Any:
    """Invitations of my number that wait for me."""
    found = joining.invitations_to(person_id=person_of(request).pk, now=timezone.now())
    return [InvitationOut.of(one) for one in found]


@router.get("/invitations", response={200: PageOut[InvitationOut], **RESPONSES}, summary="Invitations sent")
def list_invitations(request: HttpRequest, page: PageNumber = 1) -> Any:
    """Invitations to where I may invite: those that wait first, then the newest."""
    found = joining.invitations_sent(person_id=person_of(request).pk, now=timezone.now(), page=page)
    return {**page_of(found), "items": [InvitationOut.of(one) for one in found.items]}


@router.post("/invitations", response={201: InvitationOut, **RESPONSES}, summary="Invite a number")
@once
def invite(request: HttpRequest, body: InvitationIn) -> Any:
    """Invite a mobile number: it waits two weeks for whoever signs in with it, and is not said to have an account."""
    with transaction.atomic():
        sent = joining_operations.invite(by=person_of(request), **body.dict(), now=timezone.now())
    return Status(201, InvitationOut.of(sent))


@router.post(
    "/invitations/{invitation_id}/withdraw",
    response={200: InvitationOut, **RESPONSES},
    summary="Take an invitation back",
)
@once
def withdraw_invitation(request: HttpRequest, invitation_id: PathId) -> Any:
    """Take an invitation back that waits."""
    with transaction.atomic():
        return InvitationOut.of(
            joining_operations.withdraw_invitation(
                by=person_of(request), invitation_id=invitation_id, now=timezone.now()
            )
        )


@router.post(
    "/invitations/{invitation_id}/answer",
    response={200: InvitationOut, **RESPONSES},
    summary="Answer an invitation",
)
@once
def answer_invitation(request: HttpRequest, invitation_id: PathId, body: InvitationAnswerIn) -> Any:
    """Accept an invitation of my number, or decline it."""
    answer = joining_operations.accept_invitation if body.accept else joining_operations.decline_invitation
    with transaction.atomic():
        return InvitationOut.of(
            answer(by=person_of(request), invitation_id=invitation_id, now=timezone.now())
        )
