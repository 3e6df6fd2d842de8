"""What `fieldcast import orders` does: who imports for whom, the progress bar, the printed result.

What always holds: exit status 0 means that the file is in (or, on a trial, could go in), 1 that nothing was changed;
what is printed is for people, or with `as_json` one object for programs, never a mixture.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars
from rich.table import Table
from rich.text import Text

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.access import require
from fieldcast.accounts.types import OrganisationKind, OrganisationRef, Role, SignedIn
from fieldcast.commands._options import NoDataThere
from fieldcast.kit.errors import NotFound, Problem
from fieldcast.kit.money import yuan
from fieldcast.kit.months import CHINA
from fieldcast.kit.tables import FileTooLarge, Limits, printable
from fieldcast.outside.columns import read_map
from fieldcast.outside.operations import import_orders
from fieldcast.outside.parse import BadRows, find_format
from fieldcast.outside.types import ImportReport, Stage

STAGES = {Stage.READING: _("Reading"), Stage.COMPARING: _("Comparing"), Stage.SAVING: _("Saving")}


class FileNotReadable(Problem):
    """No file, or not ours to read."""

    code = "file_not_readable"
    status = 404
    sentence = _("There is no file to read at %(path)s.")
    next_step = _("Check the name, and that you may read it.")


class NobodyThere(Problem):
    """No person of that phone number, or organisation of that code."""

    code = "nobody_there"
    status = 404
    sentence = _("There is no one called %(name)s here.")
    next_step = _("Check the phone number or code.")


class WhichOrganisation(Problem):
    """The person manages none, or several."""

    code = "which_organisation"
    status = 422
    sentence = _("It is not clear whose orders these are.")
    next_step = _("Add --organisation and one of: %(codes)s.")


@dataclass(frozen=True)
class Seller:
    """For whom the orders are brought in: a county, and an organisation or (None) the county itself; and by whom."""

    county_id: int
    organisation_id: int | None
    by: SignedIn | None


def run(
    *,
    path: Path,
    format_code: str,
    maps: Sequence[str],
    dry_run: bool,
    as_json: bool,
    phone: str | None,
    organisation_code: str | None,
    now: datetime,
    console: Console,
    errors: Console,
) -> int:
    """Import the file at `path` and print what became of it on `console`; progress and refusals go to `errors`.

    Returns the exit status. Raises nothing of the `Problem` kind.
    """
    try:
        limits = Limits()
        seller = find_seller(phone=phone, organisation_code=organisation_code)
        with _bars(errors, silent=as_json) as bars:
            report = import_orders(
                data=_read(path, limits),
                file_name=path.name,
                format_code=format_code,
                county_id=seller.county_id,
                organisation_id=seller.organisation_id,
                by=seller.by,
                now=now,
                column_map=read_map(maps, format_=find_format(format_code)),
                dry_run=dry_run,
                limits=limits,
                progress=_Show(bars),
            )
    except Problem as problem:
        if as_json:
            console.out(json.dumps(_refusal(problem), ensure_ascii=False, default=str), highlight=False)
        else:
            _print_refusal(problem, errors)
        return 1
    if as_json:
        console.out(json.dumps(as_dict(report), ensure_ascii=False), highlight=False)
    else:
        _print_report(report, console)
    return 0


def find_seller(*, phone: str | None, organisation_code: str | None) -> Seller:
    """Whose orders: the organisation named, else the only one the person manages; its authority means the county.

    Without a person the one at the keyboard is trusted, as whoever can run this can read the database. Raises
    `NoDataThere`, `NobodyThere`, `WhichOrganisation`, and `NotFound` for an organisation the person may not manage.
    """
    county = accounts.default_county()
    if county is None:
        raise NoDataThere(place=settings.HOME)
    named = _organisation(county.id, organisation_code) if organisation_code else None
    if phone is None:
        return Seller(county.id, named.id if named else None, None)
    person = accounts.person_by_phone(phone=phone)
    if person is None:
        raise NobodyThere(name=printable(phone))
    if named is None:
        named = _only_one_managed(person.pk)
    else:
        require(person, "accounts.manage_organisation", named)
    of_county = named.kind is OrganisationKind.AUTHORITY
    return Seller(named.county_id, None if of_county else named.id, person)


def as_dict(report: ImportReport) -> dict[str, Any]:
    """The report as one flat object: counts, sums in fen, times with their offset."""
    flat = asdict(report)
    money, aside = flat.pop("money"), flat.pop("aside")
    times = {
        name: flat.pop(name).astimezone(CHINA).isoformat() for name in ("first_created_at", "last_created_at")
    }
    return {"ok": True, **flat, **aside, **money, "kept_fen": report.money.kept_fen, **times}


def _read(path: Path, limits: Limits) -> bytes:
    try:
        if path.stat().st_size > limits.file_bytes:
            raise FileTooLarge(megabytes=limits.file_bytes // 1024**2)
        return path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a name with a NUL in it
        raise FileNotReadable(path=printable(str(path), 200)) from error


def _organisation(county_id: int, code: str) -> OrganisationRef:
    for organisation in accounts.organisations(county_id=county_id):
        if organisation.code == code:
            return organisation
    raise NobodyThere(name=printable(code))


def _only_one_managed(person_id: int) -> OrganisationRef:
    managed = [
        membership.organisation
        for membership in accounts.memberships_of(person_id=person_id)
        if membership.role in {Role.OWNER, Role.MANAGER}
    ]
    if not managed:
        raise NotFound("organisation")
    if len(managed) > 1:
        raise WhichOrganisation(codes="、".join(each.code for each in managed))
    return managed[0]


def _bars(console: Console, *, silent: bool) -> Bars:
    return Bars(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        disable=silent,
        transient=True,
    )


class _Show:
    """Shows each stage of the import as a bar of its own."""

    def __init__(self, bars: Bars) -> None:
        self._bars = bars
        self._tasks = {
            stage: bars.add_task(str(name), start=False, visible=False) for stage, name in STAGES.items()
        }

    def __call__(self, *, stage: Stage, done: int, total: int) -> None:
        self._bars.start_task(self._tasks[stage])
        self._bars.update(self._tasks[stage], completed=done, total=total, visible=True)


def _refusal(problem: Problem) -> dict[str, Any]:
    return {
        "ok": False,
        "code": problem.code,
        "message": problem.message,
        "advice": problem.advice,
        "facts": dict(problem.facts),
    }


def _print_refusal(problem: Problem, console: Console) -> None:
    console.print(Text(problem.message, style="bold red"))
    console.print(Text(problem.advice))
    if not isinstance(problem, BadRows):
        return
    table = Table(gettext("Line"), gettext("Column"), gettext("Value"), gettext("What is wrong"))
    for cell in problem.cells:
        table.add_row(str(cell.line), Text(cell.column), Text(cell.value), Text(cell.message))
    console.print(table)
    if problem.facts["total"] > problem.facts["shown"]:
        console.print(gettext("Only the first %(shown)s are shown.") % problem.facts)


def _print_report(report: ImportReport, console: Console) -> None:
    console.print(Text(_headline(report), style="bold green"))
    money = report.money
    table = Table(show_header=False)
    for name, value in (
        (gettext("File read"), report.file_name),
        (gettext("Sold on"), str(find_format(report.channel).label)),
        (gettext("Rows read"), f"{report.rows:,}"),
        (gettext("New orders"), f"{report.inserted:,}"),
        (gettext("Updated orders"), f"{report.updated:,}"),
        (gettext("Already here"), f"{report.unchanged:,}"),
        (gettext("Older than what is here, left as it was"), f"{report.older:,}"),
        (gettext("Amount ordered"), f"¥{yuan(money.amount_fen)}"),
        (gettext("Amount paid"), f"¥{yuan(money.paid_fen)}"),
        (gettext("Amount refunded"), f"¥{yuan(money.refund_fen)}"),
        (gettext("Orders whose refund is not known"), f"{money.refunds_unknown:,}"),
    ):
        table.add_row(name, Text(value))
    for name, count in (
        (gettext("Lines above the header, left out"), report.aside.above),
        (gettext("Lines below the orders, left out"), report.aside.below),
        (gettext("Rows that are further lines of an order"), report.aside.joined),
        (gettext("Rows the platform has deleted, left out"), report.aside.deleted),
        (gettext("Orders whose province is not known"), report.aside.places_unknown),
    ):
        if count:
            table.add_row(name, f"{count:,}")
    if report.aside.sheets:
        table.add_row(gettext("Sheets with other things, left out"), Text("、".join(report.aside.sheets)))
    console.print(table)


def _headline(report: ImportReport) -> str:
    if report.seen_before:
        return gettext("This file was brought in before. Nothing was changed.")
    if report.all_of_others:
        sentence = gettext("Every order of this file was brought in by %(who)s. Nothing was changed.")
        return sentence % {"who": _names(report.others)}
    if report.dry_run:
        return gettext("The file is good. This was a trial, nothing was changed.")
    if not (report.inserted or report.updated):
        return gettext("Every order of this file is here already. Nothing was changed.")
    return gettext("The orders are in.")


def _names(organisation_ids: Sequence[int | None]) -> str:
    known = accounts.organisations_by_ids(ids={one for one in organisation_ids if one is not None})
    return "、".join(known[one].name if one in known else gettext("the county") for one in organisation_ids)
