"""What was looked at, and what became of a code, in words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fieldcast.kit.errors import Sentence
from fieldcast.recovery.types import Bar, CodeState, CodeView, LookedAt
from fieldcast.web.shared.table import Cell, Column, Table
from fieldcast.web.shared.words import when

LOOKED_AT: Final[Mapping[LookedAt, Sentence]] = {
    LookedAt.ID_CARD: gettext_lazy("Identity card"),
    LookedAt.HOUSEHOLD_BOOK: gettext_lazy("Household book"),
    LookedAt.KNOWN: gettext_lazy("Two members know them"),
}
STATES: Final[Mapping[CodeState, Sentence]] = {
    CodeState.OPEN: gettext_lazy("not used yet"),
    CodeState.EXPIRED: gettext_lazy("its time ran out"),
    CodeState.USED: gettext_lazy("used"),
    CodeState.REPLACED: gettext_lazy("a newer one was made"),
    CodeState.TRIES: gettext_lazy("ended after five wrong tries"),
}
BARS: Final[Mapping[Bar, Sentence]] = {
    Bar.ONESELF: gettext_lazy(
        "This is you. Change your password under “Me”, or ask somebody else of the centre."
    ),
    Bar.OFFICE: gettext_lazy(
        "Somebody of the county's authority or an administrator: their password is not reset at a centre. They ask "
        "whoever runs this installation."
    ),
    Bar.CLOSED: gettext_lazy("This account is closed. Whoever runs this installation can say why."),
}


def table_of(codes: tuple[CodeView, ...], *, now: datetime) -> Table:
    """Codes under headings: when, for whom, by whom, what was looked at, what became of it."""
    columns = (
        Column(_("When")),
        Column(_("For whom")),
        Column(_("Made by")),
        Column(_("Looked at")),
        Column(_("The code")),
    )
    rows = (
        (
            Cell(when(one.made_at, now=now)),
            Cell(one.for_name),
            Cell(one.by_name),
            Cell(str(LOOKED_AT[one.looked_at])),
            Cell(str(STATES[one.state])),
        )
        for one in codes
    )
    return Table(columns, tuple(rows))
