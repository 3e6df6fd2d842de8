"""Fault profiles and the plans drawn from them."""

import json
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldcast.trade.providers.sandbox.faults import (
    FRACTIONS,
    PROFILES,
    BadProfile,
    Faults,
    Mischief,
    from_dict,
    from_text,
    plan,
)
from fieldcast.trade.providers.sandbox.server import config_from
from tests.trade.providers.standing import HTTP, Server


def test_a_seed_fixes_every_plan_and_another_seed_makes_others() -> None:
    def plans(seed: int) -> list[object]:
        faults = from_dict({"profile": "harsh", "seed": seed})
        return [plan(faults, "payment", number) for number in range(1, 50)]

    assert plans(7) == plans(7)
    assert plans(7) != plans(8)


def test_what_is_dealt_follows_the_number_not_the_hour() -> None:
    faults = PROFILES["mild"]
    mischief = Mischief(faults)
    dealt = [mischief.next_plan("payment") for _ in range(5)]
    mischief.next_plan("refund")
    assert dealt == [plan(faults, "payment", number) for number in range(1, 6)]
    assert mischief.next_plan("payment") == plan(faults, "payment", 6)


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_changing_one_fraction_does_not_move_the_others(seed: int, number: int) -> None:
    calm = plan(Faults(seed=seed, twice=0.3, out_of_order=0.2), "payment", number)
    late = plan(Faults(seed=seed, twice=0.3, out_of_order=0.2, late=1), "payment", number)
    assert (calm.again, calm.out_of_order) == (late.again, late.out_of_order)


def test_fractions_are_met_over_many_payments() -> None:
    faults = Faults(seed=3, late=0.15, twice=0.2, out_of_order=0.1, before_return=0.3, lost=0.05)
    seen: Counter[str] = Counter()
    for number in range(4000):
        drawn = plan(faults, "payment", number)
        seen.update(name for name in ("late", "out_of_order", "lost") if getattr(drawn, name))
        seen["twice"] += drawn.again is not None
    for name in ("late", "twice", "out_of_order", "lost"):
        assert seen[name] / 4000 == pytest.approx(getattr(faults, name), abs=0.025)


def test_a_calm_profile_has_no_faults_and_a_full_one_has_all() -> None:
    calm = plan(PROFILES["none"], "payment", 1)
    assert (calm.lost, calm.late, calm.before_return, calm.again, calm.out_of_order) == (
        False,
        False,
        False,
        None,
        False,
    )
    full = plan(from_dict(dict.fromkeys(FRACTIONS, 1)), "payment", 1)
    assert full.lost
    assert full.late
    assert full.again is not None
    assert not full.before_return, "a late notice cannot also be early"


@pytest.mark.parametrize(
    "text",
    [
        "wild",
        "[]",
        '{"late": 1.5}',
        '{"late": NaN}',
        '{"late": "often"}',
        '{"late": true}',
        '{"seed": 1.5}',
        '{"sometimes": 1}',
        '{"profile": ["mild"]}',
        '{"late_seconds": [3, 1]}',
        '{"late_seconds": [1]}',
        '{"late_seconds": [-1, 1]}',
        '{"retry_seconds": [1e99]}',
        '{"retry_seconds": 5}',
        '{"late": 1' + "0" * 400 + "}",
    ],
)
def test_a_profile_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(BadProfile):
        from_text(text)


def test_the_demo_is_mild_unless_told_otherwise() -> None:
    assert config_from({"FIELDCAST_DEMO": "1"}).faults == PROFILES["mild"]
    assert config_from({}).faults == PROFILES["none"]
    told = config_from({"FIELDCAST_SANDBOX_FAULTS": json.dumps({"profile": "harsh", "seed": 5})})
    assert told.faults.seed == 5
    assert told.faults.late == PROFILES["harsh"].late


@pytest.mark.thorough  # a provider is started in a process of its own
def test_faults_are_set_while_it_runs_and_only_from_this_machine(server: Server) -> None:
    server.misbehave(profile="harsh", seed=9)
    assert server.faults()["faults"]["seed"] == 9
    through_proxy = {"X-Forwarded-For": "203.0.113.9"}
    answer = HTTP.put(f"{server.url}/faults", json={}, headers=through_proxy)
    assert answer.status_code == 403
    answer = HTTP.put(f"{server.url}/faults", json={"late": 2})
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed")
    assert server.faults()["faults"]["seed"] == 9
