"""The field key fits the database, or nothing is served: a sealed word tells.

With another key nobody is found by number, the same number registers twice and orders cannot be read; with a new one,
made because the old was lost, it would look as if nothing were wrong. So the first start seals a known word under the
key, and every later one opens it. A database from before the seal is asked whether what it holds can be read.
"""

import binascii
from datetime import datetime
from typing import Final

from cryptography.exceptions import InvalidTag
from django.db import connection
from django.utils.translation import gettext_lazy as _

from fieldcast.accounts.models import FieldKeySeal, Person
from fieldcast.kit.errors import Problem
from fieldcast.kit.fields import decrypt, encrypt, key_fingerprint

WORD: Final = "田播 fieldcast"
ONLY: Final = 1
ENOUGH: Final = 5  # people to ask where there is no seal: one of them could be damaged


class WrongFieldKey(Problem):
    """The field key is not the one this database was written with."""

    code = "wrong_field_key"
    status = 503
    sentence = _("The field key (%(given)s) is not the one this database was written with (%(wanted)s).")
    next_step = _(
        "Put FIELDCAST_FIELD_KEY or HOME/secrets/field-key back from your copy, then start again. Nothing was changed; "
        "without that key nobody's name, phone number or address can be read."
    )


def check() -> None:
    """Raise `WrongFieldKey` when the key in the settings is not the database's. An empty database takes any."""
    tables = set(connection.introspection.table_names())
    if FieldKeySeal._meta.db_table in tables and (seal := FieldKeySeal.objects.first()) is not None:
        if _opened(seal.word) != WORD:
            raise WrongFieldKey(given=key_fingerprint(), wanted=seal.fingerprint)
    elif Person._meta.db_table in tables and not _people_can_be_read():
        raise WrongFieldKey(given=key_fingerprint(), wanted="?")


def seal(*, now: datetime) -> None:
    """Seal the database under the key in the settings, once. Only after `check`."""
    FieldKeySeal.objects.get_or_create(
        id=ONLY, defaults={"word": encrypt(WORD), "fingerprint": key_fingerprint(), "at": now}
    )


def _people_can_be_read() -> bool:
    """True when the phone number of someone can be decrypted, or there is nobody."""
    with connection.cursor() as cursor:  # as it is stored: a field of the model would decrypt it
        cursor.execute("SELECT phone FROM accounts_person WHERE phone <> '' ORDER BY id LIMIT %s", [ENOUGH])
        stored = [phone for (phone,) in cursor.fetchall()]
    return not stored or any(_opened(phone) is not None for phone in stored)


def _opened(stored: str) -> str | None:
    try:
        return decrypt(stored)
    except (InvalidTag, binascii.Error, ValueError):
        return None
