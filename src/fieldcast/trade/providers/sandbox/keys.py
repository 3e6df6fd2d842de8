"""The two key pairs under `home/keys/sandbox`: the platform's and the provider's, made at first use.

A pair is written aside and renamed into place whole, so two processes that start together end up with the
same one and nobody reads half a key. Private keys are readable by their owner alone; each side opens its own
and the other's public.
"""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Literal

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from fieldcast.trade.providers.sandbox.signing import Signer, Verifier, key_id_of

Side = Literal["platform", "provider"]


def signer(home: Path, side: Side) -> Signer:
    """The private key of one's own side, made when there is none yet."""
    private = load_pem_private_key((_pair(home, side) / "private.pem").read_bytes(), password=None)
    if not isinstance(private, Ed25519PrivateKey):
        raise ValueError(f"the {side}'s key is not an Ed25519 key")
    return Signer(private, key_id_of(private.public_key()))


def verifier(home: Path, side: Side) -> Verifier:
    """The public key of the other side, made with its private one when there is none yet."""
    public = load_pem_public_key((_pair(home, side) / "public.pem").read_bytes())
    if not isinstance(public, Ed25519PublicKey):
        raise ValueError(f"the {side}'s key is not an Ed25519 key")
    return Verifier(public, key_id_of(public))


def _pair(home: Path, side: Side) -> Path:
    directory = home / "keys" / "sandbox" / side
    if directory.is_dir():
        return directory
    directory.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = Path(tempfile.mkdtemp(prefix=f".{side}-", dir=directory.parent))  # 0700
    private = Ed25519PrivateKey.generate()
    _write(
        draft / "private.pem", private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), 0o600
    )
    public = private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    _write(draft / "public.pem", public, 0o644)
    try:
        draft.rename(directory)
    except OSError:  # another process was first, or the disk said no, which the reader will find out
        shutil.rmtree(draft)
        if not directory.is_dir():
            raise
    return directory


def _write(path: Path, content: bytes, mode: int) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
