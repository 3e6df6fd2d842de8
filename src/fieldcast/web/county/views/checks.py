"""Do the books hold, every rule recomputed from the rows when someone asks for it? And did the machine keep running?"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from fieldcast.kit.errors import Sentence
from fieldcast.supervision import queries as supervision
from fieldcast.supervision.types import Invariants
from fieldcast.web.county.machine import machine
from fieldcast.web.county.place import Office, at_county
from fieldcast.web.templatetags.fieldcast import quantity, yuan

KEPT: Final = "county-checks"
MOST_DETAILS: Final = 50
# (figure, the rule, how it is found out, is it money?)
RULES: Final[tuple[tuple[str, Sentence, Sentence, bool], ...]] = (
    (
        "oversold",
        _("Nothing is sold twice"),
        _("Packs that buyers hold or have bought beyond what their offers and lots had."),
        False,
    ),
    (
        "lot_imbalance_units",
        _("Nothing is lost: harvested = on hand + reserved + sold + written off"),
        _("Units by which a lot's counters differ from its orders, reservations and losses."),
        False,
    ),
    (
        "ledger_imbalance_fen",
        _("Money is conserved"),
        _("Fen by which transfers, balances, payments or refunds differ from the ledger's postings."),
        True,
    ),
    (
        "unexplained_fen",
        _("Every fen on a statement leads back to its order and its clause"),
        _("Fen that no formula explains, or that do not sum to their order, their statement or the ledger."),
        True,
    ),
    (
        "broken_histories",
        _("What was published about a lot is not quietly changed"),
        _("Lots whose chain of fingerprints does not hold any more."),
        False,
    ),
)


@dataclass(frozen=True)
class Rule:
    """A rule of the house and what its check found: nothing, when it holds."""

    title: Sentence
    how: Sentence
    figure: str
    holds: bool


@require_http_methods(["GET", "POST"])
@at_county
def checks(request: HttpRequest, office: Office) -> HttpResponse:
    """The last check this person asked for; the button asks for a new one. It reads everything: never unasked."""
    if request.method == "POST":
        request.session[KEPT] = _kept(supervision.invariants(now=timezone.now()))
        return redirect("county_checks")
    last = request.session.get(KEPT)
    context: dict[str, Any] = {"rules": None}
    if last is not None:
        rules = [_rule(rule, last["figures"]) for rule in RULES]
        context = {
            "rules": rules,
            "ok": all(rule.holds for rule in rules) and not last["details"],
            "details": last["details"],
            "hidden": last["hidden"],
            "checked_at": datetime.fromisoformat(last["at"]),
        }
    return render(request, "county/checks.html", {**context, "machine": machine()})


def _kept(found: Invariants) -> dict[str, Any]:
    """A check as the session keeps it."""
    return {
        "at": found.checked_at.isoformat(),
        "figures": {name: getattr(found, name) for name, *_rest in RULES},
        "details": list(found.details[:MOST_DETAILS]),
        "hidden": max(0, len(found.details) - MOST_DETAILS),
    }


def _rule(rule: tuple[str, Sentence, Sentence, bool], figures: dict[str, int]) -> Rule:
    name, title, how, money = rule
    value = figures[name]
    return Rule(title=title, how=how, figure=yuan(value) if money else quantity(value), holds=value == 0)
