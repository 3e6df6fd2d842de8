"""A clock that stands at the moment the factories live in, so that holds and countdowns are the same on every day."""

from collections.abc import Callable
from datetime import datetime

import pytest

from tests.factories.accounts import NOW

Turn = Callable[[datetime], None]


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Turn:
    """The platform's clock stands at the factories' `NOW`; call it to turn it to another moment."""

    def turn(now: datetime) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: now)

    turn(NOW)
    return turn
