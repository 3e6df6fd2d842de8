"""The lock of an agreement's bonds: whoever fills, draws or gives back takes it, so that a yuan is counted once."""

from collections.abc import Iterable

from django.db import connection

_LOCK = """
SELECT pg_advisory_xact_lock(hashtextextended('fieldcast.bonds:' || id, 0))
FROM (SELECT unnest(%s::bigint[]) AS id ORDER BY id) agreements
"""


def lock(*, agreement_ids: Iterable[int]) -> None:
    """Take the bonds of agreements until the transaction ends, in the order of their ids, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [sorted(set(agreement_ids))])
