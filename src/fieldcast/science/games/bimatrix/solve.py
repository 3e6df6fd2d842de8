"""All equilibria of one game: the extreme ones and the sets they span.

A pair of corners of the two best-reply polytopes is an equilibrium when each strategy of each player is either unused
or a best reply. These pairs are the extreme equilibria, and the largest complete groups of them span all others
(Avis, Rosenberg, Savani and von Stengel 2010, "Enumeration of Nash equilibria for two-player games").
"""

from dataclasses import dataclass

from fieldcast.science.games.bimatrix.payoffs import Payoffs, Strategy, read
from fieldcast.science.games.bimatrix.vertices import Vertex, best_reply_vertices

Group = tuple[int, int]
"""Some strategies x and some y, each as the set, in bits, of their places."""


@dataclass(frozen=True)
class NashSubset:
    """A maximal Nash subset: every mixture of the strategies `x` against every mixture of `y` is an equilibrium.

    No strategy can be added to either side without losing that. A single equilibrium has one strategy on each side.
    """

    x: tuple[Strategy, ...]
    y: tuple[Strategy, ...]

    @property
    def isolated(self) -> bool:
        """Whether it is one single equilibrium."""
        return len(self.x) == len(self.y) == 1


@dataclass(frozen=True)
class Equilibria:
    """Every equilibrium of a game.

    `extreme`: the corners of the sets below, as pairs (x, y) of probabilities of rows and of columns, in `Fraction`
    when `exact`, else in floats; those that play earlier strategies come first. Where the equilibria are finitely
    many, these are all of them.
    `components`: the maximal Nash subsets; together they hold all equilibria, and two may overlap.
    `connected`: the same subsets grouped so that one can walk from any equilibrium to any other of its group, and to
    none of another group.
    """

    extreme: tuple[tuple[Strategy, Strategy], ...]
    components: tuple[NashSubset, ...]
    connected: tuple[tuple[NashSubset, ...], ...]
    exact: bool


def equilibria(A: Payoffs, B: Payoffs) -> Equilibria:
    """All equilibria of the game with payoffs A to the row player and B to the column player.

    A and B have one shape (m, n) with 1 ≤ m, n ≤ 8; entries are whole numbers, `Fraction` or floats, in any unit. With
    whole numbers and fractions the answer is exact. A float is read as the simplest fraction within `TOLERANCE` times
    the largest payoff of its matrix, so payoffs closer than that may count as equal; with any float the answer is in
    floats, and no deviation gains more than twice that.

    Raises `BadParameter` for matrices that are empty, ragged, too large, of different shapes, or not of finite numbers.
    """
    game = read(A, B)
    rows, columns = ((1 << count) - 1 for count in game.shape)
    xs = _ordered(best_reply_vertices(tuple(zip(*game.B, strict=True))))
    ys = _ordered(best_reply_vertices(game.A))
    partners = [_partners(x, ys, rows, columns) for x in xs]
    spoken_x = [game.spoken(x.strategy) for x in xs]
    spoken_y = [game.spoken(y.strategy) for y in ys]
    subsets = {
        (some_x, some_y): NashSubset(x=_picked(spoken_x, some_x), y=_picked(spoken_y, some_y))
        for some_x, some_y in _complete_groups(partners)
    }
    return Equilibria(
        extreme=tuple(
            (x, y) for x, some_y in zip(spoken_x, partners, strict=True) for y in _picked(spoken_y, some_y)
        ),
        components=tuple(subsets.values()),
        connected=tuple(tuple(subsets[key] for key in keys) for keys in _connected(list(subsets))),
        exact=game.exact,
    )


def _ordered(vertices: list[Vertex]) -> list[Vertex]:
    return sorted(vertices, key=lambda vertex: vertex.strategy, reverse=True)


def _partners(x: Vertex, ys: list[Vertex], rows: int, columns: int) -> int:
    """The places, in bits, of the strategies that form an equilibrium with x."""
    return sum(
        1 << place
        for place, y in enumerate(ys)
        if x.unused | y.replies == rows and y.unused | x.replies == columns
    )


def _members(places: int) -> list[int]:
    return [place for place in range(places.bit_length()) if places >> place & 1]


def _picked(strategies: list[Strategy], places: int) -> tuple[Strategy, ...]:
    return tuple(strategies[place] for place in _members(places))


def _complete_groups(partners: list[int]) -> list[Group]:
    """Every maximal complete group, those of earlier strategies first.

    The y of such a group are what its x have in common, so all groups come from intersecting partners.
    """
    shared: set[int] = set()
    for these in partners:
        shared |= {these & others for others in shared} | {these}
    shared.discard(0)
    groups = [
        (sum(1 << place for place, these in enumerate(partners) if these & common == common), common)
        for common in shared
    ]
    return sorted(groups, key=lambda group: (_members(group[0]), _members(group[1])))


def _connected(groups: list[Group]) -> list[list[Group]]:
    """Groups that share an x or a y, directly or through others, put together.

    Sharing one is enough: an x with all its partners lies in one group, which touches every other group of that x.
    """
    together: list[tuple[int, int, list[int]]] = []
    for number, group in enumerate(groups):
        (all_x, all_y), numbers, apart = group, [number], []
        for part in together:
            if all_x & part[0] or all_y & part[1]:
                all_x, all_y, numbers = all_x | part[0], all_y | part[1], numbers + part[2]
            else:
                apart.append(part)
        together = [*apart, (all_x, all_y, numbers)]
    return [
        [groups[number] for number in sorted(numbers)]
        for *_, numbers in sorted(together, key=lambda t: min(t[2]))
    ]
