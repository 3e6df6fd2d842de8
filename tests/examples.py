"""How many examples hypothesis draws: the number a test names is the whole, a run draws a share of it, new ones each.

`--hypothesis-profile=whole` draws them all. A test that draws the same ones every time (`derandomize`) keeps its
number, since a share would leave the same ones out for ever; so does one that names only a few.
"""

from typing import Any, Final

from hypothesis import HealthCheck, settings

WHOLE: Final = "whole"
SHARE: Final = "share"
PART: Final = 5
AT_LEAST: Final = 10
SETTINGS: Final = (
    "_hypothesis_internal_use_settings"  # where hypothesis keeps a test's; nothing else reaches them
)
_seen: set[Any] = set()


def register() -> None:
    """Both profiles; on a machine of continuous integration, too, each run draws its own."""
    # how busy the machine is, is nothing that they test
    said: dict[str, Any] = {
        "derandomize": False,
        "deadline": None,
        "print_blob": True,
        "suppress_health_check": [HealthCheck.too_slow],
    }
    for name in (WHOLE, SHARE):
        settings.register_profile(name, settings.default, **said)
    settings.load_profile(SHARE)


def share(function: Any) -> None:
    """Let a test draw its share, if that is what is drawn; once, however many items are made of it."""
    if (
        settings.get_current_profile_name() != SHARE
        or not hasattr(function, "hypothesis")
        or function in _seen
    ):
        return
    _seen.add(function)
    said = getattr(function, SETTINGS, None) or settings()
    setattr(function, SETTINGS, settings(said, max_examples=number(said)))


def number(said: settings) -> int:
    """How many are drawn of those that are named."""
    named = said.max_examples
    return named if said.derandomize else max(named // PART, min(named, AT_LEAST))
