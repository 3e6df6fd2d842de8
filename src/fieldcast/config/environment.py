"""What the environment says, read once into one frozen value. Nothing else in the house reads it."""

import os
import secrets
from collections.abc import Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from fieldcast.agreements.clauses.after_sale import LONGEST_SECONDS as LONGEST_AFTER_SALE
from fieldcast.agreements.clauses.after_sale import USUAL_SECONDS as AFTER_SALE_SECONDS
from fieldcast.inbox.ways import ways
from fieldcast.kit.errors import Problem
from fieldcast.live.types import LONGEST_HOLD

DEFAULT_PORT = 8000
LAST_PORT = 65535
MOST_DIGITS = 12
MOST_WORKERS = 256
MOST_PROXIES = 16
MOST_VIEWERS = 60
HOLD_SECONDS = 15 * 60
DEMO_AFTER_SALE_SECONDS = 3 * 60
PAGE = "page"
SMS = "sms"
FIELD_KEY = "field-key"
FRESH_FIELD_KEY = "field-key.new"


class BadSetting(Problem, ValueError):
    """A setting in the environment cannot be used."""

    code = "bad_setting"
    sentence = _("%(name)s cannot be “%(value)s”: it must be %(allowed)s.")
    next_step = _("Correct it and start again.")


@dataclass(frozen=True)
class Environment:
    """Every setting of the platform. Durations are in seconds; `home` holds all local state.

    In the demo, `viewers` invented people keep its rooms company. With `sandbox` a payment provider for trying things
    out runs beside the platform, and no real money moves.
    `database_url` names the user that pages and jobs are, `database_owner_url` the one that owns the tables.
    """

    home: Path
    database_url: str | None
    database_owner_url: str | None
    public_url: str
    host: str
    port: int
    provider_url: str
    provider_port: int
    trusted_proxies: int
    workers: int
    language: str
    demo: bool
    viewers: int
    sandbox: bool
    hold_seconds: int
    after_sale_seconds: int
    inbox_ways: tuple[str, ...]
    sms_url: str
    sms_key: str
    paper_font: str
    secret_key: str
    field_key: str

    @property
    def https(self) -> bool:
        """True when people reach the platform over TLS, so cookies may and must be marked secure."""
        return self.public_url.startswith("https://")


def read(environ: Mapping[str, str] | None = None) -> Environment:
    """Read the settings, filling what is unset with a default that is safe on one machine.

    Raises `BadSetting`, naming the variable and what it may be, for a value that cannot be used.
    """
    env = os.environ if environ is None else environ
    home = Path(env.get("FIELDCAST_HOME") or "var").expanduser().resolve()
    port = _whole(env, "FIELDCAST_PORT", DEFAULT_PORT, 1, LAST_PORT)
    host = env.get("FIELDCAST_HOST") or "127.0.0.1"
    demo = _switch(env, "FIELDCAST_DEMO")
    beside = port + 1 if port < LAST_PORT else port - 1
    provider_port = _whole(env, "FIELDCAST_PROVIDER_PORT", beside, 1, LAST_PORT)
    if provider_port == port:
        raise BadSetting(
            name="FIELDCAST_PROVIDER_PORT", value=port, allowed=_("another number than FIELDCAST_PORT")
        )
    window = DEMO_AFTER_SALE_SECONDS if demo else AFTER_SALE_SECONDS
    return Environment(
        home=home,
        database_url=_database(env, "FIELDCAST_DATABASE_URL"),
        database_owner_url=_database(env, "FIELDCAST_DATABASE_OWNER_URL"),
        public_url=_address(env, "FIELDCAST_PUBLIC_URL", f"http://{_in_url(host)}:{port}"),
        host=host,
        port=port,
        provider_url=_address(env, "FIELDCAST_PROVIDER_URL", f"http://127.0.0.1:{provider_port}"),
        provider_port=provider_port,
        trusted_proxies=_whole(env, "FIELDCAST_TRUSTED_PROXIES", 0, 0, MOST_PROXIES),
        workers=_whole(env, "FIELDCAST_WORKERS", 2, 1, MOST_WORKERS),
        language=env.get("FIELDCAST_LANGUAGE") or "zh-hans",
        demo=demo,
        viewers=_whole(env, "FIELDCAST_DEMO_VIEWERS", 0, 0, MOST_VIEWERS) if demo else 0,
        sandbox=_switch(env, "FIELDCAST_SANDBOX") or demo,
        hold_seconds=_whole(env, "FIELDCAST_HOLD_SECONDS", HOLD_SECONDS, 1, LONGEST_HOLD),
        after_sale_seconds=_whole(env, "FIELDCAST_AFTER_SALE_SECONDS", window, 0, LONGEST_AFTER_SALE),
        inbox_ways=_ways(env, "FIELDCAST_INBOX_WAYS"),
        sms_url=_gateway(env, "FIELDCAST_SMS_URL"),
        sms_key=_gateway_key(env, "FIELDCAST_SMS_KEY"),
        paper_font=_file(env, "FIELDCAST_PAPER_FONT"),
        secret_key=env.get("FIELDCAST_SECRET_KEY") or _kept_secret(home, "secret-key"),
        field_key=env.get("FIELDCAST_FIELD_KEY") or _field_key(home),
    )


def variables(env: Environment) -> dict[str, str]:
    """The environment variables from which `read` makes this very value, for the processes we start."""
    return {
        "FIELDCAST_HOME": str(env.home),
        "FIELDCAST_DATABASE_URL": env.database_url or "",
        "FIELDCAST_DATABASE_OWNER_URL": env.database_owner_url or "",
        "FIELDCAST_PUBLIC_URL": env.public_url,
        "FIELDCAST_HOST": env.host,
        "FIELDCAST_PORT": str(env.port),
        "FIELDCAST_PROVIDER_URL": env.provider_url,
        "FIELDCAST_PROVIDER_PORT": str(env.provider_port),
        "FIELDCAST_TRUSTED_PROXIES": str(env.trusted_proxies),
        "FIELDCAST_WORKERS": str(env.workers),
        "FIELDCAST_LANGUAGE": env.language,
        "FIELDCAST_DEMO": "1" if env.demo else "",
        "FIELDCAST_DEMO_VIEWERS": str(env.viewers),
        "FIELDCAST_SANDBOX": "1" if env.sandbox else "",
        "FIELDCAST_HOLD_SECONDS": str(env.hold_seconds),
        "FIELDCAST_AFTER_SALE_SECONDS": str(env.after_sale_seconds),
        "FIELDCAST_INBOX_WAYS": ",".join(env.inbox_ways),
        "FIELDCAST_SMS_URL": env.sms_url,
        "FIELDCAST_SMS_KEY": env.sms_key,
        "FIELDCAST_PAPER_FONT": env.paper_font,
        "FIELDCAST_SECRET_KEY": env.secret_key,
        "FIELDCAST_FIELD_KEY": env.field_key,
    }


def _whole(env: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    text = env.get(name, "")
    if not text:
        return default
    number = int(text) if text.isascii() and text.isdigit() and len(text) < MOST_DIGITS else None
    if number is None or not least <= number <= most:
        allowed = format_lazy(_("a whole number from {least} to {most}"), least=least, most=most)
        raise BadSetting(name=name, value=text, allowed=allowed)
    return number


def _switch(env: Mapping[str, str], name: str) -> bool:
    text = env.get(name, "")
    if text not in {"", "0", "1"}:
        raise BadSetting(name=name, value=text, allowed=_("1 (on), or 0 or nothing (off)"))
    return text == "1"


def _ways(env: Mapping[str, str], name: str) -> tuple[str, ...]:
    text = env.get(name) or PAGE
    chosen = tuple(dict.fromkeys(part.strip() for part in text.split(",")))
    if not set(chosen) <= set(ways()):
        allowed = format_lazy(_("names out of these, with commas between: {names}"), names=", ".join(ways()))
        raise BadSetting(name=name, value=text, allowed=allowed)
    return chosen


def _file(env: Mapping[str, str], name: str) -> str:
    """The path of a file that is there; empty where none is named."""
    said = env.get(name) or ""
    if not said:
        return ""
    path = Path(said).expanduser().resolve()
    if not path.is_file():
        raise BadSetting(name=name, value=said, allowed=_("the path of a file"))
    return str(path)


def _gateway(env: Mapping[str, str], name: str) -> str:
    """Where short messages are handed over; needed where they are one of the ways."""
    if not env.get(name) and SMS not in _ways(env, "FIELDCAST_INBOX_WAYS"):
        return ""
    return _address(env, name, "-")


def _gateway_key(env: Mapping[str, str], name: str) -> str:
    key = env.get(name, "")
    if not key and SMS in _ways(env, "FIELDCAST_INBOX_WAYS"):
        # the value is not repeated: it is a secret
        raise BadSetting(name=name, value="", allowed=_("the key that the gateway for short messages checks"))
    return key


def _address(env: Mapping[str, str], name: str, default: str) -> str:
    text = env.get(name) or default
    if not _is_url(text, {"http", "https"}, needs_host=True):
        allowed = _("an address that begins with http:// or https:// and names a machine")
        raise BadSetting(name=name, value=text, allowed=allowed)
    return text.rstrip("/")


def _database(env: Mapping[str, str], name: str) -> str | None:
    text = env.get(name) or None
    if text is not None and not _is_url(text, {"postgres", "postgresql"}, needs_host=False):
        # the value is not repeated: it may hold a password
        raise BadSetting(name=name, value="…", allowed="postgresql://user:password@host:5432/name")
    return text


def _is_url(text: str, schemes: Set[str], *, needs_host: bool) -> bool:
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    return parts.scheme in schemes and "://" in text and port != 0 and bool(parts.hostname or not needs_host)


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


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


def _field_key(home: Path) -> str:
    """The kept field key; a new one lies beside its place until a database was sealed with it.

    A key that is made because the old one was lost must not look as if it were that one.
    """
    kept = home / "secrets" / FIELD_KEY
    if not kept.exists():
        fresh = _kept_secret(home, FRESH_FIELD_KEY)
        if not kept.exists():  # else another process has just put it there
            return fresh
    return kept.read_text().strip()


def keep_field_key(env: Environment) -> None:
    """A database is sealed with this field key: put a new one where it is kept from now on."""
    fresh = env.home / "secrets" / FRESH_FIELD_KEY
    if fresh.exists() and fresh.read_text().strip() == env.field_key:
        fresh.replace(env.home / "secrets" / FIELD_KEY)


def forget_field_key(env: Environment) -> None:
    """The database is sealed with another key: a new one is good for nothing."""
    (env.home / "secrets" / FRESH_FIELD_KEY).unlink(missing_ok=True)
