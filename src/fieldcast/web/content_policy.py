"""The Content-Security-Policy of every answer: what `config.settings` says, and where forms may lead to be paid.

Browsers hold a form's redirect to `form-action` too, and a buyer's order ends at a payment provider's address.
"""

from typing import Any

from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest, HttpResponseBase

from fieldcast.trade.providers import checkout_origins

FORM_ACTION = "form-action"


class ContentPolicy(CSPMiddleware):
    """The middleware of `csp`, with the addresses of the installed providers."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        """What a view adds for its own page stands."""
        parts = super().get_policy_parts(request, response, report_only)
        update: dict[str, Any] = dict(parts.update or {})
        update[FORM_ACTION] = [*update.get(FORM_ACTION, ()), *checkout_origins()]
        parts.update = update
        return parts
