"""Parameters of the game out of records: right on known data, honest about what the records cannot tell."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.estimate import FEWEST, UNTEMPTED, Estimates, Records, estimate

TRUE = {"C": 15.0, "imposed": 31.25, "collection": 0.8, "F": 25.0, "L": 10.0, "gain": 12.0}
HONESTY, SUPERVISION = 1 - 15 / 35, 12 / 25


def synthetic(rng: np.random.Generator, n: int, *, fine: float = 25.0, missing: float = 0.0) -> Records:
    """Records of a game with C = 15, F = `fine`, L = 10 and H1 − H2 = 12, skewed as such figures are."""

    def gappy(column: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.where(rng.random(n) < missing, np.nan, column)

    imposed = rng.gamma(4, fine / 0.8 / 4, n)
    return Records(
        audit_hours=gappy(rng.gamma(4, 0.5, n)),
        audit_costs=rng.gamma(2, 2.5, n),
        hour_value=5.0,
        penalties_imposed=imposed,
        penalties_collected=gappy(imposed * rng.beta(8, 2, n)),
        refunds=rng.gamma(2, 3, n),
        lost_repeat_purchases=gappy(rng.gamma(2, 2, n)),
        honest_margins=rng.normal(30, 5, n),
        dishonest_margins=gappy(rng.normal(42, 5, n)),
    )


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    trials = 200
    held = dict.fromkeys([*TRUE, "honesty", "supervision"], 0)
    for seed in range(trials):
        found = estimate(synthetic(np.random.default_rng(seed), 40, missing=0.1), seed=seed, resamples=400)
        spans = {name: (parameter.interval, TRUE[name]) for name, parameter in found.parameters.items()}
        spans |= {"honesty": (found.honesty, HONESTY), "supervision": (found.supervision, SUPERVISION)}
        for name, (span, truth) in spans.items():
            held[name] += span.low <= truth <= span.high
    # 95% intervals; 200 trials scatter by 1.5%, and skewed data cost percentile intervals some more.
    assert {name: count / trials for name, count in held.items() if not 0.9 <= count / trials <= 0.995} == {}


def test_many_records_come_close_to_the_truth() -> None:
    found = estimate(synthetic(np.random.default_rng(0), 20_000, missing=0.2), seed=0, resamples=200)

    for name, truth in TRUE.items():
        assert found.parameters[name].interval.value == pytest.approx(truth, rel=0.02)
    assert found.honesty.value == pytest.approx(HONESTY, abs=0.01)
    assert found.supervision.value == pytest.approx(SUPERVISION, abs=0.01)
    assert found.regimes == {"mixed": 1.0}
    assert found.tells


def test_estimates_are_the_means_of_the_known_rows() -> None:
    nan = np.nan
    found = estimate(
        Records.of(
            hour_value=10,
            audit_hours=[1, 2, nan, 3],
            audit_costs=[5, nan, 5, 15],
            penalties_imposed=[10, 30, 50],
            penalties_collected=[10, 10, nan],
            refunds=[4, 6],
            lost_repeat_purchases=[1, 3],
            honest_margins=[20, 22],
            dishonest_margins=[31, 33, nan],
        ),
        seed=1,
    )
    values = {name: parameter.interval.value for name, parameter in found.parameters.items()}

    assert values == {"C": 30, "imposed": 20, "collection": 0.5, "F": 10, "L": 7, "gain": 11}
    assert {name: (p.records, p.missing) for name, p in found.parameters.items()} == {
        "C": (2, 2),
        "imposed": (2, 1),
        "collection": (2, 1),
        "F": (2, 1),
        "L": (2, 0),
        "gain": (2, 1),
    }


@given(st.lists(st.integers(0, 39), max_size=20, unique=True))
@settings(max_examples=20, deadline=None)
def test_a_row_with_a_figure_missing_counts_as_if_it_were_not_there(gaps: list[int]) -> None:
    full = synthetic(np.random.default_rng(3), 40)
    collected = full.penalties_collected.copy()
    collected[gaps] = np.nan
    holed = estimate(replace(full, penalties_collected=collected), seed=7, resamples=100)
    cut = estimate(
        replace(
            full,
            penalties_imposed=np.delete(full.penalties_imposed, gaps),
            penalties_collected=np.delete(full.penalties_collected, gaps),
        ),
        seed=7,
        resamples=100,
    )

    assert holed.honesty == cut.honesty
    assert holed.parameters["F"].interval == cut.parameters["F"].interval
    assert holed.parameters["F"].missing == len(gaps)


def test_an_open_penalty_is_not_a_penalty_of_zero() -> None:
    full = synthetic(np.random.default_rng(3), 40)
    half = np.where(np.arange(40) < 20, np.nan, full.penalties_collected)
    zero = np.where(np.arange(40) < 20, 0.0, full.penalties_collected)

    unknown = estimate(replace(full, penalties_collected=half), seed=1).parameters["collection"].interval
    unpaid = estimate(replace(full, penalties_collected=zero), seed=1).parameters["collection"].interval
    assert unknown.value == pytest.approx(0.8, abs=0.05)
    assert unpaid.value < 0.5


def test_the_same_seed_gives_the_same_answer_and_another_one_almost() -> None:
    records = synthetic(np.random.default_rng(5), 60)
    first, again, other = (estimate(records, seed=seed) for seed in (1, 1, 2))

    assert first == again
    assert first.honesty != other.honesty
    assert first.honesty.low == pytest.approx(other.honesty.low, abs=0.03)


def test_records_that_fit_two_regimes_cannot_tell() -> None:
    found = estimate(synthetic(np.random.default_rng(1), 40, fine=13.0), seed=1)

    assert not found.tells
    assert set(found.regimes) == {"mixed", "undeterrable_supervised"}
    assert sum(found.regimes.values()) == pytest.approx(1)
    assert "cannot tell" in found.sentence.en
    assert "Fine too low to deter" in found.sentence.en
    assert "说不准" in found.sentence.zh
    assert "罚不住" in found.sentence.zh


def test_too_few_records_cannot_tell_whatever_they_say() -> None:
    found = estimate(synthetic(np.random.default_rng(1), FEWEST - 1), seed=1)

    assert not found.tells
    assert f"at least {FEWEST} of each kind are needed" in found.sentence.en
    assert "penalties (9)" in found.sentence.en
    assert "记录太少" in found.sentence.zh
    assert "罚金（9 条）" in found.sentence.zh


def test_a_table_nobody_keeps_leaves_honesty_unknown_and_the_rest_known() -> None:
    full = synthetic(np.random.default_rng(1), 40)
    none: NDArray[np.float64] = np.empty(0)
    found = estimate(replace(full, refunds=none, lost_repeat_purchases=none), seed=1)

    assert np.isnan([found.parameters["L"].interval.value, found.honesty.value, found.honesty.low]).all()
    assert found.parameters["F"].interval.value > 0
    assert found.regimes == {}
    assert not found.tells
    assert "refunds and lost repeat purchases (0)" in found.sentence.en


def test_one_record_has_a_value_and_no_interval() -> None:
    found = estimate(Records.of(hour_value=5, audit_hours=[2], audit_costs=[3]), seed=1)
    span = found.parameters["C"].interval

    assert span.value == 13
    assert np.isnan([span.low, span.high]).all()


def test_no_penalty_ever_imposed_leaves_the_share_collected_unknown() -> None:
    full = synthetic(np.random.default_rng(1), 40)
    found = estimate(replace(full, penalties_imposed=np.zeros(40), penalties_collected=np.zeros(40)), seed=1)

    assert np.isnan(found.parameters["collection"].interval.value)
    assert found.parameters["F"].interval.value == 0
    assert found.regimes["undeterrable_unsupervised"] > 0.95  # C = 15 against L = 10
    assert found.honesty.value == 0


def test_where_dishonesty_brings_nothing_the_host_is_honest_unwatched() -> None:
    full = synthetic(np.random.default_rng(1), 40)
    found = estimate(replace(full, dishonest_margins=full.honest_margins - 10), seed=1)

    assert found.regimes == {UNTEMPTED: 1.0}
    assert found.honesty.value == 1
    assert found.supervision.value == 0
    assert "Dishonesty brings the host nothing" in found.sentence.en
    assert "不诚信没有好处" in found.sentence.zh


def test_the_sentence_gives_the_same_figures_in_both_languages() -> None:
    found = estimate(synthetic(np.random.default_rng(1), 200, missing=0.05), seed=1)

    def figures(sentence: str) -> list[str]:
        kept = "".join(c if c.isdigit() or c == "." else " " for c in sentence)
        return [part.strip(".") for part in kept.split() if part.strip(".")]

    assert found.tells
    assert sorted(figures(found.sentence.en)) == sorted(figures(found.sentence.zh))
    assert "left out, not counted as zero" in found.sentence.en
    assert "没有当成零" in found.sentence.zh


def test_a_wider_interval_is_surer() -> None:
    records = synthetic(np.random.default_rng(2), 60)

    def width(found: Estimates) -> float:
        return found.honesty.high - found.honesty.low

    assert width(estimate(records, seed=1, confidence=0.99)) > width(
        estimate(records, seed=1, confidence=0.8)
    )


@pytest.mark.parametrize(
    ("changes", "parameter"),
    [
        ({"audit_hours": [1.0, np.inf]}, "audit_hours"),
        ({"audit_costs": [1.0, -1.0]}, "audit_costs"),
        ({"audit_costs": [1.0]}, "audit_costs"),
        ({"penalties_collected": [1.0, 99.0]}, "penalties_collected"),
        ({"refunds": [[1.0], [2.0]]}, "refunds"),
        ({"refunds": ["much", "little"]}, "refunds"),
        ({"honest_margins": [np.inf]}, "honest_margins"),
        ({"hour_value": np.nan}, "hour_value"),
        ({"hour_value": -1.0}, "hour_value"),
    ],
)
def test_records_out_of_range_are_refused_by_name(changes: dict[str, object], parameter: str) -> None:
    kept: dict[str, object] = {
        "hour_value": 5.0,
        "audit_hours": [1.0, 2.0],
        "audit_costs": [1.0, 2.0],
        "penalties_imposed": [10.0, 20.0],
        "penalties_collected": [10.0, 20.0],
        "refunds": [1.0, 2.0],
        "lost_repeat_purchases": [1.0, 2.0],
    }
    with pytest.raises(BadParameter) as refused:
        Records.of(**{**kept, **changes})  # type: ignore[arg-type]  # wrong on purpose
    assert refused.value.parameter == parameter
    assert parameter in refused.value.text.zh


def test_margins_may_be_negative_and_missing() -> None:
    records = Records.of(hour_value=0, honest_margins=[-5, None], dishonest_margins=[-1, 3])
    assert estimate(records, seed=1).parameters["gain"].interval.value == 6


@pytest.mark.parametrize(
    ("changes", "parameter"),
    [({"seed": -1}, "seed"), ({"resamples": 99}, "resamples"), ({"confidence": 1.0}, "confidence")],
)
def test_settings_out_of_range_are_refused_by_name(changes: dict[str, float], parameter: str) -> None:
    chosen = {"seed": 1, "resamples": 200, "confidence": 0.9, **changes}
    with pytest.raises(BadParameter) as refused:
        estimate(
            Records.of(hour_value=1),
            seed=int(chosen["seed"]),
            resamples=int(chosen["resamples"]),
            confidence=chosen["confidence"],
        )
    assert refused.value.parameter == parameter
