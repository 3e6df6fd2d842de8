"""What the demo county's cooperatives ask their members, and what is known of selling alone and of the long chain."""

from datetime import datetime, time, timedelta
from typing import Final

from django.utils import timezone

from fieldcast.agreements.chain import operations as chain_operations
from fieldcast.agreements.chain.types import ChainStageView
from fieldcast.agreements.together import operations as together_operations
from fieldcast.agreements.together.types import AloneFigures
from fieldcast.agreements.votes import operations as votes_operations
from fieldcast.agreements.votes.types import BallotView, Choice
from fieldcast.catalog.members import household_ids
from fieldcast.demo.county import County
from fieldcast.demo.goods import GOODS, Good

OVER: Final = "年底盈余七成按交易量返还，三成留作公积金"
OPEN: Final = "要不要在村口合建一座产地冷库？总投资 36 万元，按交易量分摊"
MINUTES: Final = "第三次成员大会记录第 2 页"
AGAINST_EVERY, AWAY_EVERY = 7, 10  # of the households: so many say no, so many did not come
PHONES: Final = 4  # households that have said something on their own phones by now
ALONE: Final = AloneFigures(
    parcel_minutes=12,
    request_minutes=25,
    gain_fen=80_000,
    detection_bp=6000,
    detection_alone_bp=1500,
    penalty_alone_fen=0,
    source="合作社理事会按三户试发货记时",
)
# What each stage adds, in percent of what it paid; what is paid at the field is a part of the guaranteed price.
AT_THE_FIELD_BP: Final = 7200
STAGES: Final = (("产地收购商", 1500, "收购点挂牌价"), ("批发市场", 2200, "市批发市场日报"))
SHOP: Final = "零售店"  # what shops put on top nobody has counted


def ask_members(county: County, *, now: datetime) -> None:
    """One vote is over and one is open; the first cooperative wrote down what selling alone would be like."""
    began = now - timedelta(days=40)
    over = _call(county, OVER, closes_at=began + timedelta(days=7), now=began)
    members = sorted(household_ids(cooperative_id=over.cooperative_id))
    for number, household_id in enumerate(members, start=1):
        if number % AWAY_EVERY:
            _minutes(county, over, household_id, number, now=began + timedelta(days=6))
    votes_operations.end_due(now=over.closes_at)
    asked = now - timedelta(days=2)
    day = timezone.localdate(now) + timedelta(days=5)
    closes_at = timezone.make_aware(datetime.combine(day, time(20)))
    standing = _call(county, OPEN, closes_at=closes_at, now=asked)
    for number, household_id in enumerate(members[-PHONES:], start=1):
        _minutes(county, standing, household_id, number, now=asked + timedelta(hours=5))
    together_operations.write(
        by=county.chiefs[0], cooperative_id=county.cooperatives[0].id, figures=ALONE, now=asked
    )


def write_chains(county: County, *, now: datetime) -> None:
    """The county wrote down what its goods pass through where nobody sells them live."""
    for good in GOODS:
        chain_operations.write_chain(
            by=county.officers[0],
            county_id=county.id,
            product_code=good.code,
            units=1,
            stages=_stages(good, now),
            consumer_fen=round(good.price_fen / good.pack),
            consumer_source="县城农贸市场挂牌价",
            consumer_day=timezone.localdate(now) - timedelta(days=9),
            now=now - timedelta(days=8),
        )


def _call(county: County, question: str, *, closes_at: datetime, now: datetime) -> BallotView:
    return votes_operations.call(
        by=county.chiefs[0],
        cooperative_id=county.cooperatives[0].id,
        question=question,
        closes_at=closes_at,
        now=now,
    )


def _minutes(county: County, ballot: BallotView, household_id: int, number: int, *, now: datetime) -> None:
    votes_operations.cast(
        by=county.chiefs[0],
        ballot_id=ballot.id,
        household_id=household_id,
        choice=Choice.YES if number % AGAINST_EVERY else Choice.NO,
        minutes=MINUTES,
        now=now,
    )


def _stages(good: Good, now: datetime) -> tuple[ChainStageView, ...]:
    day = timezone.localdate(now) - timedelta(days=9)
    farmer = ChainStageView(
        name="农户",
        fen=good.guarantee_fen * AT_THE_FIELD_BP // 10_000,
        source="县农业农村局田头价",
        day=day,
    )
    between = (
        ChainStageView(name=name, added_bp=added, source=source, day=day) for name, added, source in STAGES
    )
    return (farmer, *between, ChainStageView(name=SHOP))
