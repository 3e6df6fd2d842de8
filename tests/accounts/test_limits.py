"""What is counted, is counted once for all processes, and forgotten when its window is over."""

import sys
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection

from fieldcast.accounts import limits
from fieldcast.accounts.limits import Rate
from fieldcast.accounts.models import Limit
from tests.factories.accounts import NOW

pytestmark = pytest.mark.django_db
RATE = Rate("test", 10, timedelta(seconds=10))


def test_what_is_past_the_rate_is_not_granted_until_the_window_is_over() -> None:
    assert [limits.spend(rate=RATE, who="a", now=NOW, amount=4).granted for _time in range(4)] == [4, 4, 2, 0]
    assert limits.spend(rate=RATE, who="b", now=NOW, amount=4).granted == 4
    late = NOW + timedelta(seconds=7)
    assert limits.spend(rate=RATE, who="a", now=late).wait(late) == 3
    assert limits.spend(rate=RATE, who="a", now=NOW + RATE.per).granted == 1


def test_what_is_given_back_was_never_counted() -> None:
    spent = [limits.spend(rate=RATE, who="a", now=NOW) for _time in range(10)]
    limits.give_back(spent=spent[:1], now=NOW)
    assert [limits.spend(rate=RATE, who="a", now=NOW).granted for _time in range(2)] == [1, 0]


def test_counts_that_are_over_are_removed_and_others_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    Limit.objects.all().delete()
    monkeypatch.setattr(limits, "SWEEP_EVERY", sys.maxsize)  # now and then one who spends sweeps: not here
    limits.spend(rate=RATE, who="old", now=NOW - timedelta(hours=1))
    limits.spend(rate=RATE, who="new", now=NOW)
    assert limits.sweep(now=NOW) == 1
    assert [one.key for one in Limit.objects.all()] == [RATE.key("new")]


def test_whom_nobody_counts_is_granted_everything() -> None:
    assert limits.granted(rate=RATE, who=None, now=NOW, amount=1000) == 1000
    assert not Limit.objects.exists()


def test_allauths_own_counts_lie_where_every_process_reads_them() -> None:
    cache.set("counted", [1, 2])
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_cache WHERE cache_key LIKE '%counted'")
        assert cursor.fetchone() == (1,)
    assert cache.get("counted") == [1, 2]
