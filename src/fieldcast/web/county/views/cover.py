"""Guarantees: what stands behind each cooperative, the county's funds, parties' bonds, and what is written down."""

from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from fieldcast.accounts.access import require
from fieldcast.agreements.bonds import operations as bonds_operations
from fieldcast.agreements.bonds import queries as bonds
from fieldcast.agreements.bonds.types import BondView
from fieldcast.agreements.cover import operations as cover_operations
from fieldcast.agreements.cover import queries as cover
from fieldcast.agreements.cover.types import MoneyKind, MoneyView
from fieldcast.kit.errors import Sentence
from fieldcast.settlement import queries as settlement
from fieldcast.settlement.claims import fund_claims
from fieldcast.settlement.funds.floors import floors
from fieldcast.settlement.funds.queries import asks
from fieldcast.settlement.funds.types import AskState
from fieldcast.trade import operations as trade_operations
from fieldcast.web.county.bond_forms import PenaltyForm
from fieldcast.web.county.forms import FundForm, LimitForm, MoneyForm
from fieldcast.web.county.looked_over import data_of, looked_over
from fieldcast.web.county.place import Office, at_county
from fieldcast.web.county.words import MONEY_KINDS
from fieldcast.web.shared import asking
from fieldcast.web.shared.words import local_name, yuan

KEEP = "agreements.keep_cover"
Forms = MoneyForm | FundForm | LimitForm | PenaltyForm


@require_GET
@at_county
def overview(request: HttpRequest, office: Office) -> HttpResponse:
    """Every cooperative beside what it pledged and owes, every fund, and the newest slips."""
    standings = settlement.standings(county_id=office.county_id)
    funds = cover.funds(county_id=office.county_id)
    owed: dict[int, int] = {}
    for one in fund_claims(county_id=office.county_id, now=timezone.now()):
        owed[one.fund_id] = owed.get(one.fund_id, 0) + one.left_fen
    lowest = floors(fund_ids=[one.id for one in funds])
    page = cover.money(county_id=office.county_id, page=asking.page_number(request))
    context = {
        "standings": standings,
        "funds": [(one, lowest.get(one.id, 0), owed.get(one.id, 0)) for one in funds],
        "asked": len([one for one in asks(county_id=office.county_id) if one.state == AskState.ASKED]),
        "bonds": _bonds(office),
        "page": page,
        "slips": [(one, MONEY_KINDS[one.kind]) for one in page.items],
        "keeps": office.by.has_perm(KEEP, office.county),
        "deposits_fen": sum(one.deposit_fen for one in standings),
        "cash_fen": sum(one.balance_fen for one in funds),
        "claims_fen": sum(owed.values()),
        "pledged_fen": sum(one.pledged_fen for one in standings),
        "waiting": [one.waiting for one in standings if one.waiting],
        "waiting_fen": sum(one.waiting.net_fen for one in standings if one.waiting),
        "now": timezone.now(),
    }
    return render(request, "county/cover.html", context)


@require_http_methods(["GET", "POST"])
@at_county
def money(request: HttpRequest, office: Office) -> HttpResponse:
    """Write down money of one bank slip. The same slip again changes nothing."""
    form = MoneyForm(
        data_of(request),
        initial={"party": request.GET.get("party", "")},
        **_choices(office),
        bonds=_bonds(office),
    )
    words = {
        "title": _("Write down money"),
        "lead": _("One bank slip at a time, as it stands on the bank's receipt."),
        "ask": _("Write this money down?"),
        "more": _("It counts from this moment and cannot be changed afterwards. Check amount and number."),
        "yes": _("Write it down"),
    }
    return _form(request, office, form, words)


@require_http_methods(["GET", "POST"])
@at_county
def fund(request: HttpRequest, office: Office) -> HttpResponse:
    """Found a named fund."""
    words = {
        "title": _("Found a fund"),
        "lead": _("It has no money until some is written down for it."),
        "ask": _("Found this fund?"),
        "more": _("Its name stays as it is."),
        "yes": _("Found it"),
    }
    return _form(request, office, FundForm(data_of(request)), words)


@require_http_methods(["GET", "POST"])
@at_county
def limit(request: HttpRequest, office: Office) -> HttpResponse:
    """Let a fund stand behind a cooperative, or no longer."""
    initial = {name: asking.whole(request.GET.get(name)) for name in ("fund", "cooperative")}
    form = LimitForm(data_of(request), initial=initial, **_choices(office))
    words = {
        "title": _("Set a limit"),
        "lead": _("The most the fund puts in for the cooperative. What it puts in is paid back; 0 ends it."),
        "ask": _("Set this limit?"),
        "more": _("Offers may be made on it at once. It replaces the limit before it."),
        "yes": _("Set it"),
    }
    return _form(request, office, form, words)


@require_http_methods(["GET", "POST"])
@at_county
def penalty(request: HttpRequest, office: Office) -> HttpResponse:
    """Confirm a penalty that was decided on. The same decision again changes nothing."""
    choices = bonds.penalty_choices(county_id=office.county_id)
    form = PenaltyForm(data_of(request), choices=choices, initial=None)
    words = {
        "title": _("Confirm a penalty"),
        "lead": _("Only what a clause names and a decision says. Each decision is taken once."),
        "ask": _("Confirm this penalty?"),
        "more": _("It moves money at once: from the performance bond, then letters, then the next payouts."),
        "yes": _("Confirm it"),
    }
    return _form(request, office, form, words)


def _form(request: HttpRequest, office: Office, form: Forms, words: dict[str, str]) -> HttpResponse:
    """One of the four forms, for those who answer for the county's authority."""
    require(office.by, KEEP, office.county)
    words = {**words, "back": reverse("county_cover")}
    return looked_over(request, form, words, lambda now: str(_take(office, form, now=now)))


def _take(office: Office, form: forms.Form, *, now: datetime) -> Sentence:
    said = form.cleaned_data
    if isinstance(form, MoneyForm):
        return _written(_write_down(office, form, now=now))
    if isinstance(form, PenaltyForm):
        return _confirmed(office, form, now=now)
    if isinstance(form, FundForm):
        cover_operations.found_fund(by=office.by, county_id=office.county_id, now=now, **said)
        return _("The fund is founded.")
    trade_operations.set_backing(
        by=office.by,
        fund_id=said["fund"],
        cooperative_id=said["cooperative"],
        limit_fen=said["limit"],
        now=now,
    )
    return _("The limit is set: %(limit)s.") % {"limit": yuan(said["limit"])}


def _confirmed(office: Office, form: PenaltyForm, *, now: datetime) -> str:
    version_id, clause = form.what
    done = bonds_operations.confirm_penalty(
        by=office.by,
        agreement_version_id=version_id,
        clause=clause,
        decision=form.cleaned_data["decision"],
        amount_fen=form.cleaned_data["amount"],
        why=form.cleaned_data["why"],
        now=now,
    )
    if done.repeated:
        return _("This penalty was confirmed before; nothing has changed.")
    places = {"paid": yuan(done.cash_fen), "called": yuan(done.called_fen), "owed": yuan(done.owed_fen)}
    return _("Confirmed: %(paid)s paid, %(called)s to claim from banks, %(owed)s still owed.") % places


def _write_down(office: Office, form: MoneyForm, *, now: datetime) -> MoneyView:
    kind, which = form.what
    said: dict[str, Any] = {
        "by": office.by,
        "amount_fen": form.cleaned_data["amount"],
        "slip": form.cleaned_data["slip"],
        "note": form.cleaned_data["note"],
        "now": now,
    }
    if kind == MoneyKind.FUND_IN:
        return cover_operations.receive_for_fund(fund_id=int(which), **said)
    if kind == MoneyKind.DEPOSIT_BACK:
        return trade_operations.give_deposit_back(cooperative_id=int(which), **said)
    if kind == MoneyKind.LETTER_PAID:
        return bonds_operations.receive_from_bank(letter_id=int(which), **said)
    if kind in (MoneyKind.BOND, MoneyKind.BOND_BACK):
        agreement_id, _dot, organisation_id = which.partition(".")
        whose: dict[str, Any] = {"agreement_id": int(agreement_id), "organisation_id": int(organisation_id)}
        moves = bonds_operations.receive_bond if kind == MoneyKind.BOND else bonds_operations.release_bond
        return moves(**whose, **said)
    return cover_operations.receive_deposit(cooperative_id=int(which), **said)


def _written(written: MoneyView) -> str:
    if written.repeated:
        return _("This slip was written down before; nothing has changed.")
    places = {"fen": yuan(written.amount_fen), "who": local_name(written, "party_name")}
    return _("%(fen)s of %(who)s are written down.") % places


def _bonds(office: Office) -> tuple[BondView, ...]:
    return bonds.bonds(county_id=office.county_id, today=timezone.localdate())


def _choices(office: Office) -> dict[str, Any]:
    return {
        "cooperatives": settlement.standings(county_id=office.county_id),
        "funds": cover.funds(county_id=office.county_id),
    }
