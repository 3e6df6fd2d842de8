"""The demo county's sessions: twelve that are over with their orders, one live now, two to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import OrganisationRef, SignedIn
from fieldcast.agreements import operations as agreements_operations
from fieldcast.agreements.terms import Terms
from fieldcast.agreements.types import VersionView
from fieldcast.catalog.types import LotView
from fieldcast.demo import names
from fieldcast.demo.county import County
from fieldcast.demo.goods import BY_CODE, GOODS
from fieldcast.demo.harvest import THIS_MORNING
from fieldcast.demo.orders import Buyer, sell_past, sell_today
from fieldcast.demo.studio import CLIPS
from fieldcast.live import operations as live_operations
from fieldcast.live.types import MessageKind, SessionView
from fieldcast.trade import operations as trade_operations
from fieldcast.trade.types import OfferView

PAST_SESSIONS = 12
A_SESSION = timedelta(minutes=95)
PAIRS = (
    (0, 0),
    (1, 1),
    (2, 2),
    (0, 3),
    (0, 4),
    (2, 5),
    (1, 6),
    (2, 7),
)  # cooperative and host of each agreement


@dataclass(frozen=True)
class Stall:
    """A cooperative and a host who sell together under an agreement."""

    which: int
    cooperative: OrganisationRef
    host: OrganisationRef
    presenter: SignedIn
    version: VersionView


def hold_sessions(county: County, lots: dict[int, list[LotView]], *, now: datetime) -> None:
    """Hold the past sessions, open today's and plan the coming ones."""
    stalls = [_stall(county, which, host) for which, host in PAIRS]
    buyers = [_buyer(person) for person in county.consumers]
    used: dict[int, int] = {}
    for number in range(PAST_SESSIONS):
        days_ago = 30 - number * 5 // 2
        _past_session(county, stalls[number % len(stalls)], lots, buyers, used, days_ago, now)
    _live_session(county, stalls[0], lots, buyers, now)
    _plan_session(stalls[1], lots, at=_today_at(now, 19, 30), title="露天蔬菜晚市", now=now)
    _plan_session(
        stalls[2], lots, at=_today_at(now, 20, 0) + timedelta(days=1), title="云岭茶与山货", now=now
    )


def _stall(county: County, which: int, host: int) -> Stall:
    cooperative = county.cooperatives[which]
    terms = Terms(
        guarantee_fen={good.code: good.guarantee_fen for good in GOODS},
        rebate_bp=3500,
        commission_bp=200,
        host_bp=(1400, 1200, 1000, 900)[host % 4],
        logistics_fen_per_pack=680,
        handling_fen_per_pack=120,
        cold_chain_bp=300,
        public_benefit=host == 6,
        after_sale_seconds=settings.AFTER_SALE_SECONDS,
    )
    version = agreements_operations.create_agreement(
        by=county.chiefs[which],
        county_id=county.id,
        name=f"{cooperative.name} · {county.hosts[host].name}",
        cooperative_id=cooperative.id,
        host_id=county.hosts[host].id,
        carrier_id=county.carriers[which % 2].id,
        terms=terms,
        now=county.founded,
    )
    for person, party in (
        (county.presenters[host], county.hosts[host]),
        (county.drivers[which % 2], county.carriers[which % 2]),
    ):
        agreements_operations.consent(
            by=person, version_id=version.id, organisation_id=party.id, now=county.founded
        )
    return Stall(
        which=which,
        cooperative=cooperative,
        host=county.hosts[host],
        presenter=county.presenters[host],
        version=version,
    )


def _buyer(person: SignedIn) -> Buyer:
    address = accounts.addresses_of(person_id=person.pk)[0]
    return Buyer(person=person, address=address)


def _past_session(
    county: County,
    stall: Stall,
    lots: dict[int, list[LotView]],
    buyers: Sequence[Buyer],
    used: dict[int, int],
    days_ago: int,
    now: datetime,
) -> None:
    """Hold one session in the past and take its orders as far as they would have come by now."""
    begins = _today_at(now, 19, 30) - timedelta(days=days_ago)
    ready = [lot for lot in lots[stall.cooperative.id] if lot.harvested_on <= timezone.localdate(begins)]
    mine = sorted(ready or lots[stall.cooperative.id][:1], key=lambda lot: (used.get(lot.id, 0), lot.id))[:3]
    for lot in mine:
        used[lot.id] = used.get(lot.id, 0) + 1
    session = _plan(stall, mine, title=_title(mine), at=begins, now=begins - timedelta(days=1))
    offers = [_offer(stall, session, lot, place, share=8, now=begins) for place, lot in enumerate(mine)]
    trade_operations.open_session(by=stall.presenter, session_id=session.id, now=begins)
    _talk(county, stall, session, begins)
    sell_past(county, stall.which, offers, buyers, begins=begins, now=now)
    ends = begins + A_SESSION
    trade_operations.end_session(by=stall.presenter, session_id=session.id, now=ends)


def _live_session(
    county: County, stall: Stall, lots: dict[int, list[LotView]], buyers: Sequence[Buyer], now: datetime
) -> None:
    """The session that is live when the demo starts, forty minutes in, with some of each offer sold."""
    begins = now - timedelta(minutes=42)
    fresh = lots[stall.cooperative.id][-THIS_MORNING:]
    title = f"{fresh[-1].product.name}专场 · 今早现采"
    newest = list(reversed(fresh))
    session = _plan(stall, newest, title=title, at=begins, now=begins - timedelta(hours=20))
    offers = [_offer(stall, session, lot, place, share=4, now=begins) for place, lot in enumerate(newest)]
    trade_operations.open_session(by=stall.presenter, session_id=session.id, now=begins)
    live_operations.explain(by=stall.presenter, session_id=session.id, offer_id=offers[0].id, now=begins)
    _talk(county, stall, session, begins)
    sell_today(county, offers, buyers, begins=begins, now=now)


def _plan_session(
    stall: Stall, lots: dict[int, list[LotView]], *, at: datetime, title: str, now: datetime
) -> None:
    begins = at if at > now else at + timedelta(days=1)
    mine = lots[stall.cooperative.id][-3:]
    session = _plan(stall, mine, title=title, at=begins, now=now)
    for place, lot in enumerate(mine):
        _offer(stall, session, lot, place, share=6, now=now)


def _plan(stall: Stall, lots: Sequence[LotView], *, title: str, at: datetime, now: datetime) -> SessionView:
    return trade_operations.plan_session(
        by=stall.presenter,
        organiser_id=stall.host.id,
        cooperative_id=stall.cooperative.id,
        host_id=stall.host.id,
        agreement_version_id=stall.version.id,
        title=title,
        starts_at=at,
        cover=f"covers/{lots[0].product.picture}",
        clip=CLIPS[stall.which].name,
        now=now,
    )


def _offer(
    stall: Stall, session: SessionView, lot: LotView, place: int, *, share: int, now: datetime
) -> OfferView:
    """Offer one `share`th of a lot's packs."""
    good = BY_CODE[lot.product.code]
    return trade_operations.offer(
        by=stall.presenter,
        session_id=session.id,
        lot_id=lot.id,
        title=f"{good.name} {good.pack_name}",
        title_en=f"{good.name_en}, {good.pack_name_en}",
        pack_units=good.pack,
        price_fen=good.price_fen,
        packs=max(6, lot.quantity // good.pack // share),
        per_buyer_limit=5,
        position=place,
        now=now,
    )


def _talk(county: County, stall: Stall, session: SessionView, begins: datetime) -> None:
    """What was said and asked, minutes apart, with likes."""
    rng = county.rng
    for number, said in enumerate(names.SAID):
        at = begins + timedelta(minutes=3 + number * 7)
        live_operations.transcribe(
            by=stall.presenter,
            session_id=session.id,
            text=said,
            at=at,
            source="typed",
            now=at + timedelta(seconds=4),
        )
    for number, text in enumerate(names.CHAT):
        speaker = rng.choice(county.consumers)
        at = begins + timedelta(minutes=4 + number * 2, seconds=rng.randrange(50))
        answer = dict(names.ANSWERS).get(text)
        kind = MessageKind.QUESTION if answer else MessageKind.CHAT
        asked = live_operations.say(by=speaker, session_id=session.id, text=text, kind=kind, now=at)
        if answer:
            live_operations.say(
                by=stall.presenter,
                session_id=session.id,
                text=answer,
                kind=MessageKind.ANSWER,
                answers=asked.id,
                now=at + timedelta(seconds=40),
            )
    for _tap in range(6):
        live_operations.like(session_id=session.id, count=rng.randrange(10, 50))
    live_operations.visit(session_id=session.id, count=rng.randrange(200, 900))


def _title(lots: Sequence[LotView]) -> str:
    kinds = list(dict.fromkeys(lot.product.name for lot in lots))
    return "、".join(kinds[:2]) + "专场"


def _today_at(now: datetime, hour: int, minute: int) -> datetime:
    return timezone.localtime(now).replace(hour=hour, minute=minute, second=0, microsecond=0)
