"""The cheapest way to a wanted honesty, and whether the contract as it is deters at all."""

from fractions import Fraction
from typing import Annotated

import typer

from fieldcast.commands.game import _files as files
from fieldcast.commands.game import _parameters as parameters
from fieldcast.commands.game._speaking import AsJson, Language, print_json, show, speaking

INSTRUMENTS = ("subsidy", "penalty", "deposit", "reporting", "margin")
PRICES = {"subsidy": 1.0, "penalty": 1.0, "margin": 1.0}
"""Where nothing is said: a unit of money off the cost, on the penalty and off the margin each costs one unit."""

Honesty = Annotated[
    float,
    typer.Option(
        "--honesty", parser=parameters.exact, metavar="SHARE", help="How honest the host is to be, at least."
    ),
]
Supervision = Annotated[
    Fraction | None,
    typer.Option(
        "--supervision",
        parser=parameters.exact,
        metavar="SHARE",
        help="How much supervision it may take, at most.",
    ),
]
Price = Annotated[
    list[str] | None,
    typer.Option(
        "--price",
        metavar="NAME=NUMBER",
        help="What a unit of subsidy, penalty, deposit, reporting or margin costs; those without a price are not used "
        "(default: subsidy=1, penalty=1, margin=1).",
    ),
]
Limit = Annotated[
    list[str] | None,
    typer.Option("--limit", metavar="NAME=NUMBER", help="The most that may be added of an instrument."),
]
Collection = Annotated[
    Fraction | None,
    parameters.option("collection", "Share of penalties collected beyond the deposit (default 1)."),
]
Deposit = Annotated[
    Fraction | None, parameters.option("deposit", "What the host has deposited already (default 0).")
]
Detection = Annotated[
    Fraction | None, parameters.option("detection", "Probability that supervision finds a cheat (default 1).")
]
Reporting = Annotated[
    Fraction | None, parameters.option("reporting", "Probability that others report a cheat (default 0).")
]


def design(
    *,
    honesty: Honesty,
    supervision: Supervision = None,
    R1: parameters.R1 = None,
    R2: parameters.R2 = None,
    C: parameters.C = None,
    F: parameters.F = None,
    L: parameters.L = None,
    G: parameters.G = None,
    H1: parameters.H1 = None,
    H2: parameters.H2 = None,
    preset: parameters.Preset = None,
    price: Price = None,
    limit: Limit = None,
    collection: Collection = None,
    deposit: Deposit = None,
    detection: Detection = None,
    reporting: Reporting = None,
    to_csv: files.Csv = None,
    picture: files.Picture = None,
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """Find the cheapest mix of subsidy, penalty, deposit, rewards and margin that makes the host honest enough."""
    prices, limits = _amounts("--price", price) or PRICES, _amounts("--limit", limit)
    enforced = {
        "collection": collection,
        "deposit": deposit,
        "detection": detection,
        "reporting": reporting,
    }
    with speaking(language) as spoken:
        game = parameters.game(preset=preset, R1=R1, R2=R2, C=C, F=F, L=L, G=G, H1=H1, H2=H2)
        from fieldcast.commands.game._designed import Designed  # noqa: PLC0415 — help need not wait for it

        designed = Designed.of(
            game,
            honesty=float(honesty),
            supervision=1.0 if supervision is None else float(supervision),
            prices=prices,
            limits=limits,
            enforced={name: float(value) for name, value in enforced.items() if value is not None},
        )
        files.write_results(to_csv, designed.figures, picture, designed.draw, language=spoken)
        if as_json:
            print_json(designed.answer(spoken))
        else:
            show(*designed.in_tables(spoken))


def _amounts(option: str, written: list[str] | None) -> dict[str, float]:
    """Numbers by instrument. Ends as a wrong option does where one cannot be read."""
    amounts = {}
    for each in written or []:
        name, sign, amount = each.partition("=")
        if not sign or name not in INSTRUMENTS:
            raise typer.BadParameter(
                f"{option} {each!r} is not an amount such as subsidy=1; instruments are {', '.join(INSTRUMENTS)}."
            )
        amounts[name] = float(parameters.exact(amount))
    return amounts
