"""Wrong passwords are slowed, on every page that takes one, without shutting an owner out.

What always holds: every password is counted before it is tried, wherever it is typed. Whoever comes from a device or an
address from which the number signed in before is counted by that device or address alone, so nothing a stranger does
elsewhere changes anything for him. All strangers together get so many guesses an hour at one number, then one a minute.
"""

import math
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from fieldcast.accounts import limits
from fieldcast.accounts.limits import Rate, Spent
from fieldcast.accounts.models import FamiliarAddress, Person
from fieldcast.accounts.phones import normalise_phone
from fieldcast.kit.errors import Problem
from fieldcast.kit.fields import blind_index

BY_DEVICE: Final = Rate("password, number and device", 10, timedelta(minutes=5))
BY_PLACE: Final = Rate("password, number and address", 5, timedelta(minutes=5))
BY_ADDRESS: Final = Rate("password, address", 60, timedelta(minutes=10))
BY_STRANGERS: Final = Rate("password, number", 20, timedelta(hours=1))
BY_STRANGERS_THEN: Final = Rate("password, number, slowly", 1, timedelta(minutes=1))
ADDRESSES_KEPT: Final = 20
FORGOTTEN_AFTER: Final = timedelta(days=180)
A_MARK: Final = re.compile(r"[0-9a-f]{64}")


class TooManyTries(Problem):
    """Too many passwords were tried; says how long to wait."""

    code = "too_many_tries"
    status = 429
    sentence = _("Too many wrong passwords were tried.")
    next_step = ngettext_lazy(
        "Try again in %(minutes)s minute. Where you have signed in before, others’ tries do not count.",
        "Try again in %(minutes)s minutes. Where you have signed in before, others’ tries do not count.",
        "minutes",
    )


@dataclass(frozen=True)
class Attempt:
    """Whose password is tried, by the number's keyed hash, from which address and, if it is known here, device."""

    number: str
    address: str
    device: str | None


def number_mark(typed: str) -> str:
    """The keyed hash of what was typed as a number; Django's own form asks for the hash itself."""
    if A_MARK.fullmatch(typed):
        return typed
    try:
        return blind_index(normalise_phone(typed))
    except ValueError:
        return blind_index(typed)


def begin(*, attempt: Attempt, now: datetime) -> tuple[Spent, ...]:
    """Count one password before it is tried; what is returned is given back if it was the right one.

    Raises `TooManyTries`.
    """
    place = f"{attempt.number} {attempt.address}"
    if attempt.device is not None:
        return _count([(BY_DEVICE, f"{attempt.number} {attempt.device}")], now)
    if is_familiar(number=attempt.number, address=attempt.address):
        return _count([(BY_PLACE, place)], now)
    spent = _count([(BY_PLACE, place), (BY_ADDRESS, attempt.address)], now)
    strangers = limits.spend(rate=BY_STRANGERS, who=attempt.number, now=now)
    if not strangers.granted:
        return (*spent, *_count([(BY_STRANGERS_THEN, attempt.number)], now))
    return (*spent, strangers)


def _count(rates: list[tuple[Rate, str]], now: datetime) -> tuple[Spent, ...]:
    spent = []
    for rate, who in rates:
        one = limits.spend(rate=rate, who=who, now=now)
        if not one.granted:
            seconds = one.wait(now)
            raise TooManyTries(minutes=math.ceil(seconds / 60), seconds=seconds)
        spent.append(one)
    return tuple(spent)


def is_familiar(*, number: str, address: str) -> bool:
    """Did this number sign in from this address before?"""
    return FamiliarAddress.objects.filter(
        person__phone_hash=number, address_hash=blind_index(address)
    ).exists()


def succeeded(*, person: Person, address: str, spent: tuple[Spent, ...], now: datetime) -> None:
    """The password was right: it counts for nothing, and the address is remembered. The oldest are forgotten."""
    with transaction.atomic():
        limits.give_back(spent=spent, now=now)
        FamiliarAddress.objects.update_or_create(
            person=person, address_hash=blind_index(address), defaults={"seen_at": now}
        )
        mine = FamiliarAddress.objects.filter(person=person)
        newest = list(mine.order_by("-seen_at").values_list("id", flat=True)[:ADDRESSES_KEPT])
        mine.exclude(id__in=newest).delete()
        mine.filter(seen_at__lt=now - FORGOTTEN_AFTER).delete()
