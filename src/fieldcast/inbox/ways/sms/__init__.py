"""Short messages, through a gateway that the installation runs or rents: it is posted the number and the words as JSON,
signed, and answers 2xx once it has taken them. For codes alone: other messages would cost money each.
"""

import hashlib
import hmac
import json
from typing import Final

import httpx
from django.conf import settings

from fieldcast.inbox.ways.interface import Way

SIGNATURE: Final = "X-Fieldcast-Signature"
SECONDS: Final = 5


def signature(body: bytes) -> str:
    """By which the gateway knows that we sent it: HMAC-SHA256 of the body under the shared key, in hex."""
    return "sha256=" + hmac.new(settings.SMS_KEY.encode(), body, hashlib.sha256).hexdigest()


def _text(phone: str, words: str) -> None:
    body = json.dumps({"to": f"+86{phone}", "text": words}, ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json", SIGNATURE: signature(body)}
    try:
        with httpx.Client(timeout=SECONDS, trust_env=False) as client:
            answer = client.post(settings.SMS_URL, content=body, headers=headers)
    except httpx.HTTPError as failed:
        raise ConnectionError(f"the gateway for short messages: {type(failed).__name__}") from failed
    if not answer.is_success:
        raise ConnectionError(f"the gateway for short messages answered {answer.status_code}")


WAY = Way(wakes=True, carry=None, text=_text)
