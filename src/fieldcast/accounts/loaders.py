"""Organisations and counties reach a view only through here."""

from fieldcast.accounts import queries
from fieldcast.accounts.access import Forbidden, allowed, require
from fieldcast.accounts.types import Actor, CountyRef, OrganisationKind, OrganisationRef
from fieldcast.kit.errors import Sentence


def load_organisation(
    *, by: Actor, organisation_id: int, perm: str = "accounts.work_in_organisation"
) -> OrganisationRef:
    """The organisation, if `by` may do `perm` in it; else `NotFound`."""
    organisation = queries.organisation(organisation_id=organisation_id)
    require(by, perm, organisation)
    return organisation


def load_county(*, by: Actor, county_id: int, who: Sentence) -> CountyRef:
    """The county, for its authority; else `Forbidden`, saying `who` the page is for."""
    county = queries.county(county_id=county_id)
    if not allowed(by, "accounts.see_county", county):
        raise Forbidden(who=who)
    return county


def load_administered(*, by: Actor, county_id: int, who: Sentence) -> CountyRef:
    """The county, for those who administer it; else `Forbidden`, saying `who` the page is for."""
    county = queries.county(county_id=county_id)
    if not allowed(by, "accounts.administer_county", county):
        raise Forbidden(who=who)
    return county


def load_workplace(
    *, person_id: int, kind: OrganisationKind, code: str | None, who: Sentence
) -> OrganisationRef:
    """The organisation of `kind` a person works in: the one named by `code`, else the first; else `Forbidden`."""
    mine = [
        m.organisation for m in queries.memberships_of(person_id=person_id) if m.organisation.kind == kind
    ]
    for organisation in mine:
        if code is None or organisation.code == code:
            return organisation
    raise Forbidden(who=who)
