"""The county itself: villages, organisations, people, farms and plots."""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from django.utils import timezone

from fieldcast.accounts import operations as accounts_operations
from fieldcast.accounts.office import operations as office_operations
from fieldcast.accounts.types import OrganisationKind, OrganisationRef, Role, SignedIn
from fieldcast.catalog import operations as catalog_operations
from fieldcast.demo import names
from fieldcast.demo.goods import BY_CODE, GOODS, GROWN, Good, sold_around, star

HOUSEHOLDS = 60
CONSUMERS = 200
PHONE_BASE = 13_800_000_000  # demo people count up from 138 0000 0001
OUT_OF_SEASON_EVERY: Final = 8  # of the households: they sell nothing in these weeks
FIRST_AREA_MU: Final = Decimal("1.5")  # the tutorial's plot of persimmons


@dataclass
class Field:
    """A plot with the household that farms it and what grows there."""

    plot_id: int
    household: OrganisationRef
    good: Good
    area_mu: Decimal
    sold: int = 0  # lots so far


@dataclass
class County:
    """Everyone and every place of the demo county, as it is being built."""

    id: int
    rng: random.Random
    today: date
    founded: datetime
    villages: dict[str, int] = field(default_factory=dict)
    products: dict[str, int] = field(default_factory=dict)
    cooperatives: list[OrganisationRef] = field(default_factory=list)
    chiefs: list[SignedIn] = field(default_factory=list)
    packers: list[SignedIn] = field(default_factory=list)
    hosts: list[OrganisationRef] = field(default_factory=list)
    presenters: list[SignedIn] = field(default_factory=list)
    carriers: list[OrganisationRef] = field(default_factory=list)
    laboratory: OrganisationRef | None = None
    drivers: list[SignedIn] = field(default_factory=list)
    officers: list[SignedIn] = field(default_factory=list)
    households: list[OrganisationRef] = field(default_factory=list)
    fields: dict[int, list[Field]] = field(default_factory=dict)
    consumers: list[SignedIn] = field(default_factory=list)
    people: int = 0


def build_county(*, seed: int, now: datetime) -> County:
    """Found the county and settle it; the same seed gives the same people."""
    code, name, name_en = names.COUNTY
    county = County(
        id=accounts_operations.create_county(code=code, name=name, name_en=name_en),
        rng=random.Random(seed),  # noqa: S311 — an invented county needs repeatable chance, not secret chance
        today=timezone.localdate(now),
        founded=now - timedelta(days=400),
    )
    for village, village_en in names.VILLAGES:
        county.villages[village] = accounts_operations.add_village(
            county_id=county.id, name=village, name_en=village_en
        )
    _add_products(county)
    _add_public_bodies(county)
    _add_cooperatives(county)
    _add_households(county)
    _add_hosts(county)
    _add_consumers(county)
    _add_administrator(county)
    return county


def add_person(county: County, *, display_name: str, name: str = "", picture: str = "") -> SignedIn:
    """The county's next person, who signs in with one click in the demo and has no password."""
    county.people += 1
    return accounts_operations.register_person(
        phone=str(PHONE_BASE + county.people),
        display_name=display_name,
        password=None,
        county_id=county.id,
        name=name,
        picture=picture,
    )


def _add_products(county: County) -> None:
    for good in GOODS:
        county.products[good.code] = catalog_operations.add_product(
            county_id=county.id,
            code=good.code,
            category=good.category,
            name=good.name,
            name_en=good.name_en,
            unit=good.unit,
            yield_ceiling_per_mu=good.ceiling,
            picture=good.code,
            season_from=good.season[0],
            season_to=good.season[1],
        )


def _add_public_bodies(county: County) -> None:
    code, name, name_en, officers = names.AUTHORITY
    authority = _organisation(county, OrganisationKind.AUTHORITY, code, name, name_en)
    county.officers = [_member(county, authority, officer) for officer in officers]
    code, name, name_en, clerk = names.CENTRE
    seat = names.VILLAGES[0][0]  # whoever looks for it is told where it is
    centre = _organisation(county, OrganisationKind.SERVICE_CENTRE, code, name, name_en, seat)
    _member(county, centre, clerk)
    county.laboratory = _organisation(county, OrganisationKind.TESTING_STATION, *names.LABORATORY)
    for code, name, name_en, driver in names.CARRIERS:
        carrier = _organisation(county, OrganisationKind.CARRIER, code, name, name_en)
        county.drivers.append(_member(county, carrier, driver))
        county.carriers.append(carrier)


def _add_cooperatives(county: County) -> None:
    for (code, name, name_en, village), (chief, packer) in zip(names.COOPERATIVES, names.CHIEFS, strict=True):
        cooperative = _organisation(county, OrganisationKind.COOPERATIVE, code, name, name_en, village)
        county.cooperatives.append(cooperative)
        county.chiefs.append(_member(county, cooperative, chief))
        county.packers.append(_member(county, cooperative, packer, Role.STAFF))


def _add_households(county: County) -> None:
    """Ten households a village; a cooperative's members are those of the two villages nearest to it."""
    villages = list(county.villages)
    crops = [_crops(which, county.today) for which in range(len(county.cooperatives))]
    free = [f"{surname} {given}" for surname in names.SURNAMES for given in names.GIVEN]
    free.remove(" ".join(names.FIRST_FARMER))
    people = [" ".join(names.FIRST_FARMER), *county.rng.sample(free, HOUSEHOLDS - 1)]
    for number, person in enumerate(people):
        village = villages[number % len(villages)]
        which = villages.index(village) // 2
        place = number // len(villages) * 2 + number % 2  # among the cooperative's members
        surname, given = person.split(" ")
        household = _organisation(
            county,
            OrganisationKind.HOUSEHOLD,
            f"N{number + 1:03d}",
            f"{surname}{given}家",
            f"{names.SURNAMES[surname]} {names.GIVEN[given]}",
            village,
        )
        _member(county, household, f"{surname}{given}")
        county.households.append(household)
        _add_farm(county, household, village, which, crops[which](place))


def _crops(which: int, today: date) -> Callable[[int], tuple[Good, ...]]:
    """What the members of a cooperative grow, a good a plot: most of them what sells now, some what is out of season.

    The first of the fruit growers has persimmons and what the month is best for.
    """
    now, later = sold_around(which, today), [one for one in GROWN[which] if not one.last_picked(today)]

    def of(place: int) -> tuple[Good, ...]:
        if which == 0 and place == 0:
            return BY_CODE["persimmon"], star(which, today)
        if later and place % OUT_OF_SEASON_EVERY == OUT_OF_SEASON_EVERY - 1:
            return (later[place % len(later)],)
        first, second = now[place % len(now)], now[(place + 1) % len(now)]
        return (first, second) if place % 3 == 0 and first != second else (first,)

    return of


def _add_farm(
    county: County, household: OrganisationRef, village: str, which: int, goods: Iterable[Good]
) -> None:
    cooperative = county.cooperatives[which]
    farm_id = catalog_operations.add_farm(
        county_id=county.id,
        household_id=household.id,
        village_id=county.villages[village],
        name=f"{household.name.removesuffix('家')}家庭农场",
        cooperative_id=cooperative.id,
    )
    for plot, good in enumerate(goods, start=1):
        area = Decimal(county.rng.randrange(12, 48)) / 10
        if household == county.households[0]:
            area = FIRST_AREA_MU if plot == 1 else max(area, Decimal(3))
        plot_id = catalog_operations.add_plot(farm_id=farm_id, name=f"{plot} 号园", area_mu=area)
        product_id = county.products[good.code]
        catalog_operations.declare_crop(by=None, plot_id=plot_id, product_id=product_id, now=county.founded)
        place = Field(plot_id=plot_id, household=household, good=good, area_mu=area)
        county.fields.setdefault(cooperative.id, []).append(place)


def _add_hosts(county: County) -> None:
    for code, name, name_en, person in names.HOSTS:
        host = _organisation(county, OrganisationKind.HOST, code, name, name_en, picture=f"people/{code}")
        county.hosts.append(host)
        county.presenters.append(_member(county, host, person))


def _add_consumers(county: County) -> None:
    surnames = list(names.SURNAMES)
    for nickname in names.nicknames(CONSUMERS):
        person = add_person(county, display_name=nickname)
        province, city, district, street = county.rng.choice(names.PLACES)
        accounts_operations.save_address(
            by=person,
            recipient=f"{county.rng.choice(surnames)}{county.rng.choice(('女士', '先生'))}",
            phone=str(PHONE_BASE + county.people),
            province=province,
            city=city,
            district=district,
            line=f"{street} {county.rng.randrange(1, 300)} 号",
        )
        county.consumers.append(person)


def _add_administrator(county: County) -> None:
    """The last one, so that everybody else keeps their number."""
    county.people += 1
    office_operations.register_administrator(
        county_id=county.id,
        phone=str(PHONE_BASE + county.people),
        display_name=names.ADMINISTRATOR,
        password=None,
        every_right=False,
        now=county.founded,
    )


def _organisation(
    county: County,
    kind: OrganisationKind,
    code: str,
    name: str,
    name_en: str,
    village: str | None = None,
    picture: str = "",
) -> OrganisationRef:
    return accounts_operations.register_organisation(
        county_id=county.id,
        kind=kind,
        code=code,
        name=name,
        name_en=name_en,
        village_id=county.villages[village] if village else None,
        picture=picture,
        now=county.founded,
    )


def _member(county: County, organisation: OrganisationRef, name: str, role: Role = Role.OWNER) -> SignedIn:
    person = add_person(county, display_name=name, name=name)
    accounts_operations.add_member(person_id=person.pk, organisation_id=organisation.id, role=role)
    return person
