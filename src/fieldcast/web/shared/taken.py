"""A form is valid: what it asks is done once, however often it is sent, and a refusal stands beside its box."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from fieldcast.kit.errors import Problem
from fieldcast.web.shared import once
from fieldcast.web.shared.refusals import beside


def taken(
    request: HttpRequest, form: Any, write: Callable[[datetime], object], *, leads_to: str
) -> str | None:
    """Where the form leads, once `write` has done what it asks; None where the house refused, as `form` now says.

    `write` is given the time, and may answer with the address of what it made instead of `leads_to`. `form.refusals`
    names the box of each refusal by its code.
    """
    now = timezone.now()
    try:
        with transaction.atomic():
            claim = once.claim(request, now=now)
            if claim.led_to is not None:
                return claim.led_to
            made = write(now)
            address = made if isinstance(made, str) else leads_to
            claim.leads_to(address)
            return address
    except Problem as problem:
        beside(form, problem, form.refusals)
        return None
