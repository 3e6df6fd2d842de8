"""A person sets a new password with a code. Whatever is wrong is answered alike, and counted before it is looked at."""

import hmac
from datetime import datetime

from django.db import transaction

from fieldcast.accounts import operations as accounts_operations
from fieldcast.accounts import queries as accounts
from fieldcast.accounts.phones import normalise_phone
from fieldcast.recovery import told
from fieldcast.recovery.models import ResetCode, WrongTry
from fieldcast.recovery.operations import codes, limited
from fieldcast.recovery.problems import WrongCode
from fieldcast.recovery.types import MOST_TRIES, Ending

NOBODY = 0  # for a number of nobody's the same is asked of the database as for any other


def use_code(*, phone: str, code: str, password: str, address: str, now: datetime) -> None:
    """Set a new password for whoever has this number and this code, and sign out everything of theirs.

    Sent once more with the same password, it is done already. It is no part of a transaction that is undone when it
    raises, since the wrong try must stay counted. Raises `BadPhone`, Django's `ValidationError` for a weak password,
    `TooManyCodes` and `WrongCode`.
    """
    try:
        number = normalise_phone(phone)
    except ValueError:
        raise accounts_operations.BadPhone from None
    accounts_operations.check_password(phone=number, password=password)
    limited.count(limited.TRIES_OF_ADDRESS, who=address, now=now)
    limited.count(limited.TRIES_AT_NUMBER, who=f"{limited.number(number)} {address}", now=now)
    with transaction.atomic():
        done = _use(number, codes.plain(code), password, now=now)
    if not done:
        raise WrongCode


def _use(number: str, code: str, password: str, *, now: datetime) -> bool:
    person = accounts_operations.lock_person_by_phone(phone=number)
    person_id = person.pk if person is not None else NOBODY
    row = codes.open_code(person_id=person_id, now=now)
    if row is None:
        used = codes.last_used(person_id=person_id, now=now)
        return bool(used and person and _fits(used, code) and person.check_password(password))
    if not _fits(row, code):
        WrongTry.objects.create(code=row, at=now)
        if row.tries.count() >= MOST_TRIES:
            codes.end(row, how=Ending.TRIES, now=now)
        return False
    if not accounts.may_be_helped(person_id=person_id):  # closed, or an officer by now
        return False
    codes.end(row, how=Ending.USED, now=now)
    accounts_operations.replace_password(person_id=person_id, password=password, now=now)
    told.password_changed(row, now=now)
    return True


def _fits(row: ResetCode, code: str) -> bool:
    return hmac.compare_digest(row.code_hash, codes.hash_of(row.person_id, code))
