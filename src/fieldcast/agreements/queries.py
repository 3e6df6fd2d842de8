"""Reads of agreements."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, Max, OuterRef, Prefetch, QuerySet

from fieldcast.accounts.types import OrganisationKind
from fieldcast.agreements.agreed import AgreedTerms
from fieldcast.agreements.models import (
    AcceptedConcern,
    AgreementParty,
    AgreementVersion,
    CommissionCeiling,
    Consent,
)
from fieldcast.agreements.reading import terms_from_json
from fieldcast.agreements.roles import CARRIER, COOPERATIVE, HOST
from fieldcast.agreements.types import Accepted, CeilingView, ConsentView, VersionView
from fieldcast.kit.errors import NotFound
from fieldcast.kit.letters import has_chinese


def version(*, version_id: int) -> VersionView:
    """One version. Raises `NotFound`."""
    found = versions(ids={version_id})
    if not found:
        raise NotFound("agreement")
    return found[version_id]


def versions(*, ids: Iterable[int]) -> dict[int, VersionView]:
    """Versions by id, whether or not a later one stands."""
    return {view.id: view for view in _views(AgreementVersion.objects.filter(id__in=set(ids)))}


def versions_with_period_clauses() -> dict[int, VersionView]:
    """Every version whose terms have clauses of the period, by id, also of agreements that have ended."""
    rows = AgreementVersion.objects.filter(terms__schema=2).exclude(terms__period_clauses__isnull=True)
    return {one.id: one for one in _views(rows) if one.terms.composed and one.terms.composed.period_clauses}


def terms_of(*, version_ids: Iterable[int]) -> dict[int, AgreedTerms]:
    """The terms of versions, which never change, without who stands in them."""
    rows = AgreementVersion.objects.filter(id__in=set(version_ids)).values_list("id", "terms")
    return {version_id: terms_from_json(terms) for version_id, terms in rows}


def carrier_of(*, version_id: int) -> int:
    """Who carries under a version; its parties never change. Raises `NotFound`."""
    named = AgreementParty.objects.filter(role=CARRIER.name, agreement__versions=version_id)
    found = named.values_list("organisation_id", flat=True).first()
    if found is None:
        raise NotFound("agreement")
    return found


def versions_of(*, agreement_id: int) -> tuple[VersionView, ...]:
    """Every version of an agreement, newest first."""
    return _views(AgreementVersion.objects.filter(agreement_id=agreement_id).order_by("-number"))


def current_of(*, organisation_id: int) -> tuple[VersionView, ...]:
    """The latest version of each agreement still in force that the organisation is a party to."""
    named = AgreementParty.objects.filter(organisation_id=organisation_id).values("agreement_id")
    rows = AgreementVersion.objects.filter(agreement__ended_at__isnull=True, agreement_id__in=named)
    return tuple(view for view in _views(rows.order_by("agreement_id", "number")) if view.latest)


def current_in(*, county_id: int) -> tuple[VersionView, ...]:
    """The latest version of each agreement still in force in a county."""
    rows = AgreementVersion.objects.filter(agreement__ended_at__isnull=True, agreement__county_id=county_id)
    return tuple(view for view in _views(rows.order_by("agreement_id", "number")) if view.latest)


def usable_of(*, organisation_id: int, today: date) -> tuple[VersionView, ...]:
    """What an organisation may plan under: the latest version of each agreement in force that it is a party to, and
    before it, while that waits for a consent or for its first day, the last one that everybody has agreed to.
    """
    latest = current_of(organisation_id=organisation_id)
    agreed_latest = _agreed(latest)
    waiting = [
        one.agreement_id
        for one in latest
        if one.number > 1 and (one.id not in agreed_latest or one.begins_after(today))
    ]
    rows = AgreementVersion.objects.filter(agreement_id__in=waiting).order_by("agreement_id", "number")
    earlier = [one for one in _views(rows) if not one.latest]
    agreed = _agreed(earlier)
    standing = {one.agreement_id: one for one in earlier if one.id in agreed}
    return tuple(
        version for one in latest for version in (standing.get(one.agreement_id), one) if version is not None
    )


def in_force(*, agreement_id: int) -> VersionView:
    """The newest version that everybody has agreed to; before there is one, the newest. Raises `NotFound`."""
    found = versions_of(agreement_id=agreement_id)
    if not found:
        raise NotFound("agreement")
    agreed = _agreed(found)
    return next((one for one in found if one.id in agreed), found[0])


def by_hash(*, sha256: str) -> VersionView | None:
    """The version with a hash, or None."""
    return next(iter(_views(AgreementVersion.objects.filter(sha256=sha256))), None)


def agreed_versions(*, ids: Iterable[int]) -> frozenset[int]:
    """Those of the versions that everyone who must has agreed to."""
    return _agreed(versions(ids=ids).values())


def _agreed(found: Iterable[VersionView]) -> frozenset[int]:
    asked = tuple(found)
    consents = consents_of_versions(version_ids=[one.id for one in asked])
    return frozenset(
        one.id
        for one in asked
        if set(one.signers) <= {consent.organisation_id for consent in consents[one.id]}
    )


def has_agreed_to_carry(*, carrier_id: int, cooperative_id: int) -> bool:
    """Whether a carrier has agreed to any terms of the cooperative that name it, in force or not."""
    agreed = Consent.objects.filter(organisation_id=carrier_id)
    for role, party in ((CARRIER.name, carrier_id), (COOPERATIVE.name, cooperative_id)):
        named = AgreementParty.objects.filter(role=role, organisation_id=party).values("agreement_id")
        agreed = agreed.filter(version__agreement_id__in=named)
    return agreed.exists()


def carriers_of(*, cooperative_id: int) -> frozenset[int]:
    """The carriers that have agreed to any terms of a cooperative that name them, in force or not."""
    parties = AgreementParty.objects.filter(role=CARRIER.name)
    with_it = AgreementParty.objects.filter(role=COOPERATIVE.name, organisation_id=cooperative_id)
    agreed = Consent.objects.filter(
        organisation_id=OuterRef("organisation_id"), version__agreement_id=OuterRef("agreement_id")
    )
    found = parties.filter(Exists(agreed), agreement_id__in=with_it.values("agreement_id"))
    return frozenset(found.values_list("organisation_id", flat=True))


def commission_ceiling(*, county_id: int) -> CeilingView | None:
    """The most that the platform may take of sales in a county, as it was published last; None before it was."""
    row = CommissionCeiling.objects.filter(county_id=county_id).order_by("-id").first()
    return CeilingView(row.ceiling_bp, row.source, row.at) if row else None


def commission_ceilings(*, county_id: int) -> tuple[CeilingView, ...]:
    """Every ceiling that a county published, the oldest first: each stands until the next."""
    rows = CommissionCeiling.objects.filter(county_id=county_id).order_by("id")
    return tuple(CeilingView(row.ceiling_bp, row.source, row.at) for row in rows)


def consents_of(*, version_id: int) -> tuple[ConsentView, ...]:
    """Who agreed to a version, in order."""
    return consents_of_versions(version_ids=[version_id])[version_id]


def consents_of_versions(*, version_ids: Iterable[int]) -> dict[int, tuple[ConsentView, ...]]:
    """Who agreed to each of several versions, in order; in one statement, and a version nobody agreed to is there."""
    found: dict[int, list[ConsentView]] = {version_id: [] for version_id in version_ids}
    rows = Consent.objects.filter(version_id__in=list(found)).order_by("at", "id")
    # the person's phone and name are encrypted: opening them would be work for nothing
    columns = ("organisation_id", "organisation__name", "organisation__name_en", "organisation__kind")
    read = list(rows.values_list("id", "version_id", *columns, "person__display_name", "at", "sheet_id"))
    accepted = _accepted(consent_ids=[row[0] for row in read])
    for row in read:
        organisation_id, name, name_en, kind, person, at, sheet_id = row[2:]
        found[row[1]].append(
            ConsentView(
                organisation_id=organisation_id,
                organisation=name,
                organisation_en=name_en,
                kind=OrganisationKind(kind),
                person=person,
                at=at,
                sheet_id=sheet_id,
                accepted=accepted.get(row[0], ()),
            )
        )
    return {version_id: tuple(consents) for version_id, consents in found.items()}


def _accepted(*, consent_ids: list[int]) -> dict[int, tuple[Accepted, ...]]:
    found: dict[int, tuple[Accepted, ...]] = {}
    rows = AcceptedConcern.objects.filter(consent_id__in=consent_ids).order_by("id")
    for consent_id, clause, why, sentence in rows.values_list("consent_id", "clause", "why", "sentence"):
        found[consent_id] = (*found.get(consent_id, ()), Accepted(clause, why, sentence))
    return found


def _views(rows: "QuerySet[AgreementVersion]") -> tuple[VersionView, ...]:
    parties = AgreementParty.objects.select_related("organisation")
    found = rows.select_related("agreement").prefetch_related(Prefetch("agreement__parties", parties))
    found = found.annotate(newest=Max("agreement__versions__number"))
    return tuple(
        VersionView(
            id=row.pk,
            agreement_id=row.agreement_id,
            county_id=row.agreement.county_id,
            name=row.agreement.name,
            number=row.number,
            terms=terms_from_json(row.terms),
            parties={one.role: one.organisation_id for one in row.agreement.parties.all()},
            created_at=row.created_at,
            note=row.note,
            latest=row.number == row.newest,
            name_en=_english(row.agreement.name, row.agreement.parties.all()),
            sha256=row.sha256,
            ended=row.agreement.ended_at is not None,
        )
        for row in found
    )


def _english(name: str, parties: Iterable[AgreementParty]) -> str:
    """What an agreement with a Chinese name is called in English: after who sells and who hosts, if both are named."""
    names = {one.role: one.organisation.name_en for one in parties}
    both = [names.get(COOPERATIVE.name, ""), names.get(HOST.name, "")]
    return " · ".join(both) if has_chinese(name) and all(both) else ""
