"""Reads of offers."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import OrganisationRef
from fieldcast.agreements import queries as agreements
from fieldcast.agreements.problems import AgreementEnded, AgreementNotBegun
from fieldcast.catalog import queries as catalog
from fieldcast.catalog.types import LotState, LotView
from fieldcast.kit.errors import NotFound
from fieldcast.live import queries as live
from fieldcast.live.types import SessionBrief, SessionView
from fieldcast.trade.models import Offer, OfferChange
from fieldcast.trade.offers.types import Changed, OfferChangeView, OfferState, OfferView, TermsOfGoods

LOOKED_THROUGH: Final = 48  # plans that are read beside those that are shown


def offer(*, offer_id: int) -> OfferView:
    """One offer. Raises `NotFound`."""
    found = offers_by_ids(ids={offer_id})
    if not found:
        raise NotFound("offer")
    return found[offer_id]


def offers_by_ids(*, ids: Iterable[int]) -> dict[int, OfferView]:
    """Offers by id."""
    return {view.id: view for view in _views(Offer.objects.filter(id__in=set(ids)))}


def versions_offered(*, lot_ids: Iterable[int]) -> frozenset[int]:
    """The agreement versions that these lots are or were ever offered under."""
    rows = Offer.objects.filter(lot_id__in=set(lot_ids)).order_by()
    return frozenset(rows.values_list("agreement_version_id", flat=True).distinct())


def terms_of_goods(*, version_ids: Iterable[int]) -> dict[int, TermsOfGoods]:
    """By agreement version, whose lots are or were ever offered under it; in two statements."""
    wanted = set(version_ids)
    rows = Offer.objects.filter(agreement_version_id__in=wanted).order_by()
    offered = set(rows.values_list("agreement_version_id", "lot_id").distinct())
    farmers = catalog.farmers_of_lots(lot_ids={lot_id for _version, lot_id in offered})
    growers: dict[int, set[int]] = {version_id: set() for version_id in wanted}
    for version_id, lot_id in offered:
        if lot_id in farmers:
            growers[version_id].add(farmers[lot_id])
    return {
        version_id: TermsOfGoods(version_id=version_id, growers=frozenset(found))
        for version_id, found in growers.items()
    }


def offers_of_session(*, session_id: int) -> tuple[OfferView, ...]:
    """A session's offers in the order of its run sheet, closed ones included."""
    return _views(Offer.objects.filter(session_id=session_id).order_by("position", "id"))


def offers_of_sessions(*, session_ids: Iterable[int]) -> dict[int, tuple[OfferView, ...]]:
    """The offers of several sessions, each in the order of its run sheet; in two statements."""
    wanted = list(session_ids)
    found: dict[int, list[OfferView]] = {session_id: [] for session_id in wanted}
    for view in _views(Offer.objects.filter(session_id__in=wanted).order_by("position", "id")):
        found[view.session_id].append(view)
    return {session_id: tuple(views) for session_id, views in found.items()}


def offers_of_lot(*, lot_id: int) -> tuple[OfferView, ...]:
    """Every offer of a lot, the latest first."""
    return _views(Offer.objects.filter(lot_id=lot_id).order_by("-id"))


def _views(rows: "QuerySet[Offer]") -> tuple[OfferView, ...]:
    found = list(rows)
    lots = catalog.lots_by_ids(ids={row.lot_id for row in found})
    return tuple(_view(row, lots[row.lot_id]) for row in found)


def _view(row: Offer, lot: LotView) -> OfferView:
    return OfferView(
        id=row.pk,
        session_id=row.session_id,
        county_id=row.county_id,
        lot_id=row.lot_id,
        lot_code=lot.code,
        title=row.title,
        title_en=row.title_en,
        picture=lot.product.picture,
        unit=lot.product.unit.value,
        pack_units=row.pack_units,
        price_fen=row.price_fen,
        packs=row.packs,
        held=row.held,
        sold=row.sold,
        per_buyer_limit=row.per_buyer_limit,
        position=row.position,
        state=OfferState(row.state),
        agreement_version_id=row.agreement_version_id,
        grade=lot.grade,
        village=lot.plot.village,
        village_en=lot.plot.village_en,
        stopped=lot.state != LotState.OPEN,
    )


def offer_changes(*, offer_id: int) -> tuple[OfferChangeView, ...]:
    """Everything that was changed about an offer, in order."""
    return tuple(
        OfferChangeView(
            offer_id=row.offer_id,
            what=Changed(row.what),
            before=row.before,
            after=row.after,
            by_id=row.by_id,
            at=row.at,
        )
        for row in OfferChange.objects.filter(offer_id=offer_id).order_by("id")
    )


def announced(*, sessions: Iterable[SessionView]) -> tuple[SessionView, ...]:
    """Of planned sessions those that are shown to everyone: all has been agreed, and there is something to sell."""
    found = tuple(sessions)
    on_sale = {
        session_id: {
            one.agreement_version_id for one in offers if one.state == OfferState.OPEN and not one.stopped
        }
        for session_id, offers in offers_of_sessions(session_ids=[one.id for one in found]).items()
    }
    under = {one.id: {one.agreement_version_id} | on_sale[one.id] for one in found}
    agreed = agreements.agreed_versions(ids={version for versions in under.values() for version in versions})
    return tuple(one for one in found if on_sale[one.id] and under[one.id] <= agreed)


def coming(*, county_id: int, now: datetime, limit: int = 12) -> tuple[SessionView, ...]:
    """Planned sessions that are shown to everyone, the next first (see `live.queries.coming`)."""
    planned = live.coming(county_id=county_id, now=now, limit=limit + LOOKED_THROUGH)
    return announced(sessions=planned)[:limit]


def next_of_host(*, host_id: int, now: datetime) -> SessionView | None:
    """The host's next session that is shown to everyone."""
    planned = live.plans_of_host(host_id=host_id, now=now, limit=LOOKED_THROUGH)
    return next(iter(announced(sessions=planned)), None)


def not_agreed(
    *, session: SessionBrief | SessionView, version_id: int | None = None
) -> tuple[OrganisationRef, ...]:
    """The parties that have not agreed to `version_id`, or to one of the versions the session sells under.

    Cooperative and host agree to every version, the carrier to every version that promises a delivery fee in its name.
    """
    wanted = {version_id} if version_id else {session.agreement_version_id, *_sold_under(session.id)}
    consents = agreements.consents_of_versions(version_ids=wanted)
    missing: dict[int, None] = {}
    for version in agreements.versions(ids=wanted).values():
        agreed = {one.organisation_id for one in consents[version.id]}
        missing |= dict.fromkeys(party for party in version.signers if party not in agreed)
    found = accounts.organisations_by_ids(ids=set(missing))
    return tuple(found[party] for party in missing)


def check_in_force(*, session: SessionBrief | SessionView, now: datetime) -> None:
    """Raise `AgreementEnded` or `AgreementNotBegun` where a version that something is sold under does not hold."""
    wanted = {session.agreement_version_id, *_sold_under(session.id)}
    for version in agreements.versions(ids=wanted).values():
        if version.ended:
            raise AgreementEnded
        begins = version.begins_after(timezone.localdate(now))
        if begins is not None:
            raise AgreementNotBegun(day=begins.isoformat())


def _sold_under(session_id: int) -> set[int]:
    rows = Offer.objects.filter(session_id=session_id, state=OfferState.OPEN.value)
    return set(rows.values_list("agreement_version_id", flat=True))
