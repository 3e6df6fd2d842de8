"""What the installation runs with, to read: each setting by the variable that says it. No secret is among them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Sentence

MINUTE = 60


@dataclass(frozen=True)
class Setting:
    """A setting in words, and where it is changed."""

    title: Sentence
    value: str
    variable: str

    @property
    def parts(self) -> list[str]:
        """The variable in pieces between which a narrow page breaks it: after each line."""
        return re.findall(r"[^_]+_?", self.variable)


def settings_shown() -> tuple[Setting, ...]:
    """As this process was started with them."""
    return (
        Setting(_("Address of the platform"), settings.PUBLIC_URL, "FIELDCAST_PUBLIC_URL"),
        Setting(
            _("Language for readers who chose none"), _language(settings.LANGUAGE_CODE), "FIELDCAST_LANGUAGE"
        ),
        Setting(
            _("An unpaid order keeps its packs for"), _time(settings.HOLD_SECONDS), "FIELDCAST_HOLD_SECONDS"
        ),
        Setting(
            _("Messages to people go by"),
            ", ".join(_ways(settings.INBOX_WAYS)),
            "FIELDCAST_INBOX_WAYS",
        ),
        Setting(
            _("Proxies in front that are believed"),
            str(settings.ALLAUTH_TRUSTED_PROXY_COUNT),
            "FIELDCAST_TRUSTED_PROXIES",
        ),
        Setting(
            _("Demo mode"),
            gettext("on: anyone may be anyone") if settings.DEMO else gettext("off"),
            "FIELDCAST_DEMO",
        ),
    )


def _language(code: str) -> str:
    return str(dict(settings.LANGUAGES).get(code, code))


def _time(seconds: int) -> str:
    minutes = round(seconds / MINUTE)
    return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}


def _ways(ways: Iterable[str]) -> Iterable[str]:
    known = {"page": gettext("the bell on the page"), "console": gettext("a line in the worker’s log")}
    return (known.get(way, way) for way in ways)
