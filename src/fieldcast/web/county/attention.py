"""What needs a person today, in sentences: what it is, how much, since when, and where to look."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Sentence
from fieldcast.supervision.types import AttentionItem
from fieldcast.trade.types import SEND_WITHIN_HOURS
from fieldcast.web.county.words import provider_name
from fieldcast.web.shared.words import local_name, quantity, yuan

TONES: Final = {"danger": "persimmon", "caution": "wheat", "info": "sky"}
LABELS: Final[dict[str, Sentence]] = {
    "broken_history": _("Record changed"),
    "failed_test": _("Test not passed"),
    "stopped_lot": _("Sale stopped"),
    "forged_notice": _("Forged notice"),
    "unusable_notice": _("Notice not used"),
    "reported_sales_differ": _("Figures differ"),
    "late_parcels": _("Sent late"),
    "stuck_refund": _("Refund stuck"),
    "books_unread": _("Books not read"),
    "holds_overdue": _("Standing still"),
    "refunds_unsent": _("Standing still"),
    "lines_unsettled": _("Standing still"),
    "stuck_jobs": _("Standing still"),
    "waiting_for_cover": _("Waits for cover"),
    "short_of_escrow": _("Escrow short"),
    "cannot_be_settled": _("Cannot be settled"),
    "uncovered_debt": _("Old debt"),
}
STANDING: Final = ("holds_overdue", "refunds_unsent", "lines_unsettled", "stuck_jobs")
# when these began is not known
FOUND_NOW: Final = frozenset({"broken_history", "stopped_lot", "uncovered_debt", *STANDING})
ONE: Final = {"lot": "county_lot", "session": "county_session", "order": "county_order"}
LISTS: Final = {"cover": "county_cover", "notices": "county_notices", "checks": "county_checks"}
TOGETHER: Final = frozenset({"stuck_refund"})  # many of these are one thing to do


@dataclass(frozen=True)
class Card:
    """One thing to look at. `since` None: when it began is not known."""

    kind: str
    tone: str
    label: str
    title: str
    sentence: str
    since: datetime | None
    url: str
    link: str
    count: int = 1


def cards(items: Iterable[AttentionItem]) -> tuple[Card, ...]:
    """Items in words, in their order; those of a kind that is one thing to do stand together where the first stood."""
    shown = list(items)
    together: dict[str, list[AttentionItem]] = {}
    for item in shown:
        if item.kind in TOGETHER:
            together.setdefault(item.kind, []).append(item)
    found = []
    for item in shown:
        others = together.get(item.kind, [item])
        if item is others[0]:
            found.append(_stuck_refunds(others) if len(others) > 1 else _card(item))
    return tuple(found)


def each(items: Iterable[AttentionItem]) -> tuple[Card, ...]:
    """Every item in words, one by one."""
    return tuple(_card(item) for item in items)


def _card(item: AttentionItem) -> Card:
    title, sentence, link = _SAY.get(item.kind, _unnamed)(item, local_name(item, "subject"))
    return Card(
        kind=item.kind,
        tone=TONES.get(item.severity, "sky"),
        label=str(LABELS.get(item.kind, item.kind)),
        title=title,
        sentence=sentence,
        since=None if item.kind in FOUND_NOW else item.since,
        url=address(item.link),
        link=link,
    )


def address(link: str) -> str:
    """The page behind an item's link (`lot:7`, `session:3`, `order:D26…`, `orders`, `notices`, `notices:stale`)."""
    what, _colon, which = link.partition(":")
    if what in ONE:
        return reverse(ONE[what], args=[which])
    if what == "orders":
        return reverse("county_figure", args=["in-time"])
    page = reverse(LISTS.get(what, "county_attention"))
    return f"{page}?outcome={which}" if which else page


def _broken_history(item: AttentionItem, subject: str) -> tuple[str, str, str]:
    return (
        gettext("The record of lot %(lot)s was changed") % {"lot": subject},
        gettext(
            "What is written no longer fits its fingerprints. Stop the sale and find out who could change it."
        ),
        gettext("Its record"),
    )


def _stopped_lot(item: AttentionItem, subject: str) -> tuple[str, str, str]:
    return gettext("%(lot)s may not be sold") % {"lot": subject}, _held_back(item), gettext("Its record")


def _failed_test(item: AttentionItem, subject: str) -> tuple[str, str, str]:
    return (
        gettext("%(lot)s did not pass its test") % {"lot": subject},
        gettext("Its sale was stopped by itself, and its buyers were told.") + " " + _held_back(item),
        gettext("Look at it and give the money back"),
    )


def _held_back(item: AttentionItem) -> str:
    """What is to be done about the orders of a stopped lot."""
    if not item.figure:
        return gettext("No order of it is held back.")
    return ngettext(
        "%(n)s paid order of it is held back: release the lot or give the money back.",
        "%(n)s paid orders of it are held back: release the lot or give the money back.",
        item.figure,
    ) % {"n": item.figure}


def _forged_notice(item: AttentionItem, subject: str) -> tuple[str, str, str]:
    title = ngettext("%(n)s forged payment notice", "%(n)s forged payment notices", item.figure)
    return (
        title % {"n": quantity(item.figure)},
        gettext(
            "Someone pretended to be the payment provider %(name)s. Nothing was booked; the first of each hour "
            "are kept."
        )
        % {"name": provider_name(subject)},
        gettext("Look at the notices"),
    )


def _unusable_notice(item: AttentionItem, subject: str) -> tuple[str, str, str]:
    title = ngettext(
        "%(n)s payment notice could not be used", "%(n)s payment notices could not be used", item.figure
    )
    return (
        title % {"n": quantity(item.figure)},
        gettext(
            "The payment provider really sent it, but it does not fit our books: another amount, or a payment we "
            "do not know. Nothing was booked. Compare it with the provider's own list."
        ),
        gettext("Look at the notices"),
    )


def _reported_sales_differ(item: AttentionItem, subject: str) -> tuple[str, str, str]:
    if item.figure > 0:
        sentence = ngettext(
            "The host reported %(n)s pack more than were paid for.",
            "The host reported %(n)s packs more than were paid for.",
            item.figure,
        )
    elif item.figure < 0:
        sentence = ngettext(
            "The host reported %(n)s pack fewer than were paid for.",
            "The host reported %(n)s packs fewer than were paid for.",
            -item.figure,
        )
    else:
        sentence = gettext("The packs agree, the money does not.")
    return subject, sentence % {"n": abs(item.figure)}, gettext("Compare")


def _late_parcels(item: AttentionItem, subject: str) -> tuple[str, str, str]:
    title = ngettext("%(who)s: %(n)s parcel is late", "%(who)s: %(n)s parcels are late", item.figure)
    return (
        title % {"who": subject, "n": item.figure},
        gettext("Paid more than %(hours)s hours ago and not handed to a carrier.")
        % {"hours": SEND_WITHIN_HOURS},
        gettext("Which ones"),
    )


def _stuck_refund(item: AttentionItem, subject: str) -> tuple[str, str, str]:
    return (
        gettext("A refund of %(fen)s did not go through") % {"fen": yuan(item.figure)},
        gettext(
            "Order %(number)s: the payment provider would not take it, and the buyer waits for the money."
        )
        % {"number": subject},
        gettext("The order"),
    )


def _stuck_refunds(items: list[AttentionItem]) -> Card:
    first, total = items[0], sum(item.figure for item in items)
    return Card(
        kind=first.kind,
        tone=TONES[first.severity],
        label=str(LABELS[first.kind]),
        title=ngettext("%(n)s refund did not go through", "%(n)s refunds did not go through", len(items))
        % {"n": len(items)},
        sentence=gettext("Buyers wait for %(fen)s in all: the payment provider would not take them.")
        % {"fen": yuan(total)},
        since=min(item.since for item in items),
        url=reverse("county_attention"),
        link=gettext("Which ones"),
        count=len(items),
    )


def _standing(item: AttentionItem, subject: str) -> tuple[str, str, str]:
    """Something that happens by itself has not happened: who looks after the machine should know."""
    titles = {
        "holds_overdue": ngettext(
            "%(n)s order is held beyond its time", "%(n)s orders are held beyond their time", item.figure
        ),
        "refunds_unsent": ngettext(
            "%(n)s refund is not on its way", "%(n)s refunds are not on their way", item.figure
        ),
        "lines_unsettled": ngettext(
            "%(n)s finished sale is not settled", "%(n)s finished sales are not settled", item.figure
        ),
        "stuck_jobs": ngettext(
            "%(n)s background job stands still", "%(n)s background jobs stand still", item.figure
        ),
    }
    sentences = {
        "holds_overdue": gettext("Their packs cannot be sold until the orders end."),
        "refunds_unsent": gettext("Buyers wait for money that the payment provider has not been given."),
        "lines_unsettled": gettext("Those who earned from them wait for their statement and their money."),
        "stuck_jobs": gettext("What the platform does by itself waits behind them."),
    }
    advice = gettext("This should mend itself within a minute: if it does not, tell who runs the platform.")
    return titles[item.kind] % {"n": item.figure}, f"{sentences[item.kind]} {advice}", gettext("The checks")


def _books_unread(item: AttentionItem, subject: str) -> tuple[str, str, str]:
    return (
        ngettext(
            "All rows were last read with nothing out of place %(n)s day ago",
            "All rows were last read with nothing out of place %(n)s days ago",
            item.figure,
        )
        % {"n": item.figure},
        gettext("They are read every night: it does not happen, or something is wrong. Read everything now."),
        gettext("The checks"),
    )


def _waiting_for_cover(item: AttentionItem, subject: str) -> tuple[str, str, str]:
    return (
        gettext("%(fen)s of %(who)s wait to be settled") % {"fen": yuan(item.figure), "who": subject},
        gettext(
            "These sales do not carry what is promised from them: %(missing)s more must stand behind them. "
            "Deposit %(deposit)s, funds %(room)s, owed %(owed)s."
        )
        % {
            "missing": yuan(item.facts["missing_fen"]),
            "deposit": yuan(item.facts["deposit_fen"]),
            "room": yuan(item.facts["room_fen"]),
            "owed": yuan(item.facts["owed_fen"]),
        },
        gettext("Guarantees and deposits"),
    )


def _short_of_escrow(item: AttentionItem, subject: str) -> tuple[str, str, str]:
    return (
        gettext("%(fen)s of %(who)s cannot be settled") % {"fen": yuan(item.figure), "who": subject},
        gettext(
            "Buyers' money that should be there is not free: %(missing)s are missing. Find out who holds it."
        )
        % {"missing": yuan(item.facts["missing_fen"])},
        gettext("Guarantees and deposits"),
    )


def _cannot_be_settled(item: AttentionItem, subject: str) -> tuple[str, str, str]:
    sentence = ngettext(
        "%(n)s line was sold under terms that say nothing about it.",
        "%(n)s lines were sold under terms that say nothing about them.",
        item.facts["lines"],
    )
    return (
        gettext("Sales of %(who)s cannot be settled") % {"who": subject},
        sentence % {"n": item.facts["lines"]},
        gettext("Guarantees and deposits"),
    )


def _uncovered_debt(item: AttentionItem, subject: str) -> tuple[str, str, str]:
    return (
        gettext("%(who)s owes %(fen)s that no fund gave") % {"fen": yuan(item.figure), "who": subject},
        gettext(
            "It was paid out before settlement asked what stands behind it. What the cooperative earns pays it back."
        ),
        gettext("Guarantees and deposits"),
    )


def _unnamed(item: AttentionItem, subject: str) -> tuple[str, str, str]:
    return subject, "", gettext("Look")


_SAY: Final[dict[str, Callable[[AttentionItem, str], tuple[str, str, str]]]] = {
    "broken_history": _broken_history,
    "failed_test": _failed_test,
    "stopped_lot": _stopped_lot,
    "forged_notice": _forged_notice,
    "unusable_notice": _unusable_notice,
    "reported_sales_differ": _reported_sales_differ,
    "late_parcels": _late_parcels,
    "stuck_refund": _stuck_refund,
    **dict.fromkeys(STANDING, _standing),
    "waiting_for_cover": _waiting_for_cover,
    "short_of_escrow": _short_of_escrow,
    "cannot_be_settled": _cannot_be_settled,
    "books_unread": _books_unread,
    "uncovered_debt": _uncovered_debt,
}
