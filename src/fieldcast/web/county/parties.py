"""What parties of the ledger are called on the county's pages; households masked, where nobody asked to read them."""

from collections.abc import Iterable, Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import OrganisationKind, OrganisationRef
from fieldcast.agreements.calculation import role_title
from fieldcast.agreements.cover import queries as cover
from fieldcast.agreements.roles import PLATFORM
from fieldcast.kit.errors import Sentence
from fieldcast.settlement.dues.types import Cause
from fieldcast.web.county.incomes import masked_name
from fieldcast.web.shared.words import local_name

CAUSES: Final[Mapping[Cause, Sentence]] = {
    Cause.SHEET: _("the sheet of a month"),
    Cause.REFUND: _("a refund after settlement"),
    Cause.EARLY: _("more was paid early than came of it"),
}


def names_of(parties: Iterable[str], *, county_id: int) -> dict[str, str]:
    """Names by party, of organisations, funds, pools and the platform."""
    wanted = set(parties)
    numbers = {party: int(party.removeprefix("org:")) for party in wanted if party.startswith("org:")}
    found = accounts.organisations_by_ids(ids=set(numbers.values()))
    named = {party: _name(found[number]) for party, number in numbers.items()}
    if any(party.startswith("fund:") for party in wanted):
        named |= {f"fund:{one.id}": local_name(one) for one in cover.funds(county_id=county_id)}
    return {party: named.get(party) or str(role_title(_role(party))) for party in wanted}


def _role(party: str) -> str:
    """The platform, or the pool of an agreement as terms call it."""
    return PLATFORM.name if party == PLATFORM.name else f"pool:{party.partition('.')[2]}"


def _name(organisation: OrganisationRef) -> str:
    name = local_name(organisation)
    if organisation.kind == OrganisationKind.HOUSEHOLD:
        return f"{masked_name(name)} {organisation.code}"
    return name
