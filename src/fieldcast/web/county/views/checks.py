"""Do the books hold, every rule recomputed from the rows when someone asks for it? And did the machine keep running?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from fieldcast.kit.errors import Sentence
from fieldcast.supervision import operations as supervision_operations
from fieldcast.supervision import queries as supervision
from fieldcast.supervision.types import Invariants
from fieldcast.web.county.place import Office, at_county
from fieldcast.web.shared.machine import machine
from fieldcast.web.shared.words import quantity, yuan

KEPT: Final = "county-checks-4"  # another name whenever something is added: what was kept before lacks it
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
    (
        "orders_wrong",
        _("An order is where its payment, its parcel and its times say it is"),
        _("Orders, parcels told to lots and settled lines that their own rows do not bear out."),
        False,
    ),
    (
        "refunds_fen",
        _("What went back to buyers is what was asked for"),
        _("Fen by which order lines differ from their refunds, or that no order can have given back."),
        True,
    ),
    (
        "holds_wrong",
        _("Money is set aside for a refund, and for nothing else"),
        _("Sums set aside in the ledger that no open refund explains, or that are missing."),
        False,
    ),
    (
        "unbacked_fen",
        _("Money moves for a payment, a refund, a statement or a payout"),
        _("Fen in the ledger's postings that no such row explains, or that such a row lacks there."),
        True,
    ),
    (
        "escrow_fen",
        _("A seller's escrow is what buyers paid, less what went back, less what was settled"),
        _("Fen by which a seller's account differs from that sum."),
        True,
    ),
    (
        "payouts_fen",
        _("A payout is its statement's, and went to the bank once"),
        _("Fen of payouts that differ from their statement, their party or their transfer."),
        True,
    ),
    (
        "payout_over_paid_in_fen",
        _("No more is paid out than came in"),
        _("Fen paid out of sellers' sales beyond what those brought and what stands behind them."),
        True,
    ),
    (
        "trails_broken",
        _("Who may act for whom, and where parcels go, was said by someone with the right to"),
        _("Memberships, rights and saved addresses that do not follow from their sealed trail."),
        False,
    ),
    (
        "holds_overdue",
        _("An order that was not paid in time gives its packs back"),
        _("Orders that still hold packs more than a minute after their time to pay was over."),
        False,
    ),
    (
        "refunds_unsent",
        _("A refund goes to the payment provider at once"),
        _("Refunds that were not sent, or sent and not asked about, although it was their time."),
        False,
    ),
    (
        "closings_overdue",
        _("An order is finished when its time for refunds is over"),
        _("Received orders that are still open more than a minute after that."),
        False,
    ),
    (
        "lines_unsettled",
        _("What is finished is settled"),
        _("Order lines finished more than a minute ago that nothing keeps back and that have no statement."),
        False,
    ),
    (
        "stuck_jobs",
        _("No background job stands still"),
        _("Jobs whose worker is gone, that run for minutes, or for which no worker comes."),
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
    since: datetime | None  # the first of this person's checks in a row that found it broken


@require_http_methods(["GET", "POST"])
@at_county
def checks(request: HttpRequest, office: Office) -> HttpResponse:
    """The last check this person asked for; a button asks for a new one, of what is new or of everything."""
    if request.method == "POST":
        before = request.session.get(KEPT, {}).get("since", {})
        everything = "all" in request.POST
        check = supervision_operations.check_everything if everything else supervision.invariants_since
        request.session[KEPT] = _kept(check(now=timezone.now()), before)
        return redirect("county_checks")
    last = request.session.get(KEPT)
    context: dict[str, Any] = {"rules": None}
    if last is not None:
        rules = [_rule(rule, last["figures"], last["since"]) for rule in RULES]
        context = {
            "rules": rules,
            "ok": last["ok"],
            "unguarded": last["unguarded"],
            "details": last["details"],
            "hidden": last["hidden"],
            "checked_at": datetime.fromisoformat(last["at"]),
            "read_since": datetime.fromisoformat(last["read_since"]) if last["read_since"] else None,
        }
    context |= {"machine": machine(), "everything_at": supervision.everything_read_at()}
    return render(request, "county/checks.html", context)


def _kept(found: Invariants, before: Mapping[str, str]) -> dict[str, Any]:
    """A check as the session keeps it; `before` says since when a rule was found broken already."""
    figures = {name: getattr(found, name) for name, *_rest in RULES}
    at = found.checked_at.isoformat()
    return {
        "at": at,
        "read_since": found.read_since.isoformat() if found.read_since else None,
        "ok": found.ok,
        "unguarded": found.guards_can_be_switched_off,
        "figures": figures,
        "since": {name: before.get(name, at) for name, figure in figures.items() if figure},
        "details": list(found.details[:MOST_DETAILS]),
        "hidden": max(0, len(found.details) - MOST_DETAILS),
    }


def _rule(
    rule: tuple[str, Sentence, Sentence, bool], figures: Mapping[str, int], since: Mapping[str, str]
) -> Rule:
    name, title, how, money = rule
    value = figures[name]
    return Rule(
        title=title,
        how=how,
        figure=yuan(value) if money else quantity(value),
        holds=value == 0,
        since=datetime.fromisoformat(since[name]) if name in since else None,
    )
