"""The options several commands share, and how they become settings.

An option is laid over the environment variable of the same name, so that settings and child processes see one truth.
"""

import os
from pathlib import Path
from typing import Annotated

import typer
from django.utils.translation import gettext_lazy as _

from fieldcast.config import environment
from fieldcast.config.environment import Environment
from fieldcast.kit.errors import Problem

LANGUAGES = {"zh": "zh-hans", "zh-cn": "zh-hans", "zh-hans": "zh-hans", "en": "en"}

Home = Annotated[
    Path | None, typer.Option("--home", help="Where database, pictures and logs live (default: var).")
]
Port = Annotated[
    int | None, typer.Option("--port", min=1, max=65535, help="Port of the pages (default: 8000).")
]
ProviderPort = Annotated[
    int | None,
    typer.Option(
        "--provider-port", min=1, max=65535, help="Port of the sandbox payment provider (default: one above)."
    ),
]
Language = Annotated[
    str | None, typer.Option("--language", help="Language to begin with: zh or en (default: zh).")
]
Workers = Annotated[
    int | None, typer.Option("--workers", min=1, help="Processes that serve pages (default: 2).")
]


class UnknownLanguage(Problem):
    """The platform does not speak it."""

    code = "unknown_language"
    sentence = _("There is no language “%(language)s” here.")
    next_step = _("Choose zh (Chinese) or en (English).")


class HomeNotUsable(Problem):
    """The home cannot be read or written."""

    code = "home_not_usable"
    sentence = _("The directory for data cannot be used: %(reason)s.")
    next_step = _("Choose another with --home, or make it yours.")


class NoDataThere(Problem):
    """No county is kept at this place."""

    code = "no_data_there"
    status = 404
    sentence = _("There is no county's data in %(place)s.")
    next_step = _(
        "Name the directory that holds it with --home, or make a county there first (`fieldcast demo` makes one)."
    )


def spoken(named: str | None) -> str:
    """The language of an answer: the option, else the environment, else Chinese. Raises `UnknownLanguage`."""
    asked = named or os.environ.get("FIELDCAST_LANGUAGE") or "zh"
    known = LANGUAGES.get(asked.strip().lower())
    if known is None:
        os.environ.pop("FIELDCAST_LANGUAGE", None)  # the refusal itself must find a language
        raise UnknownLanguage(language=asked)
    os.environ["FIELDCAST_LANGUAGE"] = known  # problems from below are told in the same language
    return known


def read(
    *,
    home: Path | None = None,
    port: int | None = None,
    provider_port: int | None = None,
    language: str | None = None,
    workers: int | None = None,
    demo: bool | None = None,
    viewers: int | None = None,
    with_data: bool = False,
) -> Environment:
    """The settings with these options laid over them. Raises `UnknownLanguage`, `BadSetting` or `HomeNotUsable`.

    With `with_data` it raises `NoDataThere`, and makes nothing, where no database was ever begun.
    """
    chosen = {
        "FIELDCAST_HOME": home and str(home),
        "FIELDCAST_PORT": port,
        "FIELDCAST_PROVIDER_PORT": provider_port,
        "FIELDCAST_LANGUAGE": language,
        "FIELDCAST_WORKERS": workers,
        "FIELDCAST_DEMO": None if demo is None else str(int(demo)),
        "FIELDCAST_DEMO_VIEWERS": viewers,
    }
    os.environ.update({name: str(value) for name, value in chosen.items() if value is not None})
    named = os.environ.get("FIELDCAST_LANGUAGE")
    if named:
        known = LANGUAGES.get(named.strip().lower())
        if known is None:
            del os.environ["FIELDCAST_LANGUAGE"]
            raise UnknownLanguage(language=named)
        os.environ["FIELDCAST_LANGUAGE"] = known
    if with_data and not os.environ.get("FIELDCAST_DATABASE_URL"):
        place = Path(os.environ.get("FIELDCAST_HOME") or "var").expanduser().resolve()
        if not (place / "pg").is_dir():
            raise NoDataThere(place=place)
    try:
        return environment.read()
    except OSError as error:
        raise HomeNotUsable(reason=error) from error
