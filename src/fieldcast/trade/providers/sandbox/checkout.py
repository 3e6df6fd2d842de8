"""The signed address a buyer pays at: the platform writes it, the sandbox reads it, no call between them is
needed.

Every word of the request is in the address and under the signature; the language of the page is not. The
address may be opened again and again until it expires: it always means the same payment.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Literal
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from fieldcast.trade.providers.interface import Forgery, PaymentRequest
from fieldcast.trade.providers.sandbox.signing import CHECKOUT, Distrusted, Signer, Verifier

FIELDS = ("amount_fen", "description", "expires_at", "notify_url", "reference", "return_url")
DESCRIPTION_LENGTH = 120  # characters; keeps the address short enough for every browser and proxy

Choice = Literal["pay", "fail", "leave"]


def signed_fields(request: PaymentRequest, signer: Signer) -> dict[str, str]:
    """The request as the fields of an address, with the key and the signature. Long descriptions are cut."""
    fields = {
        "reference": request.reference,
        "amount_fen": str(request.amount_fen),
        "description": _shortened(request.description),
        "return_url": request.return_url,
        "notify_url": request.notify_url,
        "expires_at": str(int(request.expires_at.timestamp())),
    }
    return {**fields, "key_id": signer.key_id, "signature": signer.sign(CHECKOUT, _canonical(fields))}


def read_fields(fields: Mapping[str, str], verifier: Verifier) -> PaymentRequest:
    """Undo `signed_fields`.

    Raises `Distrusted` when a field is missing, was changed, or another key signed it.
    """
    if any(name not in fields for name in (*FIELDS, "key_id", "signature")):
        raise Distrusted(Forgery.MALFORMED)
    if fields["key_id"] != verifier.key_id:
        raise Distrusted(Forgery.UNKNOWN_KEY)
    verifier.check(fields["signature"], CHECKOUT, _canonical(fields))
    try:
        return PaymentRequest(
            reference=fields["reference"],
            amount_fen=int(fields["amount_fen"]),
            description=fields["description"],
            return_url=fields["return_url"],
            notify_url=fields["notify_url"],
            expires_at=datetime.fromtimestamp(int(fields["expires_at"]), UTC),
        )
    except (ValueError, OverflowError, OSError) as error:
        raise Distrusted(Forgery.MALFORMED) from error


def confirm_form(url: str, choice: Choice = "pay") -> tuple[str, dict[str, str]]:
    """What the cashier page's button would send for a checkout at `url`: the address to POST to and its
    fields.

    For programs that stand in for a buyer.
    """
    parts = urlsplit(url)
    address = urlunsplit((parts.scheme, parts.netloc, f"{parts.path}/confirm", "", ""))
    return address, {**dict(parse_qsl(parts.query, keep_blank_values=True)), "choice": choice}


def _canonical(fields: Mapping[str, str]) -> str:
    return urlencode([(name, fields[name]) for name in FIELDS])


def _shortened(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= DESCRIPTION_LENGTH else plain[: DESCRIPTION_LENGTH - 1] + "…"
