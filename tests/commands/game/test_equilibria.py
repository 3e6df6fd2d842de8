"""`fieldcast game equilibria`: any game of two players from a file."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from fieldcast.science.games import bimatrix
from tests.commands.game.laboratory import answer, ask, refusal

SEXES = {"A": [[3, 0], [0, 2]], "B": [[2, 0], [0, 3]]}
NFG = 'NFG 1 R "A choice" { "Row" "Column" } { { "up" "down" } { "left" "right" } }\n3 2  0 0  0 0  2 3\n'


def written(path: Path, game: dict[str, Any]) -> Path:
    path.write_text(json.dumps(game))
    return path


def test_all_extreme_equilibria_are_exact_fractions_in_texts(tmp_path: Path) -> None:
    found = answer("equilibria", written(tmp_path / "game.json", SEXES))
    assert found["extreme"] == [
        [["1", "0"], ["1", "0"]],
        [["3/5", "2/5"], ["2/5", "3/5"]],
        [["0", "1"], ["0", "1"]],
    ]
    assert [len(each["x"]) for each in found["components"]] == [1, 1, 1]
    assert len(found["connected"]) == 3


def test_a_gambit_file_is_the_same_game_with_names(tmp_path: Path) -> None:
    path = tmp_path / "game.nfg"
    path.write_text(NFG)
    found = answer("equilibria", path)
    assert found["extreme"] == answer("equilibria", written(tmp_path / "game.json", SEXES))["extreme"]
    assert (found["rows"], found["columns"]) == (["up", "down"], ["left", "right"])
    shown = ask("equilibria", path, "--language", "en").stdout
    assert "3/5 up + 2/5 down" in shown
    assert "3 equilibria." in shown


@pytest.mark.parametrize(("rows", "told"), [('"" ""', "3/5 1 + 2/5 2"), ('"keep" "keep "', "3/5 1 + 2/5 2")])
def test_strategies_without_names_of_their_own_are_told_by_number(
    tmp_path: Path, rows: str, told: str
) -> None:
    path = tmp_path / "game.nfg"
    path.write_text(NFG.replace('"up" "down"', rows))
    shown = ask("equilibria", path, "--language", "en").stdout
    assert told in shown
    assert "2/5 left" in shown


def test_a_degenerate_game_is_told_with_the_sets_its_equilibria_form(tmp_path: Path) -> None:
    path = written(tmp_path / "game.json", {"A": [[1, 1], [1, 0]], "B": [[1, 1], [1, 0]]})
    found = answer("equilibria", path)
    known = bimatrix.equilibria([[1, 1], [1, 0]], [[1, 1], [1, 0]])
    assert [[list(map(Fraction, side)) for side in pair] for pair in found["extreme"]] == [
        [list(side) for side in pair] for pair in known.extreme
    ]
    assert len(found["components"]) == len(known.components) == 2
    assert found["connected"] == [[0, 1]]
    assert (
        "Infinitely many equilibria, in 2 maximal sets" in ask("equilibria", path, "--language", "en").stdout
    )


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ({"A": [[1, 2], [3]], "B": [[1, 2], [3, 4]]}, "A"),
        ({"A": [], "B": []}, "A"),
        ({"A": [[1]], "B": [[1, 2]]}, "B"),
        ({"A": [["nan"]], "B": [[1]]}, "A"),
        ({"A": [[1]] * 9, "B": [[1]] * 9}, "A"),
        ({"A": [[1]]}, "JSON"),
    ],
    ids=["ragged", "empty", "other shape", "not a number", "too large", "one matrix"],
)
def test_what_is_no_game_is_refused_by_name(content: dict[str, Any], named: str, tmp_path: Path) -> None:
    assert named in refusal("equilibria", written(tmp_path / "game.json", content))


def test_a_file_that_is_not_there_or_no_text_is_refused_by_name(tmp_path: Path) -> None:
    assert "none.json" in refusal("equilibria", tmp_path / "none.json")
    (tmp_path / "noise").write_bytes(b"\xff\xfe\x00")
    assert "UTF-8" in refusal("equilibria", tmp_path / "noise")
