"""What is wrong with a field of a request, in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

WORDS = {
    "missing": _("This field is needed."),
    "int_parsing": _("This must be a whole number."),
    "int_type": _("This must be a whole number."),
    "int_from_float": _("This must be a whole number."),
    "string_type": _("This must be text."),
    "bool_type": _("This must be true or false."),
    "bool_parsing": _("This must be true or false."),
    "greater_than_equal": _("This must be at least %(ge)s."),
    "less_than_equal": _("This must be at most %(le)s."),
    "timezone_aware": _("This time needs its offset, such as 2026-12-01T20:00:00+08:00."),
    "string_too_short": _("This needs at least %(min_length)s characters."),
    "string_too_long": _("This may have at most %(max_length)s characters."),
}


def of(error: Mapping[str, Any]) -> str:
    """The sentence for one of pydantic's errors; its own, in English, for the rare kinds that have none here."""
    known = WORDS.get(error["type"])
    return str(known) % error.get("ctx", {}) if known else str(error["msg"])
