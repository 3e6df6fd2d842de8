"""Gambit's .nfg files and JSON are read to the letter; anything else is refused with its place."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.bimatrix import equilibria
from fieldcast.science.games.gambit import GameFile, parse, parse_json, parse_nfg
from tests.science.games.bimatrix_by_force import extreme_equilibria
from tests.science.games.bimatrix_games import SEXES, Game, tied_games

LISTED = """NFG 1 R "Three rows, two columns" { "Farmer" "Host" } { 3 2 }

11 -11  21 -21  31 -31
12 -12  22 -22  32 -32
"""

OUTCOMES = """NFG 1 R "A \\"contract\\"" { "Farmer" "Host" }
{ { "watch" "trust" } { "keep" "break" } }
"what each pair leads to"
{
{ "kept" 1/3, .5 }
{ "broken" -2e1 1.25 }
}
1 0
2 1
"""

# von Stengel (1999), doi:10.1007/PL00009438, with the smaller payoffs of Savani and von Stengel (2006)
SIX_BY_SIX = """NFG 1 R "6x6 with 75 equilibria" { "1" "2" } { 6 6 }
-81 72  -180 -180  20 297  -30 -333  270 270  90 -153
36 36  72 -81  -3 126  17 -126  -153 90  -36 -36
-126 17  -333 -30  42 42  -33 -33  297 20  126 -3
126 -3  297 20  -33 -33  42 42  -333 -30  -126 17
-36 -36  -153 90  17 -126  -3 126  72 -81  36 36
90 -153  270 270  -30 -333  20 297  -180 -180  -81 72"""


def exact(*rows: str) -> tuple[tuple[Fraction, ...], ...]:
    return tuple(tuple(map(Fraction, row.split())) for row in rows)


def test_listed_payoffs_move_through_the_rows_first() -> None:
    game = parse(LISTED)
    assert game == GameFile(
        A=exact("11 12", "21 22", "31 32"),
        B=exact("-11 -12", "-21 -22", "-31 -32"),
        title="Three rows, two columns",
        players=("Farmer", "Host"),
        rows=("1", "2", "3"),
        columns=("1", "2"),
    )


def test_outcomes_give_payoffs_exactly_and_outcome_0_gives_none() -> None:
    game = parse(OUTCOMES)
    read = (game.A, game.B)
    assert read == (exact("1/3 -20", "0 1/3"), exact("1/2 5/4", "0 1/2"))
    assert game.title == 'A "contract"'
    assert (game.rows, game.columns) == (("watch", "trust"), ("keep", "break"))


def test_a_file_with_75_equilibria_gives_75() -> None:
    game = parse(SIX_BY_SIX)
    assert len(equilibria(game.A, game.B).extreme) == 75


@given(game=tied_games(), divisor=st.integers(1, 7), through=st.booleans())
@settings(max_examples=60, deadline=None)
def test_what_is_written_is_read(game: Game, divisor: int, through: bool) -> None:
    A, B = (tuple(tuple(Fraction(value, divisor) for value in row) for row in one) for one in game)
    m, n = len(A), len(A[0])
    profiles = [(i, j) for j in range(n) for i in range(m)]
    if through:
        body = "".join(f'{{ "" {A[i][j]}, {B[i][j]} }}\n' for i, j in profiles)
        body = f"{{\n{body}}}\n{' '.join(str(k + 1) for k in range(m * n))}"
    else:
        body = " ".join(f"{A[i][j]} {B[i][j]}" for i, j in profiles)
    read = parse_nfg(f'NFG 1 R "" {{ "" "" }} {{ {m} {n} }} "" {body}')
    assert (read.A, read.B) == (A, B)


def test_json_numbers_are_taken_as_written() -> None:
    game = parse('{"A": [[0.1, "1/3"], [-2e1, 7]], "B": [["-.5", 0], [1, 2]], "note": "ours"}')
    read = (game.A, game.B)
    assert read == (exact("1/10 1/3", "-20 7"), exact("-1/2 0", "1 2"))
    assert (game.rows, game.columns) == (("1", "2"), ("1", "2"))


def test_a_file_is_solved_exactly() -> None:
    game = parse_json(f'{{"A": {SEXES[0]}, "B": {SEXES[1]}}}')
    assert set(equilibria(game.A, game.B).extreme) == extreme_equilibria(*SEXES)


NINE, NAMES = "1 1 " * 9, '"" ' * 9


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("NFG", "begin with"),
        (LISTED.replace("NFG 1", "NFG 2"), "begin with"),
        (LISTED.replace(" R ", " Q "), "begin with"),
        ('NFG 1 R "never closed', "never closed"),
        (LISTED.replace('"Three rows, two columns"', ""), "a name in quotation marks"),
        (LISTED.replace('"Host"', ""), "players is 1"),
        (LISTED.replace('"Host"', '"Host" "State"'), "players is 3"),
        (LISTED.replace("{ 3 2 }", "{ 3 2 1 }"), '"}" is missing'),
        (LISTED.replace("{ 3 2 }", "{ 3 }"), "a whole number of at most 8"),
        (LISTED.replace("{ 3 2 }", "{ 0 2 }"), "1 to 8 strategies"),
        (f'NFG 1 R "" {{ "" "" }} {{ 9 1 }} {NINE}', "at most 8"),
        (f'NFG 1 R "" {{ "" "" }} {{ {{ {NAMES} }} {{ "" }} }} {NINE}', "1 to 8 strategies"),
        (LISTED.replace("{ 3 2 }", "{ 99999999999999999999 2 }"), "at most 8"),
        (LISTED.replace("{ 3 2 }", "{ -3 2 }"), "at most 8"),
        (LISTED.replace("-32", ""), "a number such as"),
        (LISTED.replace("32 -32", ""), "exactly 6"),
        (LISTED + "1", "exactly 6"),
        (LISTED + "}", "exactly 6"),
        (LISTED.replace("-32", "nan"), "Line 4 of the file: a number such as"),
        (LISTED.replace("-32", "inf"), "a number such as"),
        (LISTED.replace("-32", "1/0"), "a number such as"),
        (LISTED.replace("-32", "1e999"), "a number such as"),
        (LISTED.replace("-32", "9" * 61), "a number such as"),
        (LISTED.replace("-32", "1_0"), "a number such as"),
        (LISTED.replace("-32", "٣"), "a number such as"),
        (OUTCOMES.replace("2 1\n", "3 1\n"), "at most 2"),
        (OUTCOMES.replace("2 1\n", "-1 1\n"), "at most 2"),
        (OUTCOMES.replace("2 1\n", "2\n"), "exactly 4"),
        (OUTCOMES.replace(".5 }", ".5 1 }"), '"}" is missing'),
        (OUTCOMES.replace('"kept"', ""), "a name in quotation marks"),
        (OUTCOMES.replace("}\n}\n1", "}\n1"), '"}" is missing'),
        (LISTED + " " * 100_000, "100,"),
    ],
)
def test_a_broken_file_is_refused_with_its_place(text: str, said: str) -> None:
    with pytest.raises(BadParameter) as refused:
        parse(text)
    assert refused.value.parameter == "file"
    assert said in refused.value.text.en
    assert "文件" in refused.value.text.zh


@pytest.mark.parametrize(
    ("text", "parameter", "said"),
    [
        ("", "file", "JSON such as"),
        ("hello", "file", "JSON such as"),
        ("[" * 90_000, "file", "JSON such as"),
        ("[[1]]", "file", "JSON such as"),
        ('{"A": [[1]]}', "file", "JSON such as"),
        ('{"A": [[1]], "B": 1}', "B", "1 to 8 rows"),
        ('{"A": [], "B": [[1]]}', "A", "1 to 8 rows"),
        ('{"A": [1, 2], "B": [[1]]}', "A", "1 to 8 rows"),
        (f'{{"A": {[[0] * 9]}, "B": {[[0] * 9]}}}', "A", "1 to 8 rows"),
        ('{"A": [[1, 2], [3]], "B": [[1, 2], [3, 4]]}', "A", "different lengths"),
        ('{"A": [[1, 2]], "B": [[1]]}', "B", "1×2"),
        ('{"A": [[1, NaN]], "B": [[1, 2]]}', "A", "Row 1, column 2"),
        ('{"A": [[1, 2]], "B": [[-Infinity, 2]]}', "B", "Row 1, column 1"),
        ('{"A": [[1, true]], "B": [[1, 2]]}', "A", "Row 1, column 2"),
        ('{"A": [[1, null]], "B": [[1, 2]]}', "A", "Row 1, column 2"),
        ('{"A": [[1, "1/0"]], "B": [[1, 2]]}', "A", "Row 1, column 2"),
        ('{"A": [[1, 1e999]], "B": [[1, 2]]}', "A", "Row 1, column 2"),
        ('{"A": [[' + "9" * 5000 + ']], "B": [[1]]}', "A", "Row 1, column 1"),
        ('{"A": [[[1], 2]], "B": [[1, 2]]}', "A", "Row 1, column 1"),
    ],
)
def test_json_that_is_no_game_is_refused(text: str, parameter: str, said: str) -> None:
    with pytest.raises(BadParameter) as refused:
        parse(text)
    assert refused.value.parameter == parameter
    assert said in refused.value.text.en


WORDS = st.sampled_from(["NFG", "1", "R", '"a"', "{", "}", ",", "2", "0", "-1/2", "NaN", '"', "\\", "\n"])


@given(
    words=st.lists(WORDS, max_size=30),
    start=st.sampled_from(["", "NFG 1 R ", 'NFG 1 R "" { "" "" } { 1 2 } ']),
)
@settings(max_examples=150, deadline=None)
def test_whatever_the_words_a_file_is_a_game_or_refused(words: list[str], start: str) -> None:
    try:
        game = parse_nfg(start + " ".join(words))
    except BadParameter:
        return
    assert len(game.A) == len(game.B) == len(game.rows)
    assert {len(row) for row in (*game.A, *game.B)} == {len(game.columns)}
