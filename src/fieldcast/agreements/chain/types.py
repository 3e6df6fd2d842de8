"""What the long chain tells the other rooms. Fen are of `units` units of the product, the same for every stage."""

from dataclasses import dataclass
from datetime import date, datetime

from fieldcast.agreements.composed.what_if import Stage


@dataclass(frozen=True, kw_only=True)
class ChainStageView:
    """A stage: so many fen, or so much on top of what it paid; neither where nobody knows."""

    name: str
    fen: int | None = None
    added_bp: int | None = None
    source: str = ""
    day: date | None = None

    @property
    def known(self) -> bool:
        """Does anybody know what it adds?"""
        return self.fen is not None or self.added_bp is not None

    @property
    def stage(self) -> Stage:
        """As it is worked out."""
        return Stage(name=self.name, fen=self.fen, added_bp=self.added_bp)


@dataclass(frozen=True, kw_only=True)
class ChainView:
    """The long chain of a product as the county wrote it down last. `consumer_fen` None: the last stage's price."""

    id: int
    county_id: int
    product_code: str
    units: int
    consumer_fen: int | None
    consumer_source: str
    consumer_day: date | None
    stages: tuple[ChainStageView, ...]
    at: datetime
    by: str

    @property
    def farm_gate_fen(self) -> int | None:
        """What a farmer who sells alone is paid for these units at the field; None where nobody knows."""
        return self.stages[0].fen if self.stages else None


@dataclass(frozen=True, kw_only=True)
class StageWorked:
    """What a stage adds in fen, its part of what the consumer pays in basis points; None behind a gap."""

    name: str
    fen: int | None
    part_bp: int | None
    price_fen: int | None  # what is paid when it leaves this stage
