"""A host says what a session sold."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fieldcast.kit.errors import Problem
from fieldcast.live.loaders import load_session_to_run
from fieldcast.supervision import operations as supervision_operations
from fieldcast.web.sessions.detail import page_of
from fieldcast.web.shared import once
from fieldcast.web.shared.refusals import beside
from fieldcast.web.shared.workplace import person_of
from fieldcast.web.studio.forms import ReportForm
from fieldcast.web.studio.frame import STUDIO


@login_required
@require_POST
def report(request: HttpRequest, session_id: int) -> HttpResponse:
    """Say what the session sold; it is held against orders, payments and parcels at once."""
    by, now = person_of(request), timezone.now()
    session = load_session_to_run(by=by, session_id=session_id)
    form = ReportForm(request.POST)
    if form.is_valid():
        try:
            with transaction.atomic():
                claim = once.claim(request, now=now)
                if claim.led_to is None:
                    packs, fen = form.cleaned_data["units"], form.cleaned_data["amount"]
                    supervision_operations.report_sales(
                        by=by, session_id=session.id, packs=packs, amount_fen=fen, now=now
                    )
                    claim.leads_to(reverse("studio_session", args=[session.id]))
            messages.success(request, _("Your report is in. Below it stands beside the records."))
            return redirect(reverse("studio_session", args=[session.id]) + "#check")
        except Problem as problem:
            if session.opened_at is None:  # its page has no form to say it beside
                messages.error(request, str(problem))
                return redirect("studio_session", session.id)
            beside(form, problem, form.refusals)
    return page_of(request, session, None, frame=STUDIO, status=422, form=form)
