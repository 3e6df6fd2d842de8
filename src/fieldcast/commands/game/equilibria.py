"""All equilibria of any game of two players, exactly."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from fieldcast.commands.game import _files as files
from fieldcast.commands.game._speaking import AsJson, Language, bold, print_json, show, speaking, table
from fieldcast.science.errors import BadParameter
from fieldcast.science.text import Text

if TYPE_CHECKING:
    from fieldcast.science.games.bimatrix import Equilibria
    from fieldcast.science.games.gambit import GameFile


def equilibria(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help='JSON such as {"A": [[…]], "B": [[…]]}, or Gambit\'s .nfg.')
    ],
    *,
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """Find every equilibrium of a game of two players with up to eight strategies each, exactly."""
    with speaking(language) as spoken:
        game = _read(file)
        from fieldcast.science.games import bimatrix  # noqa: PLC0415 — a wrong file need not wait for it

        found = bimatrix.equilibria(game.A, game.B)
        if as_json:
            print_json(answer(game, found))
        else:
            show(*_in_tables(game, found, spoken))


def answer(game: "GameFile", found: "Equilibria") -> dict[str, Any]:
    """What is printed as JSON, probabilities as exact fractions."""
    return {
        "extreme": found.extreme,
        "components": [{"x": each.x, "y": each.y} for each in found.components],
        "connected": [[found.components.index(each) for each in group] for group in found.connected],
        "title": game.title,
        "players": game.players,
        "rows": game.rows,
        "columns": game.columns,
    }


def _read(path: Path) -> "GameFile":
    from fieldcast.science.games import gambit  # noqa: PLC0415 — help need not wait for it

    try:
        text = files.read(path, parameter="FILE").decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadParameter(
            "FILE",
            Text(
                en=f"{path} is not text in UTF-8: byte {error.start + 1} is not.",
                zh=f"{path} 不是 UTF-8 文本：第 {error.start + 1} 个字节不对。",
            ),
        ) from error
    return gambit.parse(text)


def _in_tables(game: "GameFile", found: "Equilibria", language: str) -> tuple[Any, ...]:
    number, together = len(found.extreme), len(found.components)
    sets = "one maximal set" if together == 1 else f"{together} maximal sets"
    if all(component.isolated for component in found.components):
        sentence = Text(
            en="One equilibrium." if number == 1 else f"{number} equilibria.", zh=f"一共 {number} 个均衡。"
        )
    else:
        sentence = Text(
            en=f"Infinitely many equilibria, in {sets} spanned by {number} extreme ones.",
            zh=f"均衡有无穷多个：{together} 个最大的集合，由 {number} 个极端均衡张成。",
        )
    first, second = (
        name or fallback.in_(language)
        for name, fallback in zip(
            game.players, (Text(en="Rows", zh="行"), Text(en="Columns", zh="列")), strict=True
        )
    )
    members = [
        " ".join(
            str(place + 1)
            for place, component in enumerate(found.components)
            if x in component.x and y in component.y
        )
        for x, y in found.extreme
    ]
    rows_as, columns_as = _told_apart(game.rows), _told_apart(game.columns)
    rows = [
        [_mixture(x, rows_as), _mixture(y, columns_as), places]
        for (x, y), places in zip(found.extreme, members, strict=True)
    ]
    heading = Text(en="In set", zh="属于集合").in_(language)
    return bold(sentence.in_(language)), table([first, second, heading], rows, title=game.title, words=(0, 1))


def _told_apart(names: Sequence[str]) -> Sequence[str]:
    """A player's strategies by name; by number where one has none or two have the same."""
    seen = {name.strip() for name in names}
    return names if len(seen) == len(names) and "" not in seen else [str(n + 1) for n in range(len(names))]


def _mixture(shares: tuple[Fraction | float, ...], names: Sequence[str]) -> str:
    """Only what is played: `1/3 stay + 2/3 go`, or the one name when it is played for certain."""
    played = [(share, name) for share, name in zip(shares, names, strict=True) if share]
    if len(played) == 1:
        return played[0][1]
    return " + ".join(f"{share} {name}" for share, name in played)
