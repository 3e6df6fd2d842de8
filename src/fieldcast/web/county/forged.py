"""Forged notices in words: all in one provider's name are one entry, however many came."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Sentence
from fieldcast.trade.payments.forged.types import KEPT_FOR, NO_PROVIDER, REHEARSAL, ForgedRun
from fieldcast.web.county.words import provider_name
from fieldcast.web.shared.words import full_time, quantity

REASONS: Final[dict[str, Sentence]] = {
    "bad_signature": _("The signature does not fit"),
    "stale": _("Signed too long ago"),
    "unknown_key": _("Signed with a key nobody knows"),
    "malformed": _("No signature that can be read"),
    "too_large": _("Too large"),
    "unknown_provider": _("Sent to an address of no provider"),
    "amount_differs": _("Another amount than ours"),
    "unknown_payment": _("A payment we do not know"),
    "unknown_refund": _("A refund we do not know"),
    "unreadable": _("It cannot be read"),
    "unknown_event": _("It tells of something we do not know"),
    "impossible_time": _("Its time cannot be"),
}


@dataclass(frozen=True)
class Entry:
    """One entry of the list: what came and when, how much of it can be read; `reasons` are words and counts."""

    title: str
    kept: str
    reasons: tuple[tuple[str, str], ...]


def entries(runs: Iterable[ForgedRun]) -> tuple[Entry, ...]:
    """Each provider's forged notices as one entry."""
    return tuple(_entry(run) for run in runs)


def reason_words(code: str) -> str:
    """Why a notice was not believed or not used; a code we do not know as it was written."""
    return str(REASONS.get(code, code))


def _entry(run: ForgedRun) -> Entry:
    said = {"n": quantity(run.count), "when": _when(run)}
    if run.provider == NO_PROVIDER:
        title = ngettext(
            "%(n)s notice to an address of no provider, %(when)s",
            "%(n)s notices to an address of no provider, %(when)s",
            run.count,
        )
    elif run.provider == REHEARSAL:
        title = ngettext(
            "%(n)s notice that a rehearsal forged to see it refused, %(when)s",
            "%(n)s notices that a rehearsal forged to see them refused, %(when)s",
            run.count,
        )
    else:
        title = ngettext(
            "%(n)s forged notice from “%(name)s”, %(when)s",
            "%(n)s forged notices from “%(name)s”, %(when)s",
            run.count,
        )
    kept = gettext("%(n)s of them can be read below. Each ends %(days)s days after it came.")
    most_first = sorted(run.reasons.items(), key=lambda found: -found[1])
    return Entry(
        title=title % {**said, "name": provider_name(run.provider)},
        kept=kept % {"n": quantity(run.kept), "days": KEPT_FOR.days},
        reasons=tuple((reason_words(code), quantity(count)) for code, count in most_first),
    )


def _when(run: ForgedRun) -> str:
    """From the first to the last; one time where both are written alike."""
    first, last = full_time(run.first_at), full_time(run.last_at)
    return first if first == last else gettext("%(from)s to %(until)s") % {"from": first, "until": last}
