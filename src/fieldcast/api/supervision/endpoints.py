"""Reported sales against records, what needs attention, and the books' own check."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja import Router, Status

from fieldcast.accounts.loaders import load_county
from fieldcast.api.fields import PathId
from fieldcast.api.once import once
from fieldcast.api.problems import RESPONSES
from fieldcast.api.request import person_of
from fieldcast.api.supervision.schemas import SalesReportIn, SessionBooksOut, VerificationOut
from fieldcast.kit import restarts
from fieldcast.kit.restarts import Restarts
from fieldcast.live.loaders import load_session_to_run
from fieldcast.supervision import operations as supervision_operations
from fieldcast.supervision import queries as supervision
from fieldcast.supervision.loaders import load_session_books, load_verification
from fieldcast.supervision.types import AttentionItem, Invariants

router = Router(tags=["supervision"])
WHO = _("the county's supervisors")


@router.post(
    "/sessions/{session_id}/sales-reports",
    response={201: VerificationOut, **RESPONSES},
    summary="Report sales",
)
@once
def report_sales(request: HttpRequest, session_id: PathId, body: SalesReportIn) -> Any:
    """A host reports what a session sold; the answer holds it against orders, payments and parcels."""
    person = person_of(request)
    load_session_to_run(by=person, session_id=session_id)
    with transaction.atomic():
        supervision_operations.report_sales(
            by=person, session_id=session_id, **body.dict(), now=timezone.now()
        )
    return Status(201, supervision.verify_session(session_id=session_id, now=timezone.now()))


@router.get(
    "/sessions/{session_id}/verification",
    response={200: VerificationOut, **RESPONSES},
    summary="Reported or real?",
)
def verify_sales(request: HttpRequest, session_id: PathId) -> Any:
    """Reported sales beside orders, payments and parcels, for the session's parties and the authority."""
    return load_verification(by=person_of(request), session_id=session_id, now=timezone.now())


@router.get(
    "/sessions/{session_id}/books", response={200: SessionBooksOut, **RESPONSES}, summary="A session's books"
)
def get_session_books(request: HttpRequest, session_id: PathId) -> Any:
    """Orders, payments and settlement of a session side by side, for its parties and the authority."""
    return load_session_books(by=person_of(request), session_id=session_id)


@router.get(
    "/county/attention", response={200: list[AttentionItem], **RESPONSES}, summary="What needs attention"
)
def list_attention(request: HttpRequest) -> Any:
    """What a supervisor should look at first."""
    person = person_of(request)
    county = load_county(by=person, county_id=person.county_id, who=WHO)
    return list(supervision.attention(county_id=county.id, now=timezone.now()))


@router.get(
    "/county/invariants",
    response={**RESPONSES, 200: Invariants, 503: Invariants},
    summary="Do the books hold?",
)
def check_invariants(request: HttpRequest, new: bool = False) -> Any:
    """Every rule of the house, recomputed from its rows now. It reads everything: ask rarely.

    With `new=true`, statements and what moved for them are read from `read_since` on, the last signed reading of
    everything; when there is none, or something is wrong, all is read.

    The status says what `ok` says: 200 when the books hold, 503 with the same body when they do not.
    """
    person = person_of(request)
    load_county(by=person, county_id=person.county_id, who=WHO)
    check = supervision.invariants_since if new else supervision.invariants
    found = check(now=timezone.now())
    return Status(200 if found.ok else 503, found)


@router.get(
    "/county/processes",
    response={200: Restarts, **RESPONSES},
    summary="What was started again on this machine?",
)
def list_processes(request: HttpRequest) -> Any:
    """The platform's processes: how often each was started again, why, and after how many seconds it was well."""
    person = person_of(request)
    load_county(by=person, county_id=person.county_id, who=WHO)
    return restarts.read(settings.HOME)
