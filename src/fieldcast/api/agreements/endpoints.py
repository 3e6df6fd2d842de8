"""Agreements: versions and consents."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Status

from fieldcast.accounts.loaders import load_organisation
from fieldcast.accounts.types import OrganisationKind
from fieldcast.agreements import ending
from fieldcast.agreements import operations as agreements_operations
from fieldcast.agreements.bonds import queries as bonds
from fieldcast.agreements.concerns import concerns
from fieldcast.agreements.loaders import load_version, load_version_to_sign
from fieldcast.agreements.queries import usable_of
from fieldcast.agreements.reading import terms_from_json
from fieldcast.api.agreements.schemas import (
    AgreementIn,
    BondOut,
    ConcernOut,
    ConsentIn,
    NoticeIn,
    RevisionIn,
    TermOut,
    VersionOut,
)
from fieldcast.api.fields import PathId
from fieldcast.api.once import once
from fieldcast.api.problems import RESPONSES
from fieldcast.api.request import person_of
from fieldcast.trade.papers import agreement_paper

router = Router(tags=["agreements"])


@router.get(
    "/organisations/{organisation_id}/agreements",
    response={200: list[VersionOut], **RESPONSES},
    summary="Agreements in force",
)
def list_agreements(request: HttpRequest, organisation_id: PathId) -> Any:
    """The latest version of each agreement that an organisation of mine is a party to; before it, while it waits for
    a consent, the one that still stands.
    """
    load_organisation(by=person_of(request), organisation_id=organisation_id)
    return [
        VersionOut.of(version)
        for version in usable_of(organisation_id=organisation_id, today=timezone.localdate())
    ]


@router.post("/agreements", response={201: VersionOut, **RESPONSES}, summary="Make an agreement")
@once
def create_agreement(request: HttpRequest, body: AgreementIn) -> Any:
    """Make an agreement with its first version, for a cooperative I manage."""
    person = person_of(request)
    cooperative = load_organisation(
        by=person, organisation_id=body.cooperative_id, perm="accounts.manage_organisation"
    )
    with transaction.atomic():
        version = agreements_operations.create_agreement(
            by=person,
            county_id=cooperative.county_id,
            name=body.name,
            cooperative_id=cooperative.id,
            host_id=body.host_id,
            carrier_id=body.carrier_id,
            terms=terms_from_json(body.terms),
            now=timezone.now(),
            note=body.note,
            others=body.others,
            confirms_jump=body.confirms_jump,
        )
    return Status(201, VersionOut.of(version))


@router.get("/agreement-versions/{version_id}", response={200: VersionOut, **RESPONSES}, summary="A version")
def get_agreement_version(request: HttpRequest, version_id: PathId) -> Any:
    """One version, for its parties and the authority."""
    return VersionOut.of(load_version(by=person_of(request), version_id=version_id))


@router.post(
    "/agreement-versions/{version_id}/revisions",
    response={201: VersionOut, **RESPONSES},
    summary="Change the terms",
)
@once
def revise_agreement(request: HttpRequest, version_id: PathId, body: RevisionIn) -> Any:
    """Add the next version; what was sold before keeps the version it was sold under."""
    person = person_of(request)
    found = load_version(by=person, version_id=version_id, perm="agreements.revise")
    with transaction.atomic():
        revised = agreements_operations.revise(
            by=person,
            agreement_id=found.agreement_id,
            terms=terms_from_json(body.terms),
            now=timezone.now(),
            note=body.note,
            confirms_jump=body.confirms_jump,
        )
    return Status(201, VersionOut.of(revised))


@router.post("/agreement-versions/{version_id}/consents", response={204: None, **RESPONSES}, summary="Agree")
@once
def consent_to_agreement(request: HttpRequest, version_id: PathId, body: ConsentIn) -> Any:
    """Agree to a version for an organisation I manage: a party, or a household of its cooperative."""
    person = person_of(request)
    organisation = load_organisation(
        by=person, organisation_id=body.organisation_id, perm="accounts.manage_organisation"
    )
    if organisation.kind == OrganisationKind.HOUSEHOLD:
        load_version_to_sign(by=person, version_id=version_id, household_id=organisation.id)
    else:
        load_version(by=person, version_id=version_id)
    with transaction.atomic():
        agreements_operations.consent(
            by=person,
            version_id=version_id,
            organisation_id=body.organisation_id,
            now=timezone.now(),
            accepts=body.accepts,
            sha256=body.sha256,
        )
    return Status(204, None)


@router.get(
    "/agreement-versions/{version_id}/concerns",
    response={200: list[ConcernOut], **RESPONSES},
    summary="What must be accepted before signing",
)
def list_concerns(request: HttpRequest, version_id: PathId) -> Any:
    """Penalties that do not deter and lines that may cost a farmer money, with the role that each hurts."""
    version = load_version(by=person_of(request), version_id=version_id)
    return [
        ConcernOut(
            key=one.key,
            clause=one.clause,
            why=one.why.value,
            hurt=one.hurt,
            value=one.value,
            sentence=one.sentence,
        )
        for one in concerns(version.terms)
    ]


@router.get(
    "/agreement-versions/{version_id}/bonds",
    response={200: list[BondOut], **RESPONSES},
    summary="Performance bonds",
)
def list_bonds(request: HttpRequest, version_id: PathId) -> Any:
    """What its parties leave behind the agreement, for its parties and the authority."""
    version = load_version(by=person_of(request), version_id=version_id)
    found = bonds.bonds_of_agreement(agreement_id=version.agreement_id, today=timezone.localdate())
    return [
        BondOut(
            organisation_id=one.key.organisation_id,
            agreed_fen=one.agreed_fen,
            cash_fen=one.cash_fen,
            letters_fen=one.letters_fen,
            lacks_fen=one.lacks_fen,
            owed_fen=one.owed_fen,
            free_fen=one.free_fen,
        )
        for one in found
    ]


@router.get(
    "/agreement-versions/{version_id}/term",
    response={200: TermOut, **RESPONSES},
    summary="How long it holds",
)
def get_term(request: HttpRequest, version_id: PathId) -> Any:
    """The last day, or the next renewal, and how long before it notice is given."""
    version = load_version(by=person_of(request), version_id=version_id)
    return TermOut.of(ending.outlook(agreement_id=version.agreement_id, today=timezone.localdate()))


@router.post(
    "/agreement-versions/{version_id}/notice",
    response={200: TermOut, **RESPONSES},
    summary="Give notice",
)
@once
def give_notice(request: HttpRequest, version_id: PathId, body: NoticeIn) -> Any:
    """End the agreement for a party I manage; nothing is sold under it after the day that is said."""
    person = person_of(request)
    version = load_version(by=person, version_id=version_id)
    load_organisation(by=person, organisation_id=body.organisation_id, perm="accounts.manage_organisation")
    with transaction.atomic():
        seen = agreements_operations.give_notice(
            by=person,
            agreement_id=version.agreement_id,
            organisation_id=body.organisation_id,
            ends_on=body.ends_on,
            why=body.why,
            now=timezone.now(),
        )
    return TermOut.of(seen)


@router.get(
    "/agreement-versions/{version_id}/paper",
    response={200: bytes, **RESPONSES},
    summary="A version as a PDF",
    openapi_extra={"responses": {"200": {"content": {"application/pdf": {}}}}},
)
def get_paper(request: HttpRequest, version_id: PathId) -> HttpResponse:
    """The paper of a version, in the language that is asked for, for its parties and the authority."""
    version = load_version(by=person_of(request), version_id=version_id)
    return HttpResponse(agreement_paper(version), content_type="application/pdf")
