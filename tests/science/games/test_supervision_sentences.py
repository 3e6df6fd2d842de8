"""The regime in words: the numbers of the game, the same in both languages, and what would change it."""

import re

import pytest

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.paper import POVERTY
from fieldcast.science.games.supervision import Regime, SupervisionGame

BY_REGIME = {
    POVERTY.with_(F=F, C=C): Regime(name)
    for F, C, name in (
        (10, 5, "undeterrable_supervised"),
        (10, 20, "undeterrable_cost_at_stake"),
        (10, 30, "undeterrable_unsupervised"),
        (12, 5, "fine_at_gain"),
        (12, 22, "fine_at_gain_cost_at_stake"),
        (12, 30, "fine_at_gain_unsupervised"),
        (15, 24, "mixed"),
        (15, 25, "cost_at_stake"),
        (15, 30, "unsupervised"),
        (15, 0, "free_supervision"),
    )
}


def numbers(sentence: str) -> set[str]:
    return set(re.findall(r"(?<![A-Za-z])\d+(?:\.\d+)?", sentence))


@pytest.mark.parametrize("game", BY_REGIME, ids=lambda game: game.regime)
def test_every_regime_is_explained_in_both_languages(game: SupervisionGame) -> None:
    text = game.sentence
    assert game.regime is BY_REGIME[game]
    assert "{" not in text.en + text.zh
    assert text.en.endswith(".")
    assert text.zh.endswith("。")
    assert numbers(text.en) <= numbers(text.zh)


def test_no_two_regimes_are_explained_alike() -> None:
    for language in ("en", "zh"):
        assert len({re.sub(r"\d", "", game.sentence.in_(language)) for game in BY_REGIME}) == len(Regime)


def test_a_fine_that_cannot_deter_is_told_which_fine_would() -> None:
    text = POVERTY.sentence
    assert text.en.startswith(
        "At F=10 no supervision can deter: a dishonest host saves 12. Raise F above 12."
    )
    assert text.zh.startswith("罚 10 罚不住：不诚信能省 12。要罚过 12。")


def test_where_both_mix_the_probabilities_are_said() -> None:
    text = POVERTY.with_(C=24, F=15, L=25).sentence
    assert "honest 40% of the time" in text.en
    assert "40%" in text.zh
    assert "80%" in text.zh


def test_nearly_never_is_not_said_to_be_never() -> None:
    text = POVERTY.with_(F=15, C=24.999, L=10).sentence
    assert "less than 0.1%" in text.en
    assert "不到 0.1%" in text.zh


def test_a_fine_just_above_is_not_written_like_the_one_it_exceeds() -> None:
    assert "F=12.00001" in POVERTY.with_(F=12.00001, C=5).sentence.en


def test_arrays_have_no_single_sentence() -> None:
    games = POVERTY.with_(C=[1, 2])
    for one in (lambda: games.sentence, games.equilibria):
        with pytest.raises(BadParameter) as refused:
            one()
        assert refused.value.parameter == "C"
