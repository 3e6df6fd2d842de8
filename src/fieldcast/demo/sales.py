"""The demo county's sessions: twelve that are over with their orders, one live now, two to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import OrganisationRef, SignedIn
from fieldcast.agreements import operations as agreements_operations
from fieldcast.agreements.terms import Terms
from fieldcast.agreements.types import VersionView
from fieldcast.demo import harvest, showcase, talk
from fieldcast.demo.county import County, Field
from fieldcast.demo.goods import GOODS, Keeping, star
from fieldcast.demo.harvest import Picked
from fieldcast.demo.orders import MOST_A_BUYER, Buyer, Goods, pay_out, sell_past, sell_today
from fieldcast.demo.people import SHOWN_CONSUMERS
from fieldcast.demo.saying import Say
from fieldcast.demo.studio import clip_of
from fieldcast.live import operations as live_operations
from fieldcast.live.types import MessageKind, SessionView
from fieldcast.trade import operations as trade_operations
from fieldcast.trade import queries as trade

PAST_SESSIONS: Final = 12
A_SESSION: Final = timedelta(minutes=95)
PAIRS: Final = ((0, 0), (1, 1), (2, 2), (0, 3), (0, 4), (2, 5), (1, 6), (2, 7))  # cooperative and host
LOTS_A_SESSION: Final = (5, 7, 5)  # of each cooperative: so many that each household has its turn
LOTS_OF_TODAY: Final = 4
PACKS_OF_TODAY: Final = 160  # of each lot in the session that is live, for as long as somebody looks around
PACKS_PLANNED: Final = 40
KEPT_BACK: Final = 15  # packs of those lots that are not offered yet
SPOILT_AFTER: Final = timedelta(days=10)
FAILED_DAYS_AGO: Final = 2
LINES: Final = 14  # of chat


@dataclass(frozen=True)
class Stall:
    """A cooperative and a host who sell together under an agreement."""

    which: int
    cooperative: OrganisationRef
    host: OrganisationRef
    presenter: SignedIn
    version: VersionView


def hold_sessions(county: County, *, now: datetime, say: Say) -> tuple[VersionView, ...]:
    """Hold the past sessions, open today's and plan the coming ones; returns the agreements they stand under."""
    stalls = [_stall(county, which, host) for which, host in PAIRS]
    people = [_buyer(person) for person in county.consumers]
    # Whoever one can be begins with limits of their own: the others buy.
    shopper, buyers = people[0], people[SHOWN_CONSUMERS:]
    for number in range(PAST_SESSIONS):
        said = {"number": number + 1, "all": PAST_SESSIONS}
        say(gettext("Holding session %(number)s of %(all)s of the past month …") % said)
        days_ago = 30 - number * 5 // 2
        begins = _today_at(now, 19, 30) - timedelta(days=days_ago)
        pay_out(now=begins)
        _past_session(county, stalls[number % len(stalls)], number, shopper, buyers, begins=begins, now=now)
    for days in range(1, 3):
        pay_out(now=min(now, begins + timedelta(days=days)))
    pay_out(now=now)
    failed = timezone.localdate(now) - timedelta(days=FAILED_DAYS_AGO)
    harvest.pick_failed(county, 1, day=failed)
    _live_session(county, stalls[0], shopper, buyers, now)
    tonight = _today_at(now, 19, 30)
    _plan_session(county, stalls[1], at=tonight if tonight > now else tonight + timedelta(days=1), now=now)
    _plan_session(county, stalls[2], at=_today_at(now, 20, 0) + timedelta(days=1), now=now)
    return tuple(stall.version for stall in stalls)


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
    number: int,
    shopper: Buyer,
    buyers: Sequence[Buyer],
    *,
    begins: datetime,
    now: datetime,
) -> None:
    """Hold one session in the past and take its orders as far as they would have come by now."""
    which, day = stall.which, timezone.localdate(begins)
    places = harvest.choose(county, which, day=day, count=LOTS_A_SESSION[which])
    lots = [harvest.pick(county, which, place, day=day) for place in places]
    session = _plan(county, stall, lots, at=begins, now=begins - timedelta(hours=3))
    goods = [_offer(stall, session, one, place, now=begins) for place, one in enumerate(lots)]
    trade_operations.open_session(by=stall.presenter, session_id=session.id, now=begins)
    _talk(county, stall, session, lots, begins=begins, lasted=A_SESSION)
    if number == 0:
        showcase.buy_long_ago(county, which, goods, shopper, begins=begins)
    if number == PAST_SESSIONS - 1:
        showcase.buy_lately(county, which, goods, shopper, begins=begins, now=now)
    sell_past(county, which, goods, buyers, begins=begins, now=now)
    trade_operations.end_session(by=stall.presenter, session_id=session.id, now=begins + A_SESSION)
    if begins + SPOILT_AFTER < now:
        _write_off(county, which, lots, now=begins + SPOILT_AFTER)


def _write_off(county: County, which: int, lots: Sequence[Picked], *, now: datetime) -> None:
    """What nobody bought and does not keep is gone."""
    stocks = trade.stocks(lot_ids=[one.lot.id for one in lots])
    for one in lots:
        left = stocks[one.lot.id].free
        if left and one.field.good.keeping == Keeping.FRESH:
            trade_operations.write_off(
                by=county.chiefs[which], lot_id=one.lot.id, units=left, reason="过了保鲜期，自家吃了", now=now
            )


def _live_session(
    county: County, stall: Stall, shopper: Buyer, buyers: Sequence[Buyer], now: datetime
) -> None:
    """The session that is live when the demo starts, forty minutes in, with some of each offer sold."""
    begins = now - timedelta(minutes=42)
    places = _kinds_of_today(county, stall.which, now)
    day = timezone.localdate(now)
    lots = [
        harvest.pick(county, stall.which, place, day=day, packs=PACKS_OF_TODAY + KEPT_BACK)
        for place in places
    ]
    first = lots[0]
    title = f"{first.lot.product.name}专场 · {talk.freshness(first.field.good, first.lot, at=begins)}"
    session = _plan(county, stall, lots, title=title, at=begins, now=begins - timedelta(hours=6))
    goods = [
        _offer(stall, session, one, place, packs=PACKS_OF_TODAY, now=begins) for place, one in enumerate(lots)
    ]
    trade_operations.open_session(by=stall.presenter, session_id=session.id, now=begins)
    live_operations.explain(
        by=stall.presenter,
        session_id=session.id,
        offer_id=goods[0].offer.id,
        now=begins + timedelta(minutes=30),
    )
    _talk(county, stall, session, lots, begins=begins, lasted=now - begins)
    sell_today(county, goods, buyers, begins=begins, now=now)
    showcase.buy_today(goods, shopper, now=now)


def _kinds_of_today(county: County, which: int, now: datetime) -> list[Field]:
    """Plots of different goods, the star of the month first: that of the first household that grows it."""
    day = timezone.localdate(now)
    best = star(which, day)
    places = county.fields[county.cooperatives[which].id]
    first = next(one for one in places if one.good == best)
    others = harvest.choose(county, which, day=day, count=LOTS_OF_TODAY + 1, kinds=True)
    return [first, *(one for one in others if one.good != best)][:LOTS_OF_TODAY]


def _plan_session(county: County, stall: Stall, *, at: datetime, now: datetime) -> None:
    day = timezone.localdate(now)
    places = _kinds_of_today(county, stall.which, now)
    lots = [
        harvest.pick(county, stall.which, place, day=day, packs=PACKS_PLANNED + KEPT_BACK) for place in places
    ]
    session = _plan(county, stall, lots, at=at, now=now)
    for place, one in enumerate(lots):
        _offer(stall, session, one, place, packs=PACKS_PLANNED, now=now)


def _plan(
    county: County, stall: Stall, lots: Sequence[Picked], *, at: datetime, now: datetime, title: str = ""
) -> SessionView:
    return trade_operations.plan_session(
        by=stall.presenter,
        organiser_id=stall.host.id,
        cooperative_id=stall.cooperative.id,
        host_id=stall.host.id,
        agreement_version_id=stall.version.id,
        title=title or talk.title([one.lot for one in lots]),
        starts_at=at,
        cover=f"covers/{lots[0].lot.product.picture}",
        clip=clip_of(stall.which, county.today).name,
        now=now,
    )


def _offer(
    stall: Stall,
    session: SessionView,
    picked: Picked,
    place: int,
    *,
    now: datetime,
    packs: int | None = None,
) -> Goods:
    """Offer all of a lot, or so many packs."""
    good, household = picked.field.good, picked.field.household
    offer = trade_operations.offer(
        by=stall.presenter,
        session_id=session.id,
        lot_id=picked.lot.id,
        title=f"{good.name} {good.pack_name} · {household.name}",
        title_en=f"{good.name_en}, by {household.name_en}",
        pack_units=good.pack,
        price_fen=good.price_fen,
        packs=packs or picked.packs,
        per_buyer_limit=MOST_A_BUYER,
        position=place,
        now=now,
    )
    return Goods(offer=offer, picked=picked)


def _talk(
    county: County,
    stall: Stall,
    session: SessionView,
    lots: Sequence[Picked],
    *,
    begins: datetime,
    lasted: timedelta,
) -> None:
    """What was said and asked, minutes apart, with likes."""
    said = talk.said([one.lot for one in lots], at=begins)
    for number, words in enumerate(said, start=1):
        at = begins + lasted * number / (len(said) + 1)
        live_operations.transcribe(
            by=stall.presenter,
            session_id=session.id,
            text=words,
            at=at,
            source="typed",
            now=at + timedelta(seconds=4),
        )
    rng = county.rng
    categories = list(dict.fromkeys(one.field.good.category for one in lots))
    lines = talk.written(rng, categories, LINES)
    for number, line in enumerate(lines, start=1):
        at = begins + lasted * number / (len(lines) + 1) + timedelta(seconds=rng.randrange(20))
        _write(stall, session, rng.choice(county.consumers[SHOWN_CONSUMERS:]), line, at)
    for _tap in range(6):
        live_operations.like(session_id=session.id, count=rng.randrange(10, 50))
    live_operations.visit(session_id=session.id, count=rng.randrange(200, 900))


def _write(stall: Stall, session: SessionView, speaker: SignedIn, line: talk.Line, at: datetime) -> None:
    kind = MessageKind.QUESTION if line.answer else MessageKind.CHAT
    asked = live_operations.say(by=speaker, session_id=session.id, text=line.text, kind=kind, now=at)
    if line.answer:
        live_operations.say(
            by=stall.presenter,
            session_id=session.id,
            text=line.answer,
            kind=MessageKind.ANSWER,
            answers=asked.id,
            now=at + timedelta(seconds=15),
        )


def _today_at(now: datetime, hour: int, minute: int) -> datetime:
    return timezone.localtime(now).replace(hour=hour, minute=minute, second=0, microsecond=0)
