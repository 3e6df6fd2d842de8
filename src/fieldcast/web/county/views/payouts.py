"""Payouts on their way to the bank: batches, their file, and the bank's answer."""

from datetime import datetime
from typing import Any, ClassVar, Final

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fieldcast.accounts.access import allowed, require
from fieldcast.accounts.operations import log_personal_read
from fieldcast.kit.errors import NotFound, Problem
from fieldcast.kit.tables import FileTooLarge
from fieldcast.settlement.arrears.queries import arrears
from fieldcast.settlement.arrears.types import Late
from fieldcast.settlement.banks import batches
from fieldcast.settlement.banks import operations as banks_operations
from fieldcast.settlement.banks.results import take_results
from fieldcast.settlement.banks.types import BatchView, Taken, Way
from fieldcast.settlement.banks.ways import file
from fieldcast.web.county.parties import names_of
from fieldcast.web.county.place import Office, at_county
from fieldcast.web.shared import asking, once
from fieldcast.web.shared.refusals import beside
from fieldcast.web.shared.table import Cell, Column, Table
from fieldcast.web.shared.words import full_time, quantity, yuan

SEND: Final = "settlement.send_payouts"
UNSENT: Final = (Late.TO_SEND, Late.NO_ACCOUNT)
WAYS: Final = {
    Way.FILE: gettext_lazy("Make a file for the bank"),
    Way.SANDBOX: gettext_lazy("Send to the bank to practise with"),
}


class AnswerForm(forms.Form):
    """The file that the bank gave back."""

    file = forms.FileField(
        label=gettext_lazy("The bank's answer"),
        help_text=gettext_lazy(
            "CSV as the bank gave it, up to 4 MB, with the columns 客户流水号, 金额 and 处理结果 (成功 or 失败); "
            "it is taken whole or not at all."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv"}),
        error_messages={
            "required": gettext_lazy("Choose the file first."),
            "empty": gettext_lazy("This file is empty. Download it again."),
        },
    )
    refusals: ClassVar[dict[str, str]] = {}

    def clean_file(self) -> Any:
        """Not larger than is read in one go."""
        sent = self.cleaned_data["file"]
        if sent.size and sent.size > file.LIMITS.file_bytes:
            raise ValidationError(str(FileTooLarge(megabytes=file.LIMITS.file_bytes // 1024**2)))
        return sent


@require_GET
@at_county
def listing(request: HttpRequest, office: Office) -> HttpResponse:
    """What waits to be sent, and the newest batches."""
    now = timezone.now()
    rows = [one for one in arrears(county_id=office.county_id, now=now) if one.kind in UNSENT]
    keeps = allowed(office.by, SEND, office.county)
    context = {
        "keeps": keeps,
        "once": once.key_of(request),
        "ways": [(way.value, WAYS[way]) for way in banks_operations.ways_here()] if keeps else [],
        "to_send_fen": sum(one.amount_fen for one in rows if one.kind == Late.TO_SEND),
        "to_send": sum(one.count for one in rows if one.kind == Late.TO_SEND),
        "without": [one for one in rows if one.kind == Late.NO_ACCOUNT],
        "without_fen": sum(one.amount_fen for one in rows if one.kind == Late.NO_ACCOUNT),
        "table": _batches(batches.batches(county_id=office.county_id)),
    }
    return render(request, "county/payouts.html", context)


@require_POST
@at_county
def send(request: HttpRequest, office: Office) -> HttpResponse:
    """Put what waits into a batch; once, however often it is sent."""
    way = next(
        (one for one in banks_operations.ways_here() if one.value == request.POST.get("way")), Way.FILE
    )
    try:
        with transaction.atomic():
            now = timezone.now()
            claim = once.claim(request, now=now)
            to = claim.led_to
            if to is None:
                batch = banks_operations.send_payouts(
                    by=office.by, county_id=office.county_id, way=way, now=now
                )
                to = reverse("county_batch", args=[batch.id])
                claim.leads_to(to)
        return redirect(to)
    except Problem as problem:
        if isinstance(problem, NotFound):
            raise
        messages.error(request, str(problem))
        return redirect("county_payouts")


@require_http_methods(["GET", "POST"])
@at_county
def batch(request: HttpRequest, office: Office, batch_id: int) -> HttpResponse:
    """A batch: its file, what the bank said of each payout, and the bank's answer handed in."""
    found = _batch(office, batch_id)
    form = AnswerForm(request.POST, request.FILES) if request.method == "POST" else AnswerForm()
    if request.method == "POST":
        require(office.by, SEND, office.county)
        if form.is_valid() and (taken := _take(office, found, form, now=timezone.now())) is not None:
            messages.success(request, _said(taken))
            return redirect("county_batch", found.id)
    context = {
        "batch": found,
        "table": _orders(found),
        "keeps": allowed(office.by, SEND, office.county),
        "by_file": found.way == Way.FILE.value,
        "form": form,
    }
    return render(request, "county/batch.html", context, status=422 if form.errors else 200)


@require_GET
@at_county
def download(request: HttpRequest, office: Office, batch_id: int) -> HttpResponse:
    """The file for the bank, in the encoding that it reads. Whole account numbers are read, so that is written down."""
    require(office.by, SEND, office.county)
    found = _batch(office, batch_id)
    encoding = asking.one_of(request, "as", file.Encoding) or file.Encoding.UTF8
    with transaction.atomic():
        log_personal_read(
            by=office.by,
            subject=f"batch {found.number}",
            what="account numbers",
            reason="the file for the bank",
            now=timezone.now(),
        )
    content = file.written(batches.instructions(batch_id=found.id), encoding=encoding)
    charset = "gbk" if encoding == file.Encoding.GBK else "utf-8"
    response = HttpResponse(content, content_type=f"text/csv; charset={charset}")
    response["Content-Disposition"] = f'attachment; filename="fieldcast-payouts-{found.number}.csv"'
    response["Cache-Control"] = "no-store"
    return response


def _batch(office: Office, batch_id: int) -> BatchView:
    found = batches.batch_view(batch_id=batch_id)
    if found.county_id != office.county_id:
        raise NotFound("batch")
    return found


def _take(office: Office, found: BatchView, form: AnswerForm, *, now: datetime) -> Taken | None:
    try:
        said = file.read(form.cleaned_data["file"].read())
        return take_results(by=office.by, batch_id=found.id, said=said, now=now)
    except Problem as problem:
        beside(form, problem, dict.fromkeys((problem.code,), "file"))
        return None


def _said(taken: Taken) -> str:
    return _("Arrived: %(arrived)s. Came back: %(back)s. Known before: %(known)s.") % {
        "arrived": taken.confirmed,
        "back": taken.returned,
        "known": taken.known,
    }


def _batches(found: tuple[BatchView, ...]) -> Table:
    columns = (
        *map(Column, (_("Batch"), _("Made"))),
        *(Column(title, number=True) for title in (_("Payouts"), _("Arrived"), _("Came back"), _("Amount"))),
    )
    rows = (
        (
            Cell(one.number, href=reverse("county_batch", args=[one.id]), code=True),
            Cell(full_time(one.at)),
            Cell(quantity(one.payouts)),
            Cell(quantity(one.confirmed)),
            Cell(quantity(one.returned)),
            Cell(yuan(one.total_fen)),
        )
        for one in found
    )
    return Table(columns, tuple(rows))


def _orders(found: BatchView) -> Table:
    states = {"sent": _("the bank is at it"), "confirmed": _("arrived"), "returned": _("came back")}
    # what is not done stands first
    rows = sorted(batches.orders_of(batch_id=found.id), key=lambda one: one.state == "confirmed")
    names = names_of({one.party for one in rows}, county_id=found.county_id)
    columns = (
        *map(Column, (_("Number"), _("Payee"), _("Account"), _("State"), _("What the bank says"))),
        Column(_("Amount"), number=True),
    )
    return Table(
        columns,
        tuple(
            (
                Cell(one.reference, code=True),
                Cell(names[one.party]),
                Cell(f"{one.bank} …{one.number_end}"),
                Cell(states[one.state]),
                Cell(one.reason),
                Cell(yuan(one.amount_fen)),
            )
            for one in rows
        ),
    )
