"""The adapter through which the platform uses the sandbox provider."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx
from django.conf import settings
from django.utils.translation import get_language

from fieldcast.trade.providers.errors import (
    ForgedNotice,
    PaymentNotFound,
    ProviderUnavailable,
    RefundRefused,
    UnusableNotice,
)
from fieldcast.trade.providers.interface import (
    REFERENCE,
    Checkout,
    Event,
    Notice,
    PaymentRequest,
    PaymentState,
    PaymentStatus,
    Refund,
    RefundState,
    RefusalReason,
    Unusable,
)
from fieldcast.trade.providers.sandbox import keys
from fieldcast.trade.providers.sandbox.checkout import signed_fields
from fieldcast.trade.providers.sandbox.signing import (
    NONCE,
    NOTICE,
    Distrusted,
    answer_purpose,
    request_purpose,
)

ANSWER_SECONDS = 10.0


class SandboxProvider:
    """The sandbox at `url`, with the keys under `home`. Safe to share between threads."""

    name = "sandbox"

    def __init__(self, *, url: str, home: Path) -> None:
        self._url = url.rstrip("/")
        self._signer = keys.signer(home, "platform")
        self._provider = keys.verifier(home, "provider")
        self._http = httpx.Client(base_url=self._url, timeout=ANSWER_SECONDS, trust_env=False)

    def start(self, request: PaymentRequest) -> Checkout:
        """See `Provider.start`. The page opens in the language active now."""
        language = "en" if (get_language() or "").startswith("en") else "zh"
        fields = {**signed_fields(request, self._signer), "lang": language}
        return Checkout(f"{self._url}/pay?{urlencode(fields)}")

    def verify(self, headers: Mapping[str, str], body: bytes, now: datetime) -> Notice:
        """See `Provider.verify`."""
        try:
            self._provider.check_headers(headers, purpose=NOTICE, body=body, now=now)
        except Distrusted as error:
            raise ForgedNotice(error.reason) from error
        try:
            return _notice(body)
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
            raise UnusableNotice(Unusable.UNREADABLE) from error

    def refund(self, *, reference: str, refund_reference: str, amount_fen: int, reason: str) -> Refund:
        """See `Provider.refund`."""
        content = {
            "reference": reference,
            "refund_reference": refund_reference,
            "amount_fen": amount_fen,
            "reason": reason,
        }
        status, answer = self._ask("POST", "/refunds", json.dumps(content, ensure_ascii=False).encode())
        if status == httpx.codes.OK:
            return _refund(answer)
        if answer.get("code") == "unknown_payment":
            raise PaymentNotFound(reference=reference)
        if answer.get("code") in set(RefusalReason):
            refusal = RefusalReason(answer["code"])
            raise RefundRefused(refusal, reference=reference, refund_reference=refund_reference)
        raise ProviderUnavailable(answer=status)

    def query(self, reference: str) -> PaymentStatus:
        """See `Provider.query`."""
        if not REFERENCE.fullmatch(reference):
            raise PaymentNotFound(reference=reference)
        status, answer = self._ask("GET", f"/payments/{reference}", b"")
        if answer.get("code") == "unknown_payment":
            raise PaymentNotFound(reference=reference)
        if status != httpx.codes.OK:
            raise ProviderUnavailable(answer=status)
        return PaymentStatus(
            reference=answer["reference"],
            provider_ref=answer["provider_ref"],
            state=PaymentState(answer["state"]),
            amount_fen=answer["amount_fen"],
            paid_at=datetime.fromisoformat(answer["paid_at"]) if answer["paid_at"] else None,
            refunds=tuple(_refund(refund) for refund in answer["refunds"]),
        )

    def _ask(self, method: str, path: str, body: bytes) -> tuple[int, dict[str, Any]]:
        """A signed request and its answer, believed only when the provider signed it for this request."""
        headers = self._signer.headers(
            purpose=request_purpose(method, path), body=body, now=datetime.now(UTC)
        )
        nonce = headers[NONCE]
        try:
            answer = self._http.request(method, path, content=body, headers=headers)
            self._provider.check_headers(
                answer.headers, purpose=answer_purpose(nonce), body=answer.content, now=datetime.now(UTC)
            )
        except (httpx.HTTPError, Distrusted) as error:
            raise ProviderUnavailable from error
        content: dict[str, Any] = answer.json()
        return answer.status_code, content


def from_settings() -> SandboxProvider:
    """The sandbox that Django's settings name, one for each address and home."""
    return _shared(settings.PROVIDER_URL, Path(settings.HOME))


def takes(*, county_id: int) -> bool:  # noqa: ARG001 — no county is like another to some provider
    """Every county's orders can be practised with."""
    return True


def checkout_origin() -> str:
    """The address at which the sandbox stands."""
    address = urlsplit(settings.PROVIDER_URL)
    return f"{address.scheme}://{address.netloc}"


@lru_cache(maxsize=8)
def _shared(url: str, home: Path) -> SandboxProvider:
    return SandboxProvider(url=url, home=home)


def _notice(body: bytes) -> Notice:
    content = json.loads(body)
    occurred_at = datetime.fromisoformat(content["occurred_at"])
    names = [content[name] for name in ("notice_id", "provider_ref", "reference", "refund_reference")]
    if type(content["amount_fen"]) is not int or occurred_at.tzinfo is None or {*map(type, names)} != {str}:
        raise ValueError("a notice names whole fen, a time with its zone and references in text")
    if content["event"] not in [*Event]:
        raise UnusableNotice(Unusable.UNKNOWN_EVENT)
    return Notice(
        notice_id=content["notice_id"],
        event=Event(content["event"]),
        provider_ref=content["provider_ref"],
        reference=content["reference"],
        amount_fen=content["amount_fen"],
        occurred_at=occurred_at,
        refund_reference=content["refund_reference"],
        raw=body.decode(),
    )


def _refund(content: Mapping[str, Any]) -> Refund:
    return Refund(
        refund_reference=content["refund_reference"],
        amount_fen=content["amount_fen"],
        state=RefundState(content["state"]),
    )
