"""A cast for a rehearsal: a county of its own with one stall and fresh buyers, beside whatever county is there.

What is rehearsed is no county's sale: its village, its lot and its money are in no page and no figure of another.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from fieldcast.accounts import operations as accounts_operations
from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import OrganisationKind, OrganisationRef, Role, SignedIn
from fieldcast.catalog import operations as catalog_operations
from fieldcast.demo.goods import BY_CODE
from fieldcast.kit.ids import random_code

PHONE_FROM, PHONE_TO = 17_000_000_000, 17_999_999_999  # numbers of rehearsals, apart from the demo county's
AREA_MU = Decimal(90_000)  # room for any rehearsal's harvest
PEACH = BY_CODE["yellow-peach"]
MOST_BUYERS = 5_000
REHEARSAL_COUNTY = "rehearsal-"  # how the codes of their counties begin


@dataclass(frozen=True)
class Player:
    """A person and the secret of a personal token of theirs."""

    id: int
    token: str


@dataclass(frozen=True)
class Cast:
    """Everyone a rehearsed sale needs, each with a token, and the plot the goods come from."""

    county_id: int
    cooperative_id: int
    host_id: int
    carrier_id: int
    plot_id: int
    product_id: int
    product_code: str
    chief: Player
    presenter: Player
    carrier: Player
    officer: Player
    buyers: tuple[Player, ...]


def make_cast(*, buyers: int, now: datetime, beside: Cast | None = None) -> Cast:
    """Register a cooperative, a household with a plot, a host, a carrier, an officer and `buyers` shoppers.

    In a county of their own, or in that of those they are `beside`.
    """
    tag = random_code(6)
    county_id = beside.county_id if beside else _county(tag)
    cooperative = _organisation(county_id, OrganisationKind.COOPERATIVE, tag, "彩排合作社", now)
    host = _organisation(county_id, OrganisationKind.HOST, tag, "彩排主播", now)
    carrier = _organisation(county_id, OrganisationKind.CARRIER, tag, "彩排快运", now)
    authority = _organisation(county_id, OrganisationKind.AUTHORITY, tag, "彩排监管", now)
    household = _organisation(county_id, OrganisationKind.HOUSEHOLD, tag, "彩排农户", now)
    product_id = beside.product_id if beside else _product(county_id)
    return Cast(
        county_id=county_id,
        cooperative_id=cooperative.id,
        host_id=host.id,
        carrier_id=carrier.id,
        plot_id=_plot(county_id, tag, household, cooperative, product_id, now),
        product_id=product_id,
        product_code=PEACH.code,
        chief=_worker(county_id, cooperative, "彩排社长", now),
        presenter=_worker(county_id, host, "彩排主播", now),
        carrier=_worker(county_id, carrier, "彩排司机", now),
        officer=_worker(county_id, authority, "彩排监管员", now),
        buyers=tuple(_player(_person(county_id, f"彩排买家{n + 1}"), now) for n in range(buyers)),
    )


def is_rehearsal(*, token: str, now: datetime) -> bool:
    """Does this personal token belong to somebody of a rehearsal's county?"""
    person = accounts.person_by_token(secret=token, now=now)
    if person is None or person.county_id is None:
        return False
    return accounts.county(county_id=person.county_id).code.startswith(REHEARSAL_COUNTY)


def _county(tag: str) -> int:
    return accounts_operations.create_county(
        code=f"{REHEARSAL_COUNTY}{tag.lower()}", name=f"彩排县 {tag}", name_en=f"Rehearsal county {tag}"
    )


def _organisation(
    county_id: int, kind: OrganisationKind, tag: str, name: str, now: datetime
) -> OrganisationRef:
    return accounts_operations.register_organisation(
        county_id=county_id,
        kind=kind,
        code=f"{kind.value[:4].upper()}-{tag}",
        name=f"{name} {tag}",
        name_en=f"Rehearsal {kind.value} {tag}",
        now=now,
    )


def _plot(
    county_id: int,
    tag: str,
    household: OrganisationRef,
    cooperative: OrganisationRef,
    product_id: int,
    now: datetime,
) -> int:
    farm_id = catalog_operations.add_farm(
        county_id=county_id,
        household_id=household.id,
        village_id=accounts_operations.add_village(
            county_id=county_id, name=f"彩排村 {tag}", name_en=f"Rehearsal village {tag}"
        ),
        name="彩排农场",
        cooperative_id=cooperative.id,
    )
    plot_id = catalog_operations.add_plot(farm_id=farm_id, name="1 号园", area_mu=AREA_MU)
    catalog_operations.declare_crop(by=None, plot_id=plot_id, product_id=product_id, now=now)
    return plot_id


def _product(county_id: int) -> int:
    """Yellow peaches."""
    return catalog_operations.add_product(
        county_id=county_id,
        code=PEACH.code,
        category=PEACH.category,
        name=PEACH.name,
        name_en=PEACH.name_en,
        unit=PEACH.unit,
        yield_ceiling_per_mu=PEACH.ceiling,
        picture=PEACH.code,
        season_from=PEACH.season[0],
        season_to=PEACH.season[1],
    )


def _worker(county_id: int, organisation: OrganisationRef, name: str, now: datetime) -> Player:
    person = _person(county_id, name)
    accounts_operations.add_member(person_id=person.pk, organisation_id=organisation.id, role=Role.OWNER)
    return _player(person, now)


def _person(county_id: int, name: str) -> SignedIn:
    """Someone with a number nobody has: chance picks one in a thousand million, and a taken one is picked again."""
    while True:
        number = PHONE_FROM + secrets.randbelow(PHONE_TO - PHONE_FROM)
        if accounts.person_by_phone(phone=str(number)) is None:
            return accounts_operations.register_person(
                phone=str(number), display_name=name, password=None, county_id=county_id
            )


def _player(person: SignedIn, now: datetime) -> Player:
    _token, secret = accounts_operations.issue_token(by=person, name="rehearsal", now=now)
    return Player(id=person.pk, token=secret)
