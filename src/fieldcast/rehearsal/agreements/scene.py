"""Who takes part: the cast of a rehearsal, and the companies that further roles need."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from fieldcast.accounts import operations as accounts_operations
from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import OrganisationKind, Role, SignedIn
from fieldcast.agreements import operations as agreements_operations
from fieldcast.agreements.cover import operations as cover_operations
from fieldcast.agreements.reading import terms_from_json
from fieldcast.agreements.records import operations as records
from fieldcast.agreements.records.types import Asset
from fieldcast.agreements.types import VersionView
from fieldcast.catalog import queries as catalog
from fieldcast.demo.cast import Cast, make_cast
from fieldcast.kit.ids import random_code
from fieldcast.kit.months import began
from fieldcast.rehearsal.agreements.terms import all_models

AFTER_SALE = timedelta(days=7)
FUND_FEN = 2_000_000
COMPANIES = {"brand_owner": "彩排协会", "mcn": "彩排机构"}
SERVICE = "彩排农技站"


@dataclass(frozen=True)
class Stage:
    """Everyone, and the version under which everything is sold."""

    cast: Cast
    version: VersionView
    service_id: int
    household_id: int

    def person(self, name: str) -> SignedIn:
        """Who plays a part: `chief`, `presenter`, `officer`, `service`, or `buyer0`, `buyer1`, …"""
        if name.startswith("buyer"):
            return accounts.person(person_id=self.cast.buyers[int(name[5:])].id)
        if name == "service":
            return accounts.person(person_id=self.cast.buyers[-1].id)
        return accounts.person(person_id=getattr(self.cast, name).id)


@transaction.atomic
def set_stage(*, buyers: int, opened: datetime) -> Stage:
    """A cooperative, a household, a host, a carrier and companies that have agreed to terms of all six models."""
    cast = make_cast(buyers=buyers + 1, now=opened)
    tag = random_code(6)
    parties = {role: _company(cast, name, tag, opened) for role, name in COMPANIES.items()}
    service_id = _company(cast, SERVICE, tag, opened)
    terms = all_models(cast.product_code, after_sale_seconds=int(AFTER_SALE.total_seconds()))
    chief = accounts.person(person_id=cast.chief.id)
    version = agreements_operations.create_agreement(
        by=chief,
        county_id=cast.county_id,
        name="彩排六合一",
        cooperative_id=cast.cooperative_id,
        host_id=cast.host_id,
        carrier_id=cast.carrier_id,
        others=parties,
        terms=terms_from_json(terms),
        now=opened,
    )
    signers = {cast.host_id: cast.presenter, cast.carrier_id: cast.carrier}
    signers |= dict(zip(dict.fromkeys(parties.values()), reversed(cast.buyers), strict=False))  # each its own
    for party, player in signers.items():
        agreements_operations.consent(
            by=accounts.person(person_id=player.id), version_id=version.id, organisation_id=party, now=opened
        )
    plot = catalog.plot(plot_id=cast.plot_id)
    stage = Stage(cast, version, service_id, plot.household_id)
    _stand_behind(stage, opened)
    records.set_holding(
        by=chief,
        agreement_id=version.agreement_id,
        holder_id=plot.household_id,
        asset=Asset.LAND,
        shares=30,
        now=opened,
    )
    records.set_holding(
        by=chief,
        agreement_id=version.agreement_id,
        holder_id=cast.host_id,
        asset=Asset.TECHNOLOGY,
        shares=5,
        now=opened,
    )
    return stage


def _company(cast: Cast, name: str, tag: str, now: datetime) -> int:
    """A company whose manager is the last of the shoppers."""
    made = accounts_operations.register_organisation(
        county_id=cast.county_id,
        kind=OrganisationKind.COMPANY,
        code=f"CO-{tag}-{len(name)}{name[-1].encode().hex()[:2].upper()}",
        name=f"{name} {tag}",
        name_en=f"Rehearsal company {tag}",
        now=now,
    )
    accounts_operations.add_member(
        person_id=cast.buyers[-1].id, organisation_id=made.id, role=Role.MANAGER, now=now
    )
    return made.id


def _stand_behind(stage: Stage, now: datetime) -> None:
    """A fund with money in it: half of it stands behind the cooperative, half is free for buyers who must not wait."""
    officer, cast = stage.person("officer"), stage.cast
    fund = cover_operations.found_fund(
        by=officer, county_id=cast.county_id, name=f"彩排基金 {cast.cooperative_id}", now=now
    )
    cover_operations.receive_for_fund(
        by=officer, fund_id=fund.id, amount_fen=FUND_FEN, slip=f"AGREED-{cast.cooperative_id}", now=now
    )
    cover_operations.set_backing(
        by=officer,
        fund_id=fund.id,
        cooperative_id=cast.cooperative_id,
        limit_fen=FUND_FEN // 2,
        now=now,
    )


def month_before(moment: datetime, months: int) -> datetime:
    """Ten in the morning of the third day of a month so many months before."""
    day = timezone.localdate(moment).replace(day=1)
    for _ in range(months):
        day = (day - timedelta(days=1)).replace(day=1)
    return began(day) + timedelta(days=2, hours=10)
