"""When repeated supervision keeps a host honest: the closed forms against the host's problem solved by brute force."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.reputation import RepeatedSupervision
from fieldcast.science.games.supervision import SupervisionGame

POVERTY = SupervisionGame(R1=140, R2=130, C=30, F=10, L=10, G=50, H1=20, H2=8)
hosts: st.SearchStrategy[dict[str, float]] = st.builds(
    dict,
    gain=st.floats(0.5, 30),
    honest_pay=st.one_of(st.just(0.0), st.floats(0.5, 40)),
    fine=st.floats(0, 30),
    detection=st.floats(0.02, 1),
    discount=st.floats(0.05, 0.9),
    ban=st.one_of(st.integers(0, 6), st.just(math.inf)),
    outside=st.one_of(st.just(0.0), st.floats(-20, -0.5)),
    collected=st.one_of(st.just(0.0), st.floats(0.05, 1)),
)


def best_by_value_iteration(host: dict[str, float]) -> tuple[float, float]:
    """Values of honesty and of cheating in the free state when the rest is played best.

    The states are free (0) and so many periods of a ban left; a ban for ever is a state of its own.
    """
    h, g, d, q = host["honest_pay"], host["gain"], host["discount"], host["detection"]
    lasting = host["ban"]
    states = 2 if math.isinf(lasting) else int(lasting) + 1
    value = np.zeros(states)
    for _ in range(500):
        honest = h + d * value[0]
        caught = value[-1]  # a fresh ban, or freedom where there is none
        cheating = h + g - q * host["collected"] * host["fine"] + d * ((1 - q) * value[0] + q * caught)
        after = value if math.isinf(lasting) else np.concatenate([[0.0], value[:-1]])
        value = np.concatenate([[max(honest, cheating)], (host["outside"] + d * after)[1:]])
    return honest, cheating


@settings(max_examples=150, deadline=None)
@given(hosts)
def test_honesty_is_optimal_exactly_where_the_margin_says(host: dict[str, float]) -> None:
    found = RepeatedSupervision(**host)
    honest, cheating = best_by_value_iteration(host)
    margin = found.margin
    assert isinstance(margin, float)
    if abs(margin) > 1e-6:
        assert (honest > cheating) == (margin > 0) == found.honest
    if margin > 0:  # with honesty as the rest of the plan, the margin is the difference itself
        assert honest - cheating == pytest.approx(margin, abs=1e-6)


@settings(max_examples=150, deadline=None)
@given(hosts, st.sampled_from(["detection", "fine", "ban", "discount"]))
def test_every_least_value_is_where_honesty_begins(host: dict[str, float], name: str) -> None:
    least = getattr(RepeatedSupervision(**host), f"least_{name}")
    top = {"detection": 1.0, "fine": 1e9, "ban": math.inf, "discount": 1 - 1e-9}[name]
    if math.isnan(least):
        assert RepeatedSupervision(**{**host, name: top}).margin < 1e-4
        return
    if name == "ban":
        assert RepeatedSupervision(**{**host, name: least}).honest
        if 0 < least < math.inf:
            assert not RepeatedSupervision(**{**host, name: least - 1}).honest
        return
    if least > top - 1e-6 and name == "discount":  # too close to one to step beyond it
        return
    step = 1e-6 * max(1.0, least)
    assert RepeatedSupervision(**{**host, name: min(least + step, top)}).margin > -1e-9
    if least > 1e-3:
        assert RepeatedSupervision(**{**host, name: least * (1 - 1e-4)}).margin < 0


def test_the_discount_threshold_has_its_closed_forms() -> None:
    """g = 6, q = 1/2, no fine, h − w = 20: A = 0.6. For ever A/(1+A), one period A, two periods δ + δ² = A."""
    for ban, expected in ((math.inf, 0.375), (1, 0.6), (2, (math.sqrt(1 + 2.4) - 1) / 2)):
        found = RepeatedSupervision(gain=6, honest_pay=20, fine=0, detection=0.5, discount=0.5, ban=ban)
        assert found.least_discount == pytest.approx(expected)


def test_what_no_value_reaches_is_not_a_number() -> None:
    hopeless = RepeatedSupervision(gain=30, honest_pay=10, fine=0, detection=0.5, discount=0.5, ban=1)
    assert math.isnan(hopeless.least_ban)
    assert math.isnan(hopeless.least_discount)
    assert math.isnan(hopeless.least_detection)
    assert hopeless.least_fine == pytest.approx(55)
    unseen = RepeatedSupervision(gain=1, honest_pay=10, fine=5, detection=0, discount=0.9, ban=math.inf)
    for name in ("fine", "ban", "discount"):
        assert math.isnan(getattr(unseen, f"least_{name}"))


def test_only_a_ban_for_ever_will_do_where_it_just_deters() -> None:
    """A = 1 = δ/(1−δ) at δ = 1/2: every finite ban falls short."""
    found = RepeatedSupervision(gain=5, honest_pay=10, fine=0, detection=0.5, discount=0.5, ban=math.inf)
    assert found.honest
    assert found.least_ban == math.inf
    assert not RepeatedSupervision(gain=5, honest_pay=10, fine=0, detection=0.5, discount=0.5, ban=30).honest


def test_the_poverty_baseline_deters_once_hosts_are_seen_again() -> None:
    """F = 10 < H1 − H2 = 12 deters nobody in one meeting; a ban of two sessions does at a detection of 30%."""
    once = RepeatedSupervision.of(POVERTY, detection=0.3, discount=0.9, ban=0)
    again = RepeatedSupervision.of(POVERTY, detection=0.3, discount=0.9, ban=2)
    assert not once.honest
    assert again.honest
    assert once.least_ban == 2
    assert again.margin == pytest.approx(0.3 * (10 + 30 * (0.9 + 0.81)) - 12)


def test_arrays_answer_cell_by_cell() -> None:
    detection, ban = np.linspace(0.1, 1, 4)[:, None], np.array([0, 1, 5, math.inf])
    many = RepeatedSupervision(gain=12, honest_pay=30, fine=10, detection=detection, discount=0.8, ban=ban)
    for name in ("margin", "honest", "least_detection", "least_fine", "least_ban", "least_discount"):
        found = np.broadcast_to(getattr(many, name), (4, 4))
        for i, j in itertools.product(range(4), range(4)):
            one = RepeatedSupervision(
                gain=12, honest_pay=30, fine=10, detection=detection[i, 0], discount=0.8, ban=ban[j]
            )
            assert found[i, j] == pytest.approx(getattr(one, name), nan_ok=True)


def test_the_sentence_tells_both_sides_and_what_it_would_take() -> None:
    cheats = RepeatedSupervision.of(POVERTY, detection=0.3, discount=0.9, ban=0).sentence
    assert "Cheating pays" in cheats.en
    assert "a ban of at least 2 periods" in cheats.en
    assert "禁播至少 2 期" in cheats.zh
    honest = RepeatedSupervision.of(POVERTY, detection=0.3, discount=0.9, ban=2).sentence
    assert "Honesty pays: cheating once brings 12 and costs 18.39" in honest.en
    assert "18.39" in honest.zh
    nothing = RepeatedSupervision(gain=1, honest_pay=1, fine=0, detection=0, discount=0, ban=0)
    assert "No single change" in nothing.sentence.en
    with pytest.raises(BadParameter, match="one host"):
        _ = RepeatedSupervision(gain=[1, 2], honest_pay=1, fine=1, detection=0, discount=0, ban=0).sentence


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("gain", 0.0),
        ("gain", math.nan),
        ("honest_pay", math.inf),
        ("fine", -1.0),
        ("collected", 1.1),
        ("detection", -0.1),
        ("discount", 1.0),
        ("discount", math.nan),
        ("ban", 1.5),
        ("ban", -1.0),
        ("outside", 31.0),
    ],
)
def test_values_out_of_range_are_refused_by_name(name: str, value: float) -> None:
    host = {
        "gain": 12.0,
        "honest_pay": 30.0,
        "fine": 10.0,
        "detection": 0.3,
        "discount": 0.9,
        "ban": 2.0,
        name: value,
    }
    with pytest.raises(BadParameter) as caught:
        RepeatedSupervision(**host)
    assert caught.value.parameter == name


def test_arrays_that_do_not_fit_together_are_refused() -> None:
    with pytest.raises(BadParameter, match="shapes"):
        RepeatedSupervision(gain=[1, 2], honest_pay=[1, 2, 3], fine=0, detection=1, discount=0, ban=0)
