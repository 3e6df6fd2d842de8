"""Reads of the long chain."""

from collections.abc import Iterable

from fieldcast.agreements.chain.models import ChainStage, LongChain
from fieldcast.agreements.chain.types import ChainStageView, ChainView


def chain_of(*, county_id: int, product_code: str) -> ChainView | None:
    """The chain of a product as it was written down last; None before it was."""
    rows = LongChain.objects.filter(county_id=county_id, product__code=product_code).order_by("-id")
    found = rows.select_related("product", "by").prefetch_related("stages").first()
    return _view(found) if found else None


def chains_in(*, county_id: int) -> tuple[ChainView, ...]:
    """The newest chain of every product of a county that has one, by the product's code."""
    rows = LongChain.objects.filter(county_id=county_id).order_by("product__code", "-id")
    newest = rows.distinct("product__code").select_related("product", "by").prefetch_related("stages")
    return tuple(_view(one) for one in newest)


def history(*, county_id: int, product_code: str, most: int = 20) -> tuple[ChainView, ...]:
    """Every chain of a product, the newest first."""
    rows = LongChain.objects.filter(county_id=county_id, product__code=product_code).order_by("-id")
    return tuple(_view(one) for one in rows.select_related("product", "by").prefetch_related("stages")[:most])


def _view(row: LongChain) -> ChainView:
    return ChainView(
        id=row.pk,
        county_id=row.county_id,
        product_code=row.product.code,
        units=row.units,
        consumer_fen=row.consumer_fen,
        consumer_source=row.consumer_source,
        consumer_day=row.consumer_day,
        stages=tuple(_stages(row.stages.all())),
        at=row.at,
        by=row.by.display_name,
    )


def _stages(rows: Iterable[ChainStage]) -> list[ChainStageView]:
    return [
        ChainStageView(name=one.name, fen=one.fen, added_bp=one.added_bp, source=one.source, day=one.day)
        for one in rows
    ]
