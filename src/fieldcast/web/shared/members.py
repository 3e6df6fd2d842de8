"""The account that a cooperative keeps of a member, as the member and the cooperative see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fieldcast.agreements import queries as agreements
from fieldcast.agreements.records import queries as records
from fieldcast.agreements.records.types import Asset, HoldingView
from fieldcast.kit.errors import NotFound, Sentence
from fieldcast.kit.months import began, month_of
from fieldcast.kit.pages import LARGEST, Page
from fieldcast.settlement.members import queries as members
from fieldcast.settlement.members.types import EntryKind, EntryView, Goods, Heading, Member, MemberOf
from fieldcast.settlement.reports.types import LineOf
from fieldcast.web.shared import asking
from fieldcast.web.shared.report import (
    BLANK,
    MOST_IN_A_FILE,
    Column,
    Kind,
    Linked,
    Report,
    wants_file,
    year_asked,
)
from fieldcast.web.shared.report_lines import A_PAGE, line_report
from fieldcast.web.shared.words import local_name, quantity

HEADINGS: Final[Mapping[Heading, Sentence]] = {
    Heading.SALES: gettext_lazy("Got for goods sold"),
    Heading.REBATE: gettext_lazy("Second rebate"),
    Heading.BY_DELIVERY: gettext_lazy("Returned by what was delivered"),
    Heading.BY_SHARES: gettext_lazy("Returned by shares"),
    Heading.OTHER: gettext_lazy("Other of a month"),
}
ENTRIES: Final[Mapping[EntryKind, Sentence]] = {
    EntryKind.CONTRIBUTION: gettext_lazy("Contribution"),
    EntryKind.RESERVE: gettext_lazy("Part of the public reserve"),
}
ASSETS: Final[Mapping[Asset, Sentence]] = {
    Asset.LAND: gettext_lazy("Land"),
    Asset.CAPITAL: gettext_lazy("Capital"),
    Asset.LABOUR: gettext_lazy("Labour"),
    Asset.TECHNOLOGY: gettext_lazy("Technology"),
}
YEARS: Final = 3  # that a page offers


@dataclass(frozen=True)
class AccountShown:
    """A member's account of a year (None: since the beginning), its entries, and what it holds shares for."""

    member: Member
    year: int | None
    entries: tuple[tuple[Sentence, EntryView], ...]
    holdings: tuple[tuple[Sentence, HoldingView], ...]


def account_shown(*, of: MemberOf, year: int | None) -> AccountShown:
    """Read the account."""
    since, until = span_of(year)
    found = members.members(
        cooperative_id=of.cooperative_id, since=since, until=until, only=[of.household_id]
    )
    if not found:
        raise NotFound("member")
    versions = agreements.current_of(organisation_id=of.cooperative_id)
    held = records.holdings_of(
        agreement_ids={one.agreement_id for one in versions}, month=month_of(timezone.now())
    )
    entries = members.entries(cooperative_id=of.cooperative_id, household_id=of.household_id)
    return AccountShown(
        member=found[0],
        year=year,
        entries=tuple((ENTRIES[one.kind], one) for one in entries),
        holdings=tuple(
            (ASSETS[one.asset], one)
            for rows in held.values()
            for one in rows
            if one.holder_id == of.household_id
        ),
    )


def account_report(shown: AccountShown, *, cooperative: str, rows_at: str) -> Report:
    """The account as art. 43 wants it; each sum of statements opens its rows at `rows_at`."""
    member = shown.member
    columns = (
        Column(_("What")),
        Column(_("Packs"), Kind.COUNT),
        Column(_("Quantity")),
        Column(_("Amount"), Kind.MONEY),
    )
    year = shown.year or ""
    rows = (
        (str(ENTRIES[EntryKind.CONTRIBUTION]), BLANK, BLANK, member.contribution_fen),
        (str(ENTRIES[EntryKind.RESERVE]), BLANK, BLANK, member.reserve_fen),
        *((_traded(one), one.packs, quantity(one.units, one.unit), BLANK) for one in member.goods),
        *(
            (
                str(title),
                BLANK,
                BLANK,
                Linked(member.gained.fen(heading), f"{rows_at}year={year}&of={heading.value}"),
            )
            for heading, title in HEADINGS.items()
        ),
    )
    together = Linked(member.gained.together_fen, f"{rows_at}year={year}")
    notes = (
        _("— means that nothing was ever written down: it is not known, and not zero."),
        _("Sums of money are those of the statements; contribution and reserve are what stands now."),
    )
    return Report(
        name=f"fieldcast-member-{member.code}",
        title=_("Member account"),
        whose=f"{local_name(member)} · {cooperative}",
        period=year_name(shown.year),
        columns=columns,
        rows=rows,
        totals=(_("From the cooperative together"), member.packs, BLANK, together),
        notes=notes,
    )


def _traded(goods: Goods) -> str:
    return _("Traded: %(goods)s") % {"goods": local_name(goods, "product")}


def account_lines(
    request: HttpRequest, of: MemberOf, *, whose: str, statements: bool
) -> tuple[Report, Page[LineOf], str]:
    """The statement lines behind a figure of the account; all of them for a file."""
    year, heading = year_asked(request), asking.one_of(request, "of", Heading)
    since, until = span_of(year)

    def page(number: int, per_page: int) -> Page[LineOf]:
        return members.lines_of(
            member=of, heading=heading, since=since, until=until, page=number, per_page=per_page
        )

    shown = page(asking.page_number(request), A_PAGE)
    lines = list(shown.items)
    if wants_file(request):
        pages = range(1, -(-min(shown.total, MOST_IN_A_FILE) // LARGEST) + 1)
        lines = [one for number in pages for one in page(number, LARGEST).items]
    title = str(HEADINGS[heading]) if heading else _("From the cooperative together")
    report = line_report(
        lines,
        name="fieldcast-member-lines",
        title=title,
        whose=whose,
        period=year_name(year),
        statements=statements,
    )
    return report, shown, title


def span_of(year: int | None) -> tuple[datetime | None, datetime | None]:
    """From when and until when a year lasts in the county; no bounds where none is asked for."""
    if year is None:
        return None, None
    return began(date(year, 1, 1)), began(date(year + 1, 1, 1))


def year_name(year: int | None) -> str:
    """What the period is called."""
    return str(year) if year else _("Since the beginning")


def years() -> list[tuple[str, str]]:
    """The years that a page offers, all of them first."""
    this = month_of(timezone.now()).year
    return [("", _("Since the beginning")), *((str(one), str(one)) for one in range(this, this - YEARS, -1))]
