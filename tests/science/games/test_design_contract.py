"""The contract checker: whether a contract deters, by how much it falls short, and what would mend it."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.design import Terms, contract_check

terms = st.builds(
    Terms,
    gain=st.floats(0.5, 50),
    penalty=st.floats(0, 100),
    deposit=st.floats(0, 100),
    collection=st.just(0.0) | st.floats(0.01, 1),
    detection=st.just(0.0) | st.floats(0.01, 1),
)


@given(terms)
@settings(max_examples=200, deadline=None)
def test_a_little_more_than_what_is_needed_deters_and_a_little_less_does_not(given: Terms) -> None:
    check = contract_check(given)
    needed = {
        "penalty": check.penalty_needed,
        "deposit": check.deposit_needed,
        "detection": check.detection_needed,
    }
    for name, value in needed.items():
        if value is None:
            utmost = {"penalty": 1e9, "deposit": 1e9, "detection": 1.0}[name]
            assert not contract_check(replace(given, **{name: utmost})).deters or value == 0
            continue
        more, less = value * (1 + 1e-6) + 1e-9, value * (1 - 1e-6)
        if name != "detection" or more <= 1:
            assert contract_check(replace(given, **{name: more})).deters
        if less > 0:
            assert not contract_check(replace(given, **{name: less})).deters


@given(terms)
def test_the_verdict_is_the_comparison_of_what_a_cheat_expects_with_what_it_gains(given: Terms) -> None:
    check = contract_check(given)
    held = min(given.deposit, given.penalty)
    collected = held + given.collection * (given.penalty - held)

    assert check.collected == pytest.approx(collected)
    assert check.expected == pytest.approx(given.detection * collected)
    assert check.deters == (check.expected > given.gain)
    assert check.shortfall == pytest.approx(max(given.gain - check.expected, 0))


def test_the_papers_baseline_falls_short_by_two_even_if_every_cheat_is_found() -> None:
    check = contract_check(Terms(gain=12, penalty=10))

    assert not check.deters
    assert check.shortfall == 2
    assert check.penalty_needed == 12
    assert check.detection_needed is None
    assert "2 too little" in check.sentence.en
    assert "Raise the penalty above 12" in check.sentence.en
    assert "还差 2" in check.sentence.zh
    assert "把罚金提到 12 以上" in check.sentence.zh


def test_a_penalty_half_collected_deters_once_a_deposit_backs_it() -> None:
    check = contract_check(Terms(gain=12, penalty=15, collection=0.5))

    assert check.collected == 7.5
    assert check.penalty_needed == 24
    assert check.deposit_needed == 9
    assert "only 7.5 is collected on average" in check.sentence.en
    assert "平均只收得到 7.5" in check.sentence.zh
    assert contract_check(Terms(gain=12, penalty=15, collection=0.5, deposit=10)).deters


def test_a_cheat_found_now_and_then_must_pay_more() -> None:
    check = contract_check(Terms(gain=12, penalty=20, detection=0.5))

    assert check.expected == 10
    assert check.penalty_needed == 24
    assert check.detection_needed == pytest.approx(0.6)
    assert "found 50% of the time" in check.sentence.en
    assert "find more than 60% of the cheats" in check.sentence.en
    assert "有 50% 会被发现" in check.sentence.zh
    assert "让 60% 以上的作假被发现" in check.sentence.zh


def test_an_equality_just_fails_to_deter() -> None:
    check = contract_check(Terms(gain=12, penalty=12))

    assert not check.deters
    assert check.shortfall == 0
    assert "just fails" in check.sentence.en
    assert "差一点" in check.sentence.zh


def test_a_contract_that_deters_says_so_and_asks_for_nothing() -> None:
    check = contract_check(Terms(gain=12, penalty=25))

    assert check.sentence.en == "The contract deters. A cheat, always found, pays 25; cheating brings 12."
    assert check.sentence.zh == "合同罚得住。作假每次都被发现，要赔 25，而作假只多得 12。"


def test_every_sum_of_the_sentence_has_its_currency() -> None:
    short = Terms(gain=1800, penalty=2000, deposit=500, collection=0.5, detection=0.6)
    check = contract_check(short, currency="¥")

    for said in (check.sentence.en, check.sentence.zh):
        assert re.findall(r"(?<![\d.,¥])\d[\d.,]*(?![\d.,%])", said) == [], said


def test_where_nothing_is_found_and_nothing_collected_no_single_term_mends_it() -> None:
    check = contract_check(Terms(gain=12, penalty=25, collection=0, detection=0))

    assert (check.penalty_needed, check.deposit_needed, check.detection_needed) == (None, None, None)
    assert "No single term mends it" in check.sentence.en
    assert "单改一条救不了" in check.sentence.zh


@pytest.mark.parametrize(
    ("changes", "parameter"),
    [
        ({"gain": 0.0}, "gain"),
        ({"gain": float("nan")}, "gain"),
        ({"penalty": -1.0}, "penalty"),
        ({"deposit": float("inf")}, "deposit"),
        ({"collection": 2.0}, "collection"),
        ({"detection": -0.1}, "detection"),
    ],
)
def test_terms_out_of_range_are_refused_by_name(changes: dict[str, float], parameter: str) -> None:
    with pytest.raises(BadParameter) as refused:
        Terms(**{"gain": 12.0, "penalty": 10.0, **changes})
    assert refused.value.parameter == parameter
