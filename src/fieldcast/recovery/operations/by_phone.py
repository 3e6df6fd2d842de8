"""A code is asked for by number, and sent by a worker to whoever has that number: the page never learns whether anybody
does, and takes as long for everyone.
"""

import logging
import secrets
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from fieldcast.accounts import operations as accounts_operations
from fieldcast.accounts import queries as accounts
from fieldcast.accounts import tries
from fieldcast.accounts.phones import normalise_phone
from fieldcast.inbox import ways
from fieldcast.recovery import told
from fieldcast.recovery.models import CodeAsk
from fieldcast.recovery.operations import codes, limited
from fieldcast.recovery.problems import NoWayToPhones
from fieldcast.recovery.types import DIGITS

log = logging.getLogger(__name__)

AT_ONCE: Final = 20
AGAIN: Final = timedelta(seconds=20)
GIVEN_UP: Final = timedelta(minutes=5)


def ask_for_code(*, phone: str, address: str, now: datetime) -> None:
    """Have a code sent to this number, if somebody of ours has it. What is answered is the same for every number.

    Raises `NoWayToPhones`, `BadPhone`, and `TooManyCodes`: three an hour for a number from one address, thirty from an
    address, and twelve for a number from all addresses together from which it has not signed in before.
    """
    if ways.to_phones(settings.INBOX_WAYS) is None:
        raise NoWayToPhones
    try:
        number = normalise_phone(phone)
    except ValueError:
        raise accounts_operations.BadPhone from None
    _count(limited.number(number), address, now)
    CodeAsk.objects.create(phone=number, asked_at=now, not_before=now)


def _count(number: str, address: str, now: datetime) -> None:
    """As many statements for every number, known here or not: how long it takes tells nobody anything."""
    limited.count(limited.ASKS_OF_ADDRESS, who=address, now=now)
    here = f"{number} {address}"
    limited.count(limited.ASKS_AT_PLACE, who=here, now=now)
    familiar = tries.is_familiar(number=number, address=address)
    limited.count(limited.ASKS_OF_STRANGERS, who=here if familiar else number, now=now)


def send_codes(*, now: datetime, limit: int = AT_ONCE) -> int:
    """Send codes that were asked for; returns how many went. A number of nobody's, or of an officer's, gets none.

    One that could not go (`OSError`) is tried again for five minutes, each time with another code.
    """
    due = CodeAsk.objects.filter(not_before__lte=now).order_by("not_before").values_list("id", flat=True)
    return sum(_send(ask_id, now=now) for ask_id in list(due[:limit]))


def _send(ask_id: int, *, now: datetime) -> int:
    send = ways.to_phones(settings.INBOX_WAYS)
    with transaction.atomic():
        ask = CodeAsk.objects.select_for_update(skip_locked=True).filter(id=ask_id).first()
        if ask is None:  # another worker has it
            return 0
        if send is None or ask.asked_at <= now - GIVEN_UP:
            ask.delete()
            return 0
        person = accounts_operations.lock_person_by_phone(phone=ask.phone)
        if person is None or not accounts.may_be_helped(person_id=person.pk):
            ask.delete()
            return 0
        standing = codes.open_code(person_id=person.pk, now=now)
        if standing is not None and standing.centre_id is not None:
            ask.delete()  # whoever knows the number alone must not end what somebody was handed
            return 0
        code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
        try:
            with transaction.atomic():
                told.code_made(codes.write(person_id=person.pk, code=code, now=now), now=now)
                send(ask.phone, _words(code))
        except OSError as failed:  # the code that did not go is undone, and the one before it is open again
            log.warning("a code could not be sent to person %s: %s", person.pk, failed)
            CodeAsk.objects.filter(id=ask_id).update(not_before=now + AGAIN)
            return 0
        ask.delete()
    return 1


def _words(code: str) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        said = _(
            "Fieldcast: %(code)s is your code for a new password, good for a quarter of an hour. Give it to nobody."
        )
    return said % {"code": code}
