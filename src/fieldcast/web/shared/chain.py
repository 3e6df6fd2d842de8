"""Of each yuan that a consumer pays, who has how much: in the long chain, and under an agreement beside it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from fieldcast.agreements.chain.types import ChainView, StageWorked
from fieldcast.agreements.chain.working import worked
from fieldcast.agreements.composed.what_if import share_bp
from fieldcast.web.shared.table import Cell, Column, Table
from fieldcast.web.shared.words import percent_bp, yuan

UNKNOWN = "–"


@dataclass(frozen=True)
class Part:
    """Whose, and of a yuan how much in basis points; None: nobody knows."""

    name: str
    part_bp: int | None

    @property
    def of_a_yuan(self) -> str:
        """`¥0.44`, of each yuan."""
        return UNKNOWN if self.part_bp is None else f"¥{self.part_bp / 10_000:.2f}"


def stages_of(chain: ChainView) -> tuple[StageWorked, ...]:
    """The chain with what each stage has."""
    return worked(chain.stages, consumer_fen=chain.consumer_fen)


def stages_table(chain: ChainView) -> Table:
    """Each stage with what it adds, its part of what the consumer pays, and where that is known from."""
    columns = (
        Column(_("Stage")),
        Column(_("Adds"), number=True),
        Column(_("Then it costs"), number=True),
        Column(_("Of each yuan"), number=True),
        Column(_("Known from")),
    )
    rows = tuple(
        (
            Cell(one.name),
            Cell(_("nobody knows") if one.fen is None else yuan(one.fen)),
            Cell(UNKNOWN if one.price_fen is None else yuan(one.price_fen)),
            Cell(Part(one.name, one.part_bp).of_a_yuan),
            Cell(f"{said.source} · {said.day:%Y-%m-%d}" if said.day else UNKNOWN),
        )
        for one, said in zip(stages_of(chain), chain.stages, strict=True)
    )
    return Table(columns, rows)


def parts_of_chain(chain: ChainView) -> list[Part]:
    """Whose how much of a yuan is in the long chain; what no stage accounts for stands last."""
    found = [Part(one.name, one.part_bp) for one in stages_of(chain)]
    known = [one.part_bp for one in found if one.part_bp is not None]
    if known and sum(known) < 10_000 - len(known):  # each is rounded by half a point at most
        found.append(Part(_("not accounted for"), 10_000 - sum(known)))
    return found


def parts_here(totals: Mapping[str, int], names: Mapping[str, str]) -> list[Part]:
    """Whose how much of a yuan is under an agreement, from what everyone has in a month."""
    whole = sum(totals.values())
    return [Part(name, share_bp(totals.get(role, 0), whole)) for role, name in names.items()]


def bars(columns: Iterable[tuple[str, list[Part]]]) -> tuple[dict[str, Any], list[list[str]]]:
    """One bar a way to the consumer, parts one on the other, and the figures beneath."""
    ways = list(columns)
    names = list(dict.fromkeys(part.name for _title, parts in ways for part in parts))
    by_way = [{part.name: part for part in parts} for _title, parts in ways]
    option = {
        "unit": "yuan",
        "legend": {"type": "scroll"},
        "xAxis": {"type": "value"},
        "yAxis": {"type": "category", "inverse": True, "data": [title for title, _parts in ways]},
        "series": [
            {
                "type": "bar",
                "stack": "all",
                "name": name,
                "data": [((way[name].part_bp or 0) if name in way else 0) / 10_000 for way in by_way],
            }
            for name in names
        ],
    }
    rows = [[_("Of each yuan"), *(title for title, _parts in ways)]]
    rows += [[name, *(_figure(way.get(name)) for way in by_way)] for name in names]
    return option, rows


def _figure(part: Part | None) -> str:
    if part is None:
        return ""
    return UNKNOWN if part.part_bp is None else f"{part.of_a_yuan} ({percent_bp(part.part_bp)})"
