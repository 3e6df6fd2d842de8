"""The five instruments of a policy, what a unit of each costs and how far each may go. Amounts are never negative."""

from dataclasses import asdict, dataclass

from fieldcast.science.games.design.enforcement import check_number

INSTRUMENTS = ("subsidy", "penalty", "deposit", "reporting", "margin")


@dataclass(frozen=True)
class _Each:
    """One number or nothing for each instrument; `BadParameter` for one that is not finite or below 0."""

    subsidy: float | None = None
    penalty: float | None = None
    deposit: float | None = None
    reporting: float | None = None
    margin: float | None = None

    def __post_init__(self) -> None:
        for name, value in asdict(self).items():
            if value is not None:
                check_number(name, value)


@dataclass(frozen=True)
class Prices(_Each):
    """What one unit of each instrument costs the county; `None` (the default) where it is not to be had.

    A unit is one unit of money off C (`subsidy`), on the penalty named in the contract (`penalty`), held as
    deposit (`deposit`: price it at what holding the money costs), or off H1 − H2 (`margin`); for `reporting`
    it is the whole way from no cheat reported to every cheat reported.
    """


@dataclass(frozen=True)
class Limits(_Each):
    """The most of each instrument, in its unit; `None` (the default) leaves the natural limit.

    Natural: C for the subsidy, certainty for reports, none for penalty and deposit, and for the margin all
    but a thousandth of H1 − H2: with nothing left to tempt the host the game would be another.
    """


@dataclass(frozen=True)
class Mix:
    """How much of each instrument is added to what is there already, in its unit."""

    subsidy: float = 0.0
    penalty: float = 0.0
    deposit: float = 0.0
    reporting: float = 0.0
    margin: float = 0.0
