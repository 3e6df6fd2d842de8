"""The cheapest mix of instruments: it reaches its targets, nothing cheaper does, and it says so when nothing will."""

from dataclasses import asdict, dataclass, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.design import (
    INSTRUMENTS,
    Design,
    Enforcement,
    Limits,
    Mix,
    Prices,
    cheapest_mix,
    outcome,
    pareto,
)
from fieldcast.science.games.paper import POVERTY
from fieldcast.science.games.supervision import SupervisionGame

EXAMPLE = POVERTY.with_(C=24, F=15, L=25)  # H1 − H2 = 12: honesty 0.40
tenths = st.integers(1, 9).map(lambda n: n / 10)
money = st.integers(1, 40).map(float)
price = st.none() | st.integers(0, 10).map(float)
limit = st.none() | st.integers(0, 30).map(float)


@dataclass(frozen=True)
class Question:
    game: SupervisionGame
    honesty: float
    supervision: float
    prices: Prices
    limits: Limits
    enforcement: Enforcement

    def answer(self) -> Design:
        return cheapest_mix(
            self.game,
            honesty=self.honesty,
            supervision=self.supervision,
            prices=self.prices,
            limits=self.limits,
            enforcement=self.enforcement,
        )

    def cost_of(self, amounts: dict[str, float]) -> float:
        return sum((getattr(self.prices, name) or 0.0) * amount for name, amount in amounts.items())

    def most_of(self, name: str) -> float:
        if getattr(self.prices, name) is None:
            return 0.0
        most = getattr(self.limits, name)
        natural = {
            "subsidy": float(self.game.C),
            "reporting": 1 - self.enforcement.reporting,
            "margin": (float(self.game.H1) - float(self.game.H2)) * 0.999,
        }
        return float(min(natural.get(name, np.inf), np.inf if most is None else most))


@st.composite
def questions(draw: st.DrawFn, *, reporting: bool) -> Question:
    game = SupervisionGame(
        R1=100.0, R2=80.0, C=draw(money), F=draw(money), L=draw(money), G=50.0, H1=draw(money) + 5, H2=5.0
    )
    per_report = draw(st.integers(1, 60).map(float)) if reporting else None
    most_reports = draw(tenths) if reporting else None
    return Question(
        game=game,
        honesty=draw(tenths),
        supervision=draw(tenths | st.just(1.0)),
        prices=Prices(draw(price), draw(price), draw(price), per_report, draw(price)),
        limits=Limits(draw(limit), draw(limit), draw(limit), most_reports, draw(limit)),
        enforcement=Enforcement(
            collection=draw(st.sampled_from([0.0, 0.3, 0.7, 1.0])),
            deposit=draw(st.integers(0, 30).map(float)),
            detection=draw(st.sampled_from([0.5, 1.0])),
            reporting=draw(st.sampled_from([0.0, 0.1])),
        ),
    )


def by_linear_programme(asked: Question, reporting: float) -> float:
    """The least cost at a given share of reports: s, f, d, the part of the deposit used, and m, by HiGHS."""
    p, q = asked.honesty, asked.supervision
    C, F, L = (float(getattr(asked.game, name)) for name in "CFL")
    gain = float(asked.game.H1) - float(asked.game.H2)
    kappa, delta = asked.enforcement.collection, asked.enforcement.detection
    rho = asked.enforcement.reporting + reporting
    unit = dict.fromkeys(("subsidy", "penalty", "deposit", "margin"), 1.0)
    s, f, d, m = (asked.cost_of({name: one}) for name, one in unit.items())
    bounds = [(0, asked.most_of(name)) for name in unit]
    # Collected: κ(F + f) + (1 − κ)·used; used ≤ D + d and ≤ F + f.
    held, held_most = [[0, 0, -1, 1, 0], [0, -1, 0, 1, 0]], [asked.enforcement.deposit, F]
    best = np.inf
    strictly = gain * (1 + 1e-6)
    supervised = (rho + q * delta * (1 - rho), gain if q < 1 else strictly, True)
    for reach, due, subsidised in (supervised, (rho, strictly, False)):
        rows, most_of = [[0, -kappa * reach, 0, -(1 - kappa) * reach, -1]], [kappa * F * reach - due]
        if subsidised:
            weight = (1 - p) * delta * (1 - rho)
            rows.append([-1, -kappa * weight, 0, -(1 - kappa) * weight, 0])
            most_of.append(weight * kappa * F + (1 - p) * delta * L - C)
        found = linprog(
            [s, f, d, 0.0, m],
            A_ub=rows + held,
            b_ub=most_of + held_most,
            bounds=[*bounds[:3], (0, None), bounds[3]],
        )
        if found.status == 0:
            best = min(best, float(found.fun))
    return best + asked.cost_of({"reporting": reporting})


@given(questions(reporting=False))
@settings(max_examples=100, deadline=None)
def test_the_closed_form_agrees_with_a_linear_programme(asked: Question) -> None:
    assert asked.answer().cost == pytest.approx(by_linear_programme(asked, 0.0), rel=1e-6, abs=1e-5)


@given(questions(reporting=True))
@settings(max_examples=10, deadline=None)
def test_with_reports_the_search_is_no_dearer_than_any_share_of_them_tried(asked: Question) -> None:
    shares = np.linspace(0, asked.most_of("reporting"), 41)
    tried = min(by_linear_programme(asked, float(share)) for share in shares)
    assert asked.answer().cost <= tried * (1 + 1e-6) + 1e-5


@given(questions(reporting=True), st.integers(0, 2**32 - 1))
@settings(max_examples=40, deadline=None)
def test_no_cheaper_mix_drawn_at_random_reaches_the_targets(asked: Question, seed: int) -> None:
    found = asked.answer()
    rng = np.random.default_rng(seed)
    for _ in range(60):
        most = {name: min(asked.most_of(name), 80.0) for name in INSTRUMENTS}
        amounts = {name: float(rng.uniform(0, high) * (rng.random() < 0.6)) for name, high in most.items()}
        reached = outcome(*applied(asked, amounts))
        if reached.honesty >= asked.honesty and reached.supervision <= asked.supervision:
            assert found.cost <= asked.cost_of(amounts) * (1 + 1e-5) + 1e-5


def applied(asked: Question, amounts: dict[str, float]) -> tuple[SupervisionGame, Enforcement]:
    game, enforcement = asked.game, asked.enforcement
    return (
        game.with_(
            C=float(game.C) - amounts["subsidy"],
            F=float(game.F) + amounts["penalty"],
            H1=float(game.H1) - amounts["margin"],
        ),
        replace(
            enforcement,
            deposit=enforcement.deposit + amounts["deposit"],
            reporting=enforcement.reporting + amounts["reporting"],
        ),
    )


@given(questions(reporting=True))
@settings(max_examples=40, deadline=None)
def test_a_mix_reaches_its_targets_within_its_limits_at_its_cost(asked: Question) -> None:
    found = asked.answer()
    if found.mix is None:
        assert found.cost == np.inf
        assert found.sentence.en.startswith(("No mix within the limits", "Honesty comes as close"))
        return
    amounts = asdict(found.mix)
    assert found.outcome.honesty >= asked.honesty - 1e-7
    assert found.outcome.supervision <= asked.supervision + 1e-7
    assert outcome(found.game, found.enforcement) == found.outcome
    assert found.cost == pytest.approx(asked.cost_of(amounts), abs=1e-6)
    assert all(0 <= amount <= asked.most_of(name) * (1 + 1e-9) for name, amount in amounts.items())


def test_reports_of_everything_that_only_make_up_for_the_gain_deter_nobody() -> None:
    """Supervision adds nothing to them, so the host stays as well off cheating, however much is supervised."""
    game = SupervisionGame(R1=100, R2=80, C=1, F=1, L=1, G=50, H1=6, H2=5)
    enforcement = Enforcement(collection=0, deposit=1, detection=0.5, reporting=0.1)
    found = cheapest_mix(
        game,
        honesty=0.1,
        supervision=0.5,
        prices=Prices(subsidy=0, reporting=1),
        limits=Limits(reporting=0.9),
        enforcement=enforcement,
    )
    assert found.mix is None


def amounts(design: Design) -> dict[str, float]:
    assert design.mix is not None
    return {name: amount for name, amount in asdict(design.mix).items() if amount}


def test_the_example_lowers_the_cost_of_supervision_to_eight() -> None:
    found = cheapest_mix(EXAMPLE, honesty=0.8, prices=Prices(subsidy=1, penalty=1))

    assert outcome(EXAMPLE, Enforcement()).honesty == pytest.approx(0.4)
    assert amounts(found) == {"subsidy": pytest.approx(16)}
    assert found.cost == pytest.approx(16)
    assert pytest.approx(8) == found.game.C
    assert found.game.honesty == pytest.approx(0.8)
    assert found.alone == {"subsidy": pytest.approx(16), "penalty": pytest.approx(80)}  # F = 24/0.2 − 25 = 95
    assert "subsidise supervision by 16, so that it costs 8" in found.sentence.en
    assert "a penalty higher by 80" in found.sentence.en
    assert "给监督补贴 16，让监督只花 8" in found.sentence.zh
    assert "罚金加 80" in found.sentence.zh


def test_a_penalty_five_times_cheaper_than_the_subsidy_breaks_even_with_it() -> None:
    dear = cheapest_mix(EXAMPLE, honesty=0.8, prices=Prices(subsidy=1, penalty=0.21))
    cheap = cheapest_mix(EXAMPLE, honesty=0.8, prices=Prices(subsidy=1, penalty=0.19))

    assert amounts(dear) == {"subsidy": pytest.approx(16)}
    assert amounts(cheap) == {"penalty": pytest.approx(80)}
    assert pytest.approx(95) == cheap.game.F


def test_what_is_reached_already_costs_nothing() -> None:
    found = cheapest_mix(EXAMPLE, honesty=0.4, supervision=0.8, prices=Prices(subsidy=1, penalty=1))

    assert found.mix == Mix()
    assert found.cost == 0
    assert "Nothing needs to be added" in found.sentence.en
    assert "什么都不用加" in found.sentence.zh


def test_a_subsidy_alone_cannot_help_where_the_penalty_does_not_deter() -> None:
    found = cheapest_mix(POVERTY, honesty=0.8, prices=Prices(subsidy=1))

    assert found.mix is None
    assert "at most 10 can be collected from a cheat, who saves 12" in found.sentence.en
    assert "作假能省 12，最多只罚得到 10" in found.sentence.zh


def test_a_deposit_alone_helps_where_the_penalty_is_high_and_never_paid() -> None:
    found = cheapest_mix(
        EXAMPLE.with_(F=40),
        honesty=0.5,
        prices=Prices(deposit=0.05),
        enforcement=Enforcement(collection=0.1),
    )
    # (F' + 25)·0.5 = 24 is met by any F' above 23, supervision by any above 12: 0.1·40 + 0.9·d = 23.
    assert amounts(found) == {"deposit": pytest.approx(19 / 0.9)}
    assert found.enforcement.collected(40) == pytest.approx(23)


def test_limits_too_tight_are_named_with_how_far_they_reach() -> None:
    prices, limits = Prices(subsidy=1, penalty=1), Limits(subsidy=5, penalty=5)
    honest = cheapest_mix(EXAMPLE, honesty=0.8, prices=prices, limits=limits)
    watched = cheapest_mix(EXAMPLE, honesty=0.5, supervision=0.2, prices=prices, limits=limits)

    assert "reaches an honesty of 80%: the most is 57.8%" in honest.sentence.en  # 1 − 19/45
    assert "到不了 80%：最高 57.8%" in honest.sentence.zh
    assert "it takes at least 60%, and 20% is wanted" in watched.sentence.en  # 12/20
    assert "至少要 60%，而目标是不超过 20%" in watched.sentence.zh


def test_full_honesty_is_approached_by_penalties_and_reached_by_free_supervision() -> None:
    with_penalty = cheapest_mix(EXAMPLE, honesty=1.0, prices=Prices(penalty=1))
    with_subsidy = cheapest_mix(EXAMPLE, honesty=1.0, prices=Prices(subsidy=1))

    assert with_penalty.mix is None
    assert "as close to 100% as one likes" in with_penalty.sentence.en
    assert with_subsidy.game.C == 0
    assert with_subsidy.outcome.honesty == 1


def test_a_cheaper_way_out_of_the_game_is_mentioned() -> None:
    found = cheapest_mix(EXAMPLE, honesty=0.8, prices=Prices(subsidy=1, margin=1))

    assert found.cost == pytest.approx(16)
    assert found.outright == 12
    assert "Cheaper still, at 12" in found.sentence.en
    assert "还有更省的，花 12" in found.sentence.zh


def test_reports_that_deter_by_themselves_save_the_subsidy() -> None:
    found = cheapest_mix(EXAMPLE, honesty=0.9, prices=Prices(subsidy=1, reporting=10))

    assert found.mix is not None
    assert found.mix.subsidy == 0
    assert found.mix.reporting == pytest.approx(12 / 15, rel=1e-5)
    assert found.outcome.honesty == 1
    assert found.cost == pytest.approx(8, rel=1e-5)


def test_more_honesty_never_costs_less() -> None:
    honesty = np.linspace(0.05, 1.0, 39)
    curve = pareto(EXAMPLE, honesty=honesty, prices=Prices(subsidy=1, penalty=0.3, reporting=20))
    one = cheapest_mix(
        EXAMPLE, honesty=float(honesty[20]), prices=Prices(subsidy=1, penalty=0.3, reporting=20)
    )

    assert np.all(np.diff(curve.cost) >= -1e-9)
    assert curve.cost[0] == 0
    assert curve.cost[20] == pytest.approx(one.cost)
    assert curve.mixes[20] == one.mix


def test_what_no_mix_reaches_has_no_price_on_the_curve() -> None:
    curve = pareto(EXAMPLE, honesty=[0.4, 0.9], prices=Prices(subsidy=1), limits=Limits(subsidy=4))

    assert curve.cost.tolist() == [0.0, np.inf]
    assert curve.mixes[1] is None


@pytest.mark.parametrize(
    ("changes", "parameter"),
    [
        ({"honesty": 0.0}, "honesty"),
        ({"honesty": 1.2}, "honesty"),
        ({"honesty": float("nan")}, "honesty"),
        ({"supervision": -0.1}, "supervision"),
        ({"supervision": 1.1}, "supervision"),
    ],
)
def test_targets_out_of_range_are_refused_by_name(changes: dict[str, float], parameter: str) -> None:
    wanted = {"honesty": 0.8, "supervision": 1.0, **changes}
    with pytest.raises(BadParameter) as refused:
        cheapest_mix(
            EXAMPLE, prices=Prices(subsidy=1), honesty=wanted["honesty"], supervision=wanted["supervision"]
        )
    assert refused.value.parameter == parameter


def test_prices_and_limits_below_zero_and_games_of_arrays_are_refused() -> None:
    with pytest.raises(BadParameter, match="penalty"):
        Prices(penalty=-1)
    with pytest.raises(BadParameter, match="margin"):
        Limits(margin=float("nan"))
    with pytest.raises(BadParameter, match="F must be one number"):
        cheapest_mix(POVERTY.with_(F=np.array([1.0, 2.0])), honesty=0.5, prices=Prices())
