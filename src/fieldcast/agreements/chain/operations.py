"""Writes of the long chain: a chain is only ever added."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.access import require
from fieldcast.accounts.types import SignedIn
from fieldcast.agreements.chain import queries
from fieldcast.agreements.chain.models import ChainStage, LongChain
from fieldcast.agreements.chain.problems import (
    ConsumerWhenceMissing,
    FarmerInYuan,
    FigureOutOfRange,
    MoreThanConsumer,
    StagesMissing,
    TwoFigures,
    WhenceMissing,
)
from fieldcast.agreements.chain.types import ChainStageView, ChainView
from fieldcast.agreements.chain.working import worked
from fieldcast.catalog import queries as catalog
from fieldcast.kit.errors import NotFound
from fieldcast.kit.money import yuan
from fieldcast.kit.months import day_of
from fieldcast.kit.said import must_say, said

MOST_STAGES = 8
MOST_FEN = 100_000_000
MOST_ADDED_BP = 100_000
MOST_UNITS = 100_000


@transaction.atomic
def write_chain(
    *,
    by: SignedIn,
    county_id: int,
    product_code: str,
    units: int,
    stages: Sequence[ChainStageView],
    consumer_fen: int | None,
    consumer_source: str = "",
    consumer_day: date | None = None,
    now: datetime,
) -> ChainView:
    """Write down the chain of a product; the one before stays to be read.

    Raises `NotFound` for strangers and unknown products, `StagesMissing`, `TwoFigures`, `FarmerInYuan`,
    `WhenceMissing`,
    `ConsumerWhenceMissing`, `FigureOutOfRange`, `MoreThanConsumer`, and `SaysNothing` for a stage without a name.
    """
    require(by, "agreements.keep_cover", accounts.county(county_id=county_id))
    product = next((one for one in catalog.products(county_id=county_id) if one.code == product_code), None)
    if product is None:
        raise NotFound("product")
    today = day_of(now)
    if not 1 <= units <= MOST_UNITS:
        raise FigureOutOfRange
    if not 1 <= len(stages) <= MOST_STAGES:
        raise StagesMissing(most=MOST_STAGES, given=len(stages))
    for number, stage in enumerate(stages, start=1):
        _check(stage, number, today)
    if consumer_fen is not None:
        sourced = said(consumer_source) and consumer_day is not None and consumer_day <= today
        if consumer_fen <= 0 or consumer_fen > MOST_FEN or not sourced:
            raise ConsumerWhenceMissing
    _check_sum(stages, consumer_fen)
    row = LongChain.objects.create(
        county_id=county_id,
        product_id=product.id,
        units=units,
        consumer_fen=consumer_fen,
        consumer_source=said(consumer_source)[:200],
        consumer_day=consumer_day if consumer_fen is not None else None,
        by_id=by.pk,
        at=now,
    )
    ChainStage.objects.bulk_create(_row(row, number, one) for number, one in enumerate(stages, start=1))
    written = queries.chain_of(county_id=county_id, product_code=product_code)
    assert written is not None
    return written


def _row(chain: LongChain, place: int, stage: ChainStageView) -> ChainStage:
    return ChainStage(
        chain=chain,
        place=place,
        name=must_say(stage.name, field="name")[:40],
        fen=stage.fen,
        added_bp=stage.added_bp,
        source=said(stage.source)[:200],
        day=stage.day,
    )


def _check(stage: ChainStageView, number: int, today: date) -> None:
    if stage.fen is not None and stage.added_bp is not None:
        raise TwoFigures(stage=number)
    if number == 1 and stage.added_bp is not None:
        raise FarmerInYuan
    if not 0 <= (stage.fen or 0) <= MOST_FEN or not 0 <= (stage.added_bp or 0) <= MOST_ADDED_BP:
        raise FigureOutOfRange
    if stage.known and (not said(stage.source) or stage.day is None or stage.day > today):
        raise WhenceMissing(stage=number)


def _check_sum(stages: Sequence[ChainStageView], consumer_fen: int | None) -> None:
    known = sum(one.fen or 0 for one in worked(stages, consumer_fen=consumer_fen))
    if consumer_fen is not None and known > consumer_fen:
        raise MoreThanConsumer(stages=yuan(known), consumer=yuan(consumer_fen))
