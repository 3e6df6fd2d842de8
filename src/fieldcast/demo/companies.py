"""An agreement of the demo county that was composed clause by clause: brand, host agency, bond, penalty and bonus, with
the companies that take part, and the county's policy of quality insurance. Nothing is sold under it yet.
"""

from datetime import datetime, timedelta
from typing import Any, Final

from django.utils import timezone

from fieldcast.accounts import operations as accounts_operations
from fieldcast.accounts.types import OrganisationKind, OrganisationRef, Role, SignedIn
from fieldcast.agreements import operations as agreements_operations
from fieldcast.agreements.bonds import operations as bonds_operations
from fieldcast.agreements.composed.presets import PRESETS, combined
from fieldcast.agreements.cover import queries as cover
from fieldcast.agreements.reading import terms_from_json
from fieldcast.agreements.types import VersionView
from fieldcast.demo.county import County, add_person
from fieldcast.demo.goods import GOODS
from fieldcast.settlement.insurance import operations as insurance_operations

COMPANIES: Final = {  # by the role they take
    "brand_owner": ("PPXH", "河湾优品品牌协会", "Hewan Choice Brand Association", "赵立新"),
    "mcn": ("HSWH", "禾声直播服务公司", "Hesheng Live Services", "周敏"),
}
INSURER: Final = ("NXBX", "丰穗农业保险公司", "Fengsui Agricultural Insurance", "钱国华")
WHICH: Final = 0
HOST: Final = 4
NAME: Final = "河湾优品 · 品牌与主播机构合作（按条款拟定）"
BREACH: Final = "主播说的与检测报告不符"
BOND_FEN: Final = 200_000


def take_part(county: County) -> None:
    """The companies come in, the agreement is written, signed and its bond paid; the policy is written down."""
    at = county.founded + timedelta(days=300)
    people: dict[str, SignedIn] = {}
    parties: dict[str, OrganisationRef] = {}
    for role, said in COMPANIES.items():
        parties[role], people[role] = _company(county, *said)
    version = _write(county, parties, now=at)
    signers = {
        county.hosts[HOST].id: county.presenters[HOST],
        county.carriers[WHICH].id: county.drivers[WHICH],
        **{parties[role].id: people[role] for role in COMPANIES},
    }
    for organisation_id, person in signers.items():
        agreements_operations.consent(
            by=person,
            version_id=version.id,
            organisation_id=organisation_id,
            now=at + timedelta(days=2),
        )
    bonds_operations.receive_bond(
        by=county.officers[0],
        agreement_id=version.agreement_id,
        organisation_id=county.hosts[HOST].id,
        amount_fen=BOND_FEN,
        slip=f"{at:%Y%m%d}-318841",
        note="履约保证金",
        now=at + timedelta(days=4),
    )
    _insure(county, now=at + timedelta(days=10))


def _company(
    county: County, code: str, name: str, name_en: str, person: str
) -> tuple[OrganisationRef, SignedIn]:
    made = accounts_operations.register_organisation(
        county_id=county.id,
        kind=OrganisationKind.COMPANY,
        code=code,
        name=name,
        name_en=name_en,
        village_id=None,
        now=county.founded,
    )
    owner = add_person(county, display_name=person, name=person)
    accounts_operations.add_member(person_id=owner.pk, organisation_id=made.id, role=Role.OWNER)
    return made, owner


def _write(county: County, parties: dict[str, OrganisationRef], *, now: datetime) -> VersionView:
    return agreements_operations.create_agreement(
        by=county.chiefs[WHICH],
        county_id=county.id,
        name=NAME,
        cooperative_id=county.cooperatives[WHICH].id,
        host_id=county.hosts[HOST].id,
        carrier_id=county.carriers[WHICH].id,
        others={role: one.id for role, one in parties.items()},
        terms=terms_from_json(_terms()),
        now=now,
    )


def _terms() -> dict[str, Any]:
    """Commission with host agency and a bond, and the brand's fee with service points, laid into one waterfall.

    The penalty deters: sixty of a hundred breaches are found, and each then costs more than it brings.
    """
    prices = {good.code: {"": good.guarantee_fen} for good in GOODS}
    terms = combined([PRESETS["commission"], PRESETS["brand"]], prices=prices)
    for row in terms["promise_clauses"]:
        if row["kind"] == "penalty":
            row |= {"breach": BREACH, "fen": BOND_FEN, "gain_fen": 80_000, "detection_bp": 6000}
    return terms


def _insure(county: County, *, now: datetime) -> None:
    """Quality insurance for two kinds of fruit, a year long; what the insurer pays goes into the county's fund."""
    insurer, _person = _company(county, *INSURER)
    day = timezone.localdate(now)
    insurance_operations.record_policy(
        by=county.officers[0],
        county_id=county.id,
        insurer_id=insurer.id,
        fund_id=cover.funds(county_id=county.id)[0].id,
        number=f"FS{day:%Y}ZL000317",
        from_day=day,
        to_day=day + timedelta(days=365),
        products=[good.code for good in GOODS[:2]],
        lots=[],
        per_unit_fen=600,
        per_claim_fen=300_000,
        premium_fen=12,
        now=now,
    )
