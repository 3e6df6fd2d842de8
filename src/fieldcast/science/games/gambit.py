"""Games of two players read from text: Gambit's .nfg files, in both of their versions, and JSON.

Numbers are taken as written: 0.1 is one tenth, 1/3 one third. Whatever the text holds, what leaves here is a complete
game of at most 8×8 strategies or a `BadParameter` that says what is wrong and where.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any, NoReturn

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.bimatrix import read
from fieldcast.science.text import Text

LONGEST = 100_000
MOST = 8
NUMBER = re.compile(r"[+-]?(\d+/\d+|(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,2})?)", re.ASCII)
LONGEST_NUMBER = 60
TOKEN = re.compile(r'\s*(?:,\s*)*("(?:[^"\\]|\\.)*"|[{}]|[^\s{},"]+)', re.DOTALL)
BLANK = re.compile(r"[\s,]*")

NOT_JSON = Text(
    en='The file must be a Gambit .nfg file or JSON such as {"A": [[3, 0], [5, 1]], "B": [[3, 5], [0, 1]]}.',
    zh='文件应为 Gambit 的 .nfg 文件，或如下 JSON：{"A": [[3, 0], [5, 1]], "B": [[3, 5], [0, 1]]}。',
)

Matrix = tuple[tuple[Fraction, ...], ...]


@dataclass(frozen=True)
class GameFile:
    """A game as its file tells it: exact payoffs A and B of shape (m, n), and the names of what is played by whom."""

    A: Matrix
    B: Matrix
    title: str
    players: tuple[str, str]
    rows: tuple[str, ...]
    columns: tuple[str, ...]


def parse(text: str) -> GameFile:
    """The game in a text that is either a Gambit .nfg file or JSON. Raises `BadParameter` as those two do."""
    return parse_nfg(text) if text.lstrip().startswith("NFG") else parse_json(text)


def parse_json(text: str) -> GameFile:
    """The game in `{"A": [[…]], "B": [[…]]}`; a payoff is a number or a text such as "1/3".

    Raises `BadParameter` naming `file` for text that is no such JSON or longer than 100,000 characters, and `A` or `B`
    for a table that is empty, ragged, larger than 8×8 or holds anything but finite numbers.
    """
    _check_length(text)
    try:
        data = json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except (json.JSONDecodeError, RecursionError) as error:
        raise BadParameter("file", NOT_JSON) from error
    if not isinstance(data, dict) or not {"A", "B"} <= data.keys():
        raise BadParameter("file", NOT_JSON)
    game = read(_table("A", data["A"]), _table("B", data["B"]), most=MOST)
    rows, columns = (tuple(str(k + 1) for k in range(count)) for count in game.shape)
    return GameFile(A=game.A, B=game.B, title="", players=("", ""), rows=rows, columns=columns)


def parse_nfg(text: str) -> GameFile:
    """The game in a Gambit strategic game file, version 1, with payoffs listed or given through outcomes.

    Raises `BadParameter` naming `file` for a file that is broken off, has other than two players, more than eight
    strategies of one, too few or too many payoffs, an unknown outcome or anything but numbers where numbers belong.
    """
    _check_length(text)
    tokens = _Tokens(text)
    if (tokens.next(), tokens.next()) != ("NFG", "1") or tokens.next() not in {"R", "D"}:
        tokens.refuse('it must begin with "NFG 1 R"', "文件应以“NFG 1 R”开头")
    title = tokens.label()
    players = tokens.labels()
    if len(players) != 2:
        tokens.refuse(
            f"the number of players is {len(players)}; it must be 2", f"参与人有 {len(players)} 个，应为 2 个"
        )
    rows, columns = _strategies(tokens)
    if tokens.peek().startswith('"'):
        tokens.next()
    payoffs = _through_outcomes(tokens) if tokens.peek() == "{" else _listed(tokens)
    A, B = _filled(tokens, payoffs, len(rows), len(columns))
    return GameFile(A=A, B=B, title=title, players=(players[0], players[1]), rows=rows, columns=columns)


class _Tokens:
    """The words, quoted texts and braces of a file, one after the other; an empty word stands for the end."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._start = 0
        self._at = 0

    def peek(self) -> str:
        match = TOKEN.match(self._text, self._at)
        if not match and not BLANK.fullmatch(self._text, self._at):
            self._start = self._at
            self.refuse("a quotation mark is never closed", "引号没有成对")
        return match[1] if match else ""

    def next(self) -> str:
        token = self.peek()
        match = TOKEN.match(self._text, self._at)
        if match:
            self._start, self._at = match.start(1), match.end()
        return token

    def refuse(self, why: str, why_zh: str) -> NoReturn:
        line = self._text.count("\n", 0, self._start) + 1
        raise BadParameter(
            "file", Text(en=f"Line {line} of the file: {why}.", zh=f"文件第 {line} 行：{why_zh}。")
        )

    def expect(self, token: str) -> None:
        if self.next() != token:
            self.refuse(f'"{token}" is missing here', f"此处缺少“{token}”")

    def label(self) -> str:
        token = self.next()
        if not token.startswith('"'):
            self.refuse("a name in quotation marks is missing here", "此处缺少带引号的名称")
        return re.sub(r"\\(.)", r"\1", token[1:-1], flags=re.DOTALL)

    def labels(self) -> tuple[str, ...]:
        self.expect("{")
        found = []
        while self.peek() != "}":
            found.append(self.label())
        self.expect("}")
        return tuple(found)

    def count(self, most: int) -> int:
        token = self.next()
        if not re.fullmatch(r"\d{1,6}", token, re.ASCII) or int(token) > most:
            self.refuse(f"a whole number of at most {most} is missing here", f"此处应为不超过 {most} 的整数")
        return int(token)

    def number(self) -> Fraction:
        value = _number(self.next())
        if value is None:
            self.refuse(
                f"a number such as 3, -0.5 or 1/3, of at most {LONGEST_NUMBER} characters, is missing here",
                f"此处应为数字，如 3、-0.5 或 1/3，不超过 {LONGEST_NUMBER} 个字符",
            )
        return value


def _strategies(tokens: _Tokens) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of both players' strategies; where only their numbers are given, 1, 2, …"""
    tokens.expect("{")
    if tokens.peek() == "{":
        names = [tokens.labels(), tokens.labels()]
    else:
        names = [tuple(str(k + 1) for k in range(tokens.count(MOST))) for _ in range(2)]
    tokens.expect("}")
    if not all(1 <= len(these) <= MOST for these in names):
        tokens.refuse(f"each player must have 1 to {MOST} strategies", f"每个参与人应有 1 到 {MOST} 个策略")
    return names[0], names[1]


def _listed(tokens: _Tokens) -> Iterator[tuple[Fraction, Fraction]]:
    while tokens.peek():
        yield tokens.number(), tokens.number()


def _through_outcomes(tokens: _Tokens) -> Iterator[tuple[Fraction, Fraction]]:
    """The payoffs of the outcome of each profile; outcome 0 pays nothing to anybody."""
    outcomes = [(Fraction(0), Fraction(0))]
    tokens.expect("{")
    while tokens.peek() == "{":
        tokens.expect("{")
        tokens.label()
        outcomes.append((tokens.number(), tokens.number()))
        tokens.expect("}")
    tokens.expect("}")
    while tokens.peek():
        yield outcomes[tokens.count(len(outcomes) - 1)]


def _filled(
    tokens: _Tokens, payoffs: Iterator[tuple[Fraction, Fraction]], rows: int, columns: int
) -> tuple[Matrix, Matrix]:
    """Two tables from payoffs in the order of the file, in which the row moves fastest."""
    table: dict[tuple[int, int], tuple[Fraction, Fraction]] = {}
    for (column, row), pair in zip(product(range(columns), range(rows)), payoffs, strict=False):
        table[row, column] = pair
    if len(table) < rows * columns or tokens.peek():
        tokens.refuse(
            f"a game of {rows}×{columns} strategies needs payoffs for exactly {rows * columns} profiles",
            f"{rows}×{columns} 的博弈应正好给出 {rows * columns} 组收益",
        )
    A, B = (
        tuple(tuple(table[row, column][player] for column in range(columns)) for row in range(rows))
        for player in range(2)
    )
    return A, B


def _check_length(text: str) -> None:
    if len(text) > LONGEST:
        raise BadParameter(
            "file",
            Text(
                en=f"The file has {len(text):,} characters; a game up to {MOST}×{MOST} needs fewer than {LONGEST:,}.",
                zh=f"文件有 {len(text):,} 个字符；不超过 {MOST}×{MOST} 的博弈用不到 {LONGEST:,} 个。",
            ),
        )


def _number(written: str) -> Fraction | None:
    """A number as written, or nothing when it is none, divides by zero or is too long to be meant."""
    if len(written) > LONGEST_NUMBER or not NUMBER.fullmatch(written):
        return None
    try:
        return Fraction(written)
    except ZeroDivisionError:
        return None


def _table(name: str, rows: Any) -> Any:
    """The rows of a JSON table with each entry made a number; a shape that is no table is left for `read` to refuse."""
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        return None
    return [[_entry(name, i, j, value) for j, value in enumerate(row)] for i, row in enumerate(rows)]


def _entry(name: str, row: int, column: int, written: object) -> Fraction:
    value = _number(written) if isinstance(written, str) else None
    if value is None:
        raise BadParameter(
            name,
            Text(
                en=f'Row {row + 1}, column {column + 1} of {name} must be a number such as 3, -0.5 or "1/3", '
                f"of at most {LONGEST_NUMBER} characters.",
                zh=f'矩阵 {name} 第 {row + 1} 行第 {column + 1} 列应为数字，如 3、-0.5 或 "1/3"，'
                f"不超过 {LONGEST_NUMBER} 个字符。",
            ),
        )
    return value
