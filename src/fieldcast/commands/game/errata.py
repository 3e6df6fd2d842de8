"""Where the paper contradicts itself, each place with the computation that shows it."""

from typing import TYPE_CHECKING, Any

from fieldcast.commands.game import _parameters as parameters
from fieldcast.commands.game._speaking import AsJson, Language, bold, print_json, show, speaking
from fieldcast.science.text import Text

if TYPE_CHECKING:
    from fieldcast.science.games.paper import Erratum

PRINTED = Text(en="Printed: ", zh="印的：")
FOLLOWS = Text(en="Follows: ", zh="实际：")


def errata(
    *,
    loss_share: parameters.LossShare = None,
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """List every place where the paper contradicts itself: what is printed, what follows, and the figures behind it."""
    with speaking(language) as spoken:
        from fieldcast.science.games import paper  # noqa: PLC0415 — help need not wait for it

        found = paper.errata(loss_share=paper.LOSS_SHARE if loss_share is None else loss_share)
        if as_json:
            print_json({"errata": [answer(each, spoken) for each in found]})
        else:
            show(*(part for each in found for part in _in_words(each, spoken)))


def answer(erratum: "Erratum", language: str) -> dict[str, Any]:
    """One erratum as JSON has it."""
    return {
        "number": erratum.number,
        "place": erratum.place.in_(language),
        "printed": erratum.printed.in_(language),
        "follows": erratum.follows.in_(language),
        "computed": dict(erratum.computed),
    }


def _in_words(erratum: "Erratum", language: str) -> tuple[Any, ...]:
    return (
        bold(f"{erratum.number}. {erratum.place.in_(language)}"),
        f"   {PRINTED.in_(language)}{erratum.printed.in_(language)}",
        f"   {FOLLOWS.in_(language)}{erratum.follows.in_(language)}",
    )
