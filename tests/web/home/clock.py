"""A clock that stands at the moment the factories live in, so that holds and countdowns are the same on every day."""

from collections.abc import Callable
from datetime import datetime

import pytest

from tests.factories.accounts import NOW

SetClock = Callable[[datetime], None]


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """Turns the platform's clock to a moment; it stands at `NOW` until then."""

    def turn(now: datetime) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: now)

    turn(NOW)
    return turn
