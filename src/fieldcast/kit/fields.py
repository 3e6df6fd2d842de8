"""Encrypted model fields: personal data is unreadable in the database, its backups and its logs.

AES-256-GCM with a random 96-bit nonce; the key is derived from `settings.FIELD_KEY` (HKDF-SHA256). What must be found
again by its value keeps a keyed hash beside it (`blind_index`), which says nothing without the key.
"""

import base64
import hashlib
import hmac
import json
import os
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models

NONCE_BYTES = 12


@lru_cache(maxsize=4)
def _derived(key: str, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=b"fieldcast", info=purpose).derive(key.encode())


def encrypt(text: str) -> str:
    """Encrypt `text` under the field key; the same text gives another ciphertext each time."""
    nonce = os.urandom(NONCE_BYTES)
    sealed = AESGCM(_derived(settings.FIELD_KEY, b"field")).encrypt(nonce, text.encode(), None)
    return base64.urlsafe_b64encode(nonce + sealed).decode()


def decrypt(stored: str) -> str:
    """Undo `encrypt`. Raises `cryptography.exceptions.InvalidTag` when the key or the ciphertext is wrong."""
    raw = base64.urlsafe_b64decode(stored)
    return (
        AESGCM(_derived(settings.FIELD_KEY, b"field"))
        .decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], None)
        .decode()
    )


def encrypt_bytes(content: bytes, *, about: str) -> bytes:
    """Encrypt `content` under the field key, bound to what it is about: it can be read under that name alone."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(_derived(settings.FIELD_KEY, b"file")).encrypt(nonce, content, about.encode())


def decrypt_bytes(stored: bytes, *, about: str) -> bytes:
    """Undo `encrypt_bytes`. Raises `cryptography.exceptions.InvalidTag` for another key, content or name."""
    cipher = AESGCM(_derived(settings.FIELD_KEY, b"file"))
    return cipher.decrypt(stored[:NONCE_BYTES], stored[NONCE_BYTES:], about.encode())


def blind_index(value: str) -> str:
    """A keyed hash (HMAC-SHA256, hex) by which an encrypted value can be looked up exactly."""
    return hmac.new(_derived(settings.FIELD_KEY, b"index"), value.encode(), hashlib.sha256).hexdigest()


def key_fingerprint() -> str:
    """A name for the field key that says nothing about it: the same key, the same sixteen letters."""
    return _derived(settings.FIELD_KEY, b"fingerprint").hex()[:16]


def seal(value: str) -> str:
    """A keyed mark (HMAC-SHA256, hex) by which a row of ours is told from one that was written by hand."""
    return hmac.new(_derived(settings.FIELD_KEY, b"seal"), value.encode(), hashlib.sha256).hexdigest()


class EncryptedTextField(models.TextField[str, str]):
    """Text that is encrypted at rest. Empty stays empty, so that "not given" can be asked for."""

    description = "Text encrypted at rest"

    def get_prep_value(self, value: Any) -> Any:
        """Encrypt on the way in."""
        text = super().get_prep_value(value)
        return encrypt(text) if text else text

    def from_db_value(self, value: str | None, *_: Any) -> str | None:
        """Decrypt on the way out."""
        return decrypt(value) if value else value


class EncryptedJSONField(models.TextField[dict[str, Any], dict[str, Any]]):
    """A JSON object that is encrypted at rest."""

    description = "JSON encrypted at rest"

    def get_prep_value(self, value: Any) -> Any:
        """Serialise and encrypt on the way in."""
        return encrypt(json.dumps(value, ensure_ascii=False, sort_keys=True)) if value else ""

    def from_db_value(self, value: str | None, *_: Any) -> dict[str, Any]:
        """Decrypt and parse on the way out."""
        return json.loads(decrypt(value)) if value else {}

    def to_python(self, value: Any) -> Any:
        """Keep an object as it is; parse text from a form or a fixture."""
        return value if isinstance(value, dict) else json.loads(value or "{}")
