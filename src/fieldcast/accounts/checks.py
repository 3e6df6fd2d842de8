"""What a public site must not have: a door that is open to everyone, or keys that can be guessed.

Asked by `fieldcast check --deploy` alone, since on one's own machine both are as they should be.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.checks import Warning as Caution
from django.utils.translation import gettext as _

SHORTEST_KEY = 32  # characters


def public_site(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Errors of settings that only a machine of one's own may have."""
    found: list[CheckMessage] = []
    if settings.DEMO:
        found.append(
            Error(
                _("FIELDCAST_DEMO is on: anyone may sign in as anyone, the county's administrator included."),
                hint=_("Unset it."),
                id="fieldcast.E001",
            )
        )
    keys = {"FIELDCAST_SECRET_KEY": settings.SECRET_KEY, "FIELDCAST_FIELD_KEY": settings.FIELD_KEY}
    found += [
        Error(
            _("%(name)s has fewer than %(least)s characters, so it can be guessed.")
            % {"name": name, "least": SHORTEST_KEY},
            hint=_("Give a long random one, or none: then one is made and kept."),
            id="fieldcast.E002",
        )
        for name, key in keys.items()
        if len(key) < SHORTEST_KEY
    ]
    if settings.DATABASE_OWNS_ITS_TABLES:
        found.append(
            Caution(
                _("The platform's database user owns its tables, so it could switch off what guards them."),
                hint=_("Name another user as their owner in FIELDCAST_DATABASE_OWNER_URL."),
                id="fieldcast.W003",
            )
        )
    return found
