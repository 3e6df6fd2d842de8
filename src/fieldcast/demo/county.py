"""The county itself: villages, organisations, people, farms and plots."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from fieldcast.accounts import operations as accounts_operations
from fieldcast.accounts.types import OrganisationKind, OrganisationRef, Role, SignedIn
from fieldcast.catalog import operations as catalog_operations
from fieldcast.demo import names
from fieldcast.demo.goods import GOODS, Good

HOUSEHOLDS = 60
CONSUMERS = 300
PHONE_BASE = 13_800_000_000  # demo people count up from 138 0000 0001


@dataclass
class Field:
    """A plot with the household that farms it and what grows there."""

    plot_id: int
    household: OrganisationRef
    good: Good
    area_mu: Decimal


@dataclass
class County:
    """Everyone and every place of the demo county, as it is being built."""

    id: int
    rng: random.Random
    founded: datetime
    villages: dict[str, int] = field(default_factory=dict)
    products: dict[str, int] = field(default_factory=dict)
    cooperatives: list[OrganisationRef] = field(default_factory=list)
    chiefs: list[SignedIn] = field(default_factory=list)
    packers: list[SignedIn] = field(default_factory=list)
    hosts: list[OrganisationRef] = field(default_factory=list)
    presenters: list[SignedIn] = field(default_factory=list)
    carriers: list[OrganisationRef] = field(default_factory=list)
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
    centre = _organisation(county, OrganisationKind.SERVICE_CENTRE, code, name, name_en)
    _member(county, centre, clerk)
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
    specialities = _specialities()
    villages = list(county.villages)
    for number in range(HOUSEHOLDS):
        village = villages[number % len(villages)]
        which = villages.index(village) // 2
        cooperative = county.cooperatives[which]
        person = f"{county.rng.choice(names.SURNAMES)}{county.rng.choice(names.GIVEN)}"
        household = _organisation(
            county,
            OrganisationKind.HOUSEHOLD,
            f"N{number + 1:03d}",
            f"{person}家",
            f"Household {number + 1}",
            village,
        )
        _member(county, household, person)
        county.households.append(household)
        goods = specialities[which]
        _add_farm(county, household, village, cooperative, goods[number // len(villages) % len(goods)])


def _specialities() -> tuple[tuple[Good, ...], ...]:
    fruit = [good for good in GOODS if good.category == "fruit"]
    greens = [good for good in GOODS if good.category == "vegetable"]
    hills = [good for good in GOODS if good.category in ("tea", "mushroom", "egg")]
    return tuple(fruit), tuple(greens), tuple(hills)


def _add_farm(
    county: County, household: OrganisationRef, village: str, cooperative: OrganisationRef, good: Good
) -> None:
    farm_id = catalog_operations.add_farm(
        county_id=county.id,
        household_id=household.id,
        village_id=county.villages[village],
        name=f"{village}{household.name.removesuffix('家')}农场",
        cooperative_id=cooperative.id,
    )
    for plot in range(county.rng.choice((1, 1, 2))):
        area = Decimal(county.rng.randrange(12, 48)) / 10
        plot_id = catalog_operations.add_plot(farm_id=farm_id, name=f"{plot + 1} 号园", area_mu=area)
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
    for number in range(CONSUMERS):
        nickname = names.NICKNAMES[number % len(names.NICKNAMES)]
        turn = number // len(names.NICKNAMES)
        person = add_person(county, display_name=f"{nickname}{turn + 1}" if turn else nickname)
        province, city, district, street = county.rng.choice(names.PLACES)
        accounts_operations.save_address(
            by=person,
            recipient=f"{county.rng.choice(names.SURNAMES)}女士",
            phone=str(PHONE_BASE + county.people),
            province=province,
            city=city,
            district=district,
            line=f"{street} {county.rng.randrange(1, 300)} 号",
        )
        county.consumers.append(person)


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
