"""Bars over time: none is left out, so that days far apart stand far apart."""

from pathlib import Path

import pytest

import fieldcast.web
from fieldcast.web.coop.spans import MOST_BARS, Span, bars
from fieldcast.web.templatetags.fieldcast import figure_size

STYLES = Path(fieldcast.web.__file__).parent / "static/fieldcast"


def test_days_without_orders_are_bars_of_nothing() -> None:
    found = bars([("2026-05-01", 100), ("2026-05-04", 300)])
    assert found.span == Span.DAY
    assert found.sums == (100, 0, 0, 300)


def test_days_years_apart_are_months_with_the_gap_between_them() -> None:
    found = bars([("2020-02-28", 100), ("2020-02-29", 50), ("2026-11-12", 300)])
    assert (found.span, len(found.names)) == (Span.MONTH, 82)
    assert (found.names[0], found.sums[0], found.names[-1], found.sums[-1]) == (
        "2020-02",
        150,
        "2026-11",
        300,
    )
    assert sum(found.sums) == 450


def test_there_are_never_more_bars_than_can_be_told_apart() -> None:
    found = bars([("2003-01-01", 1), ("2026-11-12", 2)])
    assert found.span == Span.YEAR
    assert len(found.names) <= MOST_BARS
    assert bars([]) == (Span.DAY, (), ())


@pytest.mark.parametrize(
    ("figure", "size"),
    [("¥286,412", "num-xl"), ("¥572,335.92", "num-l"), ("¥2,474,823.07", "num-m"), ("¥12,345,678.90", "num-m"),
     ("¥123,456,789.01", "num-s"), (None, "num-xl"), (28010, "num-xl")],
)  # fmt: skip
def test_a_long_figure_is_smaller_instead_of_broken(figure: object, size: str) -> None:
    assert figure_size(figure) == size


def test_no_style_lets_a_number_break() -> None:
    rules = [rule for path in STYLES.rglob("*.css") for rule in path.read_text().split("}") if ".num" in rule]
    assert [rule for rule in rules if "anywhere" in rule or "white-space: normal" in rule] == []
