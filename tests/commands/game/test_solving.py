"""`fieldcast game solve`: the equilibrium of one game, for people and for programs."""

from fractions import Fraction

import pytest

from fieldcast.science.games import paper
from fieldcast.science.games.supervision import SupervisionGame
from tests.commands.game.laboratory import POVERTY, answer, ask

GAMES = {"poverty": paper.POVERTY, "ordinary": paper.ORDINARY, "combined": paper.COMBINED}


@pytest.mark.parametrize("name", GAMES)
def test_a_preset_is_solved_as_the_library_solves_it(name: str) -> None:
    found, game = answer("solve", "--preset", name), GAMES[name]
    assert found["honesty"] == pytest.approx(game.honesty)
    assert found["supervision"] == pytest.approx(game.supervision)
    assert found["regime"] == game.regime
    host, farmer = game.payoffs()
    assert found["payoffs"] == {"host": host.tolist(), "farmer": farmer.tolist()}
    assert found["expected"]["host"] == pytest.approx(game.expected().host)
    assert found["sentence"] == game.sentence.zh


def test_the_eight_parameters_are_the_preset_written_out() -> None:
    assert answer("solve", *POVERTY) == answer("solve", "--preset", "poverty")


def test_an_option_changes_the_preset() -> None:
    assert answer("solve", "--preset", "poverty", "--C", "15", "--F", "25") == answer(
        "solve", "--preset", "ordinary"
    )


@pytest.mark.parametrize(
    ("written", "exact"), [("1/3", Fraction(1, 3)), ("0.1", Fraction(1, 10)), ("1e1", Fraction(10))]
)
def test_numbers_are_taken_exactly_as_they_are_written(written: str, exact: Fraction) -> None:
    found = answer("solve", "--preset", "ordinary", "--C", written)
    assert Fraction(found["exact"]["honesty"]) == 1 - exact / 35  # F+L = 25+10


def test_every_equilibrium_holds_two_mixtures_in_numbers_and_in_fractions() -> None:
    found = answer("solve", "--preset", "ordinary")
    (pair,) = found["equilibria"]
    assert pair == [pytest.approx([4 / 7, 3 / 7]), pytest.approx([12 / 25, 13 / 25])]
    assert found["exact"]["equilibria"] == [[["4/7", "3/7"], ["12/25", "13/25"]]]


def test_with_many_equilibria_the_least_honest_one_is_counted_on() -> None:
    found = answer("solve", "--preset", "poverty", "--F", "12", "--C", "5")
    game = SupervisionGame(R1=140, R2=130, C=5, F=12, L=10, G=50, H1=20, H2=8)
    assert len(found["equilibria"]) > 1
    assert (found["honesty"], found["supervision"]) == (game.honesty, game.supervision)


def test_table_1_as_printed_keeps_nobody_supervising() -> None:
    found = answer("solve", "--preset", "ordinary", "--form", "printed")
    assert found["payoffs"]["host"] == [[30, 42], [5, 42]]
    assert found["supervision"] == 0
    assert found["honesty"] == pytest.approx(paper.ORDINARY.honesty)
    assert all(farmer == [0, 1] for _host, farmer in found["equilibria"])
    assert "(2)" in found["sentence"]


@pytest.mark.parametrize(
    ("environment", "options", "said"),
    [
        ({}, [], "诚信概率"),
        ({}, ["--language", "en"], "Honesty"),
        ({"FIELDCAST_LANGUAGE": "en"}, [], "Honesty"),
        ({"FIELDCAST_LANGUAGE": "en"}, ["--language", "zh-CN"], "诚信概率"),
    ],
)
def test_people_are_answered_in_their_language(
    environment: dict[str, str], options: list[str], said: str
) -> None:
    asked = ask("solve", "--preset", "ordinary", *options, **environment)
    assert asked.exit_code == 0
    assert said in asked.stdout
    assert "4/7" in asked.stdout
