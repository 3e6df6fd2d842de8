"""A run draws a share of the examples that a test names, and the whole when it is told to."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests import examples


@pytest.mark.parametrize(("named", "drawn"), [(4, 4), (10, 10), (25, 10), (100, 20), (300, 60)])
def test_a_share_is_a_fifth_and_of_a_few_all(named: int, drawn: int) -> None:
    assert examples.number(settings(max_examples=named, derandomize=False)) == drawn


def test_who_draws_the_same_ones_every_time_draws_them_all() -> None:
    assert examples.number(settings(max_examples=60, derandomize=True)) == 60


@pytest.mark.parametrize("_however_many_items", range(2))
def test_a_test_draws_its_share_whatever_its_examples_by_hand(_however_many_items: int) -> None:
    seen: list[int] = []

    @settings(max_examples=200, database=None)
    @given(st.integers(0, 10**9))
    @example(-1)
    def draw(value: int) -> None:
        seen.append(value)

    for _item in range(2):
        examples.share(draw)
    draw()
    whole = settings.get_current_profile_name() == examples.WHOLE
    assert seen[0] == -1
    assert len(seen) == 1 + (200 if whole else 40)


def test_every_run_draws_its_own() -> None:
    assert settings.default is not None
    assert not settings.default.derandomize
