"""Who still has to agree before a session may begin."""

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import OrganisationRef
from fieldcast.agreements import queries as agreements
from fieldcast.live.types import SessionBrief, SessionView
from fieldcast.trade.models import Offer
from fieldcast.trade.types import OfferState


def not_agreed(
    *, session: SessionBrief | SessionView, version_id: int | None = None
) -> tuple[OrganisationRef, ...]:
    """The parties that have not agreed to `version_id`, or to one of the versions the session sells under.

    Cooperative and host agree to every version, the carrier to every version that promises a delivery fee in its name.
    """
    wanted = {version_id} if version_id else {session.agreement_version_id, *_sold_under(session.id)}
    missing: dict[int, None] = {}
    for version in agreements.versions(ids=wanted).values():
        agreed = {one.organisation_id for one in agreements.consents_of(version_id=version.id)}
        missing |= dict.fromkeys(party for party in version.signers if party not in agreed)
    found = accounts.organisations_by_ids(ids=set(missing))
    return tuple(found[party] for party in missing)


def _sold_under(session_id: int) -> set[int]:
    rows = Offer.objects.filter(session_id=session_id, state=OfferState.OPEN.value)
    return set(rows.values_list("agreement_version_id", flat=True))
