"""Sobol indices: the analytic ones of known functions, intervals that hold them, and the same from the same seed."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from scipy.stats import norm

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.paper import ORDINARY
from fieldcast.science.games.sensitivity import Model, SobolIndices, sobol
from fieldcast.science.games.sensitivity.model import Floats

A, B = 7.0, 0.1


def ishigami(p: Mapping[str, Floats]) -> Floats:
    return np.sin(p["x1"]) + A * np.sin(p["x2"]) ** 2 + B * p["x3"] ** 4 * np.sin(p["x1"])


ISHIGAMI = Model(function=ishigami, base={"x1": 0.0, "x2": 0.0, "x3": 0.0})
AROUND = dict.fromkeys(ISHIGAMI.base, (-np.pi, np.pi))
ALONE = [(1 + B * np.pi**4 / 5) ** 2 / 2, A**2 / 8, 0.0]
TOGETHER = B**2 * np.pi**8 * (1 / 18 - 1 / 50)
VARIANCE = sum(ALONE) + TOGETHER
FIRST = np.array(ALONE) / VARIANCE
TOTAL = FIRST + np.array([TOGETHER, 0, TOGETHER]) / VARIANCE


def of_ishigami(*, seed: int = 3, n: int = 4096) -> SobolIndices:
    return sobol(ISHIGAMI, ranges=AROUND, seed=seed, n=n)


def test_ishigamis_indices_are_the_analytic_ones() -> None:
    found = of_ishigami()
    assert found.first == pytest.approx(FIRST, abs=0.03)
    assert found.total == pytest.approx(TOTAL, abs=0.03)
    assert found.mean == pytest.approx(A / 2, abs=0.01)
    assert found.variance == pytest.approx(VARIANCE, rel=0.02)
    assert found.evaluations == 4096 * 5


def test_the_intervals_hold_the_analytic_indices_and_shrink_with_more_points() -> None:
    widths = []
    for n in (512, 8192):
        found = of_ishigami(n=n)
        for interval, exact in ((found.first_interval, FIRST), (found.total_interval, TOTAL)):
            assert (interval[:, 0] <= exact).all()
            assert (exact <= interval[:, 1]).all()
        widths.append(np.ptp(found.total_interval, axis=1))
    assert (widths[1] < widths[0] / 2).all()


def test_the_same_seed_gives_the_same_indices_and_another_gives_others() -> None:
    one, again, other = of_ishigami(n=64), of_ishigami(n=64), of_ishigami(n=64, seed=4)
    for name in ("first", "total", "first_interval", "total_interval"):
        np.testing.assert_array_equal(getattr(one, name), getattr(again, name))
        assert (getattr(one, name) != getattr(other, name)).any()


def test_in_a_sum_first_and_total_agree_and_are_the_shares_of_variance() -> None:
    weights = {"a": 1.0, "b": 2.0, "c": 3.0}
    model = Model(function=lambda p: p["a"] + 2 * p["b"] + 3 * p["c"], base=weights)
    found = sobol(model, ranges=dict.fromkeys(weights, (0, 1)), seed=1, n=4096)
    exact = np.array([1, 4, 9]) / 14
    assert found.first == pytest.approx(exact, abs=0.01)
    assert found.total == pytest.approx(exact, abs=0.01)


def test_other_distributions_enter_by_their_quantiles() -> None:
    model = Model(function=lambda p: p["a"] + p["b"], base={"a": 0.0, "b": 0.0})
    found = sobol(model, ranges={"a": norm(scale=2).ppf, "b": (-1, 1)}, seed=1, n=4096)
    assert found.total == pytest.approx([4 / (4 + 1 / 3), (1 / 3) / (4 + 1 / 3)], abs=0.01)


def test_what_honesty_does_not_depend_on_has_no_share_in_it() -> None:
    ranges = {"C": (5, 30), "F": (8, 40), "L": (0, 20), "G": (0, 100), "R2": (0, 130)}
    found = sobol(Model.of_game(ORDINARY, "honesty"), ranges=ranges, seed=5, n=512)
    shares = dict(zip(found.parameters, found.total, strict=True))
    assert shares["G"] == shares["R2"] == 0
    assert min(shares["C"], shares["F"], shares["L"]) > 0.02


def test_an_outcome_that_never_varies_has_no_shares() -> None:
    found = sobol(Model.of_game(ORDINARY, "honesty"), ranges={"G": (0, 1)}, seed=1, n=16)
    assert np.isnan([found.first, found.total]).all()
    assert np.isnan(found.total_interval).all()
    assert found.variance == 0


@pytest.mark.parametrize(
    ("change", "parameter"),
    [
        ({"n": 1000}, "n"),
        ({"n": 1}, "n"),
        ({"resamples": 1}, "resamples"),
        ({"confidence": 1.0}, "confidence"),
        ({"ranges": {}}, "ranges"),
        ({"ranges": {"x9": (0, 1)}}, "x9"),
        ({"ranges": {"x1": (1, 0)}}, "x1"),
        ({"ranges": {"x1": (0, float("inf"))}}, "x1"),
    ],
)
def test_a_sample_that_cannot_be_drawn_is_refused(change: dict[str, Any], parameter: str) -> None:
    arguments: dict[str, Any] = {"ranges": AROUND, "seed": 1, "n": 16, **change}
    with pytest.raises(BadParameter) as refused:
        sobol(ISHIGAMI, **arguments)
    assert refused.value.parameter == parameter


def test_a_range_that_breaks_the_games_assumptions_names_the_parameter() -> None:
    with pytest.raises(BadParameter) as refused:
        sobol(Model.of_game(ORDINARY, "honesty"), ranges={"H2": (0, 40)}, seed=1, n=16)
    assert refused.value.parameter == "H2"
