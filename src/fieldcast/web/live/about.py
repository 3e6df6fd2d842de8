"""What a room says of one of its goods, and nobody leaves it for: what is in the box, where it grew, what is next."""

from dataclasses import dataclass

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import OrganisationRef
from fieldcast.agreements import queries as agreements
from fieldcast.agreements.clauses.words import duration
from fieldcast.catalog import queries as catalog
from fieldcast.catalog.types import LotFileView, LotView
from fieldcast.kit.errors import NotFound
from fieldcast.live.types import SessionView
from fieldcast.trade import queries as trade
from fieldcast.trade.types import OfferView
from fieldcast.web.shared.deal import usual_instead

PHOTOS_SHOWN = 3


@dataclass(frozen=True)
class About:
    """An offer with its lot, who sells and who carries it, and how long something can be asked for after receipt."""

    offer: OfferView
    lot: LotView
    photos: tuple[LotFileView, ...]
    seller: OrganisationRef
    carrier: OrganisationRef
    after_sale_seconds: int

    @property
    def after_sale(self) -> str:
        """The time for asking, as people say it; "" where the sale is final at once."""
        return duration(self.after_sale_seconds) if self.after_sale_seconds else ""

    @property
    def usual_time(self) -> str:
        """As `Deal.usual_time`."""
        return usual_instead(self.after_sale_seconds)


def about(*, session: SessionView, offer_id: int) -> About:
    """All of it, for an offer of this session. Raises `NotFound` for any other."""
    offer = trade.offer(offer_id=offer_id)
    if offer.session_id != session.id:
        raise NotFound("offer")
    version = agreements.version(version_id=offer.agreement_version_id)
    people = accounts.organisations_by_ids(ids={version.cooperative_id, version.carrier_id})
    return About(
        offer=offer,
        lot=catalog.lot(lot_id=offer.lot_id),
        photos=catalog.public_photos(lot_id=offer.lot_id)[:PHOTOS_SHOWN],
        seller=people[version.cooperative_id],
        carrier=people[version.carrier_id],
        after_sale_seconds=version.terms.after_sale_seconds,
    )
