"""Figures as the sentences of clauses say them, in the active language."""

from django.utils.translation import ngettext

from fieldcast.kit.money import yuan

SECONDS = {"minutes": 60, "hours": 3600, "days": 86400}


def money(fen: int) -> str:
    """Fen as `¥39.80`."""
    return f"−¥{yuan(-fen)}" if fen < 0 else f"¥{yuan(fen)}"


def percent(basis_points: int) -> str:
    """Basis points as `35%`."""
    return f"{basis_points / 100:g}%"


def seconds(count: int) -> str:
    """A number of seconds, as bounds are said."""
    return ngettext("%(count)s second", "%(count)s seconds", count) % {"count": f"{count:,}"}


def duration(count: int) -> str:
    """Seconds as people say them: 7 days, 3 minutes."""
    number, unit = split_duration(count)
    words = {
        "days": ngettext("%(n)s day", "%(n)s days", number),
        "hours": ngettext("%(n)s hour", "%(n)s hours", number),
        "minutes": ngettext("%(n)s minute", "%(n)s minutes", number),
    }
    return words[unit] % {"n": number}


def split_duration(count: int) -> tuple[int, str]:
    """The largest unit that takes seconds whole; what is less than a minute counts as one begun."""
    for unit in ("days", "hours"):
        if count and count % SECONDS[unit] == 0:
            return count // SECONDS[unit], unit
    return -(-count // 60), "minutes"
