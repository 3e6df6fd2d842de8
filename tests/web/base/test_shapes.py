"""The picture of where the money went is in proportion, readable, and hides nothing."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from fieldcast.web.shared import shapes

PARTS = st.lists(st.integers(1, 1_000_000), min_size=1, max_size=8)


@given(PARTS)
def test_the_bands_add_up_to_the_whole(amounts: list[int]) -> None:
    drawn = shapes.flow([(f"part {i}", fen) for i, fen in enumerate(amounts)])
    assert drawn.total_fen == sum(amounts) == sum(band.amount_fen for band in drawn.bands)


@given(PARTS)
def test_no_label_lies_on_the_next_and_none_leaves_the_picture(amounts: list[int]) -> None:
    drawn = shapes.flow([("part", fen) for fen in amounts])
    heights = [band.text_y for band in drawn.bands]
    assert all(below - above >= shapes.LABEL_HEIGHT - 6.2 for above, below in pairwise(heights))
    assert all(0 < y <= drawn.height for y in heights)


def test_a_part_that_got_nothing_is_not_drawn() -> None:
    drawn = shapes.flow([("farmer", 100), ("platform", 0), ("refund", -5)])
    assert [band.label for band in drawn.bands] == ["farmer"]


def test_nothing_to_share_is_an_empty_picture() -> None:
    assert shapes.flow([]).bands == ()


def test_a_missing_reading_breaks_the_line_instead_of_touching_zero() -> None:
    assert len(shapes.spark([2.0, 3.0, None, 4.0])) == 2
    assert shapes.spark([None, None]) == []


@given(st.lists(st.floats(-50, 50), min_size=1, max_size=30))
def test_a_line_stays_inside_its_box(values: list[float]) -> None:
    for line in shapes.spark(values):
        for point in line.split():
            x, y = map(float, point.split(","))
            assert 0 <= x <= 290
            assert 0 <= y <= 48
