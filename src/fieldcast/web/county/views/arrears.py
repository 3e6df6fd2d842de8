"""Arrears: who of the county waits for what since when; searched, filtered, taken along as a file."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from fieldcast.kit.errors import Sentence
from fieldcast.kit.pages import paginate_read
from fieldcast.settlement.arrears.queries import arrears
from fieldcast.settlement.arrears.types import Arrear, Late
from fieldcast.settlement.dues.types import Cause
from fieldcast.web.county.parties import CAUSES, names_of
from fieldcast.web.county.place import Office, at_county
from fieldcast.web.shared import asking
from fieldcast.web.shared.spreadsheet import amount, csv_response
from fieldcast.web.shared.table import Cell, Column, Table
from fieldcast.web.shared.words import full_time, quantity, yuan

A_PAGE: Final = 50
KINDS: Final[Mapping[Late, Sentence]] = {
    Late.COVER: gettext_lazy("finished, but not covered"),
    Late.ESCROW: gettext_lazy("finished, but the money is not there"),
    Late.TERMS: gettext_lazy("finished, but its terms do not fit"),
    Late.FAST: gettext_lazy("to be paid early: no fund has so much, or something is owed"),
    Late.SHEET: gettext_lazy("a month without its sheet"),
    Late.NO_ACCOUNT: gettext_lazy("payout without a bank account"),
    Late.TO_SEND: gettext_lazy("payout not sent to the bank"),
    Late.AT_BANK: gettext_lazy("payout of which the bank says nothing"),
    Late.RETURNED: gettext_lazy("payout that came back"),
    Late.DUE: gettext_lazy("owed by another party"),
}


@require_GET
@at_county
def listing(request: HttpRequest, office: Office) -> HttpResponse:
    """What somebody waits for, the longest first: all, one kind, or what the search finds."""
    now = timezone.now()
    kind, words = asking.one_of(request, "kind", Late), asking.words(request)
    every = arrears(county_id=office.county_id, now=now)
    names = names_of(
        {party for one in every for party in (one.party, one.by) if party}, county_id=office.county_id
    )
    found = [one for one in every if kind in (None, one.kind) and _says(one, names, words)]
    if request.GET.get("format") == "csv":
        return csv_response(_sheet(found, names, now), name=f"fieldcast-arrears-{timezone.localdate(now)}")
    page = paginate_read(found, lambda one: one, asking.page_number(request), A_PAGE)
    counts = {one: sum(1 for row in every if row.kind == one) for one in Late}
    context = {
        "page": page,
        "table": _table(page.items, names, now),
        "kinds": [(one.value, KINDS[one], counts[one]) for one in Late if counts[one]],
        "kind": kind.value if kind else "",
        "words": words,
        "every": len(every),
        "total_fen": sum(one.amount_fen for one in found),
        "now": now,
    }
    return render(request, "county/arrears.html", context)


def _says(one: Arrear, names: Mapping[str, str], words: str) -> bool:
    said = f"{names[one.party]} {names.get(one.by, '')} {_what(one)} {KINDS[one.kind]}"
    return words.casefold() in said.casefold()


def _what(one: Arrear) -> str:
    """What it is about: orders, a month, a batch, or why it is owed."""
    return str(CAUSES[Cause(one.what)]) if one.kind == Late.DUE else one.what


def _href(one: Arrear) -> str:
    if one.kind in (Late.RETURNED, Late.AT_BANK) and one.link:
        return reverse("county_batch", args=[one.link])
    if one.kind == Late.SHEET and one.link:
        return reverse("coop_agreement", args=[one.link])
    if one.kind in (Late.NO_ACCOUNT, Late.TO_SEND):
        return reverse("county_payouts")
    return ""


def _table(rows: Sequence[Arrear], names: Mapping[str, str], now: datetime) -> Table:
    columns = (
        *map(Column, (_("Who waits"), _("For what"), _("About"), _("From whom"), _("Since"))),
        Column(_("Days"), number=True),
        Column(_("Entries"), number=True),
        Column(_("Amount"), number=True),
    )
    return Table(
        columns,
        tuple(
            (
                Cell(names[one.party]),
                Cell(str(KINDS[one.kind]), href=_href(one)),
                Cell(_what(one)),
                Cell(names.get(one.by, "")),
                Cell(full_time(one.since)),
                Cell(quantity((now - one.since).days)),
                Cell(quantity(one.count)),
                Cell(yuan(one.amount_fen)),
            )
            for one in rows
        ),
    )


def _sheet(rows: Sequence[Arrear], names: Mapping[str, str], now: datetime) -> Iterator[Sequence[object]]:
    yield [
        _("Who waits"),
        _("For what"),
        _("About"),
        _("From whom"),
        _("Since"),
        _("Days"),
        _("Entries"),
        _("Amount, yuan"),
    ]
    for one in rows:
        yield [
            names[one.party],
            str(KINDS[one.kind]),
            _what(one),
            names.get(one.by, ""),
            full_time(one.since),
            (now - one.since).days,
            one.count,
            amount(one.amount_fen),
        ]
