"""What waits on somebody's desk when the demo begins: new terms for a cooperative, a host and a carrier, and a payment
notice for the county.
"""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings

from fieldcast.agreements import operations as agreements_operations
from fieldcast.agreements.terms import following_a_model
from fieldcast.agreements.types import VersionView
from fieldcast.trade import operations as trade_operations
from fieldcast.trade.providers.interface import Event
from fieldcast.trade.providers.sandbox import keys
from fieldcast.trade.providers.sandbox.client import SandboxProvider
from fieldcast.trade.providers.sandbox.signing import NOTICE

REVISED: Final = 4  # of the stalls' agreements
MORE_FOR_THE_HOST_BP: Final = 100
WHY: Final = "年底直播场次多，主播分成加一个百分点，各方同意后用新版"
STRAY: Final = {"amount_fen": 3980, "reference": "PSTRAY2611K7"}


def leave_on_desks(*, versions: Sequence[VersionView], now: datetime) -> None:
    """Propose new terms to three parties, and let the provider tell of money that nobody here knows of."""
    version = versions[REVISED]
    before = following_a_model(version.terms)
    terms = before.changed(host_bp=before["host_bp"] + MORE_FOR_THE_HOST_BP)
    agreements_operations.revise(
        by=None, agreement_id=version.agreement_id, terms=terms, note=WHY, now=now - timedelta(hours=20)
    )
    _stray_notice(now - timedelta(hours=3))


def _stray_notice(at: datetime) -> None:
    """A true notice of the sandbox provider about a payment of another system."""
    body = json.dumps(
        {
            "notice_id": f"N{at:%Y%m%d%H%M%S}",
            "event": Event.PAYMENT_SUCCEEDED.value,
            "provider_ref": f"SBX{at:%Y%m%d%H%M%S}",
            "occurred_at": at.isoformat(timespec="milliseconds"),
            "refund_reference": "",
            **STRAY,
        },
        separators=(",", ":"),
    ).encode()
    signer = keys.signer(Path(settings.HOME), "provider")
    headers = signer.headers(purpose=NOTICE, body=body, now=at)
    trade_operations.receive_notice(provider=SandboxProvider.name, headers=headers, body=body, now=at)
