"""The demo county's payments, entered into the sandbox provider's books, so that it can give the money back."""

from pathlib import Path

from django.conf import settings

from fieldcast.trade import queries as trade
from fieldcast.trade.payments.starting import NOTICE_PATH
from fieldcast.trade.providers.sandbox import past
from fieldcast.trade.providers.sandbox.client import SandboxProvider

PROVIDER = SandboxProvider.name


def enter_payments(*, county_id: int) -> None:
    """Let the sandbox know every payment the county has; what it knows already stays as it is."""
    past.enter(
        home=Path(settings.HOME),
        payments=trade.payments_made(county_id=county_id, provider=PROVIDER),
        notify_url=f"{settings.PUBLIC_URL}{NOTICE_PATH}{PROVIDER}",
    )
