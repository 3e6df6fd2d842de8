"""Where a household's money stands: in the bank, on its way, and what the boxes of today bring; each with its rows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as in_context
from django.views.decorators.http import require_GET

from fieldcast.kit.errors import Sentence
from fieldcast.kit.pages import paginate_read
from fieldcast.settlement import queries as settlement
from fieldcast.settlement.types import Coming, Stage
from fieldcast.web.shared import asking
from fieldcast.web.shared.coming import arrives, parts_of, table_of
from fieldcast.web.shared.days import day_name
from fieldcast.web.shared.workplace import Workplace, at_household

A_PAGE: Final = 50
TODAY: Final = (Stage.TO_SEND,)
COMING: Final = (Stage.ON_ITS_WAY, Stage.AFTER_SALE, Stage.SETTLING)
SHOWN: Final[Mapping[str, tuple[Sentence, tuple[Stage, ...]]]] = {
    "coming": (in_context("money", "On its way"), COMING),
    "today": (_("Today's boxes"), TODAY),
}


# what stands on a list with nothing on it: what that means, and what comes there
EMPTY: Final[Mapping[str, tuple[Sentence, Sentence]]] = {
    "coming": (
        _("Nothing is on its way"),
        _("Once a parcel from your plots is sent off, its money stands here until it is paid out."),
    ),
    "today": (
        _("Nothing is to be sent"),
        _("As soon as a buyer has paid for something from your plots, it stands here."),
    ),
}


@dataclass(frozen=True)
class MoneyShown:
    """The three figures of a household's money. `paid_fen` went to the bank lately."""

    paid_fen: int
    coming_fen: int
    today_fen: int
    today_packs: int
    parts: tuple[tuple[Sentence, int, int], ...]
    unknown: int


def money_of(place: Workplace, *, since: datetime) -> MoneyShown:
    """The figures of a household; those still to come as settling works them out."""
    coming = settlement.coming_to(organisation_id=place.id)
    return MoneyShown(
        paid_fen=settlement.paid_out_to(organisation_id=place.id, since=since),
        coming_fen=coming.fen(*COMING),
        today_fen=coming.fen(*TODAY),
        today_packs=sum(line.packs for line in coming.of(*TODAY)),
        parts=parts_of(coming, *COMING),
        unknown=coming.unknown,
    )


@require_GET
@at_household
def money(request: HttpRequest, place: Workplace) -> HttpResponse:
    """The rows behind a figure, the longest paid first; of one day on which money comes, where it is said."""
    now = timezone.now()
    which = request.GET.get("which", "coming")
    which = which if which in SHOWN else "coming"
    title, stages = SHOWN[which]
    coming = settlement.coming_to(organisation_id=place.id)
    of_day = _day_asked(request)
    if of_day is not None:
        coming, stages = _only(coming, of_day, now=now), tuple(Stage)
    page = paginate_read(coming.of(*stages), lambda line: line, asking.page_number(request), A_PAGE)
    context = {
        "place": place,
        "title": title,
        "which": which,
        "of_day": _day_words(of_day) if of_day else "",
        "empty": EMPTY[which],
        "shown": [(name, words, coming.fen(*of)) for name, (words, of) in SHOWN.items()],
        "page": page,
        "table": table_of(page.items, now=now),
        "fen": coming.fen(*stages),
        "parts": parts_of(coming, *stages),
        "unknown": coming.unknown,
    }
    return render(request, "farm/money.html", context)


def _day_asked(request: HttpRequest) -> date | str | None:
    """The day that is asked for; `unknown` for what has none yet; None: all of them."""
    return "unknown" if request.GET.get("day") == "unknown" else asking.day(request, "day")


def _only(coming: Coming, of_day: date | str, *, now: datetime) -> Coming:
    """What comes on a day alone."""
    wanted = None if of_day == "unknown" else of_day
    return replace(
        coming, lines=tuple(one for one in coming.lines if arrives(one, now=now) == wanted), unknown=0
    )


def _day_words(of_day: date | str) -> str:
    return day_name(of_day) if isinstance(of_day, date) else str(_("The day is not known yet"))
