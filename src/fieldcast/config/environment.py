"""What the environment says, read once into one frozen value. Nothing else in the house reads it."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

DEFAULT_PORT = 8000
HOLD_SECONDS = 15 * 60
AFTER_SALE_SECONDS = 7 * 24 * 3600
DEMO_AFTER_SALE_SECONDS = 3 * 60


@dataclass(frozen=True)
class Environment:
    """Every setting of the platform. Durations are in seconds; `home` holds all local state.

    With `sandbox` a payment provider for trying things out runs beside the platform, and no real money moves.
    """

    home: Path
    database_url: str | None
    public_url: str
    host: str
    port: int
    provider_url: str
    provider_port: int
    workers: int
    language: str
    demo: bool
    sandbox: bool
    hold_seconds: int
    after_sale_seconds: int
    secret_key: str
    field_key: str

    @property
    def https(self) -> bool:
        """True when people reach the platform over TLS, so cookies may and must be marked secure."""
        return self.public_url.startswith("https://")


def read(environ: Mapping[str, str] | None = None) -> Environment:
    """Read the settings, filling what is unset with a default that is safe on one machine.

    Raises `ValueError`, naming the variable, when a number is not one.
    """
    env = os.environ if environ is None else environ
    home = Path(env.get("FIELDCAST_HOME", "var")).expanduser().resolve()
    port = _whole(env, "FIELDCAST_PORT", DEFAULT_PORT)
    host = env.get("FIELDCAST_HOST", "127.0.0.1")
    demo = env.get("FIELDCAST_DEMO", "") == "1"
    provider_port = _whole(env, "FIELDCAST_PROVIDER_PORT", port + 1)
    window = DEMO_AFTER_SALE_SECONDS if demo else AFTER_SALE_SECONDS
    return Environment(
        home=home,
        database_url=env.get("FIELDCAST_DATABASE_URL") or None,
        public_url=env.get("FIELDCAST_PUBLIC_URL", f"http://{host}:{port}").rstrip("/"),
        host=host,
        port=port,
        provider_url=env.get("FIELDCAST_PROVIDER_URL", f"http://127.0.0.1:{provider_port}").rstrip("/"),
        provider_port=provider_port,
        workers=_whole(env, "FIELDCAST_WORKERS", 2),
        language=env.get("FIELDCAST_LANGUAGE", "zh-hans"),
        demo=demo,
        sandbox=demo or env.get("FIELDCAST_SANDBOX", "") == "1",
        hold_seconds=_whole(env, "FIELDCAST_HOLD_SECONDS", HOLD_SECONDS),
        after_sale_seconds=_whole(env, "FIELDCAST_AFTER_SALE_SECONDS", window),
        secret_key=env.get("FIELDCAST_SECRET_KEY") or _kept_secret(home, "secret-key"),
        field_key=env.get("FIELDCAST_FIELD_KEY") or _kept_secret(home, "field-key"),
    )


def variables(env: Environment) -> dict[str, str]:
    """The environment variables from which `read` makes this very value, for the processes we start."""
    return {
        "FIELDCAST_HOME": str(env.home),
        "FIELDCAST_DATABASE_URL": env.database_url or "",
        "FIELDCAST_PUBLIC_URL": env.public_url,
        "FIELDCAST_HOST": env.host,
        "FIELDCAST_PORT": str(env.port),
        "FIELDCAST_PROVIDER_URL": env.provider_url,
        "FIELDCAST_PROVIDER_PORT": str(env.provider_port),
        "FIELDCAST_WORKERS": str(env.workers),
        "FIELDCAST_LANGUAGE": env.language,
        "FIELDCAST_DEMO": "1" if env.demo else "",
        "FIELDCAST_SANDBOX": "1" if env.sandbox else "",
        "FIELDCAST_HOLD_SECONDS": str(env.hold_seconds),
        "FIELDCAST_AFTER_SALE_SECONDS": str(env.after_sale_seconds),
        "FIELDCAST_SECRET_KEY": env.secret_key,
        "FIELDCAST_FIELD_KEY": env.field_key,
    }


def _whole(env: Mapping[str, str], name: str, default: int) -> int:
    text = env.get(name, "")
    if not text:
        return default
    if not text.isdigit():
        raise ValueError(f"{name} must be a whole number, not {text!r}")
    return int(text)


def _kept_secret(home: Path, name: str) -> str:
    """A secret made at first use and kept, readable by its owner alone, under `home/secrets`."""
    path = home / "secrets" / name
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process was first
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()
