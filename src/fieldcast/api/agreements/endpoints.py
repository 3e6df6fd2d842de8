"""Agreements: versions and consents."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Status

from fieldcast.accounts.loaders import load_organisation
from fieldcast.agreements import operations as agreements_operations
from fieldcast.agreements.loaders import load_version
from fieldcast.agreements.queries import usable_of
from fieldcast.agreements.reading import terms_from_json
from fieldcast.api.agreements.schemas import AgreementIn, ConsentIn, RevisionIn, VersionOut
from fieldcast.api.fields import PathId
from fieldcast.api.once import once
from fieldcast.api.problems import RESPONSES
from fieldcast.api.request import person_of

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
    """Agree to a version for an organisation I manage."""
    person = person_of(request)
    load_version(by=person, version_id=version_id)
    load_organisation(by=person, organisation_id=body.organisation_id, perm="accounts.manage_organisation")
    with transaction.atomic():
        agreements_operations.consent(
            by=person, version_id=version_id, organisation_id=body.organisation_id, now=timezone.now()
        )
    return Status(204, None)
