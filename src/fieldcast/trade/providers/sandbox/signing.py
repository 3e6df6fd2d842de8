"""How the platform and the sandbox sign what they say to each other: Ed25519 over a short canonical text.

Every signature names its purpose first (a checkout, a request with its method and path, an answer to one
request, a notice), so that what was signed for one cannot be passed off as another. Signed messages live five
minutes.
"""

import base64
import binascii
import hashlib
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from fieldcast.trade.providers.interface import Forgery

FRESH_SECONDS = 300
SIGNATURE, TIMESTAMP, NONCE, KEY_ID = (
    "Sandbox-Signature",
    "Sandbox-Timestamp",
    "Sandbox-Nonce",
    "Sandbox-Key-Id",
)
NOTICE = "notice"
CHECKOUT = "checkout"
STAMP = re.compile(r"[0-9]{1,12}")
TOKEN = re.compile(r"[A-Za-z0-9_-]{8,64}")


class Distrusted(Exception):
    """The signature does not hold, for `reason`."""

    def __init__(self, reason: Forgery) -> None:
        super().__init__(reason.value)
        self.reason = reason


def request_purpose(method: str, path: str) -> str:
    """The purpose of a server-to-server request."""
    return f"request {method} {path}"


def answer_purpose(nonce: str) -> str:
    """The purpose of the answer to the request that carried `nonce`: it answers no other."""
    return f"answer {nonce}"


def _text(*lines: str) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def key_id_of(public: Ed25519PublicKey) -> str:
    """The first 16 hex digits of the public key's SHA-256: changes when the key does."""
    return hashlib.sha256(public.public_bytes_raw()).hexdigest()[:16]


@dataclass(frozen=True)
class Signer:
    """One side's private key."""

    private: Ed25519PrivateKey
    key_id: str

    def sign(self, *lines: str) -> str:
        """Sign lines of text (none may hold a line break); base64."""
        return base64.b64encode(self.private.sign(_text(*lines))).decode()

    def headers(self, *, purpose: str, body: bytes, now: datetime) -> dict[str, str]:
        """The four headers that vouch for `body`, good for five minutes from `now`."""
        stamp, nonce = str(int(now.timestamp())), secrets.token_urlsafe(18)
        return {
            SIGNATURE: self.sign(purpose, stamp, nonce, _digest(body)),
            TIMESTAMP: stamp,
            NONCE: nonce,
            KEY_ID: self.key_id,
        }


@dataclass(frozen=True)
class Verifier:
    """The other side's public key."""

    public: Ed25519PublicKey
    key_id: str

    def check(self, signature: str, *lines: str) -> None:
        """Raises `Distrusted` when `signature` was not made over these lines."""
        try:
            self.public.verify(base64.b64decode(signature, validate=True), _text(*lines))
        except (InvalidSignature, binascii.Error, ValueError) as error:
            raise Distrusted(Forgery.BAD_SIGNATURE) from error

    def check_headers(self, headers: Mapping[str, str], *, purpose: str, body: bytes, now: datetime) -> None:
        """Raises `Distrusted` unless the four headers vouch for `body`, for this purpose, at `now`."""
        given = {name.lower(): value for name, value in headers.items()}
        values = [given.get(name.lower(), "") for name in (SIGNATURE, TIMESTAMP, NONCE, KEY_ID)]
        signature, stamp, nonce, key_id = values
        if not signature or not key_id or not STAMP.fullmatch(stamp) or not TOKEN.fullmatch(nonce):
            raise Distrusted(Forgery.MALFORMED)
        if key_id != self.key_id:
            raise Distrusted(Forgery.UNKNOWN_KEY)
        if abs(now.timestamp() - int(stamp)) > FRESH_SECONDS:
            raise Distrusted(Forgery.STALE)
        self.check(signature, purpose, stamp, nonce, _digest(body))
