"""A stall whose terms name the host's bond and a penalty, and an officer of its county."""

from collections.abc import Iterator

import pytest

from fieldcast.accounts.models import Person
from tests.factories.bonds import terms_name
from tests.factories.cover import make_officer
from tests.factories.market import Stall
from tests.factories.trade import Sale, make_sale


@pytest.fixture
def sale() -> Iterator[Sale]:
    with terms_name():
        yield make_sale()


@pytest.fixture
def stall(sale: Sale) -> Stall:
    return sale.stall


@pytest.fixture
def officer(stall: Stall) -> Person:
    return make_officer(stall.county_id)
