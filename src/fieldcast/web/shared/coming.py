"""Money that is still to come, in words: how much of what was sold is settled, how far the rest is, and its rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fieldcast.catalog import queries as catalog
from fieldcast.kit.errors import Sentence
from fieldcast.kit.months import day_of
from fieldcast.settlement.types import Coming, ComingLine, Stage
from fieldcast.web.shared.table import Cell, Column, Table
from fieldcast.web.shared.words import local_name, percent_bp, quantity, when, yuan

ROWS: Final = 50
DATED: Final = (Stage.AFTER_SALE, Stage.SETTLING)  # the buyer has it: the day of its money is known
STAGES: Final[Mapping[Stage, Sentence]] = {
    Stage.TO_SEND: gettext_lazy("to be sent"),
    Stage.ON_ITS_WAY: gettext_lazy("on the way to the buyer"),
    Stage.AFTER_SALE: gettext_lazy("in the time for refunds"),
    Stage.SETTLING: gettext_lazy("about to be settled"),
}


@dataclass(frozen=True)
class StillToCome:
    """How far a sale is settled. `parts` are (how far, packs, fen); `table` its rows, at most `ROWS`; `more` the rest.

    `unknown` packs were sold under terms that do not say what they bring.
    """

    settled: int
    packs: int
    fen: int
    parts: tuple[tuple[Sentence, int, int], ...]
    table: Table
    more: int
    unknown: int


def still_to_come(coming: Coming, *, packs: int, now: datetime) -> StillToCome:
    """What of `packs` sold is settled, and what is to come for the rest."""
    return StillToCome(
        settled=max(0, packs - coming.packs),
        packs=packs,
        fen=coming.fen(),
        parts=parts_of(coming),
        table=table_of(coming.lines[:ROWS], now=now),
        more=max(0, len(coming.lines) - ROWS),
        unknown=coming.unknown,
    )


def parts_of(coming: Coming, *stages: Stage) -> tuple[tuple[Sentence, int, int], ...]:
    """How far, packs and fen of each stage that has lines; of all stages where none is named."""
    found = ((stage, coming.of(stage)) for stage in stages or Stage)
    return tuple(
        (STAGES[stage], sum(one.packs for one in lines), sum(one.fen for one in lines))
        for stage, lines in found
        if lines
    )


def arrives(line: ComingLine, *, now: datetime) -> date | None:
    """The day on which a line's money comes; None before the buyer has the parcel."""
    if line.stage not in DATED:
        return None
    today = day_of(now)
    return max(today, day_of(line.after_sale_until)) if line.after_sale_until else today


def table_of(lines: Sequence[ComingLine], *, now: datetime) -> Table:
    """Lines under headings: what it is, when it was paid, how far it is, what it brings. No order is named by it."""
    lots = catalog.lots_by_ids(ids={line.lot_id for line in lines})
    columns = (
        Column(_("Goods")),
        Column(_("Paid")),
        Column(_("Packs"), number=True),
        Column(_("How far")),
        Column(_("Paid by the buyer"), number=True),
        Column(_("To come"), number=True),
    )
    rows = (
        (
            Cell(f"{local_name(lots[line.lot_id].product)} {lots[line.lot_id].code}"),
            Cell(when(line.paid_at, now=now)),
            Cell(quantity(line.packs)),
            Cell(_how_far(line, now)),
            Cell(yuan(line.net_fen)),
            Cell(yuan(line.fen)),
        )
        for line in lines
    )
    return Table(columns, tuple(rows))


def _how_far(line: ComingLine, now: datetime) -> str:
    if line.early_fen and line.after_sale_until is not None:
        return _(
            "%(paid)s paid the day after receipt; held back until %(at)s: %(held)s = %(part)s of %(share)s, "
            "for refunds that may still come"
        ) % {
            "paid": yuan(line.early_fen),
            "at": when(line.after_sale_until, now=now),
            "held": yuan(line.fen),
            "part": percent_bp(line.reserve_bp),
            "share": yuan(line.early_fen + line.fen),
        }
    if line.stage == Stage.AFTER_SALE and line.after_sale_until is not None:
        return _("in the time for refunds, until %(at)s") % {"at": when(line.after_sale_until, now=now)}
    return str(STAGES[line.stage])
