"""Writes of agreements: versions and consents are only ever added."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.access import require
from fieldcast.accounts.types import SignedIn
from fieldcast.agreements import asking, jumps, queries, signing, told
from fieldcast.agreements.agreed import AgreedTerms
from fieldcast.agreements.ending import give_notice
from fieldcast.agreements.marks import hash_of
from fieldcast.agreements.models import (
    Agreement,
    AgreementParty,
    AgreementVersion,
    CommissionCeiling,
)
from fieldcast.agreements.problems import AgreementEnded, CeilingImpossible, CommissionTooHigh, NotAParty
from fieldcast.agreements.roles import CARRIER, COOPERATIVE, HOST, ROLES
from fieldcast.agreements.signing import consent, enter_sheet
from fieldcast.agreements.types import VersionView
from fieldcast.agreements.votes import queries as votes
from fieldcast.catalog import queries as catalog
from fieldcast.kit.errors import NotFound, Problem
from fieldcast.kit.money import BASIS
from fieldcast.kit.said import must_say, said

__all__ = [
    "AgreementEnded",
    "NotAParty",
    "consent",
    "create_agreement",
    "end_agreement",
    "enter_sheet",
    "give_notice",
    "publish_ceiling",
    "revise",
]
MOST_PRODUCTS = 200


class WrongPartners(Problem):
    """An organisation cannot take the part it is named for."""

    code = "wrong_partners"
    status = 422
    sentence = _("An agreement is between a cooperative, a host and a carrier of one county.")
    next_step = _("Choose a host and a carrier of your county.")


class RoleWithoutParty(Problem):
    """A clause gives something to a role, or takes it from one, that nobody is named for."""

    code = "role_without_party"
    status = 422
    sentence = _("Clause %(clause)s, %(title)s, names a role that nobody takes: %(role)s.")
    next_step = _("Name who takes it, or leave the clause out.")


class ProductUnknown(Problem):
    """Terms about a product that the county does not have."""

    code = "product_unknown"
    status = 422
    sentence = _("Clause %(clause)s, %(title)s: the county has no product with the code %(product)s.")
    next_step = _("Take it out, or choose a product from the county's list.")


class TooManyProducts(Problem):
    """Terms about more products than one agreement is about."""

    code = "too_many_products"
    status = 422
    sentence = _("Clause %(clause)s, %(title)s: prices for %(given)s products are too many.")
    next_step = _("Agree on at most %(most)s in one agreement.")


@transaction.atomic
def create_agreement(
    *,
    by: SignedIn | None,
    county_id: int,
    name: str,
    cooperative_id: int,
    host_id: int,
    carrier_id: int,
    terms: AgreedTerms,
    now: datetime,
    note: str = "",
    others: Mapping[str, int] | None = None,
    confirms_jump: bool = False,
) -> VersionView:
    """Create an agreement with its first version; the cooperative that makes it has agreed to it, unless its members
    vote first, or something in it is to its harm: that it signs for itself, like the others.

    `others`: the organisation of each further role that the model of the terms names. Raises `SaysNothing`,
    `WrongPartners`, `BasisUnsettled` for terms that nobody could settle, and `TooManyProducts` and `ProductUnknown` for
    terms about what the county does not grow; `GuaranteeJumps` for a price more than a third from what the cooperative
    guarantees for the same product, unless `confirms_jump` says that someone has looked again.
    """
    _check_terms(county_id, terms)
    jumping = jumps.of_new(cooperative_id=cooperative_id, terms=terms)
    jumps.check(jumping, county_id=county_id, confirmed=confirms_jump or by is None)
    parties = {COOPERATIVE.name: cooperative_id, HOST.name: host_id, CARRIER.name: carrier_id}
    parties |= others or {}
    _check_roles(terms, parties)
    _check_partners(county_id, parties)
    agreement = Agreement.objects.create(
        county_id=county_id, name=must_say(name, field="name"), created_at=now
    )
    AgreementParty.objects.bulk_create(
        AgreementParty(agreement=agreement, role=role, organisation_id=party)
        for role, party in parties.items()
    )
    return _add_version(agreement, 1, by=by, terms=terms, now=now, note=note)


@transaction.atomic
def revise(
    *,
    by: SignedIn | None,
    agreement_id: int,
    terms: AgreedTerms,
    now: datetime,
    note: str = "",
    confirms_jump: bool = False,
) -> VersionView:
    """Add a version. What was sold before keeps the version it was sold under.

    Raises `NotFound`, `AgreementEnded`, `WrongPartners` for terms of a model that names other roles, `BasisUnsettled`,
    `TooManyProducts`, `ProductUnknown` and, unless `confirms_jump`, `GuaranteeJumps`.
    """
    agreement = Agreement.objects.select_for_update().filter(id=agreement_id).first()
    if agreement is None:
        raise NotFound("agreement")
    if agreement.ended_at is not None:
        raise AgreementEnded
    _check_terms(agreement.county_id, terms)
    jumping = jumps.of_revision(agreement_id=agreement_id, terms=terms)
    jumps.check(jumping, county_id=agreement.county_id, confirmed=confirms_jump or by is None)
    latest = queries.versions_of(agreement_id=agreement_id)[0]
    _check_roles(terms, latest.parties)
    asking.ask_no_more(latest, by=by, words=asking.REPLACED, now=now)
    return _add_version(agreement, latest.number + 1, by=by, terms=terms, now=now, note=note)


@transaction.atomic
def end_agreement(*, by: SignedIn | None, agreement_id: int, now: datetime) -> None:
    """Sell nothing new under it; what was sold is still settled by it. Raises `NotFound`."""
    standing = Agreement.objects.filter(id=agreement_id, ended_at__isnull=True)
    if not standing.update(ended_at=now, ended_by_id=by.pk if by else None):
        raise NotFound("agreement")
    found = queries.versions_of(agreement_id=agreement_id)
    asking.ask_no_more(found[0], by=by, words=asking.ENDED, now=now)
    asking.about_end_no_more(found, words=asking.ENDED, now=now)


def _check_terms(county_id: int, terms: AgreedTerms) -> None:
    """Terms are kept for ever, so they name only what can be sold under them; older ones are read as they are."""
    terms.must_be_settled()
    _check_ceiling(county_id, terms)
    known = {product.code for product in catalog.products(county_id=county_id)}
    for number, title, said_prices in terms.prices():
        codes = {one.product_code for one in said_prices}
        if len(codes) > MOST_PRODUCTS:
            raise TooManyProducts(clause=number, title=title, most=MOST_PRODUCTS, given=len(codes))
        for code in sorted(codes):
            if code not in known:
                said = code if code.isprintable() and len(code) <= 40 else "…"
                raise ProductUnknown(clause=number, title=title, product=said)


def publish_ceiling(*, by: SignedIn, county_id: int, ceiling_bp: int, source: str, now: datetime) -> None:
    """The county publishes the most that the platform may take of sales; what was agreed before stays as it is.

    Raises `NotFound` for strangers, `CeilingImpossible`, and `SaysNothing` without a source.
    """
    require(by, "agreements.keep_cover", accounts.county(county_id=county_id))
    if not 0 <= ceiling_bp <= BASIS:
        raise CeilingImpossible
    plain = must_say(source, field="source")[:200]
    CommissionCeiling.objects.create(
        county_id=county_id, ceiling_bp=ceiling_bp, source=plain, by_id=by.pk, at=now
    )


def _check_ceiling(county_id: int, terms: AgreedTerms) -> None:
    found = queries.commission_ceiling(county_id=county_id)
    if found is not None and terms.commission_bp > found.ceiling_bp:
        raise CommissionTooHigh(wanted_bp=terms.commission_bp, ceiling_bp=found.ceiling_bp)


def _check_roles(terms: AgreedTerms, parties: Mapping[str, int]) -> None:
    """One party for every role that the terms name, and none besides."""
    for role, number in terms.roles.items():
        if role not in parties and number:
            title = next(one.title for one in terms.in_words() if one.number == number)
            raise RoleWithoutParty(clause=number, title=title, role=ROLES[role].party)
    if set(parties) != set(terms.roles):
        raise WrongPartners


def _check_partners(county_id: int, parties: Mapping[str, int]) -> None:
    """Each is of the kind that takes its role, and of this county."""
    found = accounts.organisations_by_ids(ids=set(parties.values()))
    for role, party in parties.items():
        taker = found.get(party)
        if taker is None or taker.kind not in ROLES[role].taken_by or taker.county_id != county_id:
            raise WrongPartners


def _add_version(
    agreement: Agreement, number: int, *, by: SignedIn | None, terms: AgreedTerms, now: datetime, note: str
) -> VersionView:
    parties = dict(AgreementParty.objects.filter(agreement=agreement).values_list("role", "organisation_id"))
    kept = terms.to_json()
    row = AgreementVersion.objects.create(
        agreement=agreement,
        number=number,
        terms=kept,
        sha256=hash_of(agreement_id=agreement.pk, number=number, parties=parties, terms=kept),
        note=said(note),
        created_by_id=by.pk if by else None,
        created_at=now,
    )
    version = queries.version(version_id=row.pk)
    asking.ask(version, by=by, now=now)
    if by is not None and not votes.votes_first(cooperative_id=version.cooperative_id):
        signing.write_consent(version, by=by, organisation_id=version.cooperative_id, now=now)
    agreed = {consent.organisation_id for consent in queries.consents_of(version_id=row.pk)}
    told.consent_wanted(version, of=set(version.parties.values()) - agreed, now=now)
    return version
