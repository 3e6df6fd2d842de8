"""What lies behind the doors: a sale with something of everything, everyone who has to do with it, and strangers."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from fieldcast.accounts import operations as accounts_operations
from fieldcast.accounts import queries as accounts
from fieldcast.accounts.models import Person
from fieldcast.accounts.types import AddressBook, OrganisationKind, OrganisationRef
from fieldcast.agreements import operations as agreements_operations
from fieldcast.agreements import queries as agreements
from fieldcast.agreements.records import operations as records_operations
from fieldcast.agreements.types import VersionView
from fieldcast.desk import queries as desk
from fieldcast.files.types import FileKind
from fieldcast.joining.types import JoinKind, JoinRequestView
from fieldcast.live import operations as live_operations
from fieldcast.live.types import MessageKind, SessionView
from fieldcast.live.video import Package, Segment
from fieldcast.live.video.sources.clip import clip_directory
from fieldcast.outside.operations import import_orders
from fieldcast.settlement import queries as settlement
from fieldcast.settlement.types import StatementSummary
from fieldcast.trade.operations import cancel_session
from fieldcast.trade.types import ConversationView, OfferView, OrderView, RequestView
from tests.factories.accounts import (
    NOW,
    make_administrator,
    make_county,
    make_member,
    make_organisation,
)
from tests.factories.bonds import lodge, paper
from tests.factories.catalog import make_lot
from tests.factories.cover import give_deposit
from tests.factories.inbox import send_message
from tests.factories.joining import make_invitation, make_join_request
from tests.factories.letters import QUESTION
from tests.factories.lot_files import make_lot_file
from tests.factories.market import Stall, make_stall
from tests.factories.recovery import make_clerk
from tests.factories.refunds import COMPLAINT
from tests.factories.terms import make_terms
from tests.factories.trade import DELIVERY, Sale, make_buyer, make_offer, make_order, make_session
from tests.flows.doors.insured import make_insured
from tests.flows.doors.made import (
    HOUSEHOLD,
    LATE_QUESTION,
    asked_back,
    funds,
    letters,
    quiet_household,
    votes,
)
from tests.web.shared.desk import make_farmer, make_officer, make_packer, settle

CLIP = "every-door"
CALLED_OFF = "Called off: 0417"  # without Chinese, so that it is called the same in both languages
HOME_STREET = "平海路 7 号"
TOKEN = "小满的钥匙"
ASKS_TO_FARM, LICENCE = "桃树下小李家", "93330824MA2DOORS0P"
OUTSIDE_NUMBER = "260501778899001"
OUTSIDE = f"""订单编号,总金额,买家实际支付金额,收货地址,订单创建时间,订单付款时间,退款金额
{OUTSIDE_NUMBER},39.80,39.80,浙江省,2026-05-01 08:00:00,2026-05-01 08:01:00,0"""
ORDERS = ("reserved", "paid", "packed", "shipped", "received")


@dataclass(frozen=True)
class WaysIn:
    """A request of the shopper to the cooperative, a photo that came with the buyer's, an invitation of the shopper."""

    request: JoinRequestView
    photo_id: int
    invitation_id: int


@dataclass(frozen=True)
class Scene:
    """A live sale, a planned and a cancelled session, an order in each state, statements, and everyone there."""

    sale: Sale
    planned: SessionView
    cancelled: SessionView
    cancelled_offer: OfferView
    orders: Mapping[str, OrderView]
    statements: Mapping[str, int]
    numbers: Mapping[str, str]
    address_id: int
    token_id: int
    question_id: int
    letter_id: int
    guarantee_id: int
    act_id: int
    votes: Mapping[str, int]
    photo_id: int
    paper_id: int
    unsigned_version_id: int
    desk_item_id: int
    refund_request: RequestView
    letters: Mapping[str, ConversationView]
    ways_in: WaysIn
    funds: Mapping[str, int]
    insured: Mapping[str, Any]
    village_id: int
    neighbour: Stall
    far: Stall
    people: Mapping[str, Person | None]

    @property
    def stall(self) -> Stall:
        """The scene's own cooperative, host and carrier."""
        return self.sale.stall

    def home(self, role: str) -> Stall:
        """Where someone works; the scene's own stall for those who work at none."""
        return {"other": self.neighbour, "far": self.far}.get(role.partition("_")[0], self.stall)

    def person(self, role: str) -> Person:
        """Someone of a role who is signed in."""
        person = self.people[role]
        assert person is not None
        return person

    @property
    def sheet_id(self) -> int:
        """What the lot's household signed on paper."""
        signed = agreements.consents_of(version_id=self.stall.version.id)
        return next(one.sheet_id for one in signed if one.sheet_id)

    @property
    def parties(self) -> dict[str, int]:
        """Organisations by what they are in the sale."""
        stall = self.stall
        return {
            "cooperative": stall.cooperative.id,
            "host": stall.host.id,
            "carrier": stall.carrier.id,
            "household": stall.lot.plot.household_id,
        }

    def private(self) -> dict[str, frozenset[str]]:
        """Words that only some may ever read, on whatever page."""
        seller, authority = {"chief", "packer"}, {"officer"}
        marks: dict[str, set[str]] = {
            DELIVERY.line: {"buyer", *seller, "driver"},
            HOME_STREET: {"buyer"},
            QUESTION: {"buyer", *seller},
            LATE_QUESTION: {"buyer", *seller, *authority},
            COMPLAINT: {"buyer", *seller, *authority},
            ASKS_TO_FARM: {"shopper", "chief", *authority},
            LICENCE: {"buyer", *authority, "clerk"},
            TOKEN: {"buyer"},
            HOUSEHOLD: {*authority, "administrator", "clerk"},
            OUTSIDE_NUMBER: {*seller},
            self.stall.version.name: {*seller, "presenter", "driver", "farmer", *authority},
            CALLED_OFF: {*seller, "presenter", *authority},
            self.numbers["cooperative"]: {*seller, *authority},
            self.numbers["host"]: {"presenter", *authority},
            self.numbers["carrier"]: {"driver", *authority},
            self.numbers["household"]: {"farmer", *authority},
            self.numbers["platform"]: {*authority},
        }
        for state, order in self.orders.items():
            carried = {"driver"} if state in ("packed", "shipped", "received") else set()
            # without its first letter it is also the number of the order's payment
            marks[order.number[1:]] = {"buyer", *seller, *authority, *carried}
        return {words: frozenset(roles) for words, roles in marks.items()}


@transaction.atomic
def make_scene() -> Scene:
    """The scene; its county is the installation's own, so it is made first."""
    county_id = make_county()
    carrier = make_organisation(county_id=county_id, kind=OrganisationKind.CARRIER, name="河湾冷链")
    driver = make_member(organisation=carrier, name="司机")
    stall = _stall(carrier, driver, name="青山", quantity=2000)
    neighbour, far = _stall(carrier, driver, name="东山", quantity=1000), make_stall()
    quiet_household(county_id)
    _import_outside(stall)
    give_deposit(stall, 10_000)
    sale = _sale(stall)
    planned = make_session(stall, open_=False)
    cancelled, cancelled_offer = _cancelled(stall)
    settle(sale)
    buyer = make_buyer(sale)
    question = live_operations.say(
        by=buyer, session_id=sale.session.id, text="甜吗", kind=MessageKind.QUESTION, now=NOW
    )
    statements = _statements(sale)
    people = _everyone(stall, neighbour, far, buyer=buyer, shopper=make_buyer(sale, "阿勇"))
    unsigned = _agreement(stall.cooperative, stall.host, carrier, stall.lot.product.code)
    (waits,) = desk.waiting_for(person_id=stall.presenter.pk)
    return Scene(
        sale=sale,
        planned=planned,
        cancelled=cancelled,
        cancelled_offer=cancelled_offer,
        orders={state: make_order(sale, until=state, by=buyer) for state in ORDERS},
        statements={kind: one.id for kind, one in statements.items()},
        numbers={kind: one.number for kind, one in statements.items()},
        address_id=_address(buyer).id,
        token_id=accounts_operations.issue_token(by=buyer, name=TOKEN, now=NOW)[0].id,
        question_id=question.id,
        letter_id=send_message(buyer),
        act_id=_serves(stall),
        votes=votes(stall),
        guarantee_id=lodge(stall, 5_000, by=people["officer"]).id,
        photo_id=make_lot_file(stall.lot, by=stall.chief, public=True).id,
        paper_id=make_lot_file(stall.lot, by=stall.chief, kind=FileKind.DOCUMENT).id,
        unsigned_version_id=unsigned.id,
        desk_item_id=waits.id,
        refund_request=asked_back(sale, buyer),
        letters=letters(sale, buyer),
        village_id=accounts_operations.add_village(county_id=county_id, name="空村"),
        ways_in=_ways_in(stall, buyer, people["shopper"]),
        neighbour=neighbour,
        far=far,
        people=people,
        funds=(made := funds({"officer": stall, "far_officer": far}, people)),
        insured=make_insured(sale, people["officer"], made["officer"]),
    )


def _address(buyer: Person) -> AddressBook:
    return accounts_operations.save_address(
        by=buyer, recipient="小满", phone="13900139000", province="浙江省", city="杭州市", line=HOME_STREET
    )


def _ways_in(stall: Stall, buyer: Person, shopper: Person | None) -> WaysIn:
    assert shopper is not None
    return WaysIn(
        request=_asks_to_farm(stall, shopper),
        photo_id=_asks_to_sell(buyer),
        invitation_id=_invites(stall, shopper),
    )


def _asks_to_farm(stall: Stall, shopper: Person) -> JoinRequestView:
    """Somebody without a place asks the cooperative to take them in; it still has time to answer."""
    village = accounts.organisation(organisation_id=stall.lot.plot.household_id).village or "河湾村"
    accounts_operations.add_village(county_id=stall.county_id, name=f"{village}口")
    return make_join_request(
        shopper,
        cooperative_id=stall.cooperative.id,
        name=ASKS_TO_FARM,
        village=f"{village}口",
        now=timezone.now(),
    )


def _serves(stall: Stall) -> int:
    """What the cooperative did for the household, which has not said yet that it was so."""
    return records_operations.record_service(
        by=stall.chief,
        agreement_id=stall.version.agreement_id,
        server_id=stall.cooperative.id,
        served_id=stall.lot.plot.household_id,
        what="修剪指导",
        points=3,
        now=NOW,
    ).id


def _asks_to_sell(buyer: Person) -> int:
    """A licence that only the authority looks at."""
    facts = {"licence": LICENCE, "sells": "土豆"}
    return make_join_request(buyer, JoinKind.SELLER, facts=facts, now=timezone.now()).photos[0]


def _invites(stall: Stall, shopper: Person) -> int:
    """Somebody without a place is invited to the cooperative."""
    return make_invitation(stall.chief, stall.cooperative, shopper.phone, now=timezone.now()).id


def _everyone(
    stall: Stall, neighbour: Stall, far: Stall, *, buyer: Person, shopper: Person
) -> dict[str, Person | None]:
    return {
        "visitor": None,
        "shopper": shopper,
        "buyer": buyer,
        "chief": stall.chief,
        "packer": make_packer(stall),
        "presenter": stall.presenter,
        "driver": stall.driver,
        "officer": make_officer(stall.county_id),
        "farmer": make_farmer(stall),
        "other_chief": neighbour.chief,
        "other_presenter": neighbour.presenter,
        "far_officer": make_officer(far.county_id),
        "far_chief": far.chief,
        "far_packer": make_packer(far),
        "far_presenter": far.presenter,
        "far_driver": far.driver,
        "far_farmer": make_farmer(far),
        "clerk": make_clerk(stall.county_id),
        "far_clerk": make_clerk(far.county_id),
        "administrator": make_administrator(county_id=stall.county_id),
        "far_administrator": make_administrator(county_id=far.county_id),
    }


def _stall(carrier: OrganisationRef, driver: Person, *, name: str, quantity: int) -> Stall:
    """A cooperative and a host of the carrier's county, and their agreement, to which both have consented."""
    county_id = carrier.county_id
    cooperative = make_organisation(
        county_id=county_id, kind=OrganisationKind.COOPERATIVE, name=f"{name}合作社"
    )
    host = make_organisation(county_id=county_id, kind=OrganisationKind.HOST, name=f"{name}直播")
    lot = make_lot(cooperative=cooperative, quantity=quantity)
    chief = make_member(organisation=cooperative, name=f"{name}社长")
    presenter = make_member(organisation=host, name=f"{name}主播")
    version = _agreement(cooperative, host, carrier, lot.product.code, name=f"{name}的约定")
    for person, party in ((chief, cooperative), (presenter, host), (driver, carrier)):
        agreements_operations.consent(by=person, version_id=version.id, organisation_id=party.id, now=NOW)
    return Stall(
        county_id=county_id,
        cooperative=cooperative,
        host=host,
        carrier=carrier,
        chief=chief,
        presenter=presenter,
        driver=driver,
        lot=lot,
        version=version,
    )


def _signs_on_paper(stall: Stall) -> None:
    """The lot's household, on a sheet that the cooperative enters."""
    agreements_operations.enter_sheet(
        by=stall.chief,
        version_id=stall.version.id,
        household_id=stall.lot.plot.household_id,
        picture=paper(stall.chief),
        now=NOW,
    )


def _agreement(
    cooperative: OrganisationRef,
    host: OrganisationRef,
    carrier: OrganisationRef,
    product: str,
    name: str = "新的",
) -> VersionView:
    """An agreement to which nobody has consented yet."""
    return agreements_operations.create_agreement(
        by=None,
        county_id=carrier.county_id,
        name=name,
        cooperative_id=cooperative.id,
        host_id=host.id,
        carrier_id=carrier.id,
        terms=make_terms(product_code=product),
        now=NOW,
    )


def _sale(stall: Stall) -> Sale:
    put_clip()
    _signs_on_paper(stall)
    session = make_session(stall, open_=False)
    live_operations.edit(by=stall.chief, session_id=session.id, clip=CLIP, now=NOW)
    session = live_operations.open_session(by=stall.chief, session_id=session.id, now=NOW)
    return Sale(stall=stall, session=session, offer=make_offer(stall, session, per_buyer_limit=20))


def _import_outside(stall: Stall) -> None:
    import_orders(
        data=OUTSIDE.encode(),
        file_name="订单.csv",
        format_code="tmall",
        county_id=stall.county_id,
        organisation_id=stall.cooperative.id,
        by=stall.chief,
        now=NOW,
    )


def _cancelled(stall: Stall) -> tuple[SessionView, OfferView]:
    session = make_session(stall, open_=False)
    offer = make_offer(stall, session, packs=1)
    # retitled after its lot's history, which is public, has named it
    live_operations.edit(by=stall.chief, session_id=session.id, title=CALLED_OFF, now=NOW)
    cancel_session(by=stall.chief, session_id=session.id, now=NOW)
    return session, offer


def _statements(sale: Sale) -> dict[str, StatementSummary]:
    """What the session was settled with, by whose it is."""
    stall = sale.stall
    found = settlement.statements(county_id=stall.county_id, session_id=sale.session.id).items
    kinds = {stall.cooperative.id: "cooperative", stall.host.id: "host", stall.carrier.id: "carrier"}
    kinds[stall.lot.plot.household_id] = "household"
    return {kinds.get(one.organisation_id or 0, "platform"): one for one in found}


def put_clip() -> None:
    """The papers of a film, enough for its playlist."""
    directory = clip_directory(Path(settings.MEDIA_ROOT), CLIP)
    directory.mkdir(parents=True, exist_ok=True)
    package = Package(
        name=CLIP,
        digest="0" * 64,
        init="init.mp4",
        segments=(Segment("0.m4s", 2_000_000),),
        width=540,
        height=960,
        sound=True,
    )
    (directory / "package.json").write_text(json.dumps(asdict(package)))
